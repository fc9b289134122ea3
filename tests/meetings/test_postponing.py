"""A settled time that does not hold: each who was told is told once, and nothing is left standing."""

from datetime import timedelta

import pytest
import vobject
from django.core import mail
from django.core.management import call_command

import factories
from kudelma.core.errors import Refused
from kudelma.core.times import day
from kudelma.matters.models import Matter
from kudelma.meetings.actions import invitations, postponing
from kudelma.meetings.models import Invitation, Meeting, Postponement, TimeOption, WishToStop
from kudelma.people.actions.printed import use_printed_code
from kudelma.people.models import Message, PersonalLink


@pytest.fixture
def invited(cast):
    """Everybody has been told; what was sent on the way is forgotten."""
    cast.to("invited")
    work()
    mail.outbox.clear()
    cast.open()
    return cast


def work():
    call_command("work", once=True)


def put_off(cast, seen=0):
    postponing.put_off(cast.the_meeting(), seen=seen, why="Sairastuin.", by=cast.coordinator, at=cast.at())


def call_off(cast, seen=0):
    postponing.call_off(cast.the_meeting(), seen=seen, by=cast.coordinator, at=cast.at())


def move(cast, days=1, seen=0, place="Kirjaston ryhmähuone", **values):
    meeting = cast.the_meeting()
    told = {"place": place, "place_shown": False} | values
    starts_at = meeting.starts_at + timedelta(days=days)
    postponing.move_to(meeting, starts_at=starts_at, seen=seen, by=cast.coordinator, at=cast.at(), **told)


def entries():
    """{address: (method, sequence, status)} of the calendar entries that left."""
    found = {}
    for message in mail.outbox:
        for content, kind in message.alternatives:
            event = vobject.readOne(content).vevent
            found[message.to[0]] = (kind.split("method=")[1], int(event.sequence.value), event.status.value)
    return found


def workers(cast):
    return [seat.account.address for seat in (cast.invited, cast.lead, cast.writer)]


def state(cast):
    return cast.fresh().step, cast.fresh().waits_for


# ---------------------------------------------------------------- postponed without a time


@pytest.mark.complaint(28, 30)
def test_a_time_that_is_put_off_leaves_every_calendar_and_everybody_is_told_once(invited):
    put_off(invited)
    work()

    assert entries() == dict.fromkeys(workers(invited), ("CANCEL", 1, "CANCELLED"))
    assert sorted(message.to[0] for message in mail.outbox) == sorted(["aino@example.org", *workers(invited)])
    assert state(invited) == ("timing", "coordinator")
    meeting = invited.the_meeting()
    assert (meeting.starts_at, meeting.chosen_at, meeting.sequence) == (None, None, 1)
    assert Invitation.objects.standing().count() == 0


def test_pressing_twice_puts_off_once(invited):
    put_off(invited)
    with pytest.raises(Refused):
        put_off(invited)
    work()

    assert Postponement.objects.count() == 1
    assert len(mail.outbox) == 4


def test_a_page_that_is_old_changes_nothing(invited):
    move(invited)

    with pytest.raises(Refused):
        put_off(invited, seen=0)

    assert state(invited) == ("invited", "nobody")


@pytest.mark.complaint(31)
def test_one_who_had_cancelled_is_not_told_again(invited):
    Invitation.objects.filter(member=invited.professional).update(
        reply="declined", replied_at=invited.at(), stamped_at=invited.at()
    )

    call_off(invited)
    work()

    assert set(entries()) == {invited.lead.account.address, invited.writer.account.address}


def test_one_whose_message_never_left_is_told_nothing(cast):
    cast.to("invited")
    cast.open()
    put_off(cast)
    work()

    assert [m.subject for m in mail.outbox if m.alternatives] == []
    assert Message.objects.filter(kind__in=["invitation", "called-off"]).count() == 0


def test_answers_about_other_times_that_are_still_to_come_stay(invited):
    other = invited.options()[1]

    put_off(invited)

    assert list(TimeOption.objects.all()) == [other]


def test_after_new_times_everybody_is_invited_anew_with_a_higher_number(invited):
    put_off(invited)
    work()
    mail.outbox.clear()
    invited.ask_times()
    invited.choose()
    invited.invite()
    work()

    assert entries() == dict.fromkeys(workers(invited), ("REQUEST", 2, "CONFIRMED"))
    assert Meeting.objects.count() == 1
    assert len([m for m in mail.outbox if m.to == ["aino@example.org"]]) == 2  # the question, then the invitation


