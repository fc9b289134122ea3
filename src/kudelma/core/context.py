"""What every template knows of the house."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """for_families: a page that families read too, which its view says."""
    return {"demo": settings.DEMO, "for_families": False}
