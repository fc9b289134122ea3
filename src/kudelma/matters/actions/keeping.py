"""One row that is made at its first save and compared by its version ever after."""

from typing import Any

from django.db import IntegrityError, transaction

from kudelma.core.errors import Stale
from kudelma.core.phrases import CHANGED_MEANWHILE
from kudelma.core.sealed import closed_values


def keep_one(model: Any, *, version: int, values: dict[str, Any], along: dict[str, Any], **of: Any) -> None:
    """Save the one row of `model` that `of` names. Raises Stale when somebody saved another version first.

    version: what was seen; 0 when nothing stood there yet. along: what is kept with the values and is not asked.
    """
    existing = model.objects.filter(**of).first()
    if existing is None:
        try:
            # In a savepoint: PostgreSQL answers nothing more in a transaction in which a statement has failed.
            with transaction.atomic():
                model(**of, **values, **along).save(force_insert=True)
            return
        except IntegrityError:  # made by somebody else this moment
            existing = model.objects.get(**of)
    # Compared and written in one statement: between a look and a save somebody else could come.
    changed = model.objects.filter(pk=existing.pk, version=version).update(
        **closed_values(existing, {**values, **along, "version": version + 1})
    )
    if not changed:
        now = model.objects.get(pk=existing.pk)
        raise Stale(CHANGED_MEANWHILE, {name: getattr(now, name) for name in (*values, "version")})
