"""Keeping the people whom anybody may call: for the coordinators and the administrator of the region."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kudelma.core.http import Request, create_once, get_or_post, making, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import require
from kudelma.regions import actions
from kudelma.regions.forms import CONTACT_ORDER, ContactForm, NewContactForm
from kudelma.regions.models import ContactPerson


@require_GET
def contact_list(request: Request) -> HttpResponse:
    require(request.actor, "regions.keep_contacts")
    today = timezone.localdate()
    kept = [
        {"person": person, "waits": person.waits_for_review(today), "is_shown": person.is_shown(today)}
        for person in ContactPerson.objects.visible_to(request.actor).select_related("unit")
    ]
    return render(request, "regions/contacts.html", {"contacts": kept, "region": request.actor.region})


@get_or_post
def new_contact(request: Request) -> HttpResponse:
    require(request.actor, "regions.keep_contacts")
    initial = {
        "position": ContactPerson.objects.visible_to(request.actor).count() + 1,
        "review_on": actions.next_review(timezone.localdate()),
    }
    form = NewContactForm(request.POST or None, actor=request.actor, initial=initial)
    add = making(actions.add_contact, request.actor.region, by=request.actor)
    if form.is_valid() and create_once(form, add):
        messages.success(request, SAVED)
        return redirect("regions:contacts")
    return render_form(request, "regions/contact.html", {"contact": None}, form=form)


@get_or_post
def contact_page(request: Request, pk: UUID) -> HttpResponse:
    person = _find(request, pk)
    initial = {name: getattr(person, name) for name in (*CONTACT_ORDER, "review_on", "version")}
    form = ContactForm(request.POST or None, actor=request.actor, initial=initial)
    save = saving(actions.change_contact, person, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("regions:contacts")
    return render_form(request, "regions/contact.html", {"contact": person}, form=form)


@require_POST
def review(request: Request, pk: UUID) -> HttpResponse:
    person, seen = _find(request, pk), _seen(request)
    actions.confirm_contact(person, seen=seen, by=request.actor, at=timezone.now())
    messages.success(request, _("Thank you. It is looked at again in six months."))
    return redirect("regions:contacts")


@require_POST
def removal(request: Request, pk: UUID) -> HttpResponse:
    person, seen = _find(request, pk), _seen(request)
    actions.remove_contact(person, seen=seen, by=request.actor, at=timezone.now())
    messages.success(request, _("Taken off the page. Nothing about this person is kept here."))
    return redirect("regions:contacts")


def _seen(request: Request) -> int:
    """The version that stood on the page; 0, which is none, when the button does not say."""
    version = request.POST.get("version", "")
    # Fewer than ten digits fit into PostgreSQL's integer; more would break there instead of being refused.
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def _find(request: Request, pk: UUID) -> ContactPerson:
    """A contact person of one's own region. Whoever does not keep them is told so before anything is looked up."""
    require(request.actor, "regions.keep_contacts")
    person = get_object_or_404(ContactPerson.objects.visible_to(request.actor).select_related("unit"), pk=pk)
    require(request.actor, "regions.keep_contacts", person)
    return person
