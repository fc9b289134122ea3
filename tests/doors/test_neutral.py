"""Outside the service everything is neutral: mails, text messages, calendar entries and letters, in every language.

No person, no theme, no unit stands in them, nor any word that tells that somebody is helped, by whom or why.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation

import factories
from kudelma.bank.models import Consultant
from kudelma.meetings import papers
from kudelma.meetings.actions import asking, invitations, postponing, times
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Invitation
from kudelma.members.actions import people
from kudelma.members.models import Member
from kudelma.pairing.actions import offers as pairing
from kudelma.people import letters, sms
from kudelma.people.actions import links
from kudelma.people.actions.messages import send
from kudelma.people.models import Account, Message, PersonalLink, Seat
from trust.canaries import MARK, Flock, found_in

LANGUAGES = ["fi", "fi-x-selko", "sv", "en"]
TELLING = {
    "fi": "lastensuojelu perhe sosiaali verkosto konsult asiaka huoli hyvinvointi hoito terveys mielenterveys päihde "
    "palveluohjaa viranomai kunta psyk oppilashuol",
    "sv": "barnskydd familj social nätverk konsult klient oro välfärd vård hälsa missbruk myndighet kommun psyk",
    "en": "child welfare family social network consult client worr wellbeing care health abuse authorit therap",
}  # fmt: skip
TELLING["fi-x-selko"] = TELLING["fi"]
"""Beginnings of words that tell of a client, in the language of the message."""


@pytest.fixture
def texts(monkeypatch):
    """Text messages that would have left: [words]."""
    sent = []
    monkeypatch.setattr(sms, "is_possible", lambda: True)
    monkeypatch.setattr(sms, "send", lambda number, words: sent.append(words))
    return sent


def outside(cast, language, *, by_sms=False):
    """Every kind of message is sent, each in this language, with a canary in every sealed column of a person.

    Returns the kinds that left.
    """
    cast.to("preparing")
    if by_sms:
        Member.objects.filter(pk=cast.mother.pk).update(
            **_closed(cast.mother, contact_way="sms", phone="+358401234567")
        )
    _settle(cast, Flock(), but=("phone", "contact_way") if by_sms else ())
    Account.objects.update(language=language)
    Seat.objects.filter(account=None).update(language=language)
    _ask_about_times(cast)
    cast.choose()
    cast.invite()
    work()
    _ask_for_everything(cast)
    work()
    meeting = cast.the_meeting()
    postponing.move_to(
        meeting, starts_at=meeting.starts_at + timedelta(days=1), place="Kirjasto", place_shown=True, seen=0,
        by=cast.coordinator, at=cast.at(),
    )  # fmt: skip
    work()
    kinds = left()
    people.withdraw_permission(cast.fresh().members.get(pk=cast.professional.pk), by=cast.coordinator, at=cast.at())
    postponing.put_off(cast.the_meeting(), seen=1, why=f"{MARK}00001", by=cast.coordinator, at=cast.at())
    work()
    return kinds | left()


def left():
    return {message.kind for message in Message.objects.exclude(sent_at=None)}


def work():
    call_command("work", once=True)


def _ask_about_times(cast):
    """The question, a reminder to those who have not answered it, and news to the one who has."""
    cast.ask_times()
    option = cast.options()[0]
    times.answer(
        cast.the_meeting(), cast.mother, options={option: "well"}, coming="", by=cast.mother.seat, at=cast.at()
    )
    asking.remind(cast.the_meeting(), [cast.close_one, cast.professional], by=cast.coordinator, at=cast.at())
    work()
    times.propose_times(
        cast.fresh(), idempotency_key=uuid4(), by=cast.coordinator, at=cast.at(),
        values=TimesAsked([option.starts_at + timedelta(days=3)], 150, "Kirjaston ryhmähuone", place_shown=False),
    )  # fmt: skip


def _ask_for_everything(cast):
    """The kinds that somebody asks for: links, codes, a calendar entry, ways to sign in."""
    mother = Member.objects.select_related("matter__region", "seat").get(pk=cast.mother.pk)
    invitations.wish_calendar(mother, wants=True, by=mother.seat, at=cast.at())
    people.send_link(mother, by=cast.coordinator, at=cast.at())
    token = links.make_link(mother.seat, at=timezone.now())
    for channel in ("sms", "address"):
        links.send_code(PersonalLink.objects.of_token(token).get(), channel=channel, at=timezone.now())
    for kind in ("first-sign-in", "new-password", "another-coordinator", "waits"):
        send(kind, to=cast.orderer, by=cast.orderer, at=timezone.now())


def _settle(cast, flock, *, but=()):
    cast.open()
    for row in Member.objects.filter(matter=cast.matter).select_related("matter"):
        kept = {name: getattr(row, name) for name in but}
        flock.settle(row)
        if kept:
            Member.objects.filter(pk=row.pk).update(**_closed(row, **kept))
    for account in Account.objects.all():
        Account.objects.filter(pk=account.pk).update(**_closed(account, name=flock.canary("name")))


def _closed(row, **values):
    from kudelma.core.sealed import closed_values

    return closed_values(row, values)


def said(message):
    """Everything of a mail but the addresses in it: subject, text, calendar entry, names of files."""
    told = [message.subject, message.body, *(str(content) for content, _kind in message.alternatives)]
    told += [str(name) for name, *_rest in message.attachments] + list(message.extra_headers.values())
    told = [re.sub(r"(?:\r?\n[ \t])", "", text) for text in told]
    return re.sub(r"https?://\S+|ATTENDEE\S+", "", "\n".join(told))


def telling(text, language):
    """The words in `text` that tell of a client."""
    return [word for word in TELLING[language].split() if re.search(rf"\b{word}", text.casefold())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_and_no_calendar_entry_tells_of_a_person_or_of_help(cast, language, texts):
    kinds = outside(cast, language)

    assert kinds == set(letters.WRITERS)
    assert len(mail.outbox) > 20
    signed = Account.objects.get(pk=cast.coordinator.account_id).first_name
    for message in mail.outbox:
        assert set(found_in(said(message))) <= {signed}  # a reminder is signed by whoever pressed, on purpose
        with translation.override(language):
            words = telling(said(message), language)
        assert words == [] or message.subject in coordinators_subjects(), message.body
        assert message.from_email == "kudelma@example.org"
    assert [words for words in texts if found_in(words) or telling(words, language)] == []


def coordinators_subjects():
    return {"Uusi koordinaattori", "En ny koordinator", "A new coordinator", "Ny koordinator"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_is_short_neutral_and_carries_no_code_with_its_link(cast, language, texts):
    outside(cast, language, by_sms=True)

    links_sent = [words for words in texts if "/i/" in words]
    codes = [words for words in texts if re.search(r"\b\d{6}\b", re.sub(r"https?://\S+", "", words))]
    assert len(links_sent) >= 4
    assert set(links_sent) & set(codes) == set()
    for words in texts:
        assert found_in(words) == []
        assert telling(re.sub(r"https?://\S+", "", words), language) == []
        assert set(words) <= sms.GSM, set(words) - sms.GSM
    assert [words for words in links_sent if len(words) > sms.MOST and "Tapaamista ei" not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_tells_who_it_is_for_and_when_and_nothing_else(cast, language):
    cast.to("invited")
    flock = Flock()
    _settle(cast, flock)
    member = Member.objects.select_related("matter__region", "seat").get(pk=cast.mother.pk)
    with translation.override(language):
        data = papers.letter_data(cast.the_meeting(), member, "BCDFG23456", "09 123 456")

    told = [text for name, text in data.items() if name not in {"addressee", "greeting"} and isinstance(text, str)]
    assert [flock.put[canary].split(".")[-1] for canary in found_in(data["greeting"])] == ["name"]
    assert [text for text in told if found_in(text)] == []
    assert telling("\n".join([*told, data["greeting"]]), language) == []
    assert data["code"] == "BCDFG 23456"


@pytest.mark.parametrize("path", ["invitations", "calendar", "paper"])
def test_a_file_has_a_name_that_tells_nothing(cast, path):
    cast.to("invited")
    invitation = Invitation.objects.get(member=cast.mother)
    Member.objects.filter(pk=cast.mother.pk).update(wants_calendar=True)
    answers = {
        "invitations": lambda: factories.sit(cast.coordinator).post(
            f"/invitations/{invitation.pk}/letter/", secure=True
        ),
        "calendar": lambda: factories.sit(cast.mother.seat, 1).get("/own/calendar/file/", secure=True),
        "paper": lambda: factories.sit(cast.lead).get(
            f"/meetings/{cast.meeting.pk}/paper/{cast.mother.pk}/", secure=True
        ),
    }

    answer = answers[path]()

    assert answer.status_code == 200
    names = {"invitations": "kirje.pdf", "calendar": "kalenteri.ics", "paper": "sovittu.pdf"}
    assert answer["Content-Disposition"] == f'attachment; filename="{names[path]}"'


# ---------------------------------------------------------------- twins


def test_a_canary_in_a_message_is_found(cast, texts, monkeypatch):
    from kudelma.people.letters import Letter

    def leaking(seat, about):
        member = Member.objects.get(seat=seat)
        return Letter(subject="Viesti", text=f"Hei {member.name}")

    cast.to("preparing")
    _settle(cast, Flock())
    monkeypatch.setitem(letters.WRITERS, "link", leaking)
    people.send_link(Member.objects.select_related("matter__region", "seat").get(pk=cast.mother.pk),
                     by=cast.coordinator, at=cast.at())  # fmt: skip
    work()

    (leaked,) = [message for message in mail.outbox if message.subject == "Viesti"]
    assert len(found_in(said(leaked))) == 1


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Lastensuojelun palaveri", "fi", ["lastensuojelu"]),
        ("Möte med socialtjänsten", "sv", ["social"]),
        ("Your family meeting", "en", ["family"]),
        ("Tapaaminen ti 24.11. klo 14.00", "fi", []),
    ],
)
def test_a_word_that_tells_of_a_client_is_found(text, language, found):
    assert telling(text, language) == found


# ---------------------------------------------------------------- the consultant


@pytest.mark.complaint(56)
def test_one_who_leads_in_anothers_place_gets_a_neutral_entry_too(cast, texts):
    cast.to("invited")
    work()
    mail.outbox.clear()
    other = Consultant.objects.get(seat=cast.other_consultant)
    replaced = cast.matter.pairings.get(seat=cast.writer)
    type(replaced).objects.filter(pk=replaced.pk).update(ended_at=cast.at(), ended_by=cast.coordinator)
    new = pairing.LeadAssignment(
        matter=cast.fresh(), seat=other.seat, part="writer", offered_by=cast.coordinator, offered_at=cast.at()
    )
    new.save()
    pairing.Undertaking(matter=cast.fresh(), pairing=new, wording=1, at=cast.at()).save()
    from kudelma.core.news import pair_changed

    pair_changed.tell(cast.fresh(), cast.coordinator, cast.at())
    work()

    sent = {message.to[0]: message.alternatives[0] for message in mail.outbox}
    assert {address: kind for address, (_content, kind) in sent.items()} == {
        cast.writer.account.address: "text/calendar; method=CANCEL",
        cast.other_consultant.account.address: "text/calendar; method=REQUEST",
    }
    assert "RSVP=TRUE" in sent[cast.other_consultant.account.address][0]
