"""Sessions in the database that tell nothing: the data is sealed, the key stands as a hash of itself."""

import base64
import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction
from django.utils import timezone

from kudelma.core.keys import Broken
from kudelma.live.actions.rights import taken_away
from kudelma.trust.vault import sealed_for_sessions, unsealed_from_sessions


def _kept_as(session_key: str) -> str:
    """What stands in the table for a cookie: 160 of 256 bits, the column holds 40 characters."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def _mark(session_key: str) -> UUID:
    return UUID(_kept_as(session_key)[:32])


class SessionStore(DatabaseStore):
    ends_at: datetime | None = None
    """When the session ends however much is done with it; known once it has been read."""

    @property
    def mark(self) -> UUID:
        """By which streams know this session. Tells nothing by itself."""
        return _mark(self.session_key or "")

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
            row = self.model.objects.get(session_key=_kept_as(self.session_key or ""), expire_date__gt=timezone.now())
        except self.model.DoesNotExist:
            self._session_key = None
            return None
        self.ends_at = row.expire_date
        return row

    def exists(self, session_key: str | None) -> bool:
        return bool(session_key) and self.model.objects.filter(session_key=_kept_as(session_key or "")).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        instance = super().create_model_instance(data)
        instance.session_key = _kept_as(instance.session_key)
        return instance

    def save(self, must_create: bool = False) -> None:
        with transaction.atomic():
            super().save(must_create)
            # It may say another seat now than the one by which somebody follows.
            if not must_create and self.session_key:
                taken_away(self.mark)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            with transaction.atomic():
                self.model.objects.filter(session_key=_kept_as(key)).delete()
                taken_away(_mark(key))


def drop_expired(at: datetime) -> int:
    """Remove sessions that have ended; called by the clock. Returns how many."""
    return SessionStore.get_model_class().objects.filter(expire_date__lte=at).delete()[0]
