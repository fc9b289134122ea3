"""Strong identification: whole flows with three issuers, and everything that does not hold refused alike.

The issuers: an independent mock provider, the demo's own stand-in, and one made here that can tell lies.
"""

import hmac
import json
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.conf import settings as product
from joserfc import jwt
from tests.postgres import free_port

import factories
from kudelma.demo.identity import PERSONS, stand_in
from kudelma.people import identity
from kudelma.trust.models import Pin
from people import issuers
from people.issuers import AINO, CLIENT, KEY, OTHER_KEY, SECRET

# ---------------------------------------------------------------- issuers


@contextmanager
def by_issuer(settings, issuer: str) -> Iterator[str]:
    """The product identifies people at that issuer."""
    settings.IDENTITY = {"issuer": issuer, "client": CLIENT, "secret": SECRET}
    identity._client.cache_clear()
    yield issuer
    identity._client.cache_clear()


@pytest.fixture(scope="module")
def mock_server():
    with issuers.mock({"sub": "aino"} | AINO) as url:
        yield url


@pytest.fixture(scope="module")
def stand_in_server():
    with issuers.by_event_loop(stand_in) as url:
        yield f"{url}/demo/identity"


@pytest.fixture(scope="module")
def liar_server():
    with issuers.liar() as one:
        yield one


@pytest.fixture
def mock_issuer(settings, mock_server):
    with by_issuer(settings, mock_server) as issuer:
        yield issuer


@pytest.fixture
def demo_issuer(settings, stand_in_server):
    with by_issuer(settings, stand_in_server) as issuer:
        yield issuer


@pytest.fixture
def liar(settings, liar_server):
    with by_issuer(settings, liar_server.url):
        yield liar_server


# ---------------------------------------------------------------- a visitor


@pytest.fixture
def mother(cast):
    return cast.to("preparing").mother


@pytest.fixture
def client(mother):
    """The mother's browser, come in by link and code."""
    return factories.sit(mother.seat, 1)


def sent_to(client):
    """The address at the issuer to which the product sends, and what it asks there."""
    page = client.post("/own/identity/", secure=True)
    assert page.status_code == 200
    address = page.context["address"]
    return address, {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(client, answer):
    return client.post("/own/identity/return/", answer, secure=True)


def answer_in(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def level(client):
    """2 when the whole is shown, 1 when only what a link and a code show."""
    page = client.get("/own/", secure=True)
    return page.wsgi_request.level


# ---------------------------------------------------------------- whole flows


def by_mock(client):
    address, _ = sent_to(client)
    back = requests.post(address, {"sub": "aino"}, allow_redirects=False, timeout=5)
    return answer_in(back.headers["Location"])


def by_stand_in(client, name="Aino Maria Saarela"):
    address, _ = sent_to(client)
    page = requests.get(address, timeout=5).text
    links = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', page))
    assert sorted(links.values()) == sorted(" ".join(names) for names in PERSONS.values())
    (link,) = [link for link, told in links.items() if told == name]
    return answer_in(link.replace("&amp;", "&"))


def test_somebody_identifies_at_an_issuer_by_somebody_else(client, mock_issuer):
    assert level(client) == 1

    answer = come_back(client, by_mock(client))

    assert answer.headers["Location"] == "/own/"
    assert level(client) == 2
    assert Pin.objects.get().pinned_at is not None


def test_somebody_identifies_at_the_demos_stand_in(client, demo_issuer):
    answer = come_back(client, by_stand_in(client))

    assert answer.headers["Location"] == "/own/"
    assert level(client) == 2


def test_another_person_at_the_stand_in_is_held(client, demo_issuer):
    answer = come_back(client, by_stand_in(client, "Tuure Tapani Tuntematon"))

    assert answer.status_code == 200
    assert level(client) == 1
    assert Pin.objects.get().pinned_at is None


def test_coming_back_by_get_changes_nothing_until_the_button_is_pressed(client, mock_issuer):
    answer = by_mock(client)

    page = client.get(f"/own/identity/return/?{urlencode(answer)}", secure=True)

    assert page.status_code == 200
    assert (level(client), Pin.objects.count()) == (1, 0)
    assert come_back(client, answer).status_code == 302
    assert level(client) == 2


def test_what_is_asked_holds_state_nonce_and_pkce_and_names_nobody(client, mock_issuer):
    address, asked = sent_to(client)
    _, again = sent_to(client)

    assert address.startswith(mock_issuer)
    assert asked["redirect_uri"] == f"{product.BASE_URL}/own/identity/return/"
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == (
        "code",
        "S256",
        "openid profile",
    )
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name]) >= 20
        assert asked[name] != again[name]
    assert "Aino" not in address


def test_the_session_has_another_name_after_identification(client, mock_issuer):
    before = client.cookies[product.SESSION_COOKIE_NAME].value

    come_back(client, by_mock(client))

    assert client.cookies[product.SESSION_COOKIE_NAME].value != before


# ---------------------------------------------------------------- what does not hold


def by_hand(head, claims, secret=None):
    """A token as an attacker writes it: signed by HMAC with `secret`, or not at all."""
    text = ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, claims))
    signature = hmac.digest(secret, text.encode(), "sha256") if secret else b""
    return f"{text}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


