"""The circle: added once, invited only with permission, changed by one at a time."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

import factories
from again import fresh, said_of
from kudelma.core.errors import Refused, Stale
from kudelma.core.inputs import columns
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid, SafeContact
from kudelma.members.models import Member, Permission
from kudelma.pairing.actions import offers as pairing
from kudelma.people.actions import links
from kudelma.people.models import Message, PersonalLink, Seat
from kudelma.people.tasks import deliver


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def test_pressing_twice_adds_once(prepared):
    key, values = uuid4(), PersonSaid("Tuula")
    for _ in range(2):
        people.add_member(
            prepared.fresh(), idempotency_key=key, side="close", values=values, by=prepared.lead, at=prepared.at()
        )

    assert Member.objects.filter(pk=key).count() == 1


def test_the_same_worker_is_added_once(prepared):
    with pytest.raises(Refused):
        people.add_member(
            prepared.fresh(), idempotency_key=uuid4(), side="professional", seat=prepared.invited,
            values=PersonSaid("Minna"),
            by=prepared.lead, at=prepared.at(),
        )  # fmt: skip


def test_whoever_leads_from_outside_is_not_added_in_another_seat(prepared):
    """A lead who is also a worker of the region: outside is outside in every seat."""
    other_seat = factories.seat(prepared.region)
    Seat.objects.filter(pk=other_seat.pk).update(account=prepared.lead.account)
    other_seat.refresh_from_db()
    address = f"/matters/{prepared.matter.pk}/people/new/professional/"
    page = factories.sit(prepared.coordinator).get(address, secure=True)

    with pytest.raises(Refused, match="ulkopuolelta"):
        people.add_member(
            prepared.fresh(), idempotency_key=uuid4(), side="professional", seat=other_seat, values=PersonSaid("Heli"),
            by=prepared.coordinator, at=prepared.at(),
        )  # fmt: skip
    assert str(other_seat.pk) not in page.text
    assert str(prepared.outsider.pk) in page.text


def test_whoever_leads_another_conversation_comes_along_in_this_one(prepared):
    other = factories.Cast(prepared.region).to("pairing")
    pairing.accept_offer(other.offered(other.lead, "lead"), by=other.lead, at=other.at())
    seat = factories.seat(prepared.region)
    Seat.objects.filter(pk=seat.pk).update(account=other.lead.account)
    seat.refresh_from_db()

    added = people.add_member(
        prepared.fresh(), idempotency_key=uuid4(), side="professional", seat=seat, values=PersonSaid("Heli"),
        by=prepared.coordinator, at=prepared.at(),
    )  # fmt: skip

    assert added.seat == seat


def test_without_permission_nothing_is_sent(prepared):
    people.withdraw_permission(fresh(prepared.mother), by=prepared.lead, at=prepared.at())
    before = Message.objects.count()

    with pytest.raises(Refused):
        people.send_link(fresh(prepared.mother), by=prepared.coordinator, at=prepared.at())

    assert Message.objects.count() == before


def test_withdrawing_a_permission_closes_the_way_in_at_once(prepared):
    client = factories.sit(prepared.mother.seat, 1)
    assert client.get("/own/", secure=True).status_code == 200

    people.withdraw_permission(fresh(prepared.mother), by=prepared.lead, at=prepared.at())

    assert client.get("/own/", secure=True).status_code == 403
    assert not PersonalLink.objects.open().filter(seat=prepared.mother.seat).exists()


def test_a_worker_whose_permission_is_withdrawn_sees_the_matter_no_more(prepared):
    client = factories.sit(prepared.invited)
    assert client.get(prepared.matter.get_absolute_url(), secure=True).status_code == 200

    people.withdraw_permission(fresh(prepared.professional), by=prepared.lead, at=prepared.at())

    assert client.get(prepared.matter.get_absolute_url(), secure=True).status_code == 404


@pytest.mark.parametrize("do", ["link", "admission", "code"])
def test_somebody_who_works_here_gets_no_other_way_in_than_their_account(prepared, do):
    """Whoever prepares could otherwise act as any worker of the region."""
    client = factories.sit(prepared.coordinator)

    answer = client.post(f"/people/{prepared.professional.pk}/{do}/", {"reason": "known"}, secure=True)

    assert answer.status_code == 409
    assert client.post(f"/people/{prepared.mother.pk}/admission/", {"reason": "known"}, secure=True).status_code == 200


def test_nobody_writes_an_address_for_somebody_who_signs_in(prepared):
    client = factories.sit(prepared.coordinator)
    typed = {"address": "toinen@example.org", "version": "1"}

    answer = client.post(f"/people/{prepared.professional.pk}/contact/", typed, secure=True)

    assert answer.status_code == 409
    assert b"toinen@example.org" in answer.content
    prepared.open()
    assert Member.objects.get(pk=prepared.professional.pk).address == ""


def test_another_address_ends_the_links_of_the_old_one(prepared):
    token = links.make_link(prepared.mother.seat, at=prepared.at())
    other = said_of(PersonSaid, fresh(prepared.mother), relation="Eliaksen äiti")
    people.change_member(fresh(prepared.mother), version=1, values=other, by=prepared.coordinator, at=prepared.at())
    assert Client().get(f"/i/{token}/", secure=True).status_code == 200

    prepared.open()
    people.change_member(
        fresh(prepared.mother),
        version=2,
        values=said_of(SafeContact, fresh(prepared.mother), address="uusi@example.org"),
        by=prepared.coordinator,
        at=prepared.at(),
    )

    assert Client().get(f"/i/{token}/", secure=True).status_code == 410


def test_a_link_still_on_its_way_is_taken_back_with_the_others(prepared):
    people.send_link(fresh(prepared.mother), by=prepared.coordinator, at=prepared.at())
    message = Message.objects.get(kind="link", seat=prepared.mother.seat)

    people.revoke_links(fresh(prepared.mother), by=prepared.coordinator, at=prepared.at())
    deliver.func(str(message.pk))

    assert mail.outbox == []
    assert not PersonalLink.objects.open().filter(seat=prepared.mother.seat).exists()


def test_somebody_not_wanted_any_more_sees_nothing_even_with_an_open_link(prepared):
    client = factories.sit(prepared.mother.seat)
    assert client.get("/own/", secure=True).status_code == 200

    Permission.objects.filter(member=prepared.mother).update(
        withdrawn_at=prepared.at(), withdrawn_by=prepared.coordinator
    )

    assert client.get("/own/", secure=True).status_code == 404


@pytest.mark.parametrize(
    ("address", "second"), [("aino@example.fi", "AINO@example.fi"), ("aino@example.fi", "aino+koodi@example.fi")]
)
def test_a_code_does_not_go_to_the_mailbox_of_the_link(prepared, address, second):
    client = factories.sit(prepared.coordinator)
    page = f"/people/{prepared.close_one.pk}/contact/"
    typed = {"address": address, "second_address": second, "version": 1}

    assert client.post(page, typed, secure=True).status_code == 422
    typed["second_address"] = "tuula@example.net"
    assert client.post(page, typed, secure=True).status_code == 302


@pytest.mark.parametrize("path", ["/matters/", "/matters/{pk}/"])
def test_the_one_who_ordered_reads_the_peoples_words_only_once_invited(prepared, path):
    orderer, address = factories.sit(prepared.orderer), path.format(pk=prepared.matter.pk)

    before = orderer.get(address, secure=True).content.decode()
    prepared.add("professional", "Orderer", "", seat=prepared.orderer)
    after = orderer.get(address, secure=True).content.decode()

    assert prepared.matter.number in before
    assert ("Aino ja Elias" in before, "Aamut" in before) == (False, False)
    assert "Aino ja Elias" in after


def test_who_gave_the_permission_and_how_is_kept(prepared):
    told = Permission.objects.get(member=prepared.mother)

    assert (told.how, told.by) == ("face", prepared.lead)


def test_the_second_to_save_is_shown_both(prepared):
    mother = fresh(prepared.mother)
    first, second = (said_of(PersonSaid, mother, name=name) for name in ("Aino-Maija", "Ainu"))
    people.change_member(mother, version=1, values=first, by=prepared.lead, at=prepared.at())

    with pytest.raises(Stale) as stale:
        people.change_member(mother, version=1, values=second, by=prepared.coordinator, at=prepared.at())

    assert stale.value.now == columns(first) | {"version": 2}


def test_only_the_coordinator_sees_how_somebody_is_reached(prepared):
    page = f"/people/{prepared.mother.pk}/contact/"

    assert "aino@example.org" in factories.sit(prepared.coordinator).get(page, secure=True).text
    assert factories.sit(prepared.lead).get(page, secure=True).status_code == 403


def test_the_coordinator_goes_on_to_how_a_new_person_is_reached_and_the_pair_does_not(prepared):
    page, typed = f"/matters/{prepared.matter.pk}/people/new/close/", {"name": "Tuula", "language": "fi"}

    by_coordinator = factories.sit(prepared.coordinator).post(page, typed, secure=True)
    by_lead = factories.sit(prepared.lead).post(page, typed, secure=True)

    assert by_coordinator.headers["Location"].endswith("/contact/")
    assert by_lead.headers["Location"] == f"/matters/{prepared.matter.pk}/people/"


def test_saving_without_contacts_keeps_them(prepared):
    factories.sit(prepared.lead).post(
        f"/people/{prepared.mother.pk}/",
        {"name": "Aino", "language": "sv", "version": 1, "answers_times": "on"},
        secure=True,
    )

    prepared.open()
    member = fresh(prepared.mother)
    assert (member.language, member.address) == ("sv", "aino@example.org")


def test_nothing_changes_in_a_closed_matter(cast):
    cast.to("closed")

    with pytest.raises(Refused):
        people.permit(fresh(cast.child), how="face", by=cast.lead, at=cast.at())
