"""What is typed wrong: a sentence by its field, nothing changed, and everything that was typed still there."""

from datetime import date, timedelta
from itertools import zip_longest

import pytest
from django import forms as django_forms
from django.utils import timezone

from doors.bad_inputs import registry
from doors.bad_inputs.page import changed, content, lost, read, said_by
from kudelma.core import forms
from kudelma.people.forms import Secret

CODE = "131052-308T"
IDENTITY = "Älä kirjoita tähän henkilötunnusta. Jätä se pois ja tallenna uudelleen. Muu teksti on tallessa."
CONTROL = "Tekstissä on merkki, jota ei voi näyttää. Se on voinut tulla kopioidun tekstin mukana. Poista se."
ONE_LINE = "Kirjoita tämä yhdelle riville."
NO_DAY = "Tämä ei ole päivämäärä. Esimerkki: 24.11.2026"
NO_CLOCK = "Tämä ei ole kellonaika. Esimerkki: 14.00"
LEFT_TO_DJANGO = {django_forms.CharField, django_forms.EmailField, django_forms.URLField}
"""Fields for free text that would be judged by other sentences than ours."""


def bad_values(field):
    """(what is typed, what is said) for each thing that may be wrong with this field."""
    if isinstance(field, forms.TextField):
        yield "ä" * (field.limit + 3), f"Tässä on 3 merkkiä liikaa: tilaa on {field.limit} merkille."
        yield from ((f"a{character}b", CONTROL) for character in ("\0", "\u202e"))
        if len(CODE) <= field.limit:
            yield CODE, IDENTITY
        if not field.many_lines:
            yield "a\nb", ONE_LINE
    if isinstance(field, forms.AddressField):
        yield "aino@example.org\nBcc: toinen@example.org", ONE_LINE
    if isinstance(field, forms.DayField):
        yield "31.2.2027", NO_DAY
    if isinstance(field, forms.ClockField):
        yield "25.61", NO_CLOCK


def rounds(fields):
    """({field: what is typed}, {field: what is said}): the first thing that may be wrong with each, then the second."""
    for values in zip_longest(*([(name, *value) for value in bad_values(field)] for name, field in fields.items())):
        wrong = [value for value in values if value]
        yield {name: typed for name, typed, _ in wrong}, {name: said for name, _, said in wrong}


def faults(ready, data, typed, says):
    """What the house does not do as it should when `typed` is sent, and each field of `says` must say its sentence."""
    answer = ready.send(data | typed)
    page = read(answer)
    said = {name: said_by(page, name) for name in says}
    shown = {"answers": answer.status_code, "says": said, "lost": lost(page, ready.typed | typed)}
    right = {"answers": 422, "says": says, "lost": {}}
    return [f"{str(typed)[:60]}: {key} {shown[key]!r}" for key in right if shown[key] != right[key]]


@pytest.fixture(params=registry.WAYS)
def ready(request, cast):
    _form, way = registry.WAYS[request.param]
    return way(cast)


# ---------------------------------------------------------------- the registry


def test_every_form_has_a_way_to_it():
    forms_of_the_house = {
        registry.name_of(kind)
        for kind in registry.subclasses(django_forms.BaseForm)
        if kind.__module__.startswith("kudelma.")
    }

    listed = {form for form, _way in registry.WAYS.values()} | registry.BASES | registry.SAMPLES
    assert forms_of_the_house == {registry.name_of(form) for form in listed}


def test_a_form_without_a_way_is_found():
    class Unlisted(forms.Form):
        pass

    assert Unlisted in registry.subclasses(django_forms.BaseForm)


@pytest.mark.parametrize("base", sorted(registry.BASES, key=registry.name_of), ids=registry.name_of)
def test_what_forms_are_made_of_is_part_of_a_form_with_a_way(base):
    assert any(issubclass(form, base) for form, _way in registry.WAYS.values())


# ---------------------------------------------------------------- what is right is taken


def test_the_way_leads_to_the_form_and_what_is_right_is_taken(ready, request):
    named, _way = registry.WAYS[request.node.callspec.params["ready"]]
    data, before = ready.filled(), content()

    answer = ready.send(data)

    assert type(ready.form) in {named, type(None)}
    assert answer.status_code == ready.accepted
    assert (changed(before) != set()) == ready.changes


# ---------------------------------------------------------------- what is wrong is said by its field


