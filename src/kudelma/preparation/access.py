"""Who was named to prepare a matter with its people: handed up to the spine."""

from typing import Any

from django.db.models import QuerySet

from kudelma.matters.access import IS_PREPARED_BY_PAIR, PREPARES
from kudelma.matters.joined import JOINED, Joined
from kudelma.preparation.models import Preparation

JOINED(Joined(listed=(), fields=(), shown=("preparation__by__account",)))  # a list reads it of the few it concerns


@PREPARES
def prepares(actor: Any) -> QuerySet:
    # No action writes it otherwise. Should a name stand there all the same, whoever reads asks once more.
    named = Preparation.objects.filter(by=actor.pk, family_agreed=True, matter__order__by=actor.pk)
    return named.still_led().values("matter")


@IS_PREPARED_BY_PAIR
def is_by_pair(matter: Any) -> bool:
    preparation = getattr(matter, "preparation", None)
    return preparation is None or preparation.is_by_pair
