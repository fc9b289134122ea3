"""What a matter's page tells of the matter itself: what people think about, and that it is closed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from kudelma.matters.models import Matter
from kudelma.matters.page import FACTS, PANELS, Fact, Panel, Shown
from kudelma.people.models import Role
from kudelma.trust.models import Retention


@FACTS
@Fact
def shared(actor: Any) -> Any:
    """An orderer is along once invited, or named to prepare. Of whoever else sees the matter it is not asked."""
    return Exists(Matter.objects.shared_with(actor).filter(pk=OuterRef("pk"))) if actor.role == Role.WORKER else None


def is_along(matter: Matter, shown: Shown) -> bool:
    """Whether the people's own words are for this seat, which sees the matter."""
    return shown.actor.role != Role.WORKER or shown.is_so(shared, matter)


@dataclass(frozen=True)
class Closed(Panel):
    template = "matters/closed_panel.html"
    column, rank = "notices", 3

    retention: Retention | None


@PANELS
def closed(matter: Matter, shown: Shown) -> Closed | None:
    if matter.is_open:
        return None
    return Closed(Retention.objects.filter(space=matter.pk).first())


@dataclass(frozen=True)
class Topic(Panel):
    template = "matters/topic_panel.html"
    column, rank = "main", 1


@PANELS
def topic(matter: Matter, shown: Shown) -> Topic | None:
    return Topic() if matter.topic and is_along(matter, shown) else None
