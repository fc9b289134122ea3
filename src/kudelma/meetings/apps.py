from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "kudelma.meetings"

    def ready(self) -> None:
        from kudelma.meetings import access, receivers, replies, writers  # noqa: F401  they hand themselves up
