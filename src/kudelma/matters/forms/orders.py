"""What comes in of orders: the order, a consultation, acceptance, an offer to lead."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import Choice, Form, Line, NewForm, One, Words
from kudelma.matters.models import PAIR, Ground, Place, Problem
from kudelma.methods.models import Method
from kudelma.people.models import Seat
from kudelma.regions.models import Controller


class OrderForm(NewForm):
    """A meeting ordered by a worker, in the first person. No field asks for a measure."""

    told_to = Line(
        label=_("To whom have you told it, and with whom is this agreed?"),
        help_text=_("First names are enough."),
        max_length=300,
    )
    why_together = Words(label=_("Why would it be good to think together, and why now?"), max_length=2000)
    problem = Choice(label=_("What would a meeting help with most?"), choices=Problem.choices, required=False)
    worry = Words(
        label=_("What are you worried about yourself?"),
        help_text=_("Your own worry, in your own words. The one it concerns may hear it read aloud."),
        max_length=2000,
    )
    wish = Words(label=_("What do you hope for?"), max_length=2000)
    languages = Line(
        label=_("In which languages do people speak? Is an interpreter needed?"), max_length=200, required=False
    )
    access = Line(label=_("What would help people to take part?"), max_length=500, required=False)
    call_first = Choice(
        label=_("Should the coordinator ring you before anyone is contacted?"),
        help_text=_("Only the coordinator sees this answer."),
        choices=[("no", _("No need")), ("yes", _("Yes, please ring me first"))],
    )
    windows = Words(label=_("When could it suit, and when not?"), max_length=500, required=False)
    place = Choice(label=_("Where would people meet?"), choices=Place.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call_first"].initial = "no"
        self.fields["place"].initial = Place.TOGETHER


class ConsultationForm(NewForm):
    worry = Words(
        label=_("What are you worried about yourself?"),
        help_text=_("Tell nothing here by which the family could be recognised: no names, no addresses, no ages."),
        max_length=2000,
    )
    wish = Words(label=_("What would help you to go on?"), max_length=2000, required=False)
    windows = Line(label=_("When can you be reached by telephone?"), max_length=500)


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


class ConsultationAnswerForm(Form):
    text = Words(
        label=_("What did you agree on in the call?"),
        help_text=_("The orderer sees this. Nothing by which a family could be recognised."),
        max_length=2000,
    )


class OfferForm(Form):
    consultant = One(label=_("Who is asked"))
    part = Choice(label=_("What for"), choices=[(part.value, part.label) for part in PAIR])

    def __init__(self, *args: Any, outside: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultant"].queryset = outside  # type: ignore[attr-defined]
