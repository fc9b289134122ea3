"""The administrator's pages: settings of the region, its sectors, units and controllers. No content of matters."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kudelma.core.errors import Refused, Stale
from kudelma.core.forms import ChangeForm
from kudelma.core.http import Request, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.core.rules import require
from kudelma.regions import actions
from kudelma.regions.forms import NewPlaceForm, NewUnitForm, PlaceForm, SettingsForm, UnitForm
from kudelma.regions.models import Controller, Region, Sector, Unit

KINDS: dict[str, Any] = {
    "sector": (Sector, _("A new sector")),
    "unit": (Unit, _("A new unit")),
    "controller": (Controller, _("A new controller")),
}


@get_or_post
def settings(request: Request) -> HttpResponse:
    region = Region.objects.get(pk=request.actor.region_id)
    require(request.actor, "regions.set_up", region)
    initial = {name: getattr(region, name) for name in (*actions.SETTINGS, "version")}
    form = SettingsForm(request.POST or None, initial=initial | {"face_to_face": region.admits_face_to_face})
    save = saving(actions.change_settings, region, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        messages.success(request, SAVED)
        return redirect("regions:settings")
    return render_form(request, "regions/settings.html", {"region": region}, form=form)


@require_GET
def places(request: Request) -> HttpResponse:
    require(request.actor, "regions.set_up")
    return render(
        request,
        "regions/places.html",
        {
            "sectors": Sector.objects.visible_to(request.actor).prefetch_related("units"),
            "controllers": Controller.objects.visible_to(request.actor),
        },
    )


@get_or_post
def new_place(request: Request, kind: str) -> HttpResponse:
    require(request.actor, "regions.set_up")
    model, heading = _kind(kind)
    form = (
        NewUnitForm(request.POST or None, actor=request.actor) if kind == "unit" else NewPlaceForm(request.POST or None)
    )
    if form.is_valid():
        add = partial(actions.add_place, model, request.actor.region, by=request.actor, at=timezone.now())
        if _saved(form, partial(add, idempotency_key=form.cleaned_data["idempotency_key"], values=form.value())):
            messages.success(request, SAVED)
            return redirect("regions:places")
    return render_form(request, "regions/place.html", {"heading": heading}, form=form)


@get_or_post
def place_page(request: Request, kind: str, pk: UUID) -> HttpResponse:
    require(request.actor, "regions.set_up")
    model, _heading = _kind(kind)
    place = get_object_or_404(model.objects.visible_to(request.actor), pk=pk)
    names = ["name_fi", "name_sv", "name_en", "version", *(["sector", "municipality"] if kind == "unit" else [])]
    initial = {name: getattr(place, name) for name in names}
    form: ChangeForm[Any] = (
        UnitForm(request.POST or None, actor=request.actor, initial=initial)
        if kind == "unit"
        else PlaceForm(request.POST or None, initial=initial)
    )
    change = saving(actions.change_place, place, by=request.actor)
    if form.is_valid() and _saved(form, partial(saved_or_both, form, change)):
        messages.success(request, SAVED)
        return redirect("regions:places")
    return render_form(request, "regions/place.html", {"heading": place.name}, form=form)


def _kind(kind: str) -> Any:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _saved(form: Any, save: Any) -> bool:
    """Whether `save()` went through; a name that is taken is said by the name."""
    try:
        return save() is not False
    except Stale:
        raise
    except Refused as refused:
        form.add_error("name_fi", str(refused))
        return False
