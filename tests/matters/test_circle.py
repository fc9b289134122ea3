"""The circle: picture and list are one, every move is kept with its way back, and the middle belongs to nobody."""

import json
import shutil
import subprocess
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
import kudelma
from kudelma.core.errors import Refused, Stale
from kudelma.matters import geometry
from kudelma.matters.actions import circle, people
from kudelma.matters.circle import draw, wrapped
from kudelma.matters.geometry import Point, Ring, Way
from kudelma.matters.models import Change, Move, Spot, Tie
from kudelma.trust.models import Entry

MORNINGS = {"kind": "day", "name": "aamut", "note": "pyörällä kouluun", "x": 500, "y": 390}
SCRIPTS = Path(kudelma.__file__).parent / "matters/static/matters/js"


@pytest.fixture
def prepared(cast):
    cast.to("preparing").open()
    return cast


def add(cast, key=None, by=None, **values):
    return circle.add_thing(
        cast.fresh(), key=key or uuid4(), values=MORNINGS | values, by=by or cast.lead, at=cast.at()
    )


def move(cast, spot, x, y, *, version=0, key=None, by=None):
    return circle.move_spot(
        cast.fresh(), spot.pk, to=(x, y), version=version, key=key or uuid4(), by=by or cast.lead, at=cast.at()
    )


def tie(cast, one, other, by=None):
    circle.tie(cast.fresh(), one.pk, other.pk, by=by or cast.lead, at=cast.at())


def undo(cast, by=None):
    return walk(cast, circle.undo, "undo", by)


def redo(cast, by=None):
    return walk(cast, circle.redo, "redo", by)


def walk(cast, act, which, by):
    by = by or cast.lead
    found = getattr(drawn(cast, by), which)
    return act(cast.fresh(), found.pk if found else uuid4(), by=by, at=cast.at())


def drawn(cast, actor=None):
    cast.open()
    return draw(cast.fresh(), actor or cast.lead)


def at(cast, spot):
    return drawn(cast).find(spot.pk).at


def address(cast, name="circle", *more):
    from django.urls import reverse

    return reverse(f"matters:{name}", args=[cast.matter.pk, *more])


# ---------------------------------------------------------------- where people stand


def test_everybody_has_a_place_before_anybody_has_drawn(prepared):
    rings = {one.name: one.ring for one in drawn(prepared).figures}

    assert rings == {
        "Aino": Ring.PEOPLE, "Elias": Ring.PEOPLE, "Ritva": Ring.CLOSE,
        prepared.invited.account.first_name: Ring.SERVICES,
    }  # fmt: skip
    assert Spot.objects.count() == 0


def test_nobody_stands_in_the_middle_by_themselves():
    """Principle 6: everyday life is the centre, never a person."""
    places = {geometry.default_place(side, index) for side in geometry.TRACKS for index in range(40)}

    assert Ring.EVERYDAY not in {geometry.ring_of(*place) for place in places}
    assert geometry.ring_of(500, 500) == Ring.EVERYDAY


@pytest.mark.parametrize(("side", "ring"), [("own", "people"), ("close", "close"), ("professional", "services")])
def test_a_side_stands_on_its_own_ring_however_many_they_are(side, ring):
    assert {geometry.ring_of(*geometry.default_place(side, index)) for index in range(40)} == {ring}


def test_no_shape_meets_another_before_anybody_has_drawn():
    places = [geometry.default_place(side, index) for side in geometry.TRACKS for index in range(40)]

    assert len(set(places)) == 120
    assert min(hypot(one.x - other.x, one.y - other.y) for one, other in combinations(places, 2)) >= geometry.SHAPE


def test_a_few_are_spread_around_the_ring():
    turns = [Point(*geometry.default_place("professional", index)) for index in range(4)]

    assert all(hypot(one.x - other.x, one.y - other.y) > 400 for one, other in combinations(turns, 2))


def test_a_place_does_not_change_when_more_people_come(prepared):
    before = {one.pk: one.at for one in drawn(prepared).figures}

    prepared.add("own", "Mikko", "Saarela")
    prepared.add("professional", "Jari", "")

    after = {one.pk: one.at for one in drawn(prepared).figures}
    assert {pk: after[pk] for pk in before} == before
    assert len(after) == len(before) + 2


