"""Ways to the forms by which people come in."""

from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from journeys.hands import totp
from kudelma.members.actions import people
from kudelma.people import forms as seats
from kudelma.people.actions import links, printed
from kudelma.people.models import Message, PersonalLink
from kudelma.people.sign_in import factor_secret
from kudelma.people.writers import password_link


@way_to(seats.NewSeatForm)
def new_seat(cast: factories.Cast) -> Ready:
    typed = {
        "name": "Sari Esimerkki", "address": "sari.esimerkki@example.org", "phone": "+358401234567", "role": "worker",
        "unit": str(cast.outsider.unit_id), "title": "luokanopettaja", "leads": "on", "language": "sv",
        "starts_on": timezone.localdate().isoformat(),
        "ends_on": (timezone.localdate() + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    return Ready(factories.sit(cast.administrator), reverse("people:new-seat"), typed)


@way_to(seats.SeatForm)
def seat(cast: factories.Cast) -> Ready:
    typed = {
        "unit": str(cast.outsider.unit_id), "title": "rehtori", "leads": "on",
        "ends_on": (timezone.localdate() + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    page = reverse("people:seat", args=[cast.outsider.pk])
    return Ready(factories.sit(cast.administrator), page, typed, other={"title": "kuraattori"})


@way_to(seats.SignInForm)
def sign_in(cast: factories.Cast) -> Ready:
    typed = {"login": cast.outsider.account.address, "password": "sana sana sana"}
    return Ready(Client(), reverse("account_login"), typed, is_public=True)


@way_to(seats.FactorForm)
def second_factor(cast: factories.Cast) -> Ready:
    secret = generate_totp_secret()
    TOTP.activate(cast.outsider.account, secret)
    client = _with_password(cast)
    typed = {"code": totp(secret, timezone.now().timestamp())}
    return Ready(client, reverse("mfa_authenticate"), typed, is_public=True)


@way_to(seats.ActivateFactorForm)
def new_factor(cast: factories.Cast) -> Ready:
    client = _with_password(cast)
    typed = {"code": totp(factor_secret(cast.outsider.account), timezone.now().timestamp())}
    return Ready(client, reverse("people:factor"), typed)


def _with_password(cast: factories.Cast) -> Client:
    """Somebody who has given a password, and nothing more yet."""
    client = Client()
    typed = {"login": cast.outsider.account.address, "password": "sana sana sana"}
    client.post(reverse("account_login"), typed, secure=True)
    return client


@way_to(seats.PasswordForm)
def password(cast: factories.Cast) -> Ready:
    page = password_link(cast.outsider.account).removeprefix("https://testserver")
    new = "uusi harmaa kissa puussa"
    return Ready(Client(), page, {"password1": new, "password2": new}, is_public=True)


@way_to(seats.ForgottenForm)
def forgotten(cast: factories.Cast) -> Ready:
    typed = {"address": cast.outsider.account.address}
    return Ready(Client(), reverse("people:forgotten"), typed, accepted=200, is_public=True)


@way_to(seats.DigitsForm)
def code(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    client = factories.sit(cast.mother.seat, 0)
    link = PersonalLink.objects.filter(seat=cast.mother.seat).latest("made_at")
    digits = links.read_code_aloud(link, by=cast.coordinator, at=cast.at())
    return Ready(client, reverse("people:code"), {"code": digits})


@way_to(seats.DigitsForm)
def room(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    digits = people.admit_member(cast.mother, reason="known", by=cast.lead, at=cast.at())
    return Ready(Client(), reverse("people:room"), {"code": f"{digits[:4]} {digits[4:]}"}, is_public=True)


@way_to(seats.PrintedCodeForm)
def printed_code(cast: factories.Cast) -> Ready:
    cast.to("invited")
    code = printed.print_code(
        cast.mother.seat, ends_at=cast.the_meeting().ends_at, by=cast.coordinator, at=cast.at()
    )  # fmt: skip
    return Ready(Client(), reverse("people:letter"), {"code": f"{code[:5]} {code[5:]}"}, is_public=True)


@way_to(seats.SeenToForm)
def seen_to(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    message = Message.objects.create(
        seat=cast.mother.seat, space=cast.matter.pk, kind="link", made_at=cast.at(), made_by=cast.coordinator.pk,
        way="mail", refused_at=cast.at(), trouble="no_such",
    )  # fmt: skip
    page, to = (
        reverse("members:people", args=[cast.matter.pk]),
        reverse("members:see-to", args=[message.pk]),
    )
    return Ready(factories.sit(cast.coordinator), page, {"how": "phoned"}, to=to)


@way_to(seats.ChannelForm)
def channel(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    return Ready(factories.sit(cast.mother.seat, 0), reverse("people:send-code"), {"channel": "address"})
