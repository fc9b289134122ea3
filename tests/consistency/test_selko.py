"""Who reads easy Finnish reads nothing else: every sentence that is looked up while a participant's pages are made
stands in the easy catalogue, and none comes silently from the Finnish one."""

import re
from calendar import day_name, month_name
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, trans_real

import factories
from doors import table
from kudelma.core.catalogues import SOURCES
from kudelma.people.actions import links
from kudelma.people.models import PersonalLink, Role
from kudelma.regions.handbook import CHAPTERS

EASY = "fi-x-selko"
CONTEXT = "\x04"
SAME_IN_BOTH = {":", *day_name, *month_name, *(f"alt. month{CONTEXT}{name}" for name in month_name)}
"""Days and months have no easier names."""


def in_easy_finnish() -> set[str]:
    with (SOURCES / "fi_X-selko" / "LC_MESSAGES" / "django.po").open("rb") as lines:
        catalogue = read_po(lines)
    ids = [(message, message.id if isinstance(message.id, str) else message.id[0]) for message in catalogue]
    return {
        f"{message.context}{CONTEXT}{text}" if message.context else text
        for message, text in ids
        if text and message.string and all(message.string) and not message.fuzzy
    }


@pytest.fixture
def fallen_back(monkeypatch):
    """The sentences that were looked up in easy Finnish in vain, from here on."""
    easy, known = trans_real.translation(EASY), in_easy_finnish() | SAME_IN_BOTH
    found = set[str]()
    one, many = easy.gettext, easy.ngettext

    def note(sentence):
        if sentence not in known:
            found.add(sentence)

    monkeypatch.setattr(easy, "gettext", lambda text: (note(text), one(text))[1])
    monkeypatch.setattr(easy, "ngettext", lambda text, texts, n: (note(text), many(text, texts, n))[1])
    return found


