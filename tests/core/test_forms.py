"""Fields say what is wrong by their side, and give everything back."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kudelma.core import forms
from kudelma.core.times import SKIPPED, TWICE, aware


class OneForm(forms.NewForm):
    text = forms.WordsField(label="Teksti", max_length=20)


class LineForm(forms.Form):
    text = forms.LineField(label="Rivi", max_length=20)


def error(form, field="text"):
    assert not form.is_valid()
    return form.errors[field][0]


@pytest.mark.parametrize("code", ["131052-308T", "  131052-308t.", "hetu:131052-308T"])
def test_an_identity_code_is_refused(code):
    with translation.override("fi"):
        assert "henkilötunnusta" in error(forms_with(f"Aino {code}"))


@pytest.mark.parametrize("text", ["\u200b", "\u3164", "\u2800 \u2800", "\ufeff"])
def test_letters_that_show_nothing_are_not_an_answer(text):
    with translation.override("en"):
        assert error(OneForm({"text": text})) == "Write something here."


def test_a_line_separator_is_a_line_break_like_any_other():
    assert error(LineForm({"text": "Kirjasto\u2028ATTENDEE:x"})) == str(forms.LINE_BREAK)


def test_a_huge_paste_of_marks_is_refused_before_it_is_composed():
    text = "a" + "\u0300\u0316" * 200_000

    assert "399\xa0981" in error(OneForm({"text": text})) or "399981" in error(OneForm({"text": text}))


def forms_with(text):
    class Wide(forms.Form):
        pass

    Wide.base_fields["text"] = forms.WordsField(label="Teksti", max_length=200)
    return Wide({"text": text})


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ue000"])
def test_a_character_that_nobody_sees_is_refused(character):
    assert error(OneForm({"text": f"Ai{character}no"})) == str(forms.CONTROL)


def test_too_long_says_by_how_much():
    with translation.override("en"):
        assert error(OneForm({"text": "x" * 21})) == "This is one character too long: there is room for 20."
        assert error(OneForm({"text": "x" * 25})) == "This is 5 characters too long: there is room for 20."


def test_a_line_has_no_line_break():
    assert error(LineForm({"text": "a\nb"})) == str(forms.LINE_BREAK)


def test_line_ends_are_made_one_kind_and_letters_composed():
    form = OneForm({"text": "  Äi\r\nti a\u0308  "})

    assert form.is_valid()
    assert form.cleaned_data["text"] == "Äi\nti ä"


@given(st.text(max_size=60))
def test_any_text_is_either_taken_or_refused_with_a_sentence(text):
    form = OneForm({"text": text})

    if not form.is_valid():
        assert form.errors["text"][0]
    else:
        assert len(form.cleaned_data["text"]) <= 20


@pytest.mark.parametrize(
    "address", ["aino@example.fi\nBcc: toinen@example.fi", "aino", "a b@example.fi", "x" * 260 + "@a.fi"]
)
def test_a_wrong_address_is_refused(address):
    class AddressForm(forms.Form):
        text = forms.AddressField(label="Osoite")

    assert error(AddressForm({"text": address}))


def test_a_number_is_kept_in_international_form():
    class PhoneForm(forms.Form):
        text = forms.PhoneField(label="Puhelin")

    form = PhoneForm({"text": "040 123 4567"})

    assert form.is_valid()
    assert form.cleaned_data["text"] == "+358401234567"
    assert error(PhoneForm({"text": "soita"}))


def test_an_hour_that_summer_time_skips_is_refused():
    with pytest.raises(ValidationError, match=str(SKIPPED)):
        aware(date(2027, 3, 28), time(3, 30))


def test_an_hour_that_comes_twice_is_refused():
    with pytest.raises(ValidationError, match=str(TWICE)):
        aware(date(2026, 10, 25), time(3, 30))


def test_an_ordinary_hour_is_taken():
    assert aware(date(2026, 11, 24), time(14, 0)).isoformat() == "2026-11-24T14:00:00+02:00"


def test_a_new_form_has_a_key_of_its_own_each_time():
    assert OneForm()["idempotency_key"].value() != OneForm()["idempotency_key"].value()


def test_a_stale_form_keeps_what_was_typed_and_shows_what_stands():
    class Change(forms.ChangeForm):
        text = forms.WordsField(label="Teksti", max_length=40)

    form = Change(QueryDict("text=minun&version=1"))
    assert form.is_valid()

    form.show_both({"text": "toisen", "version": 2}, "Joku oli ensin.")

    page = str(form)
    assert "minun" in page
    assert "toisen" in page
    assert 'value="2"' in page
