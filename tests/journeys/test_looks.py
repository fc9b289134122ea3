"""What looks like nothing that was seen before is drawn, once in a run, and looked at as far as it is new."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from journeys import axe
from journeys.claims import Claims
from journeys.looks import DAY, ENGLISH_EVENING, SWEDISH_EVENING, New
from journeys.reader import Reader


class Window:
    """A page of a browser that is none."""

    def set_viewport_size(self, size):
        self.width = size["width"]

    def emulate_media(self, color_scheme):
        self.scheme = color_scheme

    def draw(self, sheet):
        return self


@pytest.fixture
def looked(monkeypatch):
    """[(what was tried, at which width and in which scheme)]"""
    tried = []

    def note(name):
        return lambda page: tried.append((name, page.width, page.scheme)) or []

    for name in ("faults", "too_wide", "cramped"):
        monkeypatch.setattr(axe, name, note(name))
    return tried


@pytest.fixture
def new(tmp_path):
    return lambda: New(None, Claims(tmp_path / "seen"), easel)


def easel(browser, size, prepare=None):
    window = Window()
    window.set_viewport_size(size)
    window.emulate_media("light")
    return window


def reading(html):
    hand = Reader("http://127.0.0.1")
    hand.sheet = replace(hand.sheet, body=b"</main>")
    hand.append(html)
    return hand


WHOLE = [("faults", 1280, "light"), ("faults", 320, "dark"), ("too_wide", 320, "dark"), ("cramped", 320, "dark")]
WIDTH = [("too_wide", 320, "light"), ("cramped", 320, "light")]


def test_a_page_is_looked_at_in_both_schemes_once_and_at_its_width_in_each_language(new, looked):
    looks, hand = new(), reading("<p>Aino")

    for look in (DAY, DAY, SWEDISH_EVENING, ENGLISH_EVENING, ENGLISH_EVENING):
        looks.faults(hand, look)

    assert looked == [*WHOLE, *WIDTH, *WIDTH]


def test_a_page_of_another_skeleton_is_drawn_and_of_another_person_not(new, looked):
    looks = new()

    for html in ("<p>Aino", "<p>Elias", "<p class=small>Elias"):
        looks.faults(reading(html), DAY)

    assert looked == WHOLE * 2


def test_a_page_is_drawn_for_one_new_row_and_not_for_seen_ones_together(new, looked):
    looks, old, fresh = new(), "<li>Aino</li>", "<li class=card>Elias</li>"

    for rows in (old * 2, fresh * 2, old + fresh, fresh * 2 + old):
        looks.faults(reading(f"<ul>{rows}</ul>"), DAY)

    assert looked == WHOLE * 2


def test_what_another_process_has_seen_is_not_drawn_again(new, looked):
    for _ in range(2):
        new().faults(reading("<p>Aino"), DAY)

    assert looked == WHOLE


def test_of_many_who_ask_at_the_same_moment_one_is_first(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        firsts = list(threads.map(lambda _: Claims(tmp_path / "seen").hold_new("axe", ["a"]), range(80)))

    assert firsts.count(True) == 1
