"""The people of the circle as a list, permissions, and ways in for them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.http import Request, back_to, create_once, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import may
from kudelma.matters.access import LEADERS
from kudelma.matters.models import Matter
from kudelma.matters.views.finding import find_matter
from kudelma.members.actions import people as actions
from kudelma.members.forms.people import (
    NEW_SIDES,
    ContactForm,
    NewPersonForm,
    NewProfessionalForm,
    PermissionForm,
    PersonForm,
    TopicForm,
)
from kudelma.members.inputs.people import PersonSaid, ProfessionalAsked
from kudelma.members.models import Consent, HeardHow, Member, Safety
from kudelma.members.reaching import contact_of
from kudelma.members.views.finding import find_member
from kudelma.methods.models import Side
from kudelma.people.actions.messages import see_to as see_to_messages
from kudelma.people.forms import AdmitForm, SeenToForm
from kudelma.people.models import Message, Role, Seat, SeenTo
from kudelma.trust.models import Pin


@require_GET
def people(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "matters.prepare")
    members = list(Member.objects.visible_to(request.actor).filter(matter=matter).for_circle())
    # How messages got on tells how somebody is reached: that is the coordinator's to know.
    if may(request.actor, "members.send_link", matter):
        _with_delivery(members, request.actor, matter)
    return render(
        request,
        "members/people.html",
        {
            "matter": matter,
            "sides": by_side(members),
            "hows": HeardHow,
            "seen_to": [SeenTo.OTHER_WAY, SeenTo.PHONED],
            "may_send_link": may(request.actor, "members.send_link", matter),
            # For others than the coordinator the query is empty: not even that there is an answer is told.
            "told_safety": set(
                Safety.objects.visible_to(request.actor).filter(matter=matter).values_list("member", flat=True)
            ),
            "ending": set(
                Consent.objects.visible_to(request.actor)
                .filter(matter=matter)
                .ending(timezone.localdate())
                .values_list("member", flat=True)
            ),
            "may_see_contacts": may(request.actor, "members.see_contacts", matter),
            "may_confirm": may(request.actor, "members.confirm_identity", matter),
            "may_admit": may(request.actor, "members.admit", matter),
            "held": set(Pin.objects.held().filter(space=matter.pk).values_list("seat", flat=True)),
        },
    )


@get_or_post
def topic(request: Request, pk: UUID) -> HttpResponse:
    """What it is about, in the people's own words."""
    matter = find_matter(request, pk, "matters.prepare")
    initial = {name: getattr(matter, name) for name in ("topic", "called", "version")}
    form = TopicForm(request.POST or None, initial=initial)
    save = saving(actions.change_topic, matter, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("members:people", pk=matter.pk)
    return render_form(request, "members/topic.html", {"matter": matter}, form=form)


@get_or_post
def new_person(request: Request, pk: UUID, side: str) -> HttpResponse:
    if side not in NEW_SIDES:
        raise Http404
    matter = find_matter(request, pk, "matters.prepare")
    form = NewPersonForm(request.POST or None)
    add = partial(actions.add_member, matter, side=side, by=request.actor, at=timezone.now())
    created = create_once(form, add) if form.is_valid() else None
    if created:
        messages.success(request, SAVED)
        # How they are reached safely is asked before anything can be sent to them.
        if may(request.actor, "members.see_contacts", matter):
            return redirect("members:contact", pk=created.pk)
        return redirect("members:people", pk=matter.pk)
    return render_form(request, "members/person.html", {"matter": matter, "heading": NEW_SIDES[side]}, form=form)


@get_or_post
def new_professional(request: Request, pk: UUID) -> HttpResponse:
    matter = find_matter(request, pk, "matters.prepare")
    seats = Seat.objects.current(timezone.localdate()).filter(region=matter.region_id, role=Role.WORKER).for_list()
    if request.method == "GET":  # pressing twice adds once, and somebody who is there already is told by the action
        seats = seats.exclude(memberships__matter=matter)
        if not matter.is_chaired:
            seats = seats.exclude(account__in=LEADERS.only(matter).values("account"))
    form = NewProfessionalForm(request.POST or None, seats=seats)

    def add(*, idempotency_key: UUID, values: ProfessionalAsked) -> Member:
        seat, account = values.seat, values.seat.account
        # First name and trade: that is how the others are told who comes.
        person = PersonSaid(account.first_name, relation=seat.title, why=values.why, language=account.language)  # type: ignore[union-attr]
        return actions.add_member(
            matter,
            idempotency_key=idempotency_key,
            side=Side.PROFESSIONAL,
            values=person,
            seat=seat,
            by=request.actor,
            at=timezone.now(),
        )

    if form.is_valid() and create_once(form, add):
        messages.success(request, SAVED)
        return redirect("members:people", pk=matter.pk)
    return render_form(request, "members/person.html", {"matter": matter, "heading": _("A professional")}, form=form)


@get_or_post
def person(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "matters.prepare")
    matter = member.matter
    form = PersonForm(request.POST or None, initial={name: getattr(member, name) for name in PersonForm.base_fields})
    save = saving(actions.change_member, member, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("members:people", pk=matter.pk)
    return render_form(request, "members/person.html", {"matter": matter, "heading": member.name}, form=form)


@get_or_post
def contact(request: Request, pk: UUID) -> HttpResponse:
    """How somebody is reached, safely first. For the coordinator alone."""
    member = find_member(request, pk, "members.see_contacts")
    # Whoever came from a page that told to call goes back there, with the number that was missing.
    back = back_to(request, reverse("members:people", args=[member.matter_id]))
    names = [name for name in ContactForm.base_fields if name != "has_called"]
    initial = {name: getattr(member, name) for name in names}
    initial |= {"protected": bool(member.protected), "contact_way": member.contact_way or None}
    form = ContactForm(request.POST or None, initial=initial, member=member)
    if form.is_valid():
        save = partial(actions.change_contact, member, has_called=form.called, by=request.actor, at=timezone.now())
        if saved_or_both(form, save):
            messages.success(request, SAVED)
            return redirect(back)
    context = {"matter": member.matter, "member": member, "back": back}
    return render_form(request, "members/contact.html", context, form=form)


@require_POST
def permission(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "matters.prepare")
    form = PermissionForm(request.POST)
    if form.is_valid():
        actions.permit(member, how=form.cleaned_data["how"], by=request.actor, at=timezone.now())
        messages.success(request, SAVED)
    else:
        messages.error(request, _("Choose how it was agreed. Nothing was saved."))
    return redirect("members:people", pk=member.matter_id)


@require_POST
def withdraw_permission(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "matters.prepare")
    actions.withdraw_permission(member, by=request.actor, at=timezone.now())
    messages.success(request, _("They are not invited any more."))
    return redirect("members:people", pk=member.matter_id)


@require_POST
def send_link(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "members.send_link")
    actions.send_link(member, by=request.actor, at=timezone.now())
    messages.success(request, _("The link is on its way."))
    return redirect("members:people", pk=member.matter_id)


@require_POST
def see_to(request: Request, pk: UUID) -> HttpResponse:
    """What did not arrive has been told another way."""
    sent = Message.objects.visible_to(request.actor).exclude(space=None).select_related("seat")
    message = get_object_or_404(sent, pk=pk)
    matter = find_matter(request, message.space, "members.send_link")
    form = SeenToForm(request.POST)
    if form.is_valid():
        see_to_messages(
            message.seat, how=form.cleaned_data["how"], by=request.actor, at=timezone.now(), space=matter.pk
        )
        messages.success(request, _("Written down."))
    else:
        messages.error(request, _("Choose what you did. Nothing was saved."))
    # Whoever leads from outside is no member: what did not reach them stands on the matter's own page.
    is_of_circle = Member.objects.filter(matter=matter, seat=message.seat).exists()
    return redirect("members:people" if is_of_circle else "desk:matter", pk=matter.pk)


@require_POST
def revoke_links(request: Request, pk: UUID) -> HttpResponse:
    member = find_member(request, pk, "members.send_link")
    actions.revoke_links(member, by=request.actor, at=timezone.now())
    messages.success(request, _("No link of this person works any more."))
    return redirect("members:people", pk=member.matter_id)


@require_POST
def read_code(request: Request, pk: UUID) -> HttpResponse:
    """Six digits to say on the telephone. They are on this answer only."""
    member = find_member(request, pk, "members.send_link")
    digits = actions.read_code_aloud(member, by=request.actor, at=timezone.now())
    return render(request, "members/code.html", {"matter": member.matter, "member": member, "digits": digits})


@get_or_post
def admit(request: Request, pk: UUID) -> HttpResponse:
    """Let somebody who is here in: how one knows them, then digits for the device in their hand."""
    member = find_member(request, pk, "members.admit")
    form = AdmitForm(request.POST or None)
    context: dict[str, Any] = {"matter": member.matter, "member": member}
    if form.is_valid():
        digits = actions.admit_member(member, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
        return render(
            request,
            "members/admitted.html",
            context
            | {"digits": f"{digits[:4]} {digits[4:]}", "room_address": settings.BASE_URL + reverse("people:room")},
        )
    return render_form(request, "members/admit.html", context, form=form)


def _with_delivery(members: list[Member], actor: Seat, matter: Matter) -> None:
    """Give each member `message`, its newest, or the newest that nobody has seen to; and whether any may be sent."""
    sent = Message.objects.visible_to(actor).filter(space=matter.pk).exclude(kind="code").order_by("made_at", "pk")
    newest = {message.seat_id: message for message in sent}
    # What did not arrive stays in front of what was sent later, until somebody has seen to it.
    newest |= {message.seat_id: message for message in sent if message.is_undelivered}
    for member in members:
        member.message = newest.get(member.seat_id)  # type: ignore[attr-defined]
        member.gets_messages = bool(contact_of(member).way)  # type: ignore[attr-defined]


def by_side(members: Any) -> list[dict[str, Any]]:
    sides: dict[Any, list[Member]] = {side: [] for side in Side}
    for member in members:
        sides[Side(member.side)].append(member)
    return [{"side": side, "label": side.label, "members": of_side} for side, of_side in sides.items()]
