"""Made-up people and real ones are never served from the same databases."""

from django.conf import settings

from kudelma.configuration import Misconfigured
from kudelma.core.news import about_to_serve
from kudelma.people.models import STAFF, Seat
from kudelma.regions.models import Region


@about_to_serve
def keep_apart() -> None:
    """Raises Misconfigured: the demo opens a seat with one press, to whoever comes."""
    if settings.DEMO and has_real_people():
        raise Misconfigured("KUDELMA_DEMO is on, but these databases hold real people. Set KUDELMA_DEMO=0.")
    if not settings.DEMO and Region.objects.filter(is_demo=True).exists():
        raise Misconfigured("These databases hold the made-up people of the demo. Use another KUDELMA_DATA.")


def has_real_people() -> bool:
    # Staff alone: every real region has its doors as soon as it is loaded, and those are nobody.
    return Seat.objects.filter(role__in=STAFF, region__is_demo=False).exists()
