"""Find, may, record, for one person of a matter."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from kudelma.core.http import Request
from kudelma.matters.views.finding import through
from kudelma.members.models import Member


def find_member(request: Request, pk: UUID, rule: str | None = None) -> Member:
    """The member, if the actor may see this one (404) and do this (403); the reading recorded."""
    members = Member.objects.visible_to(request.actor).for_circle().select_related("matter__region", "seat")
    member = get_object_or_404(members, pk=pk)
    through(request, member.matter, rule)
    return member
