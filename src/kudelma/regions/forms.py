"""What comes in about a region and the places in it."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, Line, NewForm, One, Phone
from kudelma.regions.models import Sector

WHOLE = {
    "required": _("Write a number."),
    "invalid": _("Write a whole number."),
}


def whole(low: int, high: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=low,
        max_value=high,
        error_messages=WHOLE
        | {
            "min_value": format_lazy(_("The smallest possible is {low}."), low=low),
            "max_value": format_lazy(_("The largest possible is {high}."), high=high),
        },
        **options,
    )


class SettingsForm(ChangeForm):
    help_phone = Phone(
        label=_("Number that families may call"),
        help_text=_("Stands on their pages beside the ways to answer."),
        required=False,
    )
    meeting_minutes = whole(30, 480, label=_("Usual length of a meeting, in minutes"))
    answer_days = whole(
        1,
        60,
        label=_("In how many days an order is answered"),
        help_text=_("After these days, and after those in the next three, something stands among the long waited."),
    )
    offer_days = whole(1, 60, label=_("In how many days a consultant answers whether they lead"))
    preparing_days = whole(1, 120, label=_("In how many days a meeting is prepared with the people"))
    times_days = whole(1, 60, label=_("In how many days people answer which time suits"))
    space_months = whole(1, 120, label=_("How many months after closing the working space is emptied"))
    face_to_face = forms.BooleanField(
        label=_("Admission face to face is in use"),
        help_text=_(
            "Somebody who is present may let a participant in for one sitting. Switch it on only when the "
            "controller has accepted it; who did it, and when, is kept."
        ),
        required=False,
    )


class NamesForm(forms.Form):
    """A name in Finnish, and in the other languages where it is known."""

    name_fi = Line(label=_("Name in Finnish"), max_length=120)
    name_sv = Line(label=_("Name in Swedish"), max_length=120, required=False)
    name_en = Line(label=_("Name in English"), max_length=120, required=False)


class SectorOfUnit(forms.Form):
    """What a unit tells beside its names."""

    sector = One(label=_("Sector"))
    municipality = Line(label=_("Municipality"), max_length=60, required=False)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = Sector.objects.visible_to(actor)  # type: ignore[attr-defined]
        self.fields["sector"].label_from_instance = lambda sector: sector.name  # type: ignore[attr-defined]


class NewPlaceForm(NamesForm, NewForm):
    """A new sector or controller."""


class NewUnitForm(SectorOfUnit, NamesForm, NewForm):
    field_order = ["name_fi", "name_sv", "name_en", "sector", "municipality"]


class PlaceForm(NamesForm, ChangeForm):
    """Other names for a sector or controller."""


class UnitForm(SectorOfUnit, NamesForm, ChangeForm):
    field_order = ["name_fi", "name_sv", "name_en", "sector", "municipality"]