def test_why_is_sealed_and_stands_on_the_coordinators_page_only(invited):
    put_off(invited)
    work()

    page = factories.sit(invited.coordinator).get(f"/meetings/{invited.meeting.pk}/invitations/", secure=True)

    assert "Sairastuin." in page.text
    assert "Sairastuin." not in factories.sit(invited.mother.seat, 2).get("/own/", secure=True).text
    assert [message for message in mail.outbox if "Sairastuin" in message.body] == []


def test_those_whom_no_message_reaches_wait_for_a_call_until_somebody_has_told_them(invited):
    """Elias, to whom nobody had told the time, is not on the list: there is nothing to take back."""
    Invitation.objects.filter(member=invited.child).update(told="", told_at=None, told_by=None)
    client, address = factories.sit(invited.coordinator), f"/meetings/{invited.meeting.pk}/invitations/"
    invitation = Invitation.objects.get(member=invited.close_one)
    client.post(f"/invitations/{invitation.pk}/telling/", {"how": "phone"}, secure=True)
    invited.open()
    put_off(invited)
    assert [row.name for row in client.get(address, secure=True).context["off_calls"]] == ["Ritva"]

    client.post(f"/invitations/{invitation.pk}/telling/", {"how": "phone"}, secure=True)

    assert client.get(address, secure=True).context["off_calls"] == []


def test_the_participants_page_says_that_the_time_does_not_hold(invited):
    put_off(invited)

    page = factories.sit(invited.mother.seat, 1).get("/own/", secure=True).text

    assert "Aiemmin kerrottu aika ei enää pidä." in page
    assert "Kiitos, olet vastannut" not in page


# ---------------------------------------------------------------- moved at once


@pytest.mark.complaint(28, 30, 55)
def test_a_new_time_is_an_update_with_a_higher_number_to_everybody(invited):
    was = invited.the_meeting().starts_at

    move(invited)
    work()

    assert entries() == dict.fromkeys(workers(invited), ("REQUEST", 1, "CONFIRMED"))
    starts = {vobject.readOne(m.alternatives[0][0]).vevent.dtstart.value for m in mail.outbox if m.alternatives}
    assert starts == {(was + timedelta(days=1)).replace(microsecond=0)}
    assert state(invited) == ("invited", "nobody")
    assert len(mail.outbox) == 4


@pytest.mark.complaint(30)
def test_another_place_at_the_same_time_is_told_too(invited):
    move(invited, days=0, place="Kylätalo", place_shown=True)
    work()

    assert [message.to for message in mail.outbox if "Kylätalo" not in message.body] == []
    assert len(mail.outbox) == 4


def test_a_yes_to_the_old_time_is_no_yes_to_the_new_one(invited):
    Invitation.objects.filter(member=invited.professional).update(
        reply="accepted", replied_at=invited.at(), stamped_at=invited.at()
    )

    move(invited)

    assert Invitation.objects.get(member=invited.professional).reply == ""


@pytest.mark.parametrize(("days", "stays"), [(3, False), (0, True)])
def test_what_was_answered_about_the_old_time_goes_with_it_and_the_page_shows_it_no_more(invited, days, stays):
    was, other = invited.options()
    page = f"/meetings/{invited.meeting.pk}/answers/"
    assert day(was.starts_at) in factories.sit(invited.coordinator).get(page, secure=True).text.lower()

    invited.open()
    move(invited, days=days, place="Kylätalo")

    assert list(TimeOption.objects.all()) == ([was, other] if stays else [other])
    told = factories.sit(invited.coordinator).get(page, secure=True).text.lower()
    assert (day(was.starts_at) in told) is stays


def test_one_who_had_not_been_told_yet_is_told_the_new_time_only(cast):
    cast.to("invited")
    cast.open()
    move(cast)
    work()

    assert [message.to for message in mail.outbox if message.alternatives].count([cast.invited.account.address]) == 1


@pytest.mark.parametrize("field", ["day", "clock", "place", "agreed"])
def test_a_new_time_is_told_only_when_it_is_whole_and_the_family_has_agreed(invited, field):
    day = invited.the_meeting().starts_at + timedelta(days=2)
    sent = {
        "seen": "0", "what": "new", "day": day.date().isoformat(), "clock": "10:00", "place": "Kirjasto",
        "agreed": "on",
    }  # fmt: skip
    client, address = factories.sit(invited.coordinator), f"/meetings/{invited.meeting.pk}/postponement/"

    refused = client.post(address, sent | {field: ""}, secure=True)
    taken = client.post(address, sent, secure=True)

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    assert taken.status_code == 302
    assert Meeting.objects.get().sequence == 1


