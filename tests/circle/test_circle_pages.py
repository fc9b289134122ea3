"""The pages of the circle: picture and list are always equal, and each reader sees what is theirs."""

from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from circle.circles import add, address, at_hand, drawn, move, tie, undo
from kudelma.circle import geometry
from kudelma.circle.drawing import wrapped
from kudelma.circle.geometry import Direction, Point, Ring
from kudelma.circle.models import Spot, Tie
from kudelma.live.models import Operation
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid
from kudelma.trust.models import Entry


@pytest.fixture
def prepared(cast):
    cast.to("preparing").open()
    return cast


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
        st.tuples(st.just("step"), st.integers(0, 9), st.sampled_from(Direction.values)),
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
        client.post(
            address(cast, "place", spot), {"idempotency_key": uuid4(), "version": version, **where}, secure=True
        )
    elif act in {"tie", "untie"}:
        name = "ties" if act == "tie" else "untie"
        client.post(address(cast, name, spot), {"other": ids[what % len(ids)]}, secure=True)
    elif act == "add":
        client.post(
            address(cast, "new-thing"),
            {"idempotency_key": uuid4(), "kind": "place", "name": f"paikka {which}"},
            secure=True,
        )
    elif act == "remove":
        client.post(address(cast, "remove", spot), secure=True)
    elif button := page.select_one(f"#{act} [name=move]"):
        client.post(address(cast, act), {"move": button["value"]}, secure=True)


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


def test_forty_people_are_drawn_in_few_queries(prepared, django_assert_max_num_queries):
    for number in range(36):
        prepared.add(["own", "close", "professional"][number % 3], f"Nimi {number}", "")
    move(prepared, prepared.mother, 300, 300)
    move(prepared, prepared.child, 700, 300)
    undo(prepared)
    client = factories.sit(prepared.lead)

    with django_assert_max_num_queries(12):
        page = BeautifulSoup(client.get(address(prepared), secure=True).text, "html.parser")

    assert len(page.select(".spot")) == 40
    assert len(page.select("#undo, #redo")) == 2


def test_the_ties_of_a_person_are_shown_in_few_queries(prepared, django_assert_max_num_queries):
    tie(prepared, prepared.mother, prepared.child)
    client = factories.sit(prepared.lead)

    with django_assert_max_num_queries(12):
        assert client.get(address(prepared, "ties", prepared.mother.pk), secure=True).status_code == 200


def test_a_participants_circle_is_read_in_few_queries(prepared, django_assert_max_num_queries):
    add(prepared)
    client = factories.sit(prepared.mother.seat)

    with django_assert_max_num_queries(12):
        assert client.get("/own/circle/", secure=True).status_code == 200


def test_what_was_taken_away_is_offered_to_be_brought_back_and_not_to_the_family(prepared):
    thing = add(prepared)
    client = factories.sit(prepared.lead)
    assert "aamut" in factories.sit(prepared.mother.seat).get("/own/circle/", secure=True).text

    client.post(address(prepared, "remove", thing.pk), secure=True)

    page = BeautifulSoup(client.get(address(prepared), secure=True).text, "html.parser")
    assert [one.get_text().strip() for one in page.select("[id^=return-] span:not(.hidden-visually)")] == [
        "aamut, pyörällä kouluun"
    ]
    assert "aamut" not in factories.sit(prepared.mother.seat).get("/own/circle/", secure=True).text
    client.post(address(prepared, "return", thing.pk), secure=True)
    assert drawn(prepared).find(thing.pk) is not None


def test_a_step_by_form_opens_the_list_where_it_was_and_says_that_it_is_saved(prepared):
    client = factories.sit(prepared.lead)
    sent = {"idempotency_key": uuid4(), "version": 0, "way": "farther"}

    answer = client.post(address(prepared, "place", prepared.mother.pk), sent, follow=True, secure=True)

    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one(".notice").get_text() == "Tallennettu."
    assert [one["id"] for one in page.select("details[open]")] == [f"open-{prepared.mother.pk}"]
    assert drawn(prepared).find(prepared.mother.pk).ring == Ring.CLOSE


