"""Real people and made-up ones never share a server."""

import pytest
from django.core.management import CommandError, call_command

import factories
from kudelma.configuration import Misconfigured
from kudelma.core.news import about_to_serve
from kudelma.demo.management.commands import demo
from kudelma.people.models import Role
from kudelma.regions.models import Region


@pytest.mark.parametrize(("is_demo", "made_up", "is_refused"), [
    (True, False, True), (True, True, False), (False, False, False), (False, True, True),
])  # fmt: skip
def test_the_server_starts_only_for_one_kind_of_people(region, settings, is_demo, made_up, is_refused):
    Region.objects.update(is_demo=made_up)
    factories.seat(region, Role.COORDINATOR)
    settings.DEMO = is_demo

    refused = []
    try:
        about_to_serve.tell()
    except Misconfigured as wrong:
        refused.append(str(wrong))

    assert bool(refused) == is_refused


def test_an_empty_installation_starts_either_way(region, settings):
    for settings.DEMO in (True, False):
        about_to_serve.tell()


def test_the_demo_is_not_loaded_beside_real_people(region, settings, monkeypatch):
    factories.seat(region, Role.COORDINATOR)
    settings.DEMO = True
    monkeypatch.setattr(demo, "call_command", lambda *words, **options: None)  # the tables are there

    with pytest.raises(CommandError, match="real people"):
        call_command("demo")
