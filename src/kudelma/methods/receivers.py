"""The shipped methods are there as soon as their tables are."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate

from kudelma.methods.actions import load_methods


def load(using: str, plan: Any = (), **kwargs: Any) -> None:
    # The keys are migrated first and announce it too: then there is no table for a method yet.
    if using == "default":
        load_methods()


post_migrate.connect(load, sender=apps.get_app_config("methods"))
