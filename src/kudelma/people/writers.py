"""What the messages of this room say: first sign-in, new password, code."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from kudelma.people.actions.links import CODE_MINUTES, write_code
from kudelma.people.letters import Letter, letter
from kudelma.people.models import Account, CodeChannel, Seat


@letter("first-sign-in")
def first_sign_in(seat: Seat, about: Any) -> Letter:
    return Letter(
        subject=_("Your way in"),
        text=_(
            "Hello\n\nA place has been made for you in Kudelma. Choose a password here:\n{link}\n\n"
            "The link works for three days. At the first sign-in you also need an authenticator app "
            "on your phone.\n\nIf you did not expect this message, you need not do anything."
        ).format(link=password_link(seat.account)),
    )


@letter("another-coordinator")
def another_coordinator(seat: Seat, about: Any) -> Letter:
    return Letter(
        subject=_("A new coordinator"),
        text=_(
            "Hello\n\nSomebody has been given a coordinator's seat in your region: they see every matter in it. "
            "If you did not know of this, call the administrator of your region today."
        ),
    )


@letter("new-password")
def new_password(seat: Seat, about: Any) -> Letter:
    return Letter(
        subject=_("A new password"),
        text=_(
            "Hello\n\nA new password was asked for with this address. Choose it here:\n{link}\n\n"
            "The link works for three days. If you did not ask for it, you need not do anything."
        ).format(link=password_link(seat.account)),
    )


@letter("code")
def code(seat: Seat, about: Any) -> Letter:
    row, digits = write_code(about, at=timezone.now())
    return Letter(
        subject=_("Code"),
        text=_("Code: {digits}\nIt works for {minutes} minutes.").format(digits=digits, minutes=CODE_MINUTES),
        by_sms=row.channel == CodeChannel.SMS,
        is_second=row.channel == CodeChannel.ADDRESS,
    )


def password_link(account: Account | None) -> str:
    if account is None:
        raise ValueError("only an account has a password")
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    path = reverse("people:password", args=[uid, default_token_generator.make_token(account)])
    return settings.BASE_URL + path
