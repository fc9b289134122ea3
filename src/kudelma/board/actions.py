"""The board: who is there, whose turn it is, what was said. Each change is an operation with a number.

Of a sitting the access record keeps one line a day: from more one could read how long each spoke.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.board.inputs import LineSaid
from kudelma.board.models import Board, Line, Turn, Voice
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.phrases import CHANGED_MEANWHILE, GOES_ON_ANOTHER_DAY, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.live.actions.ledger import hold, operate
from kudelma.live.actions.rights import taken_away
from kudelma.live.actions.withdrawing import withdraw_thing
from kudelma.matters.actions.leading import lead_no_longer
from kudelma.matters.actions.steps import advance
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.meetings.actions.times import must_be_free
from kudelma.meetings.models import Attendance, Meeting, Sitting
from kudelma.members.models import Member
from kudelma.methods.models import Question, Side
from kudelma.people.models import Admission, Seat

# One more than the column of an agreed place can hold: after every place that was agreed.
NOT_AGREED = 2**15
HAS_ENDED = _("The meeting has already ended.")
ORDER_OF_SIDES = [Side.OWN, Side.CLOSE, Side.PROFESSIONAL]


@transaction.atomic
def open_meeting(meeting: Meeting, members: list[Member], *, by: Seat, at: datetime) -> Board:
    """Begin, with those who are there: in the order agreed on before; else the people first, then those close.

    Raises Refused when it has begun already.
    """
    if not members:
        raise Refused(_("Tick at least one who is here."))
    # Both who lead may press at the door: the row lets one of them begin.
    if not Meeting.objects.filter(pk=meeting.pk, opened_at=None, chosen_at__isnull=False).update(
        opened_at=at, opened_by=by
    ):
        raise Refused(_("The meeting has already begun."))
    advance(meeting.matter, Step.MEETING, since=Step.INVITED, waits_for=WaitsFor.PAIR, at=at, days=1)
    board = Board(matter=meeting.matter, meeting=meeting)
    board.save(force_insert=True)
    # As it stands: it may have been moved since the row at hand was read. What is chosen has a time.
    agreed = Meeting.objects.get(pk=meeting.pk)
    Sitting(  # type: ignore[misc]
        matter=meeting.matter, meeting=meeting, number=1, starts_at=agreed.starts_at, minutes=agreed.minutes,
        began_at=at, began_by=by,
    ).save(force_insert=True)  # fmt: skip
    _seat(board, members)
    record("board.open_meeting", by=by, at=at, space=meeting.matter_id)
    return board


def _seat(board: Board, members: list[Member]) -> None:
    """Whoever is there and was not on a former day: in turn, after those who were."""
    earlier = list(Voice.objects.filter(board=board))
    come = {member.pk: member for member in members}
    for voice in earlier:
        come.pop(voice.member_id, None)
    after = max((voice.position for voice in earlier), default=-1) + 1
    for position, member in enumerate(sorted(come.values(), key=_in_turn), start=after):
        Attendance(matter=board.matter, meeting=board.meeting, member=member).save(force_insert=True)
        Voice(matter=board.matter, board=board, member=member, position=position).save(force_insert=True)


def _in_turn(member: Member) -> tuple[int, int, int, int]:
    """As was agreed in preparation, then by side; whoever only listens comes last."""
    agreed = member.speaks if member.speaks is not None and not member.only_listens else NOT_AGREED
    return int(member.only_listens), agreed, ORDER_OF_SIDES.index(Side(member.side)), member.position


@transaction.atomic
def give_turn(board: Board, voice: Voice, question: Question, *, idempotency_key: UUID, by: Seat, at: datetime) -> None:
    """It is this voice's turn at this question. Raises Refused for a question not asked of that side."""
    counter = hold(board)
    _must_go_on(board)
    if question.wording_for(voice.member.side) is None:
        raise Refused(_("This question is not asked of them. Choose another."))
    # Without saying about whom: one could count how often each of them was asked.
    if operate(counter, idempotency_key=idempotency_key, kind="turn.start", by=by).is_repeat:
        return
    # Coming back to somebody is no second turn: nothing may tell how often each of them was asked.
    Turn.objects.get_or_create(
        voice=voice, question=question,
        defaults={"matter": board.matter, "region_id": board.region_id, "board": board},
    )  # fmt: skip
    Board.objects.filter(pk=board.pk).update(asked=question, voice=voice)
    record("board.lead", by=by, at=at, space=board.matter_id, once_a_day=True)


