"""A message that comes back is marked with its class only, and waits on the desk until somebody has seen to it."""

import pytest

import factories
from doors.bad_inputs.page import changed, content
from kudelma.meetings.models import Invitation
from kudelma.people.models import Message
from kudelma.trust.models import Entry
from people.mails import bounce, message_to, take


@pytest.mark.complaint(3, 14)
@pytest.mark.parametrize(
    ("status", "trouble"),
    [("5.1.1", "no_such"), ("5.2.2", "full"), ("5.7.1", "turned_away"), ("5.0.0", "turned_away")],
)
@pytest.mark.parametrize("headers_only", [False, True])
def test_a_bounce_marks_the_message_and_keeps_its_class_only(invited, status, trouble, headers_only):
    row, original = message_to(invited)

    assert take(bounce(original, status=status, headers_only=headers_only), "") is True

    row.refresh_from_db()
    assert (row.state, row.trouble) == ("refused", trouble)
    assert Entry.objects.filter(door="people.bounce", space=invited.matter.pk).count() == 1


def test_a_bounce_is_known_by_its_report_too_when_the_envelope_is_not_told(invited):
    assert take(bounce(message_to(invited)[1])) is True


def test_the_same_bounce_again_changes_nothing(invited):
    raw = bounce(message_to(invited)[1])
    take(raw, "")
    before = content()

    assert take(raw, "") is False

    assert changed(before) == set()


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_message_that_may_still_arrive_is_not_refused(invited, action):
    assert take(bounce(message_to(invited)[1], action=action, status="4.4.1"), "") is False


def test_a_bounce_of_a_message_that_is_not_ours_is_ignored(invited):
    raw = bounce(message_to(invited)[1]).replace(b"@testserver>", b"@example.net>")

    assert take(raw, "") is False


def test_an_old_bounce_without_a_report_is_known_by_the_message_it_quotes(invited):
    row, original = message_to(invited)
    raw = f"From: MAILER-DAEMON\nSubject: failure\n\nUser unknown\n\nMessage-ID: {original.message()['Message-ID']}\n"

    assert take(raw.encode(), "") is True

    row.refresh_from_db()
    assert row.trouble == "other"


def test_an_answer_of_somebodys_absence_is_no_bounce(invited):
    _row, original = message_to(invited)
    raw = (
        f"From: aino@example.org\nSubject: Poissa\nAuto-Submitted: auto-replied\n"
        f"In-Reply-To: {original.message()['Message-ID']}\n\nOlen lomalla.\n\n> {original.message()['Message-ID']}\n"
    )

    assert take(raw.encode(), "") is False


@pytest.mark.complaint(3, 14)
def test_what_did_not_arrive_waits_on_the_desk_without_a_name_until_somebody_has_seen_to_it(invited):
    take(bounce(message_to(invited)[1]), "")
    client = factories.sit(invited.coordinator)
    desk = client.get("/today/", secure=True)
    people = client.get(f"/matters/{invited.matter.pk}/people/", secure=True).text
    assert [one.text for one in desk.context["groups"]["now"]] == ["Viesti ei mennyt perille"]
    assert "Aino" not in desk.text
    assert "osoitetta tai numeroa ei ole" in people

    answer = client.post(f"/deliveries/{message_to(invited)[0].pk}/", {"how": "phoned"}, secure=True)

    assert answer.status_code == 302
    assert client.get("/today/", secure=True).context["groups"]["now"] == []
    row = Message.objects.get(kind="invitation", seat=invited.mother.seat)
    assert (row.seen_to, row.seen_to_by) == ("phoned", invited.coordinator.pk)


@pytest.mark.parametrize("path", ["link", "invitation"])
def test_sending_again_sees_to_it(invited, path):
    take(bounce(message_to(invited)[1]), "")
    invitation = Invitation.objects.get(member=invited.mother)
    address = {"link": f"/people/{invited.mother.pk}/link/", "invitation": f"/invitations/{invitation.pk}/message/"}

    factories.sit(invited.coordinator).post(address[path], {}, secure=True)

    assert list(Message.objects.undelivered()) == []
    assert Message.objects.get(pk=message_to(invited)[0].pk if path == "link" else _first(invited)).seen_to == "again"


def _first(cast):
    return Message.objects.filter(kind="invitation", seat=cast.mother.seat).order_by("made_at").first().pk


def test_how_a_message_got_on_is_not_for_the_two_who_lead(invited):
    take(bounce(message_to(invited)[1]), "")
    address = f"/matters/{invited.matter.pk}/people/"

    seen = {
        name: factories.sit(getattr(invited, name)).get(address, secure=True).text for name in ("coordinator", "lead")
    }

    assert {name for name, text in seen.items() if "ei mennyt perille" in text} == {"coordinator"}
