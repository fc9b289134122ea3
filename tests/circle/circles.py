"""Hands on a circle: what the tests of its moves and of its pages do to it."""

from uuid import uuid4

from django.urls import reverse

from kudelma.circle import actions as circle
from kudelma.circle.drawing import draw
from kudelma.circle.inputs import NewThing
from kudelma.live.models import Operation

MORNINGS = {"kind": "day", "name": "aamut", "note": "pyörällä kouluun", "x": 500, "y": 390}


def add(cast, idempotency_key=None, by=None, **values):
    told = MORNINGS | values
    to = told.pop("x"), told.pop("y")
    return circle.add_thing(
        cast.fresh(),
        idempotency_key=idempotency_key or uuid4(),
        values=NewThing(**told),
        to=to,
        by=by or cast.lead,
        at=cast.at(),
    )


def move(cast, spot, x, y, *, version=0, idempotency_key=None, by=None):
    return circle.move_spot(
        cast.fresh(),
        spot.pk,
        to=(x, y),
        version=version,
        idempotency_key=idempotency_key or uuid4(),
        by=by or cast.lead,
        at=cast.at(),
    )


def tie(cast, one, other, by=None):
    circle.tie(cast.fresh(), one.pk, other.pk, by=by or cast.lead, at=cast.at())


def undo(cast, by=None):
    return walk(cast, circle.undo, "undo", by)


def redo(cast, by=None):
    return walk(cast, circle.redo, "redo", by)


def walk(cast, act, which, by):
    by = by or cast.lead
    found = getattr(at_hand(cast, by), which)
    return act(cast.fresh(), found.pk if found else uuid4(), by=by, at=cast.at())


def at_hand(cast, by=None):
    """What the buttons take back, and do again."""
    return Operation.objects.changes(cast.matter.pk, (by or cast.lead).pk).at_hand()


def drawn(cast, actor=None):
    cast.open()
    return draw(cast.fresh(), actor or cast.lead)


def at(cast, spot):
    return drawn(cast).find(spot.pk).at


def address(cast, name="show", *more):
    return reverse(f"circle:{name}", args=[cast.matter.pk, *more])