def reader(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = EASY
    return client


def opened(client: Client, *paths: str) -> list[int]:
    """The statuses that these pages answer with; each is in easy Finnish."""
    answers = [client.get(path, secure=True) for path in paths]
    assert {answer.headers.get("Content-Language", EASY) for answer in answers} == {EASY}
    return [answer.status_code for answer in answers]


def own_addresses() -> list[str]:
    """Every address of the site that is a participant's own."""
    found = []
    for name in table.addresses():
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return sorted(path for path in found if path.startswith("/own/"))


def sent(client: Client, path: str, **values: str) -> int:
    return client.post(path, {"csrfmiddlewaretoken": "x", **values}, secure=True).status_code


def test_on_the_way_in(cast, fallen_back):
    cast.to("timing")
    token = links.make_link(cast.mother.seat, at=timezone.now())
    found = PersonalLink.objects.of_token(token).get()
    client = reader(Client())

    assert opened(client, f"/i/{token}/", "/i/x/", "/own/", "/own/code/") == [200, 410, 403, 403]
    assert sent(client, "/i/", token="x") == 410
    assert sent(client, "/i/", token=token) == 302
    assert opened(client, "/own/code/", "/own/code/sending/") == [200, 200]
    assert sent(client, "/own/code/") == sent(client, "/own/code/", code="1") == 422
    assert sent(client, "/own/code/sending/") == 422
    assert [sent(client, "/own/code/sending/", channel="address") for _ in range(4)] == [302, 302, 302, 422]
    assert opened(client, "/own/code/") == [200]
    assert sent(client, "/own/code/", code="000000") == 422
    digits = links.read_code_aloud(found, by=cast.coordinator, at=timezone.now())
    assert sent(client, "/own/code/", code=digits) == 302
    assert opened(client, "/own/", "/own/people/", "/own/plan/") == [200, 403, 403]
    assert opened(client, "/closed/") == [200]
    client = reader(Client())
    assert opened(client, "/room/", "/", "/nothing/") == [200, 200, 404]
    assert sent(client, "/room/") == sent(client, "/room/", code="12345678") == 422
    assert fallen_back == set()


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize(
    "step", ["preparing", "timing", "inviting", "invited", "meeting", "planning", "following", "closed"]
)
def test_on_the_own_pages(cast, fallen_back, step, level):
    cast.to(step)
    if step == "meeting":
        cast.say(cast.mother, "Aamut sujuvat.")
    for member in (cast.mother, cast.child, cast.close_one):
        client = reader(factories.sit(member.seat, level))

        for path in own_addresses():
            assert opened(client, path)[0] < 500

    assert fallen_back == set()


def test_when_a_time_is_answered(cast, fallen_back):
    cast.to("timing")
    client = reader(factories.sit(cast.mother.seat, 1))
    options = [str(option.pk) for option in cast.options()]

    assert sent(client, "/own/time/") == 422
    for answer in (*(f"{options[0]}:{value}" for value in ("well", "if_needed", "cannot")), "call", "unsure"):
        assert sent(client, "/own/time/", answer=answer) == 302
        assert opened(client, "/own/time/", "/own/") == [200, 200]
    cast.open()
    cast.choose()
    assert sent(client, "/own/time/", answer=f"{options[0]}:well") == 409
    assert fallen_back == set()


def test_when_feedback_is_given(cast, fallen_back):
    cast.to("following")
    path = f"/meetings/{cast.meeting.pk}/feedback/"

    assert opened(reader(factories.sit(cast.mother.seat)), path) == [409]
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        client = reader(factories.sit(cast.mother.seat))
        assert opened(client, path, "/own/") == [200, 200]
        assert sent(client, path, kuunneltiin="?") == 422
        assert sent(client, path, kuunneltiin="yes", turvallista="partly", suunnitelma="no") == 200
        assert opened(client, path, "/own/") == [200, 200]
    assert fallen_back == set()


def test_on_the_pages_that_everybody_may_open(db, fallen_back):
    region = factories.region("E9", name_fi="Esimerkkilä", help_phone="+358400000100")
    factories.seat(region, Role.COORDINATOR)
    factories.contact(region, name="Maija Kallio")
    client, home = reader(Client()), "/regions/E9/"
    waiting, seen = [home, "/letter/"], set[str]()

    while waiting:
        seen.add(path := waiting.pop())
        assert opened(client, path) == [200]
        linked = set(re.findall(rf'href="({home}[^"#?]*)"', client.get(path, secure=True).text))
        waiting += sorted(linked - seen - set(waiting))

    assert {f"{home}{page}/" for page in ("order", "question", "question/5", "handbook")} <= seen
    assert {f"{home}handbook/{chapter.slug}/" for chapter in CHAPTERS} <= seen
    assert sent(client, f"{home}order/") == sent(client, "/letter/") == 422
    assert fallen_back == set()


def test_when_something_is_refused_on_an_own_page(cast, fallen_back):
    cast.to("invited")
    client = reader(factories.sit(cast.mother.seat, 2))

    assert sent(client, "/own/needs/", version="1", interpreter="131052-308T") == 422
    assert fallen_back == set()


def test_when_identification_fails(cast, fallen_back):
    cast.to("timing")
    client = reader(factories.sit(cast.mother.seat, 1))

    assert sent(client, "/own/identity/") == 503
    assert opened(client, "/own/identity/return/", "/own/identity/return/?code=x&state=y") == [400, 200]
    assert sent(client, "/own/identity/return/?code=x&state=y") == 400
    assert fallen_back == set()


def test_when_one_has_been_away(cast, fallen_back):
    cast.to("timing")
    client = reader(factories.sit(cast.mother.seat, 1))

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert sent(client, "/own/time/", answer="call") == 401
    assert sent(reader(Client()), "/own/time/", answer="call") == 401
    assert fallen_back == set()


def test_a_sentence_that_is_only_in_finnish_is_found(cast, fallen_back):
    only_finnish = "What you promise"
    with translation.override(EASY):
        assert gettext(only_finnish) != only_finnish

    assert fallen_back == {only_finnish}
