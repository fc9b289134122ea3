from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "kudelma.live"
