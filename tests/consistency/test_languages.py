"""Every sentence in Finnish and Swedish, and every participant's sentence in easy Finnish too."""

import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import kudelma
from kudelma.core.catalogues import SOURCES

PACKAGE = Path(kudelma.__file__).parent
LOCALES = ["fi", "fi_X-selko", "sv"]

OWN = [
    "core/templates/own.html",
    "core/templates/base.html",
    "core/templates/kept.html",
    "core/templates/40*.html",
    "core/templates/500.html",
    "core/templates/ui/drawing.html",
    "core/templates/ui/field.html",
    "core/templates/ui/introduction.html",
    "core/templates/ui/languages.html",
    "core/templates/ui/thread.html",
    "core/forms.py",
    "core/phrases.py",
    "core/times.py",
    "core/middleware.py",
    "core/views.py",
    "*/templates/*/own_panel.html",
    "desk/templates/desk/own*.html",
    "desk/templates/desk/openings*.html",
    "feedback/*.py",
    "feedback/templates/feedback/*.html",
    "circle/drawing.py",
    "circle/geometry.py",
    "circle/models.py",
    "circle/templates/circle/own.html",
    "circle/templates/circle/picture.html",
    "circle/templates/circle/signs.html",
    "preparation/actions/child.py",
    "members/actions/identity.py",
    "members/actions/safety.py",
    "members/forms/own.py",
    "preparation/forms/child.py",
    "preparation/models.py",
    "members/templates/members/*identified.html",
    "preparation/templates/preparation/child.html",
    "preparation/templates/preparation/child_shown.html",
    "members/templates/members/held.html",
    "preparation/templates/preparation/one_who_comes.html",
    "members/templates/members/own_*.html",
    "members/templates/members/to_issuer.html",
    "preparation/templates/preparation/who_comes.html",
    "orders/templates/orders/wish*.html",
    "pairing/leading.py",
    "orders/views/wishes.py",
    "matters/writers.py",
    "members/writers.py",
    "meetings/actions/times.py",
    "meetings/models/*.py",
    "meetings/papers.py",
    "meetings/templates/meetings/answer_buttons.html",
    "meetings/templates/meetings/own_*.html",
    "meetings/writers.py",
    "methods/models.py",
    "people/actions/links.py",
    "people/actions/printed.py",
    "people/middleware.py",
    "people/personal.py",
    "people/templates/people/code.html",
    "people/templates/people/ended.html",
    "people/templates/people/letter.html",
    "people/templates/people/link*.html",
    "people/templates/people/raise.html",
    "people/templates/people/room.html",
    "people/templates/people/send_code.html",
    "plans/sheet.py",
    "plans/templates/plans/own.html",
    "regions/handbook.py",
    "regions/question.py",
    "regions/templates/regions/calling.html",
    "regions/templates/regions/danger.html",
    "regions/templates/regions/handbook.html",
    "regions/templates/regions/handbook/end.html",
    "regions/templates/regions/handbook/preparing.html",
    "regions/templates/regions/handbook/where.html",
    "regions/templates/regions/question.html",
    "regions/templates/regions/region.html",
]
"""Where a participant's sentences stand. What is shown to them from elsewhere is found by the test below."""


def catalogue(locale):
    with (SOURCES / locale / "LC_MESSAGES" / "django.po").open("rb") as lines:
        return read_po(lines)


def said(message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else list(message.string)
    return bool(texts) and all(texts) and not message.fuzzy


def own_sentences():
    """The messages of the Finnish catalogue that stand in a participant's file."""
    files = {str(file.relative_to(PACKAGE)) for pattern in OWN for file in PACKAGE.glob(pattern)}
    assert len(files) >= len(OWN)
    return [m for m in catalogue("fi") if m.id and files & {place for place, _ in m.locations}]


@pytest.mark.parametrize("locale", ["fi", "sv"])
def test_no_sentence_is_missing_or_fuzzy(locale):
    assert [m.id for m in catalogue(locale) if m.id and not said(m)] == []


def test_no_sentence_of_a_participant_is_missing_in_easy_finnish():
    easy = catalogue("fi_X-selko")

    missing = [
        m.id for m in own_sentences() if not said(easy.get(m.id if isinstance(m.id, str) else m.id[0], m.context))
    ]

    assert missing == []


def test_there_are_participants_sentences():
    assert len(own_sentences()) > 150


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_keeps_every_gap(locale):
    """{name} and %(name)s stand in the translation exactly when they stand in the sentence."""
    gaps = re.compile(r"\{\w+\}|%\(\w+\)s")
    wrong = []
    for message in catalogue(locale):
        if not message.id or not said(message):
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(gaps.findall(ids[-1]))
        wrong += [
            text
            for text in texts
            if set(gaps.findall(text)) - wanted or (len(texts) == 1 and set(gaps.findall(text)) != wanted)
        ]

    assert wrong == []


@pytest.mark.parametrize("locale", [*LOCALES, "en"])
def test_nobody_is_shouted_at(locale):
    if locale == "en":
        texts = [part for m in catalogue("fi") if m.id for part in ([m.id] if isinstance(m.id, str) else m.id)]
    else:
        texts = [p for m in catalogue(locale) if m.id for p in ([m.string] if isinstance(m.string, str) else m.string)]

    assert [text for text in texts if "!" in text] == []


def test_the_catalogues_hold_every_sentence_of_the_code(tmp_path):
    """Gathering anew finds nothing that is not there, and nothing there that is no longer said."""
    found = tmp_path / "all.pot"
    files = [str(f) for f in PACKAGE.rglob("*.py") if "migrations" not in f.parts]
    subprocess.run(
        ["xgettext", "-L", "Python", "--from-code=UTF-8", "-o", str(found), "-k", "-k_", "-kgettext", "-kgettext_lazy",
         "-kgettext_noop", "-kngettext:1,2", "-kngettext_lazy:1,2", "-kpgettext:1c,2", "-kpgettext_lazy:1c,2", *files],
        check=True, capture_output=True,
    )  # fmt: skip
    found.write_text(found.read_text().replace("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=(n != 1);"))
    with found.open("rb") as lines:
        in_code = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(lines) if m.id}
    listed = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue("fi") if m.id}

    assert in_code - listed == set()
    templates = "".join(f.read_text() for f in PACKAGE.rglob("*.html"))
    unsaid = [text for text in listed - in_code if text.split("%")[0].strip()[:30] not in templates]
    assert unsaid == []
