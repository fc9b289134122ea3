"""Sealed bytes open only as they were made, in the place they were made for."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from kudelma.core import keys

CIPHER = AESGCM(keys.new_key())
PLACE = "orders_order|worry|row|matter"


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again(plain):
    assert keys.unseal(CIPHER, keys.seal(CIPHER, plain, PLACE), PLACE) == plain


def test_no_changed_byte_opens():
    sealed = keys.seal(CIPHER, b"Aino", PLACE)

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(keys.Broken):
            keys.unseal(CIPHER, bytes(changed), PLACE)


@pytest.mark.parametrize(
    "place", ["orders_order|wish|row|matter", "orders_order|worry|other|matter", "orders_order|worry|row|other", ""]
)
def test_a_copy_in_another_place_does_not_open(place):
    with pytest.raises(keys.Broken):
        keys.unseal(CIPHER, keys.seal(CIPHER, b"Aino", PLACE), place)


def test_another_key_does_not_open():
    with pytest.raises(keys.Broken):
        keys.unseal(AESGCM(keys.new_key()), keys.seal(CIPHER, b"Aino", PLACE), PLACE)


def test_the_same_text_is_never_sealed_the_same():
    assert len({keys.seal(CIPHER, b"Aino", PLACE) for _ in range(1000)}) == 1000


@given(st.binary(max_size=60))
def test_anything_else_is_broken_and_not_an_accident(noise):
    with pytest.raises(keys.Broken):
        keys.unseal(CIPHER, noise, PLACE)


def test_keys_for_two_purposes_differ():
    key = os.urandom(32)

    assert keys.derive(key, "staff") != keys.derive(key, "sessions")
    assert keys.derive(key, "staff") == keys.derive(key, "staff")
