"""What rooms hand up for a matter's page and for lists: read once, told by fixed ranks, joined into one question."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from kudelma.matters.models import ORDER_OF_STEPS, Matter, Step
from kudelma.matters.page import COLUMNS, FACTS, LINKS, PROPOSALS, NextStep, Panel, Rank, Shown, cards, next_step
from kudelma.matters.waiting import HOLDERS, REMINDERS, WAITS_FOR, waiting_for

EVERYBODY = ["coordinator", "lead", "orderer", "invited"]


def test_no_two_panels_share_a_place():
    places = Counter((panel.column, panel.rank) for panel in Panel.__subclasses__())

    assert {place for place, n in places.items() if n > 1} == set()
    assert {column for column, _rank in places} == {*COLUMNS, ""}


def test_no_two_reminders_share_a_rank():
    assert len({reminder.rank for reminder in REMINDERS}) == len(list(REMINDERS)) == 6


def test_at_each_step_somebody_has_a_word_for_whoever_looks():
    """Last of all, so that a page never stands without: and of two with the same rank nobody knew which is told."""
    ranks = {step: Counter(proposal.rank for proposal in PROPOSALS if step in proposal.steps) for step in Step}

    assert {step for step, ranked in ranks.items() if ranked[Rank.STANDING] != 1} == set()
    assert {(step, rank) for step, ranked in ranks.items() for rank, n in ranked.items() if n > 1} == set()


@pytest.fixture
def cleared(monkeypatch):
    """Nothing handed up but what a test hands up."""
    for place in (PROPOSALS, FACTS, WAITS_FOR):
        monkeypatch.setattr(place, "_pieces", [])
    return factories


def test_without_a_word_for_its_step_a_matter_is_a_bug_and_no_empty_line(cast, cleared):
    cast.to("ordered")

    with pytest.raises(LookupError):
        next_step(cast.matter, Shown([cast.matter], cast.coordinator))


def test_nobody_is_waited_for_by_nothing(cast, cleared):
    cast.to("ordered")

    assert not Matter.objects.filter(waiting_for(cast.coordinator)).exists()


def test_what_is_read_is_read_once(cast):
    cast.to("ordered")
    shown, reads = Shown([cast.matter], cast.coordinator), []

    assert [shown.read(lambda_of(reads)), shown.read(lambda_of(reads))] == ["read", "read"]
    reader = lambda_of(reads)
    assert [shown.read(reader), shown.read(reader)] == ["read", "read"]

    assert len(reads) == 3


def lambda_of(reads):
    return lambda shown: reads.append(shown) or "read"


@pytest.mark.parametrize("name", ["coordinator", "lead", "orderer"])
def test_all_facts_of_many_matters_are_one_question(cast, name):
    for step in ("preparing", "timing", "invited"):
        cast.to(step)
    seat = getattr(cast, name)
    shown = Shown(Matter.objects.visible_to(seat), seat)

    with CaptureQueriesContext(connection) as questions:
        so = {fact: {matter.step for matter in shown.matters if shown.is_so(fact, matter)} for fact in FACTS}

    assert len(questions) == 1
    assert len(so) > 3


def test_of_no_matter_nothing_is_asked(cast, django_assert_num_queries):
    cast.to("ordered")

    with django_assert_num_queries(0):
        assert not Shown([], cast.coordinator).is_so(next(iter(FACTS)), cast.matter)


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("step", ORDER_OF_STEPS)
def test_everything_on_the_page_stands_in_one_of_its_columns(cast, name, step):
    cast.to(step)
    seat = getattr(cast, name)
    matter = Matter.objects.visible_to(seat).for_page().filter(pk=cast.matter.pk).first()
    if matter is None:
        return

    shown = Shown([matter], seat, is_page=True)
    columns = cards(matter, shown)
    links = [link for column in columns.values() for card in column for link in (*card.links, *card.beside)]

    assert sorted(link.url for link in links) == sorted(link.url for tell in LINKS for link in tell(matter, shown))
    assert list(columns) == list(COLUMNS)
    assert "preparation/panel.html" in [card.panel.template for card in columns["main"]]


def test_whoever_can_keep_a_matter_waiting_has_somebody_who_tells_with_whom_it_is():
    told = [waits_for for holder in HOLDERS for waits_for in holder.waits_for]

    assert sorted(told) == sorted({"orderer", "consultants", "people", "pair"})


def test_a_step_that_is_nobodys_turn_has_no_button():
    assert NextStep("Asia on päättynyt") == NextStep("Asia on päättynyt", "", "", "")