def test_things_find_a_free_place_in_the_middle():
    taken = []
    for _ in range(8):
        taken.append(geometry.free_place(taken))

    assert {geometry.ring_of(*place) for place in taken} == {Ring.EVERYDAY}
    assert all(abs(a.x - b.x) > 140 or abs(a.y - b.y) > 50 for a, b in combinations(taken, 2))


@pytest.mark.parametrize(
    ("way", "ring"), [(Way.NEARER, Ring.PEOPLE), (Way.FARTHER, Ring.SERVICES), (Way.CLOCKWISE, Ring.CLOSE)]
)
def test_a_step_leads_to_the_next_ring_or_along_the_same(way, ring):
    start = Point(500, 190)

    to = geometry.stepped(start, way, [])

    assert (geometry.ring_of(*to), to == start) == (ring, False)


def test_a_step_does_not_end_on_somebody_else():
    start, taken = Point(500, 190), [geometry.stepped(Point(500, 190), Way.NEARER, [])]

    to = geometry.stepped(start, Way.NEARER, taken)

    assert hypot(to.x - taken[0].x, to.y - taken[0].y) >= geometry.SHAPE


def test_clockwise_goes_to_the_right_of_the_top_and_anticlockwise_comes_back():
    there = geometry.stepped(Point(500, 190), Way.CLOCKWISE, [])

    assert there.x > 500
    assert geometry.stepped(there, Way.ANTICLOCKWISE, []) == Point(500, 190)


@pytest.mark.skipif(shutil.which("node") is None, reason="the browser's journey asks the same of the browser")
@given(
    points=st.lists(st.tuples(st.integers(-200, 1300), st.integers(-200, 1300)), min_size=2, max_size=40),
)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_script_reckons_as_the_server_does(points):
    asked = f"""
      import {{ clamped, thread }} from "{SCRIPTS.as_uri()}/circle-geometry.js"
      const points = {json.dumps(points)}.map(([x, y]) => clamped({{ x, y }}))
      const threads = points.slice(1).map((point, number) => thread(points[number], point))
      console.log(JSON.stringify([points.map(({{ x, y }}) => [x, y]), threads]))"""
    told = subprocess.run(
        ["node", "--input-type=module"], input=asked, capture_output=True, text=True, check=True
    ).stdout

    mine = [geometry.clamped(x, y) for x, y in points]
    threads = [geometry.thread(one, other) for one, other in pairwise(mine)]
    assert json.loads(told) == [[list(one) for one in mine], threads]


# ---------------------------------------------------------------- moves and their way back


def test_a_move_is_kept_with_its_number_and_what_it_was_before(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 320, 300, version=1)

    kept = Move.objects.values_list("number", "kind", "x_before", "y_before", "x_after", "y_after", "by")
    assert list(kept) == [
        (1, Change.MOVED, None, None, 300, 300, prepared.lead.pk),
        (2, Change.MOVED, 300, 300, 320, 300, prepared.lead.pk),
    ]
    assert at(prepared, prepared.mother) == (320, 300)


def test_a_move_sent_twice_moves_once(prepared):
    key = uuid4()
    for x in (300, 310):
        move(prepared, prepared.mother, x, 300, key=key)

    assert (Move.objects.count(), at(prepared, prepared.mother)) == (1, (300, 300))


def test_a_place_that_is_had_already_is_no_move(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 300, 300, version=1)

    assert Move.objects.count() == 1


def test_undoing_walks_back_to_the_beginning_and_doing_again_to_the_end(prepared):
    """Peers complaint 57: nothing vanishes without a way back."""
    start = at(prepared, prepared.mother)
    thing = add(prepared)
    move(prepared, prepared.mother, 300, 300)
    tie(prepared, prepared.mother, thing)
    circle.name_thing(
        Spot.objects.get(pk=thing.pk),
        version=0,
        values={"name": "illat", "note": ""},
        by=prepared.lead,
        at=prepared.at(),
    )
    circle.remove_thing(Spot.objects.get(pk=thing.pk), by=prepared.lead, at=prepared.at())
    seen = [shape(prepared)]

    for _ in range(5):
        assert undo(prepared)
        seen.append(shape(prepared))

    assert (at(prepared, prepared.mother), drawn(prepared).find(thing.pk)) == (start, None)
    assert drawn(prepared).undo is None
    for before in reversed(seen[:-1]):
        assert redo(prepared)
        assert shape(prepared) == before
    assert drawn(prepared).redo is None


