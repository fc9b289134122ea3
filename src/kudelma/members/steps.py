"""What people of a matter wait for: to be recognised; and what the coordinator is to remember of them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.matters.models import ORDER_OF_STEPS, Matter, Step
from kudelma.matters.page import FACTS, Fact, NextStep, Rank, Shown, next_step_of
from kudelma.matters.waiting import REMINDERS, WAITS_FOR, Remembered, Reminder
from kudelma.members.models import Consent
from kudelma.people.models import Message, Role
from kudelma.trust.models import Pin


@FACTS
@Fact
def somebody_identified(actor: Any) -> Any:
    """Whatever the step: whoever has identified stands outside until a person has confirmed who it is."""
    return Exists(Pin.objects.held().filter(space=OuterRef("pk"))) if actor.role == Role.COORDINATOR else None


@next_step_of(Rank.IDENTITY, Step.CONSULTING, *(step for step in ORDER_OF_STEPS if step is not Step.CLOSED))
def confirm(matter: Matter, shown: Shown) -> NextStep | None:
    if not shown.is_so(somebody_identified, matter):
        return None
    return NextStep(
        _("Somebody has identified, and it must be confirmed who it is"),
        _("A call to the person tells."),
        reverse("members:people", args=[matter.pk]),
        _("To the people"),
    )


@WAITS_FOR
def for_coordinator(actor: Any) -> Q | None:
    return Q(pk__in=Pin.objects.held().values("space")) if actor.role == Role.COORDINATOR else None


REMINDERS(
    Reminder(
        rank=2,
        annotations=lambda actor: {
            "has_undelivered": Exists(Message.objects.visible_to(actor).undelivered().filter(space=OuterRef("pk")))
        },
        holds=Q(has_undelivered=True),
        tell=lambda matter: Remembered(_("A message did not arrive"), matter.get_absolute_url(), _("See who")),
    )
)


def _consents(actor: Any) -> dict[str, Any]:
    today = timezone.localdate()
    ending = Consent.objects.visible_to(actor).ending(today).filter(matter=OuterRef("pk"))
    return {"has_ending": Exists(ending), "has_ended": Exists(ending.filter(until__lt=today))}


def _about_consents(matter: Any) -> Remembered:
    text = _("A consent has ended") if matter.has_ended else _("A consent is ending")
    return Remembered(text, reverse("members:people", args=[matter.pk]), _("Look at it"))


REMINDERS(Reminder(rank=6, annotations=_consents, holds=Q(has_ending=True), tell=_about_consents))
