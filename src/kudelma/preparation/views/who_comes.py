"""Who comes, as a participant is told, and the three lines by which professionals introduce themselves."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kudelma.core.http import Request
from kudelma.matters.access import is_over
from kudelma.matters.models import Matter
from kudelma.matters.views.finding import find_matter
from kudelma.members.models import Member
from kudelma.members.views.people import by_side
from kudelma.pairing.leading import leading
from kudelma.people.doors import for_participant
from kudelma.preparation.models import ChildPage, Introduction


@dataclass(frozen=True)
class Group:
    """Some of the people of a matter, under what is so of them."""

    title: str
    members: list[Member]


def groups(members: list[Member], *, is_open: bool, is_over: bool) -> list[Group]:
    """Who comes; once people have met who was there, and who had been invited too; without a meeting who was invited.

    members: once people have met, each knows whether they were there.
    """
    if not is_over:
        return [Group(_("Who comes along") if is_open else _("Who was invited"), members)]
    there = [member for member in members if member.was_there]  # type: ignore[attr-defined]
    others = [member for member in members if not member.was_there]  # type: ignore[attr-defined]
    every = [Group(_("Who was along"), there), Group(_("Also invited") if there else _("Who was invited"), others)]
    return [group for group in every if group.members]


@for_participant(level=2)
@require_GET
def who_comes(request: Request) -> HttpResponse:
    """For a participant: who comes, or was along, the pair included."""
    matter = find_matter(request, request.actor.space)  # type: ignore[arg-type]
    rows = Member.objects.visible_to(request.actor).filter(matter=matter).for_circle()
    over = is_over(matter)
    members = list(rows.with_attendance() if over else rows)
    own = next(member for member in members if member.seat_id == request.actor.pk)
    # Those who lead come too: with a right that is closed for who comes, they are not told either.
    leads = leading(matter) if own.sees("people") else []
    introduce(matter, request.actor, members, leads)
    shown = ChildPage.objects.visible_to(request.actor).filter(matter=matter).exclude(member=own)
    return render(
        request,
        "preparation/who_comes.html",
        {
            "matter": matter,
            "groups": [
                (group.title, by_side(group.members)) for group in groups(members, is_open=matter.is_open, is_over=over)
            ],
            "is_over": over,
            "leads": leads,
            "child_pages": set(shown.values_list("member", flat=True)),
        },
    )


def introduce(matter: Matter, actor: Any, members: list[Member], leads: list[dict[str, Any]]) -> None:
    """Put the three lines of each professional who comes beside their name, where the actor may see them."""
    if not (members or leads):
        return
    introductions = Introduction.objects.visible_to(actor).filter(matter=matter).of_those_who_come()
    by_seat = {introduction.seat_id: introduction for introduction in introductions}
    for member in members:
        member.introduction = by_seat.get(member.seat_id)  # type: ignore[attr-defined]
    for lead in leads:
        lead["introduction"] = by_seat.get(lead["seat"])
