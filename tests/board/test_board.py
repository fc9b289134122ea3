"""The board: one voice at a time, own words, nothing twice, nothing after the end, no time kept."""

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import models

import factories
from board.turns import turn
from kudelma.board import actions as boards
from kudelma.board.inputs import LineSaid
from kudelma.board.models import Board, Line, Turn, Voice
from kudelma.core.errors import Refused, Stale
from kudelma.live.models import Operation
from kudelma.meetings.models import Attendance
from kudelma.members.models import Permission
from kudelma.plans.models import Plan


@pytest.fixture
def meeting(cast):
    return cast.to("meeting")


def test_the_people_come_first_then_those_close_then_professionals(cast):
    cast.to("invited")
    boards.open_meeting(
        cast.the_meeting(), [cast.professional, cast.close_one, cast.child, cast.mother], by=cast.lead, at=cast.at()
    )

    assert [v.member.side for v in Voice.objects.select_related("member")] == ["own", "own", "close", "professional"]


def test_a_meeting_begins_once_and_with_somebody(cast):
    cast.to("invited")
    with pytest.raises(Refused):
        boards.open_meeting(cast.the_meeting(), [], by=cast.lead, at=cast.at())
    cast.meet()

    with pytest.raises(Refused):
        cast.meet()


def test_sending_twice_writes_once(meeting):
    key = uuid4()
    for _ in range(2):
        boards.say_line(
            meeting.board, meeting.voices[meeting.mother.pk], meeting.questions[0], "Aamut sujuvat.",
            idempotency_key=key,
            by=meeting.writer, at=meeting.at(),
        )  # fmt: skip

    assert Line.objects.count() == 1
    assert Operation.objects.count() == 1


