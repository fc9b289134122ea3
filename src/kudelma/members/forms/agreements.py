"""What comes in of consents, permits and judgements."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChoiceField, DayField, LineField, NewForm, WordsField
from kudelma.members.inputs.agreements import ConsentGiven, JudgementMade
from kudelma.members.models import ConsentKind, HeardHow, JudgementKind


class ConsentForm(NewForm[ConsentGiven]):
    """A consent or a disclosure permit that somebody gave."""

    kind = ChoiceField(label=_("Which one"), choices=ConsentKind.choices)
    what_for = WordsField(
        label=_("What may be told, and what for?"), help_text=_("As little as is enough."), max_length=500, rows=3
    )
    to_whom = LineField(label=_("To whom"), max_length=300)
    given_on = DayField(label=_("Given on"))
    until = DayField(label=_("Until"), help_text=_("We tell you two weeks before it ends."), required=False)
    how = ChoiceField(label=_("How it was given"), choices=HeardHow.choices)

    def clean_given_on(self) -> date:
        given_on: date = self.cleaned_data["given_on"]
        if given_on > timezone.localdate():
            raise ValidationError(_("This day is still to come. Choose the day on which it was given."))
        return given_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("until") and cleaned.get("given_on") and cleaned["until"] < cleaned["given_on"]:
            self.add_error("until", _("The last day is before the first. Choose a later one."))
        return cleaned


class JudgementForm(NewForm[JudgementMade]):
    """What somebody judged about a person, with who and why. Nothing is computed from an age."""

    kind = ChoiceField(label=_("What was judged"), choices=JudgementKind.choices)
    judged_by = LineField(label=_("Who judged"), help_text=_("Name and title."), max_length=200)
    why = WordsField(label=_("Why"), max_length=2000)
    opens_time = forms.BooleanField(label=_("The time and the place"), required=False)
    opens_theme = forms.BooleanField(label=_("The theme"), required=False)
    opens_people = forms.BooleanField(label=_("Who comes"), required=False)
    opens_plan = forms.BooleanField(
        label=_("The plan and what was said in the meeting, with the names in them"), required=False
    )