def test_a_printed_code_works_until_the_new_end(invited):
    invitation = Invitation.objects.for_page().get(member=invited.mother)
    code = invitations.print_letter(invitation, by=invited.coordinator, at=invited.at())
    late = invited.the_meeting().ends_at + timedelta(hours=1)
    with pytest.raises(Refused):
        use_printed_code(code, at=late)

    move(invited)

    assert use_printed_code(code, at=late).seat == invited.mother.seat


# ---------------------------------------------------------------- cancelled


def test_a_cancelled_meeting_goes_back_to_being_prepared(invited):
    call_off(invited)
    work()

    assert entries() == dict.fromkeys(workers(invited), ("CANCEL", 1, "CANCELLED"))
    assert state(invited) == ("preparing", "coordinator")
    assert TimeOption.objects.count() == 0


def test_what_is_not_settled_is_not_postponed(cast):
    cast.to("timing")

    with pytest.raises(Refused):
        put_off(cast)


# ---------------------------------------------------------------- somebody stops everything


def test_a_participant_who_wants_to_stop_is_called_and_nothing_is_cancelled_by_it(invited):
    client = factories.sit(invited.mother.seat, 1)

    for _ in range(2):
        client.post("/own/stopping/", {}, secure=True)
    work()

    assert WishToStop.objects.get().member == invited.mother
    assert state(invited) == ("invited", "nobody")
    assert "Soitamme sinulle" in client.get("/own/stopping/", secure=True).text
    desk = factories.sit(invited.coordinator).get("/today/", secure=True)
    assert [(one.text, one.number) for one in desk.context["groups"]["now"]] == [
        ("Joku toivoo soittoa", invited.matter.number)
    ]
    assert "Aino" not in desk.text
    assert [message.subject for message in mail.outbox if message.to == [invited.coordinator.account.address]] == [
        "Jokin odottaa sinua"
    ]


def test_a_call_after_which_it_goes_on_takes_the_wish_off_the_desk(invited):
    postponing.wish_to_stop(invited.mother, by=invited.mother.seat, at=invited.at())
    client = factories.sit(invited.coordinator)

    client.post(f"/wishes/{WishToStop.objects.get().pk}/call/", {}, secure=True)

    assert client.get("/today/", secure=True).context["groups"]["now"] == []
    assert state(invited) == ("invited", "nobody")


def test_only_the_coordinator_sees_who_wishes_to_stop(invited):
    postponing.wish_to_stop(invited.mother, by=invited.mother.seat, at=invited.at())
    seats = {name: getattr(invited, name) for name in ("coordinator", "lead", "orderer", "invited", "steering")}

    seen = {name for name, seat in seats.items() if WishToStop.objects.visible_to(seat).exists()}

    assert seen == {"coordinator"}


def stop(cast, **data):
    address = f"/matters/{cast.matter.pk}/stopping/"
    return factories.sit(cast.coordinator).post(
        address, {"after": "wait", "why": "", "seen": cast.fresh().step} | data, secure=True
    )


def test_stopping_cancels_for_everybody_and_the_matter_waits_for_a_call(invited):
    postponing.wish_to_stop(invited.mother, by=invited.mother.seat, at=invited.at())
    work()
    mail.outbox.clear()

    stop(invited)
    work()

    assert entries() == dict.fromkeys(workers(invited), ("CANCEL", 1, "CANCELLED"))
    assert len(mail.outbox) == 4
    assert state(invited) == ("preparing", "coordinator")
    assert WishToStop.objects.open().count() == 0


def test_the_links_of_those_who_wish_it_are_revoked_and_no_others(invited):
    for member in (invited.mother, invited.close_one):
        factories.sit(member.seat, 1)

    stop(invited, leaving=[str(invited.mother.pk)])

    standing = set(PersonalLink.objects.open().values_list("seat", flat=True))
    assert standing == {invited.close_one.seat.pk}


def test_a_matter_that_closes_still_tells_the_family_that_it_is_off(invited):
    stop(invited, after="close")
    work()

    matter = Matter.objects.get()
    assert (matter.step, matter.closed_by) == ("closed", invited.coordinator)
    (told,) = [message for message in mail.outbox if message.to == ["aino@example.org"]]
    assert "/i/" not in told.body
    assert set(entries()) == set(workers(invited))


@pytest.mark.parametrize("step", ["preparing", "timing", "inviting"])
def test_everything_can_be_stopped_before_anybody_is_invited_too(cast, step):
    cast.to(step)

    stop(cast)

    assert state(cast) == ("preparing", "coordinator")
    assert TimeOption.objects.count() == 0


def test_nothing_is_stopped_here_once_people_have_met(cast):
    cast.to("meeting")

    assert stop(cast).status_code == 409
    assert factories.sit(cast.mother.seat, 1).post("/own/stopping/", {}, secure=True).status_code == 409
