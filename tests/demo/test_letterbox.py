"""The letterbox: what would have gone out, the newest first, with its links to press."""

from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone

import factories
from kudelma.core.management.commands.work import run_queued
from kudelma.demo import letterbox
from kudelma.people import sms
from kudelma.people.actions.messages import send


def post(subject="Viesti", text="Hei", to="aino@example.org"):
    mail.EmailMessage(subject, text, to=[to]).send()


def shown():
    """The page's letters: [(subject, to, text)]"""
    page = BeautifulSoup(Client().get("/demo/letterbox/", secure=True).text, "html.parser")
    return [
        (letter.h2.text, letter.small.text.split(" · ")[0], "\n".join(letter.find(class_="letter").stripped_strings))
        for letter in page.select("article")
    ]


def test_an_empty_letterbox_says_so(demo):
    assert letterbox.items() == []
    assert "Postilaatikko on tyhjä." in Client().get("/demo/letterbox/", secure=True).text


def test_a_mail_lies_in_it_with_recipient_subject_and_text(demo):
    post("Viesti äidille", "Hei\n\nÄlä huoli.", "aino@example.org")

    assert shown() == [("Viesti äidille", "aino@example.org", "Hei\nÄlä huoli.")]


def test_the_newest_lies_on_top(demo):
    for number in range(3):
        with time_machine.travel(datetime(2026, 11, 24, 12, number, tzinfo=UTC), tick=False):
            post(f"Viesti {number}")

    assert [(item.subject, item.at.minute) for item in letterbox.items()] == [
        ("Viesti 2", 2), ("Viesti 1", 1), ("Viesti 0", 0),
    ]  # fmt: skip


def test_it_shows_the_newest_when_there_are_many(demo, monkeypatch):
    monkeypatch.setattr(letterbox, "SHOWN", 2)
    for number in range(3):
        post(f"Viesti {number}")

    assert [item.subject for item in letterbox.items()] == ["Viesti 2", "Viesti 1"]


def test_links_can_be_pressed_and_nothing_else_becomes_one(demo):
    post(text='Avaa:\nhttps://testserver/i/abc/\n<a href="x">ei</a> javascript:alert(1)')

    page = BeautifulSoup(Client().get("/demo/letterbox/", secure=True).text, "html.parser")

    letter = page.find(class_="letter")
    assert [link["href"] for link in letter.select("a")] == ["https://testserver/i/abc/"]
    assert '<a href="x">ei</a>' in letter.get_text()


def test_a_text_message_lies_in_it_too(demo):
    assert sms.is_possible()

    sms.send("+358401234567", "Koodi: 123456")

    assert shown() == [("SMS", "+358401234567", "Koodi: 123456")]


def test_a_calendar_entry_is_shown_beside_its_mail(demo, cast):
    cast.to("inviting")
    run_queued()
    letterbox.empty()

    cast.invite()
    run_queued()

    (entry,) = [item for item in letterbox.items() if item.to == cast.invited.account.address]
    assert "BEGIN:VEVENT" in entry.calendar
    assert "BEGIN:VEVENT" in Client().get("/demo/letterbox/", secure=True).text


def test_what_the_worker_sends_comes_to_the_letterbox_and_leaves_the_machine_nowhere_else(demo, region):
    seat = factories.seat(region, address="sari@example.org")
    send("waits", to=seat, by=seat, at=timezone.now())

    run_queued()

    assert [item.to for item in letterbox.items()] == ["sari@example.org"]
    assert mail.outbox == []


def test_emptied_it_is_empty(demo):
    post()
    assert len(letterbox.items()) == 1

    letterbox.empty()

    assert letterbox.items() == []


@pytest.mark.parametrize("subject", ["Tärkeää", "Käy tervehtimässä: åäö €"])
def test_a_subject_is_read_back_as_it_was_written(demo, subject):
    post(subject)

    assert [item.subject for item in letterbox.items()] == [subject]
