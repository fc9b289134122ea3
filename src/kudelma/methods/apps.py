from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MethodsConfig(AppConfig):
    name = "kudelma.methods"

    def ready(self) -> None:
        post_migrate.connect(load, sender=self)


def load(using: str, plan: Any = (), **kwargs: Any) -> None:
    """The shipped methods are there as soon as their tables are."""
    from kudelma.methods.actions import load_methods

    # The keys are migrated first and announce it too: then there is no table for a method yet.
    if using == "default":
        load_methods()
