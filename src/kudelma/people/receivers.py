"""News from above that concerns seats: a language was chosen, a region was made."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from kudelma.core.news import language_chosen, region_made
from kudelma.people.actions.seats import open_doors, speak


@language_chosen
def keep_language(request: Any, language: str) -> None:
    """Kept in the browser only, as long as we do not know who it is: an opened link changes nothing."""
    if getattr(request, "actor", None) is not None and request.level >= 1:
        speak(request.actor, language)


@receiver(user_logged_in)
def leave_the_matter(sender: Any, request: Any, **kwargs: Any) -> None:
    """Whoever signs in to work on a device where somebody came in by a link is not that somebody."""
    request.session.pop("participant", None)


@region_made
def add_doors(region: Any) -> None:
    open_doors(region, timezone.localdate())
