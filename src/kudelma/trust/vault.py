"""The vault: matter key ← region key ← master key. The only place where keys are opened.

The master key stands in a file outside both databases. A matter's key opens something only after
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
from kudelma.trust.models import MatterKey, RegionKey


class NotRecorded(Exception):
    """Somebody tried to read a matter's words before the record said who reads them. A bug: let it rise."""


class Emptied(Exception):
    """The matter's key has been destroyed: nothing of it can be read any more."""


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

    def to_seal(self, matter: UUID) -> AESGCM:
        held = sealing_here.get() or {}
        if matter not in held:
            held = held | unwrapped([matter])
            sealing_here.set(held)
        return held[matter]

    def to_open(self, matter: UUID) -> AESGCM:
        try:
            return (opened_here.get() or {})[matter]
        except KeyError:
            raise NotRecorded(f"matter {matter} was read before the record said so") from None

    def staff(self) -> AESGCM:
        return _cipher("staff")

    def look_up(self, kind: str, value: str) -> str:
        return keys.fingerprint(_master("look-up"), f"{kind}:{value}")


def close_all() -> None:
    """Forget every key of this request; called before and after each."""
    opened_here.set(None)
    sealing_here.set(None)


def let_open(matters: list[UUID]) -> None:
    """Put the matters' keys where the sealed fields of this request find them. Called by the recorder only."""
    held = opened_here.get() or {}
    missing = [matter for matter in matters if matter not in held]
    if missing:
        # A new dictionary: the one at hand is what a search puts back when its block ends.
        opened_here.set(held | unwrapped(missing))


@contextmanager
def open_for_search(matters: list[UUID]) -> Iterator[frozenset[UUID]]:
    """Let the matters' keys open inside this block, and close them whatever happens in it.

    Gives those that open: a matter whose key is gone meanwhile is passed by. What was open before stays
    open. Called by the recorder only.
    """
    before = opened_here.get()
    ciphers = _unwrapped(matters)
    opened_here.set((before or {}) | ciphers)
    try:
        yield frozenset(ciphers)
    finally:
        opened_here.set(before)


def unwrapped(matters: list[UUID]) -> dict[UUID, AESGCM]:
    """The matters' keys, in one query. Raises Emptied for a matter whose key is gone."""
    ciphers = _unwrapped(matters)
    gone = [matter for matter in matters if matter not in ciphers]
    if gone:
        raise Emptied(f"there is no key for matter {gone[0]}")
    return ciphers


def _unwrapped(matters: list[UUID]) -> dict[UUID, AESGCM]:
    """The keys that are there."""
    rows = MatterKey.objects.filter(matter__in=matters, wrapped__isnull=False)
    return {
        matter: AESGCM(keys.unseal(_region_cipher(region), bytes(wrapped or b""), f"space {matter}"))
        for matter, region, wrapped in rows.values_list("matter", "region", "wrapped")
    }


def make_matter_key(matter: UUID, region: UUID) -> None:
    """Write a new key for a matter that does not exist yet, in its own transaction in the keys database.

    A key that an attempt before this one left behind is used.
    """
    # Bound to its matter: a key that is copied into another row does not open.
    wrapped = keys.seal(_region_cipher(region), keys.new_key(), f"space {matter}")
    with transaction.atomic(using="keys"):
        MatterKey.objects.get_or_create(
            matter=matter, defaults={"region": region, "wrapped": wrapped, "made_at": timezone.now()}
        )


def destroy_matter_key(matter: UUID, *, at: datetime) -> None:
    """Destroy the matter's key for good: what is sealed with it is empty from now on, in old copies too.

    It is gone at once, whatever becomes of the caller's transaction. Doing it twice changes nothing.
    """
    with transaction.atomic(using="keys"):
        # The row stays without its key: it says when, and that nothing is left to look for.
        MatterKey.objects.filter(matter=matter, wrapped__isnull=False).update(wrapped=None, destroyed_at=at)
    # What this request holds already would outlive the row.
    for held in (opened_here, sealing_here):
        held.set({other: key for other, key in (held.get() or {}).items() if other != matter})


def make_region_key(region: UUID) -> None:
    """Write the region's key, once."""
    wrapped = keys.seal(_cipher("regions"), keys.new_key(), f"region {region}")
    RegionKey.objects.get_or_create(region=region, defaults={"wrapped": wrapped, "made_at": timezone.now()})


def sealed_for_sessions(plain: bytes) -> bytes:
    return keys.seal(_cipher("sessions"), plain, "session")


def unsealed_from_sessions(sealed: bytes) -> bytes:
    return keys.unseal(_cipher("sessions"), sealed, "session")


def pin_digest(matter: UUID, issuer: str, subject: str) -> str:
    """Hash of an identity under the matter's key: says nothing in another matter or without the key."""
    # Straight from the row, past what the record lets open: from a digest nobody reads anything.
    row = MatterKey.objects.get(matter=matter, wrapped__isnull=False)
    key = keys.unseal(_region_cipher(row.region), bytes(row.wrapped or b""), f"space {row.matter}")
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
