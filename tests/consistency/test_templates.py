"""The rules of the house for templates, read from the templates themselves."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import kudelma
from kudelma.core.catalogues import SOURCES
from kudelma.core.templatetags.ui import PROPS
from kudelma.matters.page import Panel

PACKAGE = Path(kudelma.__file__).parent
ALONE = {"base.html", "people/closed.html"}
"""Whole pages of their own: the floor under all others, and the page that must know nothing of this house."""
FRAMES = ('"base.html"', '"own.html"', "frame", 'frame|default:"own.html"')
BY_FORMS = {"ui/form.html", "ui/field.html"}
SPOKEN_BY_ITSELF = {"gallery.html", "ui/languages.html"}
"""The gallery is for those who build; each language is named in itself, whoever reads."""


def read() -> dict[str, str]:
    """{name as Django knows it: text} of every template of the house, without its comments."""
    files = {file: file.read_text() for file in PACKAGE.rglob("*.html")}
    return {str(file).split("/templates/", 1)[1]: re.sub(r"\{#.*?#\}", "", text) for file, text in files.items()}


TEMPLATES = read()
PAGES = {name: text for name, text in TEMPLATES.items() if text.startswith("{% extends")}


def used_by(name: str) -> set[str]:
    """The templates that this one names: its parts and its components."""
    text = TEMPLATES[name]
    parts = set(re.findall(r'\{% include "([^"]+)"', text))
    frame = re.search(r'\{% extends "([^"]+)"', text)
    parts |= {f"ui/{one}.html" for one in re.findall(r'\{% ui "(\w+)"', text)} | ({frame[1]} if frame else set())
    return parts & set(TEMPLATES)


def offending(pattern: str, *, but: set[str] = frozenset()) -> list[str]:
    """«name: what was found» for each place where the pattern stands in a template."""
    return [
        f"{name}: {found.group()[:80]}"
        for name, text in sorted(TEMPLATES.items())
        if name not in but
        for found in re.finditer(pattern, text)
    ]


# ---------------------------------------------------------------- three floors


def test_there_are_templates_to_read():
    assert len(TEMPLATES) > 80
    assert len(PAGES) > 60


def test_a_page_stands_on_the_base_or_on_the_participants_frame():
    frames = {name: re.match(r"\{% extends (.+?) %\}", text)[1] for name, text in PAGES.items()}

    assert {name: frame for name, frame in frames.items() if frame not in FRAMES} == {}


def test_from_every_page_of_a_participant_one_comes_back_to_the_first():
    own = {name for name, text in PAGES.items() if text.startswith('{% extends "own.html" %}')} - {"desk/own.html"}
    back = {name for name in own if "desk:own" in PAGES[name] or "first_page" in PAGES[name]}

    # The ways in, and on the way to and from whoever says who somebody is; ordering is of nobody who is in.
    elsewhere = {"members/identified.html", "members/to_issuer.html"}
    assert {name for name in own - back - elsewhere if not name.startswith(("people/", "orders/"))} == set()
    assert len(back) >= 9


def test_whatever_is_no_page_is_part_of_one():
    panels = {panel.template for panel in Panel.__subclasses__()}
    parts = set().union(*(used_by(name) for name in TEMPLATES)) | BY_FORMS | panels

    assert set(TEMPLATES) - set(PAGES) - parts - ALONE == set()


def test_every_page_is_shown_by_some_view():
    code = "".join(file.read_text() for file in PACKAGE.rglob("*.py"))
    extended = {"own.html"}
    by_their_code = {f"{status}.html" for status in (403, 404, 429, 500)}

    assert {name for name in PAGES if f'"{name}' not in code} - extended - by_their_code - _of_allauth() == set()


def _of_allauth() -> set[str]:
    """Pages that the library asks for by its own names."""
    return {name for name in PAGES if name.startswith(("account/", "mfa/"))}


@pytest.mark.parametrize("block", ["title", "main"])
def test_every_page_has_a_title_and_something_to_say(block):
    missing = [name for name, text in PAGES.items() if f"{{% block {block} %}}" not in text]

    assert missing == ["own.html"]


def test_every_page_has_one_heading_of_the_first_level():
    """Where two stand, one of a condition is shown."""
    found = {name: len(re.findall(r"<h1\b", text)) for name, text in PAGES.items()}

    assert {name for name, number in found.items() if number == 0} == {"own.html"}
    assert {name for name, number in found.items() if number > 1 and "{% else %}" not in PAGES[name]} == set()


def test_no_line_is_wider_than_a_window():
    """As in the code. A tag of Django stands on one line: a name by `with`, a sentence by `blocktranslate trimmed`."""
    wide = [
        f"{file.name}:{number}"
        for file in sorted(PACKAGE.rglob("*.html"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if len(line) > 120
    ]

    assert wide == []


SHOWS_LINE_ENDS = r'<(blockquote|pre|textarea)\b[^>]*>(.*?)</\1>|<(\w+)[^>]*class="(?:[^"]* )?said[ "][^>]*>(.*?)</\3>'
"""By its nature, or since our style sheet says so of what people said: a line end of the template is seen there."""


def line_ends_shown(text: str) -> list[str]:
    text = re.sub(r"\{% blocktranslate trimmed.*?endblocktranslate %\}", "", text, flags=re.DOTALL)
    return [
        found[0][:80] for found in re.finditer(SHOWS_LINE_ENDS, text, re.DOTALL) if "\n" in (found[2] or found[4] or "")
    ]


def test_what_people_wrote_is_shown_without_a_line_end_of_the_template():
    assert {name: shown for name, text in TEMPLATES.items() if (shown := line_ends_shown(text))} == {}


@pytest.mark.parametrize(
    "text", ['<textarea name="a">\n{{ x }}</textarea>', '<p class="large said">{{ x }}\n</p>', "<pre>\n{{ x }}</pre>"]
)
def test_a_line_end_that_would_be_seen_is_found(text):
    assert len(line_ends_shown(text)) == 1
    assert line_ends_shown(text.replace("\n", "")) == []


# ---------------------------------------------------------------- nothing inline


def test_no_style_stands_in_a_page():
    assert offending(r"<style\b|\sstyle=") == []


def test_the_only_scripts_are_modules_of_the_house():
    scripts = offending(r"<script\b[^>]*>")

    modules = [
        ("base.html", "core/js/keep-page.js"),
        ("board/show.html", "core/js/live-part.js"),
        ("circle/own.html", "circle/js/circle-middle.js"),
        ("circle/show.html", "circle/js/circle-middle.js"),
        ("circle/show.html", "circle/js/circle.js"),
        ("preparation/child.html", "core/js/drawing-pad.js"),
    ]
    assert scripts == [f'{name}: <script type="module" src="{{% static \'{file}\' %}}">' for name, file in modules]
    assert offending(r"\son\w+=|javascript:") == []


def test_nothing_is_fetched_from_elsewhere():
    assert offending(r"""(?:src|href|action)=["'](?:https?:)?//""") == []


