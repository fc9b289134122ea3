"""The seal names of all sealed and staff columns, one by one: what was written under one opens under no other."""

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db import models

from kudelma.core.sealed import SealedText, StaffText

LIST = Path(__file__).parent / "seals.txt"


def listed() -> list[str]:
    return [line for line in LIST.read_text().splitlines() if not line.startswith("#")]


def borne(of: Iterable[type[models.Model]]) -> list[str]:
    """`<seal name>  <Model>.<column>` of each column that is sealed."""
    return sorted(
        f"{field.seal}  {model.__name__}.{field.name}"
        for model in of
        for field in model._meta.local_fields
        if isinstance(field, SealedText | StaffText)
    )


def test_every_seal_name_is_listed_and_none_has_changed():
    assert borne(apps.get_models()) == listed()


def test_no_two_columns_share_a_seal_name():
    names = [line.split()[0] for line in listed()]

    assert len(names) == len(set(names)) > 0


def test_a_seal_name_that_changes_is_found(monkeypatch):
    from kudelma.orders.models import Order

    monkeypatch.setattr(Order._meta.get_field("worry"), "seal", "orders.order.concern")

    assert set(borne(apps.get_models())) - set(listed()) == {"orders.order.concern  Order.worry"}