def shape(cast):
    """All that is drawn, without versions."""
    drawing = drawn(cast)
    figures = {one.pk: (one.name, one.what, one.at, {other.pk for other in one.ties}) for one in drawing.figures}
    return figures, {(one["one"], one["other"], one["path"]) for one in drawing.threads}


def test_a_thing_that_comes_back_has_its_ties(prepared):
    thing = add(prepared)
    tie(prepared, prepared.mother, thing)
    circle.remove_thing(thing, by=prepared.lead, at=prepared.at())
    assert drawn(prepared).threads == []

    undo(prepared)

    assert [one.name for one in drawn(prepared).find(prepared.mother.pk).ties] == ["aamut"]


def test_after_something_new_nothing_is_done_again(prepared):
    move(prepared, prepared.mother, 300, 300)
    undo(prepared)
    move(prepared, prepared.child, 700, 300)

    assert drawn(prepared).redo is None


def test_pressing_undo_twice_takes_one_move_back(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 320, 300, version=1)
    last = Move.objects.get(number=2)
    for _ in range(2):
        circle.undo(prepared.fresh(), last.pk, by=prepared.lead, at=prepared.at())

    assert at(prepared, prepared.mother) == (300, 300)


def test_one_takes_back_only_what_one_has_drawn(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.child, 700, 300, by=prepared.coordinator)

    undo(prepared, by=prepared.coordinator)
    undo(prepared, by=prepared.coordinator)

    assert at(prepared, prepared.mother) == (300, 300)
    assert at(prepared, prepared.child) == geometry.default_place("own", 1)


def test_undoing_leaves_what_another_has_moved_since(prepared):
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.mother, 400, 300, version=1, by=prepared.coordinator)

    assert undo(prepared) is False
    assert at(prepared, prepared.mother) == (400, 300)
    assert undo(prepared, by=prepared.coordinator) is True
    assert at(prepared, prepared.mother) == (300, 300)


def test_when_two_move_the_same_the_later_place_holds_and_it_is_told(prepared):
    assert move(prepared, prepared.mother, 300, 300) is True

    assert move(prepared, prepared.mother, 400, 300, by=prepared.coordinator) is False
    assert at(prepared, prepared.mother) == (400, 300)


# ---------------------------------------------------------------- ties and things


def test_a_tie_is_one_whichever_end_it_is_drawn_from(prepared):
    tie(prepared, prepared.mother, prepared.close_one)
    tie(prepared, prepared.close_one, prepared.mother)

    assert (Tie.objects.count(), Move.objects.count()) == (1, 1)


def test_the_database_refuses_a_second_tie_between_two(prepared):
    tie(prepared, prepared.mother, prepared.close_one)
    (there,) = Tie.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        Tie(matter=prepared.matter, one=there.one, other=there.other, by=prepared.lead).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie(matter=prepared.matter, one=there.other, other=there.one, by=prepared.lead).save()


def test_nobody_is_tied_to_themselves(prepared):
    with pytest.raises(Refused):
        tie(prepared, prepared.mother, prepared.mother)


def test_a_tie_is_taken_away_and_comes_back(prepared):
    tie(prepared, prepared.mother, prepared.close_one)

    circle.untie(prepared.fresh(), prepared.close_one.pk, prepared.mother.pk, by=prepared.lead, at=prepared.at())
    assert drawn(prepared).threads == []
    undo(prepared)

    assert len(drawn(prepared).threads) == 1


def test_pressing_twice_adds_a_thing_once(prepared):
    key = uuid4()
    for _ in range(2):
        add(prepared, key=key)

    assert (Spot.objects.count(), Move.objects.count()) == (1, 1)


def test_a_person_is_not_taken_away(prepared):
    move(prepared, prepared.mother, 300, 300)

    with pytest.raises(Refused):
        circle.remove_thing(Spot.objects.get(pk=prepared.mother.pk), by=prepared.lead, at=prepared.at())
    assert drawn(prepared).find(prepared.mother.pk) is not None


