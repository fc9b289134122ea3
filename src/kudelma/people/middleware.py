"""Sets which seat acts, and asks at the door of each view. A page that is not for them is not shown."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kudelma.core.templatetags.ui import PAGE_OF
from kudelma.core.views import render_with_input
from kudelma.people.acting import SEEN_COOKIE, acting_seat, is_idle, mark_of, seen_now
from kudelma.people.models import Role
from kudelma.people.sign_in import FACTOR_DONE


class ActingSeat:
    """Sets `request.actor` (a seat or None) and `request.level`; sends those away who are not for a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.idle = bool(request.session.session_key) and is_idle(request)
        request.actor = acting_seat(request)
        request.level = request.actor.level if request.actor else 0
        # What was chosen in this browser wins over what the seat speaks otherwise.
        if request.actor and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.actor.spoken_language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        _mark_seen(request, response)
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        admits = getattr(view, "admits", "seat")
        actor = request.actor
        if admits == "public":
            return None
        if actor is None:
            return _not_in(request, admits)
        # On a shared phone an old page must not speak for the next person.
        if any(mark != mark_of(actor) for mark in request.POST.getlist(PAGE_OF)):
            return _of_somebody_else(request)
        if actor.works and admits in {"seat", "account", "any seat"}:
            return None
        if actor.role != Role.PARTICIPANT or admits not in {"participant", "any seat"}:
            # Not a refusal: whoever a page is not for is not told that there is one.
            raise Http404
        return _raise_level(request) if actor.level < view.level else None


def _not_in(request: Any, admits: str) -> HttpResponse | None:
    """What somebody gets who is not in (any more). What they typed is given back to them."""
    in_by_password = request.user.is_authenticated and not request.idle
    if admits == "account" and in_by_password:
        return None
    if request.method == "POST":
        sentence = (
            _("You were signed out because nothing happened for half an hour. Sign in and send this again.")
            if request.idle
            else _("You are not signed in any more. What you wrote is still here. Sign in and send it again.")
        )
        return render_with_input(request, sentence, status=401)
    # Participants have no account: the sign-in of those who work here would lead them nowhere.
    if admits in {"participant", "any seat"} and not in_by_password:
        return render(request, "people/ended.html", status=403)
    if in_by_password:
        to = "people:seats" if request.session.get(FACTOR_DONE) else "people:factor"
        return HttpResponseRedirect(reverse(to))
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


def _of_somebody_else(request: Any) -> HttpResponse:
    """A page that was opened by another seat. The words of one person are not shown to the next."""
    if not request.actor.works:
        return render(request, "people/not_yours.html", status=409)
    sentence = _(
        "You have changed seats since you opened this page. If you send it again, it goes from the seat you have now."
    )
    return render_with_input(request, sentence, status=409)


def _raise_level(request: Any) -> HttpResponse:
    if request.method == "GET" and request.actor.level == 0:
        return HttpResponseRedirect(reverse("people:code"))
    return render(request, "people/raise.html", status=403)


def _mark_seen(request: Any, response: HttpResponse) -> None:
    if request.session.modified and not request.session.session_key and not request.session.is_empty():
        request.session.save()  # a new session needs its key before the cookie can be bound to it
    if not request.session.session_key or request.session.is_empty():
        return
    # The browser forgets it and the row ends by itself: looking at a page writes nothing.
    if request.idle and not request.session.modified:
        response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
        response.delete_cookie(SEEN_COOKIE, samesite="Lax")
        return
    response.set_cookie(
        SEEN_COOKIE, seen_now(request), secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
