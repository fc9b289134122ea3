"""The two ways to say no. Everything else that is raised is a bug and rises."""

from typing import Any

from django.core.exceptions import PermissionDenied

from kudelma.core.phrases import MADE_ALREADY


class Refused(Exception):
    """A person asked for something that cannot be done now; `str()` is the sentence they read (409)."""


class KeyReused(Refused):
    """The key of a form has already made something else than what is asked now."""

    def __init__(self) -> None:
        super().__init__(MADE_ALREADY)


class Stale(Refused):
    """Somebody else changed it first.

    now: {field name: what stands there now}, to be shown beside what was typed.
    """

    def __init__(self, sentence: Any, now: dict[str, Any]) -> None:
        super().__init__(sentence)
        self.now = now


class Forbidden(PermissionDenied):
    """Raised by `require` only: the seat may not do this. Carries the rule's name and its sentence."""

    def __init__(self, rule: str, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.rule = rule
        self.sentence = sentence
