"""What comes in when a matter is looked for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import Form, LineField
from kudelma.desk.finding import Words


class FindForm(Form):
    """One line: a number, a unit, a consultant, or the name of somebody who calls."""

    words = LineField(
        label=_("Number, unit, consultant or the name of a caller"),
        help_text=_("Of a name the beginning is enough, two letters at least."),
        max_length=80,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["autocomplete"] = "off"  # no browser keeps a name that was looked for

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not Words.read(words).can_be_sought:
            self.add_error("words", _("Write a number, or at least two letters of a name."))
        return words
