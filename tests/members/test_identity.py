"""A strong identity is held until it is the right person, then pinned: to one seat, for this matter."""

import pytest

import factories
from again import said_of
from kudelma.core.errors import Refused
from kudelma.members.actions.identity import judge_identity, meet
from kudelma.members.actions.people import change_member
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.people.identity import Identity
from kudelma.trust.models import Pin

AINO = Identity("https://id.example.org", "sub-1", "Aino Maria", "Saarela")


@pytest.fixture
def mother(cast):
    cast.to("preparing")
    return Member.objects.select_related("matter__region", "seat").get(pk=cast.mother.pk)


def met(cast, member, identity):
    cast.open()
    return meet(member, identity, by=member.seat, at=cast.at())


def test_the_right_names_are_pinned_and_nothing_of_them_kept(cast, mother):
    assert met(cast, mother, AINO)

    pin = Pin.objects.get()
    assert pin.pinned_by == mother.seat.pk
    assert "sub-1" not in str(pin.__dict__)
    assert not Pin.objects.held().exists()
    assert met(cast, mother, AINO)


@pytest.mark.parametrize(
    "identity",
    [
        Identity("https://id.example.org", "sub-2", "Mikko", "Saarela"),
        Identity("https://id.example.org", "sub-3", "Aino", "Virtanen"),
        Identity("https://id.example.org", "sub-4", "", ""),
    ],
)
def test_other_names_are_held_for_the_coordinator(cast, mother, identity):
    assert not met(cast, mother, identity)
    assert not met(cast, mother, identity)

    assert Pin.objects.get().pinned_at is None


def test_a_name_is_not_enough_without_a_family_name(cast, mother):
    Member.objects.filter(pk=mother.pk).update(surname=b"")

    assert not met(cast, Member.objects.select_related("matter__region", "seat").get(pk=mother.pk), AINO)


def test_the_coordinator_confirms_after_a_call(cast, mother):
    other = Identity("https://id.example.org", "sub-2", "Aino-Maija", "Saarela-Koski")
    assert not met(cast, mother, other)

    judge_identity(mother, is_right=True, by=cast.coordinator, at=cast.at())

    assert met(cast, mother, other)
    assert Pin.objects.get().pinned_by == cast.coordinator.pk


def test_when_two_are_held_a_call_does_not_tell_which_is_right(cast, mother):
    met(cast, mother, Identity("https://id.example.org", "sub-2", "Aino", "Koski"))
    met(cast, mother, Identity("https://id.example.org", "sub-3", "Mikko", "Saarela"))

    with pytest.raises(Refused):
        judge_identity(mother, is_right=True, by=cast.coordinator, at=cast.at())
    judge_identity(mother, is_right=False, by=cast.coordinator, at=cast.at())

    assert list(Pin.objects.values_list("pinned_at", flat=True)) == [None, None]
    assert Pin.objects.filter(turned_away_at=None).count() == 0


def test_after_other_names_were_written_somebody_else_judges(cast, mother):
    """Otherwise whoever writes names could come in under them."""
    met(cast, mother, Identity("https://id.example.org", "sub-0", "Mikko", "Saarela"))
    judge_identity(mother, is_right=False, by=cast.coordinator, at=cast.at())
    values = said_of(PersonSaid, mother, name="Kaisa", surname="Koskela")
    change_member(mother, version=1, values=values, by=cast.coordinator, at=cast.at())
    renamed = Member.objects.select_related("matter__region", "seat").get(pk=mother.pk)

    assert not met(cast, renamed, Identity("https://id.example.org", "sub-5", "Kaisa", "Koskela"))
    with pytest.raises(Refused, match="itse"):
        judge_identity(renamed, is_right=True, by=cast.coordinator, at=cast.at())
    judge_identity(renamed, is_right=True, by=cast.lead, at=cast.at())

    assert Pin.objects.get(pinned_at__isnull=False).pinned_by == cast.lead.pk


def test_what_does_not_tell_who_it_is_may_be_changed_freely(cast, mother):
    other = said_of(PersonSaid, mother, relation="Eliaksen äiti")
    change_member(mother, version=1, values=other, by=cast.coordinator, at=cast.at())

    assert met(cast, Member.objects.select_related("matter__region", "seat").get(pk=mother.pk), AINO)


def test_one_turned_away_stays_away(cast, mother):
    other = Identity("https://id.example.org", "sub-2", "Mikko", "Saarela")
    met(cast, mother, other)

    judge_identity(mother, is_right=False, by=cast.coordinator, at=cast.at())

    with pytest.raises(Refused):
        met(cast, mother, other)


def test_after_pinning_nobody_else_gets_in_even_with_the_same_names(cast, mother):
    met(cast, mother, AINO)

    with pytest.raises(Refused):
        met(cast, mother, Identity("https://id.example.org", "sub-9", "Aino", "Saarela"))
    with pytest.raises(Refused):
        met(cast, mother, Identity("https://other.example.org", "sub-1", "Aino", "Saarela"))


def test_one_person_is_not_two_seats_of_a_matter(cast, mother):
    met(cast, mother, AINO)
    Member.objects.filter(pk=cast.child.pk)
    child = Member.objects.select_related("matter__region", "seat").get(pk=cast.child.pk)
    cast.open()
    child.name, child.surname = "Aino", "Saarela"

    assert not meet(child, AINO, by=child.seat, at=cast.at())


def test_a_second_identity_is_not_confirmed_beside_the_one_that_is_pinned(cast, mother):
    """A call to the right person would tell that they have identified, and not that somebody else has too."""
    assert not met(cast, mother, Identity("https://id.example.org", "sub-9", "Mikko", "Virtanen"))
    assert met(cast, mother, AINO)

    with pytest.raises(Refused):
        judge_identity(mother, is_right=True, by=cast.coordinator, at=cast.at())
    judge_identity(mother, is_right=False, by=cast.coordinator, at=cast.at())

    assert met(cast, mother, AINO)
    assert [(pin.pinned_at is None, pin.turned_away_at is None) for pin in Pin.objects.all()] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_a_press_that_names_no_judgement_turns_nobody_away(cast, mother):
    met(cast, mother, Identity("https://id.example.org", "sub-2", "Mikko", "Saarela"))
    client, path = factories.sit(cast.coordinator), f"/people/{mother.pk}/identity/"

    client.post(path, {"judgement": "perhaps"}, secure=True)
    before = Pin.objects.get().turned_away_at
    client.post(path, {"judgement": "wrong"}, secure=True)

    assert before is None
    assert Pin.objects.get().turned_away_at is not None
