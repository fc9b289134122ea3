"""What helps somebody to take part: told by themselves, or asked by whoever prepares."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from kudelma.core.http import Request, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.matters.views.finding import find_of_matter
from kudelma.members.actions.people import change_needs
from kudelma.members.forms.own import NeedsForm
from kudelma.members.models import Member
from kudelma.members.views.finding import find_member
from kudelma.people.doors import for_participant


@for_participant(level=1)
@get_or_post
def own_needs(request: Request) -> HttpResponse:
    member = find_of_matter(
        request, Member.objects.visible_to(request.actor), rule="members.tell_own", seat=request.actor
    )
    return _needs(request, member, "members/own_needs.html", to="desk:own")


@get_or_post
def needs(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "matters.prepare")
    return _needs(request, member, "members/needs.html", to="preparation:show", pk=member.matter_id)


def _needs(request: Request, member: Member, template: str, *, to: str, **where: Any) -> HttpResponse:
    form = NeedsForm(request.POST or None, initial={name: getattr(member, name) for name in NeedsForm.base_fields})
    save = saving(change_needs, member, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect(to, **where)
    return render_form(request, template, {"matter": member.matter, "member": member}, form=form)