def test_nothing_typed_is_shown_unescaped():
    """Only a help text of our own forms, which the catalogues hold."""
    assert offending(r"\|safe(?:seq)?\b|\{% autoescape", but={"ui/field.html"}) == []
    assert re.findall(r"(\w+)\|safe", TEMPLATES["ui/field.html"]) == ["help_text", "help_text"]


def test_a_page_that_opens_beside_this_one_knows_nothing_of_it():
    beside = [tag for text in TEMPLATES.values() for tag in re.findall(r"<a\b[^>]*_blank[^>]*>", text)]

    assert len(beside) > 0
    assert [tag for tag in beside if 'rel="noopener"' not in tag] == []


# ---------------------------------------------------------------- what a template leaves to others


def test_a_template_is_told_what_may_be_seen_and_works_nothing_out():
    """Levels and roles are weighed by rules and views, which pass a named flag."""
    assert offending(r"\blevel\b|\.role\b") == []


# ---------------------------------------------------------------- forms


def forms() -> list[tuple[str, str]]:
    return [
        (name, form)
        for name, text in TEMPLATES.items()
        for form in re.findall(r"<form\b.*?</form>", text, flags=re.DOTALL)
    ]


def test_every_form_that_sends_has_a_token_against_forged_requests():
    sending = [(name, form) for name, form in forms() if 'method="post"' in form.split(">")[0]]

    assert len(sending) > 40
    assert [name for name, form in sending if form.count("{% form_token %}") != 1] == []
    assert [name for name, text in TEMPLATES.items() if "csrf_token" in text] == []


def test_every_form_sends_but_those_of_the_gallery_and_the_one_that_sorts_a_list():
    asking = {name for name, form in forms() if 'method="post"' not in form.split(">")[0]}

    assert asking == {"gallery.html", "desk/matters.html"}


def test_every_form_has_a_button():
    assert [name for name, form in forms() if "<button" not in form and name != "gallery.html"] == []


def test_a_button_sends_or_says_that_it_does_not():
    assert offending(r"<input[^>]+type=\"(?:submit|button|image)\"") == []


