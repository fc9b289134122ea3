"""Rows of a plan: as many as a person says, none of them lost or written twice, and going on from former ones."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

import factories
from kudelma.board import actions as boards
from kudelma.core.errors import KeyReused, Refused, Stale
from kudelma.meetings.models import Attendance, Meeting, Sitting
from kudelma.plans import actions
from kudelma.plans.inputs import RowSaid
from kudelma.plans.models import Plan, PlanRow
from kudelma.plans.views import people_of
from live.test_operations import at_once, shared  # noqa: F401  a fixture


@pytest.fixture
def planning(cast):
    return cast.to("planning")


def change(cast, row, version, what, read=True):
    actions.change_row(row, version=version, values=RowSaid(what, read=read), by=cast.writer, at=cast.at())


def rows_of(cast, member):
    cast.open()
    people = people_of(Plan.objects.for_sheet().get(pk=cast.the_plan.pk))
    return [row.what for person in people if person["member"] == member for row in person["rows"]]


# ------------------------------------------------------------ several of a person


@pytest.mark.both
def test_a_person_says_as_much_as_they_want_and_it_stands_as_it_was_said(planning):
    planning.row(planning.child, "Menen pyörällä.")
    planning.row(planning.mother, "Olen kotona neljältä.")
    planning.row(planning.mother, "Annan puhelimen iltaisin pois.")

    said = ["Soitan kouluun.", "Olen kotona neljältä.", "Annan puhelimen iltaisin pois."]
    assert rows_of(planning, planning.mother) == said
    assert rows_of(planning, planning.child) == ["Menen pyörällä."]
    assert rows_of(planning, planning.professional) == []
    # By person: in which order people spoke can be read nowhere.
    assert list(PlanRow.objects.values_list("position", flat=True)) == [0, 1, 2, 0]


def test_every_row_of_everybody_stands_on_each_page_and_on_paper(planning):
    planning.row(planning.mother, "Olen kotona neljältä.")
    planning.row(planning.child, "Menen pyörällä.")
    planning.row(planning.child, "Kerron, jos en jaksa.")
    plan, own = planning.the_plan.get_absolute_url(), factories.sit(planning.mother.seat)
    every = ("Soitan kouluun.", "Olen kotona neljältä.", "Menen pyörällä.", "Kerron, jos en jaksa.")

    for client, page, texts in (
        (factories.sit(planning.lead), plan, every),
        (factories.sit(planning.invited), plan, every),
        (own, "/own/plan/", every),
        (own, "/own/", every[:2]),
    ):
        shown = client.get(page, secure=True).text
        assert [text for text in every if text in shown] == list(texts), page


def test_pressing_twice_adds_once(planning):
    key = uuid4()
    first, again = (planning.row(planning.mother, "Olen kotona neljältä.", idempotency_key=key) for _ in range(2))

    assert first == again
    assert rows_of(planning, planning.mother) == ["Soitan kouluun.", "Olen kotona neljältä."]


def test_a_key_makes_one_row_and_no_other(planning):
    row = planning.the_row
    former = PlanRow(matter=planning.matter, plan=planning.the_plan, member=planning.child, position=0, by=row.by)
    former.save(force_insert=True)
    for other in (
        (planning.mother, "Jotain muuta.", {}),
        (planning.child, "Soitan kouluun.", {}),
        (planning.mother, "Soitan kouluun.", {"continues": former}),
    ):
        with pytest.raises(KeyReused):
            planning.row(other[0], other[1], idempotency_key=row.pk, **other[2])

    assert planning.row(planning.mother, "Soitan kouluun.", idempotency_key=row.pk) == row
    assert rows_of(planning, planning.mother) == ["Soitan kouluun."]


def test_the_second_press_comes_after_the_end_and_finds_its_row(cast):
    cast.to("following")

    assert cast.row(cast.mother, "Soitan kouluun.", idempotency_key=cast.the_row.pk) == cast.the_row
    with pytest.raises(Refused):
        cast.row(cast.mother, "Soitan kouluun.")


def test_what_was_typed_under_a_used_key_is_asked_about_and_not_lost(planning):
    client = factories.sit(planning.writer)
    page = f"/plans/{planning.the_plan.pk}/rows/{planning.mother.pk}/"
    key = str(uuid4())

    answers = [
        client.post(page, {"what": what, "idempotency_key": key}, secure=True)
        for what in ("Olen kotona.", "Olen kotona.", "Olen töissä.")
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "Olen töissä." in answers[-1].text
    assert rows_of(planning, planning.mother) == ["Soitan kouluun.", "Olen kotona."]


@pytest.mark.both
def test_no_place_is_taken_twice(planning):
    row = PlanRow(
        matter=planning.matter, plan=planning.the_plan, member=planning.mother, position=0, by=planning.writer
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


# ------------------------------------------------------------ corrected and taken back


def test_the_second_who_corrects_sees_both(planning):
    change(planning, planning.the_row, 1, "Muutettu")
    with pytest.raises(Stale) as stale:
        change(planning, planning.the_row, 1, "Vanhasta")

    assert stale.value.now["what"] == "Muutettu"
    assert rows_of(planning, planning.mother) == ["Muutettu"]


def test_one_row_is_corrected_and_the_others_stay(planning):
    second = planning.row(planning.mother, "Olen kotona neljältä.")
    client = factories.sit(planning.writer)
    page = f"/plans/{planning.the_plan.pk}/rows/{second.pk}/correcting/"

    shown = client.get(page, secure=True)
    assert "Olen kotona neljältä." in shown.text
    assert "Soitan kouluun." not in shown.text
    answer = client.post(page, {"what": "Olen kotona viideltä.", "version": "1"}, secure=True)

    assert answer.status_code == 302
    assert rows_of(planning, planning.mother) == ["Soitan kouluun.", "Olen kotona viideltä."]


def test_a_row_that_is_taken_back_is_gone_and_can_be_corrected_no_more(planning):
    client = factories.sit(planning.writer)
    second = planning.row(planning.mother, "Olen kotona neljältä.")
    page = f"/plans/{planning.the_plan.pk}/rows/{second.pk}/taking-back/"

    answers = [client.post(page, secure=True) for _ in range(2)]

    assert [answer.headers.get("Location") for answer in answers] == [planning.the_plan.get_absolute_url()] * 2
    assert rows_of(planning, planning.mother) == ["Soitan kouluun."]
    with pytest.raises(Refused):
        change(planning, second, 1, "Olen sittenkin.")
    third = planning.row(planning.mother, "Tulen mukaan.")
    assert third.position == 1


def test_after_the_end_no_row_is_corrected_or_taken_back(cast):
    cast.to("following")
    with pytest.raises(Refused):
        change(cast, cast.the_row, 1, "Myöhässä")
    with pytest.raises(Refused):
        actions.take_back(cast.the_row, by=cast.writer, at=cast.at())

    assert rows_of(cast, cast.mother) == ["Soitan kouluun."]


def test_no_row_is_reached_through_the_plan_of_others(planning):
    other = factories.Cast(planning.region).to("planning")
    client = factories.sit(planning.writer)
    pages = [f"/plans/{planning.the_plan.pk}/rows/{row.pk}/correcting/" for row in (planning.the_row, other.the_row)]

    assert [client.get(page, secure=True).status_code for page in pages] == [200, 404]
    client.post(f"/plans/{planning.the_plan.pk}/rows/{other.the_row.pk}/taking-back/", secure=True)
    assert PlanRow.objects.filter(pk=other.the_row.pk).exists()


# ------------------------------------------------------------ from round to round


@pytest.fixture
def again(cast):
    """A second round of the same people, and its plan."""
    cast.to("following")
    cast.former = cast.the_row
    meeting = Meeting(
        matter=cast.matter, round=2, method=cast.matter.method, minutes=90, starts_at=cast.at(), chosen_at=cast.at(),
        chosen_by=cast.coordinator, opened_at=cast.at(), opened_by=cast.lead,
    )  # fmt: skip
    meeting.save(force_insert=True)
    days = {"starts_at": cast.at(), "minutes": 90, "began_at": cast.at(), "began_by": cast.lead}
    Sitting(matter=cast.matter, meeting=meeting, number=1, **days).save(force_insert=True)
    for member in (cast.mother, cast.child):
        Attendance(matter=cast.matter, meeting=meeting, member=member).save(force_insert=True)
    cast.the_plan = Plan(matter=cast.matter, region=cast.region, meeting=meeting, made_at=cast.at())
    cast.the_plan.save(force_insert=True)
    return cast


def test_a_row_goes_on_from_one_of_a_former_round(again):
    row = again.row(again.mother, "Soitan edelleen kouluun.", continues=again.former)

    assert PlanRow.objects.get(pk=row.pk).continues == again.former
    assert again.row(again.mother, "Uutta.").continues is None


def test_two_rows_may_go_on_from_one_and_whoever_comes_after_may_take_it_on(again):
    for member in (again.mother, again.child):
        again.row(member, "Jatkan.", continues=again.former)

    assert PlanRow.objects.filter(continues=again.former).count() == 2


def test_a_row_goes_on_from_nothing_else(again):
    same_round = again.row(again.mother, "Olen kotona.")
    other = factories.Cast(again.region).to("following")
    for row in (same_round, other.the_row):
        with pytest.raises(Refused):
            again.row(again.mother, "Jatkan.", continues=row)
    # Nor backwards: a plan that stands is no continuation of what came after it.
    Meeting.objects.filter(pk=again.meeting.pk).update(held_at=None, held_by=None)
    Sitting.objects.filter(meeting=again.meeting).update(ended_at=None, ended_by=None)
    again.the_plan = again.former.plan
    with pytest.raises(Refused):
        again.row(again.mother, "Jatkan.", continues=same_round)

    assert not PlanRow.objects.filter(continues__isnull=False).exists()


@pytest.mark.both
def test_a_row_stands_when_what_it_went_on_from_is_gone(again):
    row = again.row(again.mother, "Jatkan.", continues=again.former)

    PlanRow.objects.filter(pk=again.former.pk).delete()

    assert PlanRow.objects.get(pk=row.pk).continues is None


def test_what_was_let_go_stands_under_no_newer_plan(again):
    client = factories.sit(again.mother.seat)
    assert "Soitan kouluun." not in client.get("/own/", secure=True).text

    again.row(again.mother, "Olen kotona neljältä.")
    assert "Olen kotona neljältä." in client.get("/own/", secure=True).text


# ------------------------------------------------------------ at once


def kept():
    """(position of each row of the mother's, whether the meeting has ended), read as the writers do."""

    def look():
        rows = list(PlanRow.objects.values_list("position", flat=True))
        return rows, Meeting.objects.filter(held_at__isnull=False).exists()

    (seen,) = at_once([look])
    return seen


@pytest.fixture
def together(shared):  # noqa: F811
    """A meeting that several write at, with a plan."""

    def begin():
        shared.the_plan = actions.begin_plan(shared.the_meeting(), by=shared.writer, at=shared.at())

    at_once([begin])
    return shared


def adding(cast, **more):
    def add():
        cast.open()
        try:
            return cast.row(cast.mother, "Soitan kouluun.", **more).position
        except Refused:
            return "refused"

    return add


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_rows_added_at_once_all_stand_each_at_its_place(together):
    assert sorted(at_once([adding(together)] * 4)) == [0, 1, 2, 3]
    assert kept() == ([0, 1, 2, 3], False)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_one_row_sent_at_once_by_two_retries_is_added_once(together):
    assert at_once([adding(together, idempotency_key=uuid4())] * 4) == [0, 0, 0, 0]
    assert kept() == ([0], False)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_of_adding_and_ending_at_once_neither_is_lost_unsaid(together):
    def end():
        boards.end_meeting(together.the_meeting(), by=together.lead, at=together.at())

    added, _ = at_once([adding(together), end])

    assert kept() == ([0] if added == 0 else [], True)
