"""May I, where those who lead are found? The sentence says why not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.phrases import IS_CLOSED
from kudelma.core.rules import rule
from kudelma.matters.rules import coordinates, is_accepted, is_open, prepares


@rule(_("This offer was made to somebody else."))
def was_asked(actor: Any, pairing: Any) -> bool:
    return pairing.seat_id == actor.pk


@rule(_("This has not been answered yet."))
def has_accepted(actor: Any, pairing: Any) -> bool:
    return pairing.is_accepted


@rule(IS_CLOSED)
def is_of_open(actor: Any, thing: Any) -> bool:
    return thing.matter.is_open


@rule(_("Two from outside lead this conversation."))
def is_chaired(actor: Any, matter: Any) -> bool:
    return matter.is_chaired


RULES = {
    "pairing.pair": coordinates & is_open & is_accepted,
    "pairing.propose_chair": prepares & is_open & is_chaired,
    "pairing.answer_offer": was_asked,
    "pairing.end": (coordinates | (was_asked & has_accepted)) & is_of_open,
    "pairing.tell": coordinates & is_of_open,
}
