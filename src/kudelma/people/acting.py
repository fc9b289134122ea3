"""Which seat a request acts as, and how surely we know who it is; for pages and for streams alike."""

from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core import signing
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kudelma.core.sealed import look_up
from kudelma.people.models import Account, Admission, PersonalLink, Role, Seat
from kudelma.people.sign_in import FACTOR_DONE

IDLE_SECONDS = 30 * 60
SEEN_COOKIE = settings.SESSION_COOKIE_NAME + "-seen"


def acting_seat(request: Any) -> Seat | None:
    """The seat, with `level` and, for whoever came by a link, `way_in`; None when nobody is in, or was idle too long.

    request: anything with COOKIES; its session is opened when it has none.
    """
    if not hasattr(request, "session"):
        store = import_module(settings.SESSION_ENGINE).SessionStore
        request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    if not request.session.session_key or is_idle(request):
        return None
    now = timezone.now()
    return _participant(request, now) or _working_seat(request, now)


def acts_by(request: Any, seat: Seat) -> frozenset[UUID]:
    """Of whom a right may be taken away, so that `seat` is not who acts here any more."""
    return frozenset({seat.pk, request.session.mark} | ({seat.account_id} if seat.account_id else set()))


def acts_until(request: Any, seat: Seat) -> datetime:
    """When `seat` stops acting here, or acts at a lower level, by itself: unless a page is asked for meanwhile."""
    ends = [_seen_at(request) + timedelta(seconds=IDLE_SECONDS), request.session.ends_at, seat.admitted_until]
    if seat.ends_on:
        ends.append(timezone.make_aware(datetime.combine(seat.ends_on + timedelta(days=1), time.min)))
    return min(end for end in ends if end)


def is_idle(request: Any) -> bool:
    """Whether nothing was done with this session for half an hour.

    Kept in a signed cookie that is bound to the session, so that looking at a page writes nothing.
    """
    signer = signing.TimestampSigner(salt="seen")
    try:
        seen = signer.unsign(request.COOKIES.get(SEEN_COOKIE, ""), max_age=IDLE_SECONDS)
    except signing.BadSignature:
        return True
    return seen != _mark(request)


def _seen_at(request: Any) -> datetime:
    """When something was last done, of a cookie that `is_idle` has read."""
    stamp = request.COOKIES[SEEN_COOKIE].rsplit(":", 2)[1]
    return datetime.fromtimestamp(signing.b62_decode(stamp), UTC)


def mark_of(seat: Seat) -> str:
    """What a form says of the seat it was shown to. Tells nothing by itself."""
    return look_up("page", str(seat.pk))[:16]


def seen_now(request: Any) -> str:
    """The value of the cookie that `is_idle` reads."""
    return signing.TimestampSigner(salt="seen").sign(_mark(request))


def _mark(request: Any) -> str:
    return look_up("seen", request.session.session_key or "")[:16]


def _participant(request: Any, now: datetime) -> Seat | None:
    """The participant that this session came in as, by a link or face to face, at the level that still holds."""
    came = request.session.get("participant")
    if not came:
        return None
    admission = Admission.objects.holding(now).filter(pk=came.get("admission"), seat=OuterRef("pk")).values("ends_at")
    # By role too: a working seat that got here would pass by its password and second factor.
    seats = Seat.objects.select_related("region").filter(role__in=[Role.PARTICIPANT, Role.GUEST])
    seat = seats.annotate(sitting_until=Subquery(admission)).filter(pk=UUID(came["seat"])).first()
    if seat is None or not seat.is_current(timezone.localdate(now)):
        return None
    seat.admitted_until = seat.sitting_until
    if came.get("link"):
        # Looked up each time: whoever came by a link that has been revoked since is out at the next press.
        seat.way_in = PersonalLink.objects.open().filter(pk=UUID(came["link"]), seat=seat).first()
        if seat.way_in is None:
            return None
    # Whoever was let in without a link has nothing to fall back to when the sitting is over.
    if not seat.admitted_until and seat.way_in is None:
        return None
    seat.level = _level(seat, came)
    return seat


def _level(seat: Any, came: dict[str, Any]) -> int:
    """What the way in has shown. Who a guest is, nobody asks: what they may do ends where they are one."""
    if seat.role == Role.PARTICIPANT and (seat.admitted_until or came.get("identity")):
        return 2
    return 1 if came.get("code") else 0


def _working_seat(request: Any, now: datetime) -> Seat | None:
    """The seat that was chosen, with its account: one query for both, so that each page asks one less."""
    chosen = request.session.get("seat")
    if not chosen or not request.session.get(FACTOR_DONE):
        return None
    seats = Seat.objects.current(timezone.localdate(now)).select_related("account", "region", "unit")
    seat = seats.filter(pk=UUID(chosen), account=request.session.get(SESSION_KEY)).first()
    # By hand, since the session ends with a changed password only where Django looks at it.
    if seat is None or seat.account is None or not _is_signed_in(request, seat.account):
        return None
    request._cached_user = seat.account  # where Django's own middleware looks first
    seat.level = 2
    return seat


def _is_signed_in(request: Any, account: Account) -> bool:
    """What `django.contrib.auth.get_user` asks of a session: the password has not changed since."""
    kept = request.session.get(HASH_SESSION_KEY, "")
    return account.is_active and constant_time_compare(kept, account.get_session_auth_hash())
