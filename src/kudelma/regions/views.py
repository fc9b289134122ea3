"""The administrator's pages: settings of the region, its sectors, units and controllers. No content of matters."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kudelma.core.errors import Refused, Stale
from kudelma.core.http import Request, either, page
from kudelma.core.phrases import SAVED
from kudelma.core.rules import require
from kudelma.regions import actions
from kudelma.regions.forms import PlaceForm, SettingsForm, UnitForm
from kudelma.regions.models import Controller, Region, Sector, Unit

KINDS: dict[str, Any] = {
    "sector": (Sector, _("A new sector")),
    "unit": (Unit, _("A new unit")),
    "controller": (Controller, _("A new controller")),
}


@either
def settings(request: Request) -> HttpResponse:
    region = Region.objects.get(pk=request.actor.region_id)
    require(request.actor, "regions.set_up", region)
    initial = {name: getattr(region, name) for name in (*actions.SETTINGS, "version")}
    form = SettingsForm(request.POST or None, initial=initial | {"face_to_face": region.admits_face_to_face})
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.change_settings(
                region, version=values.pop("version"), face_to_face=values.pop("face_to_face"), values=values,
                by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except Stale as stale:
            form.show_both(stale.now, str(stale))
        else:
            messages.success(request, SAVED)
            return redirect("regions:settings")
    return page(request, "regions/settings.html", {"region": region}, form=form)


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


@either
def new_place(request: Request, kind: str) -> HttpResponse:
    require(request.actor, "regions.set_up")
    if kind not in KINDS:
        raise Http404
    model, heading = KINDS[kind]
    form = UnitForm(request.POST or None, actor=request.actor) if kind == "unit" else PlaceForm(request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.add_place(
                model, request.actor.region, key=values.pop("key"), by=request.actor, at=timezone.now(), **values
            )
        except Refused as refused:
            form.add_error("name_fi", str(refused))
        else:
            messages.success(request, SAVED)
            return redirect("regions:places")
    return page(request, "regions/new_place.html", {"heading": heading}, form=form)
