"""Personal links, codes and admission: each level by its own proof, once, for its time, with few tries."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

import factories
from kudelma.core.errors import Refused
from kudelma.people.actions import links
from kudelma.people.actions.messages import send
from kudelma.people.actions.seats import end_seat
from kudelma.people.letters import Contact
from kudelma.people.models import Admission, Code, Message, PersonalLink, Seat
from kudelma.regions.models import Region


@pytest.fixture
def invited(cast):
    cast.to("preparing")
    return cast


def link_of(cast):
    token = links.make_link(cast.mother.seat, at=timezone.now())
    return token, PersonalLink.objects.of_token(token).get()


def aloud(cast, link):
    return links.read_code_aloud(link, by=cast.coordinator, at=timezone.now())


def test_only_the_hash_of_a_link_is_kept(invited):
    token, link = link_of(invited)

    assert token not in link.digest
    assert len(token) == 43
    assert PersonalLink.objects.of_token(token + "x").first() is None


def test_a_code_works_once(invited):
    _, link = link_of(invited)
    digits = aloud(invited, link)

    links.use_code(link, digits, at=timezone.now())

    with pytest.raises(Refused):
        links.use_code(link, digits, at=timezone.now())


def test_a_code_works_for_ten_minutes(invited):
    _, link = link_of(invited)
    digits = aloud(invited, link)

    with pytest.raises(Refused):
        links.use_code(link, digits, at=timezone.now() + timedelta(minutes=10, seconds=1))
    links.use_code(link, digits, at=timezone.now() + timedelta(minutes=9))


def test_the_sixth_try_is_too_many_even_when_it_is_right(invited):
    _, link = link_of(invited)
    digits = aloud(invited, link)
    wrong = "000000" if digits != "000000" else "000001"
    for _ in range(5):
        with pytest.raises(Refused):
            links.use_code(link, wrong, at=timezone.now())

    with pytest.raises(Refused):
        links.use_code(link, digits, at=timezone.now())


def test_a_code_belongs_to_its_link(invited):
    _, one = link_of(invited)
    _, other = link_of(invited)
    digits = aloud(invited, one)

    with pytest.raises(Refused):
        links.use_code(other, digits, at=timezone.now())


def test_three_codes_an_hour_are_sent_and_no_more(invited):
    _, link = link_of(invited)
    now = timezone.now()
    for _ in range(3):
        links.send_code(link, channel="address", at=now)

    with pytest.raises(Refused, match=r"kolme|Three"):
        links.send_code(link, channel="address", at=now)
    links.send_code(link, channel="address", at=now + timedelta(hours=1, seconds=1))


def test_three_codes_an_hour_are_sent_to_a_person_whatever_link_they_hold(invited):
    """A new link gives no new tries; and what one person has used up is not missing from another."""
    (_, first), (_, second) = link_of(invited), link_of(invited)
    links.make_link(invited.close_one.seat, at=timezone.now())
    for link in (first, second, first):
        links.send_code(link, channel="address", at=timezone.now())

    with pytest.raises(Refused):
        links.send_code(second, channel="address", at=timezone.now())
    links.send_code(PersonalLink.objects.get(seat=invited.close_one.seat), channel="address", at=timezone.now())


def test_a_code_that_was_read_by_telephone_is_none_of_the_three(invited):
    _, link = link_of(invited)
    for _ in range(3):
        aloud(invited, link)

    links.send_code(link, channel="address", at=timezone.now())

    assert list(Code.objects.order_by("made_at").values_list("channel", flat=True)) == ["aloud"] * 3 + ["address"]


def test_the_table_holds_no_digits(invited):
    _, link = link_of(invited)
    digits = aloud(invited, link)

    assert digits not in str(list(Code.objects.values_list()))


def test_a_revoked_link_ends_the_session_that_came_by_it(invited):
    client = factories.sit(invited.mother.seat, 2)
    assert client.get("/own/", secure=True).status_code == 200

    links.revoke_links(invited.mother.seat, by=invited.coordinator, at=timezone.now())

    assert client.get("/own/", secure=True).status_code == 403


def test_with_the_links_goes_what_waits_to_be_sent_and_not_what_was_sent(invited):
    seat, now = invited.mother.seat, timezone.now()
    left, refused, waits = (send("time-reminder", to=seat, by=invited.coordinator, at=now) for _ in range(3))
    Message.objects.filter(pk=left.pk).update(sent_at=now)
    Message.objects.filter(pk=refused.pk).update(refused_at=now)
    links.make_link(seat, at=now)

    links.revoke_links(seat, by=invited.coordinator, at=now)

    assert set(Message.objects.filter(pk__in=[left.pk, refused.pk, waits.pk])) == {left, refused}


def ended(seat, way):
    """End a participant's seat, at once or by its last day."""
    today = timezone.localdate()
    if way == "at once":
        end_seat(seat, by=Seat.objects.door(seat.region_id, "clock"), at=timezone.now())
    else:
        Seat.objects.filter(pk=seat.pk).update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))