def test_a_script_gets_the_part_that_changes_with_what_is_said(prepared):
    client = factories.sit(prepared.lead)
    sent = {"idempotency_key": uuid4(), "version": 7, "x": 300, "y": 300}
    move(prepared, prepared.mother, 400, 300, by=prepared.coordinator)

    answers = [
        client.post(
            address(prepared, "place", prepared.mother.pk), sent | {"idempotency_key": uuid4(),
            "version": version},
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


def test_an_outbox_that_counts_otherwise_is_told_the_number_that_is_next(prepared):
    client, outbox = factories.sit(prepared.lead), uuid4()

    def send(number, protocol=1):
        key = {"idempotency_key": uuid4(), "other": prepared.child.pk}
        return client.post(
            address(prepared, "ties", prepared.mother.pk),
            key | {"device": outbox, "device_number": number, "protocol": protocol},
            secure=True,
        )

    answers = [send(1), send(3), send(1), send(2, protocol=2), send(2)]

    assert [answer.status_code for answer in answers] == [302, 412, 412, 400, 302]
    assert [answer.headers.get("Device-Number") for answer in answers] == [None, "2", "2", None, None]


@pytest.mark.parametrize("name", ["place", "ties", "untie", "remove", "return", "undo", "redo"])
def test_every_press_of_the_circle_can_be_sent_by_an_outbox_and_twice_is_once(prepared, name):
    thing = add(prepared)
    if name == "untie":
        tie(prepared, prepared.mother, thing)
    client, spot = factories.sit(prepared.lead), prepared.mother.pk if name in {"place", "ties", "untie"} else thing.pk
    where = address(prepared, name, *([] if name in {"undo", "redo"} else [spot]))
    post = {
        "idempotency_key": uuid4(), "device": uuid4(), "device_number": 1, "protocol": 1,
        "other": thing.pk, "move": at_hand(prepared).undo.pk, "version": 0, "x": 300, "y": 300,
    }  # fmt: skip
    before = Operation.objects.count()

    answers = [client.post(where, post, secure=True).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Operation.objects.count() == before + 1
    assert Operation.objects.filter(device=post["device"], pk=post["idempotency_key"]).count() == 1


def test_a_day_around_the_circle_is_one_line_of_the_record(prepared):
    client = factories.sit(prepared.lead)
    for _ in range(2):
        client.get(address(prepared), secure=True)
        add(prepared)

    lines = Entry.objects.filter(space=prepared.matter.pk, seat=prepared.lead.pk)
    assert lines.filter(door="circle:show").count() == 1
    assert lines.filter(door="circle.draw").count() == 1


def test_a_participant_sees_the_circle_as_it_was_agreed(prepared):
    uncle = people.add_member(
        prepared.fresh(),
        idempotency_key=uuid4(),
        side="close",
        values=PersonSaid("Setä Salattu"),
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


def test_a_tie_is_seen_by_those_who_see_both_its_ends(prepared):
    """Whichever of the two has the lower id, by which a tie tells its ends apart."""
    values = PersonSaid("Ei sovittu")
    not_agreed = [
        people.add_member(
            prepared.fresh(), idempotency_key=key, side="close", values=values, by=prepared.lead, at=prepared.at()
        )
        for key in (UUID(int=1), UUID(int=2**128 - 1))
    ]
    for other in (*not_agreed, prepared.child):
        tie(prepared, prepared.mother, other)
    mother = prepared.mother.seat
    mother.level = 2

    seen = [{one.one_id, one.other_id} for one in Tie.objects.visible_to(mother)]

    assert Tie.objects.visible_to(prepared.lead).count() == 3
    assert seen == [{prepared.mother.pk, prepared.child.pk}]


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
