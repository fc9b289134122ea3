"""How long a matter is still seen by those who led it, or were named to prepare it."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce, Least

from kudelma.live.actions.rights import taken_away
from kudelma.matters.models import Matter

LEADS_ON_DAYS = 14
"""How long those who led or prepared still see a matter after its last meeting, or after it was closed."""


def lead_no_longer(matter: Matter, *, at: datetime) -> None:
    """Those who lead or were named to prepare still see it for a while after `at`; not later than was said before."""
    until = Value(at + timedelta(days=LEADS_ON_DAYS), output_field=DateTimeField())
    Matter.objects.filter(pk=matter.pk).update(leads_until=Least(Coalesce("leads_until", until), until))
    taken_away(matter.pk)
