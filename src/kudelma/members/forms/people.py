"""What comes in about the people of a matter: who they are, how they are reached, what helps them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import (
    AddressField,
    ChangeForm,
    ChoiceField,
    Form,
    LineField,
    NewForm,
    OneField,
    PhoneField,
    WordsField,
    mailbox,
)
from kudelma.members.inputs.people import PersonSaid, ProfessionalAsked, SafeContact, Topic
from kudelma.members.models import ContactChannel, HeardHow, Member
from kudelma.members.rules import ADDRESS_IS_PROTECTED, CALL_FIRST
from kudelma.methods.models import Side
from kudelma.people.models import LANGUAGES


class TopicForm(ChangeForm[Topic]):
    """What the meeting is about, as the people say it."""

    topic = WordsField(
        label=_("What do people want to think about together?"),
        help_text=_("In the people's own words. Everybody who is invited sees this inside the service."),
        max_length=500,
        rows=3,
        required=False,
    )
    called = LineField(
        label=_("What the matter is called among its people"),
        help_text=_("First names, for example. It helps those who are along to find it in their own list."),
        max_length=80,
        required=False,
    )


class PersonFields(forms.Form):
    """Somebody of the family or close to it."""

    name = LineField(label=_("Name to use"), help_text=_("The first name, or what people call them."), max_length=60)
    surname = LineField(
        label=_("Family name"),
        help_text=_("Needed only if this person identifies with bank codes or a mobile certificate."),
        max_length=60,
        required=False,
    )
    relation = LineField(
        label=_("Who this is to the others"), help_text=_("Such as mother, grandmother, neighbour."), max_length=80,
        required=False,
    )  # fmt: skip
    why = LineField(label=_("Why it would be good to have them along"), max_length=500, required=False)
    language = ChoiceField(label=_("Language"), choices=LANGUAGES)
    answers_times = forms.BooleanField(
        label=_("Is asked about times"),
        help_text=_("Leave this open for a child for whom somebody else answers."),
        required=False,
    )
    is_child = forms.BooleanField(
        label=_("Is a child"), help_text=_("A child gets a page of their own, beside an adult."), required=False
    )


class PersonForm(PersonFields, ChangeForm[PersonSaid]):
    """What is known of somebody who is among the people."""


class NewPersonForm(PersonFields, NewForm[PersonSaid]):
    """Somebody who is not among the people yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = "fi"
        self.fields["answers_times"].initial = True


class ContactForm(ChangeForm[SafeContact]):
    """How somebody is reached, safely first: for the coordinator only. It knows what stood before."""

    read_apart = {"has_called"}

    contact_way = ChoiceField(
        label=_("How may we reach them safely?"),
        help_text=_("Ask this first. Only the coordinator sees it."),
        choices=ContactChannel.choices,
        required=False,
    )
    contact_note = LineField(
        label=_("What to take care of when reaching them"),
        help_text=_("Such as the hour, or who may not hear or read it."),
        max_length=300,
        required=False,
    )
    address = AddressField(label=_("Mail address"), required=False)
    second_address = AddressField(
        label=_("Another mail address, for codes"),
        help_text=_("The code must come another way than the link."),
        required=False,
    )
    phone = PhoneField(label=_("Telephone"), required=False)
    protected = forms.BooleanField(
        label=_("The address is protected"),
        help_text=_("Then no postal address is written here, and nothing is sent by post."),
        required=False,
    )
    postal = WordsField(label=_("Postal address"), max_length=300, rows=3, required=False)
    has_called = forms.BooleanField(
        label=_("I have rung the number that was known before"),
        help_text=_("Needed when a number or an address that was known changes."),
        required=False,
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean(self) -> dict[str, Any]:
        """`has_called` is no column: it is kept in `called` for the record."""
        cleaned = super().clean() or {}
        cleaned["protected"] = "yes" if cleaned.get("protected") else ""
        if cleaned.get("second_address") and mailbox(cleaned["second_address"]) == mailbox(cleaned.get("address", "")):
            self.add_error("second_address", _("This is the same address. The code must come another way."))
        if cleaned["protected"] and cleaned.get("postal"):
            self.add_error("postal", ADDRESS_IS_PROTECTED)
        self.called = cleaned.pop("has_called", False)
        # Said by the field, with what was typed still there; the action asks once more.
        if not self.called and self.member.would_change(cleaned):
            self.add_error("has_called", CALL_FIRST)
        return cleaned

    def show_both(self, now: dict[str, Any], sentence: Any) -> None:
        super().show_both(now | {"protected": bool(now["protected"])}, sentence)


class NewProfessionalForm(NewForm[ProfessionalAsked]):
    """Somebody who works in the region and has a seat here."""

    seat = OneField(label=_("Who"), help_text=_("Those who have a seat in this region."))
    why = LineField(label=_("Why it would be good to have them along"), max_length=500, required=False)

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        self.fields["seat"].label_from_instance = lambda seat: ", ".join(  # type: ignore[attr-defined]
            part for part in (seat.account.name, seat.title, seat.unit.name if seat.unit else "") if part
        )


class PermissionForm(Form):
    how = ChoiceField(label=_("How it was agreed"), choices=HeardHow.choices)


NEW_SIDES = {Side.OWN.value: _("Somebody of the family"), Side.CLOSE.value: _("Somebody close")}
