"""Pressed twice, and somebody was first: one thing is made, and nobody's text disappears."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.formats import date_format

from doors.bad_inputs import registry
from doors.bad_inputs.page import changed, content, controls, lost, read, text
from kudelma.core.forms import ChangeForm, NewForm

BOTH = (
    "Joku muu tallensi tämän sillä välin, kun kirjoitit. "
    "Molemmat näkyvät: säilytä se, minkä haluat, ja tallenna uudelleen."
)
SENDS = {"order", "team_order"}
"""What is right here ends the form for good; the pages before it are the ones that two tabs can change."""
CHANGE_FORMS = sorted(
    name
    for name, (form, _way) in registry.WAYS.items()
    if issubclass(form, ChangeForm) and not issubclass(form, NewForm) and name not in SENDS
)
SAID = {
    "here": (409, "Tapaaminen on jo alkanut."),
    "call": (409, "Joku muu on jo tehnyt tämän. Sinä et muuttanut mitään."),
    "other_way": (403, "Asia on päättynyt. Sitä voi lukea, ei muuttaa."),
    "decline": (403, "Asia on päättynyt. Sitä voi lukea, ei muuttaa."),
    "wish": (200, "Kiitos"),
    "consultation_answer": (403, "Asia on päättynyt. Sitä voi lukea, ei muuttaa."),
    "offer": (422, "Valitse joku alla olevista."),
    "two": (422, "Valitse joku alla olevista."),
    "new_place": (422, "Tämänniminen on jo olemassa. Mitään ei muutettu."),
    "new_unit": (422, "Tämänniminen on jo olemassa. Mitään ei muutettu."),
    "room": (422, "Koodi ei täsmää tai se on vanhentunut. Pyydä uusi siltä, joka antoi sen."),
    "password": (410, "Tämä linkki ei enää toimi"),
    "move": (422, "Tämä on jo voimassa oleva aika ja paikka."),
    "call_off": (409, "Aikaa ei ole juuri nyt sovittu."),
    "stop": (409, "Joku on muuttanut aikaa sillä välin."),
    "seen_to": (409, "Kaikki tälle ihmiselle lähetetty on jo hoidettu."),
    "feedback": (200, "Kiitos"),
    "find": (200, "Yksi asia"),
    "forgotten": (200, "Katso sähköpostisi"),
    "admission": (200, "Näytä nämä numerot"),
}
"""What the second press is answered; where nothing is listed, the same as the first."""
EACH_TIME = {
    "told": {"default.meetings_invitation"},
    "own_answer": {"default.meetings_answer"},
    "answer": {"default.meetings_answer"},
    "answer_by_phone": {"default.meetings_answer", "default.meetings_call"},
    "admission": {"default.people_admission"},
    "tie": {"default.live_counter", "default.live_operation"},
    "channel": {"default.people_code", "default.people_message", "default.django_tasks_database_dbtaskresult"},
    "forgotten": {"default.people_message", "default.django_tasks_database_dbtaskresult"},
}
"""What each press does anew, on purpose: the same answer is told a moment later; digits are shown once, so
a second press shows others; a press that changes nothing is counted; a message is sent
again to the one who asked for it, a few an hour at most."""


def way(name, cast):
    return registry.WAYS[name][1](cast)


@pytest.mark.parametrize("name", registry.WAYS)
def test_pressing_twice_does_it_once(cast, name):
    ready = way(name, cast)
    data = ready.filled()
    ready.send(data)
    before = content()

    again = ready.send(data)

    status, sentence = SAID.get(name, (302, ""))
    assert again.status_code == status
    assert sentence in text(read(again))
    assert changed(before) <= EACH_TIME.get(name, set())
    assert status in {200, 302, 410} or lost(read(again), ready.words) == {}


@pytest.mark.parametrize("name", ["agreed", "consultation", "wish", "question", "new_person", "line"])
def test_another_form_with_the_same_words_makes_another(cast, name):
    """The twin of the test above: it is the form's own key that tells a second press from a second thing."""
    ready = way(name, cast)
    data = ready.filled()
    ready.send(data)
    before = content()

    again = ready.send(data | {"idempotency_key": str(uuid4())})

    assert again.status_code == ready.accepted
    assert changed(before) != set()


@pytest.mark.parametrize("name", CHANGE_FORMS)
def test_a_stale_form_shows_both_and_the_next_save_wins(cast, name):
    ready = way(name, cast)
    data = ready.filled()
    assert ready.send(data | ready.other).status_code == 302
    before = content()

    answer = ready.send(data)

    page = read(answer)
    stands = " ".join(one.get_text() for one in page.select(".now"))
    assert answer.status_code == 422
    assert text(page).count(BOTH) == 1
    assert changed(before) == set()
    assert lost(page, ready.typed) == {}
    assert [value for value in ready.other.values() if as_read(value) not in stands] == []
    assert ready.send(controls(page, ready.typed)).status_code == 302
    assert changed(before) != set()


def as_read(value):
    """A day as it is written on the page; anything else as it is."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    with translation.override("fi"):
        return date_format(day)


@pytest.mark.parametrize("name", ["topic", "person", "line", "row", "onwards"])
def test_what_was_written_comes_back_when_the_matter_was_closed_meanwhile(cast, name):
    ready = way(name, cast)
    data = ready.filled()
    type(cast.fresh()).objects.filter(pk=cast.matter.pk).update(closed_at=cast.at(), closed_by=cast.coordinator)
    before = content()

    answer = ready.send(data)

    assert answer.status_code == 403
    assert "Asia on päättynyt. Sitä voi lukea, ei muuttaa." in text(read(answer))
    assert (changed(before), lost(read(answer), ready.words)) == (set(), {})
    assert len(ready.words) > 0
