"""The address of a stream, for templates; how an outbox sends, and what it is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse

from kudelma.live.actions.ledger import OutOfOrder, UnknownProtocol
from kudelma.live.inputs import Device, Sent

OUT_OF_ORDER = 412
"""Precondition failed: the outbox begins to count anew, under another name, and sends once more."""
UNKNOWN_PROTOCOL = 400
LARGEST = 2**31 - 1
"""The most that an integer column of PostgreSQL holds."""


def stream(request: HttpRequest, target: UUID) -> HttpResponse:
    # Streams are answered by the event loop, before pages are asked.
    raise Http404


def for_outbox(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose forms an outbox sends, too: it is answered in statuses, which are no sentence for a person."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OutOfOrder as wrong:
            return HttpResponse(
                status=OUT_OF_ORDER, headers={"Device-Number": str(wrong.expected)}, content_type="text/plain"
            )
        except UnknownProtocol:
            return HttpResponse(status=UNKNOWN_PROTOCOL, content_type="text/plain")

    return answered


def sent(request: HttpRequest) -> Sent:
    """What a form says of its own way here. What it does not say, or not readably, is a press without a script."""
    post = request.POST
    # A page that was open across an update may post no key: then it gets one here.
    key = _uuid(post.get("idempotency_key", "")) or uuid4()
    device, number = _uuid(post.get("device", "")), _number(post.get("device_number", ""))
    if device is None or number is None:
        return Sent(key)
    return Sent(key, Device(device, number, _number(post.get("protocol", "")) or 0))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    # By its length first: Python refuses to read a number of thousands of digits.
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST)) else 0
    return number if 0 < number <= LARGEST else None