@pytest.mark.parametrize("way", ["at once", "by its last day"])
def test_an_ended_seat_ends_its_link_and_the_session_that_came_by_it(invited, way):
    token, _ = link_of(invited)
    client, address = factories.sit(invited.mother.seat, 2), f"/i/{token}/"
    assert [client.get(path, secure=True).status_code for path in (address, "/own/")] == [200, 200]

    ended(invited.mother.seat, way)

    assert [Client().get(address, secure=True).status_code, client.get("/own/", secure=True).status_code] == [410, 403]


def test_a_link_opens_on_the_last_day_of_its_seat_too(invited):
    token, _ = link_of(invited)
    Seat.objects.filter(pk=invited.mother.seat.pk).update(ends_on=timezone.localdate())

    assert Client().get(f"/i/{token}/", secure=True).status_code == 200


def test_a_link_does_not_open_before_the_first_day_of_its_seat(invited):
    token, _ = link_of(invited)
    Seat.objects.filter(pk=invited.mother.seat.pk).update(starts_on=timezone.localdate() + timedelta(days=1))

    assert Client().get(f"/i/{token}/", secure=True).status_code == 410


def test_revoking_the_links_ends_what_was_opened_face_to_face_too(invited):
    """Of one who came in by digits alone, and of digits that nobody has typed yet."""
    client, now = Client(), timezone.now()
    client.post(
        "/room/", {"code": links.admit(invited.child.seat, reason="known", by=invited.lead, at=now)}, secure=True
    )
    untyped = links.admit(invited.child.seat, reason="known", by=invited.lead, at=now)
    links.revoke_links(invited.mother.seat, by=invited.coordinator, at=now)
    assert client.get("/own/people/", secure=True).status_code == 200

    links.revoke_links(invited.child.seat, by=invited.coordinator, at=now)

    assert client.get("/own/people/", secure=True).status_code == 403
    with pytest.raises(Refused):
        links.enter_room(untyped, at=now)


def test_the_digits_of_the_room_open_no_seat_that_has_ended(invited):
    digits = {
        member: links.admit(member.seat, reason="known", by=invited.lead, at=timezone.now())
        for member in (invited.mother, invited.child)
    }

    ended(invited.child.seat, "at once")

    with pytest.raises(Refused):
        links.enter_room(digits[invited.child], at=timezone.now())
    assert links.enter_room(digits[invited.mother], at=timezone.now()).seat == invited.mother.seat
    assert Admission.objects.get(seat=invited.child.seat).used_at is None


def test_nobody_is_let_in_face_to_face_where_the_controller_has_not_accepted_it(invited):
    """Off until it is accepted: for the coordinator as for those who lead, the page as its button."""
    address = f"/people/{invited.mother.pk}/admission/"
    clients = [factories.sit(seat) for seat in (invited.coordinator, invited.lead)]
    assert [client.get(address, secure=True).status_code for client in clients] == [200, 200]

    Region.objects.filter(pk=invited.region.pk).update(face_to_face_at=None, face_to_face_by=None)

    assert [client.get(address, secure=True).status_code for client in clients] == [403, 403]
    pressed = [client.post(address, {"reason": "known"}, secure=True).status_code for client in clients]
    assert (pressed, Admission.objects.count()) == ([403, 403], 0)


def test_admission_is_for_one_sitting_and_its_digits_work_once(invited):
    now = timezone.now()
    digits = links.admit(invited.child.seat, reason="known", by=invited.lead, at=now)

    admission = links.enter_room(digits, at=now)

    assert list(Admission.objects.holding(now + timedelta(hours=4))) == [admission]
    assert list(Admission.objects.holding(now + timedelta(hours=5))) == []
    with pytest.raises(Refused):
        links.enter_room(digits, at=now)


def test_the_digits_of_the_room_are_too_old_after_ten_minutes(invited):
    now = timezone.now()
    digits = links.admit(invited.child.seat, reason="known", by=invited.lead, at=now)

    with pytest.raises(Refused):
        links.enter_room(digits, at=now + timedelta(minutes=10, seconds=1))


