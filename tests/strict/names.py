"""A name in a template that nobody gave it fails, wherever it stands.

Django prints nothing for it, and takes a condition on it for untrue: a misspelt name is then a sentence that is
missing for ever. Two things remain what they are: a condition may ask something of what is None (`meeting.place`
where no meeting is), and templates of others, as Django's own for fields, are not held.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


class Undefined(BaseException):
    """A template asks for a name that it was not given. No Exception: Django's conditions swallow each of those."""


class Unprintable(str):
    """Django's `string_if_invalid`, which cannot be printed: Django writes the name into it, and that fails."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        """Django asks whether there is a place for the name."""
        return True

    def __mod__(self, name: object) -> str:
        raise Undefined(name)


@contextmanager
def strict_names() -> Iterator[None]:
    """Conditions and loops, which print nothing, fail too."""
    from django.template.base import Variable

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Variable, "_resolve_lookup", _refusing(Variable._resolve_lookup))
        yield


def _refusing(look_up: Callable[..., Any]) -> Callable[..., Any]:
    from django.template.base import VariableDoesNotExist

    def refuse(self: Any, context: Any) -> Any:
        try:
            value = look_up(self, context)
        except VariableDoesNotExist as missing:
            if missing.params[1] is None or not isinstance(context.template.engine.string_if_invalid, Unprintable):
                raise
            raise Undefined(f"{self.var} in {context.template_name}") from missing
        if type(value) is Unprintable:
            raise Undefined(f"{self.var} in {context.template_name}: no row, or a method that wants more than its name")
        return value

    return refuse
