"""What comes in with an order: its three pages, what a family or a caller tells, and the answers to it.

No field asks for a measure. Beside every field stands who reads it.
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import (
    ChangeForm,
    ChoiceField,
    DayField,
    Form,
    LineField,
    NewForm,
    OneField,
    PhoneField,
    WordsField,
)
from kudelma.core.languages import current_language
from kudelma.methods.models import Method
from kudelma.orders.inputs import (
    Acceptance,
    Agreed,
    CallHeard,
    CallWished,
    ConsultationAsked,
    ConsultationTold,
    Declined,
    NewOrder,
    OrderTold,
    OtherWay,
    ReplySaid,
)
from kudelma.orders.models import Draft, FamilyAgreement, Ground, Ordering, OrderSource, Place, Problem
from kudelma.people.models import LANGUAGES, Seat
from kudelma.regions.models import Controller, Unit

COORDINATOR_READS = _("The coordinator reads this.")
COORDINATOR_ONLY = _("Only the coordinator sees this answer.")
CONSULTANTS_READ = _("The coordinator reads this, and so do those who are asked to lead the conversation.")
THEY_MAY_HEAR = _("The coordinator reads this, and those to whom you have told it may hear it.")


def help_with(text: Any, reads: Any) -> Any:
    """A help text that ends in who reads the answer."""
    return format_lazy("{} {}", text, reads)


class AgreedForm(NewForm[Agreed]):
    """The first question of an order, answered by pressing its yes. `idempotency_key` becomes the draft."""

    told = ChoiceField(choices=[(FamilyAgreement.AGREED.value, FamilyAgreement.AGREED.label)], widget=forms.HiddenInput)


# ---------------------------------------------------------------- the pages of an order


def asked_languages() -> LineField:
    return LineField(
        label=_("In which languages do people speak? Is an interpreter needed?"), help_text=CONSULTANTS_READ,
        max_length=200, required=False,
    )  # fmt: skip


def asked_access() -> LineField:
    return LineField(
        label=_("What would help people to take part?"), help_text=COORDINATOR_READS, max_length=500, required=False
    )


class OrderPage(ChangeForm[dict[str, Any]]):
    """One page of an unfinished order. What is right of it can be kept also when the rest is not."""

    def __init__(self, *args: Any, actor: Seat, may_be_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_be_open:
            for name, field in self.fields.items():
                field.required = field.required and name == "version"

    def said(self) -> list[tuple[str, Any]]:
        """What is right on this page: (field, value)."""
        return [(name, value) for name, value in self.cleaned_data.items() if name != "version"]

    def value(self) -> dict[str, Any]:
        # A page may be kept while half of it is open, and a draft holds what was typed on any of them. A class
        # that promises every field would lie: what is whole is made of all pages once the order is sent.
        return dict(self.said())

    def rest(self) -> dict[str, Any]:
        """What was sent and is right, of a page that was refused; nothing of one that knows no version."""
        if "version" not in self.cleaned_data or self.non_field_errors():
            return {}
        return {name: value for name, value in self.said() if name in self.data}

    def show_both(self, now: dict[str, Any], sentence: Any) -> None:
        super().show_both({name: self._read(name, value) for name, value in now.items()}, sentence)

    def _read(self, name: str, value: Any) -> Any:
        field = self.fields.get(name)
        return field.to_python(value) if isinstance(field, DayField | OneField) else value


class TogetherPage(OrderPage):
    """With whom it is agreed, and why together."""

    told_to = LineField(
        label=_("To whom have you told it, and with whom is this agreed?"),
        help_text=help_with(_("First names are enough."), COORDINATOR_READS),
        max_length=300,
    )
    why_together = WordsField(
        label=_("Why would it be good to think together, and why now?"), help_text=COORDINATOR_READS, max_length=2000
    )
    problem = ChoiceField(
        label=_("What would a meeting help with most?"), required=False, help_text=COORDINATOR_READS,
        choices=Problem.choices,
    )  # fmt: skip


class WorryPage(OrderPage):
    """One's own worry and wish, in the first person."""

    worry = WordsField(
        label=_("What are you worried about yourself?"),
        help_text=help_with(_("Your own worry, in your own words."), THEY_MAY_HEAR),
        max_length=2000,
    )
    wish = WordsField(
        label=_("What do you hope for?"),
        help_text=help_with(_("What will be done is thought about together."), THEY_MAY_HEAR),
        max_length=2000,
    )


