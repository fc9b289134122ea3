"""The child's own page: by the child, by whoever prepares with the child beside, and as the child lets it be seen."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from kudelma.core.errors import Refused
from kudelma.core.http import Request, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import may
from kudelma.matters.views.finding import find_of_matter
from kudelma.members.models import Member
from kudelma.members.views.finding import find_member
from kudelma.people.doors import for_everyone_in, for_participant
from kudelma.people.models import Role
from kudelma.preparation.actions.child import keep_child_page
from kudelma.preparation.forms.child import ChildForm
from kudelma.preparation.models import ChildPage
from kudelma.preparation.rules import KEPT_BY_CHILD


@for_participant(level=2)
@get_or_post
def own_child(request: Request) -> HttpResponse:
    """The child's own device. For somebody who is no child there is no such page."""
    members = Member.objects.visible_to(request.actor).filter(is_child=True)
    member = find_of_matter(request, members, rule="members.tell_own", seat=request.actor)
    form = _form(request, member)
    if form.is_valid() and saved_or_both(form, saving(keep_child_page, member, by=request.actor)):
        messages.success(request, SAVED)
        return redirect("desk:own")
    context = {"matter": member.matter, "member": member, "frame": "own.html", "is_own": True}
    return render_form(request, "preparation/child.html", context, form=form)


@get_or_post
def child(request: Request, pk: UUID) -> HttpResponse:
    """The same page on the device of whoever prepares, with the child beside, until the child keeps it."""
    member = find_member(request, pk, "matters.prepare")
    if not member.is_child:
        raise Http404
    pages = ChildPage.objects.filter(member=member)
    # Not an empty form: saved, it would meet the page that stands, and both would be shown.
    if pages.exists() and not pages.visible_to(request.actor).exists():
        if request.method == "POST":
            raise Refused(KEPT_BY_CHILD)
        return render(request, "preparation/child_kept.html", {"matter": member.matter, "member": member})
    form = _form(request, member)
    if form.is_valid() and saved_or_both(form, saving(keep_child_page, member, by=request.actor)):
        messages.success(request, SAVED)
        return redirect("preparation:show", pk=member.matter_id)
    context = {"matter": member.matter, "member": member, "frame": "base.html", "is_own": False}
    return render_form(request, "preparation/child.html", context, form=form)


@for_everyone_in(level=2)
@require_GET
def shown(request: Request, pk: UUID) -> HttpResponse:
    """What a child lets be shown: all of it to those who prepare and lead, otherwise words and pictures."""
    pages = ChildPage.objects.visible_to(request.actor).select_related("member")
    page = find_of_matter(request, pages, member=pk)
    context = {
        "matter": page.matter,
        "page": page,
        "member": page.member,
        "sees_all": may(request.actor, "preparation.read", page.matter),
        "is_own": request.actor.role == Role.PARTICIPANT,
        "frame": "own.html" if request.actor.role == Role.PARTICIPANT else "base.html",
    }
    return render(request, "preparation/child_shown.html", context)


def _form(request: Request, member: Member) -> ChildForm:
    existing = ChildPage.objects.visible_to(request.actor).filter(member=member).first() or ChildPage(version=0)
    initial = {name: getattr(existing, name) for name in ChildForm.base_fields}
    return ChildForm(request.POST or None, initial=initial | {"pictures": existing.pictures.split()})
