"""The weave as a page shows it: rows of voices, columns of questions, cells of lines; whose turn, who is next.

Pure reading; each seat gets the lines it may see.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.formats import date_format

from kudelma.board.models import Board, Line, Turn, Voice
from kudelma.methods.models import Question


@dataclass
class Cell:
    """closed: not asked of this side. turn: it is this cell's turn now."""

    question: Question
    key: str
    wording: str
    closed: bool
    turn: bool
    asked: bool
    lines: list[Line]


@dataclass
class WeaveRow:
    voice: Voice
    cells: list[Cell]

    @property
    def member(self) -> Any:
        return self.voice.member


@dataclass
class Weave:
    questions: list[Question]
    headings: list[str]
    rows: list[WeaveRow]
    now: Cell | None
    speaker: Voice | None
    next: tuple[Voice, Cell] | None
    not_asked: int

    def find(self, key: str) -> tuple[Voice, Cell] | None:
        """The voice and the cell of this key; None when the board has none such, or it is not asked of them."""
        cells = ((row.voice, cell) for row in self.rows for cell in row.cells if not cell.closed)
        return next(((voice, cell) for voice, cell in cells if cell.key == key), None)


def weave(board: Board, actor: Any) -> Weave:
    """The board for `actor`: in 4 queries, whatever the number of lines. board: as `for_weave` loads it."""
    method = board.meeting.method
    questions = list(Question.objects.of_method(method))
    moment = looked_back_from(board.meeting.opened_at or timezone.now(), method.horizon_months)
    lines: dict[tuple[Any, Any], list[Line]] = {}
    for line in Line.objects.visible_to(actor).filter(board=board):
        lines.setdefault((line.voice_id, line.question_id), []).append(line)
    asked = set(Turn.objects.filter(board=board).values_list("voice", "question"))
    rows = [
        WeaveRow(voice, [_cell(board, voice, question, lines, asked, moment) for question in questions])
        for voice in board.voices.all()  # type: ignore[attr-defined]
    ]
    # Question by question, not voice by voice: everybody is heard on one before the next is asked.
    in_order = [(row.voice, row.cells[column]) for column in range(len(questions)) for row in rows]
    waiting = [(voice, cell) for voice, cell in in_order if not cell.closed and not cell.asked]
    now = next(((voice, cell) for voice, cell in in_order if cell.turn), None)
    return Weave(
        questions=questions,
        headings=[_heading(question, moment) for question in questions],
        rows=rows,
        now=now[1] if now else None,
        speaker=now[0] if now else None,
        next=waiting[0] if waiting else None,
        not_asked=len({voice.pk for voice, cell in waiting if not now or cell.question == now[1].question}),
    )


def looked_back_from(start: datetime, months: int) -> str:
    """The month from which people look back, such as «marraskuu 2027»."""
    return date_format(timezone.localtime(start) + relativedelta(months=months), "F Y")


def _heading(question: Question, moment: str) -> str:
    """A column is headed as it is asked of the people; or of the first side it is asked of."""
    wordings = {wording.side: wording for wording in question.wordings.all()}  # type: ignore[attr-defined]
    wording = wordings.get("own") or next(iter(wordings.values()))
    return wording.text.format(moment=moment)


def _cell(board: Board, voice: Voice, question: Question, lines: Any, asked: Any, moment: str) -> Cell:
    wording = question.wording_for(voice.member.side)
    return Cell(
        question=question,
        key=f"{voice.pk}:{question.pk}",
        wording=wording.text.format(moment=moment) if wording else "",
        closed=wording is None,
        turn=board.voice_id == voice.pk and board.asked_id == question.pk,
        asked=(voice.pk, question.pk) in asked,
        lines=lines.get((voice.pk, question.pk), []),
    )