def test_a_name_that_somebody_changed_first_is_told(prepared):
    thing = add(prepared)
    move(prepared, thing, 500, 500)

    with pytest.raises(Stale) as stale:
        circle.name_thing(thing, version=0, values={"name": "illat", "note": ""}, by=prepared.lead, at=prepared.at())
    assert stale.value.now == {"name": "aamut", "note": "pyörällä kouluun", "version": 1}


@pytest.mark.parametrize("act", ["add", "move", "tie", "undo"])
def test_a_closed_matter_is_not_drawn_on(cast, act):
    cast.to("following").open()
    move(cast, cast.mother, 300, 300)
    cast.close()
    acts = {
        "add": lambda: add(cast),
        "move": lambda: move(cast, cast.mother, 310, 300),
        "tie": lambda: tie(cast, cast.mother, cast.child),
        "undo": lambda: undo(cast),
    }

    with pytest.raises(Refused):
        acts[act]()
    assert Move.objects.filter(undone_at=None).count() == 1


def test_a_spot_of_another_matter_cannot_be_tied(prepared, region):
    other = factories.Cast(region).to("preparing")

    with pytest.raises(Refused):
        tie(prepared, prepared.mother, other.mother)


# ---------------------------------------------------------------- picture and list are always equal


def picture_of(page):
    spots = {
        one["id"].removeprefix("spot-"): (
            Point(int(one["data-x"]), int(one["data-y"])),
            one["data-told"].split(", ")[0],
        )
        for one in page.select(".spot")
    }
    return spots, both_ways((one["data-one"], one["data-other"]) for one in page.select(".tie"))


def both_ways(pairs):
    """A tie is told at both of its ends."""
    return {pair for one, other in pairs for pair in ((one, other), (other, one))}


def list_of(page):
    """{id: (ring, name)} and the ties, as the list tells them."""
    spots, ties = {}, set()
    for heading in page.select(".circle-list h3"):
        for one in heading.find_next_sibling("ul").select("li[data-spot]"):
            spots[one["data-spot"]] = (heading["data-ring"], one.select_one(".name").get_text())
            ties |= {(one["data-spot"], tied["data-tied"]) for tied in one.select("[data-tied]")}
    return spots, ties


def faults(page, cast):
    """What the picture, the list and the database tell differently."""
    (spots, threads), (listed, ties) = picture_of(page), list_of(page)
    stands = {pk: (geometry.ring_of(*place).value, name) for pk, (place, name) in spots.items()}
    there = Tie.objects.filter(one__removed_at=None, other__removed_at=None).values_list("one", "other")
    kept = both_ways((str(one), str(other)) for one, other in there)
    places = {
        str(spot.pk): Point(spot.x, spot.y)
        for spot in Spot.objects.present().filter(matter=cast.matter)
        if spot.x is not None
    }
    found = [] if stands == listed else [f"spots: {stands} and {listed}"]
    found += [] if threads == ties == kept else [f"ties: {threads}, {ties} and {kept}"]
    return found + [pk for pk, place in places.items() if spots[pk][0] != place]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("step"), st.integers(0, 9), st.sampled_from(Way.values)),
        st.tuples(st.just("drag"), st.integers(0, 9), st.tuples(st.integers(0, 1000), st.integers(0, 1000))),
        st.tuples(st.sampled_from(["tie", "untie"]), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.sampled_from(["add", "remove", "undo", "redo"]), st.integers(0, 9), st.none()),
    ),
    max_size=8,
)


