"""What comes in about meetings: times, answers, who is here, lines."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, Choice, Clock, Day, Form, Line, NewForm, Several, Words
from kudelma.matters.models import Member
from kudelma.meetings.models import OF_A_TIME, OF_COMING, TimeOption

N_TIMES = 4
SHORT_MINUTES = 120


class TimesForm(NewForm):
    """Up to four times to ask about, where, and how long."""

    minutes = forms.IntegerField(
        label=_("How long, in minutes"),
        min_value=30,
        max_value=480,
        help_text=_("Two and a half hours is usual. In less than two, somebody is easily left unheard."),
        error_messages={
            "required": _("Write how many minutes."),
            "invalid": _("Write the length as a number of minutes, such as 150."),
            "min_value": _("A meeting takes at least half an hour."),
            "max_value": _("A meeting takes at most eight hours."),
        },
    )
    place = Line(label=_("Where"), help_text=_("A place where everybody can come calmly."), max_length=200)
    place_shown = forms.BooleanField(
        label=_("The place may stand in messages and calendars"),
        help_text=_("Tick only if the place tells nothing about why people meet. Otherwise it is told by telephone."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, N_TIMES + 1):
            first = number == 1
            self.fields[f"day{number}"] = Day(label=_("Day {number}").format(number=number), required=first)
            self.fields[f"clock{number}"] = Clock(label=_("At"), required=first)
        self.order_fields([*(f"{part}{n}" for n in range(1, N_TIMES + 1) for part in ("day", "clock")), "minutes"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        starts: list[datetime] = []
        for number in range(1, N_TIMES + 1):
            day, clock = told.get(f"day{number}"), told.get(f"clock{number}")
            if (day is None) != (clock is None) and not self.errors.keys() & {f"day{number}", f"clock{number}"}:
                missing = f"clock{number}" if clock is None else f"day{number}"
                self.add_error(missing, _("Tell both the day and the time, or leave both open."))
            start = self.moment(f"day{number}", f"clock{number}")
            if start is None:
                continue
            if start <= timezone.now():
                self.add_error(f"day{number}", _("This time has already passed. Choose a later one."))
            elif start > timezone.now() + timedelta(days=730):
                self.add_error(f"day{number}", _("This is more than two years ahead. Check the year."))
            elif start in starts:
                self.add_error(f"day{number}", _("This time is already on the list."))
            starts.append(start)
        told["starts"] = starts
        return told


class AnswerForm(Form):
    """One tap: an answer about one time, or about coming at all. Each is a button of the same size."""

    answer = Choice(choices=[])

    def __init__(self, *args: Any, options: list[TimeOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_value = {f"{option.pk}:{value}": (option, value) for option in options for value in OF_A_TIME}
        self.fields["answer"].choices = [(value, value) for value in (*self.by_value, *OF_COMING)]  # type: ignore[attr-defined]
        self.fields["answer"].error_messages["required"] = _("Choose one of these. You can change it later.")

    def given(self) -> dict[str, Any]:
        """As the action takes it: {"options": {option: value}, "coming": value or empty}."""
        told = self.cleaned_data["answer"]
        if told in self.by_value:
            option, value = self.by_value[told]
            return {"options": {option: value}, "coming": ""}
        return {"options": {}, "coming": told}


class HereForm(Form):
    here = Several(label=_("Who is here now?"), choices=[])

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["here"].choices = [  # type: ignore[attr-defined]
            (str(member.pk), ", ".join(part for part in (member.name, member.relation) if part)) for member in members
        ]


class LineForm(NewForm):
    text = Words(label=_("What was said, in the speaker's own words"), max_length=600, rows=3)


class ChangeLineForm(ChangeForm):
    text = Words(label=_("What was said, in the speaker's own words"), max_length=600, rows=3)
