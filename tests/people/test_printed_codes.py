"""The code of a letter: ten characters, level 1, five wrong tries, until the meeting is over."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

import factories
from kudelma.core.errors import Refused
from kudelma.meetings.actions import invitations
from kudelma.meetings.models import Invitation
from kudelma.members.actions import people
from kudelma.people.actions import printed
from kudelma.people.actions.links import revoke_links, use_code
from kudelma.people.models import Code, PersonalLink, Seat


@pytest.fixture
def lettered(cast):
    cast.to("invited")
    return cast


def a_code(cast, member=None):
    return printed.print_code(
        (member or cast.mother).seat, ends_at=cast.the_meeting().ends_at, by=cast.coordinator, at=cast.at()
    )


def use(code, at=None):
    return printed.use_printed_code(code, at=at or timezone.now())


def wrong_of(code):
    """The same first half, another second."""
    return code[:5] + ("22222" if code[5:] != "22222" else "33333")


def test_a_code_is_ten_characters_that_cannot_be_taken_for_others(lettered):
    codes = [a_code(lettered) for _ in range(50)]

    assert {len(code) for code in codes} == {10}
    assert set("".join(codes)) <= set(printed.ALPHABET)
    assert set(printed.ALPHABET) & set("01OILAEIOUY") == set()


@pytest.mark.complaint(34)
def test_it_opens_level_one_again_and_again(lettered):
    """The way in works on the day itself, before the first meeting."""
    code = a_code(lettered)

    for _ in range(8):
        client = Client()
        answer = client.post("/letter/", {"code": f"{code[:5].lower()} {code[5:]}"}, secure=True)
        assert answer["Location"] == "/own/"

    assert "Aino" in client.get("/own/", secure=True).text
    assert client.get("/own/people/", secure=True).status_code == 403


@pytest.mark.parametrize("written", ["{0}{1}", "{0} {1}", " {0}-{1} "])
def test_it_may_be_typed_in_one_group_or_two(lettered, written):
    code = a_code(lettered)

    answer = Client().post("/letter/", {"code": written.format(code[:5], code[5:])}, secure=True)

    assert answer.status_code == 302


def test_the_sixth_try_is_too_many_even_when_it_is_right(lettered):
    code = a_code(lettered)
    for _ in range(5):
        with pytest.raises(Refused):
            use(wrong_of(code))

    with pytest.raises(Refused):
        use(code)


def test_right_tries_between_do_not_give_wrong_ones_back(lettered):
    code = a_code(lettered)
    for _ in range(4):
        with pytest.raises(Refused):
            use(wrong_of(code))
        use(code)

    with pytest.raises(Refused):
        use(wrong_of(code))

    with pytest.raises(Refused):
        use(code)


def test_tries_at_one_letter_leave_another_alone(lettered):
    one, other = a_code(lettered), a_code(lettered, lettered.close_one)
    for _ in range(5):
        with pytest.raises(Refused):
            use(wrong_of(one))

    assert use(other).seat == lettered.close_one.seat


def test_it_works_until_the_meeting_is_over(lettered):
    code = a_code(lettered)
    end = lettered.the_meeting().ends_at

    assert use(code, end - timedelta(minutes=1)).seat == lettered.mother.seat
    with pytest.raises(Refused):
        use(code, end)


def test_a_letter_printed_again_kills_the_one_before_and_whoever_came_in_by_it(lettered):
    first = a_code(lettered)
    client = Client()
    client.post("/letter/", {"code": first}, secure=True)
    assert client.get("/own/", secure=True).status_code == 200

    second = a_code(lettered)

    assert client.get("/own/", secure=True).status_code == 403
    with pytest.raises(Refused):
        use(first)
    assert use(second).seat == lettered.mother.seat


def test_revoked_links_take_the_letter_along(lettered):
    code = a_code(lettered)

    revoke_links(lettered.mother.seat, by=lettered.coordinator, at=timezone.now())

    with pytest.raises(Refused):
        use(code)


@pytest.mark.parametrize("way", ["at once", "by its last day"])
def test_it_opens_no_seat_that_has_ended(lettered, way):
    codes = {member: a_code(lettered, member) for member in (lettered.mother, lettered.close_one)}
    seat, today = Seat.objects.filter(pk=lettered.mother.seat.pk), timezone.localdate()

    if way == "at once":
        seat.update(ended_at=timezone.now(), ended_by=lettered.coordinator.pk)
    else:
        seat.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))

    with pytest.raises(Refused):
        use(codes[lettered.mother])
    assert use(codes[lettered.close_one]).seat == lettered.close_one.seat


def test_the_tables_hold_no_characters_of_it(lettered):
    code = a_code(lettered)

    kept = str(list(Code.objects.values_list())) + str(list(PersonalLink.objects.values_list()))

    assert code not in kept
    assert code[:5] not in kept
    assert code[5:] not in kept


def test_it_is_no_code_for_the_page_of_codes(lettered):
    """The digits of a message and the characters of a letter each open their own door."""
    code = a_code(lettered)
    link = PersonalLink.objects.get(way="", seat=lettered.mother.seat)

    with pytest.raises(Refused):
        use_code(link, code, at=timezone.now())

    assert Code.objects.get(link=link).tries == 0


def test_a_code_read_by_telephone_is_for_the_link_that_was_sent_not_for_the_letter(lettered):
    client = factories.sit(lettered.mother.seat, 0)
    a_code(lettered)

    digits = people.read_code_aloud(lettered.mother, by=lettered.coordinator, at=timezone.now())
    answer = client.post("/own/code/", {"code": digits}, secure=True)

    assert answer["Location"] == "/own/"


def test_many_wrong_guesses_from_one_address_have_to_wait(lettered):
    code = a_code(lettered)
    client = Client()
    for number in range(30):
        client.post("/letter/", {"code": f"BBBBB{number:05}"}, secure=True)

    refused = client.post("/letter/", {"code": code}, secure=True)

    assert refused.status_code == 422
    assert "Liian monta yritystä" in refused.text


def test_right_ones_are_not_counted_against_an_address(lettered):
    code = a_code(lettered)

    answers = [Client().post("/letter/", {"code": code}, secure=True).status_code for _ in range(35)]

    assert set(answers) == {302}


def test_only_the_coordinator_prints_a_letter_and_it_is_written_down(lettered):
    invitation = Invitation.objects.get(member=lettered.mother)
    address = f"/invitations/{invitation.pk}/letter/"

    answers = {
        name: factories.sit(getattr(lettered, name)).post(address, {}, secure=True)
        for name in ("coordinator", "lead", "invited", "orderer")
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "coordinator": 200, "lead": 404, "invited": 404, "orderer": 404,
    }  # fmt: skip
    assert answers["coordinator"].content.startswith(b"%PDF")
    told = Invitation.objects.get(member=lettered.mother)
    assert (told.told, told.told_by) == ("letter", lettered.coordinator)


def test_no_letter_is_printed_for_one_who_signs_in(lettered):
    invitation = Invitation.objects.for_page().get(member=lettered.professional)

    with pytest.raises(Refused):
        invitations.print_letter(invitation, by=lettered.coordinator, at=lettered.at())
