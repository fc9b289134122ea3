"""A participant identifies strongly; the coordinator judges when the names do not tell."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.core.http import Request, get_or_post
from kudelma.core.record import record_reading
from kudelma.members.actions.identity import judge_identity, meet
from kudelma.members.models import Member
from kudelma.members.views.finding import find_member
from kudelma.people import identity
from kudelma.people.doors import for_participant


@for_participant(level=1)
@require_POST
def begin(request: Request) -> HttpResponse:
    """To the issuer, by a page that goes there by itself and has a link for those where it does not."""
    if not identity.is_possible():
        raise Http404
    try:
        address = identity.sent_to(request)
    except identity.NotIdentified:
        return render(request, "members/not_identified.html", status=503)
    # A page and no redirect: after a form, our policy lets some browsers follow none to another site.
    return render(request, "members/to_issuer.html", {"address": address})


@for_participant(level=1)
@get_or_post
def come_back(request: Request) -> HttpResponse:
    """GET shows one button, so that coming back changes nothing by itself; POST takes the answer."""
    answer = {name: request.GET.get(name, "") for name in ("code", "state", "iss")}
    if request.method == "GET":
        if not answer["code"]:
            return render(request, "members/not_identified.html", status=400)
        return render(request, "members/identified.html", {"answer": answer})
    try:
        who = identity.met(request)
    except identity.NotIdentified:
        return render(request, "members/not_identified.html", status=400)
    # To compare the names is to read them.
    record_reading("members:identified", [request.actor.space], by=request.actor, at=timezone.now())
    member = get_object_or_404(Member.objects.visible_to(request.actor), seat=request.actor)
    if not meet(member, who, by=request.actor, at=timezone.now()):
        return render(request, "members/held.html")
    came = dict(request.session["participant"]) | {"identity": True}
    # Another key with the higher level: whoever knew the one before does not rise along.
    request.session.cycle_key()
    request.session["participant"] = came
    return redirect("desk:own")


@require_POST
def confirm(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "members.confirm_identity")
    judgement = request.POST.get("judgement")
    # A press that lost its word on the way turns nobody away.
    if judgement not in {"right", "wrong"}:
        messages.error(request, _("Choose one of the two. Nothing was saved."))
        return redirect("members:people", pk=member.matter_id)
    is_right = judgement == "right"
    judge_identity(member, is_right=is_right, by=request.actor, at=timezone.now())
    messages.success(request, _("Confirmed. They can identify again now.") if is_right else _("Turned away."))
    return redirect("members:people", pk=member.matter_id)
