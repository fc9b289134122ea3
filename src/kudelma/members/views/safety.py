"""Safety, asked of each person alone: by themselves, or in a call with the coordinator."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kudelma.core.http import Request, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.matters.views.finding import find_of_matter
from kudelma.members.actions import safety as actions
from kudelma.members.forms.own import ChangeSafetyForm, SafetyFields, SafetyForm
from kudelma.members.models import Member, Safety
from kudelma.members.views.finding import find_member
from kudelma.people.doors import for_participant


@for_participant(level=1)
@get_or_post
def own_safety(request: Request) -> HttpResponse:
    """The person's own answer. Who is not known for sure may tell, and never sees what was told before."""
    member = find_of_matter(
        request, Member.objects.visible_to(request.actor), rule="members.tell_own", seat=request.actor
    )
    at = timezone.now()
    form: SafetyForm | ChangeSafetyForm
    # Link and code can be in the hands of whoever shares the telephone: by them nothing is shown again.
    sees_answers = request.actor.level >= 2
    if not sees_answers:
        form = SafetyForm(request.POST or None)
        is_saved = form.is_valid()
        if is_saved:
            actions.add_safety(member, values=form.value(), by=request.actor, at=at)
    else:
        form = _as_it_stands(request, member)
        is_saved = form.is_valid() and saved_or_both(
            form, partial(actions.tell_safety, member, by=request.actor, at=at)
        )
    if is_saved:
        messages.success(request, SAVED)
        return redirect("members:own-safety")
    context = {"matter": member.matter, "member": member, "sees_answers": sees_answers}
    return render_form(request, "members/own_safety.html", context, form=form)


@get_or_post
def safety(request: Request, pk: UUID) -> HttpResponse:
    """What the person has told, for the coordinator; or what they tell now, in a call."""
    member = find_member(request, pk, "members.see_safety")
    form = _as_it_stands(request, member)
    save = saving(actions.tell_safety, member, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("members:people", pk=member.matter_id)
    return render_form(request, "members/safety.html", {"matter": member.matter, "member": member}, form=form)


def _as_it_stands(request: Request, member: Member) -> ChangeSafetyForm:
    existing = Safety.objects.visible_to(request.actor).filter(member=member).first() or Safety(version=0)
    names = [*SafetyFields.base_fields, "version"]
    return ChangeSafetyForm(request.POST or None, initial={name: getattr(existing, name) for name in names})
