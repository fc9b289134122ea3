"""The weave of one meeting: voices, questions, whose turn it is, and what was said."""

from django.db import models

from kudelma.board.queries import BoardQuerySet, LineQuerySet, OfBoardQuerySet
from kudelma.core.sealed import SealedText
from kudelma.matters.models import OF_MATTER, Matter, OfMatter
from kudelma.meetings.models import Meeting
from kudelma.members.models import Member
from kudelma.methods.models import Question
from kudelma.people.models import Seat


class Board(OfMatter):
    """The weave of one meeting: rows are voices, columns are questions, cells hold what was said.

    `asked` and `voice` say whose turn it is; how long it lasted is nowhere. How many operations it has had stands in
    the ledger: `Board.objects.with_number()`.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="boards")
    meeting = models.OneToOneField(Meeting, models.CASCADE, editable=False, related_name="board")
    asked = models.ForeignKey(Question, models.PROTECT, null=True, editable=False, related_name="+")
    voice = models.ForeignKey("Voice", models.SET_NULL, null=True, editable=False, related_name="+")

    objects = BoardQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"voice": "whose turn it is"}
        plain = OF_MATTER | {"meeting", "asked"}

    class Meta:
        ordering = ["pk"]


class Voice(OfMatter):
    """A row of the board: somebody who is there, in the order in which they are asked."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="voices")
    board = models.ForeignKey(Board, models.CASCADE, editable=False, related_name="voices")
    member = models.ForeignKey(Member, models.CASCADE, editable=False, related_name="voices")
    position = models.PositiveSmallIntegerField(editable=False)

    objects = OfBoardQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"member": "whose voice"}
        plain = OF_MATTER | {"board", "position"}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "member"], name="one_voice_a_member")]


class Turn(OfMatter):
    """That this voice has been asked this question. Without a time, on purpose."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="turns")
    board = models.ForeignKey(Board, models.CASCADE, editable=False, related_name="turns")
    voice = models.ForeignKey(Voice, models.CASCADE, editable=False, related_name="turns")
    question = models.ForeignKey(Question, models.PROTECT, editable=False, related_name="+")

    objects = OfBoardQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        link = {"voice": "who was asked"}
        plain = OF_MATTER | {"board", "question"}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["voice", "question"], name="asked_once_of_each")]


class Line(OfMatter):
    """One thing that a voice said, in its own words. The room sees it when its speaker has nodded."""

    matter = models.ForeignKey(Matter, models.PROTECT, editable=False, related_name="lines")
    board = models.ForeignKey(Board, models.CASCADE, editable=False, related_name="lines")
    voice = models.ForeignKey(Voice, models.CASCADE, editable=False, related_name="lines")
    question = models.ForeignKey(Question, models.PROTECT, editable=False, related_name="+")
    # A place and no moment: from moments one could compute how long each of them spoke.
    position = models.PositiveIntegerField(editable=False)
    text = SealedText("board.line.text", max_length=600)
    by = models.ForeignKey(Seat, models.PROTECT, editable=False, related_name="+")
    nodded = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LineQuerySet.as_manager()  # type: ignore[misc]

    class Privacy:
        sealed = {"text": "own words"}
        link = {"voice": "whose words", "by": "who wrote them down"}
        plain = OF_MATTER | {"board", "question", "position", "nodded", "version"}

    class Meta:
        ordering = ["voice", "question", "position", "pk"]
