"""The board by form: whose turn, what was said, who nodded. It works the same without JavaScript."""

from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from kudelma.board import actions
from kudelma.board.forms import ChangeLineForm, HereForm, LineForm
from kudelma.board.inputs import LineSaid
from kudelma.board.models import Board, Line, Voice
from kudelma.board.weave import Weave, weave
from kudelma.core.errors import Refused
from kudelma.core.http import Request, create_once, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED, SOMEBODY_WAS_FIRST
from kudelma.matters.views.finding import find_of_matter
from kudelma.meetings.models import Meeting
from kudelma.members.models import Member
from kudelma.methods.models import Question
from kudelma.pairing.leading import leading

SITTING = "board:show"
"""One line of the record a day for the board and all that is pressed on it: see `board.actions`."""


@get_or_post
def begin(request: Request, pk: UUID) -> HttpResponse:
    """Who is here? Then the board opens."""
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "board.lead")
    members = list(Member.objects.visible_to(request.actor).filter(matter=meeting.matter).with_permission())
    form = HereForm(request.POST or None, members=members)
    if form.is_valid():
        here = [member for member in members if str(member.pk) in form.cleaned_data["here"]]
        actions.open_meeting(meeting, here, by=request.actor, at=timezone.now())
        return redirect("board:show", pk=meeting.pk)
    context = {"meeting": meeting, "matter": meeting.matter, "leads": leading(meeting.matter)}
    return render_form(request, "board/begin.html", context, form=form)


@vary_on_headers("Fragment")
@require_GET
def show(request: Request, pk: UUID) -> HttpResponse:
    board = _find(request, pk)
    woven = weave(board, request.actor)
    return _render(request, board, woven, LineForm(initial={"cell": woven.now.key if woven.now else ""}))


def _render(request: Request, board: Board, woven: Weave, form: LineForm, status: int = 200) -> HttpResponse:
    part = "board/show.html#live" if request.headers.get("Fragment") == "live" else "board/show.html"
    context = {
        "board": board,
        "meeting": board.meeting,
        "matter": board.matter,
        "weave": woven,
        "form": form,
        # Of the form, and not of the board: whose turn it is may move while somebody writes.
        "writing": woven.find(form["cell"].value() or ""),
    }
    return render(request, part, context, status=status)


@require_POST
def turn(request: Request, pk: UUID) -> HttpResponse:
    """One press: the next voice, or the one that was chosen. What stood there half written is saved first."""
    board = _find(request, pk)
    woven = weave(board, request.actor)
    voice, question = _cell(board, woven, request.POST.get("turn", ""))
    # Of the line that comes with it and of the turn: two things that are done, each once.
    key = uuid5(_uuid(request, "idempotency_key") or uuid4(), "turn")
    refused = _save_written(request, board)
    if refused:
        return refused
    actions.give_turn(board, voice, question, idempotency_key=key, by=request.actor, at=timezone.now())
    return redirect("board:show", pk=board.meeting_id)


@require_POST
def onwards(request: Request, pk: UUID) -> HttpResponse:
    """To the plan, which is begun by the same press."""
    board = _find(request, pk)
    to = reverse("plans:begin", args=[board.meeting_id])
    return _save_written(request, board) or HttpResponseRedirect(to, preserve_request=True)


@require_POST
def line(request: Request, pk: UUID) -> HttpResponse:
    """What was said by the voice for whom the form stood there, whoever's turn it is by now."""
    board = _find(request, pk)
    return _save_line(request, board) or redirect("board:show", pk=board.meeting_id)


def _save_written(request: Request, board: Board) -> HttpResponse | None:
    """Whatever is pressed on the board: what stands half written is saved first, where it was begun."""
    return _save_line(request, board) if request.POST.get("text", "").strip() else None


