"""What comes in when the circle is drawn: things of everyday life, places, ties."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kudelma.circle.geometry import ROOM, Direction
from kudelma.circle.inputs import NewThing, SpotMoved, ThingNamed
from kudelma.circle.models import Thing
from kudelma.core.forms import ChangeForm, ChoiceField, Form, LineField, NewForm


class ThingForm(NewForm[NewThing]):
    """A day, a place or a thing of everyday life."""

    kind = ChoiceField(label=_("What is it?"), choices=Thing.choices)
    name = LineField(
        label=_("In a word or two"), help_text=_("Such as mornings, Tuesday, grandmother's place."), max_length=40
    )
    note = LineField(
        label=_("What happens there"), help_text=_("Such as: by bike to school."), max_length=80, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = Thing.DAY


class NameForm(ChangeForm[ThingNamed]):
    """What a thing of everyday life is called."""

    name = LineField(label=_("In a word or two"), max_length=40)
    note = LineField(label=_("What happens there"), max_length=80, required=False)


class PlaceForm(NewForm[SpotMoved]):
    """Where a spot stands from now on: a step, or a place in the room of the picture."""

    way = ChoiceField(choices=Direction.choices, required=False)
    x = forms.IntegerField(min_value=0, max_value=ROOM, required=False)
    y = forms.IntegerField(min_value=0, max_value=ROOM, required=False)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("way") and (cleaned.get("x") is None or cleaned.get("y") is None):
            self.add_error(None, _("Nothing was moved. Choose which way."))
        return cleaned


class TieForm(Form):
    """With whom or what a spot is tied."""

    other = ChoiceField(label=_("To whom, or to what?"), widget=forms.Select)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose")), *others]  # type: ignore[attr-defined]
