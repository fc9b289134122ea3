"""What goes to a participant, whose name no message tells: a few neutral words and a personal link."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.people.actions.links import make_link
from kudelma.people.letters import Letter, contact
from kudelma.people.models import DeliveryChannel, Seat
from kudelma.people.sms import in_gsm


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
    if way == DeliveryChannel.SMS:
        greeting = short or _("Hello. Your own page:")
        return Letter(subject=_("Message"), text=in_gsm(f"{greeting}\n{link}").strip(), by_sms=True)
    parts = [_("Hello"), text.strip()]
    if link:
        parts.append(_("Open your own page here:\n{link}\n\nThe link is only for you.").format(link=link))
    return Letter(subject=_("Message"), text="\n\n".join(part for part in parts if part))
