"""A form and the input in which it ends agree by their names: a misspelt one is found here and not by a person."""

from dataclasses import FrozenInstanceError, dataclass, fields
from importlib import import_module
from pathlib import Path

import pytest

import kudelma
from kudelma.core import forms
from kudelma.core.inputs import as_it_stands, columns
from kudelma.people.models import Account

PACKAGE = Path(kudelma.__file__).parent
CARRIED = {"idempotency_key", "version"}
"""Fields that say what a form acts on, and nothing else."""


def all_forms():
    for file in [*PACKAGE.glob("*/forms.py"), *PACKAGE.glob("*/forms/*.py")]:
        import_module(".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"))
    left, seen = [forms.Form], []
    while left:
        kinds = left.pop().__subclasses__()
        left += kinds
        seen += [kind for kind in kinds if kind.__module__.startswith("kudelma.")]
    return sorted(set(seen), key=lambda kind: (kind.__module__, kind.__name__))


def disagreement(form):
    """Names that only the form or only its input has; nothing when the form makes its input itself."""
    if form.value is not forms.Form.value:
        return set()
    names = {field.name for field in fields(form.ends_in)}
    return (set(form.base_fields) ^ names) - (CARRIED | form.read_apart - names)


ENDING = [form for form in all_forms() if form.ends_in is not None]


@pytest.mark.parametrize("form", ENDING, ids=lambda form: form.__name__)
def test_a_form_has_the_names_of_its_input(form):
    assert disagreement(form) == set()


def test_an_input_cannot_be_changed():
    inputs = {form.ends_in for form in ENDING}

    assert len(inputs) > 1
    assert [each.__name__ for each in inputs if not each.__dataclass_params__.frozen] == []


@dataclass(frozen=True)
class Greeting:
    text: str
    language: str = "fi"


class GreetingForm(forms.ChangeForm[Greeting]):
    text = forms.LineField(max_length=20)
    language = forms.LineField(max_length=20)


class MisspeltForm(forms.ChangeForm[Greeting]):
    text = forms.LineField(max_length=20)
    langauge = forms.LineField(max_length=20)


class LouderForm(GreetingForm):
    """Ends in what the form that it is made of ends in."""

    def value(self):
        return Greeting(text=self.cleaned_data["text"].upper())


def test_a_misspelt_name_is_found():
    assert disagreement(GreetingForm) == set()
    assert disagreement(MisspeltForm) == {"language", "langauge"}


def test_a_valid_form_ends_in_its_input():
    form = GreetingForm({"text": "Hei", "language": "sv", "version": 1})

    assert form.is_valid()
    assert form.value() == Greeting(text="Hei", language="sv")


def test_a_form_may_make_its_input_itself():
    form = LouderForm({"text": "Hei", "language": "sv", "version": 1})

    assert form.is_valid()
    assert LouderForm.ends_in is Greeting
    assert form.value() == Greeting(text="HEI")


def test_an_input_is_whole_and_stays_as_it_is():
    with pytest.raises(TypeError, match="language2"):
        Greeting(text="Hei", language2="sv")
    with pytest.raises(FrozenInstanceError):
        Greeting(text="Hei").text = "Moi"


def test_the_columns_of_an_input_are_no_copies():
    account = Account()

    assert columns(Greeting(text=account))["text"] is account


def test_what_stands_is_told_with_its_version():
    @dataclass
    class Row:
        text: str = "Moi"
        language: str = "en"
        version: int = 7
        other: str = "not asked"

    assert as_it_stands(Row(), Greeting(text="Hei")) == {"text": "Moi", "language": "en", "version": 7}
