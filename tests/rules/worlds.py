"""The matters in which the tables are played, walked by the actions that people use; how far, the tables say.

`Led` is led by two from outside, `Chaired` by a chair and a secretary. They stand in two regions, so that each
is the other's stranger. `elsewhere` is a small matter beside the first, in its region, with people of its own.
"""

from copy import copy
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

import factories
from kudelma.bank.models import Availability
from kudelma.board import actions as board
from kudelma.board.models import Voice
from kudelma.circle import actions as circle
from kudelma.circle.inputs import NewThing
from kudelma.feedback.models import Response
from kudelma.matters.models import Matter
from kudelma.meetings.actions import asking, invitations, postponing, times
from kudelma.meetings.models import Invitation
from kudelma.members.actions import agreements, people, safety
from kudelma.members.inputs.agreements import ConsentGiven, JudgementMade
from kudelma.members.inputs.own import SafetyTold
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.methods.models import Method, Question
from kudelma.pairing.actions import chairing
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Role, Seat
from kudelma.plans import actions as plans
from kudelma.preparation.actions import child, preparation
from kudelma.preparation.inputs.child import ChildSaid
from kudelma.preparation.inputs.preparation import PreparerNamed, ThreeLines, WhyTogether

PAGE = {
    "beside": "Mummo", "wish": "self", "turn": "", "words": "Sanoja", "pictures": "", "drawing": "", "leave_sign": "",
    "leave_with": "",
}  # fmt: skip
OPENS_NOTHING = dict.fromkeys(["opens_time", "opens_theme", "opens_people", "opens_plan"], False)
LETTING = {"second": "me", "sister": "leads", "brother": "everybody"}
"""To whom each of the three children lets their page be shown."""


class Led(factories.Cast):
    """Led by one consultant from outside; others have been asked, have refused, or led before."""

    def __init__(self, of: Any) -> None:
        super().__init__(of)
        self.asked, self.refused, self.ended = (factories.seat(of, Role.CONSULTANT) for _ in range(3))
        Seat.objects.filter(pk=self.outsider.pk).update(leads=True)
        self.outsider.leads = True
        _furnish(self)

    def offer_two(self) -> None:
        self.offered(self.refused, "lead")
        self.offered(self.ended, "writer")

    def open_names(self) -> None:
        pairing.open_names(self.pairing_of(self.refused), by=self.refused, at=self.at())

    def refuse(self) -> None:
        pairing.withdraw(self.pairing_of(self.refused), by=self.refused, at=self.at())

    def pair(self) -> None:
        """The writer's task ends and is another's, who ends it too; somebody is asked in their place."""
        pairing.accept_offer(self.pairing_of(self.ended), by=self.ended, at=self.at())
        pairing.accept_offer(self.offered(self.lead, "lead"), by=self.lead, at=self.at())
        preparation.introduce(self.fresh(), version=0, values=ThreeLines("x", "x", "x"), by=self.lead, at=self.at())
        self._end(self.ended)
        pairing.accept_offer(self.offered(self.writer, "writer"), by=self.writer, at=self.at())
        self._end(self.writer)
        self.offered(self.asked, "writer")

    def _end(self, seat: Seat) -> None:
        pairing.end_pairing(self.pairing_of(seat), by=self.coordinator, at=self.at())

    def pairing_of(self, seat: Seat) -> LeadAssignment:
        return LeadAssignment.objects.select_related("matter", "undertaking").get(matter=self.matter, seat=seat)


class Chaired(factories.Chaired):
    """Chaired by one worker, another is the secretary, a third is invited."""

    def __init__(self, of: Any) -> None:
        super().__init__(of)
        self.invited = factories.seat(of)
        self.along: list[Member] = []
        _furnish(self)

    def pair(self) -> None:
        for seat in (self.lead, self.writer):
            self.along.append(self.add("professional", "Tiina", "", seat=seat, answers_times=False))
        for part, seat in (("chair", self.lead), ("secretary", self.writer)):
            asked = chairing.propose(self.fresh(), seat, part=part, by=self.coordinator, at=self.at())
            pairing.accept_offer(asked, by=seat, at=self.at())

    def pairing_of(self, seat: Seat) -> LeadAssignment:
        return LeadAssignment.objects.select_related("matter", "undertaking").get(matter=self.matter, seat=seat)