def pretend(liar, client, *, key=KEY, header=None, **changed):
    """Come back with a token of the liar's: the right claims but for those changed; None takes a claim away."""
    _, asked = sent_to(client)
    claims = {name: value for name, value in (liar.claims(asked["nonce"]) | changed).items() if value is not None}
    head = {"alg": "RS256", "kid": "one"} | (header or {})
    liar.token = by_hand(head, claims, key) if isinstance(key, bytes) else jwt.encode(head, claims, key)
    return come_back(client, {"code": "x", "state": asked["state"]})


def test_a_token_that_holds_is_taken(client, liar):
    assert pretend(liar, client).status_code == 302
    assert level(client) == 2


NOW = int(time.time())
WRONG = {
    "another issuer": {"iss": "https://other.example.org"},
    "no issuer": {"iss": None},
    "meant for another client": {"aud": "somebody-else"},
    "another nonce": {"nonce": "seen before"},
    "no nonce": {"nonce": None},
    "long past": {"iat": NOW - 4000, "exp": NOW - 3600},
    "no end": {"exp": None},
    "nobody": {"sub": None},
    "signed by another key": {"key": OTHER_KEY},
    "signed with the secret of the client": {"key": SECRET.encode(), "header": {"alg": "HS256"}},
    "signed with the public key as a secret": {
        "key": KEY.as_pem(private=False), "header": {"alg": "HS256"},
    },
    "an unknown key": {"header": {"kid": "two"}, "key": OTHER_KEY},
}  # fmt: skip


@pytest.mark.parametrize("lie", WRONG)
def test_a_token_that_does_not_hold_is_refused_with_a_calm_page(client, liar, lie):
    answer = pretend(liar, client, **WRONG[lie])

    assert answer.status_code == 400
    assert "Tunnistautuminen ei onnistunut" in answer.text
    assert (level(client), Pin.objects.count()) == (1, 0)


@pytest.mark.parametrize("kind", ["unsigned", "cut short", "not a token", "none at all"])
def test_what_is_no_token_is_refused(client, liar, kind):
    _, asked = sent_to(client)
    claims = liar.claims(asked["nonce"])
    liar.token = {
        "unsigned": by_hand({"alg": "none"}, claims),
        "cut short": jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY)[:-20],
        "not a token": "x",
        "none at all": "",
    }[kind]

    answer = come_back(client, {"code": "x", "state": asked["state"]})

    assert answer.status_code == 400
    assert (level(client), Pin.objects.count()) == (1, 0)


def test_an_answer_is_taken_once(client, mock_issuer):
    answer = by_mock(client)
    assert come_back(client, answer).status_code == 302

    assert come_back(client, answer).status_code == 400


def test_the_code_of_the_stand_in_is_bound_to_the_one_who_asked(client, mother, demo_issuer):
    """Somebody else's code with one's own state: the proof (PKCE) does not fit."""
    stolen = by_stand_in(client)["code"]
    thief = factories.sit(mother.seat, 1)
    _, asked = sent_to(thief)

    assert come_back(thief, {"code": stolen, "state": asked["state"]}).status_code == 400
    assert level(thief) == 1


@pytest.mark.parametrize("state", ["", "made up", "of another session"])
def test_a_state_that_this_session_did_not_make_is_refused(client, mother, mock_issuer, state):
    answer = by_mock(client)
    other = factories.sit(mother.seat, 1)
    _, theirs = sent_to(other)
    states = {"": "", "made up": "x" * 30, "of another session": theirs["state"]}

    assert come_back(client, answer | {"state": states[state]}).status_code == 400
    assert come_back(other, answer).status_code == 400
    assert (level(client), level(other), Pin.objects.count()) == (1, 1, 0)


def test_without_a_code_there_is_nothing_to_take(client, mock_issuer):
    assert client.get("/own/identity/return/?error=access_denied&state=x", secure=True).status_code == 400
    assert client.post("/own/identity/return/", {"error": "access_denied"}, secure=True).status_code == 400


def test_an_issuer_that_does_not_answer_is_said_and_nothing_is_lost(client, settings):
    with by_issuer(settings, f"http://127.0.0.1:{free_port()}"):
        answer = client.post("/own/identity/", secure=True)

    assert answer.status_code == 503
    assert "Tunnistautuminen ei onnistunut" in answer.text
    assert level(client) == 1


def test_where_no_issuer_is_set_nobody_is_asked_to_identify(client, settings):
    button = 'action="/own/identity/"'
    assert button in client.get("/own/", secure=True).text

    settings.IDENTITY = {"issuer": "", "client": "", "secret": ""}

    assert button not in client.get("/own/", secure=True).text
    assert client.post("/own/identity/", secure=True).status_code == 404


def test_somebody_without_a_code_cannot_begin(mother, mock_issuer):
    client = factories.sit(mother.seat, 0)

    assert client.post("/own/identity/", secure=True).status_code == 403


# ---------------------------------------------------------------- the stand-in alone


def test_the_stand_in_gives_no_token_without_its_own_code(demo_issuer):
    asked = {"code": "made up", "code_verifier": "x", "client_id": "tests"}

    assert requests.post(f"{demo_issuer}/token", asked, timeout=5).json() == {"error": "invalid_grant"}


def test_the_stand_in_asks_nobody_for_another_client(demo_issuer):
    assert requests.get(f"{demo_issuer}/authorize?client_id=somebody-else", timeout=5).status_code == 400
    assert requests.get(f"{demo_issuer}/no-such-page", timeout=5).status_code == 404
