"""Who may follow a board by stream, and how far it is: the same seat and the same rules as for its page."""

from types import SimpleNamespace
from uuid import UUID

from kudelma.board.models import Board
from kudelma.core.rules import may
from kudelma.live.following import FOLLOW, Followed
from kudelma.people.acting import acting_seat, acts_by, acts_until


@FOLLOW
def followed(cookies: dict[str, str], board: UUID) -> Followed | None:
    """What lets the seat of these cookies follow the board, or None when it may not."""
    request = SimpleNamespace(COOKIES=cookies, META={})
    actor = acting_seat(request)
    if actor is None:
        return None
    shown = Board.objects.visible_to(actor).filter(pk=board).select_related("matter").first()
    if shown is None or not may(actor, "board.read", shown.matter):
        return None
    until = acts_until(request, actor)
    if shown.matter.leads_until:
        until = min(until, shown.matter.leads_until)
    return Followed(hangs_on=acts_by(request, actor) | {shown.matter_id}, until=until)
