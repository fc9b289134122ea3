"""Finding a matter: by number, unit, consultant or caller; what was looked for is kept nowhere.

The search comes first, as people who know more than ten matters ask.
"""

import logging
from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

import factories
from kudelma.desk import finding
from kudelma.desk.finding import Words, find, parts_of
from kudelma.matters.models import Matter
from kudelma.orders.actions import orders
from kudelma.orders.inputs import OrderTold
from kudelma.people.models import Account
from kudelma.regions.models import Unit
from kudelma.trust import vault
from kudelma.trust.models import Entry, What
from trust.canaries import tables


def ask(seat, words):
    return factories.sit(seat).post("/matters/finding/", {"words": words}, secure=True)


def found(cast, words):
    return [one.number for one in ask(cast.coordinator, words).context["lines"]]


@pytest.fixture
def two(cast):
    """The numbers of Aino Saarela's matter, and of Åsa-Maija Mäkelä's."""
    first = cast.to("preparing").matter.number
    cast.order()
    cast.accept()
    cast.lead, cast.writer = (factories.seat(cast.region, "consultant") for _ in range(2))
    cast.add_people = lambda: None
    cast.pair()
    cast.add("close", "Åsa-Maija", "Mäkelä", relation="täti")
    return first, cast.fresh().number


# ---------------------------------------------------------------- by number


@pytest.mark.parametrize("typed", ["{year}-0002", "{year}-2", "{year}/2", "2", "02", "0002", "  2  ", "{year} - 0002"])
def test_a_matter_is_found_by_its_number(cast, typed):
    for _ in range(3):
        cast.order()

    assert found(cast, typed.format(year=cast.matter.year)) == [f"{cast.matter.year}-0002"]


@pytest.mark.parametrize("typed", ["4", "1999-0001", "0", "999999"])
def test_a_number_that_is_not_there_finds_nothing(cast, typed):
    cast.order()

    assert found(cast, typed) == []
    assert "Mitään ei löytynyt." in ask(cast.coordinator, typed).text


def test_a_closed_matter_is_found_by_its_number_and_not_by_a_name(cast):
    cast.to("following")
    assert found(cast, "saarela") == [cast.matter.number]

    cast.close()

    assert found(cast, "1") == [cast.matter.number]
    assert [found(cast, word) for word in ("saarela", cast.lead.account.name, cast.orderer.unit.name)] == [[], [], []]


def test_a_number_opens_no_key_and_leaves_no_line(cast):
    cast.to("preparing")
    before = Entry.objects.count()

    found(cast, "1")

    assert Entry.objects.count() == before


# ---------------------------------------------------------------- by a caller's name


@pytest.mark.complaint(37)
@pytest.mark.parametrize(
    ("typed", "which"),
    [
        ("saarela", {0, 1}),
        ("Saar", {0, 1}),
        ("SAAR", {0, 1}),
        ("aino saarela", {0, 1}),
        ("saarela aino", {0, 1}),
        ("mäkelä", {1}),
        ("makela", {1}),
        ("MÄK", {1}),
        ("åsa-maija", {1}),
        ("maija", {1}),
        ("asa m", {1}),
        ("aarela", set()),
        ("saarelainen", set()),
        ("aino mäkelä", set()),
    ],
)
def test_the_beginnings_of_the_parts_of_one_persons_name_find_the_matter(cast, two, typed, which):
    assert set(found(cast, typed)) == {two[number] for number in which}


def test_a_matter_is_found_by_what_it_is_called_and_by_who_called_in(cast):
    cast.to("preparing")
    assert found(cast, "elias") == [cast.matter.number]
    order = OrderTold(**factories.ORDER, came="phone", caller="Tuulikki")

    made = orders.order_meeting(idempotency_key=uuid4(), values=order, by=cast.orderer, at=cast.at())

    assert found(cast, "tuuli") == [made.number]
    assert found(cast, "ainolle") == []  # to whom it was told is a sentence, not a name


