"""Everything that writes regions: loading them, and the administrator's settings."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import Refused, Stale
from kudelma.core.phrases import CHANGED_MEANWHILE
from kudelma.core.record import record
from kudelma.core.signals import region_made, settings_changed
from kudelma.regions.models import Controller, Region, Sector, Unit

DATA = Path(__file__).parent / "data" / "regions.toml"
TAKEN = _("There is already one of this name. Nothing was changed.")
LIMITS = ("answer_days", "offer_days", "preparing_days", "times_days")
"""In how many days something has waited long."""
SETTINGS = ("help_phone", "meeting_minutes", *LIMITS, "space_months")


def load_regions() -> int:
    """The real regions, once each; running again adds what is missing. Returns how many were new."""
    listed = tomllib.loads(DATA.read_text())["region"]
    return sum(make_region(**names)[1] for names in listed)


@transaction.atomic
def make_region(code: str, **fields: Any) -> tuple[Region, bool]:
    """A region with its key and its two door seats, which the rooms below add at `region_made`."""
    region, is_new = Region.objects.get_or_create(code=code, defaults=fields)
    region_made.send(sender=Region, region=region)
    return region, is_new


@transaction.atomic
def change_settings(
    region: Region, *, version: int, values: dict[str, Any], face_to_face: bool, by: Any, at: datetime
) -> None:
    """Save the region's settings.

    face_to_face: whether the controller has accepted admission face to face; who recorded it, and
    when, is kept from the day it was switched on. Raises Stale when somebody was first.
    """
    accepted = {"face_to_face_at": at, "face_to_face_by": by.pk} if not region.admits_face_to_face else {}
    if not face_to_face:
        accepted = {"face_to_face_at": None, "face_to_face_by": None}
    changed = Region.objects.filter(pk=region.pk, version=version).update(
        **{name: values[name] for name in SETTINGS}, **accepted, version=version + 1
    )
    if not changed:
        now = Region.objects.get(pk=region.pk)
        raise Stale(
            CHANGED_MEANWHILE,
            {name: getattr(now, name) for name in (*SETTINGS, "version")} | {"face_to_face": now.admits_face_to_face},
        )
    record("regions.change_settings", by=by, at=at)
    settings_changed.send(sender=Region, region=Region.objects.get(pk=region.pk))


def change_place(place: Any, *, version: int, values: dict[str, Any], by: Any, at: datetime) -> None:
    """Save other names, or another sector. Raises Stale when somebody saved first, Refused for a name that is taken."""
    rows = type(place).objects.filter(pk=place.pk, version=version)
    with transaction.atomic():
        try:
            with transaction.atomic():
                changed = rows.update(**values, version=version + 1)
        except IntegrityError:
            raise Refused(TAKEN) from None
        if not changed:
            now = type(place).objects.get(pk=place.pk)
            raise Stale(CHANGED_MEANWHILE, {name: getattr(now, name) for name in (*values, "version")})
        record(f"regions.change_{place._meta.model_name}", by=by, at=at)


def add_place(
    model: type[Sector | Unit | Controller], region: Region, *, key: UUID, by: Any, at: datetime, **names: Any
) -> Any:
    """A sector, unit or controller of `region`. Raises Refused when one of that name, or this one, is there."""
    place = model(pk=key, region=region, **names)
    with transaction.atomic():
        try:
            with transaction.atomic():
                place.save(force_insert=True)
        except IntegrityError:
            raise Refused(TAKEN) from None
        record(f"regions.add_{model._meta.model_name}", by=by, at=at)
    return place