def _furnish(cast: Any) -> None:
    """What a region has beside its matters, a row of each kind."""
    factories.contact(cast.region)
    cast.method = Method.objects.create(
        region=cast.region, slug="oma", version=1, leading="pair", name_fi="Oma tapa", source_note="x"
    )
    start = timezone.now() + timedelta(days=9)
    Availability.objects.create(
        seat=cast.other_consultant if not isinstance(cast, Led) else cast.lead,
        starts_at=start, ends_at=start + timedelta(hours=3),
    )  # fmt: skip
    Response.objects.create(
        region=cast.region, method=cast.method, side="own", month=timezone.localdate().replace(day=1)
    )


# ---------------------------------------------------------------- what both are walked by


def gather(cast: Any) -> None:
    """The people of the matter: all but one of them may be invited."""
    cast.mother = cast.add("own", "Aino", "Saarela", relation="äiti", address="aino@example.org")
    cast.second = cast.add("own", "Elias", "Saarela", is_child=True, address="elias@example.org")
    cast.sister = cast.add("own", "Elsa", "Saarela", is_child=True, answers_times=False)
    cast.brother = cast.add("own", "Eino", "Saarela", is_child=True, answers_times=False)
    cast.close_one = cast.add("close", "Ritva", "Koskela", relation="mummo", answers_times=False)
    cast.guest = cast.add("professional", "Tiina", "", seat=cast.invited, relation="terveydenhoitaja")
    cast.unasked = people.add_member(
        cast.fresh(), idempotency_key=uuid4(), side="own", by=cast.coordinator, at=cast.at(),
        values=PersonSaid("Lauri", "Saarela", answers_times=False),
    )  # fmt: skip
    for member in (cast.mother, cast.second, cast.close_one):
        people.give_seat_in_matter(member, by=cast.coordinator, at=cast.at())


def prepare(cast: Any) -> None:
    """Something of all that is prepared, by the coordinator where nobody else does it."""
    matter, by, at = cast.fresh(), cast.coordinator, cast.at()
    people.send_link(member(cast.mother), by=by, at=at)
    preparation.prepare(matter, version=0, values=WhyTogether("Aamut"), by=by, at=at)
    preparation.introduce(matter, version=0, values=ThreeLines("x", "x", "x"), by=cast.invited, at=at)
    for one in (cast.mother, cast.second):
        safety.tell_safety(member(one), version=0, values=SafetyTold("kyllä", apart="", safer=""), by=one.seat, at=at)
    agreements.give_consent(
        member(cast.mother), idempotency_key=uuid4(), by=by, at=at,
        values=ConsentGiven("consent", "Koulu", "Koululle", given_on=timezone.localdate(), until=None, how="face"),
    )  # fmt: skip
    agreements.judge(
        member(cast.second), idempotency_key=uuid4(), by=by, at=at,
        values=JudgementMade("own_say", "Tiina", "Ymmärtää.", **OPENS_NOTHING),
    )  # fmt: skip
    for name, shown_to in LETTING.items():
        values = ChildSaid(**PAGE, shown_to=shown_to)
        child.keep_child_page(member(getattr(cast, name)), version=0, values=values, by=by, at=at)
    _draw(cast)
    postponing.wish_to_stop(member(cast.mother), by=cast.mother.seat, at=at)


def _draw(cast: Any) -> None:
    """A thing with threads to one who may be invited, to one who may not, and to a thing that was taken away."""
    matter, at = cast.fresh(), cast.at()
    day = NewThing("aamut", kind="day")
    cast.thing = circle.add_thing(matter, idempotency_key=uuid4(), values=day, to=(500, 390), by=cast.lead, at=at)
    cast.gone = circle.add_thing(matter, idempotency_key=uuid4(), values=day, to=(300, 390), by=cast.coordinator, at=at)
    for other in (cast.mother.pk, cast.unasked.pk, cast.gone.pk):
        circle.tie(matter, cast.thing.pk, other, by=cast.coordinator, at=at)
    circle.remove_thing(cast.gone, by=cast.coordinator, at=at)


