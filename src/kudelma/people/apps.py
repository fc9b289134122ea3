from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kudelma.people"

    def ready(self) -> None:
        from kudelma.people import receivers, writers  # noqa: F401  they register themselves
