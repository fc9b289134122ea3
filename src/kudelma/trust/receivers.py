"""What this room hands up, the keys and the record; and news from above that concerns them."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate

from kudelma.core.news import every_minute, region_made
from kudelma.core.record import RECORDER
from kudelma.core.sealed import KEYRING
from kudelma.trust.recorder import AccessRecorder
from kudelma.trust.sessions import drop_expired
from kudelma.trust.vault import Vault, check_master_key, make_region_key

KEYRING(Vault())
RECORDER(AccessRecorder())
post_migrate.connect(check_master_key, sender=apps.get_app_config("trust"))


@region_made
def add_key(region: Any) -> None:
    make_region_key(region.pk)


@every_minute
def clear_sessions(at: Any) -> None:
    drop_expired(at)
