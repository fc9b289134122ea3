"""Real rows by real actions: a region, its people, and a matter walked as far as a test needs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

import snapshots
from kudelma.board import actions as boards
from kudelma.board.models import Board, Voice
from kudelma.core.record import record_reading
from kudelma.core.sealed import closed_values
from kudelma.matters.actions import closing
from kudelma.matters.models import ORDER_OF_STEPS, Matter
from kudelma.meetings.actions import invitations, times
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Invitation, Meeting, TimeOption
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid, Topic
from kudelma.members.models import Member
from kudelma.methods.models import Method, Question
from kudelma.orders.actions import drafts, orders
from kudelma.orders.inputs import NewOrder
from kudelma.orders.models import Draft
from kudelma.pairing.actions import chairing
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment
from kudelma.people.acting import SEEN_COOKIE, seen_now
from kudelma.people.actions.links import make_link
from kudelma.people.actions.seats import give_seat
from kudelma.people.inputs import NewSeat
from kudelma.people.models import Admission, PersonalLink, Role, Seat
from kudelma.people.sign_in import FACTOR_DONE
from kudelma.plans import actions as plans
from kudelma.plans.inputs import RowSaid
from kudelma.plans.models import PlanRow
from kudelma.regions.actions import add_contact, make_region, next_review
from kudelma.regions.inputs import ContactEntry
from kudelma.regions.models import ContactPerson, Controller, Region, Sector, Unit
from kudelma.trust.vault import let_open

_count = iter(range(1, 10**9))

ORDER = {
    "told_to": "Ainolle",
    "why_together": "Auttajia on monta.",
    "problem": "scattered",
    "worry": "Olen huolissani aamuista.",
    "wish": "Toivon, että aamut helpottuvat.",
    "languages": "suomi",
    "access": "",
    "call_first": "no",
    "windows": "Iltapäivät.",
    "place": "together",
}


def region(code: str | None = None, **fields: Any) -> Region:
    number = next(_count)
    made, _ = make_region(code or f"T{number % 4096:03X}", **{"name_fi": f"Alue {number}", **fields})
    return made


def kept_region() -> Region:
    """A region in which what is walked is kept for later tests."""
    made = region()
    made.is_kept = True  # type: ignore[attr-defined]
    return made


def unit(of: Region, name: str = "") -> Unit:
    number = next(_count)
    sector = Sector.objects.create(region=of, name_fi=f"Toimiala {number}")
    return Unit.objects.create(region=of, sector=sector, name_fi=name or f"Yksikkö {number}")


def contact(of: Region, at: datetime | None = None, **values: Any) -> ContactPerson:
    """Somebody whom anybody may call, checked at that moment."""
    number, at = next(_count), at or timezone.now()
    told = {
        "name": f"Yhteyshenkilö {number}",
        "title": "verkostokoordinaattori",
        "unit": None,
        "phone": "+358401234567",
        "address": f"yhteys{number}@example.org",
        "about_fi": "Soita, jos et tiedä, mistä aloittaa.",
        "about_sv": "",
        "about_en": "",
        "position": number % 99,
        "review_on": next_review(timezone.localdate(at)),
    }
    clock = Seat.objects.door(of, Role.CLOCK)
    return add_contact(of, idempotency_key=uuid4(), values=ContactEntry(**told | values), by=clock, at=at)


def seat(of: Region, role: str = Role.WORKER, **fields: Any) -> Seat:
    """A seat whose account has the password `sana sana sana`."""
    number = next(_count)
    values: dict[str, Any] = {
        "name": f"Henkilö {number}",
        "address": f"henkilo{number}@example.org",
        "starts_on": timezone.localdate() - timedelta(days=10),
        "title": f"ammatti {number}",
    }
    if role in {Role.WORKER, Role.CONSULTANT} and "unit" not in fields:
        values["unit"] = unit(of)
    clock = Seat.objects.door(of, Role.CLOCK)
    told = NewSeat(role=role, **values | fields)
    made = give_seat(of, values=told, by=clock, at=timezone.now(), invite=False)
    made.account.password = _password()
    made.account.save(update_fields=["password"])
    made.level = 2
    return made


@cache
def _password() -> str:
    """As it is kept. Made once: whoever keeps real passwords takes a third of a second for each, on purpose."""
    return make_password("sana sana sana")


def sit(made: Seat, level: int = 2) -> Client:
    """A client that acts as this seat: signed in, or come in as a participant at `level`."""
    client = Client()
    session = client.session
    session.save()
    if made.account is not None:
        client.force_login(made.account, backend="kudelma.people.sign_in.SealedAddressBackend")
        session = client.session
        session[FACTOR_DONE] = True
        session["seat"] = str(made.pk)
    else:
        session["participant"] = _came(made, level)
    session.save()
    _be_seen(client, session)
    return client


def _came(made: Seat, level: int) -> dict[str, Any]:
    now = timezone.now()
    make_link(made, at=now)
    link = PersonalLink.objects.filter(seat=made).latest("made_at")
    came: dict[str, Any] = {"seat": str(made.pk), "link": str(link.pk), "code": level >= 1}
    if level >= 2:
        admission = Admission.objects.create(
            seat=made, by=Seat.objects.door(made.region_id, Role.CLOCK), reason="known", digest=uuid4().hex,
            made_at=now, code_ends_at=now, used_at=now, ends_at=now + timedelta(hours=5),
        )  # fmt: skip
        came["admission"] = str(admission.pk)
    return came


def _be_seen(client: Client, session: Any) -> None:
    class Holder:
        pass

    holder: Any = Holder()
    holder.session = session
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    client.cookies[SEEN_COOKIE] = seen_now(holder)


class Cast:
    """The people around one matter, and the matter itself as far as `to(step)` has taken it."""

    def __init__(self, of: Region) -> None:
        self._keep("gathered", partial(self._gather, of), of)

    def _keep(self, name: str, walk: Callable[[], dict[str, Any]], of: Region) -> None:
        """Be as this walk leaves us. In a region in which walks are kept, one that was walked before is put back.

        Whom a test has put in somebody's place makes it another walk.
        """
        whose = [(part, seat.pk) for part, seat in vars(self).items() if isinstance(seat, Seat)]
        key = (type(self).__name__, name, of.pk, vars(self).get("now"), *whose)
        vars(self).update(snapshots.once(key, walk) if hasattr(of, "is_kept") else walk())

    def _gather(self, of: Region) -> dict[str, Any]:
        self.region = of
        Region.objects.filter(pk=of.pk).update(face_to_face_at=timezone.now(), face_to_face_by=uuid4())
        of.refresh_from_db()
        self.controller = Controller.objects.create(region=of, name_fi=f"Rekisterinpitäjä {next(_count)}")
        self.coordinator = seat(of, Role.COORDINATOR)
        self.orderer = seat(of)
        self.lead = seat(of, Role.CONSULTANT)
        self.writer = seat(of, Role.CONSULTANT)
        self.other_consultant = seat(of, Role.CONSULTANT)
        self.invited = seat(of)
        self.outsider = seat(of)
        self.steering = seat(of, Role.STEERING)
        self.administrator = seat(of, Role.ADMINISTRATOR)
        self.now = timezone.now()
        return vars(self)

    def at(self) -> datetime:
        return timezone.now()

    def open(self) -> None:
        """Read the matter's words in the test itself, as the clock."""
        record_reading("test", [self.matter.pk], by=Seat.objects.door(self.region, Role.CLOCK), at=self.at())

    def to(self, step: str) -> "Cast":
        """Walk the matter to `step` by the actions that people use; a walk that was walked before is put back."""
        self._keep(f"to {step}", partial(self._walk, step), self.region)
        let_open([self.matter.pk])  # as whoever has walked it
        return self

    def _walk(self, step: str) -> dict[str, Any]:
        """The last of these acts, after a walk to the step before, which may have been walked already."""
        acts = [
            self.order, self.accept, self.pair, self.ask_times, self.choose, self.invite, self.meet, self.plan,
            self.end, self.close,
        ]  # fmt: skip
        number = ORDER_OF_STEPS.index(step)
        if number:
            self.to(ORDER_OF_STEPS[number - 1])
        acts[number]()
        self.matter = self.fresh()
        return vars(self)

    def fresh(self) -> Matter:
        return Matter.objects.select_related("region", "order").get(pk=self.matter.pk)

    def order(self) -> None:
        self.matter = orders.order_meeting(
            idempotency_key=uuid4(), values=NewOrder(**ORDER), by=self.orderer, at=self.at()
        )
        self.open()

    def begin_draft(self, ordering: str = "meeting", by: Seat | None = None, **values: Any) -> Draft:
        """An unfinished order with these values on its pages."""
        writer = by or self.orderer
        draft = drafts.begin_draft(idempotency_key=uuid4(), ordering=ordering, by=writer, at=self.at())
        if values:
            record_reading("test", [draft.pk], by=writer, at=self.at())
            drafts.save_draft(draft, version=1, values=values, page=1, by=writer, at=self.at())
        return draft

    def accept(self) -> None:
        method = Method.objects.get(slug="ennakointidialogi")
        orders.accept_order(
            self.fresh(), method=method, controller=self.controller, ground="shl41", by=self.coordinator, at=self.at()
        )

    def pair(self) -> None:
        for part, one in (("lead", self.lead), ("writer", self.writer)):
            pairing.accept_offer(self.offered(one, part), by=one, at=self.at())
        self.mother = self.add(
            "own", "Aino", "Saarela", relation="äiti", address="aino@example.org", second_address="aino2@example.org"
        )
        self.child = self.add("own", "Elias", "Saarela", answers_times=False)
        self.close_one = self.add("close", "Ritva", "Koskela", relation="mummo")
        self.professional = self.add(
            "professional", self.invited.account.first_name, "", seat=self.invited, relation="terveydenhoitaja"
        )
        for member in (self.mother, self.child, self.close_one):
            people.give_seat_in_matter(member, by=self.coordinator, at=self.at())
        people.change_topic(self.fresh(), version=1, values=Topic("Aamut", "Aino ja Elias"), by=self.lead, at=self.at())

    def offered(self, one: Seat, part: str) -> LeadAssignment:
        """Asked to lead or to write. In a second matter of the same people they are not outside: written as it is."""
        if not LeadAssignment.objects.filter(seat=one).exists():
            return pairing.offer(self.fresh(), one.consultant, part=part, by=self.coordinator, at=self.at())
        made = LeadAssignment(
            matter=self.fresh(), seat=one, part=part, offered_by=self.coordinator, offered_at=self.at()
        )
        made.save(force_insert=True)
        return made

    def add(self, side: str, name: str, surname: str, seat: Seat | None = None, **values: Any) -> Member:
        """values: what whoever prepares knows, and addresses, which are laid beside it as the coordinator's."""
        addresses = {name: values.pop(name) for name in ("address", "second_address") if name in values}
        member = people.add_member(
            self.fresh(), idempotency_key=uuid4(), side=side, seat=seat, by=self.lead, at=self.at(),
            values=PersonSaid(name, surname, **values),
        )  # fmt: skip
        if addresses:
            Member.objects.filter(pk=member.pk).update(**closed_values(member, addresses))
        people.permit(member, how="face", by=self.lead, at=self.at())
        return Member.objects.select_related("matter__region", "seat").get(pk=member.pk)

    def ask_times(self) -> None:
        """A week from now; in a further matter of the same people two days later, for nobody leads two at one hour."""
        others = Meeting.objects.filter(matter__pairings__seat=self.lead, chosen_at__isnull=False, held_at=None)
        start = self.now + timedelta(days=7 + 2 * others.exclude(matter=self.matter).count())
        self.meeting = times.propose_times(
            self.fresh(), idempotency_key=uuid4(), by=self.coordinator, at=self.at(),
            values=TimesAsked([start, start + timedelta(days=1)], 150, "Kirjaston ryhmähuone", place_shown=False),
        )  # fmt: skip

    def options(self) -> list[TimeOption]:
        return list(TimeOption.objects.select_related("meeting__matter__region").filter(meeting=self.meeting))

    def the_meeting(self) -> Meeting:
        return Meeting.objects.select_related("matter__region").get(pk=self.meeting.pk)

    def choose(self) -> None:
        option = self.options()[0]
        for member in (self.mother, self.close_one, self.professional):
            times.answer(self.the_meeting(), member, options={option: "well"}, coming="", by=member.seat, at=self.at())
        times.choose_time(option, by=self.coordinator, at=self.at())

    def invite(self) -> None:
        """Everybody is invited; those whom no message reaches are told by telephone."""
        invitations.invite(self.the_meeting(), by=self.coordinator, at=self.at())
        for one in Invitation.objects.untold().filter(meeting=self.meeting).select_related("meeting", "member"):
            invitations.tell_by_hand(one, how="phone", by=self.coordinator, at=self.at())

    def meet(self) -> None:
        self.meet_with()

    def meet_with(self, *others: Member) -> None:
        here = [self.mother, self.child, self.professional, *others]
        made = boards.open_meeting(self.the_meeting(), here, by=self.lead, at=self.at())
        self.board = Board.objects.select_related("meeting", "matter").get(pk=made.pk)
        self.voices = {voice.member_id: voice for voice in Voice.objects.filter(board=made).select_related("member")}
        self.questions = list(
            Question.objects.filter(phase__method=self.fresh().method_id).prefetch_related("wordings")
        )

    def say(self, member: Member, text: str, question: int = 0) -> Any:
        key = uuid4()
        boards.say_line(
            self.board,
            self.voices[member.pk],
            self.questions[question],
            text,
            idempotency_key=key,
            by=self.writer,
            at=self.at(),
        )
        from kudelma.board.models import Line

        return Line.objects.select_related("board").get(pk=key)

    def plan(self) -> None:
        self.the_plan = plans.begin_plan(self.the_meeting(), by=self.writer, at=self.at())
        self.the_row = self.row(self.mother, "Soitan kouluun.")

    def row(self, member: Member, what: str, **more: Any) -> PlanRow:
        values = RowSaid(what=what, read=True)
        key = more.pop("idempotency_key", uuid4())
        return plans.add_row(
            self.the_plan, member, idempotency_key=key, values=values, by=self.writer, at=self.at(), **more
        )

    def end(self) -> None:
        boards.end_meeting(self.the_meeting(), by=self.lead, at=self.at())

    def close(self) -> None:
        closing.close_matter(self.fresh(), by=self.coordinator, at=self.at())


