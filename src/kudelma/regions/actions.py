"""Everything that writes regions: loading them, the administrator's settings, and who may be called."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.core.inputs import as_it_stands, columns
from kudelma.core.news import region_made, settings_changed
from kudelma.core.phrases import CHANGED_MEANWHILE, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.core.sealed import closed_values
from kudelma.regions.inputs import ContactEntry, Names, RegionSettings
from kudelma.regions.models import ContactPerson, Controller, Region, Sector, Unit

DATA = Path(__file__).parent / "data" / "regions.toml"
TAKEN = _("There is already one of this name. Nothing was changed.")
LIMITS = ("answer_days", "offer_days", "preparing_days", "times_days")
"""In how many days something has waited long."""
# Directories go on naming people who have left: docs/complaints.md, 63.
REVIEW_MONTHS = 6
SETTINGS = ("help_phone", "meeting_minutes", *LIMITS, "space_months")


def load_regions() -> int:
    """The real regions, once each; running again adds what is missing. Returns how many were new."""
    listed = tomllib.loads(DATA.read_text())["region"]
    return sum(make_region(**names)[1] for names in listed)


@transaction.atomic
def make_region(code: str, **fields: Any) -> tuple[Region, bool]:
    """A region with its key and its two door seats, which the rooms below add at `region_made`."""
    # `defaults` only: a region that has set its own number and days keeps them when the list is loaded again.
    region, is_new = Region.objects.get_or_create(code=code, defaults=fields)
    region_made.tell(region)
    return region, is_new


@transaction.atomic
def change_settings(region: Region, *, version: int, values: RegionSettings, by: Any, at: datetime) -> None:
    """Save the region's settings. Raises Stale when somebody was first.

    Who recorded that admission face to face was accepted, and when, is kept from the day it was switched on.
    """
    accepted = {"face_to_face_at": at, "face_to_face_by": by.pk} if not region.admits_face_to_face else {}
    if not values.face_to_face:
        accepted = {"face_to_face_at": None, "face_to_face_by": None}
    changed = Region.objects.filter(pk=region.pk, version=version).update(
        **{name: getattr(values, name) for name in SETTINGS}, **accepted, version=version + 1
    )
    if not changed:
        now = Region.objects.get(pk=region.pk)
        raise Stale(
            CHANGED_MEANWHILE,
            {name: getattr(now, name) for name in (*SETTINGS, "version")} | {"face_to_face": now.admits_face_to_face},
        )
    record("regions.change_settings", by=by, at=at)
    # What waits already gets new days with it, in this transaction or not at all.
    settings_changed.tell(Region.objects.get(pk=region.pk))


def change_place(place: Any, *, version: int, values: Names, by: Any, at: datetime) -> None:
    """Save other names, or another sector. Raises Stale when somebody saved first, Refused for a name that is taken."""
    rows = type(place).objects.filter(pk=place.pk, version=version)
    with transaction.atomic():
        # The constraint decides whether a name is taken: two who ask beforehand would both hear that it is free.
        try:
            with transaction.atomic():
                changed = rows.update(**columns(values), version=version + 1)
        except IntegrityError:
            raise Refused(TAKEN) from None
        if not changed:
            now = type(place).objects.get(pk=place.pk)
            raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
        record(f"regions.change_{place._meta.model_name}", by=by, at=at)


def add_place(
    model: type[Sector | Unit | Controller],
    region: Region,
    *,
    idempotency_key: UUID,
    values: Names,
    by: Any,
    at: datetime,
) -> Any:
    """A sector, unit or controller of `region`. Raises Refused when one of that name, or this one, is there."""
    place = model(pk=idempotency_key, region=region, **columns(values))
    with transaction.atomic():
        # A second press meets its own row here: that there is one of this name is true then too.
        try:
            with transaction.atomic():
                place.save(force_insert=True)
        except IntegrityError:
            raise Refused(TAKEN) from None
        record(f"regions.add_{model._meta.model_name}", by=by, at=at)
    return place


def next_review(on: date) -> date:
    """The day on which a contact person who is right on day `on` is looked at again."""
    return on + relativedelta(months=REVIEW_MONTHS)


@transaction.atomic
def add_contact(region: Region, *, idempotency_key: UUID, values: ContactEntry, by: Any, at: datetime) -> ContactPerson:
    """Name somebody whom anybody may call. Pressed twice, it is the same.

    Raises KeyReused for another under one key.
    """
    existing = ContactPerson.objects.filter(pk=idempotency_key).first()
    if existing and (existing.region_id, existing.name, existing.phone) == (region.pk, values.name, values.phone):
        return existing
    if existing:
        raise KeyReused
    contact = ContactPerson(pk=idempotency_key, region=region, checked_on=timezone.localdate(at), **columns(values))
    contact.save(force_insert=True)
    record("regions.add_contact", by=by, at=at)
    return contact


@transaction.atomic
def change_contact(contact: ContactPerson, *, version: int, values: ContactEntry, by: Any, at: datetime) -> None:
    """Save what has changed; whoever saves has looked at all of it. Raises Stale when somebody was first."""
    changes = {**columns(values), "checked_on": timezone.localdate(at), "version": version + 1}
    changed = ContactPerson.objects.filter(pk=contact.pk, version=version).update(**closed_values(contact, changes))
    if not changed:
        now = ContactPerson.objects.select_related("unit").get(pk=contact.pk)
        raise Stale(CHANGED_MEANWHILE, as_it_stands(now, values))
    record("regions.change_contact", by=by, at=at)


@transaction.atomic
def confirm_contact(contact: ContactPerson, *, seen: int, by: Any, at: datetime) -> None:
    """Tell that all of it is still right: the next look is in six months.

    seen: the version that stood on the page; it stays, for nothing of what is told has changed, and so a second
    press finds the same. Raises Refused when somebody has changed it since.
    """
    today = timezone.localdate(at)
    changed = ContactPerson.objects.filter(pk=contact.pk, version=seen).update(
        checked_on=today, review_on=next_review(today)
    )
    if not changed:
        raise Refused(SOMEBODY_WAS_FIRST)
    record("regions.confirm_contact", by=by, at=at)


@transaction.atomic
def remove_contact(contact: ContactPerson, *, seen: int, by: Any, at: datetime) -> None:
    """Take somebody off the page for good: nothing about them is kept. Refused like `confirm_contact`."""
    removed, _rows = ContactPerson.objects.filter(pk=contact.pk, version=seen).delete()
    if not removed:
        raise Refused(SOMEBODY_WAS_FIRST)
    record("regions.remove_contact", by=by, at=at)
