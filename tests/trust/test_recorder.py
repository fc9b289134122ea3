"""The access record: written before anything is read, told in ids, and silent about how long anyone spoke."""

import re

import pytest
from django.db import DatabaseError

import factories
from kudelma.board.models import Line
from kudelma.core.record import record_reading
from kudelma.matters.models import Matter
from kudelma.members.actions import people
from kudelma.trust import recorder, vault
from kudelma.trust.models import Entry, What
from kudelma.trust.recorder import AccessRecorder


def entries(**which):
    return list(Entry.objects.filter(**which).values_list("what", "door", "role", "level"))


def broken(*args, **options):
    raise DatabaseError("no")


def test_a_page_of_a_matter_is_recorded_with_seat_door_and_matter(cast):
    cast.to("preparing")
    before = Entry.objects.count()

    factories.sit(cast.coordinator).get(cast.matter.get_absolute_url(), secure=True)

    new = Entry.objects.filter(pk__gt=0).order_by("-pk")[: Entry.objects.count() - before]
    assert [(e.what, e.door, e.seat, e.space, e.level) for e in new] == [
        (What.READ, "desk:matter", cast.coordinator.pk, cast.matter.pk, 2)
    ]


def test_when_the_record_cannot_be_written_nothing_is_shown(cast, monkeypatch):
    cast.to("preparing")
    client = factories.sit(cast.coordinator)
    client.raise_request_exception = False
    assert "Aamut" in client.get(cast.matter.get_absolute_url(), secure=True).text

    monkeypatch.setattr(AccessRecorder, "record_reading", broken)
    answer = client.get(cast.matter.get_absolute_url(), secure=True)

    assert answer.status_code == 500
    assert "Aamut" not in answer.text


def test_no_key_opens_before_the_record_says_who_reads(cast, monkeypatch):
    cast.to("preparing")

    def read():
        vault.close_all()
        record_reading("test", [cast.matter.pk], by=cast.coordinator, at=cast.at())

    read()
    assert Matter.objects.get().called == "Aino ja Elias"

    monkeypatch.setattr(recorder, "_write", broken)

    with pytest.raises(DatabaseError):
        read()
    with pytest.raises(vault.NotRecorded):
        assert Matter.objects.get().called


def test_a_refusal_is_recorded_by_rule(cast):
    cast.to("ordered")

    factories.sit(cast.orderer).get(f"/matters/{cast.matter.pk}/acceptance/", secure=True)

    assert entries(what=What.REFUSED) == [(What.REFUSED, "orders:accept", "worker", 2)]
    assert Entry.objects.get(what=What.REFUSED).why == "orders.accept"


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

    assert len(entries(door="board.write")) == 1


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
    told = list(Entry.objects.visible_to(mother).openings_by_professionals())
    assert [(one["seat"], one["admission_door"]) for one in told] == [(cast.lead.pk, "")]
    mother.level = 1
    assert list(Entry.objects.visible_to(mother)) == []


def test_a_day_of_much_reading_hides_nobody(cast):
    """The one who opens the matter two hundred times stands once, beside those who opened it once; newest first."""
    cast.to("invited")
    cast.mother.seat.level = 2
    for seat in [cast.coordinator, cast.orderer, *[cast.lead] * 205]:
        record_reading("desk:matter", [cast.matter.pk], by=seat, at=cast.at())

    told = Entry.objects.visible_to(cast.mother.seat).openings_by_professionals()

    assert [one["seat"] for one in told] == [cast.lead.pk, cast.orderer.pk, cast.coordinator.pk]


def test_letting_somebody_in_is_told_to_the_family(cast):
    cast.to("invited")
    people.admit_member(cast.child, reason="known", by=cast.coordinator, at=cast.at())
    cast.mother.seat.level = 2

    told = list(Entry.objects.visible_to(cast.mother.seat).openings_by_professionals())

    assert [(one["seat"], one["admission_door"]) for one in told] == [(cast.coordinator.pk, "people.admit")]


def test_what_was_refused_or_done_otherwise_is_told_to_nobody_as_letting_in(cast):
    cast.to("invited")
    cast.mother.seat.level = 2
    for what, door in ((What.REFUSED, "people.admit"), (What.DID, "people.permit")):
        Entry(
            region=cast.region.pk, seat=cast.lead.pk, role=cast.lead.role, level=2, door=door, what=what,
            space=cast.matter.pk, at=cast.at(),
        ).save(force_insert=True)  # fmt: skip

    assert list(Entry.objects.visible_to(cast.mother.seat).openings_by_professionals()) == []


def test_a_sitting_at_the_board_leaves_one_line_a_day(cast):
    """From more lines with their times one could read how long each person spoke."""
    cast.to("meeting")
    client = factories.sit(cast.lead)
    before = Entry.objects.filter(seat=cast.lead.pk).count()

    for _ in range(3):
        page = client.get(f"/meetings/{cast.meeting.pk}/board/", secure=True)
        cell = re.search(rb'name="turn"\s+value="([^"]+)"', page.content).group(1).decode()
        client.post(f"/meetings/{cast.meeting.pk}/turn/", {"turn": cell}, secure=True)
        client.post(f"/meetings/{cast.meeting.pk}/lines/", {"text": "Hyvä aamu.", "cell": cell}, secure=True)

    told = Entry.objects.filter(seat=cast.lead.pk).order_by("pk")[before:]
    assert Line.objects.count() == 3
    assert sorted(told.values_list("what", "door")) == [
        ("did", "board.lead"), ("did", "board.write"), ("read", "board:show"),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["coordinator", "lead", "steering", "administrator", "outsider"])
def test_nobody_else_sees_the_record_yet(cast, who):
    cast.to("invited")

    assert list(Entry.objects.visible_to(getattr(cast, who))) == []
