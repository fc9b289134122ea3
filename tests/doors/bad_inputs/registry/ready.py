"""How a form is reached and filled in, and the list of all ways to forms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.test import Client

import factories
from doors.bad_inputs.page import controls, read, send
from kudelma.core.forms import TextField


@dataclass
class Ready:
    """client: on a seat that may. page: where the form stands. typed: what a person types, all of it right.

    to: where it is sent, when not to its page. other: what somebody else types, of a form that changes what
    stands. accepted: the answer to what is right. changes: False of a form that only asks.
    is_public: nobody needs to be in. keeps: the tables in which a page that is saved as it is written keeps
    what is right of it, when the rest is refused.
    form: what stood on the page when it was filled in; None where the page has only buttons.
    """

    client: Client
    page: str
    typed: dict[str, Any]
    to: str = ""
    other: dict[str, Any] = field(default_factory=dict)
    accepted: int = 302
    changes: bool = True
    is_public: bool = False
    keeps: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.to = self.to or self.page

    def filled(self) -> dict[str, Any]:
        """The form as it stands on its page, filled in by a person."""
        shown = self.client.get(self.page, secure=True)
        assert shown.status_code == 200, self.page
        self.form = shown.context.get("form")
        return {name: values for name, values in controls(read(shown), self.typed).items() if values} | self.typed

    def send(self, data: dict[str, Any]) -> Any:
        return send(self.client, self.to, data)

    @property
    def words(self) -> dict[str, Any]:
        """What of the typed is free text, secrets apart: it may never disappear."""
        fields = self.form.fields if self.form else {}
        return {
            name: self.typed[name]
            for name, kind in fields.items()
            if isinstance(kind, TextField) and name in self.typed
        }


Way = Callable[[factories.Cast], Ready]
WAYS: dict[str, tuple[type[BaseForm], Way]] = {}


def way_to(form: type[BaseForm]) -> Callable[[Way], Way]:
    def keep(way: Way) -> Way:
        WAYS[way.__name__] = (form, way)
        return way

    return keep


def name_of(kind: type[BaseForm]) -> str:
    return f"{kind.__module__}.{kind.__name__}"


def subclasses(of: type) -> set[type]:
    return {found for child in of.__subclasses__() for found in {child} | subclasses(child)}
