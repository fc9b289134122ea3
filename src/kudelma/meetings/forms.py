"""What comes in about meetings: times, answers, who is here, lines."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, Choice, Clock, Day, Form, Line, NewForm, Several, Words
from kudelma.matters.models import Member, Step
from kudelma.meetings.models import OF_A_TIME, OF_COMING, TimeOption, Told

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


class PlaceForm(Form):
    """Whether the messages tell the place."""

    told = Choice(
        label=_("The place"),
        choices=[
            ("phone", _("We tell the place by telephone")),
            ("shown", _("The place may stand in messages and calendars")),
        ],
    )


class ToldForm(Form):
    how = Choice(label=_("How were they told?"), choices=[(Told.PHONE, Told.PHONE.label), (Told.FACE, Told.FACE.label)])


class MoveForm(Form):
    """A settled time that does not hold: ask anew, or another time that is agreed on already."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**15)
    what = Choice(
        label=_("What happens to the time?"),
        choices=[
            ("ask", _("We ask everybody for a new time")),
            ("new", _("A new time or place has been agreed on")),
        ],
    )
    day = Day(label=_("New day"), required=False)
    clock = Clock(label=_("At"), required=False)
    place = Line(label=_("Where"), max_length=200, required=False)
    place_shown = forms.BooleanField(
        label=_("The place may stand in messages and calendars"),
        help_text=_("Tick only if the place tells nothing about why people meet. Otherwise it is told by telephone."),
        required=False,
    )
    agreed = forms.BooleanField(
        label=_("The family has said by telephone that this suits them"),
        help_text=_("Needed when a new time or place is told at once."),
        required=False,
    )
    why = Words(
        label=_("Why"), help_text=_("Only the coordinators see this. It stands in no message."), max_length=500, rows=2,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["starts_at"] = self.moment("day", "clock")
        if told.get("what") == "new":
            self._check_new(told)
        return told

    def _check_new(self, told: dict[str, Any]) -> None:
        start = told["starts_at"]
        if start is None:
            if not self.errors.keys() & {"day", "clock"}:
                self.add_error("day" if told.get("day") is None else "clock", _("Tell both the day and the time."))
        elif start <= timezone.now():
            self.add_error("day", _("This time has already passed. Choose a later one."))
        elif start > timezone.now() + timedelta(days=730):
            self.add_error("day", _("This is more than two years ahead. Check the year."))
        elif (start, told.get("place"), told.get("place_shown")) == (
            self.meeting.starts_at, self.meeting.place, self.meeting.place_shown,
        ):  # fmt: skip
            self.add_error("day", _("This is the time and place that stands already."))
        if "place" not in self.errors and not told.get("place"):
            self.add_error("place", _("Write where people meet."))
        if not told.get("agreed"):
            self.add_error("agreed", _("Call the family first, or ask everybody for a new time."))


class WhyForm(Form):
    """Cancelling: perhaps why."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**15)
    why = Words(
        label=_("Why"), help_text=_("Only the coordinators see this. It stands in no message."), max_length=500, rows=2,
        required=False,
    )  # fmt: skip


class StopForm(Form):
    """Somebody does not want to go on. seen: the step of the matter that stood on the page."""

    seen = forms.ChoiceField(choices=Step.choices, widget=forms.HiddenInput)
    after = Choice(
        label=_("And then?"),
        choices=[
            ("wait", _("The matter stays open, and we call again")),
            ("close", _("The matter is closed. Nobody is blamed, and a new one may be ordered at any time")),
        ],
    )
    leaving = Several(
        label=_("Whose personal links are revoked, because they wish so?"), choices=[], required=False
    )  # fmt: skip
    why = Words(
        label=_("Why"), help_text=_("Only the coordinators see this. It stands in no message."), max_length=500, rows=2,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaving"].choices = [(str(member.pk), member.name) for member in members]  # type: ignore[attr-defined]


class CalendarForm(Form):
    wants = forms.BooleanField(
        label=_("I want the meeting in my calendar"),
        help_text=_(
            "Whoever looks at your calendar sees a meeting, when it is, and the place if messages may tell it."
        ),
        required=False,
    )


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
