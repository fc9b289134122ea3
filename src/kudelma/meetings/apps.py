from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "kudelma.meetings"

    def ready(self) -> None:
        from kudelma.live.streams import follow_with
        from kudelma.meetings import receivers, replies, writers  # noqa: F401  they register themselves
        from kudelma.meetings.following import newest

        follow_with(newest)
