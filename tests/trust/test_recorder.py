"""The access record: written before anything is read, told in ids, and silent about how long anyone spoke."""

import pytest
from django.db import DatabaseError

import factories
from kudelma.trust.models import Entry, What
from kudelma.trust.recorder import AccessRecorder


def entries(**which):
    return list(Entry.objects.filter(**which).values_list("what", "door", "role", "level"))


def test_a_page_of_a_matter_is_recorded_with_seat_door_and_matter(cast):
    cast.to("preparing")
    before = Entry.objects.count()

    factories.sit(cast.coordinator).get(cast.matter.get_absolute_url(), secure=True)

    new = Entry.objects.filter(pk__gt=0).order_by("-pk")[: Entry.objects.count() - before]
    assert [(e.what, e.door, e.seat, e.matter, e.level) for e in new] == [
        (What.READ, "desk:matter", cast.coordinator.pk, cast.matter.pk, 2)
    ]


def test_when_the_record_cannot_be_written_nothing_is_shown(cast, monkeypatch):
    cast.to("preparing")
    client = factories.sit(cast.coordinator)
    client.raise_request_exception = False
    assert "Aamut" in client.get(cast.matter.get_absolute_url(), secure=True).text

    def broken(*args):
        raise DatabaseError("no")

    monkeypatch.setattr(AccessRecorder, "opened", broken)
    answer = client.get(cast.matter.get_absolute_url(), secure=True)

    assert answer.status_code == 500
    assert "Aamut" not in answer.text


def test_a_refusal_is_recorded_by_rule(cast):
    cast.to("ordered")

    factories.sit(cast.orderer).get(f"/matters/{cast.matter.pk}/acceptance/", secure=True)

    assert entries(what=What.REFUSED) == [(What.REFUSED, "matters:accept", "worker", 2)]
    assert Entry.objects.get(what=What.REFUSED).why == "matters.accept"


def test_lists_record_each_matter_whose_name_is_shown(cast):
    cast.to("timing")

    factories.sit(cast.invited).get("/matters/", secure=True)

    assert entries(door="desk:matters") == [(What.READ, "desk:matters", "worker", 2)]


def test_the_desk_opens_nothing(cast):
    cast.to("preparing")

    factories.sit(cast.coordinator).get("/today/", secure=True)

    assert entries(door="desk:today") == []


def test_turns_and_lines_leave_one_line_a_day(cast):
    cast.to("meeting")

    for text in ("yksi", "kaksi", "kolme"):
        cast.say(cast.mother, text)

    assert len(entries(door="meetings.write")) == 1


def test_the_record_holds_no_words(cast):
    cast.to("closed")

    told = " ".join(str(value) for row in Entry.objects.values_list() for value in row)

    for word in ("Aino", "Elias", "Saarela", "Aamut", "huolissani", "example.org"):
        assert word not in told


def test_a_participant_who_is_known_sees_who_opened(cast):
    cast.to("invited")
    mother = cast.mother.seat
    factories.sit(cast.lead).get(cast.matter.get_absolute_url(), secure=True)

    mother.level = 2
    assert [e.seat for e in Entry.objects.visible_to(mother).openings_by_professionals()] == [cast.lead.pk]
    mother.level = 1
    assert list(Entry.objects.visible_to(mother)) == []


@pytest.mark.parametrize("who", ["coordinator", "lead", "steering", "administrator", "outsider"])
def test_nobody_else_sees_the_record_yet(cast, who):
    cast.to("invited")

    assert list(Entry.objects.visible_to(getattr(cast, who))) == []
