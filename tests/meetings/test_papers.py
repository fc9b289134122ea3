"""What is printed before the meeting: to whom it may be, and what stands on the paper that is handed over."""

from uuid import uuid4

import pytest

import factories
from again import fresh
from kudelma.core.errors import Refused
from kudelma.core.sealed import closed_values
from kudelma.meetings import papers
from kudelma.meetings.actions import invitations
from kudelma.meetings.models import Invitation
from kudelma.members.actions import agreements, people
from kudelma.members.inputs.agreements import JudgementMade
from kudelma.members.models import Member
from kudelma.preparation.actions import preparation
from kudelma.preparation.inputs.preparation import GroundRules

PARTS = ["time", "theme", "people", "plan"]


@pytest.fixture
def invited(cast):
    """Everybody has been invited, the father too; then his right is limited."""
    cast.to("preparing")
    rules = GroundRules("Yksi puhuu kerrallaan.\nPidetään tauko.")
    preparation.prepare(cast.fresh(), version=1, values=rules, by=cast.lead, at=cast.at())
    cast.father = cast.add("own", "Mikko", "Saarela", relation="isä", answers_times=False)
    people.give_seat_in_matter(cast.father, by=cast.coordinator, at=cast.at())
    for act in (cast.ask_times, cast.choose, cast.invite):
        act()
    return cast


def limit(cast, *opens):
    agreements.limit_right(fresh(cast.father), by=cast.coordinator, at=cast.at())
    told = {"kind": "limited", "judged_by": "Liisa Laki", "why": "Käräjäoikeuden päätös."}
    told |= {f"opens_{part}": part in opens for part in PARTS}
    agreements.judge(
        fresh(cast.father), idempotency_key=uuid4(), values=JudgementMade(**told), by=cast.coordinator, at=cast.at()
    )


def paper(cast, monkeypatch):
    """What stands on the paper for the father, as it goes to be set."""
    told = []
    monkeypatch.setattr("kudelma.meetings.papers.paper.pdf", lambda name, data, language: told.append(data) or b"%PDF")
    address = f"/meetings/{cast.meeting.pk}/paper/{cast.father.pk}/"
    assert factories.sit(cast.lead).get(address, secure=True).status_code == 200
    return told[0]


@pytest.mark.parametrize("opens", [("time",), ("theme",), ("people",), ("plan",), tuple(PARTS)])
def test_the_paper_tells_what_was_judged_to_be_open_and_nothing_more(invited, monkeypatch, opens):
    limit(invited, *opens)

    told = paper(invited, monkeypatch)

    assert {
        "time": bool(told["facts"]),
        "theme": bool(told["theme"]),
        "people": bool(told["people"]) and bool(told["leads"]) and bool(told["note"]),
    } == {part: part in opens for part in ("time", "theme", "people")}
    assert ("Aino" in str(told)) == ("people" in opens)


def test_the_paper_tells_everything_to_somebody_whose_right_is_whole(invited, monkeypatch):
    told = paper(invited, monkeypatch)

    invited.open()
    assert "Kirjaston ryhmähuone" in str(told["facts"])
    assert {"Aino", "Mikko"} <= {one["name"] for one in told["people"]}
    assert [rule["text"] for rule in told["rules"]] == ["Yksi puhuu kerrallaan.", "Pidetään tauko."]


def test_the_paper_is_a_file_that_can_be_printed(invited):
    answer = factories.sit(invited.lead).get(f"/meetings/{invited.meeting.pk}/paper/{invited.father.pk}/", secure=True)

    assert answer.content.startswith(b"%PDF")


def letter(cast):
    found = Invitation.objects.select_related("meeting", "member__matter__region").get(member=cast.father)
    cast.open()
    return invitations.print_letter(found, by=cast.coordinator, at=cast.at())


def test_no_letter_is_printed_for_somebody_to_whom_the_time_is_closed(invited):
    limit(invited, "theme", "people", "plan")

    with pytest.raises(Refused, match="aikaa"):
        letter(invited)

    assert Invitation.objects.get(member=invited.father).told == "phone"


def test_a_letter_is_printed_for_somebody_to_whom_the_time_is_open(invited):
    limit(invited, "time")

    assert len(letter(invited)) == 10


@pytest.mark.parametrize(("opens", "buttons"), [(["theme"], 0), (["time"], 1)])
def test_the_button_for_a_letter_stands_where_one_may_be_printed(invited, opens, buttons):
    limit(invited, *opens)
    found = Invitation.objects.get(member=invited.father)

    page = factories.sit(invited.coordinator).get(f"/meetings/{invited.meeting.pk}/invitations/", secure=True).text

    assert page.count(f"/invitations/{found.pk}/letter/") == buttons


@pytest.mark.parametrize(("opens", "status"), [(["theme"], 404), (["time"], 200)])
def test_the_calendar_of_ones_own_is_there_when_the_time_is_open(invited, opens, status):
    limit(invited, *opens)
    people.give_seat_in_matter(fresh(invited.father), by=invited.coordinator, at=invited.at())

    client = factories.sit(fresh(invited.father).seat, 2)

    assert client.get("/own/calendar/", secure=True).status_code == status


def test_a_protected_address_is_on_no_letter(invited):
    shown = Member.objects.filter(pk=invited.mother.pk)
    shown.update(**closed_values(invited.mother, {"postal": "Salapolku 1\n00100 Helsinki"}))
    found = [papers.letter_data(invited.the_meeting(), shown.get(), "BCDFG23456", "")["addressee"]]
    shown.update(**closed_values(invited.mother, {"protected": "yes", "postal": ""}))
    found.append(papers.letter_data(invited.the_meeting(), shown.get(), "BCDFG23456", "")["addressee"])

    assert found == [["Aino Saarela", "Salapolku 1", "00100 Helsinki"], []]
