from django.apps import AppConfig


class BankConfig(AppConfig):
    name = "kudelma.bank"

    def ready(self) -> None:
        from kudelma.bank import receivers  # noqa: F401  they register themselves
