"""The running number of a matter in its region and year."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from kudelma.matters.models import Numbering
from kudelma.regions.models import Region


def next_number(region: Region, at: datetime) -> tuple[int, int]:
    """The year and the next running number of the region. Call it inside the transaction that uses it."""
    year = timezone.localdate(at).year
    Numbering.objects.get_or_create(region=region, year=year)
    # The update holds the row until the end, so two orders at once never get one number.
    Numbering.objects.filter(region=region, year=year).update(last=F("last") + 1)
    return year, Numbering.objects.get(region=region, year=year).last
