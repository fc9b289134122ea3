"""What the coordinator is to remember beside the steps of matters: a matter's number and what it is, never a person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Subquery, UUIDField, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step
from kudelma.meetings.models import Invitation, WishToStop
from kudelma.members.models import Consent
from kudelma.pairing.models import PAIR, LeadChangeNotice
from kudelma.people.models import Message

OF_A_PAIR = [Step.PREPARING, Step.TIMING, Step.INVITING, Step.INVITED, Step.MEETING]
OF_A_CHAIR = [Step.TIMING, Step.INVITING, Step.INVITED, Step.MEETING]
"""From when on a chair and a secretary should be known; before that they are a part of preparing."""


@dataclass(frozen=True)
class Remembered:
    """One thing to do. since: None when it is told nowhere."""

    matter: Matter
    text: str
    url: str
    verb: str
    since: date | None = None


def to_remember(actor: Any) -> list[Remembered]:
    """For the coordinator: in 1 query, whatever their number."""
    return [remembered for matter in _flagged(actor) for remembered in _of(matter)]


def _flagged(actor: Any) -> Any:
    """The open matters in which something is to be remembered, each with what it is."""
    today = timezone.localdate()
    here = {"matter": OuterRef("pk")}
    consents = Consent.objects.visible_to(actor).ending(today).filter(**here)
    stands = Q(pairings__withdrew_at=None, pairings__ended_at=None, pairings__isnull=False)
    lacks = Q(n_standing__lt=len(PAIR)) & (
        Q(method__leading="pair", step__in=OF_A_PAIR) | Q(method__leading="chair", step__in=OF_A_CHAIR)
    )
    # Together, and each by what its own room lets this seat see: six lists would be six questions.
    return (
        Matter.objects.visible_to(actor)
        .open()
        .annotate(
            wishes_stop=Exists(WishToStop.objects.visible_to(actor).open().filter(**here)),
            has_undelivered=Exists(Message.objects.visible_to(actor).undelivered().filter(space=OuterRef("pk"))),
            untold=Subquery(
                Invitation.objects.visible_to(actor).untold().filter(**here).values("meeting")[:1],
                output_field=UUIDField(),
            ),
            is_led_anew=Exists(LeadChangeNotice.objects.visible_to(actor).open().filter(**here)),
            has_ending=Exists(consents),
            has_ended=Exists(consents.filter(until__lt=today)),
            n_standing=Count("pairings", filter=stands),
            ended=Max("pairings__ended_at"),
        )
        .annotate(lacks=Case(When(lacks, then=Value(True)), default=Value(False)))
        .filter(
            Q(wishes_stop=True)
            | Q(has_undelivered=True)
            | Q(untold__isnull=False)
            | Q(is_led_anew=True)
            | Q(has_ending=True)
            | Q(lacks=True)
        )
        .for_list()
        .select_related("method")
        .order_by("waits_since", "running")
    )


def _of(matter: Any) -> list[Remembered]:
    people = reverse("members:people", args=[matter.pk])
    remembered = []
    if matter.wishes_stop:
        stop = reverse("meetings:stop", args=[matter.pk])
        remembered.append(Remembered(matter, _("Somebody wishes a call"), stop, _("See who")))
    if matter.has_undelivered:
        remembered.append(Remembered(matter, _("A message did not arrive"), matter.get_absolute_url(), _("See who")))
    if matter.untold:
        text = _("Somebody has not been told of the meeting")
        remembered.append(Remembered(matter, text, reverse("meetings:invite", args=[matter.untold]), _("See who")))
    if matter.lacks:
        remembered.append(_missing(matter))
    if matter.is_led_anew:
        text = _("Somebody else leads: tell the people")
        remembered.append(Remembered(matter, text, matter.get_absolute_url(), _("See who"), _day(matter.ended)))
    if matter.has_ending:
        text = _("A consent has ended") if matter.has_ended else _("A consent is ending")
        remembered.append(Remembered(matter, text, people, _("Look at it")))
    return remembered


def _missing(matter: Any) -> Remembered:
    if matter.is_chaired:
        page, text = "pairing:chair", _("The meeting has no chair or no secretary")
    else:
        page, text = "pairing:pair", _("One of those who lead cannot come")
    return Remembered(matter, text, reverse(page, args=[matter.pk]), _("Ask somebody else"), _day(matter.ended))


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
