"""What tests of seats begin with: somebody who may give them, and a place to work at."""

import pytest

import factories
from kudelma.people.models import Role, Seat
from kudelma.regions.models import Unit


@pytest.fixture
def administrator(region) -> Seat:
    return factories.seat(region, Role.ADMINISTRATOR)


@pytest.fixture
def unit(region) -> Unit:
    return factories.unit(region, "Kivirannan koulu")