class PracticalPage(OrderPage):
    """What helps people to come, and one question of safety. The others are asked of each person alone."""

    languages = asked_languages()
    access = asked_access()
    call_first = ChoiceField(
        label=_("Should the coordinator ring you before anyone is contacted?"),
        help_text=COORDINATOR_ONLY,
        choices=[("no", _("No need")), ("yes", _("Yes, please ring me first"))],
    )
    windows = WordsField(
        label=_("When could it suit, and when not?"), help_text=CONSULTANTS_READ, max_length=500, required=False
    )
    place = ChoiceField(label=_("Where would people meet?"), help_text=CONSULTANTS_READ, choices=Place.choices)


class TeamPage(OrderPage):
    """Which team, and why together."""

    told_to = LineField(
        label=_("Which team is it, and who of them have agreed to this?"), help_text=COORDINATOR_READS, max_length=300
    )
    why_together = WordsField(
        label=_("Why would it be good to think together, and why now?"), help_text=COORDINATOR_READS, max_length=2000
    )


class TeamPracticalPage(OrderPage):
    """Time and place, which are the superior's to give."""

    windows = WordsField(
        label=_("Which working time and which place can you offer?"),
        help_text=help_with(_("Days and hours that the team has for this."), CONSULTANTS_READ),
        max_length=500,
        required=False,
    )
    place = ChoiceField(label=_("Where would people meet?"), help_text=CONSULTANTS_READ, choices=Place.choices)
    languages = asked_languages()
    access = asked_access()


class CallerFields(forms.Form):
    """Who told it to the coordinator, when and by which way."""

    came = ChoiceField(
        label=_("How was it told?"), choices=[(way.value, way.label) for way in (OrderSource.PHONE, OrderSource.PAPER)]
    )
    heard_on = DayField(label=_("On which day was it told?"))
    caller = LineField(
        label=_("Who told it?"),
        help_text=help_with(_("The name to use. Of somebody who works here, also the trade."), COORDINATOR_ONLY),
        max_length=60,
    )
    unit = OneField(
        label=_("From which unit?"),
        help_text=_("Leave this open when a family told it. The unit is kept out of those who are asked to lead."),
        required=False,
    )

    def offer_units(self, actor: Seat) -> None:
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.visible_to(actor)
        unit.label_from_instance = lambda row: row.name

    def clean_heard_on(self) -> Any:
        return not_to_come(self.cleaned_data["heard_on"])


