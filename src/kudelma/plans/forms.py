"""What comes in about a plan: one row, and how it goes on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, Form, LineField, NewForm, WordsField
from kudelma.plans.inputs import Onwards, RowSaid


class RowFields(Form[RowSaid]):
    """What one row says, new or changed."""

    what = WordsField(
        label=_("What do you do from now on?"),
        help_text=_("In the speaker's own words. «I am along» is enough."),
        max_length=600,
        rows=3,
    )
    with_whom = LineField(label=_("With whom?"), max_length=200, required=False)
    by_when = LineField(label=_("When, or by when?"), max_length=120, required=False)
    read = forms.BooleanField(label=_("The speaker has heard or read this and accepts it"), required=False)


class RowForm(RowFields, NewForm[RowSaid]):
    pass


class ChangeRowForm(RowFields, ChangeForm[RowSaid]):
    pass


class OnwardsForm(ChangeForm[Onwards]):
    responsible = LineField(label=_("Whom does one ask when something is unclear?"), max_length=120, required=False)
    follow_up = LineField(label=_("When do we look at how it goes?"), max_length=120, required=False)


def initial_of(row: Any, names: list[str]) -> dict[str, Any]:
    """What a form shows of a row."""
    return {name: getattr(row, name) for name in (*names, "version")}