def test_one_of_another_region_is_never_found(cast):
    stranger = factories.Cast(factories.region())
    stranger.to("preparing")

    words = ["saarela", "1", stranger.lead.account.name, stranger.orderer.unit.name]

    assert [found(cast, word) for word in words] == [[], [], [], []]
    assert [found(stranger, word) for word in words] == [[stranger.matter.number]] * 4


@pytest.mark.parametrize("typed", ["", "a", "å", "-", "..", "a b c", "_"])
def test_less_than_two_letters_are_asked_for_more(cast, typed):
    cast.to("preparing")

    answer = ask(cast.coordinator, typed)

    assert answer.status_code == 422
    assert "lines" not in answer.context


def test_at_most_twenty_are_shown_and_that_there_are_more_is_told(cast, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    for _ in range(3):
        cast.to("preparing")

    shown = ask(cast.coordinator, "saarela")

    assert len(shown.context["lines"]) == 2
    assert "Asioita on enemmän." in shown.text
    monkeypatch.setattr(finding, "MOST", 3)
    assert "Asioita on enemmän." not in ask(cast.coordinator, "saarela").text


# ---------------------------------------------------------------- by a unit or a consultant


def test_a_matter_is_found_by_its_unit_in_any_language(cast):
    cast.to("ordered")
    Unit.objects.filter(pk=cast.orderer.unit_id).update(name_fi="Kivirannan koulu", name_sv="Stenstrands skola")

    assert [found(cast, word) for word in ("kivir", "koulu", "stenstrand", "kirkko")] == [
        [cast.matter.number], [cast.matter.number], [cast.matter.number], [],
    ]  # fmt: skip


def test_a_matter_is_found_by_a_consultant_who_is_asked_or_leads_until_that_ends(cast):
    cast.to("preparing")
    account = Account.objects.get(pk=cast.lead.account_id)
    account.name = "Kaisa Laine"
    account.save(update_fields=["name"])
    assert found(cast, "lai") == [cast.matter.number]

    cast.fresh().pairings.filter(seat=cast.lead).update(ended_at=cast.at(), ended_by=cast.coordinator)

    assert found(cast, "lai") == []


def test_where_a_caller_fits_comes_before_where_a_unit_does(cast):
    cast.to("preparing")
    callers = cast.matter.number
    cast.order()
    Unit.objects.filter(pk=cast.orderer.unit_id).update(name_fi="Ainolan koulu")

    assert found(cast, "aino") == [callers, cast.fresh().number]


# ---------------------------------------------------------------- what is shown, and what is kept


def test_what_is_shown_of_a_found_matter_is_as_on_the_list_and_never_a_name(cast):
    cast.to("preparing")
    listed = factories.sit(cast.coordinator).get("/matters/", secure=True).context["lines"]

    shown = ask(cast.coordinator, "saarel")

    (line,) = shown.context["lines"]
    assert (line.url, line.verb) == (cast.matter.get_absolute_url(), "Avaa")
    assert [replace(line, url=one.url, verb=one.verb) for one in listed] == listed
    assert [word for word in ("Aino", "Elias", "Saarela", "Ritva", "Aamut") if word in shown.text] == []
    assert 'value="saarel"' in shown.text  # what was typed stays in its field


def test_after_the_search_no_key_is_open(cast):
    cast.to("preparing")
    vault.close_all()

    matters, _more = find("saarela", by=cast.coordinator, at=cast.at())

    assert [matter.pk for matter in matters] == [cast.matter.pk]
    assert vault.opened_here.get() is None
    with pytest.raises(vault.NotRecorded):
        str(matters[0].called)


def test_after_a_search_that_breaks_no_key_is_open(cast, monkeypatch):
    cast.to("preparing")
    vault.close_all()

    def broken(self, *names):
        raise RuntimeError

    monkeypatch.setattr(Words, "fit", broken)
    with pytest.raises(RuntimeError):
        find("saarela", by=cast.coordinator, at=cast.at())

    assert vault.opened_here.get() is None


def test_the_record_tells_that_somebody_looked_and_the_opening_is_told_as_always(cast):
    cast.to("preparing")
    client = factories.sit(cast.coordinator)
    before = Entry.objects.order_by("-pk")[0].pk

    (line,) = client.post("/matters/finding/", {"words": "saarela"}, secure=True).context["lines"]
    client.get(line.url, secure=True)

    new = Entry.objects.filter(pk__gt=before).values_list("what", "door", "seat", "space")
    assert list(new) == [
        (What.DID, "desk.find", cast.coordinator.pk, None),
        (What.READ, "desk:matter", cast.coordinator.pk, cast.matter.pk),
    ]


def kept_in_clear(word):
    """Where the word stands in the databases or in a session."""
    places = [(table, rows) for alias in ("default", "keys") for table, _names, rows in tables(alias)]
    places += [("session", session.get_decoded()) for session in Session.objects.all()]
    return [place for place, held in places if word.casefold() in str(held).casefold()]


def test_the_word_is_left_in_no_table_log_session_or_address(cast, caplog):
    cast.to("preparing")
    for connection in connections.all():
        connection.force_debug_cursor = True
    client = factories.sit(cast.coordinator)
    client.get("/matters/finding/", secure=True)

    for logger in (None, *settings.LOGGING["loggers"], "django.db.backends"):
        caplog.set_level(logging.DEBUG, logger)
    missed = client.post("/matters/finding/", {"words": "saarelq"}, secure=True)
    answer = client.post("/matters/finding/", {"words": "Saarel"}, secure=True)

    for connection in connections.all():
        connection.force_debug_cursor = False
    assert (answer.status_code, missed.status_code) == (200, 200)
    assert [len(one.context["lines"]) for one in (missed, answer)] == [0, 1]
    assert "saarel" not in caplog.text.casefold()
    assert len(caplog.records) > 5  # the statements to the databases are heard
    assert kept_in_clear("saarel") == []
    assert [one.headers.get("Location", "") for one in (answer, missed)] == ["", ""]
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert 'autocomplete="off"' in answer.text


def test_a_word_in_the_address_is_not_looked_for(cast):
    cast.to("preparing")

    shown = factories.sit(cast.coordinator).get("/matters/finding/?words=saarela", secure=True)

    assert "lines" not in shown.context
    assert Entry.objects.filter(door="desk.find").count() == 0


@pytest.mark.parametrize("who", ["lead", "orderer", "invited", "steering", "administrator"])
def test_only_the_coordinator_finds(cast, who):
    cast.to("preparing")

    assert ask(getattr(cast, who), "saarela").status_code == 403
    assert Entry.objects.filter(door="desk.find").count() == 0


def test_a_search_asks_as_often_for_many_as_for_one(cast, django_assert_max_num_queries):
    for _ in range(4):
        cast.to("preparing")
    client = factories.sit(cast.coordinator)

    with django_assert_max_num_queries(12):
        shown = client.post("/matters/finding/", {"words": "saarela"}, secure=True)

    assert len(shown.context["lines"]) == 4


def test_an_emptied_matter_is_no_trouble(cast):
    cast.to("preparing")
    vault.SpaceKey.objects.filter(space=cast.matter.pk).update(wrapped=None, destroyed_at=cast.at())

    assert found(cast, "saarela") == []
    assert Matter.objects.open().count() == 1


# ---------------------------------------------------------------- how names are compared


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Åsa-Maija Mäkelä", ["asa", "maija", "makela"]),
        ("Čáhppes Đorđe", ["cahppes", "dorde"]),
        ("Łukasz O’Brien", ["lukasz", "o", "brien"]),
        ("Straße", ["strasse"]),
        ("Юлия", ["юлия"]),
        ("", []),
    ],
)
def test_names_are_compared_in_parts_without_case_and_accents(name, parts):
    assert parts_of(name) == parts


@given(st.lists(st.sampled_from(["Aino", "Åsa", "Mäkelä", "Đorđe", "O’Brien", "von"]), min_size=1), st.data())
def test_any_beginning_of_a_part_fits_the_name_it_is_from(names, data):
    part = data.draw(st.sampled_from(parts_of(*names)))
    typed = part[: data.draw(st.integers(1, len(part)))]

    assert Words.read(typed).fit(*names)
    assert not Words.read(f"{typed}zz").fit(*names)