def test_those_who_come_in_together_do_not_use_up_each_others_tries(invited):
    """A room of people shares one address: only wrong digits are counted."""
    for _ in range(32):
        digits = links.admit(invited.child.seat, reason="known", by=invited.lead, at=timezone.now())
        assert Client().post("/room/", {"code": digits}, secure=True).status_code == 302


def test_guessing_at_the_door_of_the_room_is_slowed(invited):
    client = Client()
    answers = [client.post("/room/", {"code": f"{n:08}"}, secure=True) for n in range(32)]

    assert {answer.status_code for answer in answers} == {422}
    assert "kymmenen minuuttia" in answers[-1].text or "ten minutes" in answers[-1].text
    digits = links.admit(invited.child.seat, reason="known", by=invited.lead, at=timezone.now())
    assert client.post("/room/", {"code": digits}, secure=True).status_code == 422
    assert Admission.objects.get().used_at is None


def test_a_child_comes_in_face_to_face_and_sees_level_two(invited):
    lead, child = factories.sit(invited.lead), Client()

    shown = lead.post(f"/people/{invited.child.pk}/admission/", {"reason": "known"}, secure=True)
    digits = shown.context["digits"]
    answer = child.post("/room/", {"code": digits}, secure=True, follow=True)

    assert answer.request["PATH_INFO"] == "/own/"
    assert "Aamut" in answer.text
    assert Admission.objects.get().by == invited.lead


def test_the_level_falls_when_the_sitting_ends(invited):
    client = factories.sit(invited.mother.seat, 2)
    assert client.get("/own/people/", secure=True).status_code == 200

    Admission.objects.update(ends_at=timezone.now())

    assert client.get("/own/people/", secure=True).status_code == 403
    assert client.get("/own/", secure=True).status_code == 200


def test_nobody_who_signs_in_can_be_reached_by_a_link_or_face_to_face(invited):
    """The worker's own password and second factor are the only way to a worker's seat."""
    with pytest.raises(ValueError, match="participant"):
        links.make_link(invited.coordinator, at=timezone.now())
    with pytest.raises(ValueError, match="participant"):
        links.admit(invited.orderer, reason="known", by=invited.coordinator, at=timezone.now())

    assert not PersonalLink.objects.filter(seat=invited.coordinator).exists()


def test_a_session_that_names_a_working_seat_as_participant_is_nobodys(invited):
    client = factories.sit(invited.mother.seat)
    assert client.get("/own/", secure=True).status_code == 200
    Admission.objects.update(seat=invited.orderer)
    PersonalLink.objects.update(seat=invited.orderer)
    session = client.session
    session["participant"] |= {"seat": str(invited.orderer.pk)}
    session.save()

    assert client.get("/today/", secure=True)["Location"].startswith("/sign-in/")
    assert client.get("/own/", secure=True).status_code == 403


# ---------------------------------------------------------------- a code never goes the way its link came


@pytest.mark.parametrize(
    ("link_came", "wish", "channels"),
    [
        ("mail", "", ["sms", "address"]),
        ("sms", "", ["address"]),
        ("mail", "mail", ["address"]),
        ("sms", "sms", []),
        ("mail", "phone", []),
        ("", "none", []),
    ],
)
def test_a_code_goes_a_safe_way_and_never_the_way_its_link_came(monkeypatch, link_came, wish, channels):
    monkeypatch.setattr("kudelma.people.sms.is_possible", lambda: True)
    reached = Contact(address="a@example.org", second_address="b@example.org", phone="+358401234567", wish=wish)

    assert reached.channels(link_came) == channels


def test_a_code_for_a_link_in_a_text_message_goes_to_the_one_address_there_is(monkeypatch):
    monkeypatch.setattr("kudelma.people.sms.is_possible", lambda: True)
    reached = Contact(address="a@example.org", phone="+358401234567")

    assert (reached.channels("mail"), reached.channels("sms")) == (["sms"], ["address"])


def test_somebody_whose_link_came_by_text_message_is_not_offered_another_text_message(invited, monkeypatch):
    monkeypatch.setattr("kudelma.people.sms.is_possible", lambda: True)
    client = factories.sit(invited.mother.seat, 0)
    PersonalLink.objects.filter(seat=invited.mother.seat).update(way="sms")

    page = client.get("/own/code/sending/", secure=True)

    assert page.context["ways"] == ["address"]
    assert client.post("/own/code/sending/", {"channel": "sms"}, secure=True).status_code == 422