@transaction.atomic
def say_line(
    board: Board, voice: Voice, question: Question, text: str, *, idempotency_key: UUID, by: Seat, at: datetime
) -> None:
    """Write down what a voice said. The id of the operation is the line's, so sending twice writes once.

    Raises KeyReused when the id belongs to another line.
    """
    counter = hold(board)
    _must_go_on(board)
    # Before the number is taken: there an id that comes again passes for a retry, and other words would be lost.
    existing = Line.objects.filter(pk=idempotency_key).first()
    if existing and (existing.voice_id, existing.question_id, existing.text) != (voice.pk, question.pk, text):
        raise KeyReused
    if question.wording_for(voice.member.side) is None:
        raise Refused(_("This question is not asked of them. Choose another."))
    taken = operate(counter, idempotency_key=idempotency_key, kind="line.say", about=idempotency_key, by=by)
    if taken.is_repeat:
        if taken.operation.gone:
            # What was taken back is not written again by a late retry; but these may as well be other words.
            raise KeyReused
        return
    # Safe from a second writer, who waits for the counter until this one is done.
    last = Line.objects.filter(voice=voice, question=question).aggregate(last=Max("position"))["last"]
    Line(
        pk=idempotency_key, matter=board.matter, board=board, voice=voice, question=question, text=text, by=by,
        position=0 if last is None else last + 1,
    ).save(force_insert=True)  # fmt: skip
    record("board.write", by=by, at=at, space=board.matter_id, once_a_day=True)


@transaction.atomic
def change_line(line: Line, *, version: int, values: LineSaid, by: Seat, at: datetime) -> None:
    """Correct a line; its speaker nods to it anew. Raises Stale when somebody changed it first."""
    counter = hold(line.board)
    _must_go_on(line.board)
    # A stale correction is refused below, and its number goes back with it: the counting has no gap. What stood there
    # before is not kept: a correction is not undone, it is corrected.
    operate(counter, idempotency_key=uuid4(), kind="line.edit", about=line.pk, base=version, by=by)
    changed = Line.objects.filter(pk=line.pk, version=version).update(
        **closed_values(line, {"text": values.text, "version": version + 1, "nodded": False})
    )
    if not changed:
        now = Line.objects.filter(pk=line.pk).first()
        if now is None:
            raise Refused(SOMEBODY_WAS_FIRST)  # taken back meanwhile
        raise Stale(CHANGED_MEANWHILE, {"text": now.text, "version": now.version})
    record("board.write", by=by, at=at, space=line.matter_id, once_a_day=True)


@transaction.atomic
def nod(line: Line, *, by: Seat, at: datetime) -> None:
    """Its speaker has accepted the line: from now on those present see it. A second nod changes nothing."""
    counter = hold(line.board)
    _must_go_on(line.board)
    if Line.objects.filter(pk=line.pk, nodded=False).update(nodded=True):
        operate(counter, idempotency_key=uuid4(), kind="line.nod", about=line.pk, by=by)
        record("board.write", by=by, at=at, space=line.matter_id, once_a_day=True)


@transaction.atomic
def take_back(line: Line, *, by: Seat, at: datetime) -> None:
    """A line that its speaker does not want: it is gone, not marked as gone.

    Raises Refused once the speaker has nodded to it: a page from before that does not take accepted words away.
    """
    counter = hold(line.board)
    _must_go_on(line.board)
    # Deleted and not marked: what somebody takes back must be gone: docs/decisions/0005-operations-not-documents.md.
    if Line.objects.filter(pk=line.pk, nodded=True).exists():
        raise Refused(_("The speaker has accepted this line meanwhile. It was not taken away."))
    if Line.objects.filter(pk=line.pk).delete()[0]:
        withdraw_thing(counter, line.pk)
        operate(counter, idempotency_key=uuid4(), kind="line.take_back", by=by)
        record("board.write", by=by, at=at, space=line.matter_id, once_a_day=True)


@transaction.atomic
def adjourn(meeting: Meeting, *, starts_at: datetime, minutes: int, by: Seat, at: datetime) -> None:
    """Everybody goes home, and comes back on another day that was agreed on: the board stays as it is.

    Whoever was admitted face to face was so for this sitting alone. Raises Refused when people do not sit now, when
    the hour has passed, or when one of those who lead is elsewhere then.
    """
    if starts_at <= at:
        raise Refused(_("This time has passed. Choose another."))
    # Accounts before the meeting, as when a time is chosen: one order everywhere, so that no two wait for each other.
    must_be_free(meeting, starts_at)
    present = Meeting.objects.filter(pk=meeting.pk, opened_at__isnull=False, held_at=None)
    if not present.update(starts_at=starts_at, minutes=minutes) or not _end_sitting(meeting, by=by, at=at):
        raise Refused(_("Nobody sits in this meeting just now. Open the page again."))
    number = Sitting.objects.filter(meeting=meeting).count() + 1
    Sitting(
        matter=meeting.matter, meeting=meeting, number=number, starts_at=starts_at, minutes=minutes
    ).save(force_insert=True)  # fmt: skip
    days = (timezone.localdate(starts_at) - timezone.localdate(at)).days
    matter = Matter.objects.select_related("region").get(pk=meeting.matter_id)
    advance(matter, matter.step, since=matter.step, waits_for=WaitsFor.PAIR, at=at, days=days)
    _leave(meeting, "sitting.adjourn", by=by, at=at)
    record("board.adjourn", by=by, at=at, space=meeting.matter_id)


