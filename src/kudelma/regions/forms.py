"""What comes in about a region, the places in it, and the people whom anybody may call."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import AddressField, ChangeForm, DayField, LineField, NewForm, OneField, PhoneField, WordsField
from kudelma.regions.inputs import ContactEntry, Names, RegionSettings, UnitNamed
from kudelma.regions.models import Sector, Unit

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


class SettingsForm(ChangeForm[RegionSettings]):
    help_phone = PhoneField(
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

    name_fi = LineField(label=_("Name in Finnish"), max_length=120)
    name_sv = LineField(label=_("Name in Swedish"), max_length=120, required=False)
    name_en = LineField(label=_("Name in English"), max_length=120, required=False)


class SectorOfUnit(forms.Form):
    """What a unit tells beside its names."""

    sector = OneField(label=_("Sector"))
    municipality = LineField(label=_("Municipality"), max_length=60, required=False)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The choices are the check: the id of another region's sector, sent by hand, is not among them.
        self.fields["sector"].queryset = Sector.objects.visible_to(actor)  # type: ignore[attr-defined]
        self.fields["sector"].label_from_instance = lambda sector: sector.name  # type: ignore[attr-defined]


class NewPlaceForm(NamesForm, NewForm[Names]):
    """A new sector or controller."""


class NewUnitForm(SectorOfUnit, NamesForm, NewForm[UnitNamed]):
    field_order = ["name_fi", "name_sv", "name_en", "sector", "municipality"]


class PlaceForm(NamesForm, ChangeForm[Names]):
    """Other names for a sector or controller."""


class UnitForm(SectorOfUnit, NamesForm, ChangeForm[UnitNamed]):
    field_order = ["name_fi", "name_sv", "name_en", "sector", "municipality"]


class ContactFields(forms.Form):
    """Whom one may call, about what, and until when this is surely right."""

    name = LineField(label=_("Name"), max_length=120)
    title = LineField(label=_("Trade"), help_text=_("Such as class teacher or family worker."), max_length=80)
    unit = OneField(label=_("Unit"), required=False)
    phone = PhoneField(label=_("Telephone"), help_text=_("Stands on the public page."))
    address = AddressField(label=_("Mail address"), required=False, help_text=_("Stands on the public page."))
    about_fi = WordsField(
        label=_("What one may call about, in Finnish"),
        help_text=_("As you would say it to somebody who does not know the services."),
        max_length=300,
        rows=2,
    )
    about_sv = WordsField(label=_("The same in Swedish"), max_length=300, rows=2, required=False)
    about_en = WordsField(label=_("The same in English"), max_length=300, rows=2, required=False)
    position = whole(1, 99, label=_("Place in the list"))
    review_on = DayField(
        label=_("Checked again at the latest on"),
        help_text=_("If nobody has looked at this by then, the page says when it was last checked."),
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: unit.name  # type: ignore[attr-defined]

    def clean_review_on(self) -> date:
        chosen: date = self.cleaned_data["review_on"]
        today = timezone.localdate()
        if chosen <= today:
            raise forms.ValidationError(_("Choose a day after today."))
        if chosen > today + relativedelta(years=1):
            raise forms.ValidationError(_("Choose a day within a year: people move on."))
        return chosen


CONTACT_ORDER = ["name", "title", "unit", "phone", "address", "about_fi", "about_sv", "about_en", "position"]


class NewContactForm(ContactFields, NewForm[ContactEntry]):
    field_order = [*CONTACT_ORDER, "review_on"]


class ContactForm(ContactFields, ChangeForm[ContactEntry]):
    field_order = [*CONTACT_ORDER, "review_on"]
