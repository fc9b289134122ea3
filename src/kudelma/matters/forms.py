"""What comes in about a matter: acceptance, offers, people. What an order asks stands in `order_forms`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import Address, ChangeForm, Choice, Form, Line, NewForm, One, Phone, Words, mailbox
from kudelma.matters.geometry import ROOM, Way
from kudelma.matters.models import CHAIRED, Ground, How, Part, Thing
from kudelma.methods.models import Method, Side
from kudelma.people.models import LANGUAGES, Seat
from kudelma.regions.models import Controller


class AcceptanceForm(Form):
    method = One(label=_("By which method"))
    controller = One(
        label=_("Whose register does this belong to?"), help_text=_("The controller answers for the data.")
    )
    ground = Choice(
        label=_("On which ground is the matter handled?"),
        help_text=_(
            "The statutes are told as they stood in February 2025. The ground is not consent: "
            "consent and disclosure permits are asked for apart from it."
        ),
        choices=Ground.choices,
    )

    def __init__(self, *args: Any, actor: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method, controller = self.fields["method"], self.fields["controller"]
        method.queryset = Method.objects.visible_to(actor)  # type: ignore[attr-defined]
        controller.queryset = Controller.objects.visible_to(actor)  # type: ignore[attr-defined]
        for field in (method, controller):
            field.label_from_instance = lambda named: named.name  # type: ignore[attr-defined]
            few = list(field.queryset[:2])  # type: ignore[attr-defined]
            if len(few) == 1:
                field.initial = few[0]


class TopicForm(ChangeForm):
    """What the meeting is about, as the people say it."""

    topic = Words(
        label=_("What do people want to think about together?"),
        help_text=_("In the people's own words. Everybody who is invited sees this inside the service."),
        max_length=500,
        rows=3,
        required=False,
    )
    called = Line(
        label=_("What the matter is called among its people"),
        help_text=_("First names, for example. It helps those who are along to find it in their own list."),
        max_length=80,
        required=False,
    )


class OfferForm(Form):
    consultant = One(label=_("Who is asked"))
    part = Choice(label=_("What for"), choices=[])

    def __init__(self, *args: Any, outside: Any, parts: Iterable[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultant"].queryset = outside  # type: ignore[attr-defined]
        self.fields["part"].choices = [(part.value, part.label) for part in parts]  # type: ignore[attr-defined]


class TwoForm(Form):
    """Both asked at once: the first leads or chairs, the second writes."""

    first = One(label=_("Who is asked"))
    second = One(label=_("Who is asked with them"))

    def __init__(self, *args: Any, outside: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = outside  # type: ignore[attr-defined]


class ChairForm(Form):
    seat = One(label=_("Who is asked"))
    part = Choice(label=_("What for"), choices=[(part.value, part.label) for part in CHAIRED])

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]


class PersonForm(ChangeForm):
    """Somebody of the family or close to it."""

    name = Line(label=_("Name to use"), help_text=_("The first name, or what people call them."), max_length=60)
    surname = Line(
        label=_("Family name"),
        help_text=_("Needed only if this person identifies with bank codes or a mobile certificate."),
        max_length=60,
        required=False,
    )
    relation = Line(
        label=_("Who this is to the others"), help_text=_("Such as mother, grandmother, neighbour."), max_length=80,
        required=False,
    )  # fmt: skip
    why = Line(label=_("Why it would be good to have them along"), max_length=500, required=False)
    language = Choice(label=_("Language"), choices=LANGUAGES)
    answers_times = forms.BooleanField(
        label=_("Is asked about times"),
        help_text=_("Leave this open for a child for whom somebody else answers."),
        required=False,
    )
    needs = Line(
        label=_("What helps to take part"),
        help_text=_("Interpreter, ride, childcare, breaks, somebody beside."),
        max_length=500,
        required=False,
    )


class ContactFields(forms.Form):
    """How somebody is reached: for the coordinator only."""

    address = Address(label=_("Mail address"), required=False)
    second_address = Address(
        label=_("Another mail address, for codes"),
        help_text=_("The code must come another way than the link."),
        required=False,
    )
    phone = Phone(label=_("Telephone"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("second_address") and mailbox(told["second_address"]) == mailbox(told.get("address", "")):
            self.add_error("second_address", _("This is the same address. The code must come another way."))
        return told


class PersonWithContactForm(ContactFields, PersonForm):
    field_order = [
        "name",
        "surname",
        "relation",
        "why",
        "language",
        "answers_times",
        "address",
        "second_address",
        "phone",
    ]


class NewPersonForm(NewForm, PersonForm):
    version = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = "fi"
        self.fields["answers_times"].initial = True


class NewPersonWithContactForm(ContactFields, NewPersonForm):
    field_order = PersonWithContactForm.field_order


class NewProfessionalForm(NewForm):
    """Somebody who works in the region and has a seat here."""

    seat = One(label=_("Who"), help_text=_("Those who have a seat in this region."))
    why = Line(label=_("Why it would be good to have them along"), max_length=500, required=False)

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        self.fields["seat"].label_from_instance = lambda seat: ", ".join(  # type: ignore[attr-defined]
            part for part in (seat.account.name, seat.title, seat.unit.name if seat.unit else "") if part
        )


class PermissionForm(Form):
    how = Choice(label=_("How it was agreed"), choices=How.choices)


NEW_SIDES = {Side.OWN.value: _("Somebody of the family"), Side.CLOSE.value: _("Somebody close")}


class ThingForm(NewForm):
    """A day, a place or a thing of everyday life."""

    kind = Choice(label=_("What is it?"), choices=Thing.choices)
    name = Line(
        label=_("In a word or two"), help_text=_("Such as mornings, Tuesday, grandmother's place."), max_length=40
    )
    note = Line(
        label=_("What happens there"), help_text=_("Such as: by bike to school."), max_length=80, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = Thing.DAY


class NameForm(ChangeForm):
    """What a thing of everyday life is called."""

    name = Line(label=_("In a word or two"), max_length=40)
    note = Line(label=_("What happens there"), max_length=80, required=False)


class PlaceForm(NewForm):
    """Where a spot stands from now on: a step, or a place in the room of the picture."""

    way = Choice(choices=Way.choices, required=False)
    x = forms.IntegerField(min_value=0, max_value=ROOM, required=False)
    y = forms.IntegerField(min_value=0, max_value=ROOM, required=False)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("way") and (told.get("x") is None or told.get("y") is None):
            self.add_error(None, _("Nothing was moved. Choose which way."))
        return told


class TieForm(Form):
    """With whom or what a spot is tied."""

    other = Choice(label=_("To whom, or to what?"), widget=forms.Select)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose")), *others]  # type: ignore[attr-defined]
