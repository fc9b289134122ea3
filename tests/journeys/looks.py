"""Two ways of looking at a page on which somebody is: all that axe can find there, or only what nobody saw before."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize

from journeys import axe, skeleton
from journeys.browsing import Browsing
from journeys.claims import Claims
from journeys.easel import Easel
from journeys.reader import Reader

LAPTOP: ViewportSize = {"width": 1280, "height": 800}
SIZE = {"light": LAPTOP, "dark": axe.NARROW}


@dataclass(frozen=True)
class Look:
    """A language, and by day at a laptop or in the evening at a narrow phone."""

    language: str
    scheme: str

    def __str__(self) -> str:
        return f"{self.language} {self.scheme}"


DAY, SWEDISH_EVENING, ENGLISH_EVENING = Look("fi", "light"), Look("sv", "dark"), Look("en", "dark")
EVENINGS = [SWEDISH_EVENING, ENGLISH_EVENING]


def everything(hand: Browsing, look: Look) -> list[str]:
    """What is wrong with the page that the browser shows."""
    return axe.faults(hand.page) + axe.too_wide(hand.page)


class New:
    """Draws what was read when something in its skeleton was not drawn before in this run: by day and in the evening
    for axe, and once more in each other language for the width."""

    def __init__(self, browser: Browser, claims: Claims, easel: Callable[..., Easel] = Easel) -> None:
        self._claims = claims
        self._for_axe, self._for_width = easel(browser, SIZE["light"], axe.bring), easel(browser, axe.NARROW)

    def faults(self, hand: Reader, look: Look) -> list[str]:
        pieces = skeleton.of(hand.sheet.soup)
        is_new_in_language = self._claims.hold_new(look.language, pieces)
        if self._claims.hold_new("axe", pieces):
            return self._faults_of_both_schemes(self._for_axe.draw(hand.sheet))
        return _faults_of_width(self._for_width.draw(hand.sheet)) if is_new_in_language else []

    def _faults_of_both_schemes(self, page: Page) -> list[str]:
        found = []
        for scheme, size in SIZE.items():
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found += axe.faults(page)
        return found + _faults_of_width(page)

    def close(self) -> None:
        self._for_axe.close()
        self._for_width.close()


def _faults_of_width(page: Page) -> list[str]:
    return axe.too_wide(page) + axe.cramped(page)
