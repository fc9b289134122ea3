"""Walks one matter of the story as far as it has come, by the actions that people use."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone, translation

from kudelma.bank.models import Consultant
from kudelma.board import actions as boards
from kudelma.board.models import Board, Line, Voice
from kudelma.core.record import record_reading
from kudelma.core.times import aware
from kudelma.demo import prepared
from kudelma.demo.people import demo_id
from kudelma.matters.actions import closing
from kudelma.matters.models import ORDER_OF_STEPS, Matter
from kudelma.meetings.actions import invitations, times
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Meeting, TimeOption
from kudelma.members.actions import people
from kudelma.members.inputs.own import Needs
from kudelma.members.inputs.people import PersonSaid, SafeContact, Topic
from kudelma.members.models import Member
from kudelma.methods.models import Method, Question
from kudelma.orders.actions import orders
from kudelma.orders.inputs import ConsultationAsked, NewOrder
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Seat
from kudelma.plans import actions as plans
from kudelma.plans.inputs import Onwards, RowSaid

FAMILY = {"aino": "mother", "mikko": "father", "elias": "child", "ritva": "grandmother"}
"""Which members of the main matter have a button."""
MAIN = "saarela"
NEEDS = ("needs", "support", "ride", "access")
"""What the story tells of what helps somebody to take part."""
NOMINAL_DAYS = {"pairing": 0.8, "preparing": 2.8, "timing": 5.8, "inviting": 6.8, "invited": 7.0}
"""How many days the steps before a meeting take together at pace 1."""
GROUNDS = ["shl41", "lsl31", "ohl14"]
METHOD_SLUG, CHAIRED_METHOD_SLUG = "ennakointidialogi", "verkostokokous"


class Walk:
    """One matter. places: see `loading.Places`; story: one file of the story."""

    def __init__(self, places: Any, story: dict[str, Any]) -> None:
        self.places, self.story = places, story
        self.at = places.now - timedelta(days=story["days_ago"])
        self.pace = self._pace()
        self.coordinator = places.coordinators[0] if places.coordinators else places.clock
        self.members: dict[str, Member] = {}

    @property
    def is_chaired(self) -> bool:
        return "chaired" in self.story

    def through(self) -> None:
        # What somebody writes keeps the language that is being spoken while they write it.
        with translation.override(self.story.get("language", "fi")):
            self._through()

    def _through(self) -> None:
        orderer = self.places.workers[self.story["orderer"]]
        order = dict(self.story["order"])
        family_agreement = order.pop("told")
        key = demo_id(f"matter:{self.story['slug']}")
        if family_agreement != "agreed":
            self.matter = orders.ask_consultation(
                idempotency_key=key,
                family_agreement=family_agreement,
                values=ConsultationAsked(**order),
                by=orderer,
                at=self.at,
            )
            self._open()
            if self.story["step"] == "answered":
                self._later(1)
                answer = self.story["consultation"]["answer"]
                orders.answer_consultation(self._fresh(), text=answer, by=self.coordinator, at=self.at)
            return
        self.matter = orders.order_meeting(idempotency_key=key, values=NewOrder(**order), by=orderer, at=self.at)
        self._open()
        far = ORDER_OF_STEPS.index(self.story["step"])
        steps = [
            self._accept, self._prepare, self._time, self._choose, self._invite, self._meet, self._plan, self._end,
            self._close,
        ]  # fmt: skip
        for number, step in enumerate(steps, start=1):
            if far >= number:
                step()

    def _open(self) -> None:
        # The clock and no person: nobody has opened this. Unrecorded it would not open at all.
        record_reading("demo.load", [self.matter.pk], by=self.places.clock, at=self.at)

    def _pace(self) -> float:
        """How slowly time passes, so that an open matter took its last step a few days ago and not weeks ago."""
        whole = NOMINAL_DAYS.get(self.story["step"])
        if whole is None:
            return 1
        rest = self.story["days_ago"] % 4 + 0.2
        return max(self.story["days_ago"] - rest, 0.1) / whole

    def _later(self, days: float) -> None:
        """Time passes, but never beyond now."""
        self.at = min(self.at + timedelta(days=days * self.pace), self.places.now - timedelta(minutes=1))

    def _fresh(self) -> Matter:
        return Matter.objects.select_related("region", "order").get(pk=self.matter.pk)

    def _accept(self) -> None:
        self._later(0.3)
        controllers = list(self.places.controllers.values())
        number = self.matter.running
        orders.accept_order(
            self._fresh(),
            method=Method.objects.get(slug=CHAIRED_METHOD_SLUG if self.is_chaired else METHOD_SLUG, region=None),
            controller=controllers[number % len(controllers)],
            ground=GROUNDS[number % len(GROUNDS)],
            by=self.coordinator,
            at=self.at,
        )
        self._later(0.5)
        for part in ("lead", "writer"):
            if part in self.story:
                consultant = Consultant.objects.get(seat=self.places.consultants[self.story[part]])
                pairing.offer(self._fresh(), consultant, part=part, by=self.coordinator, at=self.at)

    def _prepare(self) -> None:
        self._later(1)
        for offer in LeadAssignment.objects.filter(matter=self.matter).select_related("matter__region", "seat"):
            pairing.accept_offer(offer, by=offer.seat, at=self.at)
        self._later(1)
        by = self.coordinator if self.is_chaired else self.places.consultants[self.story["lead"]]
        people.change_topic(
            self._fresh(), version=1, by=by, at=self.at,
            values=Topic(topic=self.story.get("topic", ""), called=self.story.get("called", "")),
        )  # fmt: skip
        for entry in self.story["member"]:
            member = self._add(entry, by)
            self.members[entry.get("slug") or entry["worker"]] = member
            if entry.get("permitted", True):
                people.permit(member, how="face", by=by, at=self.at)
        if self.is_chaired:
            prepared.propose_chair(self, by=by)
        prepared.prepare(self, by=by)

    def _member_id(self, entry: dict[str, Any]) -> UUID:
        slug = entry.get("slug") or entry["worker"]
        if self.story["slug"] == MAIN and slug in FAMILY:
            return demo_id(f"member:{FAMILY[slug]}")
        return demo_id(f"member:{self.story['slug']}:{slug}")

    def _add(self, entry: dict[str, Any], by: Seat) -> Member:
        """One more person, what helps them to take part, and how they are reached."""
        seat: Seat | None = self.places.workers[entry["worker"]] if "worker" in entry else None
        side, person = ("professional", _worker(seat, entry)) if seat else (entry["side"], _person(entry))
        member = people.add_member(
            self._fresh(),
            idempotency_key=self._member_id(entry),
            side=side,
            values=person,
            seat=seat,
            by=by,
            at=self.at,
        )
        if any(name in entry for name in NEEDS):
            needs = Needs(**{name: entry.get(name, "") for name in NEEDS})
            people.change_needs(member, version=member.version, values=needs, by=by, at=self.at)
            member.refresh_from_db()
        if entry.get("contact"):
            reached = self._contact(entry)
            people.change_contact(
                member, version=member.version, values=reached, has_called=False, by=self.coordinator, at=self.at
            )
            member.refresh_from_db()
        return member

    def _contact(self, entry: dict[str, Any]) -> SafeContact:
        plain = f"{entry['slug']}.{self.story['slug']}"
        return SafeContact(
            address=f"{plain}@esimerkki.invalid",
            second_address=f"{plain}.2@esimerkki.invalid",
            phone=f"+35840{sum(plain.encode()) * 997 % 10_000_000:07}",
        )

    def _time(self) -> None:
        self._later(2)
        details = self.story["meeting"]
        starts = [weekday(self.places.now + timedelta(days=days), clock) for days, clock in details["options"]]
        self.meeting = times.propose_times(
            self._fresh(),
            idempotency_key=demo_id(f"meeting:{self.story['slug']}"),
            values=TimesAsked(starts, details["minutes"], details["place"], details["place_shown"]),
            by=self.coordinator,
            at=self.at,
        )
        self._later(1)
        options = [TimeOption.objects.get(meeting=self.meeting, starts_at=start) for start in starts]
        for entry in self.story["member"]:
            self._answer(entry, options)

    def _answer(self, entry: dict[str, Any], options: list[TimeOption]) -> None:
        answers = entry.get("answers", [])
        member = self.members[entry.get("slug") or entry["worker"]]
        if not answers or not entry.get("permitted", True):
            return
        coming = answers[0] if answers[0] in {"call", "unsure"} else ""
        given = {} if coming else dict(zip(options, answers, strict=False))
        member.refresh_from_db(fields=["seat"])  # the question has given a seat to those who had none
        by = member.seat or self.coordinator
        meeting = Meeting.objects.select_related("matter__region").get(pk=self.meeting.pk)
        times.answer(meeting, member, options=given, coming=coming, by=by, at=self.at)

    def _choose(self) -> None:
        self._later(1)
        details = self.story["meeting"]
        days, clock = details["options"][details.get("chosen", 0)]
        start = weekday(self.places.now + timedelta(days=days), clock)
        option = TimeOption.objects.select_related("meeting__matter__region").get(meeting=self.meeting, starts_at=start)
        for member in times.asked(self.matter):
            # No time is settled before the family has answered: what the story leaves out was told by telephone.
            if member.side == "own" and member.answers_times and not times.has_settled(member, option):
                meeting = Meeting.objects.select_related("matter__region").get(pk=self.meeting.pk)
                times.answer(meeting, member, options={option: "well"}, coming="", by=self.coordinator, at=self.at)
        self.meeting = times.choose_time(option, by=self.coordinator, at=self.at)

    def _invite(self) -> None:
        self._later(0.2)
        meeting = Meeting.objects.select_related("matter__region").get(pk=self.meeting.pk)
        invitations.invite(meeting, by=self.coordinator, at=self.at)

    def _meet(self) -> None:
        meeting = Meeting.objects.select_related("matter__region").get(pk=self.meeting.pk)
        self.at = min(meeting.starts_at or self.at, self.places.now - timedelta(minutes=20))
        here = [
            self.members[entry.get("slug") or entry["worker"]]
            for entry in self.story["member"]
            if entry.get("here", True)
        ]
        lead, writer = (self.places.consultants[self.story[part]] for part in ("lead", "writer"))
        board = boards.open_meeting(meeting, here, by=lead, at=self.at)
        voices = {voice.member_id: voice for voice in Voice.objects.filter(board=board).select_related("member")}
        questions = {
            question.slug: question
            for question in Question.objects.filter(phase__method=self._fresh().method_id).prefetch_related("wordings")
        }
        for number, said in enumerate(self.story.get("line", [])):
            voice = voices[self.members[said["voice"]].pk]
            question = questions[said["question"]]
            key = demo_id(f"line:{self.story['slug']}:{number}")
            fresh = Board.objects.select_related("meeting", "matter").get(pk=board.pk)
            boards.give_turn(
                fresh,
                voice,
                question,
                idempotency_key=demo_id(f"turn:{self.story['slug']}:{number}"),
                by=lead,
                at=self.at,
            )
            boards.say_line(fresh, voice, question, said["text"], idempotency_key=key, by=writer, at=self.at)
            if said.get("nodded", True):
                line = Line.objects.select_related("board").get(pk=key)
                boards.nod(line, by=writer, at=self.at)

    def _plan(self) -> None:
        writer = self.places.consultants[self.story["writer"]]
        meeting = Meeting.objects.select_related("matter__region").get(pk=self.meeting.pk)
        self.plan = plans.begin_plan(meeting, by=writer, at=self.at)
        for number, entry in enumerate(self.story.get("row", [])):
            key = demo_id(f"row:{self.story['slug']}:{number}")
            texts = {name: entry.get(name, "") for name in ("what", "with_whom", "by_when")}
            row = RowSaid(**texts, read=entry.get("read", True))
            member = self.members[entry["member"]]
            plans.add_row(self.plan, member, idempotency_key=key, values=row, by=writer, at=self.at)
        if "onwards" in self.story:
            plans.agree_onwards(self.plan, version=1, values=Onwards(**self.story["onwards"]), by=writer, at=self.at)

    def _end(self) -> None:
        lead = self.places.consultants[self.story["lead"]]
        self.at = min(self.at + timedelta(hours=2.4), self.places.now - timedelta(minutes=1))
        boards.end_meeting(
            Meeting.objects.select_related("matter__region").get(pk=self.meeting.pk), by=lead, at=self.at
        )

    def _close(self) -> None:
        self._later(60)
        closing.close_matter(self._fresh(), by=self.coordinator, at=self.at)


def _person(entry: dict[str, Any]) -> PersonSaid:
    texts = {name: entry.get(name, "") for name in ("name", "surname", "relation", "why")}
    return PersonSaid(
        **texts,
        language=entry.get("language", "fi"),
        answers_times=entry.get("answers_times", True),
        is_child=entry.get("is_child", False),
    )


def _worker(seat: Seat, entry: dict[str, Any]) -> PersonSaid:
    account: Any = seat.account
    return PersonSaid(account.first_name, relation=seat.title, language=account.language, why=entry.get("why", ""))


def weekday(day: datetime, clock: str) -> datetime:
    """That clock on that day, or on the Monday that follows a weekend."""
    on = timezone.localdate(day)
    on += timedelta(days={5: 2, 6: 1}.get(on.weekday(), 0))
    hour, minute = clock.split(".")
    return aware(on, time(int(hour), int(minute)))
