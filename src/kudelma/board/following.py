"""Who may follow a board by stream, and how far it is: the same seat and the same rules as for its page."""

from types import SimpleNamespace
from uuid import UUID

from django.db import close_old_connections

from kudelma.board.models import Board
from kudelma.core.rules import may
from kudelma.live.streams import LOOK
from kudelma.people.acting import acting_seat


@LOOK
def newest(cookies: dict[str, str], board: UUID) -> int | None:
    """The board's number of operations, or None when the seat of these cookies may not follow it."""
    # This thread serves no request, so nobody else looks whether its connection still stands.
    close_old_connections()
    actor = acting_seat(SimpleNamespace(COOKIES=cookies, META={}))
    if actor is None:
        return None
    followed = Board.objects.visible_to(actor).with_number().filter(pk=board).select_related("matter").first()
    if followed is None or not may(actor, "board.read", followed.matter):
        return None
    return followed.number
