from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kudelma.demo"

    def ready(self) -> None:
        from kudelma.demo import receivers  # noqa: F401  registers itself
