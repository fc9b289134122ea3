"""Which spots and ties of a circle a seat may see."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, Q

from kudelma.matters.access import led_by, prepared_by
from kudelma.matters.queries import OfMatterQuerySet
from kudelma.members.models import Member
from kudelma.members.queries import own_memberships


class SpotQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "SpotQuerySet":
        """The circle is for whoever prepares or leads; a participant at level 2 sees it as it was agreed.

        Agreed are the things of everyday life that are there, and of the people those who may be invited. Nobody
        else has it.
        """
        if actor.role in {"coordinator", "consultant"}:
            return super().visible_to(actor)
        if actor.role == "worker":
            return self.filter(prepared_by(actor) | led_by(actor))
        if actor.level < 2:
            return self.none()
        shown = Member.objects.visible_to(actor)
        spots = super().visible_to(actor).present().filter(Exists(own_memberships(actor).open_to("people")))
        return spots.filter(Q(member=None) | Q(member__in=shown))

    def present(self) -> "SpotQuerySet":
        return self.filter(removed_at=None)


class TieQuerySet(OfMatterQuerySet):
    def visible_to(self, actor: Any) -> "TieQuerySet":
        """Threads between two spots that are there and that the actor sees."""
        # A thread to somebody who is not agreed on yet would tell that they are there.
        seen = apps.get_model("circle", "Spot").objects.visible_to(actor).present()
        return self.filter(one__in=seen, other__in=seen)
