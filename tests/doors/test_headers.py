"""What every answer says to the browser, on every page and for everybody."""

import pytest
from django.test import Client

import factories
from doors import table
from kudelma.people.actions import links

NAMES = sorted({line.name for line in table.read() if line.method == "GET" and not line.step})


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cached_framed_or_told(cast, name):
    cast.to("preparing")
    cast.draft = cast.begin_draft(by=cast.coordinator)
    answer = factories.sit(cast.coordinator).get(table.url(name, cast), secure=True)

    told = answer.headers
    assert told["Cache-Control"] == "no-store, private" or "no-store" in told["Cache-Control"]
    assert told["X-Frame-Options"] == "DENY"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    policy = told["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_cookies_are_safe(cast):
    client = factories.sit(cast.coordinator)
    answers = [
        client.get("/today/", secure=True),
        client.post("/language/", {"language": "sv"}, secure=True),
        Client().post("/i/", {"token": links.make_link(cast.to("preparing").mother.seat, at=cast.at())}, secure=True),
    ]

    cookies = {name: cookie for answer in answers for name, cookie in answer.cookies.items()}
    assert {name.removeprefix("__Host-kudelma") for name in cookies} >= {"", "-seen", "-language"}
    assert {name for name in cookies if not name.startswith("__Host-")} <= {"messages"}
    for name, cookie in cookies.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name


@pytest.mark.parametrize("spoken", ["sv", "fi"])
def test_the_language_that_is_told_is_the_one_that_was_spoken(cast, spoken):
    """That of the seat, whatever the browser asks for first."""
    cast.coordinator.account.language = spoken
    cast.coordinator.account.save(update_fields=["language"])

    answer = factories.sit(cast.coordinator).get("/today/", secure=True, headers={"accept-language": "en"})

    assert answer.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in answer.content.decode()


def test_another_host_name_is_refused():
    assert Client().get("/", secure=True, headers={"host": "evil.example.org"}).status_code == 400


def test_a_form_from_another_site_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.cookies = factories.sit(cast.coordinator).cookies

    answer = client.post("/language/", {"language": "sv"}, secure=True, headers={"origin": "https://evil.example.org"})

    assert answer.status_code == 403
    assert b"<form" not in answer.content.split(b"<main")[1].split(b"</main>")[0]


@pytest.mark.parametrize("origin", ["null", "", "https://testserver.evil.example.org"])
def test_what_another_site_sent_is_never_offered_again(cast, origin):
    client = Client(enforce_csrf_checks=True)
    client.cookies = factories.sit(cast.coordinator).cookies

    answer = client.post("/orders/new/meeting/", {"worry": "evil words"}, secure=True, headers={"origin": origin})

    assert answer.status_code == 403
    assert b"evil words" not in answer.content


def test_what_was_typed_on_our_own_page_long_ago_is_offered_again(cast):
    client = Client(enforce_csrf_checks=True)
    client.cookies = factories.sit(cast.coordinator).cookies

    answer = client.post(
        "/orders/new/meeting/", {"worry": "own words"}, secure=True, headers={"origin": "https://testserver"}
    )

    assert answer.status_code == 403
    assert b"own words" in answer.content


@pytest.mark.parametrize(
    "to", ["https://evil.example.org/", "//evil.example.org/", "javascript:alert(1)", "/\\evil.example.org"]
)
def test_nobody_is_sent_to_another_site(db, to):
    answer = Client().post("/language/", {"language": "sv", "next": to}, secure=True)

    assert answer.headers["Location"] == "/"
