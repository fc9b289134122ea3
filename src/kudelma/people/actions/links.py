"""Personal links and codes: how a participant's seat is reached, one level at a time."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.record import record
from kudelma.core.sealed import look_up
from kudelma.live.actions.rights import taken_away
from kudelma.people.actions.messages import send
from kudelma.people.models import Admission, Code, CodeChannel, DeliveryChannel, Message, PersonalLink, Role, Seat

# ASVS 5.0, V6.5.5: a code that comes another way than its link lives ten minutes at most.
CODE_MINUTES = 10
CODE_TRIES = 5
# A robot that opens the link may press the button for a code too: so many in an hour do no harm.
CODES_AN_HOUR = 3
ROOM_CODE_MINUTES = 10
SITTING_HOURS = 5


def make_link(seat: Seat, *, at: datetime, way: str = DeliveryChannel.MAIL) -> str:
    """A new way to a participant's seat: the secret, which is told once and kept as a hash only."""
    token, _link = new_link(seat, way=way, at=at)
    return token


@transaction.atomic
def revoke_links(seat: Seat, *, by: Seat, at: datetime) -> None:
    """Close every way to `seat` that is open now, also one that is still on its way, and whoever came in by one."""
    PersonalLink.objects.filter(seat=seat, revoked_at=None).update(revoked_at=at, revoked_by=by.pk)
    Admission.objects.filter(seat=seat, ended_at=None).update(ended_at=at)
    # A message that waits would open a new way in when it leaves.
    Message.objects.waiting().filter(seat=seat).delete()
    taken_away(seat.pk)
    record("people.revoke_links", by=by, at=at, space=seat.space)


@transaction.atomic
def send_code(link: PersonalLink, *, channel: str, at: datetime) -> None:
    """Send six digits another way than the link came. Raises Refused beyond three in an hour."""
    _make_room(link, at)
    code = _new_code(link, channel=channel, at=at)
    send("code", to=link.seat, by=link.seat, at=at, about=code.pk)


@transaction.atomic
def read_code_aloud(link: PersonalLink, *, by: Seat, at: datetime) -> str:
    """Six digits that the coordinator reads to the person by telephone, to the number known before."""
    digits = _digits()
    _keep_code(link, digits, channel=CodeChannel.ALOUD, at=at)
    record("people.read_code_aloud", by=by, at=at, space=link.seat.space)
    return digits


def write_code(code_id: UUID, *, at: datetime) -> tuple[Code, str]:
    """Digits for a code whose message leaves now. Made here, so that they are never kept anywhere."""
    code = Code.objects.select_related("link").get(pk=code_id)
    digits = _digits()
    Code.objects.filter(pk=code.pk).update(
        digest=_digest(code.link_id, digits), ends_at=at + timedelta(minutes=CODE_MINUTES)
    )
    return code, digits


def use_code(link: PersonalLink, digits: str, *, at: datetime) -> None:
    """Accept `digits` once. A guess is counted before it is compared, so that racing gains nothing.

    Raises Refused with the sentence that says what is wrong.
    """
    # One without a digest waits for its message: its digits are made when that leaves.
    for code in Code.objects.filter(link=link, finder="", used_at=None, ends_at__gt=at).exclude(digest=""):
        # Outside any transaction: a refusal that rolls back would give the wrong guess back as well.
        counted = Code.objects.filter(pk=code.pk, tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
        if not counted or not constant_time_compare(code.digest, _digest(link.pk, digits)):
            continue
        with transaction.atomic():
            if Code.objects.filter(pk=code.pk, used_at=None, ends_at__gt=at).update(used_at=at):
                record("people.use_code", by=link.seat, at=at, space=link.seat.space)
                return
    raise Refused(_("That is not the code, or it is too old. Check it, or ask for a new one."))


@transaction.atomic
def admit(seat: Seat, *, reason: str, by: Seat, at: datetime) -> str:
    """Let a participant in face to face. Eight digits to type on the device in their hand, once.

    The caller has asked the rule. Returns the digits; only their hash is kept.
    """
    _must_be_of(seat, Role.PARTICIPANT)
    digits = f"{secrets.randbelow(10**8):08}"
    Admission.objects.create(
        seat=seat, by=by, reason=reason, digest=look_up("admission", digits), made_at=at,
        code_ends_at=at + timedelta(minutes=ROOM_CODE_MINUTES), ends_at=at + timedelta(hours=SITTING_HOURS),
    )  # fmt: skip
    record("people.admit", by=by, at=at, space=seat.space)
    return digits


def enter_room(digits: str, *, at: datetime) -> Admission:
    """The admission that these digits open, used now and never again. Raises Refused for any other digits."""
    admission = Admission.objects.filter(digest=look_up("admission", digits)).select_related("seat").first()
    with transaction.atomic():
        if admission and Admission.objects.filter(
            pk=admission.pk, used_at=None, ended_at=None, code_ends_at__gt=at, seat__ended_at=None
        ).update(used_at=at):
            record("people.enter_room", by=admission.seat, at=at, space=admission.seat.space)
            admission.used_at = at
            return admission
    raise Refused(_("That is not the code, or it is too old. Ask for a new one from the person who gave it."))


def new_link(seat: Seat, *, way: str, at: datetime) -> tuple[str, PersonalLink]:
    """The secret of a new way to a participant's or a guest's seat, and the link itself."""
    _must_be_of(seat, Role.PARTICIPANT, Role.GUEST)
    # 256 random bits are not guessed from their hash, so a fast one is enough; it is found by it.
    token = secrets.token_urlsafe(32)
    digest = sha256(token.encode()).hexdigest()
    return token, PersonalLink.objects.create(seat=seat, digest=digest, way=way, made_at=at)


def _must_be_of(seat: Seat, *roles: Role) -> None:
    """Whoever works here signs in with a second factor. No link or digits may ever stand in for that."""
    if seat.role not in roles:
        raise ValueError(f"only the seat of a {' or a '.join(roles)} is reached like this")


def _make_room(link: PersonalLink, at: datetime) -> None:
    # Counted for the seat and not for the link: a new link would open three more.
    # A code that a person reads out or prints sends no message, and uses up none of the three.
    recent = Code.objects.filter(link__seat=link.seat_id, made_at__gt=at - timedelta(hours=1)).exclude(
        channel__in=[CodeChannel.ALOUD, CodeChannel.LETTER]
    )
    if recent.count() >= CODES_AN_HOUR:
        raise Refused(_("Three codes have been sent within an hour. Wait a while, or ask us to call you."))


def _new_code(link: PersonalLink, *, channel: str, at: datetime) -> Code:
    return Code.objects.create(
        link=link, channel=channel, digest="", made_at=at, ends_at=at + timedelta(minutes=CODE_MINUTES)
    )


def _keep_code(link: PersonalLink, digits: str, *, channel: str, at: datetime) -> None:
    code = _new_code(link, channel=channel, at=at)
    Code.objects.filter(pk=code.pk).update(digest=_digest(link.pk, digits))


def _digits() -> str:
    return f"{secrets.randbelow(10**6):06}"


def _digest(link: UUID, digits: str) -> str:
    # Keyed, for whoever has a copy of the table tries out six digits against a plain hash in a moment.
    # With the link in it, so that no code opens another's way.
    return look_up("code", f"{link}:{digits}")
