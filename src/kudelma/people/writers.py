"""What the messages of this room say: first sign-in, new password, code; and how a personal link is told."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from kudelma.people.actions.links import CODE_MINUTES, make_link, write_code
from kudelma.people.letters import Letter, contact, letter
from kudelma.people.models import Account, Channel, Seat, Way
from kudelma.people.sms import in_gsm


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
        by_sms=row.channel == Channel.SMS,
        is_second=row.channel == Channel.ADDRESS,
    )


def with_link(seat: Seat, text: str, *, short: str = "", link: bool = True) -> Letter | None:
    """`text` the way that this participant is reached, with a new personal link; None when by no message.

    short: the same for a text message. link: False when no way in may be opened any more.
    """
    way = contact(seat).way
    if not way:
        return None
    address = ""
    if link:
        token = make_link(seat, at=timezone.now(), way=way)
        address = settings.BASE_URL + reverse("people:link", args=[token])
    return personal(way, text, short=short, link=address)


def personal(way: str, text: str, *, short: str, link: str) -> Letter:
    """What a participant gets: `text` in a mail, or `short` in a text message, with the link below."""
    if way == Way.SMS:
        told = short or _("Hello. Your own page:")
        return Letter(subject=_("Message"), text=in_gsm(f"{told}\n{link}").strip(), by_sms=True)
    parts = [_("Hello"), text.strip()]
    if link:
        parts.append(_("Open your own page here:\n{link}\n\nThe link is only for you.").format(link=link))
    return Letter(subject=_("Message"), text="\n\n".join(part for part in parts if part))


def password_link(account: Account | None) -> str:
    if account is None:
        raise ValueError("only an account has a password")
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    path = reverse("people:password", args=[uid, default_token_generator.make_token(account)])
    return settings.BASE_URL + path
