"""What tests of seats begin with: somebody who may give them, and a place to work at."""

import pytest
from django.core.management import call_command

import factories
from kudelma.people.models import Role, Seat
from kudelma.regions.models import Unit


@pytest.fixture
def administrator(region) -> Seat:
    return factories.seat(region, Role.ADMINISTRATOR)


@pytest.fixture
def unit(region) -> Unit:
    return factories.unit(region, "Kivirannan koulu")


@pytest.fixture
def invited(cast):
    cast.to("invited")
    call_command("work", once=True)
    cast.open()
    return cast
