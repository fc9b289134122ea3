"""Which regions receive what comes in: `people` knows who sits where, and hands it up."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet

from kudelma.core.handed import HandedUp

RECEIVING: HandedUp[Callable[[date], QuerySet]] = HandedUp()
"""By `people`: the ids of those regions in which a coordinator sits that day."""
