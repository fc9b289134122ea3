"""Workers sign in by password and second factor; nothing less, and nothing is told to a stranger."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core import mail
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone

import factories
from journeys.hands import totp
from kudelma.people.acting import SEEN_COOKIE
from kudelma.people.actions.seats import set_password
from kudelma.people.models import Account
from kudelma.people.sign_in import FACTOR_DONE, AccountAdapter, has_factor


@pytest.fixture
def worker(region):
    return factories.seat(region, address="sari@example.org")


def sign_in(client, address="sari@example.org", password="sana sana sana"):
    return client.post("/sign-in/", {"login": address, "password": password}, secure=True)


def set_up(client):
    """Set up the second factor; returns its secret."""
    page = client.get("/sign-in/factor/", secure=True)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1]
    with time_machine.travel(timezone.now(), tick=False):  # else the code may grow old on its way
        answer = client.post("/sign-in/factor/", {"code": totp(secret, timezone.now().timestamp())}, secure=True)
    assert answer.status_code == 302, answer.text
    return secret


def test_a_password_alone_opens_nothing(worker):
    client = Client()

    sign_in(client)

    for path in ("/today/", "/matters/", "/orders/new/"):
        assert client.get(path, secure=True).headers["Location"] == "/sign-in/factor/"


def test_with_the_factor_one_sits_down(worker):
    client = Client()
    sign_in(client)
    set_up(client)

    assert len(client.get("/sign-in/recovery-codes/", secure=True).context["codes"]) == 10
    client.post("/sign-in/recovery-codes/", secure=True)
    assert client.get("/sign-in/recovery-codes/", secure=True).status_code == 404
    client.post("/seats/", {"seat": str(worker.pk)}, secure=True)
    assert client.get("/today/", secure=True).status_code == 200


def test_an_account_has_a_factor_once_it_is_set_up(worker):
    client = Client()
    sign_in(client)
    assert not has_factor(worker.account)

    set_up(client)

    assert has_factor(worker.account)
    assert client.get("/sign-in/factor/", secure=True).status_code == 302


def test_the_next_time_the_factor_is_asked_and_a_code_works_once(worker):
    client = Client()
    sign_in(client)
    secret = set_up(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        again = Client()
        assert sign_in(again).headers["Location"] == "/sign-in/code/"
        assert again.get("/today/", secure=True).status_code == 302
        code = totp(secret, timezone.now().timestamp())
        assert again.post("/sign-in/code/", {"code": code}, secure=True).status_code == 302
        third = Client()
        sign_in(third)
        assert third.post("/sign-in/code/", {"code": code}, secure=True).status_code == 422


def test_a_recovery_code_works_once(worker):
    client = Client()
    sign_in(client)
    set_up(client)
    code = client.get("/sign-in/recovery-codes/", secure=True).context["codes"][0]

    for expected in (302, 422):
        again = Client()
        sign_in(again)
        assert again.post("/sign-in/code/", {"code": code}, secure=True).status_code == expected


def test_the_secret_is_nowhere_in_the_database(worker):
    client = Client()
    sign_in(client)
    secret = set_up(client).replace(" ", "")

    from allauth.mfa.models import Authenticator

    assert secret not in str(list(Authenticator.objects.values_list()))


def test_looking_at_the_factor_page_changes_nothing(worker):
    client = Client()
    sign_in(client)

    pages = {re.search(r"<code>([A-Z2-7 ]+)</code>", client.get("/sign-in/factor/", secure=True).text)[1] for _ in "ab"}

    assert len(pages) == 1


def test_a_stranger_learns_nothing(worker):
    known = sign_in(Client(), password="väärä sana tässä")
    unknown = sign_in(Client(), address="joku@example.org", password="väärä sana tässä")

    assert known.status_code == unknown.status_code == 422
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", known.text) == strip.sub("", unknown.text)
    forgotten = [
        Client().post("/sign-in/forgotten/", {"address": address}, secure=True).text
        for address in ("sari@example.org", "joku@example.org")
    ]
    assert strip.sub("", forgotten[0]) == strip.sub("", forgotten[1])


def test_guessing_passwords_is_slowed(worker):
    client = Client()
    for _ in range(19):
        sign_in(client, password="väärä sana tässä")
    assert sign_in(Client()).status_code == 302

    for _ in range(2):
        sign_in(client, password="väärä sana tässä")
    assert sign_in(client).status_code in {422, 429}


def test_a_forgotten_password_comes_by_mail_and_the_link_works_once(worker):
    Client().post("/sign-in/forgotten/", {"address": "Sari@Example.org"}, secure=True)
    call_command("work", once=True)
    letter = mail.outbox[-1]
    path = re.search(r"https://testserver(\S+)", letter.body)[1]
    client = Client()

    assert client.get(path, secure=True).status_code == 200
    new = {"password1": "uusi harmaa kissa puussa", "password2": "uusi harmaa kissa puussa"}
    assert client.post(path, new, secure=True).status_code == 302
    assert client.get(path, secure=True).status_code == 410
    assert sign_in(Client(), password="uusi harmaa kissa puussa").headers["Location"].endswith("/today/")


def test_the_mail_tells_no_name_and_the_subject_nothing(worker):
    Client().post("/sign-in/forgotten/", {"address": "sari@example.org"}, secure=True)
    call_command("work", once=True)

    letter = mail.outbox[-1]
    assert worker.account.name not in letter.subject + letter.body
    assert letter.to == ["sari@example.org"]


def test_half_an_hour_of_nothing_ends_the_session_and_keeps_what_was_typed(worker):
    client = factories.sit(worker)
    with time_machine.travel(timezone.now() + timedelta(minutes=29, seconds=50)):
        assert client.get("/today/", secure=True).status_code == 200
    client = factories.sit(worker)
    with time_machine.travel(timezone.now() + timedelta(minutes=30, seconds=10)):
        assert client.get("/today/", secure=True).status_code == 302
    client = factories.sit(worker)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        answer = client.post("/orders/new/meeting/", {"worry": "Pitkä huoli, jota en halua kadottaa"}, secure=True)

    assert answer.status_code == 401
    assert "Pitkä huoli, jota en halua kadottaa" in answer.text


def test_ten_hours_end_the_session_however_busy(worker):
    client = factories.sit(worker)
    start = timezone.now()
    for minutes in range(20, 10 * 60, 20):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get("/today/", secure=True).status_code == 200
    with time_machine.travel(start + timedelta(hours=10, minutes=1)):
        assert client.get("/today/", secure=True).status_code == 302


def test_a_session_without_its_cookie_of_being_seen_is_over(worker):
    client = factories.sit(worker)
    del client.cookies[SEEN_COOKIE]

    assert client.get("/today/", secure=True).status_code == 302


def test_the_cookie_of_another_session_does_not_keep_one_awake(worker):
    client, other = factories.sit(worker), factories.sit(worker)
    client.cookies[SEEN_COOKIE] = other.cookies[SEEN_COOKIE].value

    assert client.get("/today/", secure=True).status_code == 302


def test_signing_out_ends_the_session_everywhere_it_is_asked(worker):
    client = factories.sit(worker)
    old = dict(client.cookies.items())

    answer = client.post("/sign-out/", secure=True)

    assert '"cookies"' in answer.headers["Clear-Site-Data"]
    again = Client()
    for name, morsel in old.items():
        again.cookies[name] = morsel.value
    assert again.get("/today/", secure=True).status_code == 302


def test_an_ended_seat_closes_the_next_page(worker):
    client = factories.sit(worker)
    assert client.get("/today/", secure=True).status_code == 200

    worker.__class__.objects.filter(pk=worker.pk).update(ends_on=timezone.localdate() - timedelta(days=1))

    assert client.get("/today/", secure=True).headers["Location"] == "/seats/"


def test_a_closed_account_signs_in_no_more(worker):
    Account.objects.filter(pk=worker.account.pk).update(closed_at=timezone.now())

    client = Client()
    assert sign_in(client).headers["Location"] == "/sign-in/"
    assert "Tämä tunnus ei ole enää käytössä." in client.get("/sign-in/", secure=True).text
    assert client.get("/today/", secure=True).headers["Location"].startswith("/sign-in/")


# ---------------------------------------------------------------- where a visitor comes from


def visitor(settings, header, **headers):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, proxy_header=header)
    return AccountAdapter().get_client_ip(RequestFactory(headers=headers).get("/", REMOTE_ADDR="192.0.2.7"))


def test_a_header_that_the_installation_does_not_name_is_not_believed(settings):
    assert visitor(settings, "", x_forwarded_for="198.51.100.1") == "192.0.2.7"


def test_of_the_named_header_the_last_address_is_believed_for_our_own_proxy_wrote_it(settings):
    forwarded = "203.0.113.9, 198.51.100.1"

    assert visitor(settings, "X-Forwarded-For", x_forwarded_for=forwarded) == "198.51.100.1"
    assert visitor(settings, "X-Real-IP", x_forwarded_for=forwarded, x_real_ip="198.51.100.2") == "198.51.100.2"


def test_without_any_address_all_visitors_share_one(settings):
    nowhere = RequestFactory().get("/", REMOTE_ADDR="")

    assert visitor(settings, "X-Forwarded-For") == visitor(settings, "X-Forwarded-For", x_forwarded_for="a, ")
    assert AccountAdapter().get_client_ip(nowhere) == "0.0.0.0"  # noqa: S104
    settings.CONFIGURATION = replace(settings.CONFIGURATION, proxy_header="")
    assert AccountAdapter().get_client_ip(nowhere) == "0.0.0.0"  # noqa: S104


def test_nobody_makes_an_account_of_their_own():
    assert AccountAdapter().is_open_for_signup(RequestFactory().get("/")) is False


# ---------------------------------------------------------------- a session that is open already


def test_a_changed_password_ends_the_sessions_that_are_open(worker):
    client = factories.sit(worker)
    assert client.get("/today/", secure=True).status_code == 200

    account = Account.objects.get(pk=worker.account.pk)
    set_password(account, "uusi harmaa kissa puussa", by=worker, at=timezone.now())

    assert client.get("/today/", secure=True).headers["Location"].startswith("/sign-in/")


def test_closing_an_account_ends_the_sessions_that_are_open(worker):
    client = factories.sit(worker)
    assert client.get("/today/", secure=True).status_code == 200

    Account.objects.filter(pk=worker.account.pk).update(closed_at=timezone.now())

    assert client.get("/today/", secure=True).headers["Location"].startswith("/sign-in/")


def test_a_seat_that_was_taken_opens_nothing_without_the_second_factor(worker):
    """Whatever has put a seat into the session: the factor is asked for again at every page."""
    client = factories.sit(worker)
    assert client.get("/today/", secure=True).status_code == 200

    session = client.session
    del session[FACTOR_DONE]
    session.save()

    assert client.get("/today/", secure=True).headers["Location"] == "/sign-in/factor/"


def test_a_participants_seat_is_no_workers_seat_whatever_a_session_says(cast):
    """Without an account in the session its seat would be looked for among those that have none."""
    cast.to("preparing")
    client = factories.sit(cast.orderer)
    session = client.session
    for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY):
        del session[key]
    session["seat"] = str(cast.mother.seat.pk)
    session.save()

    assert client.get("/today/", secure=True).headers["Location"].startswith("/sign-in/")


def test_nobody_sits_on_the_seat_of_another_account(region, worker):
    client, other = factories.sit(worker), factories.seat(region)
    assert client.get("/today/", secure=True).status_code == 200

    session = client.session
    session["seat"] = str(other.pk)
    session.save()

    assert client.get("/today/", secure=True).headers["Location"] == "/seats/"