@transaction.atomic
def resume(meeting: Meeting, members: list[Member], *, by: Seat, at: datetime) -> Board:
    """Go on with the same board on another day, with those who are there: somebody may come who was not before.

    Raises Refused when no day was agreed on to go on, or when it has begun already.
    """
    if not members:
        raise Refused(_("Tick at least one who is here."))
    # The meeting first, by a write that changes nothing: whoever comes second waits here. At the sitting they would be
    # let through: PostgreSQL looks again at a row it has waited for, but not at the rows that this one was joined to.
    if not Meeting.objects.filter(pk=meeting.pk, held_at=None).update(held_at=None):
        raise Refused(HAS_ENDED)
    if not Sitting.objects.to_come().filter(meeting=meeting).update(began_at=at, began_by=by):
        raise Refused(_("The meeting has already begun."))
    board = Board.objects.select_related("meeting", "matter").get(meeting=meeting)
    _seat(board, members)
    record("board.resume", by=by, at=at, space=meeting.matter_id)
    _publish(board, "sitting.resume", by)
    return board


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: Seat, at: datetime) -> None:
    """Everybody goes home. Nothing is written on the board after this. Raises Refused when it has ended, or when
    people have agreed on another day since `meeting` was read."""
    if not Meeting.objects.filter(pk=meeting.pk, opened_at__isnull=False, held_at=None).update(held_at=at, held_by=by):
        raise Refused(HAS_ENDED)
    # Asked once the meeting is held: a day on which it goes on is not lost to a press that came a moment too late.
    if not Meeting.objects.filter(pk=meeting.pk, starts_at=meeting.starts_at).exists():
        raise Refused(SOMEBODY_WAS_FIRST)
    if not _end_sitting(meeting, by=by, at=at):
        _go_on_no_more(meeting)
    advance(meeting.matter, Step.FOLLOWING, waits_for=WaitsFor.COORDINATOR, at=at, days=60)
    # Asked anew, once it has ended: until then the other of the two may agree when people look at how it goes.
    if Meeting.objects.filter(pk=meeting.pk, goes_on=False).exists():
        lead_no_longer(meeting.matter, at=at)
    _leave(meeting, "meeting.end", by=by, at=at)
    record("board.end_meeting", by=by, at=at, space=meeting.matter_id)


def _leave(meeting: Meeting, kind: str, *, by: Seat, at: datetime) -> None:
    """Whoever was admitted was so for this sitting alone, and it is nobody's turn any more.

    After the matter was moved: what closes a matter holds it before what is in it.
    """
    Admission.objects.filter(seat__space=meeting.matter_id, ended_at=None).update(ended_at=at)
    taken_away(meeting.matter_id)
    board = Board.objects.get(meeting=meeting)
    _publish(board, kind, by)
    # Left there, the board would go on telling whose word was the last. Written once the board is held, as a turn is:
    # of two who take the row and its counter in another order, each would wait for the other.
    Board.objects.filter(pk=board.pk).update(asked=None, voice=None)


def _publish(board: Board, kind: str, by: Seat) -> None:
    """Tell the screens that show the board."""
    operate(hold(board), idempotency_key=uuid4(), kind=kind, by=by)


def _end_sitting(meeting: Meeting, *, by: Seat, at: datetime) -> int:
    return Sitting.objects.going_on().filter(meeting=meeting).update(ended_at=at, ended_by=by)


def _go_on_no_more(meeting: Meeting) -> None:
    """The day on which it was to go on is none: the meeting was last held on the one before."""
    Sitting.objects.to_come().filter(meeting=meeting).delete()
    last = Sitting.objects.filter(meeting=meeting).latest("number")
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=last.starts_at, minutes=last.minutes)


def _must_go_on(board: Board) -> None:
    # Asked of the table and not of the row at hand, and once the board is held: the other of the pair may have ended
    # it meanwhile. Whoever ends or adjourns holds the board too, so that what is asked here stands until this is done.
    if not Meeting.objects.filter(pk=board.meeting_id, held_at=None).exists():
        raise Refused(_("The meeting has ended. The board can be read, not written on."))
    if not Sitting.objects.going_on().filter(meeting=board.meeting_id).exists():
        raise Refused(GOES_ON_ANOTHER_DAY)
