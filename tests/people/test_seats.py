"""Seats: given from a day to a day, changed by whoever saw the newest, ended at once; nobody outside their days."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

import factories
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.people.actions.seats import change_seat, end_seat, give_seat, invite_again
from kudelma.people.inputs import NewSeat, SeatChange
from kudelma.people.models import Account, Message, Role, Seat
from kudelma.trust.models import Entry

DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def give(administrator, idempotency_key=None, invite=True, **values):
    told = {"role": Role.COORDINATOR, "name": "Sari Lehtola", "address": "sari@example.org", "starts_on": today()}
    seat = NewSeat(**told | values)
    return give_seat(
        administrator.region,
        values=seat,
        idempotency_key=idempotency_key,
        invite=invite,
        by=administrator,
        at=timezone.now(),
    )


def seats():
    """Working seats but those that the test began with."""
    return Seat.objects.staff().exclude(role=Role.ADMINISTRATOR)


# ---------------------------------------------------------------- given


def test_a_seat_is_given_from_a_day_to_a_day_and_told_in_the_record(administrator, unit):
    key = uuid4()

    seat = give(
        administrator, role=Role.WORKER, unit=unit, title="luokanopettaja", leads=True, idempotency_key=key,
        ends_on=today() + 30 * DAY,
    )  # fmt: skip

    kept = Seat.objects.get(pk=key)
    assert kept == seat
    assert (kept.starts_on, kept.ends_on, kept.unit, kept.title, kept.leads) == (
        today(), today() + 30 * DAY, unit, "luokanopettaja", True,
    )  # fmt: skip
    assert (kept.account.name, kept.account.address, kept.name) == ("Sari Lehtola", "sari@example.org", "Sari Lehtola")
    assert list(
        Entry.objects.filter(door="people.give_seat", seat=administrator.pk).values_list("region", flat=True)
    ) == [administrator.region_id]


def test_one_day_is_long_enough_for_a_seat(administrator):
    seat = give(administrator, ends_on=today())

    assert seat.is_current(today())
    assert not seat.is_current(today() + DAY)


def test_an_end_before_the_start_makes_neither_seat_nor_account(administrator):
    with pytest.raises(IntegrityError):
        give(administrator, ends_on=today() - DAY)

    assert seats().count() == 0
    assert Account.objects.count() == 1
    assert Message.objects.count() == 0


def test_the_same_address_is_one_account_with_several_seats(administrator):
    first = give(administrator)

    second = give(administrator, role=Role.STEERING, address="  Sari@Example.org ", name="Toinen Nimi")

    assert second.account == first.account
    assert second.pk != first.pk
    assert Account.objects.get(pk=first.account.pk).name == "Sari Lehtola"
    assert give(administrator, address="toinen@example.org").account != first.account


def test_an_account_with_two_seats_in_a_region_is_seen_once(administrator):
    for role in (Role.COORDINATOR, Role.STEERING):
        give(administrator, role=role)

    seen = list(Account.objects.visible_to(administrator))

    assert len(seen) == len(set(seen)) == 2


def test_the_same_person_sits_in_two_regions_with_one_account(administrator):
    first = give(administrator)
    other = factories.seat(factories.region(), Role.ADMINISTRATOR)

    second = give(other)

    assert second.account == first.account
    assert {seat.region for seat in first.account.seats.all()} == {administrator.region, other.region}


def test_a_second_press_gives_no_second_seat(administrator):
    key = uuid4()
    first = give(administrator, idempotency_key=key)

    assert give(administrator, idempotency_key=key) == first

    assert seats().count() == 1
    assert Message.objects.count() == 1


def test_the_key_of_one_seat_gives_nobody_else_one(administrator):
    key = uuid4()
    give(administrator, idempotency_key=key)

    with pytest.raises(KeyReused):
        give(administrator, idempotency_key=key, address="toinen@example.org")

    assert seats().count() == 1
    assert Account.objects.count() == 2


def test_somebody_new_is_invited_and_somebody_who_signs_in_is_not(administrator):
    new = give(administrator)
    known = factories.seat(administrator.region, address="tuttu@example.org")

    give(administrator, address="tuttu@example.org", role=Role.STEERING)

    assert [(message.kind, message.seat) for message in Message.objects.all()] == [("first-sign-in", new)]
    assert not new.account.has_usable_password()
    assert known.account.has_usable_password()


def test_the_coordinators_of_the_region_are_told_of_a_new_one(administrator):
    sitting = factories.seat(administrator.region, Role.COORDINATOR)
    ended = factories.seat(administrator.region, Role.COORDINATOR)
    end_seat(ended, by=administrator, at=timezone.now())
    factories.seat(factories.region(), Role.COORDINATOR)

    give(administrator, role=Role.STEERING)
    assert Message.objects.filter(kind="another-coordinator").count() == 0
    give(administrator, role=Role.COORDINATOR)

    assert [message.seat for message in Message.objects.filter(kind="another-coordinator")] == [sitting]


def test_somebody_who_lost_the_invitation_is_invited_again(administrator):
    seat = give(administrator, invite=False)
    assert Message.objects.count() == 0

    invite_again(seat, by=administrator, at=timezone.now())

    assert [(message.kind, message.seat) for message in Message.objects.all()] == [("first-sign-in", seat)]


def test_somebody_who_signs_in_needs_no_invitation(administrator):
    known = factories.seat(administrator.region)

    with pytest.raises(Refused):
        invite_again(known, by=administrator, at=timezone.now())

    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": Role.WORKER, "space": uuid4()},
        {"role": Role.WORKER},
        {"role": Role.PARTICIPANT},
        {"role": Role.GUEST, "ends_on": today()},
        {"role": Role.GUEST, "space": uuid4()},
    ],
    ids=[
        "a worker in one space",
        "a worker without an account",
        "a participant without a space",
        "a guest without a space",
        "a guest without an end",
    ],
)
def test_the_database_refuses_a_seat_of_two_kinds(region, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(region=region, starts_on=today(), **wrong)


# ---------------------------------------------------------------- changed


def test_a_seat_is_changed_by_whoever_saw_the_newest(administrator, unit):
    seat = give(administrator, title="opettaja")
    values = SeatChange(unit=unit, title="rehtori", leads=True, ends_on=today() + DAY)

    change_seat(seat, version=1, values=values, by=administrator, at=timezone.now())

    kept = Seat.objects.get(pk=seat.pk)
    assert (kept.unit, kept.title, kept.leads, kept.ends_on, kept.version) == (unit, "rehtori", True, today() + DAY, 2)
    with pytest.raises(Stale) as stale:
        change_seat(seat, version=1, values=replace(values, title="opettaja"), by=administrator, at=timezone.now())
    assert stale.value.now["title"] == "rehtori"
    assert Seat.objects.get(pk=seat.pk).version == 2


def test_an_ended_seat_is_changed_no_more(administrator):
    seat = give(administrator, title="opettaja")
    end_seat(seat, by=administrator, at=timezone.now())
    other = SeatChange(unit=None, title="rehtori", leads=False, ends_on=None)

    with pytest.raises(Stale):
        change_seat(seat, version=1, values=other, by=administrator, at=timezone.now())

    assert Seat.objects.get(pk=seat.pk).title == "opettaja"


# ---------------------------------------------------------------- ended


def test_an_ended_seat_keeps_who_ended_it_and_when(administrator):
    seat, at = give(administrator), timezone.now()

    end_seat(seat, by=administrator, at=at)

    kept = Seat.objects.get(pk=seat.pk)
    assert (kept.ended_at, kept.ended_by) == (at, administrator.pk)
    with pytest.raises(Refused):
        end_seat(seat, by=administrator, at=at + DAY)
    assert Seat.objects.get(pk=seat.pk).ended_at == at


def test_an_ended_seat_closes_every_session_that_sits_on_it(administrator):
    seat = factories.seat(administrator.region, Role.COORDINATOR)
    one, other = factories.sit(seat), factories.sit(seat)
    assert [client.get("/today/", secure=True).status_code for client in (one, other)] == [200, 200]

    end_seat(seat, by=administrator, at=timezone.now())

    assert [client.get("/today/", secure=True).headers["Location"] for client in (one, other)] == ["/seats/"] * 2
    assert one.post("/orders/new/meeting/", {"worry": "Jäikö tämä talteen"}, secure=True).status_code == 401


def test_the_other_seats_of_the_same_person_go_on(administrator):
    seat = factories.seat(administrator.region, Role.COORDINATOR, address="kaksi@example.org")
    other = factories.seat(administrator.region, Role.STEERING, address="kaksi@example.org")
    client = factories.sit(other)

    end_seat(seat, by=administrator, at=timezone.now())

    assert client.get("/today/", secure=True).status_code == 200


def test_an_ended_participants_seat_closes_the_link_and_the_session(cast):
    cast.to("preparing")
    client = factories.sit(cast.mother.seat, 2)
    assert client.get("/own/", secure=True).status_code == 200

    end_seat(cast.mother.seat, by=cast.coordinator, at=timezone.now())

    assert client.get("/own/", secure=True).status_code == 403


# ---------------------------------------------------------------- outside its days


@pytest.mark.parametrize(
    ("starts", "ends", "may_act"),
    [(0, None, True), (-1, 0, True), (0, 0, True), (1, None, False), (-2, -1, False)],
    ids=["from today", "until today", "today only", "from tomorrow", "until yesterday"],
)
def test_a_seat_acts_on_its_days_only(region, starts, ends, may_act):
    seat = factories.seat(
        region,
        Role.COORDINATOR,
        starts_on=today() + starts * DAY,
        ends_on=None if ends is None else today() + ends * DAY,
    )
    client = factories.sit(seat)

    answer = client.get("/today/", secure=True)

    assert answer.status_code == (200 if may_act else 302)
    assert seat.is_current(today()) == may_act
    assert (seat in Seat.objects.current(today())) == may_act


@pytest.mark.complaint(11)
def test_the_day_is_finlands_day(region):
    """At half past ten in the evening, Greenwich time, it is already tomorrow in Finland."""
    seat = factories.seat(region, Role.COORDINATOR, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 24))

    with time_machine.travel("2026-11-24T21:30:00+00:00", tick=False):
        assert factories.sit(seat).get("/today/", secure=True).status_code == 200
    with time_machine.travel("2026-11-24T22:30:00+00:00", tick=False):
        assert factories.sit(seat).get("/today/", secure=True).status_code == 302


# ---------------------------------------------------------------- chosen


def in_without_a_seat(seat):
    """Signed in as the one who sits there, before any seat is taken."""
    seat.account.refresh_from_db()  # each further seat of the factory sets the password anew
    client = factories.sit(seat)
    session = client.session
    del session["seat"]
    session.save()
    return client


def test_one_with_several_seats_chooses_among_those_of_today(administrator):
    region = administrator.region
    common = {"address": "kaksi@example.org"}
    first = factories.seat(region, Role.COORDINATOR, **common)
    second = factories.seat(region, Role.STEERING, **common)
    factories.seat(region, Role.ADMINISTRATOR, starts_on=today() + DAY, **common)
    end_seat(factories.seat(region, Role.CONSULTANT, **common), by=administrator, at=timezone.now())
    client = in_without_a_seat(first)

    shown = client.get("/seats/", secure=True)
    answer = client.post("/seats/", {"seat": str(second.pk)}, secure=True)

    assert set(shown.context["seats"]) == {first, second}
    assert answer.headers["Location"] == "/today/"
    assert client.get("/today/", secure=True).context["actor"] == second


@pytest.mark.parametrize("which", ["somebody else's", "an ended one", "a future one", "none", "nonsense"])
def test_no_other_seat_can_be_taken(administrator, which):
    region = administrator.region
    own = factories.seat(region, Role.COORDINATOR, address="oma@example.org")
    ended = factories.seat(region, Role.STEERING, address="oma@example.org")
    end_seat(ended, by=administrator, at=timezone.now())
    future = factories.seat(region, Role.STEERING, address="oma@example.org", starts_on=today() + DAY)
    client = in_without_a_seat(own)
    asked = {
        "somebody else's": administrator.pk, "an ended one": ended.pk, "a future one": future.pk, "none": "",
        "nonsense": "x",
    }[which]  # fmt: skip

    assert client.post("/seats/", {"seat": str(asked)}, secure=True).status_code == 422
    assert client.get("/today/", secure=True).headers["Location"] == "/seats/"
    assert client.post("/seats/", {"seat": str(own.pk)}, secure=True).status_code == 302


def test_a_seat_written_into_the_session_of_another_account_does_not_act(administrator):
    worker = factories.seat(administrator.region)
    client = factories.sit(worker)
    assert client.get("/today/", secure=True).status_code == 200
    session = client.session
    session["seat"] = str(administrator.pk)
    session.save()

    assert client.get("/region/", secure=True).headers["Location"] == "/seats/"
