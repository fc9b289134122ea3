"""Whom the people want along: handed up to the spine."""

from typing import Any

from django.db.models import QuerySet

from kudelma.matters.access import INVITED
from kudelma.members.models import Member


@INVITED
def invited(actor: Any) -> QuerySet:
    members = Member.objects.filter(seat=actor.pk).with_permission()
    # Who works here is never limited: a right is limited of those who come by a link, or face to face.
    return (members.judged() if actor.role == "participant" else members).values("matter")
