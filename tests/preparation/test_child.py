"""The child's own page: beside an adult, drawn or told, and shown to nobody beyond those whom the child lets."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

import factories
from again import fresh
from kudelma.core.errors import Refused
from kudelma.meetings.models import Attendance
from kudelma.members.actions import people
from kudelma.members.models import Member
from kudelma.preparation.actions import child
from kudelma.preparation.actions.preparation import name_preparer
from kudelma.preparation.forms.child import ChildForm, Drawing
from kudelma.preparation.inputs.child import ChildSaid
from kudelma.preparation.inputs.preparation import PreparerNamed
from kudelma.preparation.models import DRAWING_BYTES, ChildPage, Picture, points_of

LINES = [[[10, 10], [500, 300]], [[700, 200]]]
PAGE = {
    "beside": "Mummo", "wish": "drawing", "turn": "first", "words": "Koulussa on kivaa.", "pictures": "dog sun",
    "drawing": json.dumps(LINES), "shown_to": "leads", "leave_sign": "Nostan käden.", "leave_with": "Ritva",
}  # fmt: skip
TYPED = PAGE | {"pictures": ["dog", "sun"], "version": 0}


@pytest.fixture
def prepared(cast):
    return with_child(cast.to("preparing"))


def with_child(cast):
    Member.objects.filter(pk=cast.child.pk).update(is_child=True)
    cast.child = fresh(cast.child)
    return cast


def keep(cast, *, version=0, by=None, **values):
    child.keep_child_page(
        fresh(cast.child), version=version, values=ChildSaid(**PAGE | values), by=by or cast.lead, at=cast.at()
    )


def beside(cast, seat=None):
    return factories.sit(seat or cast.lead), f"/people/{cast.child.pk}/child/"


def at(member, level=2):
    seat = fresh(member).seat
    seat.level = level
    return seat


# ---------------------------------------------------------------- filling it in


def test_the_child_fills_it_in_on_the_own_device(prepared):
    client = factories.sit(prepared.child.seat, 2)

    answer = client.post("/own/child/", TYPED, secure=True)

    assert answer.headers["Location"] == "/own/"
    prepared.open()
    there = ChildPage.objects.get()
    assert {name: getattr(there, name) for name in PAGE} == PAGE | {"drawing": "[[[10,10],[500,300]],[[700,200]]]"}


def test_whoever_prepares_fills_it_in_with_the_child_beside(prepared):
    client, address = beside(prepared)

    assert client.post(address, TYPED, secure=True).status_code == 302

    assert ChildPage.objects.get().by == prepared.lead


def test_an_adult_beside_is_named_first(prepared):
    client, address = beside(prepared)

    refused = client.post(address, TYPED | {"beside": ""}, secure=True)
    with pytest.raises(Refused):
        keep(prepared, beside="")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildPage(
            matter=prepared.fresh(), member=prepared.child, shown_to="me", by=prepared.lead, at=prepared.at()
        ).save(force_insert=True)

    assert refused.status_code == 422
    assert "Koulussa on kivaa." in refused.text
    assert not ChildPage.objects.exists()
    first = BeautifulSoup(client.get(address, secure=True).text, "html.parser").select_one("main form .field input")
    assert first["name"] == "beside"


def test_a_grown_up_has_no_childs_page(prepared):
    assert factories.sit(prepared.mother.seat, 2).get("/own/child/", secure=True).status_code == 404
    assert beside(prepared)[0].get(f"/people/{prepared.mother.pk}/child/", secure=True).status_code == 404
    with pytest.raises(Refused):
        child.keep_child_page(
            fresh(prepared.mother), version=0, values=ChildSaid(**PAGE), by=prepared.lead, at=prepared.at()
        )
    assert factories.sit(prepared.child.seat, 2).get("/own/child/", secure=True).status_code == 200


def test_at_level_one_the_page_is_not_there_yet(prepared):
    keep(prepared)

    assert factories.sit(prepared.child.seat, 1).get("/own/child/", secure=True).status_code == 403


def test_it_works_with_words_and_pictures_alone(prepared):
    client, address = beside(prepared)
    page = BeautifulSoup(client.get(address, secure=True).text, "html.parser")

    client.post(address, TYPED | {"drawing": ""}, secure=True)

    assert [box["value"] for box in page.select("input[name=pictures]")] == [one.value for one in Picture]
    assert page.select_one(".pad").has_attr("hidden")
    prepared.open()
    assert ChildPage.objects.get().lines == []


# ---------------------------------------------------------------- shown as the child lets


def test_kept_to_oneself_it_is_seen_by_the_child_alone(prepared):
    keep(prepared, shown_to="me")
    client, address = beside(prepared)
    shown = f"/people/{prepared.child.pk}/child/shown/"

    page = client.get(address, secure=True)
    coordinator = factories.sit(prepared.coordinator)

    assert page.status_code == 200
    assert "Koulussa on kivaa." not in page.text
    assert "Elias pitää tämän sivun itsellään" in page.text
    assert [one.get(shown, secure=True).status_code for one in (client, coordinator)] == [404, 404]
    assert "Koulussa on kivaa." not in coordinator.get(address, secure=True).text
    assert "Koulussa on kivaa." in factories.sit(prepared.child.seat, 2).get("/own/child/", secure=True).text


def test_kept_to_oneself_it_is_changed_by_the_child_alone(prepared):
    keep(prepared, shown_to="me")
    client, address = beside(prepared)

    answer = client.post(address, TYPED | {"words": "Muuta.", "version": 1}, secure=True)
    with pytest.raises(Refused):
        keep(prepared, version=1, words="Muuta.")
    keep(prepared, version=1, words="Uutta.", by=fresh(prepared.child).seat)

    assert answer.status_code == 409
    prepared.open()
    assert ChildPage.objects.get().words == "Uutta."


@pytest.mark.parametrize(("shown_to", "sees"), [("leads", True), ("me", False)])
@pytest.mark.parametrize(
    ("method", "who"), [(factories.Cast, "orderer"), (factories.Chaired, "lead"), (factories.Chaired, "writer")]
)
def test_a_worker_who_prepares_or_chairs_sees_it_as_the_child_lets(region, method, who, shown_to, sees):
    cast = with_child(method(region).to("preparing"))
    if who == "orderer":
        values = PreparerNamed(cast.orderer, family_agreed=True)
        name_preparer(cast.fresh(), version=0, values=values, by=cast.coordinator, at=cast.at())
    keep(cast, shown_to=shown_to)
    client, address = beside(cast, getattr(cast, who))

    beside_the_child = client.get(address, secure=True)
    shown = client.get(f"{address}shown/", secure=True)

    assert ChildPage.objects.visible_to(getattr(cast, who)).exists() == sees
    assert (beside_the_child.status_code, shown.status_code) == (200, 200 if sees else 404)
    assert ["Koulussa on kivaa." in page.text for page in (beside_the_child, shown)] == [sees, sees]


def test_shown_to_those_who_lead_it_is_seen_by_them_and_the_coordinator(prepared):
    keep(prepared)
    shown = f"/people/{prepared.child.pk}/child/shown/"
    seats = {name: getattr(prepared, name) for name in ("coordinator", "lead", "writer", "invited", "orderer")}

    codes = {name: factories.sit(seat).get(shown, secure=True).status_code for name, seat in seats.items()}
    mother = factories.sit(prepared.mother.seat, 2).get(shown, secure=True)

    assert codes == {"coordinator": 200, "lead": 200, "writer": 200, "invited": 404, "orderer": 404}
    assert mother.status_code == 404
    text = factories.sit(prepared.lead).get(shown, secure=True).text
    assert "Koulussa on kivaa." in text
    assert 'points="10,10 500,300"' in text
    assert "Nostan käden." in text


@pytest.mark.complaint(29)
def test_shown_to_everybody_it_is_seen_by_those_who_were_there_once_people_have_met(cast):
    """And not before, and not by those who did not come."""
    with_child(cast.to("invited"))
    keep(cast, shown_to="everybody")
    assert not ChildPage.objects.visible_to(at(cast.mother)).exists()

    cast.meet()

    seen = {
        "mother": ChildPage.objects.visible_to(at(cast.mother)).exists(),
        "mother at 1": ChildPage.objects.visible_to(at(cast.mother, 1)).exists(),
        "invited": ChildPage.objects.visible_to(cast.invited).exists(),
        "grandmother, not there": ChildPage.objects.visible_to(at(cast.close_one)).exists(),
        "orderer": ChildPage.objects.visible_to(cast.orderer).exists(),
    }
    assert seen == {
        "mother": True, "mother at 1": False, "invited": True, "grandmother, not there": False, "orderer": False,
    }  # fmt: skip


def test_whoever_was_at_another_meeting_sees_no_childs_page_of_this_one(cast):
    with_child(cast.to("meeting"))
    keep(cast, shown_to="everybody")
    other = factories.Cast(cast.region)
    other.invited = cast.invited
    other.to("meeting")
    assert ChildPage.objects.visible_to(cast.invited).exists()

    Attendance.objects.filter(member=cast.professional).delete()

    assert not ChildPage.objects.visible_to(cast.invited).exists()


def test_everybody_sees_words_and_pictures_and_not_how_the_child_goes_out(cast):
    with_child(cast.to("meeting"))
    keep(cast, shown_to="everybody")
    client = factories.sit(cast.mother.seat, 2)

    text = client.get(f"/people/{cast.child.pk}/child/shown/", secure=True).text

    assert "Koulussa on kivaa." in text
    assert "Nostan käden." not in text
    assert f"/people/{cast.child.pk}/child/shown/" in client.get("/own/people/", secure=True).text


def test_somebody_not_wanted_any_more_sees_no_childs_page(cast):
    with_child(cast.to("meeting"))
    keep(cast, shown_to="everybody")
    assert ChildPage.objects.visible_to(at(cast.mother)).exists()

    people.withdraw_permission(fresh(cast.mother), by=cast.lead, at=cast.at())

    assert not ChildPage.objects.visible_to(at(cast.mother)).exists()


# ---------------------------------------------------------------- the drawing is numbers only


@pytest.mark.parametrize(
    "drawing",
    [
        "x", "{}", "[1]", "[[1]]", "[[[1]]]", "[[[1,2,3]]]", '[[["1",2]]]', "[[[1.5,2]]]", "[[[true,2]]]",
        "[[[-1,2]]]", "[[[1001,2]]]", "[[[1,701]]]", '[[["<script>",1]]]', "[" * 5000, "[[[NaN,1]]]",
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused_in_one_sentence(prepared, drawing):
    client, address = beside(prepared)

    answer = client.post(address, TYPED | {"drawing": drawing}, secure=True)

    assert answer.status_code == 422
    assert "Piirrosta ei voitu lukea." in answer.text
    assert "<script>" not in answer.text


def test_a_drawing_that_is_too_large_is_refused_and_the_largest_is_kept(prepared):
    client, address = beside(prepared)
    line = [[n % 1000, n % 700] for n in range(15_000)]
    assert 100_000 < len(json.dumps([line], separators=(",", ":"))) < DRAWING_BYTES

    refused = client.post(address, TYPED | {"drawing": json.dumps([line, line])}, secure=True)
    taken = client.post(address, TYPED | {"drawing": json.dumps([line], separators=(",", ":"))}, secure=True)

    assert (refused.status_code, taken.status_code) == (422, 302)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 700)).map(list), min_size=1, max_size=5), max_size=5
    )
)
def test_whatever_is_drawn_comes_back_the_same_and_is_shown_as_numbers(lines):
    kept = Drawing(required=False).clean(json.dumps(lines))

    assert (json.loads(kept) if kept else []) == lines
    assert all(set(points) <= set("0123456789, ") for points in points_of(lines))


def test_a_dot_is_drawn_too():
    assert points_of([[[5, 6]]]) == ["5,6 5,6"]


def test_both_drawings_stand_when_somebody_was_first(prepared):
    keep(prepared)
    client, address = beside(prepared)

    answer = client.post(address, TYPED | {"drawing": "[[[1,1],[2,2]]]"}, secure=True)

    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert page.select_one("input[name=drawing]")["value"] == "[[[1,1],[2,2]]]"
    assert [one["points"] for one in page.select(".now polyline")] == ["10,10 500,300", "700,200 700,200"]
    assert set(ChildForm.base_fields) == {*PAGE, "version"}
