"""Sessions in the database that tell nothing: the data is sealed, the key stands as a hash of itself."""

import base64
import hashlib
import json
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from kudelma.core.keys import Broken
from kudelma.trust.vault import sealed_for_sessions, unsealed_from_sessions


def _kept_as(session_key: str) -> str:
    """What stands in the table for a cookie: 160 of 256 bits, the column holds 40 characters."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        return base64.b64encode(sealed_for_sessions(json.dumps(session_dict).encode())).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            return json.loads(unsealed_from_sessions(base64.b64decode(session_data)))
        except (Broken, ValueError):
            # A row that was changed by hand is an empty session: whoever held it comes in anew.
            return {}

    def _get_session_from_db(self) -> Any:
        try:
            return self.model.objects.get(session_key=_kept_as(self.session_key or ""), expire_date__gt=timezone.now())
        except self.model.DoesNotExist:
            self._session_key = None
            return None

    def exists(self, session_key: str | None) -> bool:
        return bool(session_key) and self.model.objects.filter(session_key=_kept_as(session_key or "")).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        instance = super().create_model_instance(data)
        instance.session_key = _kept_as(instance.session_key)
        return instance

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=_kept_as(key)).delete()


def drop_expired(at: datetime) -> int:
    """Remove sessions that have ended; called by the clock. Returns how many."""
    return SessionStore.get_model_class().objects.filter(expire_date__lte=at).delete()[0]
