"""Each request begins with no key open; a refusal is written into the access record."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kudelma.core.errors import Forbidden
from kudelma.trust.recorder import record_refusal
from kudelma.trust.vault import close_all


class AccessRecord:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Whether a request gets a context of its own is up to the server: none is relied upon here.
        close_all()
        try:
            return self.get_response(request)
        finally:
            close_all()

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        actor = getattr(request, "actor", None)
        if isinstance(error, Forbidden) and actor is not None and request.resolver_match:
            record_refusal(request.resolver_match.view_name[:60], actor, timezone.now(), why=error.rule[:40])
