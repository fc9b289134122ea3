from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "kudelma.board"

    def ready(self) -> None:
        from kudelma.board import following  # noqa: F401  it hands itself up
