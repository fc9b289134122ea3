from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kudelma.core import record, sealed


class TrustConfig(AppConfig):
    name = "kudelma.trust"

    def ready(self) -> None:
        from kudelma.trust import receivers  # noqa: F401  they register themselves
        from kudelma.trust.recorder import AccessRecorder
        from kudelma.trust.vault import Vault, check_master_key

        sealed.KEYRING(Vault())
        record.RECORDER(AccessRecorder())
        post_migrate.connect(check_master_key, sender=self)
