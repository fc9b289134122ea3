"""What is handed up is called in the order in which it came; of which there is one, there is exactly one."""

import pytest

from kudelma.core.handed import HandedUp


def test_all_are_told_in_their_order():
    heard = []
    news = HandedUp()

    @news
    def first(word):
        heard.append(("first", word))

    news(lambda word: heard.append(("second", word)))
    news.tell("aamu")

    assert heard == [("first", "aamu"), ("second", "aamu")]
    assert next(iter(news)) is first


def test_what_one_raises_stops_those_after_it_and_whoever_tells():
    heard = []
    news = HandedUp()
    news(lambda: 1 / 0)
    news(lambda: heard.append("second"))

    with pytest.raises(ZeroDivisionError):
        news.tell()

    assert heard == []


def test_the_only_one_is_the_only_one():
    place = HandedUp()
    assert not place
    with pytest.raises(ValueError, match="not enough"):
        assert place.only

    place("one")
    assert (bool(place), place.only) == (True, "one")

    place("two")
    with pytest.raises(ValueError, match="too many"):
        assert place.only
