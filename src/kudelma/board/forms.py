"""What comes in about a board: who is here, and lines."""

from typing import Any

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
    text = WordsField(label=_("What was said, in the speaker's own words"), max_length=600, rows=3)


class ChangeLineForm(ChangeForm[LineSaid]):
    text = WordsField(label=_("What was said, in the speaker's own words"), max_length=600, rows=3)
