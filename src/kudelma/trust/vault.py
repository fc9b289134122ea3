"""The vault: space key ← region key ← master key. The only place where keys are opened.

The master key stands in a file outside both databases. A space's key opens something only after
the access record has said so in this request (`Opened`); sealing needs no opening.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kudelma.configuration import Misconfigured, master_key
from kudelma.core import keys
from kudelma.trust.models import RegionKey, SpaceKey


class NotRecorded(Exception):
    """Somebody tried to read a space's words before the record said who reads them. A bug: let it rise."""


class Emptied(Exception):
    """The space's key has been destroyed: nothing of it can be read any more."""


opened_here: ContextVar[dict[UUID, AESGCM] | None] = ContextVar("opened_here", default=None)
sealing_here: ContextVar[dict[UUID, AESGCM] | None] = ContextVar("sealing_here", default=None)


@cache
def _master(purpose: str) -> bytes:
    return keys.derive(master_key(settings.CONFIGURATION), purpose)


@cache
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_master(purpose))


class Vault:
    """The keyring that `core.sealed` borrows."""

    def to_seal(self, space: UUID) -> AESGCM:
        held = sealing_here.get() or {}
        if space not in held:
            held = held | unwrapped([space])
            sealing_here.set(held)
        return held[space]

    def to_open(self, space: UUID) -> AESGCM:
        try:
            return (opened_here.get() or {})[space]
        except KeyError:
            raise NotRecorded(f"space {space} was read before the record said so") from None

    def staff(self) -> AESGCM:
        return _cipher("staff")

    def look_up(self, kind: str, value: str) -> str:
        return keys.fingerprint(_master("look-up"), f"{kind}:{value}")


def close_all() -> None:
    """Forget every key of this request; called before and after each."""
    opened_here.set(None)
    sealing_here.set(None)


def let_open(spaces: list[UUID]) -> None:
    """Put the spaces' keys where the sealed fields of this request find them. Called by the recorder only."""
    held = opened_here.get() or {}
    missing = [space for space in spaces if space not in held]
    if missing:
        # A new dictionary: the one at hand is what a search puts back when its block ends.
        opened_here.set(held | unwrapped(missing))


@contextmanager
def open_for_search(spaces: list[UUID]) -> Iterator[frozenset[UUID]]:
    """Let the spaces' keys open inside this block, and close them whatever happens in it.

    Gives those that open: a space whose key is gone meanwhile is passed by. What was open before stays
    open. Called by the recorder only.
    """
    before = opened_here.get()
    ciphers = _unwrapped(spaces)
    opened_here.set((before or {}) | ciphers)
    try:
        yield frozenset(ciphers)
    finally:
        opened_here.set(before)


def unwrapped(spaces: list[UUID]) -> dict[UUID, AESGCM]:
    """The spaces' keys, in one query. Raises Emptied for a space whose key is gone."""
    ciphers = _unwrapped(spaces)
    gone = [space for space in spaces if space not in ciphers]
    if gone:
        raise Emptied(f"there is no key for space {gone[0]}")
    return ciphers


def _unwrapped(spaces: list[UUID]) -> dict[UUID, AESGCM]:
    """The keys that are there."""
    rows = SpaceKey.objects.filter(space__in=spaces, wrapped__isnull=False).order_by()
    return {
        space: AESGCM(keys.unseal(_region_cipher(region), bytes(wrapped or b""), f"space {space}"))
        for space, region, wrapped in rows.values_list("space", "region", "wrapped")
    }


def make_space_key(space: UUID, region: UUID) -> None:
    """Write a new key for a space that does not exist yet, in its own transaction in the keys database.

    A key that an attempt before this one left behind is used.
    """
    # Bound to its space: a key that is copied into another row does not open.
    wrapped = keys.seal(_region_cipher(region), keys.new_key(), f"space {space}")
    with transaction.atomic(using="keys"):
        SpaceKey.objects.get_or_create(
            space=space, defaults={"region": region, "wrapped": wrapped, "made_at": timezone.now()}
        )


def destroy_space_key(space: UUID, *, at: datetime) -> None:
    """Destroy the space's key for good: what is sealed with it is empty from now on, in old copies too.

    It is gone at once, whatever becomes of the caller's transaction. Doing it twice changes nothing.
    """
    with transaction.atomic(using="keys"):
        # The row stays without its key: it says when, and that nothing is left to look for.
        SpaceKey.objects.filter(space=space, wrapped__isnull=False).update(wrapped=None, destroyed_at=at)
    # What this request holds already would outlive the row.
    for held in (opened_here, sealing_here):
        held.set({other: key for other, key in (held.get() or {}).items() if other != space})


def make_region_key(region: UUID) -> None:
    """Write the region's key, once."""
    wrapped = keys.seal(_cipher("regions"), keys.new_key(), f"region {region}")
    RegionKey.objects.get_or_create(region=region, defaults={"wrapped": wrapped, "made_at": timezone.now()})


def sealed_for_sessions(plain: bytes) -> bytes:
    return keys.seal(_cipher("sessions"), plain, "session")


def unsealed_from_sessions(sealed: bytes) -> bytes:
    return keys.unseal(_cipher("sessions"), sealed, "session")


def pin_digest(space: UUID, issuer: str, subject: str) -> str:
    """Hash of an identity under the space's key: says nothing in another space or without the key."""
    # Straight from the row, past what the record lets open: from a digest nobody reads anything.
    row = SpaceKey.objects.get(space=space, wrapped__isnull=False)
    key = keys.unseal(_region_cipher(row.region), bytes(row.wrapped or b""), f"space {row.space}")
    return keys.fingerprint(keys.derive(key, "pins"), f"{issuer}\n{subject}")


# For as long as the process lives: a region's key is written once and never replaced.
_region_ciphers: dict[UUID, AESGCM] = {}


def _region_cipher(region: UUID) -> AESGCM:
    if region not in _region_ciphers:
        row = RegionKey.objects.get(region=region)
        _region_ciphers[region] = AESGCM(keys.unseal(_cipher("regions"), bytes(row.wrapped), f"region {region}"))
    return _region_ciphers[region]


def check_master_key(using: str, **kwargs: Any) -> None:
    """Refuse to go on with a master key that does not open the region keys that are there."""
    if using != "keys":
        return
    row = RegionKey.objects.first()
    if row is None:
        return
    try:
        keys.unseal(_cipher("regions"), bytes(row.wrapped), f"region {row.region}")
    except keys.Broken:
        raise Misconfigured(
            f"{settings.CONFIGURATION.master_key_file} is not the master key of this keys database."
        ) from None