@given(acts=ACTS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_picture_and_list_are_equal_after_whatever_was_pressed(prepared, acts):
    client = factories.sit(prepared.lead)
    with transaction.atomic():
        add(prepared)
        for act, which, what in acts:
            press(client, prepared, act, which, what)
        page = BeautifulSoup(client.get(address(prepared), secure=True).text, "html.parser")

        assert faults(page, prepared) == []
        assert len(page.select(".spot")) >= 4
        transaction.set_rollback(True)


def press(client, cast, act, which, what):
    """One press on the page as it stands: which spot, and what is sent along."""
    page = BeautifulSoup(client.get(address(cast), secure=True).text, "html.parser")
    ids = [one["data-spot"] for one in page.select("[data-spot]")]
    spot = UUID(ids[which % len(ids)])
    version = page.select_one(f"#move-{spot} [name=version]")["value"]
    if act in {"step", "drag"}:
        where = {"way": what} if act == "step" else {"x": what[0], "y": what[1]}
        client.post(address(cast, "place-spot", spot), {"key": uuid4(), "version": version, **where}, secure=True)
    elif act in {"tie", "untie"}:
        name = "ties" if act == "tie" else "untie"
        client.post(address(cast, name, spot), {"other": ids[what % len(ids)]}, secure=True)
    elif act == "add":
        client.post(
            address(cast, "new-thing"), {"key": uuid4(), "kind": "place", "name": f"paikka {which}"}, secure=True
        )
    elif act == "remove":
        client.post(address(cast, "remove-thing", spot), secure=True)
    elif button := page.select_one(f"#{act} [name=move]"):
        client.post(address(cast, f"{act}-move"), {"move": button["value"]}, secure=True)


def test_the_comparison_finds_a_list_that_tells_something_else(prepared):
    tie(prepared, prepared.mother, prepared.child)
    page = BeautifulSoup(factories.sit(prepared.lead).get(address(prepared), secure=True).text, "html.parser")
    assert faults(page, prepared) == []

    page.select_one("[data-tied]").decompose()
    page.select_one(".spot")["data-x"] = "960"

    assert len(faults(page, prepared)) == 2


# ---------------------------------------------------------------- the pages


def test_the_page_tells_everybody_in_words_and_shapes(prepared):
    people.withdraw_permission(prepared.close_one, by=prepared.lead, at=prepared.at())
    add(prepared)

    page = BeautifulSoup(factories.sit(prepared.lead).get(address(prepared), secure=True).text, "html.parser")

    told = {one["data-told"]: one.select_one(".shape, .ground").name for one in page.select(".spot")}
    assert told == {
        "aamut, pyörällä kouluun, päivä tai hetki, arki": "rect",
        "Aino, äiti, perhe, arjen ihmiset": "circle",
        "Elias, perhe, arjen ihmiset": "circle",
        "Ritva, mummo, läheiset, ei vielä sovittu": "circle",
        f"{prepared.invited.account.first_name}, terveydenhoitaja, ammattilaiset, palvelut": "rect",
    }
    assert len(page.select(".spot[data-open]")) == 1
    assert page.select_one(".circle-picture title").get_text() == "Arki ja ihmiset siinä"
    assert page.select("[style]") == []


def test_forty_people_are_drawn_in_few_queries(prepared):
    for number in range(36):
        prepared.add(["own", "close", "professional"][number % 3], f"Nimi {number}", "")
    client = factories.sit(prepared.lead)

    with CaptureQueriesContext(connection) as asked:
        page = BeautifulSoup(client.get(address(prepared), secure=True).text, "html.parser")

    asking = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(page.select(".spot")) == 40
    assert len(asking) <= 12, "\n".join(asking)


def test_a_step_by_form_opens_the_list_where_it_was_and_says_that_it_is_saved(prepared):
    client = factories.sit(prepared.lead)
    sent = {"key": uuid4(), "version": 0, "way": "farther"}

    answer = client.post(address(prepared, "place-spot", prepared.mother.pk), sent, follow=True, secure=True)

    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one(".notice").get_text() == "Tallennettu."
    assert [one["id"] for one in page.select("details[open]")] == [f"open-{prepared.mother.pk}"]
    assert drawn(prepared).find(prepared.mother.pk).ring == Ring.CLOSE


def test_a_script_gets_the_part_that_changes_with_what_is_said(prepared):
    client = factories.sit(prepared.lead)
    sent = {"key": uuid4(), "version": 7, "x": 300, "y": 300}
    move(prepared, prepared.mother, 400, 300, by=prepared.coordinator)

    answers = [
        client.post(
            address(prepared, "place-spot", prepared.mother.pk), sent | {"key": uuid4(), "version": version},
            follow=True, secure=True, headers={"Fragment": "circle"},
        )
        for version in (0, 2)
    ]  # fmt: skip

    parts = [BeautifulSoup(answer.text, "html.parser") for answer in answers]
    assert [part.find("h1") for part in parts] == [None, None]
    assert [part.select_one(".circle-said").get_text().strip() for part in parts] == [
        "Tallennettu. Joku muu oli siirtänyt tätä sillä välin. Sinun paikkasi jäi voimaan.",
        "Tallennettu.",
    ]


def test_a_day_around_the_circle_is_one_line_of_the_record(prepared):
    client = factories.sit(prepared.lead)
    for _ in range(2):
        client.get(address(prepared), secure=True)
        add(prepared)

    lines = Entry.objects.filter(matter=prepared.matter.pk, seat=prepared.lead.pk)
    assert lines.filter(door="matters:circle").count() == 1
    assert lines.filter(door="matters.draw_circle").count() == 1


def test_a_participant_sees_the_circle_as_it_was_agreed(prepared):
    uncle = people.add_member(
        prepared.fresh(),
        key=uuid4(),
        values={"side": "close", "name": "Setä Salattu"},
        by=prepared.lead,
        at=prepared.at(),
    )
    thing = add(prepared)
    for one in (uncle, thing):
        tie(prepared, prepared.mother, one)
    lead = BeautifulSoup(factories.sit(prepared.lead).get(address(prepared), secure=True).text, "html.parser")
    assert len(lead.select(".tie")) == 2
    assert "Setä Salattu" in lead.get_text()

    answer = factories.sit(prepared.mother.seat).get("/own/circle/", secure=True)

    page = BeautifulSoup(answer.text, "html.parser")
    assert [one["data-told"].split(",")[0] for one in page.select(".spot")] == [
        "aamut", "Aino", "Elias", "Ritva", prepared.invited.account.first_name,
    ]  # fmt: skip
    assert {one["data-spot"] for one in page.select("[data-spot]")} == {
        one["id"].removeprefix("spot-") for one in page.select(".spot")
    }
    assert len(page.select(".tie")) == 1
    assert "Setä Salattu" not in answer.text
    assert page.select("main form:not(.languages)") == []


def test_everybody_is_at_the_same_place_for_all_who_look(prepared):
    people.withdraw_permission(prepared.mother, by=prepared.lead, at=prepared.at())
    prepared.child.seat.level = 2

    mine = {one.pk: one.at for one in drawn(prepared).figures}
    theirs = {one.pk: one.at for one in drawn(prepared, prepared.child.seat).figures}

    assert theirs == {pk: place for pk, place in mine.items() if pk != prepared.mother.pk}


@pytest.mark.parametrize("who", ["orderer", "invited", "steering", "administrator", "outsider"])
def test_the_circle_is_for_those_who_prepare_and_the_people_only(prepared, who):
    add(prepared)

    assert drawn(prepared, getattr(prepared, who)).figures == [] or who == "invited"
    assert Spot.objects.visible_to(getattr(prepared, who)).count() == 0
    assert Spot.objects.visible_to(prepared.coordinator).count() == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("terveydenhoitaja", ["terveydenhoitaja"]),
        ("psykiatrinen sairaanhoitaja", ["psykiatrinen", "sairaanhoitaja"]),
        ("Maximiliana-Aurora-Kultasydän", ["Maximiliana-Aurora-Ku…"]),
        ("yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan", ["yksi kaksi kolme", "neljä viisi kuusi…"]),
        ("", []),
    ],
)
def test_words_stay_whole_in_the_rows_of_the_picture(text, rows):
    assert wrapped(text) == rows


def test_a_long_name_is_whole_in_the_list_and_its_button_says_what_is_read(prepared):
    prepared.add("own", "Maximiliana-Aurora-Kultasydän", "")

    page = BeautifulSoup(factories.sit(prepared.lead).get(address(prepared), secure=True).text, "html.parser")

    told = "Maximiliana-Aurora-Ku…, Maximiliana-Aurora-Kultasydän, perhe, arjen ihmiset"
    assert [one["data-told"] for one in page.select(".spot") if "Max" in one["data-told"]] == [told]
    assert "Maximiliana-Aurora-Kultasydän" in page.select_one(".circle-list").get_text()
