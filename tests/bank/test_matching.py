"""Who could lead, and why: nobody who is not outside, in an order that is told, with sentences and no score."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kudelma.bank.matching import EXPERIENCED, Exclusion, Listed, MatchRequest, Work, find, first_two, left_out, place

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 24, 10, tzinfo=UTC)
TIMES = ((NOON, NOON + timedelta(hours=2, minutes=30)),)


def uid(number):
    return UUID(int=number)


def listed(number, **fields):
    """One who speaks Finnish and has told nothing else."""
    values = {"waits_since": TODAY - timedelta(days=100), "languages": frozenset({"fi"})}
    return Listed(key=uid(number), account=uid(1000 + number), **values | fields)


def sought(**fields):
    return MatchRequest(on=TODAY, **fields)


def keys(found):
    return [candidate.consultant.key.int for candidate in found.candidates]


def sentences(one, what):
    with translation.override("en"):
        return [reason.text for reason in find([one], what).candidates[0].reasons]


# ---------------------------------------------------------------- outside

INVOLVED = sought(units=frozenset({uid(7)}), accounts=frozenset({uid(1001)}))


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (listed(1), Exclusion.INVOLVED),
        (listed(2, work=frozenset({Work(uid(7), leads=True)})), Exclusion.SUPERIOR),
        (listed(2, work=frozenset({Work(uid(8)), Work(uid(7))})), Exclusion.UNIT),
        (listed(2, has_met=True), Exclusion.MET),
        (listed(2, is_asked=True), Exclusion.ASKED),
        (listed(2, rests_until=TODAY), Exclusion.RESTS),
        (listed(2, n_now=3), Exclusion.FULL),
        (listed(2, n_now=1, most_at_once=1), Exclusion.FULL),
    ],
)
def test_somebody_who_is_not_outside_or_not_free_is_left_out_with_the_reason(one, why):
    assert left_out(one, INVOLVED) == why
    assert find([one], INVOLVED).candidates == ()


@pytest.mark.parametrize(
    "one",
    [
        listed(2),
        listed(2, work=frozenset({Work(uid(8), leads=True)})),
        listed(2, rests_until=TODAY - timedelta(days=1)),
        listed(2, n_now=2),
        listed(2, n_now=3, most_at_once=4),
    ],
)
def test_somebody_who_is_outside_is_offered(one):
    assert left_out(one, INVOLVED) is None
    assert keys(find([one], INVOLVED)) == [2]


def test_how_many_are_left_out_and_why_is_told_in_numbers():
    bank = [
        listed(1),
        *(listed(n, work=frozenset({Work(uid(7))})) for n in (2, 3, 4)),
        listed(5, has_met=True),
        listed(6),
    ]

    with translation.override("en"):
        found = find(bank, INVOLVED)

    assert found.left == (
        "One is involved in the matter.",
        "3 work or have worked in an involved unit.",
        "One has led before in a matter of the same professionals.",
    )
    assert keys(found) == [6]


# ---------------------------------------------------------------- reasons


def test_each_reason_is_a_sentence_that_can_be_weighed():
    one = listed(
        1, languages=frozenset({"fi", "sv"}), municipality="Koivula", trained_on=date(2024, 5, 20), free=TIMES,
        n_now=2, n_before=4,
    )  # fmt: skip

    told = sentences(one, sought(languages=frozenset({"sv"}), times=TIMES, municipality="koivula"))

    assert told == [
        "Speaks the languages of the people.",
        "Is free at a wished time: Tuesday 24 November at 12:00.",
        "Works in the same municipality.",
        "Has 2 matters now.",
        "Trained in May 2024. Has been along 4 times before.",
    ]


def test_what_does_not_fit_or_is_not_known_is_told_as_plainly():
    other = ((NOON + timedelta(days=1), NOON + timedelta(days=1, hours=4)),)
    one = listed(1, municipality="Harjula", free=other)

    told = sentences(one, sought(languages=frozenset({"fi", "sv"}), times=TIMES, municipality="Koivula"))

    assert told == [
        "Does not speak all the languages of the people.",
        "Has told other times than the wished ones.",
        "Works in another municipality: Harjula.",
        "Has no matter now.",
        "The time of training is not known. Has not been along before.",
    ]


def test_an_interpreter_opens_the_way_for_whoever_does_not_speak_the_language():
    told = sentences(listed(1), sought(languages=frozenset({"sv"}), has_interpreter=True))

    assert told[0] == "Does not speak all the languages of the people; an interpreter comes."


def test_before_times_are_known_the_first_free_one_is_told():
    assert sentences(listed(1, free=TIMES), sought())[0] == "Has told free times, the first on Tuesday 24 November."
    assert sentences(listed(1), sought())[0] == "Has told nothing about free times."


def test_part_of_a_wished_time_is_not_enough():
    short = ((NOON, NOON + timedelta(hours=2)),)

    assert sentences(listed(1, free=short), sought(times=TIMES))[0] == "Has told other times than the wished ones."


# ---------------------------------------------------------------- the order


def test_the_list_goes_by_language_time_place_load_and_waiting():
    wanted = sought(languages=frozenset({"sv"}), times=TIMES, municipality="Koivula")
    best = listed(
        9, languages=frozenset({"sv"}), free=TIMES, municipality="Koivula", waits_since=TODAY - timedelta(days=300)
    )
    bank = [
        replace(best, key=uid(6), languages=frozenset({"fi"})),
        replace(best, key=uid(5), free=()),
        replace(best, key=uid(4), municipality="Harjula"),
        replace(best, key=uid(3), n_now=1),
        replace(best, key=uid(2), waits_since=TODAY - timedelta(days=299)),
        best,
    ]

    assert keys(find(bank, wanted)) == [9, 2, 3, 4, 5, 6]


UNITS = st.sets(st.integers(1, 4).map(uid), max_size=3).map(frozenset)


@st.composite
def banks(draw):
    """Up to eight consultants of four units, as different as they come."""
    return [
        listed(
            number,
            work=frozenset(Work(unit, draw(st.booleans())) for unit in draw(UNITS)),
            sector=draw(st.none() | st.integers(1, 3).map(uid)),
            municipality=draw(st.sampled_from(["", "Koivula", "Harjula"])),
            languages=draw(st.sets(st.sampled_from(["fi", "sv", "en"]), min_size=1).map(frozenset)),
            rests_until=draw(st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))),
            free=draw(st.sampled_from([(), TIMES])),
            n_now=draw(st.integers(0, 4)),
            n_before=draw(st.integers(0, 5)),
            has_met=draw(st.booleans()),
            is_asked=draw(st.booleans()),
            waits_since=draw(st.dates(TODAY - timedelta(days=5), TODAY)),
        )
        for number in range(1, draw(st.integers(0, 8)) + 1)
    ]


@st.composite
def matters(draw):
    return sought(
        units=draw(UNITS),
        accounts=draw(st.sets(st.integers(1001, 1008).map(uid), max_size=2).map(frozenset)),
        languages=draw(st.sets(st.sampled_from(["fi", "sv"])).map(frozenset)),
        has_interpreter=draw(st.booleans()),
        times=draw(st.sampled_from([(), TIMES])),
        municipality=draw(st.sampled_from(["", "Koivula"])),
    )


@given(banks(), matters())
def test_nobody_who_is_not_outside_ever_comes(bank, wanted):
    found = find(bank, wanted)

    offered = [candidate.consultant for candidate in found.candidates]
    assert [one for one in offered if one.account in wanted.accounts] == []
    assert [one for one in offered if {work.unit for work in one.work} & wanted.units] == []
    assert [one for one in offered if one.has_met or one.is_asked] == []
    assert [one for one in offered if one.rests_until and one.rests_until >= wanted.on] == []
    assert {one.key for one in offered} == {one.key for one in bank if left_out(one, wanted) is None}
    both = (found.two.first, found.two.second) if found.two else ()
    assert {one.consultant.key for one in both} <= {one.key for one in offered}


@given(banks(), matters(), st.randoms())
def test_the_order_is_total_and_the_same_however_the_bank_is_read(bank, wanted, random):
    mixed = list(bank)
    random.shuffle(mixed)

    found = find(bank, wanted)

    assert keys(find(mixed, wanted)) == keys(found)
    places = [place(candidate) for candidate in found.candidates]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


# ---------------------------------------------------------------- two


def two(*bank, wanted=None):
    found = first_two(find(bank, wanted or sought()).candidates)
    return found and (found.first.consultant.key.int, found.second.consultant.key.int, len(found.why))


@pytest.mark.complaint(7)
def test_two_from_different_sectors_one_experienced_and_one_newer_are_drawn_together():
    days = iter(range(100, 0, -1))

    def one(number, sector, n_before):
        since = TODAY - timedelta(days=next(days))
        return listed(number, sector=uid(sector), n_before=n_before, waits_since=since)

    newer, newer_too, experienced = one(1, 1, 0), one(2, 2, 1), one(3, 2, EXPERIENCED)

    assert two(newer, newer_too, experienced) == (3, 1, 2)
    assert two(newer, newer_too) == (1, 2, 1)
    assert two(newer_too, experienced) == (3, 2, 1)
    assert two(newer, replace(newer_too, sector=uid(1))) == (1, 2, 0)
    assert two(newer) is None


def test_whoever_does_not_speak_the_language_is_proposed_only_when_there_are_not_two_who_do():
    wanted = sought(languages=frozenset({"sv"}))
    swedish = [listed(n, languages=frozenset({"sv"}), sector=uid(1)) for n in (1, 2)]
    other = listed(3, sector=uid(2), n_before=EXPERIENCED)

    assert two(*swedish, other, wanted=wanted) == (1, 2, 0)
    assert two(swedish[0], other, wanted=wanted) == (3, 1, 2)


def test_one_person_in_two_seats_is_not_two():
    here = listed(1)

    assert two(here, replace(here, key=uid(2))) is None


# ---------------------------------------------------------------- fairness


def spread(bank, n_matters, *, ending):
    """How many tasks each got when the first two are always asked, and `ending` of them end as they go."""
    tasks = {one.key: 0 for one in bank}
    for number in range(n_matters):
        found = first_two(find(bank, sought()).candidates)
        chosen = {found.first.consultant.key, found.second.consultant.key}
        day = TODAY + timedelta(days=number + 1)
        bank = [
            replace(one, n_now=0 if ending else one.n_now + 1, n_before=one.n_before + 1, waits_since=day)
            if one.key in chosen
            else one
            for one in bank
        ]
        for key in chosen:
            tasks[key] += 1
    return sorted(tasks.values())


@pytest.mark.complaint(8)
@given(st.integers(2, 9), st.integers(1, 40), st.booleans())
def test_over_many_matters_tasks_spread_evenly_between_equals(n, n_matters, ending):
    bank = [listed(number, most_at_once=1000, n_before=EXPERIENCED) for number in range(1, n + 1)]

    tasks = spread(bank, n_matters, ending=ending)

    assert sum(tasks) == 2 * n_matters
    assert tasks[-1] - tasks[0] <= 1


@pytest.mark.complaint(7, 8)
@given(st.integers(1, 5), st.integers(1, 40), st.sampled_from([0, EXPERIENCED]))
def test_tasks_spread_evenly_also_when_each_pair_comes_from_two_sectors(n, n_matters, n_before):
    """While newcomers learn, nobody is more than two tasks ahead."""
    bank = [
        listed(number, sector=uid(1 + number % 2), most_at_once=1000, n_before=n_before)
        for number in range(1, 2 * n + 1)
    ]

    tasks = spread(bank, n_matters, ending=False)

    assert tasks[-1] - tasks[0] <= (1 if n_before else 2)


def test_without_waiting_the_same_two_would_always_be_asked():
    """The twin: what spreads the tasks is that whoever has waited longest stands first."""
    bank = [listed(number) for number in range(1, 6)]

    first = [keys(find(bank, sought()))[:2] for _ in range(3)]

    assert first == [[1, 2]] * 3