def test_operations_are_numbered_without_a_gap(meeting):
    for number in range(5):
        meeting.say(meeting.mother, f"rivi {number}")
    turn(meeting, meeting.child)

    assert list(Operation.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Board.objects.with_number().get().number == 6


def test_a_question_is_not_asked_of_a_side_that_has_no_wording(meeting):
    with pytest.raises(Refused):
        turn(meeting, meeting.professional, question=0)
    with pytest.raises(Refused):
        meeting.say(meeting.professional, "x", question=0)
    turn(meeting, meeting.professional, question=1)

    assert Turn.objects.count() == 1


def test_whose_turn_it_is_and_who_is_next(meeting):
    turn(meeting, meeting.mother)
    page = factories.sit(meeting.lead).get(f"/meetings/{meeting.meeting.pk}/board/", secure=True)

    woven = page.context["weave"]
    assert woven.speaker.member == meeting.mother
    assert woven.next[0].member == meeting.child
    assert woven.not_asked == 1


def test_the_room_sees_a_line_when_its_speaker_has_nodded(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    child, mother = meeting.child.seat, meeting.mother.seat
    child.level = mother.level = 2

    assert list(Line.objects.visible_to(child)) == []
    assert list(Line.objects.visible_to(mother)) == [line]
    boards.nod(line, by=meeting.writer, at=meeting.at())

    assert list(Line.objects.visible_to(child)) == [line]


def test_at_level_one_nobody_sees_the_board(meeting):
    meeting.say(meeting.mother, "Aamut sujuvat.")
    boards.nod(Line.objects.select_related("board").get(), by=meeting.writer, at=meeting.at())
    mother = meeting.mother.seat
    seen = {}

    for mother.level in (1, 2):
        seen[mother.level] = [model.objects.visible_to(mother).count() for model in (Board, Line)]

    assert seen == {1: [0, 0], 2: [1, 1]}


def test_a_corrected_line_needs_a_new_nod(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    boards.nod(line, by=meeting.writer, at=meeting.at())
    line = Line.objects.select_related("board").get(nodded=True)

    boards.change_line(line, version=1, values=LineSaid("Aamut sujuvat jo."), by=meeting.writer, at=meeting.at())

    assert not Line.objects.get().nodded


def test_two_who_correct_at_once_both_keep_their_text(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    boards.change_line(line, version=1, values=LineSaid("Toisen teksti"), by=meeting.lead, at=meeting.at())

    with pytest.raises(Stale) as stale:
        boards.change_line(line, version=1, values=LineSaid("Minun teksti"), by=meeting.writer, at=meeting.at())

    assert stale.value.now["text"] == "Toisen teksti"


def pressed(client, page, action):
    """Press the button with that action, as the page itself would send it."""
    soup = BeautifulSoup(page.content, "html.parser")
    sent = {field["name"]: field.get("value", "") for field in soup.find("form", id="line").select("input, textarea")}
    return client.post(soup.find("button", formaction=re.compile(action))["formaction"], sent, secure=True, follow=True)


def test_the_buttons_of_a_line_do_what_they_say(meeting):
    client, address = factories.sit(meeting.writer), f"/meetings/{meeting.meeting.pk}/board/"
    for text in ("Aamut sujuvat.", "Tätä en halunnutkaan sanoa."):
        meeting.say(meeting.mother, text)

    page = pressed(client, client.get(address, secure=True), "/nod/")
    assert list(Line.objects.values_list("nodded", flat=True)) == [True, False]
    page = pressed(client, page, "/taking-back/")

    assert list(Line.objects.values_list("nodded", flat=True)) == [True]
    assert "en halunnutkaan" not in page.content.decode()


def test_a_page_from_before_does_not_take_away_what_its_speaker_has_accepted(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    before = Line.objects.get()
    boards.nod(line, by=meeting.lead, at=meeting.at())

    with pytest.raises(Refused):
        boards.take_back(before, by=meeting.writer, at=meeting.at())

    assert Line.objects.get().nodded


def test_taking_a_line_back_twice_comes_back_to_the_board(meeting):
    client, address = factories.sit(meeting.writer), f"/meetings/{meeting.meeting.pk}/board/"
    meeting.say(meeting.mother, "Tätä en halunnutkaan sanoa.")
    page = client.get(address, secure=True)

    answers = [pressed(client, page, "/taking-back/") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.request["PATH_INFO"] for answer in answers] == [address, address]


def test_a_line_taken_back_is_gone(meeting):
    line = meeting.say(meeting.mother, "Tätä en halunnutkaan sanoa.")

    boards.take_back(line, by=meeting.writer, at=meeting.at())

    assert Line.objects.count() == 0


def test_a_line_taken_back_leaves_holes_in_the_ledger(meeting):
    kept, line = [meeting.say(meeting.mother, text) for text in ("Aamut sujuvat.", "Tätä en halunnutkaan sanoa.")]
    boards.change_line(line, version=1, values=LineSaid("Tätä en sano."), by=meeting.writer, at=meeting.at())
    assert list(Operation.objects.values_list("about", flat=True)) == [kept.pk, line.pk, line.pk]

    boards.take_back(line, by=meeting.writer, at=meeting.at())

    assert list(Operation.objects.values_list("number", "about", "gone")) == [
        (1, kept.pk, False), (2, None, True), (3, None, True), (4, None, False),
    ]  # fmt: skip


def test_a_line_taken_back_does_not_come_again_with_a_late_retry(meeting):
    line = meeting.say(meeting.mother, "Tätä en halunnutkaan sanoa.")
    boards.take_back(line, by=meeting.writer, at=meeting.at())
    client = factories.sit(meeting.writer)
    turn(meeting, meeting.mother)
    address = f"/meetings/{meeting.meeting.pk}/"
    cell = client.get(f"{address}board/", secure=True).context["form"]["cell"].value()
    late = {"text": "Tätä en halunnutkaan sanoa.", "cell": cell, "idempotency_key": line.pk}

    answer = client.post(f"{address}lines/", late, secure=True)

    # Asked about, and not dropped: it may as well be something else, typed on the same page after going back.
    assert (answer.status_code, Line.objects.count()) == (422, 0)
    again = late | {"idempotency_key": answer.context["form"]["idempotency_key"].value()}
    assert client.post(f"{address}lines/", again, secure=True).status_code == 302


def test_a_correction_of_a_line_that_was_taken_back_is_refused(meeting):
    line = meeting.say(meeting.mother, "Tätä en halunnutkaan sanoa.")
    boards.take_back(line, by=meeting.lead, at=meeting.at())

    with pytest.raises(Refused):
        boards.change_line(line, version=1, values=LineSaid("Näin"), by=meeting.writer, at=meeting.at())


def test_the_ledger_keeps_no_words_of_the_board_and_not_who_was_asked(meeting):
    line = meeting.say(meeting.mother, "Aamut sujuvat.")
    turn(meeting, meeting.child)
    boards.change_line(line, version=1, values=LineSaid("Illat"), by=meeting.writer, at=meeting.at())

    kept = Operation.objects.values_list("kind", "about", "also", "payload")
    assert list(kept) == [
        ("line.say", line.pk, None, ""), ("turn.start", None, None, ""), ("line.edit", line.pk, None, ""),
    ]  # fmt: skip


def test_nothing_is_written_after_the_end(cast):
    cast.to("following")

    with pytest.raises(Refused):
        cast.say(cast.mother, "x")
    with pytest.raises(Refused):
        turn(cast, cast.mother)


@pytest.mark.parametrize("model", [Turn, Line, Operation, Voice])
def test_nothing_on_the_board_keeps_a_time(model):
    assert [f.name for f in model._meta.fields if isinstance(f, models.DateTimeField | models.DateField)] == []


def test_the_coordinator_sees_no_line_unless_she_sat_there(cast):
    cast.to("meeting")
    cast.say(cast.mother, "Vain huoneelle.")

    assert list(Line.objects.visible_to(cast.coordinator)) == []
    assert (
        "Vain huoneelle." not in factories.sit(cast.coordinator).get(cast.matter.get_absolute_url(), secure=True).text
    )


def test_the_old_page_with_the_new_part_is_the_fresh_page(meeting):
    """The law of live pages, for each thing that moves the part."""
    from bs4 import BeautifulSoup

    client = factories.sit(meeting.writer)
    address = f"/meetings/{meeting.meeting.pk}/board/"

    def part(text):
        soup = BeautifulSoup(text, "html.parser")
        for field in soup.select("input[name=csrfmiddlewaretoken], input[name=idempotency_key]"):
            field.decompose()
        return " ".join(soup.get_text(" ").split())

    def moves():
        yield turn(meeting, meeting.mother)
        line = meeting.say(meeting.mother, "Aamut sujuvat.")
        yield line
        yield boards.nod(line, by=meeting.writer, at=meeting.at())
        yield turn(meeting, meeting.child)
        yield boards.end_meeting(meeting.the_meeting(), by=meeting.lead, at=meeting.at())

    seen = set()
    for _ in moves():
        fresh = BeautifulSoup(client.get(address, secure=True).text, "html.parser")
        fetched = client.get(address, secure=True, headers={"Fragment": "live"})
        parts = {own["id"]: part(str(own)) for own in BeautifulSoup(fetched.text, "html.parser").select("live-part")}
        assert parts == {own["id"]: part(str(own)) for own in fresh.select("live-part")}
        assert list(parts) == ["now", "write", "weave"]
        assert "<html" not in fetched.text
        seen.add(str(parts))
    assert len(seen) == 5


def test_before_a_meeting_is_ended_it_is_asked_once_more_with_what_stays_open(meeting):
    client, address = factories.sit(meeting.lead), f"/meetings/{meeting.meeting.pk}/ending/"
    accepted = meeting.say(meeting.child, "Kaverit tulivat meille.")
    meeting.say(meeting.mother, "Aamut sujuvat.")
    boards.nod(accepted, by=meeting.lead, at=meeting.at())

    page = client.get(address, secure=True)

    assert "Aamut sujuvat." in page.text
    assert "Kaverit tulivat meille." not in page.text
    assert meeting.the_meeting().held_at is None
    assert client.post(address, {"seen": page.context["seen"]}, secure=True).status_code == 302
    assert meeting.the_meeting().held_at is not None
    assert client.get(address, secure=True).headers["Location"] == meeting.matter.get_absolute_url()


def test_whoever_was_at_another_meeting_sees_nothing_of_this_one(cast):
    cast.to("planning")
    other = factories.Cast(cast.region)
    other.invited = cast.invited
    other.to("planning")
    assert {Board.objects.visible_to(cast.invited).count(), Plan.objects.visible_to(cast.invited).count()} == {2}

    Attendance.objects.filter(member=cast.professional).delete()

    assert Board.objects.visible_to(cast.invited).get() == other.board
    assert Plan.objects.visible_to(cast.invited).get() == other.the_plan


def test_whoever_the_people_do_not_want_along_any_more_sees_nothing_of_what_was_said(cast):
    cast.to("planning")
    Permission.objects.filter(member=cast.professional).update(withdrawn_at=cast.at(), withdrawn_by=cast.lead)

    assert not Board.objects.visible_to(cast.invited).exists()
    assert not Plan.objects.visible_to(cast.invited).exists()
    assert Attendance.objects.filter(member=cast.professional).exists()
