"""What one tells of oneself before the meeting: what helps, and what was asked alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, Form, LineField, WordsField
from kudelma.members.inputs.own import Needs, SafetyTold


class NeedsForm(ChangeForm[Needs]):
    """What helps somebody to take part. Asked aloud, or answered by the person."""

    interpreter = LineField(label=_("Is an interpreter needed? Into which language?"), max_length=60, required=False)
    support = LineField(
        label=_("Who comes beside you for support?"), help_text=_("The name is told to those who come."),
        max_length=120, required=False,
    )  # fmt: skip
    ride = LineField(
        label=_("Is a ride needed?"), help_text=_("Do not write an address here."), max_length=200, required=False
    )
    childcare = LineField(label=_("Does somebody need to look after a child?"), max_length=200, required=False)
    access = LineField(
        label=_("What should be thought of in the room?"),
        help_text=_("Such as stairs, hearing, seeing, light, smells."),
        max_length=300,
        required=False,
    )
    needs = LineField(
        label=_("What else would help?"), help_text=_("Such as breaks, or something in the hands."),
        max_length=500, required=False,
    )  # fmt: skip


class SafetyFields(forms.Form):
    """Asked of each person alone. Nobody is asked to explain."""

    freely = WordsField(
        label=_("Can you speak freely when everybody is there?"), max_length=1000, rows=3, required=False
    )
    apart = WordsField(
        label=_("Is there somebody with whom you do not want to be in the same room?"),
        max_length=1000,
        rows=3,
        required=False,
    )
    safer = WordsField(label=_("What would make it safer for you?"), max_length=1000, rows=3, required=False)


class SafetyForm(SafetyFields, Form[SafetyTold]):
    """Always empty: for somebody who may tell, and may not see what was told before."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            self.add_error("freely", _("Write something in one of these, or leave the page."))
        return cleaned


class ChangeSafetyForm(SafetyFields, ChangeForm[SafetyTold]):
    """What stands, for the person who is known for sure and for the coordinator."""
