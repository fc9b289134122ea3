"""The code that is printed in a letter: level 1 by what came in an envelope, until the meeting is over."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.record import record
from kudelma.core.sealed import look_up
from kudelma.live.actions.rights import taken_away
from kudelma.people.actions.links import CODE_TRIES, new_link
from kudelma.people.models import Code, CodeChannel, PersonalLink, Seat

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No two that look alike, and no vowels, so that no word is ever printed by chance."""
HALF = 5


@transaction.atomic
def print_code(seat: Seat, *, ends_at: datetime, by: Seat, at: datetime) -> str:
    """Ten characters to print in a letter to `seat`, until `ends_at`. The letter printed before dies.

    The link behind them has a secret that nobody is told, so the characters are the only way to it.
    """
    end_printed([seat], by=by, at=at)
    _token, link = new_link(seat, way="", at=at)
    characters = _characters()
    Code.objects.create(
        link=link, channel=CodeChannel.LETTER, digest=look_up("letter", characters), finder=_finder(characters),
        made_at=at, ends_at=ends_at,
    )  # fmt: skip
    record("people.print_code", by=by, at=at, space=seat.space)
    return characters


def use_printed_code(characters: str, *, at: datetime) -> PersonalLink:
    """The link that these characters open. Raises Refused for any others.

    The first half finds the code, so that wrong tries are counted for it: five, and it is dead, however
    many right ones were between them. A try is counted before it is compared, so that racing gains nothing.
    """
    on = timezone.localdate(at)
    open_ones = Code.objects.filter(
        Q(link__seat__ends_on=None) | Q(link__seat__ends_on__gte=on),
        channel=CodeChannel.LETTER, finder=_finder(characters), ends_at__gt=at, link__revoked_at=None,
        link__seat__ended_at=None,
    )  # fmt: skip
    for code in open_ones.select_related("link__seat"):
        counted = Code.objects.filter(pk=code.pk, tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
        if not counted or not constant_time_compare(code.digest, look_up("letter", characters)):
            continue
        with transaction.atomic():
            # Its own try back and no more: it opens the way again and again, and forgives no wrong one.
            Code.objects.filter(pk=code.pk).update(tries=F("tries") - 1, used_at=Coalesce("used_at", Value(at)))
            record("people.use_printed_code", by=code.link.seat, at=at, space=code.link.seat.space)
        return code.link
    raise Refused(_("That is not the code, or it does not work any more. Check it, or ask for a new letter."))


def end_printed(seats: list[Seat], *, by: Seat, at: datetime) -> None:
    """The letters that were printed for these seats open nothing any more."""
    printed = PersonalLink.objects.open().filter(seat__in=seats, codes__channel=CodeChannel.LETTER)
    PersonalLink.objects.filter(pk__in=list(printed.values_list("pk", flat=True))).update(
        revoked_at=at, revoked_by=by.pk
    )
    taken_away(*(seat.pk for seat in seats))


def keep_printed_until(ends_at: datetime, *, seats: list[Seat]) -> None:
    """The meeting has moved: its letters open the way until it is over."""
    Code.objects.filter(channel=CodeChannel.LETTER, link__seat__in=seats).update(ends_at=ends_at)


def _characters() -> str:
    """Ten at random whose first half is no other code's."""
    while True:
        characters = "".join(secrets.choice(ALPHABET) for _ in range(2 * HALF))
        if not Code.objects.filter(finder=_finder(characters)).exists():
            return characters


def _finder(characters: str) -> str:
    return look_up("letter-half", characters[:HALF])
