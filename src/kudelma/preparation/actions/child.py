"""The child's own page: kept as the child says, beside an adult whom the child trusts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused
from kudelma.core.inputs import columns
from kudelma.core.languages import current_language
from kudelma.core.record import record
from kudelma.matters.actions.keeping import keep_one
from kudelma.matters.actions.steps import must_be_open
from kudelma.members.models import Member
from kudelma.people.models import Seat
from kudelma.preparation.inputs.child import ChildSaid
from kudelma.preparation.models import ChildPage
from kudelma.preparation.rules import KEPT_BY_CHILD


@transaction.atomic
def keep_child_page(member: Member, *, version: int, values: ChildSaid, by: Seat, at: datetime) -> None:
    """Save the child's page.

    Raises Refused without an adult beside the child, and for anybody but the child once the child keeps
    the page to themselves; Stale when somebody saved another version first.
    """
    must_be_open(member.matter)
    if not member.is_child:
        raise Refused(_("This person has no child's page."))
    if not values.beside:
        raise Refused(_("Write first which adult is beside the child."))
    # Asked of the row as it stands now, for the child may have closed the page since it was opened here; and before
    # saving, for a stale form is shown both texts, and so what the child keeps.
    is_own = member.seat is not None and member.seat.pk == by.pk
    if not is_own and ChildPage.objects.filter(member=member, shown_to="me").exists():
        raise Refused(KEPT_BY_CHILD)
    along = {"by": by, "at": at, "written_in": current_language()}
    keep_one(ChildPage, version=version, values=columns(values), along=along, matter=member.matter, member=member)
    record("preparation.keep_child_page", by=by, at=at, space=member.matter_id)
