"""A template that asks for what it was not given fails; one that asks for what is there does not."""

import pytest
from django.forms import CharField, Form
from django.template import Context, Engine, Template

from kudelma.regions.models import Region
from strict.names import Undefined

GIVEN = {
    "name": "Aino", "count": 2, "nothing": None, "row": {"name": "Aino"}, "rows": [{"name": "Aino"}],
    "part": "regions/danger.html", "region": Region(),
}  # fmt: skip
ASKING = [
    ("{{ § }}", "name"),
    ("{{ §|default:'–' }}", "name"),
    ("{{ row.§ }}", "name"),
    ("{{ region.§ }}", "code"),
    ("{{ name|default:§ }}", "name"),
    ("{% if § %}a{% endif %}", "name"),
    ("{% if not § %}a{% endif %}", "name"),
    ("{% if name and row.§ %}a{% endif %}", "name"),
    ("{% if row.§ == 1 %}a{% endif %}", "name"),
    ("{% for one in § %}a{% endfor %}", "rows"),
    ("{% for one in rows %}{{ one.§ }}{% endfor %}", "name"),
    ("{% with other=§ %}a{% endwith %}", "name"),
    ("{% include § %}", "part"),
    ("{% url 'regions:region' § %}", "name"),
    ("{% blocktranslate %}{{ § }}{% endblocktranslate %}", "name"),
    ("{% blocktranslate with other=row.§ %}{{ other }}{% endblocktranslate %}", "name"),
    ("{% blocktranslate count n=§ %}a{% plural %}b{% endblocktranslate %}", "count"),
    ("{% ui 'notice' kind='done' text=§ %}", "name"),
    ("{% ui 'drawing' lines=§ %}", "rows"),
]


def rendered(text):
    return Template(text).render(Context(GIVEN))


@pytest.mark.parametrize(("text", "name"), ASKING)
def test_a_misspelt_name_fails(text, name):
    with pytest.raises(Undefined):
        rendered(text.replace("§", name[::-1]))


@pytest.mark.parametrize(("text", "name"), ASKING)
def test_the_name_that_is_there_does_not_fail(text, name):
    rendered(text.replace("§", name))


@pytest.mark.parametrize("text", ["{{ nothing.name }}", "{{ region.save }}", "{% if region.save %}{% endif %}"])
def test_what_cannot_be_printed_is_not_left_out_silently(text):
    with pytest.raises(Undefined):
        rendered(text)


def test_a_condition_may_ask_of_what_is_none():
    assert rendered("{% if nothing.name %}a{% else %}b{% endif %}") == "b"


def test_templates_of_others_keep_their_ways():
    assert Engine().from_string("{{ eman }}{% if eman %}a{% endif %}").render(Context(GIVEN)) == ""


def test_the_fields_of_a_form_are_written_by_templates_of_others():
    class Asking(Form):
        name = CharField()

    assert str(Asking()["name"]) == '<input type="text" name="name" required id="id_name">'
