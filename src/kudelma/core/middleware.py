"""What holds for every answer: safe headers, nothing typed is lost, a refusal is a sentence."""

import logging
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from kudelma.core.errors import Refused
from kudelma.core.templatetags.importmap import importmap_hash
from kudelma.core.views import render_with_input

Answer = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("kudelma")


class SafeHeaders:
    """Nothing is cached, nothing is framed, nothing is told to the next site."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = {
            # Phones are shared: the way back must show nothing to whoever holds the device next.
            "Cache-Control": "no-store, private",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
            "X-Robots-Tag": "noindex, nofollow",
        }
        # On every answer: TLS ends at the proxy, so whether a request came by it cannot be seen here.
        if settings.SECURE_HSTS_SECONDS:
            headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        for name, value in headers.items():
            response.setdefault(name, value)
        return response


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp, with the hash of the one inline element: the import map."""

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        parts.update = {**(parts.update or {}), "script-src": [f"'{importmap_hash()}'"]}
        return parts


class NothingIsLost:
    """When the disk is full or a paste is too large, what was typed comes back with a sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            _ = request.POST if request.method == "POST" else None
        except RequestDataTooBig:
            return kept_too_big(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and _cannot_store(error):
            logger.error("storage refused a write", extra={"request": request, "status_code": 507})
            return render_with_input(
                request,
                _("The server cannot save anything just now. What you wrote is still here. Try again in a while."),
                status=507,
            )
        return None


def kept_too_big(request: HttpRequest) -> HttpResponse:
    # Whatever draws the page reads what was sent, and would be refused a second time.
    request._post = QueryDict()  # type: ignore[attr-defined]
    request._files = MultiValueDict()  # type: ignore[attr-defined]
    return render_with_input(
        request,
        _("The text was too large to be received. Go back: it is still on the form. Shorten it and save again."),
        status=413,
    )


class Refusals:
    """`Refused` reaches the person as its sentence, with what they typed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render_with_input(request, str(error), status=409)
        return None


def _cannot_store(error: OperationalError) -> bool:
    message = str(error).lower()
    # By words: the two databases share no code for it. «Is locked» means that twenty seconds of waiting were too few.
    return any(
        sign in message for sign in ("disk is full", "disk i/o", "no space left", "readonly database", "is locked")
    )
