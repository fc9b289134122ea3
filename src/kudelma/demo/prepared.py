"""What is prepared with the people in the story: their words, the circle, a child's page, three lines, who chairs.

Reads the same file as `walk.Walk`, by the actions that people use. The times do not pass here: it is one sitting.
"""

import json
from collections.abc import Callable
from typing import Any

from kudelma.circle import actions as circle
from kudelma.circle.inputs import NewThing
from kudelma.demo.people import demo_id
from kudelma.matters.models import Matter
from kudelma.pairing.actions import chairing
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import Part
from kudelma.people.models import Seat
from kudelma.preparation.actions import child, preparation
from kudelma.preparation.inputs.child import ChildSaid
from kudelma.preparation.inputs.preparation import GroundRules, Inviting, NotInvited, OwnWords, ThreeLines, WhyTogether

WORDS: dict[str, Callable[[str], OwnWords]] = {
    "why_together": WhyTogether,
    "not_invited": NotInvited,
    "inviting": Inviting,
    "ground_rules": GroundRules,
}
LINES = ("face", "can_do", "needs")
CHILD = ("beside", "wish", "turn", "words", "leave_sign", "leave_with", "shown_to")


def prepare(walk: Any, *, by: Seat) -> None:
    """All that the matter's file tells of its preparation. by: whoever prepares with the people."""
    story = walk.story
    matter = Matter.objects.select_related("region", "order").get(pk=walk.matter.pk)
    words = [part(story["preparation"][name]) for name, part in WORDS.items() if name in story.get("preparation", {})]
    for version, said in enumerate(words):
        preparation.prepare(matter, version=version, values=said, by=by, at=walk.at)
    for place, slug in enumerate(story.get("preparation", {}).get("order", []), start=1):
        preparation.speak_at(walk.members[slug], place, by=by, at=walk.at)
    if "circle" in story:
        _draw(walk, matter, story["circle"], by=by)
    for slug, page in story.get("child", {}).items():
        said_by_child = ChildSaid(
            **{name: page.get(name, "") for name in CHILD},
            pictures=" ".join(page.get("pictures", [])),
            drawing=json.dumps(page.get("drawing", [])),
        )
        child.keep_child_page(walk.members[slug], version=0, values=said_by_child, by=by, at=walk.at)
    for lines in story.get("introduction", []):
        three = ThreeLines(**{name: lines.get(name, "") for name in LINES})
        seat = walk.places.workers[lines["worker"]]
        preparation.introduce(matter, version=0, values=three, by=seat, at=walk.at)


def _draw(walk: Any, matter: Matter, drawing: dict[str, Any], *, by: Seat) -> None:
    """Everyday life first, then where each person stands, then the threads that the people asked for."""
    spots = {slug: member.pk for slug, member in walk.members.items()}
    for thing in drawing["thing"]:
        key = demo_id(f"spot:{walk.story['slug']}:{thing['slug']}")
        x, y = thing["at"]
        said = NewThing(kind=thing["kind"], name=thing["name"], note=thing.get("note", ""))
        spots[thing["slug"]] = circle.add_thing(
            matter, idempotency_key=key, values=said, to=(x, y), by=by, at=walk.at
        ).pk
    for slug, (x, y) in drawing.get("at", {}).items():
        key = demo_id(f"move:{walk.story['slug']}:{slug}")
        circle.move_spot(matter, spots[slug], to=(x, y), version=0, idempotency_key=key, by=by, at=walk.at)
    for first, second in drawing.get("ties", []):
        circle.tie(matter, spots[first], spots[second], by=by, at=walk.at)


def propose_chair(walk: Any, *, by: Seat) -> None:
    """Ask those whom the file names to chair and to be the secretary; who has said yes accepts."""
    chaired = walk.story["chaired"]
    matter = Matter.objects.select_related("region", "order", "method").get(pk=walk.matter.pk)
    for part in (Part.CHAIR, Part.SECRETARY):
        seat = walk.places.workers[chaired[part]]
        offer = chairing.propose(matter, seat, part=part, by=by, at=walk.at)
        if part in chaired.get("accepted", []):
            pairing.accept_offer(offer, by=seat, at=walk.at)
