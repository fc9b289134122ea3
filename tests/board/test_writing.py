"""Writing on the board: a line lands where it was begun, and nothing that stands half written is lost."""

from uuid import UUID, uuid4

import pytest

import factories
from board.turns import turn
from kudelma.board import actions as boards
from kudelma.board.models import Board, Line
from kudelma.plans.models import Plan


@pytest.fixture
def meeting(cast):
    return cast.to("meeting")


def written(meeting, member):
    """The board as the writer has it open while it is this one's turn, and the form that stands there."""
    turn(meeting, member)
    page = factories.sit(meeting.writer).get(f"/meetings/{meeting.meeting.pk}/board/", secure=True)
    return {"cell": page.context["form"]["cell"].value(), "text": "Aamut sujuvat.", "idempotency_key": str(uuid4())}


def save(meeting, form):
    return factories.sit(meeting.writer).post(f"/meetings/{meeting.meeting.pk}/lines/", form, secure=True)


def test_a_line_lands_with_the_one_whose_words_the_form_took_whoevers_turn_it_is_by_now(meeting):
    form = written(meeting, meeting.mother)
    turn(meeting, meeting.child)

    assert save(meeting, form).status_code == 302

    assert Line.objects.get().voice.member == meeting.mother
    assert save(meeting, written(meeting, meeting.child)).status_code == 302
    assert set(Line.objects.values_list("voice__member", flat=True)) == {meeting.mother.pk, meeting.child.pk}


def test_the_form_says_whose_words_it_takes(meeting):
    turn(meeting, meeting.mother)
    address = f"/meetings/{meeting.meeting.pk}/board/"

    assert "Kirjaa, mitä Aino sanoo" in factories.sit(meeting.writer).get(address, secure=True).text

    Board.objects.update(voice=None, asked=None)
    assert "Kirjaa, mitä" not in factories.sit(meeting.writer).get(address, secure=True).text


@pytest.mark.parametrize("cell", ["", "x", "x:y", f"{UUID(int=7)}:1"])
def test_without_anybody_whose_words_they_are_they_stay_and_the_next_press_saves_them(meeting, cell):
    form = written(meeting, meeting.mother) | {"cell": cell}

    answer = save(meeting, form)

    assert (answer.status_code, Line.objects.count()) == (422, 0)
    assert "Aamut sujuvat." in answer.text
    again = form | {"cell": answer.context["form"]["cell"].value()}
    assert save(meeting, again).status_code == 302
    assert Line.objects.get().voice.member == meeting.mother


@pytest.mark.parametrize("cell", [True, False])
def test_what_was_written_while_the_meeting_ended_comes_back(meeting, cell):
    form = written(meeting, meeting.mother)
    boards.end_meeting(meeting.the_meeting(), by=meeting.lead, at=meeting.at())

    answer = save(meeting, form if cell else form | {"cell": ""})

    assert answer.status_code in {409, 422}
    assert "Aamut sujuvat." in answer.text
    assert f">{form['cell']}<" not in answer.text  # nobody reads an id
    assert not Line.objects.exists()


def next_turn(meeting, form, member):
    to = f"{meeting.voices[member.pk].pk}:{meeting.questions[0].pk}"
    return factories.sit(meeting.lead).post(f"/meetings/{meeting.meeting.pk}/turn/", form | {"turn": to}, secure=True)


def test_what_stands_half_written_is_saved_where_it_was_begun_before_the_turn_moves(meeting):
    form = written(meeting, meeting.mother)

    assert [next_turn(meeting, form, meeting.child).status_code for _ in range(2)] == [302, 302]

    assert Line.objects.get().voice.member == meeting.mother
    assert Board.objects.get().voice.member == meeting.child
    assert next_turn(meeting, written(meeting, meeting.child) | {"text": " "}, meeting.mother).status_code == 302
    assert (Line.objects.count(), Board.objects.get().voice.member) == (1, meeting.mother)


def test_what_cannot_be_saved_keeps_the_turn_where_it_is(meeting):
    form = written(meeting, meeting.mother) | {"text": "x" * 601}

    answer = next_turn(meeting, form, meeting.child)

    assert answer.status_code == 422
    assert "x" * 601 in answer.text
    assert Board.objects.get().voice.member == meeting.mother


def test_another_line_under_a_used_key_is_asked_about_and_not_lost(meeting):
    client = factories.sit(meeting.writer)
    form, address = written(meeting, meeting.mother), f"/meetings/{meeting.meeting.pk}/lines/"

    first = [client.post(address, form, secure=True) for _ in range(2)]
    other = client.post(address, form | {"text": "Illatkin sujuvat."}, secure=True)
    key = other.context["form"]["idempotency_key"].value()
    again = client.post(address, form | {"text": "Illatkin sujuvat.", "idempotency_key": key}, secure=True)

    assert [answer.status_code for answer in (*first, other, again)] == [302, 302, 422, 302]
    assert "Illatkin sujuvat." in other.content.decode()
    assert Line.objects.count() == 2


@pytest.mark.parametrize("press", ["nod", "taking-back", "onwards", "gone"])
def test_whatever_is_pressed_on_the_board_what_stands_half_written_is_saved_where_it_was_begun(meeting, press):
    line, form = meeting.say(meeting.child, "Kaverit tulivat meille."), written(meeting, meeting.mother)
    to = {"nod": f"/lines/{line.pk}/nod/", "taking-back": f"/lines/{line.pk}/taking-back/"}
    to |= {"onwards": f"/meetings/{meeting.meeting.pk}/onwards/", "gone": f"/lines/{uuid4()}/nod/"}
    turn(meeting, meeting.child)

    answer = factories.sit(meeting.writer).post(
        to[press], form | {"meeting": str(meeting.meeting.pk)}, secure=True, follow=True
    )

    assert answer.status_code == 200
    assert Line.objects.filter(voice__member=meeting.mother).count() == 1
    assert Line.objects.filter(pk=line.pk).exists() is (press != "taking-back")
    assert Line.objects.filter(pk=line.pk, nodded=True).exists() is (press == "nod")
    assert Plan.objects.exists() is (press == "onwards")


@pytest.mark.parametrize("press", ["nod", "taking-back", "onwards"])
def test_what_cannot_be_saved_stops_every_press(meeting, press):
    line = meeting.say(meeting.child, "Kaverit tulivat meille.")
    form = written(meeting, meeting.mother) | {"text": "x" * 601, "meeting": str(meeting.meeting.pk)}
    to = f"/meetings/{meeting.meeting.pk}/onwards/" if press == "onwards" else f"/lines/{line.pk}/{press}/"

    answer = factories.sit(meeting.writer).post(to, form, secure=True)

    assert (answer.status_code, "x" * 601 in answer.text) == (422, True)
    assert Line.objects.get().nodded is False
    assert not Plan.objects.exists()
