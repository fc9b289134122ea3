"""What comes in about meetings: times, answers, what becomes of a time."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kudelma.core import times
from kudelma.core.forms import (
    ChoiceField,
    ClockField,
    DayField,
    Form,
    LineField,
    NewForm,
    SeveralField,
    WordsField,
)
from kudelma.core.times import FURTHEST
from kudelma.matters.models import Step
from kudelma.meetings.inputs import AnswerGiven, NewTime, Stopped, TimeGone, TimesAsked
from kudelma.meetings.models import OF_A_TIME, OF_COMING, ByHand, TimeOption
from kudelma.members.models import Member

N_TIMES = 4
# In less, somebody is easily left unheard. It is warned of and never forbidden.
SHORT_MINUTES = 120


def named(member: Member) -> str:
    return ", ".join(part for part in (member.name, member.relation) if part)


def must_be_ahead(form: Form, field: str, start: datetime, others: list[datetime]) -> None:
    """Say by `field` what is wrong with a time that has passed, is years away, or stands there already."""
    if start <= timezone.now():
        form.add_error(field, _("This time has already passed. Choose a later one."))
    elif start > timezone.now() + FURTHEST:
        form.add_error(field, _("This is more than two years ahead. Check the year."))
    elif start in others:
        form.add_error(field, _("This time is already on the list."))


class TimesForm(NewForm[TimesAsked]):
    """Up to four times to ask about, where, how long, and whom first. usual: the region's length in minutes."""

    minutes = forms.IntegerField(
        label=_("How long, in minutes"),
        min_value=30,
        max_value=480,
        error_messages={
            "required": _("Write how many minutes."),
            "invalid": _("Write the length as a number of minutes, such as 150."),
            "min_value": _("A meeting takes at least half an hour."),
            "max_value": _("A meeting takes at most eight hours."),
        },
    )
    place = LineField(label=_("Where"), help_text=_("A place where everybody can come calmly."), max_length=200)
    place_shown = forms.BooleanField(
        label=_("The place may stand in messages and calendars"),
        help_text=_("Tick only if the place tells nothing about why people meet. Otherwise it is told by telephone."),
        required=False,
    )
    first = ChoiceField(
        label=_("Who is asked first"),
        help_text=_("The others are then asked only about the times that suit the family."),
        choices=[("family", _("the family first")), ("everybody", _("everybody at once"))],
    )

    def __init__(self, *args: Any, usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].help_text = _(
            "In this region {minutes} minutes is usual. In less than two hours, somebody is easily left unheard."
        ).format(minutes=usual)
        for number in range(1, N_TIMES + 1):
            is_first = number == 1
            self.fields[f"day{number}"] = DayField(label=_("Day {number}").format(number=number), required=is_first)
            self.fields[f"clock{number}"] = ClockField(label=_("At"), required=is_first)
        self.order_fields([*(f"{part}{n}" for n in range(1, N_TIMES + 1) for part in ("day", "clock")), "minutes"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts: list[datetime] = []
        for number in range(1, N_TIMES + 1):
            day, clock = cleaned.get(f"day{number}"), cleaned.get(f"clock{number}")
            if (day is None) != (clock is None) and not self.errors.keys() & {f"day{number}", f"clock{number}"}:
                missing = f"clock{number}" if clock is None else f"day{number}"
                self.add_error(missing, _("Tell both the day and the time, or leave both open."))
            start = self.moment(f"day{number}", f"clock{number}")
            if start is None:
                continue
            must_be_ahead(self, f"day{number}", start, starts)
            starts.append(start)
        cleaned["starts"] = starts
        return cleaned

    def value(self) -> TimesAsked:
        cleaned = self.cleaned_data
        return TimesAsked(
            starts=cleaned["starts"],
            minutes=cleaned["minutes"],
            place=cleaned["place"],
            place_shown=cleaned["place_shown"],
            family_first=cleaned["first"] == "family",
        )


class SameHoursForm(Form):
    """The hours of one day asked about on another day too. days: {day: the times that are asked about on it}."""

    source = ChoiceField(label=_("The hours of which day"), choices=[])
    day = DayField(label=_("On which day too"))

    def __init__(self, *args: Any, days: dict[date, list[datetime]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {day.isoformat(): starts for day, starts in days.items()}
        self.fields["source"].choices = [(day.isoformat(), times.hours(starts)) for day, starts in days.items()]  # type: ignore[attr-defined]
        if len(self.days) == 1:
            self.fields["source"].initial = next(iter(self.days))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["starts"] = []
        for start in self.days.get(cleaned.get("source", ""), []):
            on = cleaned.get("day")
            if on is None:
                continue
            try:
                moment = times.aware(on, timezone.localtime(start).time())
            except ValidationError as wrong:
                self.add_error("day", wrong)
                break
            must_be_ahead(self, "day", moment, [start])  # what stands on another day is asked about once anyway
            cleaned["starts"].append(moment)
        return cleaned


class ChosenForm(Form):
    """That a time is chosen by somebody who has seen whom it does not suit. seen: mark of what the page showed."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, shown: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        self.initial["seen"] = shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("seen") != self.shown:
            # The mark of what is shown now goes back with the refusal: with the old one no second look would count.
            data: Any = self.data
            self.data = data.copy()
            self.data["seen"] = self.shown  # type: ignore[index]
            raise ValidationError(_("Somebody has answered meanwhile. Look once more, then choose."))
        return cleaned


class RemindForm(Form):
    """Whom to remind: all who are missing, unless somebody is left out."""

    members = SeveralField(label=_("Who is reminded"), choices=[])

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = [(str(member.pk), named(member)) for member in members]  # type: ignore[attr-defined]
        self.fields["members"].initial = [str(member.pk) for member in members]


class AnswerForm(Form[AnswerGiven]):
    """One tap: an answer about one time, or about coming at all. Each is a button of the same size."""

    answer = ChoiceField(choices=[])

    def __init__(self, *args: Any, options: list[TimeOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_value = {f"{option.pk}:{value}": (option, value) for option in options for value in OF_A_TIME}
        self.fields["answer"].choices = [(value, value) for value in (*self.by_value, *OF_COMING)]  # type: ignore[attr-defined]
        self.fields["answer"].error_messages["required"] = _("Choose one of these. You can change it later.")

    def value(self) -> AnswerGiven:
        pressed = self.cleaned_data["answer"]
        if pressed in self.by_value:
            option, value = self.by_value[pressed]
            return AnswerGiven(options={option: value})
        return AnswerGiven(options={}, coming=pressed)


class AnswersForm(Form[AnswerGiven]):
    """All times on one page in one go; what is left open stays as it was."""

    def __init__(self, *args: Any, options: list[TimeOption], now: dict[UUID, str], minutes: int, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.options = {f"time_{option.pk}": option for option in options}
        for name, option in self.options.items():
            self.fields[name] = ChoiceField(
                label=capfirst(times.when(option.starts_at, minutes)),
                choices=[(value.value, value.label) for value in OF_A_TIME],
                required=False,
                initial=now.get(option.pk),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Choose an answer for at least one time."))
        return cleaned

    def value(self) -> AnswerGiven:
        chosen = {option: self.cleaned_data[name] for name, option in self.options.items()}
        return AnswerGiven(options={option: value for option, value in chosen.items() if value})


class PlaceForm(Form):
    """Whether the messages tell the place."""

    told = ChoiceField(
        label=_("The place"),
        choices=[
            ("phone", _("We tell the place by telephone")),
            ("shown", _("The place may stand in messages and calendars")),
        ],
    )


class ToldForm(Form):
    how = ChoiceField(
        label=_("How were they told?"), choices=[(ByHand.PHONE, ByHand.PHONE.label), (ByHand.FACE, ByHand.FACE.label)]
    )


class RescheduleForm(Form[TimeGone]):
    """A settled time that does not hold: ask anew, or another time that is agreed on already."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**15)
    what = ChoiceField(
        label=_("What happens to the time?"),
        choices=[
            ("ask", _("We ask everybody for a new time")),
            ("new", _("A new time or place has been agreed on")),
        ],
    )
    day = DayField(label=_("New day"), required=False)
    clock = ClockField(label=_("At"), required=False)
    place = LineField(label=_("Where"), max_length=200, required=False)
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
    why = WordsField(
        label=_("Why"), help_text=_("Only the coordinators see this. It stands in no message."), max_length=500, rows=2,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["starts_at"] = self.moment("day", "clock")
        if cleaned.get("what") == "new":
            self._check_new(cleaned)
        return cleaned

    def _check_new(self, cleaned: dict[str, Any]) -> None:
        start = cleaned["starts_at"]
        if start is None:
            if not self.errors.keys() & {"day", "clock"}:
                self.add_error("day" if cleaned.get("day") is None else "clock", _("Tell both the day and the time."))
        elif start <= timezone.now():
            self.add_error("day", _("This time has already passed. Choose a later one."))
        elif start > timezone.now() + FURTHEST:
            self.add_error("day", _("This is more than two years ahead. Check the year."))
        elif (start, cleaned.get("place"), cleaned.get("place_shown")) == (
            self.meeting.starts_at, self.meeting.place, self.meeting.place_shown,
        ):  # fmt: skip
            self.add_error("day", _("This is the time and place that stands already."))
        if "place" not in self.errors and not cleaned.get("place"):
            self.add_error("place", _("Write where people meet."))
        if not cleaned.get("agreed"):
            self.add_error("agreed", _("Call the family first, or ask everybody for a new time."))

    def value(self) -> TimeGone:
        """A NewTime when one has been agreed on."""
        cleaned = self.cleaned_data
        if cleaned["what"] == "ask":
            return TimeGone(seen=cleaned["seen"], why=cleaned["why"])
        return NewTime(
            seen=cleaned["seen"],
            why=cleaned["why"],
            starts_at=cleaned["starts_at"],
            place=cleaned["place"],
            place_shown=cleaned["place_shown"],
        )


class WhyForm(Form[TimeGone]):
    """Cancelling: perhaps why."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**15)
    why = WordsField(
        label=_("Why"), help_text=_("Only the coordinators see this. It stands in no message."), max_length=500, rows=2,
        required=False,
    )  # fmt: skip


class StopForm(Form[Stopped]):
    """Somebody does not want to go on. seen: the step of the matter that stood on the page."""

    seen = forms.ChoiceField(choices=Step.choices, widget=forms.HiddenInput)
    after = ChoiceField(
        label=_("And then?"),
        choices=[
            ("wait", _("The matter stays open, and we call again")),
            ("close", _("The matter is closed. Nobody is blamed, and a new one may be ordered at any time")),
        ],
    )
    leaving = SeveralField(
        label=_("Whose personal links are revoked, because they wish so?"), choices=[], required=False
    )  # fmt: skip
    why = WordsField(
        label=_("Why"), help_text=_("Only the coordinators see this. It stands in no message."), max_length=500, rows=2,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaving"].choices = [(str(member.pk), member.name) for member in members]  # type: ignore[attr-defined]

    def value(self) -> Stopped:
        cleaned = self.cleaned_data
        return Stopped(
            seen=cleaned["seen"], leaving=cleaned["leaving"], closes=cleaned["after"] == "close", why=cleaned["why"]
        )


class CalendarForm(Form):
    wants = forms.BooleanField(
        label=_("I want the meeting in my calendar"),
        help_text=_(
            "Whoever looks at your calendar sees a meeting, when it is, and the place if messages may tell it."
        ),
        required=False,
    )
