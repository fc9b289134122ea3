"""AES-GCM and HKDF, in the three shapes that the house uses. Knows no table and no file.

A sealed value is `version (1 byte) | nonce (12 bytes) | ciphertext and tag`. What it is bound to
(its seal name, row, space) is authenticated, so a copy in another place does not open.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = b"\x01"


class Broken(Exception):
    """A sealed value does not open: wrong key, wrong place, or changed bytes. Never caught to go on."""


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose. Source: RFC 5869."""
    # No salt: what goes in is a random key already.
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"kudelma {purpose}".encode()).derive(key)


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(cipher: AESGCM, plain: bytes, bound_to: str) -> bytes:
    # Random: many processes seal with one key, and none of them knows how far the others have counted.
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + cipher.encrypt(nonce, plain, bound_to.encode())


def unseal(cipher: AESGCM, sealed: bytes, bound_to: str) -> bytes:
    """The plain bytes. Raises Broken for anything but exactly what `seal` made for this place."""
    if sealed[:1] != VERSION:
        raise Broken(f"unknown seal version at {bound_to}")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, body, bound_to.encode())
    except (InvalidTag, ValueError):
        raise Broken(f"does not open at {bound_to}") from None


def fingerprint(key: bytes, value: str) -> str:
    """Keyed hash of `value`, 64 hexadecimal characters: finds equals, tells nothing."""
    # Keyed: there are so few addresses and numbers in the world that a plain hash of them can be guessed.
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