# ---------------------------------------------------------------- components


def components() -> dict[str, frozenset[str]]:
    """{component: the props that its contract names}"""
    found = {}
    for file in (PACKAGE / "core/templates/ui").glob("*.html"):
        if f"ui/{file.name}" not in BY_FORMS:
            contract = re.match(r"\{# (\w+): .*?#\}", file.read_text(), flags=re.DOTALL)
            assert contract is not None, file.name
            assert contract[1] == file.stem
            found[file.stem] = frozenset(PROPS.search(contract[0])[1].split())
    return found


def test_every_component_opens_with_its_contract_and_is_given_what_it_takes():
    contracts = components()

    given = [
        (name, component, set(re.findall(r"(\w+)=", props)) - contracts[component])
        for name, text in TEMPLATES.items()
        for component, props in re.findall(r'\{% ui "(\w+)"(.*?)%\}', text)
    ]
    assert len(given) > 40
    assert [one for one in given if one[2]] == []


def test_every_component_stands_in_the_gallery():
    shown = set(re.findall(r'\{% ui "(\w+)"', TEMPLATES["gallery.html"]))

    assert set(components()) - shown == set()


# ---------------------------------------------------------------- words


def words_outside_the_catalogues(text: str) -> set[str]:
    """What a person would read and no translator has seen."""
    text = re.sub(r"\{% (?:blocktranslate|block (?:layout|fonts)).*?\{% end\w+ %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text)
    told = re.findall(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
    return set(re.findall(r"[^\W\d_]{2,}", " ".join([re.sub(r"<[^>]*>", " ", text), *told]))) - {"Kudelma"}


def test_every_word_that_a_person_reads_is_in_the_catalogues():
    found = {name: words_outside_the_catalogues(TEMPLATES[name]) for name in set(TEMPLATES) - SPOKEN_BY_ITSELF}

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("text", ["<p>Hei</p>", '<a title="Hei">{{ x }}</a>', "{% if x %}Hei{% endif %}"])
def test_the_search_finds_a_word_that_is_not(text):
    assert words_outside_the_catalogues(text) == {"Hei"}


def test_a_sentence_of_many_lines_is_kept_as_one():
    assert [found for found in offending(r"\{% blocktranslate\b[^%]*%\}") if "trimmed" not in found] == []


# ---------------------------------------------------------------- easy Finnish


NOT_THEIRS = {"masthead.html", "foot.html"}
"""Parts of the base that the participants' frame leaves out."""


def participants() -> set[str]:
    """The templates that a participant sees: their pages and everything that these are made of."""
    found = {name for name, text in PAGES.items() if text.startswith(('{% extends "own.html"', "{% extends frame"))}
    while True:
        wider = found.union(*(used_by(name) for name in found)) - NOT_THEIRS
        if wider == found:
            return found
        found = wider


@cache
def easy():
    with (SOURCES / "fi_X-selko" / "LC_MESSAGES" / "django.po").open("rb") as lines:
        return read_po(lines)


def sentences(names: set[str], folder: Path) -> list:
    """The messages of these templates, read by the tool that gathers the catalogues."""
    for number, name in enumerate(sorted(names)):
        (folder / f"{number}.py").write_text(templatize(TEMPLATES[name], origin=name))
    found = folder / "all.pot"
    subprocess.run(
        ["xgettext", "-L", "Python", "--from-code=UTF-8", "-o", found, "-k", "-k_", "-kgettext", "-kngettext:1,2",
         "-kpgettext:1c,2", *folder.glob("*.py")],
        check=True, capture_output=True,
    )  # fmt: skip
    told = found.read_text().replace("charset=CHARSET", "charset=UTF-8")
    found.write_text(told.replace("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=(n != 1);"))
    with found.open("rb") as lines:
        return [message for message in read_po(lines) if message.id]


def test_every_sentence_of_a_participants_page_is_said_in_easy_finnish(tmp_path):
    missing = []
    for message in sentences(participants(), tmp_path):
        wanted = message.id if isinstance(message.id, str) else message.id[0]
        said = easy().get(wanted, message.context)
        if said is None or not said.string or said.fuzzy:
            missing.append(wanted)

    assert missing == []


def test_the_gathering_finds_the_sentences_of_participants(tmp_path):
    told = {message.id for message in sentences(participants(), tmp_path)}

    assert len(told) > 80
    assert "Close this page" in told
    assert {"desk/own.html", "plans/own.html", "feedback/give.html", "ui/thread.html"} <= participants()
