from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

from kudelma.core import rules

HANDING_UP = ("access", "following", "panels", "receivers", "replies", "steps", "writers")
"""The files in which a room hands something up, or hears news. Nobody above imports them, so they are read here."""


class CoreConfig(AppConfig):
    name = "kudelma.core"

    def ready(self) -> None:
        rules.gather()
        for room in settings.ROOMS:
            module = apps.get_app_config(room).module
            for name in HANDING_UP:
                if module and module_has_submodule(module, name):
                    import_module(f"{module.__name__}.{name}")
