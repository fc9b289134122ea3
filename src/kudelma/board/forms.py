"""What comes in about a board: who is here, and lines."""

from typing import Any

from django.forms import HiddenInput, RegexField
from django.utils.translation import gettext_lazy as _

from kudelma.board.inputs import LineSaid
from kudelma.core.forms import ChangeForm, Form, NewForm, SeveralField, WordsField
from kudelma.meetings.forms import named
from kudelma.members.models import Member


class HereForm(Form):
    here = SeveralField(label=_("Who is here now?"), choices=[])

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["here"].choices = [(str(member.pk), named(member)) for member in members]  # type: ignore[attr-defined]


class LineForm(NewForm[LineSaid]):
    """cell: whose words it takes, and at which question: as it stood on the page when somebody began to write."""

    read_apart = {"cell"}

    # Not required: while it is nobody's turn there is none, and the page says so.
    cell = RegexField("^[0-9a-f-]+:[0-9a-f-]+$", widget=HiddenInput, required=False)
    text = WordsField(label=_("What was said, in the speaker's own words"), max_length=600, rows=3)

    def ask_whose(self, cell: str) -> None:
        """Keep what was written, for whoever's turn it is now; nobody has said yet that it is theirs."""
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("cell")] = cell  # type: ignore[index]
        self.add_error(None, _("Choose first whose turn it is. What you wrote is still here."))


class ChangeLineForm(ChangeForm[LineSaid]):
    text = WordsField(label=_("What was said, in the speaker's own words"), max_length=600, rows=3)
