"""Consents and permits about one person, and what has been judged."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.http import Request, create_once, get_or_post, making, render_form
from kudelma.core.phrases import SAVED
from kudelma.core.rules import may
from kudelma.matters.views.finding import find_of_matter
from kudelma.members.actions import agreements as actions
from kudelma.members.forms.agreements import ConsentForm, JudgementForm
from kudelma.members.models import OPENS, Consent, Judgement, Member
from kudelma.members.views.finding import find_member


@require_GET
def agreements(request: Request, pk: UUID) -> HttpResponse:
    """What has been agreed about one person, each kind apart from the others."""
    member = find_member(request, pk, "matters.prepare")
    actor, today = request.actor, timezone.localdate()
    consents = Consent.objects.visible_to(actor).filter(member=member).select_related("by__account")
    return render(
        request,
        "members/agreements.html",
        {
            "matter": member.matter,
            "member": member,
            "consents": consents,
            "ending": set(consents.ending(today).values_list("pk", flat=True)),
            "today": today,
            "judgements": Judgement.objects.visible_to(actor).filter(member=member).order_by("-at"),
            # What is open is seen by all who prepare; who judged so and why, by the coordinator alone.
            "opens": _opens(member),
            "may_judge": may(actor, "members.judge", member.matter),
        },
    )


def _opens(member: Member) -> list[Any]:
    """What the standing judgement opens, as its form calls it."""
    return [JudgementForm.base_fields[f"opens_{part}"].label for part in OPENS if member.sees(part)]


@get_or_post
def new_consent(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "matters.prepare")
    form = ConsentForm(request.POST or None, initial={"given_on": timezone.localdate()})
    give = making(actions.give_consent, member, by=request.actor)
    if form.is_valid() and create_once(form, give):
        messages.success(request, SAVED)
        return redirect("members:agreements", pk=pk)
    return render_form(request, "members/new_consent.html", {"matter": member.matter, "member": member}, form=form)


@require_POST
def withdraw_consent(request: Request, pk: UUID) -> HttpResponse:
    consent = find_of_matter(request, Consent.objects.visible_to(request.actor), pk, "matters.prepare")
    actions.withdraw_consent(consent, by=request.actor, at=timezone.now())
    messages.success(request, SAVED)
    return redirect("members:agreements", pk=consent.member_id)


@get_or_post
def judgement(request: Request, pk: UUID) -> HttpResponse:
    """Write down a judgement. What the one before opened is ticked, so that it is changed knowingly."""
    member = find_member(request, pk, "members.judge")
    standing = Judgement.objects.visible_to(request.actor).filter(member=member).standing().first()
    initial: dict[str, Any] = {"kind": standing.kind if standing else ("limited" if member.is_limited else None)}
    initial |= {f"opens_{part}": standing is not None and part in standing.opened for part in OPENS}
    form = JudgementForm(request.POST or None, initial=initial)
    write = making(actions.judge, member, by=request.actor)
    if form.is_valid() and create_once(form, write):
        messages.success(request, SAVED)
        return redirect("members:agreements", pk=pk)
    return render_form(request, "members/judgement.html", {"matter": member.matter, "member": member}, form=form)


@require_POST
def limit(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "members.judge")
    actions.limit_right(member, by=request.actor, at=timezone.now())
    messages.success(request, SAVED)
    return redirect("members:agreements", pk=pk)


@require_POST
def lift_limit(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "members.judge")
    actions.lift_limit(member, by=request.actor, at=timezone.now())
    messages.success(request, SAVED)
    return redirect("members:agreements", pk=pk)
