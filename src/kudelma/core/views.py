"""Pages that belong to no room: errors, the kept page, languages, the component gallery."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.core.errors import Forbidden
from kudelma.core.news import language_chosen
from kudelma.core.templatetags.ui import PAGE_OF

# What proves who somebody is does not come back on a page that the next person may see.
MADE_HERE = re.compile("[0-9a-f:-]+")
"""Ids, which nobody has typed and nobody reads."""
NEVER_SHOWN_AGAIN = {"csrfmiddlewaretoken", "password", "password1", "password2", "code", "token"}


def render_with_input(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """One sentence, and everything that was typed, ready to be sent again."""
    fields = [
        {"name": name, "value": value, "long": (len(value) > 60 and not MADE_HERE.fullmatch(value)) or "\n" in value}
        for name, values in request.POST.lists()
        # The mark stays where nobody is signed in: it still tells whose words these are when somebody is.
        if name not in NEVER_SHOWN_AGAIN and not (name == PAGE_OF and getattr(request, "actor", None))
        for value in map(str, values)
    ]
    typed = any(field["long"] or " " in str(field["value"]) for field in fields)
    return render(
        request, "kept.html", {"sentence": sentence, "fields": fields, "typed": typed, "status": status}, status=status
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What was typed on our own page comes back. What another site sent is never offered again."""
    if not _is_from_here(request):
        return render(request, "403.html", {"sentence": _("This form did not come from our own page.")}, status=403)
    return render_with_input(
        request, _("This page had been open so long that we must make sure it is you. Send it once more."), status=403
    )


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this. What says nothing is not trusted."""
    origin = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return f"{origin.scheme}://{origin.netloc}" in {settings.BASE_URL, f"{request.scheme}://{request.get_host()}"}


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from here on. The choice stays in this browser; a seat may keep it too."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        language_chosen.tell(request, chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Why not; and when something was typed, that too: a matter may have been closed meanwhile."""
    if request.method == "POST" and isinstance(exception, Forbidden):
        return render_with_input(request, str(exception), status=403)
    return render(request, "403.html", {"sentence": getattr(exception, "sentence", "")}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """A calm page with a reference number, which the log line of the same moment holds too."""
    request.reference = uuid4().hex[:8]  # type: ignore[attr-defined]
    return render(request, "500.html", {"reference": request.reference}, status=500)  # type: ignore[attr-defined]