def test_bad_texts_days_and_hours_are_said_by_the_field_and_nothing_is_lost(ready):
    data, before = ready.filled(), content()
    fields = ready.form.fields if ready.form else {}

    assert [fault for typed, says in rounds(fields) for fault in faults(ready, data, typed, says)] == []
    assert changed(before) <= ready.keeps
    assert [name for name, field in fields.items() if type(field) in LEFT_TO_DJANGO] == []


def test_what_the_test_above_looks_for_can_be_missing(cast):
    ready = registry.members.topic(cast)
    data, before = ready.filled(), content()

    assert len(faults(ready, data, {"topic": "aivan oikein"}, {"topic": IDENTITY})) == 3
    assert changed(before) == {"default.matters_matter"}


def sunday(month, on):
    """The last Sunday of the next `month`: when the clocks are moved."""
    year = on.year if date(on.year, month, 24) > on else on.year + 1
    last = date(year, month, 31)
    return (last - timedelta(days=(last.weekday() + 1) % 7)).isoformat()


PASSED = "Tämä aika on jo mennyt. Valitse myöhempi."
FAR = "Aika on yli kahden vuoden päässä. Tarkista vuosi."
SKIPPED = "Tuota tuntia ei ole: kelloja siirretään sinä yönä eteenpäin. Valitse toinen aika."
TWICE = "Tuo tunti tulee kahdesti: kelloja siirretään sinä yönä taaksepäin. Valitse toinen aika."
LISTED = "Tämä aika on jo luettelossa."
BOTH = "Kerro sekä päivä että kellonaika, tai jätä molemmat tyhjiksi."


@pytest.mark.parametrize("number", range(1, 5))
def test_a_time_that_cannot_be_is_said_by_that_time(cast, number):
    ready, today = registry.meetings.times(cast), timezone.localdate()
    day, clock = f"day{number}", f"clock{number}"
    wrong = [
        ({day: (today - timedelta(days=1)).isoformat()}, day, PASSED),
        ({day: today.isoformat(), clock: "00:00"}, day, PASSED),
        ({day: (today + timedelta(days=800)).isoformat()}, day, FAR),
        ({day: sunday(3, today), clock: "03:30"}, clock, SKIPPED),
        ({day: sunday(10, today), clock: "03:30"}, clock, TWICE),
    ]
    if number > 1:
        wrong += [({day: ""}, day, BOTH), ({clock: ""}, clock, BOTH), ({day: ready.typed["day1"]}, day, LISTED)]
    data, before = ready.filled(), content()

    assert [fault for typed, name, said in wrong for fault in faults(ready, data, typed, {name: said})] == []
    assert changed(before) == set()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ("29", "Tapaaminen kestää ainakin puoli tuntia."),
        ("481", "Tapaaminen kestää enintään kahdeksan tuntia."),
        ("puoli tuntia", "Kirjoita kesto minuutteina, esimerkiksi 150."),
    ],
)
def test_a_length_that_cannot_be_is_said_by_the_length(cast, minutes, said):
    ready = registry.meetings.times(cast)
    data, before = ready.filled(), content()

    assert faults(ready, data, {"minutes": minutes}, {"minutes": said}) == []
    assert changed(before) == set()


@pytest.mark.parametrize("way", [registry.people.new_seat, registry.people.seat])
def test_a_last_day_before_the_first_is_said_by_the_last_day(cast, way):
    ready = way(cast)
    long_ago = (timezone.localdate() - timedelta(days=400)).isoformat()
    data, before = ready.filled(), content()

    said = "Viimeinen päivä on ennen ensimmäistä. Valitse myöhempi."
    assert faults(ready, data, {"ends_on": long_ago}, {"ends_on": said}) == []
    assert changed(before) == set()


# ---------------------------------------------------------------- secrets


def test_new_passwords_that_differ_are_said_and_neither_is_shown_again(cast):
    ready = registry.people.password(cast)
    typed = {"password1": "uusi harmaa kissa puussa", "password2": "toinen harmaa kissa"}

    said = "Salasanat eroavat toisistaan. Kirjoita ne vielä kerran."
    assert faults(ready, ready.filled(), typed, {"password2": said}) == []
    assert "harmaa kissa" not in ready.send(ready.filled() | typed).text


def test_a_secret_keeps_every_space():
    assert Secret(max_length=20).clean("  sana  ") == "  sana  "
