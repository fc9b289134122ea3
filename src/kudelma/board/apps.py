from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "kudelma.board"

    def ready(self) -> None:
        from kudelma.board.following import newest
        from kudelma.live.streams import follow_with

        follow_with(newest)
