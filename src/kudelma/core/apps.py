from django.apps import AppConfig

from kudelma.core import rules


class CoreConfig(AppConfig):
    name = "kudelma.core"

    def ready(self) -> None:
        rules.gather()