def name(cast: Any, seat: Seat | None, *, agreed: bool = True) -> None:
    """Name who prepares."""
    matter = cast.fresh()
    values = PreparerNamed(seat, family_agreed=agreed)
    version = matter.preparation.version
    preparation.name_preparer(matter, version=version, values=values, by=cast.coordinator, at=cast.at())


def find_time(cast: Any) -> None:
    """Times are asked about; somebody was reminded, somebody called, and all have answered."""
    cast.ask_times()
    asking.remind(cast.the_meeting(), [member(cast.mother)], by=cast.coordinator, at=cast.at())
    asked = Member.objects.filter(matter=cast.matter, answers_times=True).with_permission().select_related("seat")
    suits = dict.fromkeys(cast.options(), "well")
    for one in asked:
        times.answer(cast.the_meeting(), member(one), options=suits, coming="", by=one.seat, at=cast.at())
    times.record_call(cast.the_meeting(), member(cast.second), by=cast.coordinator, at=cast.at())


def invite(cast: Any) -> None:
    """A time is chosen, all are invited, and then it is moved by an hour."""
    times.choose_time(cast.options()[0], by=cast.coordinator, at=cast.at())
    invitations.invite(cast.the_meeting(), by=cast.coordinator, at=cast.at())
    for invitation in Invitation.objects.untold().filter(meeting=cast.meeting).select_related("meeting", "member"):
        invitations.tell_by_hand(invitation, how="phone", by=cast.coordinator, at=cast.at())
    meeting = cast.the_meeting()
    postponing.move_to(
        meeting, starts_at=meeting.starts_at + timedelta(hours=1), place="Kirjasto", place_shown=True,
        seen=meeting.sequence, by=cast.coordinator, at=cast.at(),
    )  # fmt: skip


def meet(cast: Any, *others: Any) -> None:
    """All are there but the grandmother. The mother and the worker have nodded to a line; two are not nodded to."""
    here = [member(one) for one in (cast.mother, cast.second, cast.sister, cast.brother, cast.guest, *others)]
    cast.board = board.open_meeting(cast.the_meeting(), here, by=cast.lead, at=cast.at())
    cast.voices = {voice.member_id: voice for voice in Voice.objects.filter(board=cast.board).select_related("member")}
    cast.questions = list(Question.objects.filter(phase__method=cast.fresh().method_id).prefetch_related("wordings"))
    turn = cast.voices[cast.mother.pk]
    board.give_turn(cast.board, turn, cast.questions[0], idempotency_key=uuid4(), by=cast.lead, at=cast.at())
    for one, question in ((cast.mother, 0), (cast.guest, 1)):
        board.nod(cast.say(one, "Aamut sujuvat.", question), by=cast.lead, at=cast.at())
    for one in (cast.mother, cast.second):
        cast.say(one, "Illat myös.")
    cast.the_plan = plans.begin_plan(cast.the_meeting(), by=cast.lead, at=cast.at())
    cast.row(cast.mother, "Soitan kouluun.")


def member(of: Member) -> Member:
    """As it stands now."""
    return Member.objects.select_related("matter__region", "matter__method", "seat").get(pk=of.pk)


def elsewhere(cast: Led) -> Any:
    """Another matter of the region: ordered by the outsider, who is invited there, led by the last of the bank."""
    other = copy(cast)
    other.orderer, other.lead = cast.outsider, cast.other_consultant
    other.order()
    other.accept()
    other.add("own", "Aino", "Saarela")
    other.add("professional", "Tiina", "", seat=cast.outsider)
    pairing.accept_offer(other.offered(other.lead, "lead"), by=other.lead, at=other.at())
    return other


def fresh(cast: Any) -> Matter:
    """The matter with what the rules read of it."""
    return Matter.objects.select_related("region", "order", "method", "preparation__by").get(pk=cast.matter.pk)
