"""The list, sorted and narrowed by words in its address: they tell of nobody, and wrong ones are no trouble."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from kudelma.desk import views
from kudelma.desk.sorting import Sorting
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.meetings.actions import times

pytestmark = pytest.mark.both


def page(seat, query=""):
    return factories.sit(seat).get(f"/matters/?{query}", secure=True)


def listed(seat, query=""):
    return [one.number for one in page(seat, query).context["lines"]]


def made(cast, *steps):
    """A matter at each of these steps; {step: its number}."""
    found = {}
    for step in steps:
        cast.to(step)
        found[step] = cast.matter.number
    return found


# ---------------------------------------------------------------- narrowed


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        ("waits=coordinator", ["inviting", "ordered"]),
        ("waits=people", ["timing"]),
        ("waits=pair", ["planning"]),
        ("waits=others", ["planning", "timing"]),
        ("waits=nobody", ["invited"]),
        ("waits=consultants", []),
        ("waits=nobody&state=closed", ["closed"]),
        ("state=closed", ["closed"]),
        ("state=open", ["planning", "invited", "inviting", "timing", "ordered"]),
        ("station=1", ["ordered"]),
        ("station=2", ["inviting", "timing"]),
        ("station=4&waits=pair", ["planning"]),
        ("station=4&waits=people", []),
        ("", ["closed", "planning", "invited", "inviting", "timing", "ordered"]),
    ],
)
def test_the_list_is_narrowed_by_whom_it_waits_for_station_and_state(cast, query, steps):
    numbers = made(cast, "ordered", "timing", "inviting", "invited", "planning", "closed")

    assert listed(cast.coordinator, query) == [numbers[step] for step in steps]


@pytest.mark.parametrize("query", ["waits=x", "waits=../", "station=9", "state=x&sort=x", "sort=called", "unknown=1"])
def test_a_word_that_is_not_known_is_as_if_it_were_not_there(cast, query):
    numbers = made(cast, "ordered", "closed")

    assert listed(cast.coordinator, query) == [numbers["closed"], numbers["ordered"]]


def test_whoever_narrows_sees_nothing_that_was_not_theirs(cast):
    made(cast, "ordered", "preparing")
    stranger = factories.Cast(factories.region())

    seen = {name: len(listed(getattr(cast, name), "state=open")) for name in ("orderer", "invited", "lead", "outsider")}

    assert seen == {"orderer": 2, "invited": 1, "lead": 1, "outsider": 0}
    assert listed(stranger.coordinator, "waits=others") == listed(stranger.coordinator, "state=open") == []


def test_when_nothing_is_like_this_the_page_says_so_and_leads_back(cast):
    made(cast, "ordered")

    shown = page(cast.coordinator, "waits=pair")

    assert "Tällaista asiaa ei ole." in shown.text
    assert "Tällaista asiaa ei ole." not in page(cast.coordinator).text


# ---------------------------------------------------------------- sorted


def test_the_longest_waited_come_first_and_closed_ones_are_left_out(cast):
    now, numbers = timezone.now(), []
    for days_ago in (1, 20, 9):
        with time_machine.travel(now - timedelta(days=days_ago)):
            numbers.append(made(cast, "ordered")["ordered"])
    made(cast, "closed")

    assert listed(cast.coordinator, "sort=waited") == [numbers[1], numbers[2], numbers[0]]


def test_what_is_beyond_its_limit_comes_before_what_may_take_longer(cast):
    """A meeting may be prepared for three weeks; an order waits for an answer three days."""
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        preparing = made(cast, "preparing")["preparing"]
    with time_machine.travel(timezone.now() - timedelta(days=4)):
        ordered = made(cast, "ordered")["ordered"]

    assert listed(cast.coordinator, "sort=waited") == [ordered, preparing]


def test_the_smallest_number_comes_first_also_over_years(cast):
    first, second, third = (made(cast, "ordered")["ordered"] for _ in range(3))
    Matter.objects.filter(year=cast.matter.year, running=3).update(year=cast.matter.year - 1)

    assert listed(cast.coordinator, "sort=number") == [third.replace(third[:4], str(int(third[:4]) - 1)), first, second]


def invited_in(cast, days):
    """A matter whose meeting is in that many days."""
    cast.now = timezone.now() + timedelta(days=days - 7)
    return made(cast, "invited")["invited"]


def test_the_next_meeting_comes_first_and_tells_its_time(cast):
    later, sooner = invited_in(cast, 9), invited_in(cast, 3)
    none = made(cast, "ordered")["ordered"]

    shown = page(cast.coordinator, "sort=meeting").context["lines"]

    assert [one.number for one in shown] == [sooner, later, none]
    assert [one.detail.count("klo") for one in shown] == [1, 1, 0]
    assert [one.detail.count("klo") for one in page(cast.coordinator).context["lines"]] == [0, 0, 0]


def test_an_orderer_who_is_not_invited_does_not_learn_from_the_order_who_meets_first(cast):
    sooner, later = invited_in(cast, 3), invited_in(cast, 9)

    assert listed(cast.orderer, "sort=meeting") == [later, sooner]
    assert listed(cast.coordinator, "sort=meeting") == [sooner, later]
    assert [one.detail.count("klo") for one in page(cast.orderer, "sort=meeting").context["lines"]] == [0, 0]


# ---------------------------------------------------------------- the form and the pages


def chosen(shown):
    """{name of a select: the word chosen in it}"""
    found = BeautifulSoup(shown.text, "html.parser").select("form.sorting select")
    return {str(one["name"]): one.select_one("option[selected]")["value"] for one in found}


def test_the_form_shows_what_is_chosen_and_asks_by_its_own_address(cast):
    form = BeautifulSoup(page(cast.coordinator).text, "html.parser").select_one("form.sorting")

    assert (form.get("method", "get"), form.get("action", "")) == ("get", "")
    assert chosen(page(cast.coordinator)) == {"waits": "", "station": "", "state": "", "sort": ""}
    assert chosen(page(cast.coordinator, "waits=pair&sort=number")) == {
        "waits": "pair", "station": "", "state": "open", "sort": "number",
    }  # fmt: skip


def test_every_select_is_named_and_every_word_in_it_is_known(cast):
    shown = BeautifulSoup(page(cast.coordinator).text, "html.parser").select_one("form.sorting")

    words = {str(one["name"]): [str(option["value"]) for option in one.select("option")] for one in shown("select")}
    assert {label["for"] for label in shown("label")} == {one["id"] for one in shown("select")}
    assert set(words["waits"]) == {"", "others", *WaitsFor}
    assert words["station"] == ["", "1", "2", "3", "4", "5"]
    for name, options in words.items():
        assert [getattr(Sorting.read({name: word}), name) for word in options] == options


def test_fifty_to_a_page_and_the_next_page_keeps_what_was_chosen(cast, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 2)
    numbers = [made(cast, "ordered")["ordered"] for _ in range(3)]
    made(cast, "timing")

    first = page(cast.coordinator, "waits=coordinator&sort=number")
    link = BeautifulSoup(first.text, "html.parser").find("a", string="Seuraava sivu")["href"]
    second = factories.sit(cast.coordinator).get(f"/matters/{link}", secure=True)

    assert link == "?waits=coordinator&state=open&sort=number&page=2"
    assert [one.number for shown in (first, second) for one in shown.context["lines"]] == numbers
    assert "?waits=coordinator&amp;state=open&amp;sort=number&amp;page=1" in second.text


@pytest.mark.parametrize("sort", ["", "waited", "number", "meeting"])
def test_however_it_is_sorted_the_list_asks_as_often(cast, sort, django_assert_max_num_queries):
    made(cast, "ordered", "timing", "invited", "planning", "following")
    cast.to("timing")
    times.answer(cast.the_meeting(), cast.mother, options={}, coming="call", by=cast.mother.seat, at=cast.at())

    for seat in (cast.coordinator, cast.lead, cast.invited):
        client = factories.sit(seat)
        with django_assert_max_num_queries(12):
            client.get(f"/matters/?sort={sort}", secure=True)


def test_a_meeting_that_is_past_or_held_is_no_next_one(cast):
    coming = invited_in(cast, 5)
    cast.to("following")
    held = cast.matter.number

    assert cast.matter.step == Step.FOLLOWING
    assert listed(cast.coordinator, "sort=meeting") == [coming, held]
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert listed(cast.coordinator, "sort=meeting") == [held, coming]
