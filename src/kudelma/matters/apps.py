from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "kudelma.matters"

    def ready(self) -> None:
        from kudelma.matters import receivers, writers  # noqa: F401  they hand themselves up
        from kudelma.matters.along import members, orders, pairing, preparation  # noqa: F401
