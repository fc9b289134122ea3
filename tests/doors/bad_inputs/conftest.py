"""These tests ask what a form does with bad input, not how long a code lives."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def patient_clock(settings: Any) -> None:
    """A second factor's code that a way typed at its start counts until its end, also on a slow machine."""
    settings.MFA_TOTP_TOLERANCE = 20
