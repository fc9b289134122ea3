"""What has been prepared so far, part by part, as the page lists it. Pure reading of what is already loaded."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.members.models import Member
from kudelma.preparation.models import Preparation


@dataclass(frozen=True)
class Part:
    """said: the people's own words. text: what is known otherwise. url: empty when it is not this seat's to change.

    language: of what was said, when it is another than the preparation is written in.
    """

    title: str
    said: str = ""
    language: str = ""
    text: str = ""
    url: str = ""

    @property
    def verb(self) -> str:
        if not self.url:
            return ""
        return _("Look and change") if self.said or self.text else _("Talk about this")


def parts(
    preparation: Preparation, members: list[Member], leads: list[dict[str, Any]], *, may_prepare: bool, may_pair: bool
) -> list[Part]:
    """The six questions of a well-prepared meeting, and what else is talked about before it.

    preparation: with its matter loaded. members: those who may be invited, in the order of speaking.
    Source of the six: seed 000 (a network meeting of good quality).
    """
    matter = preparation.matter

    def to(name: str, *more: str) -> str:
        return reverse(name, args=[matter.pk, *more]) if may_prepare else ""

    listed = [
        Part(_("Why think together?"), said=preparation.why_together, url=to("preparation:part", "why")),
        Part(_("What is it about?"), said=matter.topic, language=matter.written_in, url=to("members:topic")),
        Part(_("Whom to invite, and why each one?"), text=_names(members), url=to("members:people")),
        Part(_("Who invites, and how?"), said=preparation.inviting, url=to("preparation:part", "inviting")),
        Part(
            _("Who leads, and who writes?"),
            text=", ".join(f"{lead['name']} {lead['part']}" for lead in leads),
            url=reverse("pairing:pair", args=[matter.pk]) if may_pair else "",
        ),
        Part(_("Who would speak first?"), text=_order(members), url=to("preparation:speaking")),
        Part(
            _("Which ground rules do we agree on?"),
            said=preparation.ground_rules,
            url=to("preparation:part", "ground-rules"),
        ),
    ]
    # It names people and is a matter of safety: whoever only reads what was prepared does not see it.
    if may_prepare:
        not_invited = Part(
            _("Whom not to invite?"), said=preparation.not_invited, url=to("preparation:part", "not-invited")
        )
        listed.insert(3, not_invited)
    return listed


def _names(members: list[Member]) -> str:
    return ", ".join(member.name for member in members)


def _order(members: list[Member]) -> str:
    """Empty as long as nothing has been agreed about it."""
    if all(member.speaks is None for member in members):
        return ""
    speakers = _names([member for member in members if not member.only_listens])
    listeners = _names([member for member in members if member.only_listens])
    sentences = [speakers, _("only listening: {names}").format(names=listeners) if listeners else ""]
    return " · ".join(part for part in sentences if part)
