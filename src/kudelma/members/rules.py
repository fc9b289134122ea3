"""May I, of the people of a matter? The sentence says why not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.rules import rule
from kudelma.matters.rules import coordinates, is_open, leads, prepares


@rule(_("Once people have met, only those who lead the conversation let somebody in."))
def is_prepared(actor: Any, matter: Any) -> bool:
    return matter.is_before_meeting


@rule(_("Admission face to face is not in use in this region."))
def region_admits(actor: Any, matter: Any) -> bool:
    # Off until the region's controller has accepted it: where secrets are seen the law asks for strong identification,
    # or, for a weighty reason, for another way as safe (Act 306/2019).
    return matter.region.admits_face_to_face


ADDRESS_IS_PROTECTED = _("This address is protected. It is not written here: leave this empty.")
CALL_FIRST = _("Ring the number that was known before, and then tick this.")

RULES = {
    # What protects one person is for the coordinator alone: those who lead and the orderer sit with all the others.
    "members.see_contacts": coordinates & is_open,
    "members.see_safety": coordinates & is_open,
    "members.judge": coordinates & is_open,
    # Whose own it is, the query says: a participant finds no row but theirs to change.
    "members.tell_own": is_open,
    # Only the coordinator knows how somebody is reached safely.
    "members.send_link": coordinates & is_open,
    "members.admit": (leads | (prepares & is_prepared)) & is_open & region_admits,
    # Not the coordinator alone: whoever has rewritten a name is not the one to confirm it.
    "members.confirm_identity": (coordinates | leads) & is_open,
}