class CallerPage(OrderPage, CallerFields):
    """Who told it, before the pages that every order has."""

    caller_phone = PhoneField(label=_("Which number can be called?"), help_text=COORDINATOR_ONLY, required=False)

    field_order = ["came", "heard_on", "caller", "caller_phone", "unit"]

    def __init__(self, *args: Any, actor: Seat, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.offer_units(actor)


PAGES: dict[str, list[type[OrderPage]]] = {
    Ordering.MEETING: [TogetherPage, WorryPage, PracticalPage],
    Ordering.TEAM: [TeamPage, WorryPage, TeamPracticalPage],
    Ordering.TOLD: [CallerPage, TogetherPage, WorryPage, PracticalPage],
}


def order_of(ordering: str, said: dict[str, Any]) -> NewOrder:
    """What all pages say, once each is whole."""
    return OrderTold(**said) if ordering == Ordering.TOLD else NewOrder(**said)


def of_draft(draft: Draft, actor: Seat) -> list[OrderPage]:
    """Every page, filled in with what the draft holds: whether the order is whole can be asked of them."""
    held = draft.said | {"version": draft.version}
    return [kind(held, actor=actor) for kind in PAGES[draft.ordering]]


# ---------------------------------------------------------------- a consultation, a family's wish


class ConsultationFields(forms.Form):
    """A worry by which no family can be recognised."""

    worry = WordsField(
        label=_("What are you worried about yourself?"),
        help_text=help_with(
            _("Tell nothing here by which the family could be recognised: no names, no addresses, no ages."),
            COORDINATOR_READS,
        ),
        max_length=2000,
    )
    wish = WordsField(
        label=_("What would help you to go on?"), help_text=COORDINATOR_READS, max_length=2000, required=False
    )
    windows = LineField(label=_("When can you be reached by telephone?"), help_text=COORDINATOR_READS, max_length=500)


class ConsultationForm(ConsultationFields, NewForm[ConsultationAsked]):
    """Asked by the one who worries."""


class ToldConsultationForm(CallerFields, ConsultationFields, NewForm[ConsultationTold]):
    """The same, written down by the coordinator."""

    field_order = ["came", "heard_on", "caller", "unit", "worry", "wish", "windows"]

    def __init__(self, *args: Any, actor: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units(actor)


class WishForm(NewForm[CallWished]):
    """Three things that a family gives of itself. Nothing here is kept on the device."""

    caller = LineField(
        label=_("What name may we use?"),
        help_text=_("A first name is enough, or another name. Only the coordinator sees it."),
        max_length=60,
    )
    caller_phone = PhoneField(label=_("Which number shall we call?"), help_text=_("Only the coordinator sees it."))
    call_when = LineField(
        label=_("When is it safe to call?"),
        help_text=_("For example on weekdays before noon. Only the coordinator sees it."),
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class CallForm(Form[CallHeard]):
    """What a family said in the call that they asked for."""

    heard_on = DayField(label=_("On which day did you call?"))
    why_together = WordsField(
        label=_("Why would it be good to think together, and why now?"),
        help_text=_("In the words of the one you called."),
        max_length=2000,
    )
    worry = WordsField(
        label=_("What are they worried about themselves?"),
        help_text=_("In the words of the one you called."),
        max_length=2000,
    )
    wish = WordsField(
        label=_("What do they hope for?"), help_text=_("In the words of the one you called."), max_length=2000
    )
    languages = LineField(
        label=_("In which languages do people speak? Is an interpreter needed?"),
        help_text=CONSULTANTS_READ,
        max_length=200,
        required=False,
    )
    written_in = ChoiceField(label=_("In which language is this written?"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard_on"].initial = timezone.localdate
        self.fields["written_in"].initial = current_language

    def clean_heard_on(self) -> Any:
        return not_to_come(self.cleaned_data["heard_on"])


# ---------------------------------------------------------------- answers


class AcceptanceForm(Form[Acceptance]):
    method = OneField(label=_("By which method"))
    controller = OneField(
        label=_("Whose register does this belong to?"), help_text=_("The controller answers for the data.")
    )
    ground = ChoiceField(
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


class ConsultationAnswerForm(Form):
    text = WordsField(
        label=_("What did you agree on in the call?"),
        help_text=_("The orderer sees this. Nothing by which a family could be recognised."),
        max_length=2000,
    )


class QuestionForm(NewForm[ReplySaid]):
    text = WordsField(label=_("What would you like to know?"), help_text=_("The orderer sees this."), max_length=2000)


class ReplyForm(NewForm[ReplySaid]):
    text = WordsField(label=_("Your answer"), help_text=COORDINATOR_READS, max_length=2000)


class OtherWayForm(Form[OtherWay]):
    text = WordsField(
        label=_("Which other way was found?"),
        help_text=_("One service that is enough, for example, or a consultation. The orderer sees this."),
        max_length=2000,
    )
    called_on = DayField(label=_("If you called, on which day?"), required=False)

    def __init__(self, *args: Any, after_call: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called_on"].required = after_call

    def clean_called_on(self) -> Any:
        return not_to_come(self.cleaned_data["called_on"])


class DeclineForm(Form[Declined]):
    called_on = DayField(label=_("On which day did you call?"))
    text = WordsField(label=_("What did you agree on instead?"), help_text=_("The orderer sees this."), max_length=2000)

    def clean_called_on(self) -> Any:
        return not_to_come(self.cleaned_data["called_on"])


def not_to_come(day: Any) -> Any:
    """A day of something that has been. Raises ValidationError for one that is still to come."""
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet."), code="to_come")
    return day
