"""One server with the demo, and one without, for all journeys that one process of the test run makes."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from journeys import installations
from journeys.claims import Claims
from journeys.hands import launch
from journeys.order import in_order
from journeys.server import Server
from journeys.stage import Stage


@pytest.fixture(scope="session")
def demo() -> Iterator[Server]:
    """The whole story of Esimerkkilä, served."""
    with installations.demo() as one:
        one.start()
        yield one


@pytest.fixture(scope="session")
def house() -> Iterator[Server]:
    """An installation without the demo, in which every journey has a region of its own."""
    with installations.house() as one:
        one.start()
        yield one


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all journeys of a process. It ends with the last of them: beside its event loop Django keeps still."""
    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@pytest.fixture(scope="session")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Claims:
    """What was seen already in this run, by any of its processes."""
    folder = tmp_path_factory.getbasetemp()
    return Claims((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "seen")


@pytest.fixture
def stage(house: Server, browser: Browser, claims: Claims) -> Iterator[Callable[[str], Stage]]:
    """Walks a matter by a script, and closes every browser that was opened for it."""
    stages: list[Stage] = []

    def walk(script: str) -> Stage:
        stages.append(Stage(house, browser, claims, script))
        return stages[-1]

    yield walk
    for one in stages:
        one.close()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    items[:] = in_order(items)
