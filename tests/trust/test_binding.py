"""What is sealed opens in its own place only, and keys stand wrapped, in a database of their own."""

from copy import copy

from django.apps import apps
from django.conf import settings

import factories
from kudelma.configuration import master_key
from kudelma.core import keys, record
from kudelma.core.sealed import Ciphertext, SealedText
from kudelma.live.models import Operation
from kudelma.matters.models import Matter
from kudelma.orders.models import Draft
from kudelma.regions.models import Sector
from kudelma.trust import vault
from kudelma.trust.models import RegionKey, SpaceKey
from trust.canaries import (
    as_bytes,
    shapes_of,
    tables,
)  # fmt: skip
from trust.walked import walked

HOUSE = [model for model in apps.get_models() if model.__module__.startswith("kudelma.")]
WORD = "yes"
"""Fits into every sealed column."""


def test_what_is_sealed_opens_in_its_own_row_column_and_matter_only(cast):
    walked(cast)
    other = factories.Cast(cast.region).to("ordered").matter.pk
    record.record_reading("test", [cast.matter.pk, cast.draft.pk, other], by=cast.coordinator, at=cast.at())
    columns = [(model, field) for model in HOUSE for field in model._meta.local_fields if isinstance(field, SealedText)]
    opened = []
    for model, field in columns:
        of = cast.draft.pk if model is Draft else cast.matter.pk
        row = model._base_manager.filter(**{_matter_of(model): of}).first()
        closed = Ciphertext(field.closed(row, WORD))
        assert field.open(row, closed) == WORD
        opened += [name for name, kind, thing in elsewhere(field, row, other) if opens(kind, thing, closed)]

    assert len(columns) > 20
    assert opened == []


def test_what_is_sealed_opens_under_any_name_of_model_room_table_and_column(cast):
    cast.to("ordered")
    field = copy(Matter._meta.get_field("topic"))
    closed = Ciphertext(field.closed(cast.matter, WORD))
    field.name = field.attname = field.column = "elsewhere"
    field.model = Draft

    assert field.open(cast.matter, closed) == WORD


def elsewhere(field, row, other):
    """Where the same bytes could be put: another row, another column, another matter."""
    name = f"{row._meta.label}.{field.name}"
    row_moved, matter_moved, column_moved = copy(row), copy(row), copy(field)
    row_moved.pk = other
    setattr(matter_moved, _matter_of(type(row)), other)
    column_moved.seal = "elsewhere"
    return [
        (f"{name} in another row", field, row_moved),
        (f"{name} in another column", column_moved, row),
        (f"{name} in another matter", field, matter_moved),
    ]


def opens(field, row, closed):
    try:
        return field.open(row, closed) == WORD
    except keys.Broken:
        return False


def _matter_of(model):
    return "pk" if model in {Matter, Draft} else "space" if model is Operation else "matter_id"


def raw_keys():
    """Every key as it opens things: the master's, the regions', the matters'."""
    yield master_key(settings.CONFIGURATION)
    for row in RegionKey.objects.all():
        yield keys.unseal(vault._cipher("regions"), bytes(row.wrapped), f"region {row.region}")
    for row in SpaceKey.objects.all():
        yield keys.unseal(vault._region_cipher(row.region), bytes(row.wrapped), f"space {row.space}")


def dump(alias):
    return b"\0".join(as_bytes(value) for _table, _names, rows in tables(alias) for row in rows for value in row)


def test_keys_stand_wrapped_only_and_in_a_database_of_their_own(cast):
    cast.to("ordered")
    content, kept = dump("default"), dump("keys")
    wrapped = [bytes(row.wrapped) for model in (RegionKey, SpaceKey) for row in model.objects.all()]

    assert len(wrapped) > 1
    assert [one for one in wrapped if one not in kept] == []
    assert [one for one in wrapped if one in content] == []
    assert [1 for raw in raw_keys() for shape in shapes_of(raw) if shape in content or shape in kept] == []
    assert settings.DATABASES["default"]["NAME"] != settings.DATABASES["keys"]["NAME"]


def test_a_key_that_stands_open_would_be_found(cast):
    cast.to("ordered")
    raw = list(raw_keys())[-1]
    Sector.objects.create(region=cast.region, name_fi=raw.hex())

    assert any(shape in dump("default") for shape in shapes_of(raw))
