"""Inviting: what leaves is seen before; each is told once, by their own way; late ones have their button."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command

import factories
from kudelma.core.errors import Refused
from kudelma.core.sealed import closed_values
from kudelma.meetings import preview
from kudelma.meetings.actions import invitations, postponing
from kudelma.meetings.models import Invitation
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.people import sms
from kudelma.people.models import Message, PersonalLink


@pytest.fixture
def inviting(cast):
    cast.to("inviting")
    work()
    mail.outbox.clear()
    cast.open()
    return cast


@pytest.fixture
def invited(inviting):
    inviting.invite()
    return inviting


@pytest.fixture
def texts(monkeypatch):
    sent = []
    monkeypatch.setattr(sms, "is_possible", lambda: True)
    monkeypatch.setattr(sms, "send", lambda number, words: sent.append((number, words)))
    return sent


def work():
    call_command("work", once=True)


def change(member, **values):
    Member.objects.filter(pk=member.pk).update(**closed_values(member, values))
    return Member.objects.select_related("matter__region", "seat").get(pk=member.pk)


def invitation_of(who):
    return Invitation.objects.for_page().get(**{"member" if isinstance(who, Member) else "pairing__seat": who})


def page(cast, path="", **data):
    address = f"/meetings/{cast.meeting.pk}/invitations/{path}"
    client = factories.sit(cast.coordinator)
    answer = client.post(address, data, secure=True) if data else client.get(address, secure=True)
    cast.open()
    return answer


# ---------------------------------------------------------------- before


def test_the_page_shows_the_very_words_that_then_leave(inviting):
    shown = {row.name: row.letter for row in page(inviting).context["rows"]}

    inviting.invite()
    work()

    by_address = {message.to[0]: message for message in mail.outbox}
    left = by_address["aino@example.org"].body
    assert re.sub(r"/i/\S+", "/i/…", left) == shown["Aino"].text
    assert by_address[inviting.invited.account.address].body == shown[inviting.professional.name].text
    assert by_address[inviting.lead.account.address].body == shown[inviting.lead.account.first_name].text


def test_looking_at_the_page_makes_no_way_in(inviting):
    before = PersonalLink.objects.count()

    assert page(inviting).status_code == 200

    assert PersonalLink.objects.count() == before


def test_the_page_says_who_gets_what(inviting):
    change(inviting.close_one, phone="+358401234567")
    inviting.open()

    ways = {row.name: row.way for row in page(inviting).context["rows"]}

    assert ways == {
        "Aino": "mail",
        "Elias": "phone",
        "Ritva": "phone",
        inviting.professional.name: "entry",
        inviting.lead.account.first_name: "entry",
        inviting.writer.account.first_name: "entry",
    } | {row.name: row.way for row in page(inviting).context["rows"] if row.way == "entry"}


@pytest.mark.parametrize(("told", "place"), [("phone", "Kerromme paikan puhelimessa."), ("shown", "Kirjaston")])
def test_the_place_stands_in_the_messages_only_when_it_is_chosen_so(inviting, told, place):
    page(inviting, "place/", told=told)

    inviting.invite()
    work()

    assert len(mail.outbox) == 4
    assert [message.to for message in mail.outbox if place not in message.body] == []
    calendars = [message.alternatives[0][0] for message in mail.outbox if message.alternatives]
    assert ["LOCATION" in entry for entry in calendars] == [told == "shown"] * 3


def another_place(cast):
    invitations.tell_place(cast.the_meeting(), shown=True, by=cast.coordinator, at=cast.at())


def another_time(cast):
    meeting = cast.the_meeting()
    told = {"place": meeting.place, "place_shown": False, "by": cast.coordinator, "at": cast.at()}
    postponing.move_to(meeting, starts_at=meeting.starts_at + timedelta(days=1), seen=0, **told)


def somebody_more(cast):
    cast.add("professional", cast.outsider.account.first_name, "", seat=cast.outsider)


def another_way(cast):
    change(cast.mother, contact_way="none")


@pytest.mark.parametrize("meanwhile", [another_place, another_time, somebody_more, another_way])
def test_nothing_leaves_that_the_one_who_presses_has_not_seen(inviting, meanwhile):
    client, address = factories.sit(inviting.coordinator), f"/meetings/{inviting.meeting.pk}/invitations/"
    old = seen_on(client.get(address, secure=True))
    inviting.open()
    meanwhile(inviting)

    refused = client.post(address, {"seen": old}, secure=True)

    assert refused.status_code == 409
    assert "Viestit ovat muuttuneet sen jälkeen, kun katsoit niitä." in refused.text
    assert Invitation.objects.count() == 0
    taken = client.post(address, {"seen": seen_on(client.get(address, secure=True))}, secure=True)
    assert (taken.status_code, Invitation.objects.count() > 0) == (302, True)


def test_a_press_without_a_look_sends_nothing(inviting):
    assert page(inviting, pressed="1").status_code == 409
    assert Invitation.objects.count() == 0


def seen_on(shown):
    return BeautifulSoup(shown.text, "html.parser").select_one('main [name="seen"]')["value"]


def test_the_place_is_not_chosen_anew_behind_the_back_of_those_who_are_invited(invited):
    with pytest.raises(Refused):
        invitations.tell_place(invited.the_meeting(), shown=True, by=invited.coordinator, at=invited.at())


# ---------------------------------------------------------------- who is invited


@pytest.mark.complaint(8, 14)
def test_everybody_who_may_come_is_invited_and_the_two_who_lead_and_nobody_else(invited):
    aunt = people.add_member(
        invited.fresh(),
        idempotency_key="0" * 32,
        side="close",
        values=PersonSaid("Tuula"),
        by=invited.lead,
        at=invited.at(),
    )

    found = {one.member or one.pairing.seat for one in Invitation.objects.for_page()}

    assert found == {
        invited.mother, invited.child, invited.close_one, invited.professional, invited.lead, invited.writer,
    }  # fmt: skip
    assert aunt not in found


def test_pressing_twice_invites_once(inviting):
    inviting.invite()
    with pytest.raises(Refused):
        inviting.invite()

    assert Message.objects.filter(kind="invitation").count() == 4


@pytest.mark.complaint(14, 56)
def test_one_who_comes_along_later_gets_a_whole_request_by_one_button(invited):
    work()
    mail.outbox.clear()
    late = invited.add("professional", invited.outsider.account.first_name, "", seat=invited.outsider)

    answer = page(invited, f"{late.pk}/", pressed="1")
    work()

    assert answer.status_code == 302
    (message,) = mail.outbox
    entry, kind = message.alternatives[0]
    assert (message.to, kind) == ([invited.outsider.account.address], "text/calendar; method=REQUEST")
    assert "RSVP=TRUE" in entry
    assert page(invited, f"{late.pk}/", pressed="1").status_code == 409


def test_nobody_is_invited_without_the_peoples_permission(invited):
    aunt = people.add_member(
        invited.fresh(),
        idempotency_key="0" * 32,
        side="close",
        values=PersonSaid("Tuula"),
        by=invited.lead,
        at=invited.at(),
    )

    assert page(invited, f"{aunt.pk}/", pressed="1").status_code == 404


def test_one_whom_the_people_do_not_want_any_more_has_the_entry_taken_away(invited):
    work()
    mail.outbox.clear()

    people.withdraw_permission(invited.professional, by=invited.lead, at=invited.at())
    work()

    (message,) = mail.outbox
    entry, kind = message.alternatives[0]
    assert (message.to, kind) == ([invited.invited.account.address], "text/calendar; method=CANCEL")
    assert ("SEQUENCE:1" in entry, "STATUS:CANCELLED" in entry) == (True, True)


def test_one_who_was_never_told_is_not_told_of_the_end_either(invited):
    people.withdraw_permission(invited.professional, by=invited.lead, at=invited.at())

    work()

    assert [message.to for message in mail.outbox if message.to == [invited.invited.account.address]] == []


def test_one_who_is_invited_again_gets_a_higher_number(invited):
    work()
    people.withdraw_permission(invited.professional, by=invited.lead, at=invited.at())
    people.permit(invited.professional, how="face", by=invited.lead, at=invited.at())
    work()
    mail.outbox.clear()

    invitations.invite_one(invited.the_meeting(), invited.professional, by=invited.coordinator, at=invited.at())
    work()

    assert "SEQUENCE:2" in mail.outbox[0].alternatives[0][0]


# ---------------------------------------------------------------- which way


def test_one_whose_safe_way_is_a_text_message_gets_one_and_no_mail(inviting, texts):
    change(inviting.mother, contact_way="sms", phone="+358401234567")

    inviting.invite()
    work()

    assert [number for number, _words in texts] == ["+358401234567"]
    assert [message.to for message in mail.outbox if message.to == ["aino@example.org"]] == []
    assert PersonalLink.objects.filter(seat=inviting.mother.seat).latest("made_at").way == "sms"


@pytest.mark.parametrize("way", ["letter", "phone", "worker", "none"])
def test_one_whose_safe_way_is_no_message_gets_none(inviting, texts, way):
    change(inviting.mother, contact_way=way, phone="+358401234567")

    inviting.invite()
    work()

    assert texts == []
    assert {message.to[0] for message in mail.outbox} == {
        seat.account.address for seat in (inviting.invited, inviting.lead, inviting.writer)
    }


def test_one_with_a_number_and_no_address_gets_a_text_message(inviting, texts):
    change(inviting.close_one, phone="+358401234567")

    inviting.invite()
    work()

    assert [number for number, _words in texts] == ["+358401234567"]


# ---------------------------------------------------------------- afterwards


@pytest.mark.complaint(20)
def test_a_lost_link_is_sent_again_as_the_persons_own(invited):
    work()
    mail.outbox.clear()

    answer = factories.sit(invited.coordinator).post(
        f"/invitations/{invitation_of(invited.mother).pk}/message/", {}, secure=True
    )
    work()

    assert answer.status_code == 302
    assert [message.to for message in mail.outbox] == [["aino@example.org"]]
    token = re.search(r"/i/(\S+)/", mail.outbox[0].body)[1]
    assert PersonalLink.objects.of_token(token).get().seat == invited.mother.seat


def test_what_no_message_can_tell_is_told_by_somebody_and_that_is_written(invited):
    Invitation.objects.filter(member=invited.close_one).update(told="", told_at=None, told_by=None)
    row = {row.name: row for row in page(invited).context["rows"]}["Ritva"]
    assert (row.way, row.is_told) == ("phone", False)

    factories.sit(invited.coordinator).post(f"/invitations/{row.invitation.pk}/telling/", {"how": "phone"}, secure=True)

    row = {row.name: row for row in page(invited).context["rows"]}["Ritva"]
    assert (row.is_told, row.invitation.told, row.invitation.told_by) == (True, "phone", invited.coordinator)


@pytest.mark.complaint(3, 14, 21)
def test_the_page_tells_how_each_message_got_on_and_never_that_it_was_read(invited):
    waiting = page(invited).text
    work()
    sent = page(invited).text
    Message.objects.filter(seat=invited.mother.seat, kind="invitation").update(
        refused_at=invited.at(), trouble="no_such"
    )
    refused = page(invited).text

    assert waiting.count("Viesti odottaa lähtöä") == 4
    assert (sent.count("Viesti lähetetty"), sent.count("Viesti odottaa lähtöä")) == (4, 0)
    assert refused.count("Viesti ei mennyt perille") == 1
    assert "luettu" not in sent


@pytest.mark.complaint(29, 32)
def test_families_see_nobody_else_who_is_invited(invited):
    work()

    family = [message for message in mail.outbox if message.to == ["aino@example.org"]]
    assert len(family) == 1
    told = family[0].subject + family[0].body
    names = [seat.account.name for seat in (invited.lead, invited.writer, invited.invited)]
    assert [name for name in [*names, "Ritva", "Elias", "example.org"] if name in told] == []


def test_the_page_with_fifteen_people_asks_few_questions(invited, django_assert_max_num_queries):
    for number in range(12):
        invited.add("close", f"Läheinen {number}", "", address=f"l{number}@example.org")
    client = factories.sit(invited.coordinator)

    with django_assert_max_num_queries(12):
        answer = client.get(f"/meetings/{invited.meeting.pk}/invitations/", secure=True)

    assert len(answer.context["rows"]) == 18


def test_rows_keep_those_who_are_not_invited_any_more(invited):
    people.withdraw_permission(invited.professional, by=invited.lead, at=invited.at())
    invited.open()

    rows = {row.name: row for row in preview.invitation_rows(invited.the_meeting(), [], shows_text=False)}

    assert not rows[invited.professional.name].is_standing
    assert rows["Aino"].is_standing