def _save_line(request: Request, board: Board) -> HttpResponse | None:
    """None once it is saved; otherwise the page with what was written and what is wrong with it."""
    woven = weave(board, request.actor)
    form = LineForm(request.POST)
    writing = woven.find(request.POST.get("cell", ""))
    if writing is None:
        form.ask_whose(woven.now.key if woven.now else "")

    def say(*, idempotency_key: UUID, values: LineSaid) -> bool:
        voice, cell = writing  # type: ignore[misc]
        actions.say_line(
            board, voice, cell.question, values.text,
            idempotency_key=idempotency_key, by=request.actor, at=timezone.now(),
        )  # fmt: skip
        return True

    if form.is_valid() and create_once(form, say):
        return None
    return _render(request, board, woven, form, status=422)


@get_or_post
def change(request: Request, pk: UUID) -> HttpResponse:
    said = _find_line(request, pk)
    if request.method == "GET" and said.board.meeting.held_at:
        return redirect("board:show", pk=said.board.meeting_id)
    form = ChangeLineForm(request.POST or None, initial={"text": said.text, "version": said.version})
    save = saving(actions.change_line, said, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("board:show", pk=said.board.meeting_id)
    return render_form(
        request, "board/line.html", {"line": said, "board": said.board, "matter": said.matter}, form=form
    )


@require_POST
def nod(request: Request, pk: UUID) -> HttpResponse:
    return _on_line(request, pk, actions.nod)


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    return _on_line(request, pk, actions.take_back)


def _on_line(request: Request, pk: UUID, act: Callable[..., None]) -> HttpResponse:
    """The second of two presses finds no line any more, and comes back to the same board."""
    meeting = _uuid(request, "meeting")
    # Asked of every line and not only of those in sight: it tells that an id is gone, and the board asks for itself.
    is_gone = meeting is not None and not Line.objects.filter(pk=pk).exists()
    said = None if is_gone else _find_line(request, pk)
    board = _find(request, said.board.meeting_id if said else meeting)  # type: ignore[arg-type]
    refused = _save_written(request, board)
    if refused:
        return refused
    if said:
        act(said, by=request.actor, at=timezone.now())
    return redirect("board:show", pk=board.meeting_id)


@get_or_post
def end(request: Request, pk: UUID) -> HttpResponse:
    """Asked once more, with what would stay as it is: nothing is written on the board after this."""
    meeting = find_of_matter(request, Meeting.objects.visible_to(request.actor), pk, "board.lead")
    if request.method == "GET":
        if not meeting.is_going_on:
            return redirect(meeting.matter)
        unread = Line.objects.visible_to(request.actor).filter(board__meeting=meeting, nodded=False)
        context = {
            "meeting": meeting, "matter": meeting.matter, "unread": unread.select_related("voice__member"),
            "seen": day_of(meeting),
        }  # fmt: skip
        return render(request, "board/end.html", context)
    # A page from before people agreed on another day does not end what goes on then.
    if request.POST.get("seen") != day_of(meeting):
        raise Refused(SOMEBODY_WAS_FIRST)
    actions.end_meeting(meeting, by=request.actor, at=timezone.now())
    messages.success(request, _("The meeting has ended. Thank you."))
    return redirect(meeting.matter)


def day_of(meeting: Meeting) -> str:
    """The day on which people sit, or are to sit next, as the page carries it."""
    return meeting.starts_at.isoformat() if meeting.starts_at else ""


def _find(request: Request, pk: UUID) -> Board:
    """The board of the meeting with this id."""
    boards = Board.objects.visible_to(request.actor).for_weave()
    return find_of_matter(request, boards, rule="board.lead", sitting=SITTING, meeting=pk)


def _find_line(request: Request, pk: UUID) -> Line:
    lines = Line.objects.visible_to(request.actor).select_related("board__meeting", "voice__member")
    return find_of_matter(request, lines, pk, "board.lead", sitting=SITTING)


def _cell(board: Board, woven: Weave, cell: str) -> tuple[Voice, Question]:
    """The voice and question that `voice:question` names on this board."""
    voices = {str(voice.pk): voice for voice in board.voices.all()}  # type: ignore[attr-defined]
    questions = {str(question.pk): question for question in woven.questions}
    voice, _, question = cell.partition(":")
    if voice not in voices or question not in questions:
        raise Http404
    return voices[voice], questions[question]


def _uuid(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
