"""How participants come in: a link, a code, the door of the room. And the way out, for everybody."""

import logging
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.db import not_waiting
from kudelma.core.errors import Refused
from kudelma.core.http import Request, clear_site_data, get_or_post, render_form
from kudelma.core.record import record_reading
from kudelma.people.actions import links, printed
from kudelma.people.doors import for_participant, public
from kudelma.people.forms import ChannelForm, DigitsForm, PrintedCodeForm
from kudelma.people.letters import contact
from kudelma.people.models import PersonalLink, Seat

logger = logging.getLogger("kudelma")


@public
@require_GET
def link_page(request: Request, token: str) -> HttpResponse:
    """Level 0. Shows nothing and changes nothing, whoever opens it."""
    link = _live(PersonalLink.objects.of_token(token))
    if link is None:
        return render(request, "people/link_too_late.html", status=410)
    _speak_as(request, link.seat)
    return render(request, "people/link.html", {"token": token})


@public
@require_POST
def come_in(request: Request) -> HttpResponse:
    """From the link to a session that knows the link and nothing else."""
    # Robots press this too: programs that check mail run scripts and push buttons. So it opens level 0 and no more.
    link = _live(PersonalLink.objects.of_token(request.POST.get("token", "")))
    if link is None:
        return render(request, "people/link_too_late.html", status=410)
    # Phones are shared: whoever was in on this one before is out, also somebody who works here.
    logout(request)
    request.session["participant"] = {"seat": str(link.seat_id), "link": str(link.pk)}
    return redirect("people:code")


@for_participant(level=0)
@get_or_post
def code(request: Request) -> HttpResponse:
    """Type the code; level 1 from here on."""
    if request.actor.level >= 1:
        return redirect("desk:own")
    form = DigitsForm(request.POST or None)
    if form.is_valid():
        try:
            links.use_code(request.actor.way_in, form.cleaned_data["code"], at=timezone.now())
        except Refused as wrong:
            form.add_error("code", str(wrong))
        else:
            _raise(request, code=True)
            return redirect("desk:own")
    return render_form(request, "people/code.html", {"sent": request.session.get("code sent")}, form=form)


@for_participant(level=0)
@get_or_post
def send_code(request: Request) -> HttpResponse:
    """Send a code another way than the link came. The ways are named, never the number or address."""
    ways = _ways(request)
    form = ChannelForm(request.POST or None, ways=ways)
    if form.is_valid():
        try:
            links.send_code(request.actor.way_in, channel=form.cleaned_data["channel"], at=timezone.now())
        except Refused as wrong:
            form.add_error(None, str(wrong))
        else:
            request.session["code sent"] = True
            return redirect("people:code")
    return render_form(request, "people/send_code.html", {"ways": ways, "region": request.actor.region}, form=form)


@public
@get_or_post
def room(request: Request) -> HttpResponse:
    """The door of the room: digits that somebody present has just given. Level 2 for this sitting."""
    form = DigitsForm(request.POST or None)
    if form.is_valid():
        # Asked first and counted only when wrong: those who sit in one room share an address.
        if not ratelimit.consume(request, action="room", dry_run=True):
            form.add_error("code", _("Too many tries. Wait ten minutes, or ask for help from those present."))
        else:
            try:
                admission = links.enter_room(form.cleaned_data["code"], at=timezone.now())
            except Refused as wrong:
                ratelimit.consume(request, action="room")
                form.add_error("code", str(wrong))
            else:
                _admit(request, admission)
                return redirect("desk:own")
    return render_form(request, "people/room.html", {}, form=form)


@public
@get_or_post
def letter(request: Request) -> HttpResponse:
    """The short address that stands in a printed letter: its ten characters open level 1."""
    form = PrintedCodeForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="letter", dry_run=True):
            form.add_error("code", _("Too many tries. Wait ten minutes, or call the number in the letter."))
        else:
            try:
                link = printed.use_printed_code(form.cleaned_data["code"], at=timezone.now())
            except Refused as wrong:
                ratelimit.consume(request, action="letter")
                form.add_error("code", str(wrong))
            else:
                logout(request)
                request.session["participant"] = {"seat": str(link.seat_id), "link": str(link.pk)}
                _raise(request, code=True)
                return redirect("desk:own")
    return render_form(request, "people/letter.html", {}, form=form)


@public
@require_GET
def closed(request: Request) -> HttpResponse:
    """Ends the session, for a link that must work without JavaScript and win over everything.

    When the database cannot write just now, the browser still forgets its session; without the cookies
    the session that is left is nobody's, and ends by itself.
    """
    try:
        with not_waiting():
            request.session.flush()
    except OperationalError:
        logger.warning("a session could not be removed; its browser has forgotten it")
        request.session = type(request.session)()
    return clear_site_data(request, render(request, "people/closed.html", {"today": timezone.localdate()}))


def _live(rows: Any) -> PersonalLink | None:
    return rows.live(timezone.localdate()).select_related("seat__region").first()


def _speak_as(request: Request, seat: Seat) -> None:
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(seat.spoken_language)


def _ways(request: Request) -> list[str]:
    """How a code can be sent: a way that is safe for this person, and not the way by which the link came."""
    seat = request.actor
    # Where this person is reached is sealed, and even a choice of ways opens it.
    record_reading("people:send-code", [seat.space], by=seat, at=timezone.now())
    return contact(seat).channels(seat.way_in.way) if seat.way_in else []


def _raise(request: Request, **proof: Any) -> None:
    # A new key each time: whoever knew the session before does not rise along with it.
    came = dict(request.session["participant"]) | proof
    request.session.cycle_key()
    request.session["participant"] = came


def _admit(request: Request, admission: Any) -> None:
    came = request.session.get("participant", {})
    # The same person keeps the link by which they came: to its level they fall back when the sitting ends.
    same = came.get("seat") == str(admission.seat_id)
    if not same:
        logout(request)
        came = {"seat": str(admission.seat_id)}
    request.session["participant"] = came
    _raise(request, admission=str(admission.pk))
