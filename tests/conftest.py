"""What every test may lean on: closed sockets, a fresh vault, seats, and clients that sit on them."""

import gc
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import settings

import factories
import snapshots
import statements
from kudelma.trust import vault
from strict.client import strict_clients
from strict.names import strict_names

settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile("suite")
statements.watch()


@pytest.fixture(autouse=True)
def closed_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a test talks to the world beyond this machine."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True, scope="session")
def strict_pages() -> Iterator[None]:
    """Every page that a test is answered is read strictly at once, and is made of names that were given."""
    with strict_clients(), strict_names():
        yield


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A test begins in the language of the house, whatever was spoken on the last page of the one before."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def closed_vault() -> Iterator[None]:
    """Each test begins with no matter open, like each request."""
    vault.close_all()
    vault._region_ciphers.clear()
    yield
    vault.close_all()


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Job worker and streams drop old connections; here that would drop the test's own transaction."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr("kudelma.live.following.close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def known_databases(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where the databases stand is known at the beginning of each test, and what is written is noted."""
    snapshots.begin()
    statements.begin()
    yield
    statements.note(request.node.nodeid)
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        snapshots.begin(after_commits=True)


@pytest.fixture
def region(db: None) -> Any:
    return snapshots.once("region", factories.kept_region)


@pytest.fixture
def cast(region: Any) -> factories.Cast:
    """One matter's people: coordinator, orderer, consultants, an outsider, and more."""
    return factories.Cast(region)


@pytest.fixture
def django_assert_max_num_queries() -> Any:
    """At most so many questions to both databases, as the benchmark counts; transaction control is not counted."""

    @contextmanager
    def at_most(number: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as content, CaptureQueriesContext(connections["keys"]) as keys:
            yield
        asked = [*content, *keys]
        told = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN"))]
        assert len(told) <= number, "\n".join(told)

    return at_most


@pytest.fixture
def client() -> Client:
    return Client()


def pytest_collection_finish() -> None:
    """What stands when the tests begin stands until the end: the collector of garbage need not go through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """Every test that uses the database may use both. Where tests are chosen, the others are left out."""
    chosen, left_out = statements.chosen(items)
    config.hook.pytest_deselected(items=left_out)
    items[:] = chosen
    for item in items:
        if any(name in item.fixturenames for name in ("db", "transactional_db", "region", "cast")):
            mark = item.get_closest_marker("django_db")
            if mark is None:
                item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))
