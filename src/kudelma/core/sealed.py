"""Columns that hold nothing readable: `SealedText` in a space's own key, `StaffText` in the staff key.

The attribute of an instance is plain text; it is opened when first read, not when loaded. Whose key,
and whether the reading has been recorded, is decided by the keyring, which `trust` hands in at start.
What is sealed is bound to its column's seal name, such as `orders.order.worry`. It is given once and never changed,
whatever becomes of the names of the model, its room, its table or its column; tests/consistency/seals.txt lists all.
A sealed column cannot be searched, ordered or set by a query: there is no row to bind it to.
"""

import base64
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from kudelma.core import keys
from kudelma.core.handed import HandedUp


class Keyring(Protocol):
    def to_seal(self, space: UUID) -> AESGCM: ...

    def to_open(self, space: UUID) -> AESGCM: ...

    def staff(self) -> AESGCM: ...

    def look_up(self, kind: str, value: str) -> str: ...


KEYRING: HandedUp[Keyring] = HandedUp()
"""By `trust`."""


def look_up(kind: str, value: str) -> str:
    """What stands in a look-up column for `value`, e.g. ("address", "maija@example.org")."""
    # However it was typed: with a capital letter or a blank more it is the same address of the same person.
    return KEYRING.only.look_up(kind, " ".join(value.casefold().split()))


class Ciphertext(bytes):
    """A value as it came from the database, not opened yet."""


class SealedAttribute:
    def __init__(self, field: "_Sealed") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Ciphertext):
            value = instance.__dict__[name] = self.field.open(instance, value)
        return value

    def __set__(self, instance: models.Model, value: str | Ciphertext) -> None:
        instance.__dict__[self.field.attname] = value


class _Sealed(models.BinaryField):
    """Text in, ciphertext in the column. Empty text is stored empty: that nothing was said is no secret."""

    _pyi_private_set_type: str  # type: ignore[assignment]
    _pyi_private_get_type: str  # type: ignore[assignment]

    non_db_attrs = (*models.BinaryField.non_db_attrs, "seal")

    def __init__(self, seal: str, *, max_length: int, **options: Any) -> None:
        """seal: the seal name, given once and never changed."""
        options.setdefault("blank", True)
        super().__init__(**options)
        self.seal = seal
        # Of the text and in characters: a column that counted bytes would count those of the seal too.
        self.max_characters = max_length
        self.editable = True

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for given in ("editable", "max_length"):
            options.pop(given, None)
        return name, path, args, {**options, "seal": self.seal, "max_length": self.max_characters}

    def contribute_to_class(self, cls: type, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, SealedAttribute(self))

    def get_default(self) -> str:
        return ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | str:
        return Ciphertext(value) if value else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        return self.closed(model_instance, model_instance.__dict__[self.attname])

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        # Plain text on its way into a statement is a mistake of ours: better that it breaks than that it is stored.
        if isinstance(value, str):
            raise TypeError(f"{self.model.__name__}.{self.name} is sealed: queries cannot see or set it.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        # Equal can only be asked of the empty value: two seals of one text are never the same.
        if lookup_name not in {"exact", "isnull"}:
            raise TypeError(f"{self.model.__name__}.{self.name} is sealed: queries cannot see or set it.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.model.__name__}.{self.name} is sealed: it is not serialised.")

    def closed(self, instance: models.Model, value: str | Ciphertext) -> bytes:
        """What goes into the column of `instance`. Raises ValueError for text longer than the column."""
        # Not opened since it was loaded: it goes back as it came, so that saving a row reads nothing of it.
        if isinstance(value, Ciphertext) or not value:
            return value or b""  # type: ignore[return-value]
        if len(value) > self.max_characters:
            raise ValueError(f"{self.model.__name__}.{self.name}: {len(value)} characters are too many")
        return keys.seal(self.key(instance, to_open=False), value.encode(), self.place(instance))

    def open(self, instance: models.Model, value: Ciphertext) -> str:
        return keys.unseal(self.key(instance, to_open=True), value, self.place(instance)).decode()

    def key(self, instance: Any, *, to_open: bool) -> AESGCM:
        raise NotImplementedError

    def place(self, instance: Any) -> str:
        raise NotImplementedError


class SealedText(_Sealed):
    """Sealed in the key of the space that `instance.space_id` names, bound to its seal name, row and space."""

    def key(self, instance: Any, *, to_open: bool) -> AESGCM:
        ring = KEYRING.only
        return ring.to_open(instance.space_id) if to_open else ring.to_seal(instance.space_id)

    def place(self, instance: Any) -> str:
        return f"{self.seal}|{instance.pk}|{instance.space_id}"

    def opened(self, value: Any, row: UUID, space: UUID) -> str:
        """A value that was read alone, as by `values_list`, of that row and space; for looking through thousands."""
        return self.open(_Row(row, space), value) if value else ""  # type: ignore[arg-type]


class _Row(NamedTuple):
    """What binds a value to its place, without the rest of the row."""

    pk: UUID
    space_id: UUID


class StaffText(_Sealed):
    """Sealed in the installation's staff key: names and addresses of people who work here."""

    def key(self, instance: Any, *, to_open: bool) -> AESGCM:
        return KEYRING.only.staff()

    def place(self, instance: Any) -> str:
        return f"{self.seal}|{instance.pk}"


def sealed(model: type[models.Model], name: str) -> SealedText:
    """The sealed column of that name."""
    return model._meta.get_field(name)  # type: ignore[return-value]


def closed_values(instance: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """`values` as `QuerySet.update` may set them for this one row: sealed columns sealed, the rest as they are.

    For compare-and-set: `rows.filter(pk=row.pk, version=seen).update(**closed_values(row, {...}))`.
    """
    fields = {name: instance._meta.get_field(name) for name in values}
    return {
        name: field.closed(instance, values[name]) if isinstance(field, _Sealed) else values[name]
        for name, field in fields.items()
    }


def staff_closed(text: str, place: str) -> str:
    """`text` sealed in the staff key, as base64, for the columns of libraries. place: such as "mfa|data"."""
    return base64.b64encode(keys.seal(KEYRING.only.staff(), text.encode(), place)).decode()


def staff_opened(closed: str, place: str) -> str:
    return keys.unseal(KEYRING.only.staff(), base64.b64decode(closed), place).decode()
