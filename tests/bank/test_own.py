"""A consultant's own times and rest: told by themselves, never twice, seen by the coordinator, heeded when asking."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import factories
from kudelma.bank.actions import take_free_back, tell_free
from kudelma.bank.inputs import FreeTime
from kudelma.bank.models import Availability, Consultant
from kudelma.core.errors import KeyReused, Refused
from kudelma.core.times import aware
from kudelma.pairing.actions.offers import outside
from kudelma.people.models import Role
from kudelma.trust.models import Entry

DAY = timezone.localdate() + timedelta(days=10)


@pytest.fixture
def consultant(region):
    return factories.seat(region, Role.CONSULTANT)


def at(clock):
    return aware(DAY, time.fromisoformat(clock))


def tell(seat, start, end, idempotency_key=None):
    values = FreeTime(starts_at=at(start), ends_at=at(end))
    return tell_free(
        seat.consultant, idempotency_key=idempotency_key or uuid4(), values=values, by=seat, at=timezone.now()
    )


def told(seat):
    return [
        (timezone.localtime(one.starts_at).strftime("%H:%M"), timezone.localtime(one.ends_at).strftime("%H:%M"))
        for one in Availability.objects.filter(seat=seat)
    ]


# ---------------------------------------------------------------- telling


def test_a_free_time_is_kept_and_told_in_the_record(consultant):
    tell(consultant, "09:00", "12:00")

    assert told(consultant) == [("09:00", "12:00")]
    assert list(Entry.objects.filter(door="bank.tell_free").values_list("seat", flat=True)) == [consultant.pk]


@pytest.mark.complaint(9)
@pytest.mark.parametrize(
    ("start", "end"),
    [("09:00", "12:00"), ("08:00", "09:01"), ("11:59", "13:00"), ("10:00", "11:00"), ("08:00", "13:00")],
)
def test_a_time_that_overlaps_is_refused(consultant, start, end):
    tell(consultant, "09:00", "12:00")

    with pytest.raises(Refused):
        tell(consultant, start, end)

    assert told(consultant) == [("09:00", "12:00")]


def test_times_one_after_another_and_of_another_consultant_do_not_overlap(region, consultant):
    other = factories.seat(region, Role.CONSULTANT)
    tell(consultant, "09:00", "12:00")

    tell(consultant, "12:00", "14:00")
    tell(other, "10:00", "11:00")

    assert (told(consultant), told(other)) == ([("09:00", "12:00"), ("12:00", "14:00")], [("10:00", "11:00")])


@pytest.mark.complaint(9)
def test_the_database_keeps_no_time_twice_and_none_that_ends_before_it_starts(consultant):
    tell(consultant, "09:00", "12:00")

    for starts_at, ends_at in ((at("09:00"), at("10:00")), (at("15:00"), at("15:00"))):
        with pytest.raises(IntegrityError), transaction.atomic():
            Availability(seat=consultant, starts_at=starts_at, ends_at=ends_at).save(force_insert=True)

    assert told(consultant) == [("09:00", "12:00")]


def test_pressing_twice_keeps_a_time_once_and_a_key_is_for_one_time(consultant):
    key = uuid4()
    tell(consultant, "09:00", "12:00", idempotency_key=key)

    tell(consultant, "09:00", "12:00", idempotency_key=key)

    assert told(consultant) == [("09:00", "12:00")]
    with pytest.raises(KeyReused):
        tell(consultant, "13:00", "14:00", idempotency_key=key)


def test_a_time_that_is_taken_away_is_gone(consultant):
    free = tell(consultant, "09:00", "12:00")

    take_free_back(free, by=consultant, at=timezone.now())
    take_free_back(free, by=consultant, at=timezone.now())

    assert told(consultant) == []
    assert Entry.objects.filter(door="bank.take_free_back").count() == 1


# ---------------------------------------------------------------- the page


def sent(**changed):
    return {"day": DAY.isoformat(), "start": "09:00", "end": "12:00"} | changed


def test_a_consultant_tells_and_takes_away_on_their_own_page(consultant):
    client = factories.sit(consultant)

    client.post("/consultants/own/", sent(), secure=True)

    assert told(consultant) == [("09:00", "12:00")]
    page = client.get("/consultants/own/", secure=True)
    assert "9.00–12.00" in page.text
    assert "suomi" in page.text
    free = Availability.objects.get()
    for _ in range(2):
        gone = client.post(f"/consultants/own/times/{free.pk}/removal/", secure=True)
        assert gone.headers["Location"] == "/consultants/own/"
    assert told(consultant) == []


def test_an_overlapping_time_is_said_by_the_field_and_what_was_typed_is_kept(consultant):
    client = factories.sit(consultant)
    client.post("/consultants/own/", sent(), secure=True)

    answer = client.post("/consultants/own/", sent(start="11:00", end="13:00"), secure=True)

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {
        "start": ["Olet jo kertonut vapaan ajan, joka menee tämän kanssa päällekkäin."]
    }
    assert 'value="11:00"' in answer.text
    assert told(consultant) == [("09:00", "12:00")]


@pytest.mark.parametrize(("start", "end"), [("07:00", "08:00"), ("07:00", "09:00"), ("12:00", "13:00")])
def test_a_time_before_or_after_another_does_not_overlap_it_nor_where_they_meet(consultant, start, end):
    client = factories.sit(consultant)
    client.post("/consultants/own/", sent(), secure=True)

    assert client.post("/consultants/own/", sent(start=start, end=end), secure=True).status_code == 302

    assert sorted(told(consultant)) == sorted([("09:00", "12:00"), (start, end)])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"end": "09:00"}, "end"),
        ({"day": "2020-01-10"}, "day"),
        ({"day": (DAY + timedelta(days=800)).isoformat()}, "day"),
        ({"day": "2027-03-28", "start": "03:30", "end": "05:00"}, "start"),
    ],
)
def test_a_time_that_cannot_be_is_said_by_the_field(consultant, changed, field):
    answer = factories.sit(consultant).post("/consultants/own/", sent(**changed), secure=True)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert told(consultant) == []


def test_rest_is_told_by_the_consultant_and_heeded(cast):
    cast.to("pairing")
    assert cast.lead in {one.seat for one in outside(cast.fresh(), at=cast.at())}
    form = {"most_at_once": 2, "rests_until": DAY.isoformat(), "version": 1}

    answer = factories.sit(cast.lead).post("/consultants/own/rest/", form, secure=True)

    assert answer.headers["Location"] == "/consultants/own/"
    line = Consultant.objects.get(pk=cast.lead.pk)
    assert (line.most_at_once, line.rests_until, line.version) == (2, DAY, 2)
    assert cast.lead not in {one.seat for one in outside(cast.fresh(), at=cast.at())}
    assert "Pidät taukoa" in factories.sit(cast.lead).get("/consultants/own/", secure=True).text


def test_the_coordinator_sees_what_a_consultant_has_told(region, consultant):
    tell(consultant, "09:00", "12:00")
    Consultant.objects.filter(pk=consultant.pk).update(rests_until=DAY)
    coordinator = factories.sit(factories.seat(region, Role.COORDINATOR))

    page = coordinator.get(f"/consultants/{consultant.pk}/", secure=True).text

    assert "9.00–12.00" in page
    assert "Pitää taukoa asti" in page


def test_nobody_sees_or_takes_away_the_times_of_another(region, consultant):
    free = tell(consultant, "09:00", "12:00")
    other = factories.seat(region, Role.CONSULTANT)
    stranger = factories.seat(factories.region(), Role.COORDINATOR)
    assert list(Availability.objects.visible_to(consultant)) == [free]

    assert [list(Availability.objects.visible_to(seat)) for seat in (other, stranger)] == [[], []]
    client = factories.sit(other)
    assert client.post(f"/consultants/own/times/{free.pk}/removal/", secure=True).status_code == 404
    assert "9.00–12.00" not in client.get("/consultants/own/", secure=True).text
    assert told(consultant) == [("09:00", "12:00")]


def test_only_those_that_are_not_over_are_shown(consultant):
    now = timezone.now()
    for hours in (-30, -1, 30):
        start = now + timedelta(hours=hours)
        Availability(seat=consultant, starts_at=start, ends_at=start + timedelta(hours=2)).save(force_insert=True)

    assert [one.starts_at > now for one in Availability.objects.coming(now)] == [False, True]


def test_the_page_asks_as_often_for_many_times_as_for_one(consultant, django_assert_max_num_queries):
    start = timezone.now() + timedelta(days=1)
    for day in range(30):
        begins = start + timedelta(days=day)
        Availability(seat=consultant, starts_at=begins, ends_at=begins + timedelta(hours=2)).save(force_insert=True)
    client = factories.sit(consultant)

    with django_assert_max_num_queries(12):
        shown = client.get("/consultants/own/", secure=True)

    assert len(shown.context["free"]) == 30
