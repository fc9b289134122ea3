"""Find, may, record, for what belongs to a meeting."""

from uuid import UUID

from kudelma.core.http import Request
from kudelma.matters.views.finding import find_of_matter
from kudelma.meetings.models import Invitation


def find_invitation(request: Request, pk: UUID) -> Invitation:
    rows = Invitation.objects.visible_to(request.actor).for_page().select_related("meeting", "member__matter__region")
    invitation: Invitation = find_of_matter(request, rows, pk, "meetings.arrange")
    return invitation
