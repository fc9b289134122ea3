"""What comes in about a consultant: training and languages, free times, rest."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.bank.inputs import FreeTime, Rest, Training
from kudelma.core.forms import ChangeForm, ClockField, DayField, NewForm
from kudelma.core.times import FURTHEST


class ConsultantForm(ChangeForm[Training]):
    trained_on = DayField(label=_("Trained on"), required=False)
    speaks_fi = forms.BooleanField(label=_("Leads conversations in Finnish"), required=False)
    speaks_sv = forms.BooleanField(label=_("Leads conversations in Swedish"), required=False)
    speaks_en = forms.BooleanField(label=_("Leads conversations in English"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"speaks_{code}") for code in ("fi", "sv", "en")):
            self.add_error("speaks_fi", _("Choose at least one language."))
        return cleaned


class FreeForm(NewForm[FreeTime]):
    """One free time: a day, from an hour to an hour."""

    day = DayField(label=_("Day"))
    start = ClockField(label=_("From"))
    end = ClockField(label=_("Until"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["starts_at"], cleaned["ends_at"] = starts, ends = self.moment("day", "start"), self.moment("day", "end")
        if starts is None or ends is None:
            return cleaned
        if ends <= starts:
            self.add_error("end", _("The end must be later than the start."))
        elif starts <= timezone.now():
            self.add_error("day", _("This time has already passed. Choose a later one."))
        elif starts > timezone.now() + FURTHEST:
            self.add_error("day", _("This is more than two years ahead. Check the year."))
        return cleaned

    def value(self) -> FreeTime:
        return FreeTime(starts_at=self.cleaned_data["starts_at"], ends_at=self.cleaned_data["ends_at"])


class RestForm(ChangeForm[Rest]):
    """How much suits a consultant, told by themselves."""

    most_at_once = forms.IntegerField(
        label=_("How many matters at a time suit you"),
        help_text=_("Nobody asks you for more than this."),
        min_value=1,
        max_value=20,
        error_messages={
            "required": _("Write how many."),
            "invalid": _("Write this as a number, such as 3."),
            "min_value": _("Write at least one. If nothing suits you now, take a rest below."),
            "max_value": _("Write at most twenty."),
        },
    )
    rests_until = DayField(
        label=_("I take a rest until"),
        help_text=_("Nothing is asked of you until this day is over. Leave it open when you are not resting."),
        required=False,
    )
