"""One server with the demo, and one without, for all journeys that one process of the test run makes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from journeys import installations
from journeys.hands import launch
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


@pytest.fixture
def stage(house: Server, browser: Browser) -> Iterator[Callable[[str], Stage]]:
    """Walks a matter by a script, and closes every browser that was opened for it."""
    stages: list[Stage] = []

    def walk(script: str) -> Stage:
        stages.append(Stage(house, browser, script))
        return stages[-1]

    yield walk
    for one in stages:
        one.close()
