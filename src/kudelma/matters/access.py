"""Who is along in a matter, and who leads it: rooms below know, and hand it up here. Whoever asks asks here.

What is handed up is a query of the ids of matters, which stands inside the question whose rows it narrows: however
many reasons there are to see a row, the database is asked once.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from kudelma.core.handed import HandedUp

Matters = Callable[[Any], QuerySet]
"""matters(actor): the ids of those matters in which it is so of the actor."""

ORDERED: HandedUp[Matters] = HandedUp()
"""By `orders`: the actor ordered it."""
INVITED: HandedUp[Matters] = HandedUp()
"""By `members`: the people want the actor along; with a limited right once it was judged what that one sees."""
LEADS: HandedUp[Matters] = HandedUp()
"""By `pairing`: the actor leads it now, in whatever part."""
PREPARES: HandedUp[Matters] = HandedUp()
"""By `preparation`: the actor ordered it, and was named to prepare it with the family's yes."""
WAS_THERE: HandedUp[Matters] = HandedUp()
"""By `meetings`: the actor was there when people met."""
HELD: HandedUp[Callable[[Any], bool]] = HandedUp()
"""By `meetings`: whether the people of this matter have held a meeting."""
LEADERS: HandedUp[Callable[[Any], QuerySet]] = HandedUp()
"""By `pairing`: the seats of those who have been asked to lead this matter, and whose task stands."""
IS_PREPARED_BY_PAIR: HandedUp[Callable[[Any], bool]] = HandedUp()
"""By `preparation`: whether those who lead prepare this matter. Reads what is loaded with it."""


def ordered_by(actor: Any, matter: str = "matter") -> Q:
    """Rows of matters that the actor ordered. matter: the way from the row to its matter, "pk" for that itself."""
    return Q(**{f"{matter}__in": ORDERED.only(actor)})


def invited(actor: Any, matter: str = "matter") -> Q:
    """The same of matters to which the actor is invited."""
    return Q(**{f"{matter}__in": INVITED.only(actor)})


def led_by(actor: Any, matter: str = "matter") -> Q:
    """The same of matters that the actor leads."""
    return Q(**{f"{matter}__in": LEADS.only(actor)})


def prepared_by(actor: Any, matter: str = "matter") -> Q:
    """The same of matters that the actor, their orderer, was named to prepare."""
    return Q(**{f"{matter}__in": PREPARES.only(actor)})


def was_there(actor: Any, matter: str = "matter") -> Q:
    """The same of matters whose people have met, and the actor with them."""
    return Q(**{f"{matter}__in": WAS_THERE.only(actor)})


def is_over(matter: Any) -> bool:
    """Whether its meeting has been held, so that whatever is told of it is past. Asks only of a closed matter, which
    may have been stopped before people met.
    """
    return HELD.only(matter) if matter.step == "closed" else matter.step == "following"


def leads(actor: Any, matter: Any) -> bool:
    return LEADS.only(actor).filter(matter=matter.pk).exists()  # type: ignore[no-any-return]


def prepares(actor: Any, matter: Any) -> bool:
    return PREPARES.only(actor).filter(matter=matter.pk).exists()  # type: ignore[no-any-return]
