"""Which tests PostgreSQL gets in every run: those that together send every piece of a statement, and those marked."""

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import snapshots
import statements
from kudelma.regions.models import Region, Sector
from statements import Asked, covering, pieces_of

HOUSE = Path(__file__).parent.parent
LOOK = "SELECT a FROM b WHERE c = %s"
SHOP = [
    Asked("dear", frozenset({1, 2, 3, 4}), 1000),
    Asked("small", frozenset({1, 2}), 10),
    Asked("other", frozenset({3, 4}), 10),
    Asked("same", frozenset({1, 2}), 11),
    Asked("silent", frozenset(), 0),
]


def sent_by(act):
    with statements.apart() as sent:
        act()
    return sent


@pytest.mark.parametrize(
    "same",
    [
        (f"{LOOK} AND d IN (%s, %s)", f"{LOOK} AND d IN (%s, %s, %s)"),
        ("INSERT INTO a (b, c) VALUES (%s, %s)", "INSERT INTO a (b, c) VALUES (%s, %s), (%s, %s), (%s, %s)"),
        ("INSERT INTO a (b, c) VALUES (%s, NULL)", "INSERT INTO a (b, c) VALUES (%s, NULL), (%s, NULL)"),
    ],
    ids=["a list", "rows", "rows with a constant"],
)
def test_how_many_values_there_are_makes_nothing_new(same):
    assert len(set(map(pieces_of, same))) == 1


@pytest.mark.parametrize(
    ("other", "number"),
    [
        (LOOK.replace("c =", "c >"), 1),
        (LOOK.replace("FROM b", "FROM d"), 1),
        (LOOK.replace("SELECT a", "SELECT a, e"), 1),
        (f"{LOOK} LIMIT 1", 1),
        (f"{LOOK} ORDER BY a", 1),
        (f"{LOOK} AND (d = %s OR e)", 1),
        (LOOK.replace(" WHERE", " INNER JOIN d ON (b.d = d.id) WHERE"), 1),
        (f"{LOOK} AND EXISTS(SELECT 1 FROM d WHERE d.e AND d.f)", 1),  # noqa: S608  sent to nobody
        (f"{LOOK} FOR UPDATE", 1),
        (LOOK.replace("SELECT", "SELECT DISTINCT"), 1),
    ],
)
def test_what_is_other_in_a_statement_is_one_new_piece(other, number):
    assert len(pieces_of(other) - pieces_of(LOOK)) == number


def test_conditions_that_were_seen_apart_make_nothing_new():
    seen = pieces_of(LOOK) | pieces_of("SELECT a FROM b WHERE (e AND f)")

    assert pieces_of("SELECT a FROM b WHERE (c = %s AND f)") <= seen
    assert not pieces_of("SELECT a FROM b WHERE (c = %s OR f)") <= seen


def test_at_another_depth_the_same_is_the_same():
    assert pieces_of("SELECT U0.a FROM b U0") == pieces_of("SELECT W0.a FROM b W0")


def test_what_ends_with_an_error_is_another_piece():
    assert not pieces_of(LOOK, "DataError") & pieces_of(LOOK)


def test_values_make_nothing_new_and_conditions_do(region):
    first = sent_by(lambda: list(Region.objects.filter(code="04")))

    assert first.number == 1
    assert sent_by(lambda: list(Region.objects.filter(code="05"))).pieces == first.pieces
    assert sent_by(lambda: list(Region.objects.filter(code__lt="05"))).pieces != first.pieces


def test_what_the_database_refuses_is_a_piece_of_its_own(region):
    def add():
        with transaction.atomic():
            Sector.objects.bulk_create([sector])

    sector = Sector(region=region, name_fi="Nuoret")
    accepted = sent_by(add)
    with statements.apart() as refused, pytest.raises(IntegrityError):
        add()

    assert len(refused.pieces) == len(accepted.pieces) == 1
    assert refused.pieces != accepted.pieces


def test_a_test_has_sent_what_its_walk_sends_whether_it_was_walked_or_put_back(region):
    def walk():
        return Sector.objects.create(region=region, name_fi="Nuoret")

    name = f"a walk of {__name__}"
    sent = [sent_by(lambda: snapshots.once(name, walk))]
    Sector.objects.all().delete()
    snapshots.begin()

    assert sent[0].pieces == sent_by(walk).pieces
    assert sent[0].number == 0


def test_the_tests_that_are_chosen_send_every_piece_for_the_least_cost():
    chosen = covering(SHOP)

    assert [test.test for test in chosen] == ["other", "small"]
    assert statements.pieces_sent(chosen) == {1, 2, 3, 4}


def test_which_tests_are_chosen_does_not_depend_on_their_order():
    assert covering(SHOP) == covering(SHOP[::-1])


def test_a_piece_that_one_test_alone_sends_brings_it_however_dear():
    alone = Asked("alone", frozenset({1, 9}), statements.DEAR)

    assert alone in covering([*SHOP, alone])


def test_beyond_that_it_is_left_to_the_run_of_everything_on_postgresql():
    too_dear = Asked("too dear", frozenset({1, 9}), statements.DEAR + 1)

    assert too_dear not in covering([*SHOP, too_dear])


def locks(folder):
    """The files that lock rows: of that no statement of SQLite tells."""
    return [file.name for file in folder.rglob("*.py") if "select_for_update" in file.read_text(encoding="utf-8")]


def test_the_house_takes_no_lock():
    assert locks(HOUSE / "src") == []


def test_a_lock_would_be_found(tmp_path):
    (tmp_path / "actions.py").write_text("Matter.objects.select_for_update().get(pk=pk)")

    assert locks(tmp_path) == ["actions.py"]


class Collected:
    """Of a collected test, what the choice looks at."""

    def __init__(self, nodeid, *marks, fixtures=()):
        self.nodeid, self.fixturenames = nodeid, fixtures
        self._marks = {mark.name: mark for mark in marks}

    def get_closest_marker(self, name):
        return self._marks.get(name)


PLAIN, NAMED = Collected("plain", pytest.mark.django_db.mark), Collected("named")
COMMITS = [
    Collected("commits", fixtures=("transactional_db",)),
    Collected("commits by mark", pytest.mark.django_db(transaction=True).mark),
    Collected("differs", pytest.mark.both.mark),
]


def test_those_that_are_named_and_those_that_commit_or_differ_run(tmp_path, monkeypatch):
    file = tmp_path / "chosen.json"
    file.write_text(json.dumps(["named"]))
    monkeypatch.setenv(statements.CHOSEN, str(file))

    assert statements.chosen([PLAIN, NAMED, *COMMITS]) == ([NAMED, *COMMITS], [PLAIN])


def test_a_name_that_nothing_has_is_no_choice(tmp_path, monkeypatch):
    file = tmp_path / "chosen.json"
    file.write_text(json.dumps(["named", "renamed"]))
    monkeypatch.setenv(statements.CHOSEN, str(file))

    with pytest.raises(LookupError, match="not collected: renamed"):
        statements.chosen([PLAIN, NAMED])


def test_without_a_choice_all_run(monkeypatch):
    monkeypatch.delenv(statements.CHOSEN, raising=False)

    assert statements.chosen([PLAIN, NAMED]) == ([PLAIN, NAMED], [])


def test_what_was_noted_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv(statements.NOTES, str(tmp_path))
    with statements.apart() as sent:
        sent.pieces |= {3, 5}
        sent.number = 7
        statements.note("a::test[ä\n]")

    assert list(statements.read(tmp_path)) == [Asked("a::test[ä\n]", frozenset({3, 5}), 7)]