class Chaired(Cast):
    """The same people around a chaired meeting: `lead` chairs it and `writer` is its secretary, both workers along."""

    def _gather(self, of: Region) -> dict[str, Any]:
        super()._gather(of)
        self.lead, self.writer = self.invited, seat(of)
        return vars(self)

    def accept(self) -> None:
        orders.accept_order(
            self.fresh(), method=Method.objects.get(slug="verkostokokous"), controller=self.controller,
            ground="shl41", by=self.coordinator, at=self.at(),
        )  # fmt: skip

    def pair(self) -> None:
        self.mother = self.add("own", "Aino", "Saarela", relation="äiti", address="aino@example.org")
        self.child = self.add("own", "Elias", "Saarela", answers_times=False)
        self.close_one = self.add("close", "Ritva", "Koskela", relation="mummo")
        self.professional = self.add("professional", "Tiina", "", seat=self.lead, relation="opettaja")
        self.other_professional = self.add("professional", "Olli", "", seat=self.writer, relation="sosiaaliohjaaja")
        for member in (self.mother, self.child, self.close_one):
            people.give_seat_in_matter(member, by=self.coordinator, at=self.at())
        for part, one in (("chair", self.lead), ("secretary", self.writer)):
            asked = chairing.propose(self.fresh(), one, part=part, by=self.coordinator, at=self.at())
            pairing.accept_offer(asked, by=one, at=self.at())
