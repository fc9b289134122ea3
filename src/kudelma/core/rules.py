"""Small questions that can say no with a reason. The whole engine; the rules stand in each room.

The one place where we write what a library has: the refusing sentence is ours. It reaches the
person and the access record. A rule reads; it never writes and never looks at the request.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps

from kudelma.core.errors import Forbidden


@dataclass(frozen=True)
class Rule:
    """refusal(actor, thing): None when the rule holds, otherwise the sentence that says why not."""

    refusal: Callable[[Any, Any], Any]

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(lambda actor, thing: self.refusal(actor, thing) or other.refusal(actor, thing))

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(lambda actor, thing: self.refusal(actor, thing) and other.refusal(actor, thing))


def rule(sentence: Any) -> Callable[[Callable[[Any, Any], bool]], Rule]:
    """Make a rule of a predicate; `sentence` is said when it does not hold."""

    def make(holds: Callable[[Any, Any], bool]) -> Rule:
        return Rule(lambda actor, thing: None if _asked(holds, actor, thing) else sentence)

    return make


_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Inside, each predicate is asked once of the same seat and thing: for a page with many ways on.

    Never around an action: what it changes would not be seen.
    """
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def _asked(holds: Callable[[Any, Any], bool], actor: Any, thing: Any) -> bool:
    answers = _answers.get()
    if answers is None:
        return holds(actor, thing)
    key = (holds, id(actor), id(thing))
    if key not in answers:
        # Actor and thing are kept beside the answer: an id is given anew once its object is gone.
        answers[key] = (holds(actor, thing), actor, thing)
    return answers[key][0]  # type: ignore[no-any-return]


RULES: dict[str, Rule] = {}


def gather() -> None:
    """Collect the RULES of every room. Raises ValueError when two rooms claim one name."""
    for room in apps.get_app_configs():
        if not room.name.startswith("kudelma.") or room.name == "kudelma.core":
            continue
        try:
            room_rules = import_module(f"{room.name}.rules").RULES
        except ModuleNotFoundError as missing:
            # A room without rules is one thing; rules that do not import must not pass for none.
            if missing.name != f"{room.name}.rules":
                raise
            continue
        twice = RULES.keys() & room_rules.keys()
        if twice:
            raise ValueError(f"two rules are called {', '.join(sorted(twice))}")
        RULES.update(room_rules)


def may(actor: Any, name: str, thing: Any = None) -> bool:
    return actor is not None and RULES[name].refusal(actor, thing) is None


def require(actor: Any, name: str, thing: Any = None) -> None:
    """Raises Forbidden with the rule's sentence unless `actor` may."""
    refusal = RULES[name].refusal(actor, thing)
    if refusal is not None:
        raise Forbidden(name, refusal)
