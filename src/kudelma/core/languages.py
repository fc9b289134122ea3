"""The language that is being spoken, as free text remembers it."""

from django.conf import settings
from django.utils.translation import get_language


def current_language() -> str:
    """Code of the language in which somebody writes now: one of settings.LANGUAGES."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
