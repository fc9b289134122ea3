"""The list of matters, and the page of one: each seat sees its own, in the same number of questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from kudelma.desk.views import PAGE
from kudelma.matters.actions.closing import close_matter
from kudelma.matters.models import Matter
from kudelma.meetings.models import Meeting
from kudelma.plans.models import Plan
from kudelma.preparation.actions.preparation import name_preparer
from kudelma.preparation.inputs.preparation import PreparerNamed

SEATS = ["coordinator", "lead", "writer", "orderer", "invited", "outsider", "other_consultant"]


def listed(seat, path="/matters/"):
    return [one.number for one in factories.sit(seat).get(path, secure=True).context["lines"]]


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("ordered", {"coordinator", "orderer"}),
        ("preparing", {"coordinator", "orderer", "lead", "writer", "invited"}),
        ("following", {"coordinator", "orderer", "lead", "writer", "invited"}),
    ],
)
def test_a_matter_is_listed_for_those_who_take_part_in_it(cast, step, who):
    cast.to(step)

    assert {name for name in SEATS if listed(getattr(cast, name)) == [cast.matter.number]} == who
    assert {name for name in SEATS if listed(getattr(cast, name)) == []} == set(SEATS) - who


def test_a_closed_matter_stays_in_the_list_and_tells_that_it_is_closed(cast):
    cast.to("following")
    close_matter(cast.fresh(), by=cast.coordinator, at=cast.at())

    (line,) = factories.sit(cast.coordinator).get("/matters/", secure=True).context["lines"]

    assert (line.text, line.station, line.since) == ("Asia on päättynyt", 6, "")


def test_the_newest_stands_first(cast):
    numbers = []
    for _ in range(3):
        cast.order()
        numbers.append(cast.fresh().number)

    assert listed(cast.coordinator) == numbers[::-1]


def test_there_are_fifty_to_a_page_and_each_matter_is_on_one(cast):
    for _ in range(PAGE + 1):
        cast.order()

    first, second = listed(cast.orderer), listed(cast.orderer, "/matters/?page=2")

    assert (len(first), len(second)) == (PAGE, 1)
    assert len({*first, *second}) == PAGE + 1


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", ""])
def test_a_page_that_is_not_there_is_one_that_is(cast, number):
    cast.order()

    assert listed(cast.coordinator, f"/matters/?page={number}") == [cast.fresh().number]


@pytest.mark.parametrize("name", ["coordinator", "orderer"])
def test_the_list_asks_as_often_for_many_as_for_one(cast, name, django_assert_max_num_queries):
    for _ in range(20):
        cast.order()
    client = factories.sit(getattr(cast, name))

    with django_assert_max_num_queries(12):
        shown = client.get("/matters/", secure=True)

    assert len(shown.context["lines"]) == 20


def one_of_each_kind(cast):
    """A matter at every step, and one that the coordinator prepares."""
    for step in ("preparing", "timing", "inviting", "invited", "meeting", "planning", "following", "preparing"):
        cast.to(step)
    named = PreparerNamed(cast.coordinator, family_agreed=True)
    name_preparer(cast.fresh(), version=0, values=named, by=cast.coordinator, at=cast.at())


def test_the_lists_ask_as_often_for_two_of_each_kind_as_for_one(cast):
    # Walked and not kept: on PostgreSQL no other test walks so far, and to keep it all of it would be read again.
    del cast.region.is_kept
    one_of_each_kind(cast)
    clients = {name: factories.sit(getattr(cast, name)) for name in ("coordinator", "lead", "orderer", "invited")}
    once = n_questions(clients)
    one_of_each_kind(cast)

    assert n_questions(clients) == once
    assert min(once.values()) > 2


def n_questions(clients):
    """{(who, page): how many questions it asks}"""
    asked = {}
    for name, client in clients.items():
        for path in ("/matters/", "/today/"):
            with CaptureQueriesContext(connection) as questions:
                assert client.get(path, secure=True).status_code == 200
            asked[name, path] = len(questions)
    return asked


@pytest.mark.parametrize("name", ["coordinator", "lead", "orderer", "invited", "outsider"])
@pytest.mark.parametrize("model", [Meeting, Plan])
def test_of_listed_matters_the_same_is_read_as_by_the_rule(cast, name, model):
    """The twin: the coordinator sees meetings and no plan, and whoever leads sees both."""
    one_of_each_kind(cast)
    actor = getattr(cast, name)
    matters = list(Matter.objects.visible_to(actor))

    found = set(model.objects.visible_in(matters, actor))
    assert not model.objects.visible_in([], actor).exists()

    assert found == set(model.objects.visible_to(actor).filter(matter__in=matters))
    assert bool(found) is (name in {"lead", "invited"} or (name == "coordinator" and model is Meeting))


def test_a_consultant_knows_what_each_listed_matter_is_called_and_the_orderer_does_not(cast):
    """The list takes the first part of this for granted and does not ask the rule again."""
    one_of_each_kind(cast)

    seen, shared = ({name: set(getattr(Matter.objects, rule)(getattr(cast, name))) for name in ("lead", "orderer")}
                    for rule in ("visible_to", "shared_with"))  # fmt: skip

    assert seen["lead"] == shared["lead"] != set()
    assert shared["orderer"] < seen["orderer"]


@pytest.mark.parametrize("name", ["coordinator", "lead"])
def test_the_page_of_a_matter_asks_as_often_for_many_people_as_for_few(cast, name):
    cast.to("preparing")
    client, address = factories.sit(getattr(cast, name)), cast.matter.get_absolute_url()
    with CaptureQueriesContext(connection) as few:
        client.get(address, secure=True)
    for number in range(8):
        cast.add("close", f"Läheinen{number}", "", relation="ystävä")

    with CaptureQueriesContext(connection) as many:
        shown = client.get(address, secure=True)

    assert "Läheinen7" in shown.text
    assert len(many) == len(few)


def test_the_order_stands_on_the_page_for_orderer_and_coordinator_alone(cast):
    cast.to("preparing")
    address = cast.matter.get_absolute_url()

    shows = {
        name: factories.ORDER["worry"] in factories.sit(getattr(cast, name)).get(address, secure=True).text
        for name in ("coordinator", "orderer", "lead", "writer", "invited")
    }

    assert shows == {"coordinator": True, "orderer": True, "lead": False, "writer": False, "invited": False}


@pytest.mark.parametrize("step", ["preparing", "invited", "planning"])
def test_no_page_of_a_matter_asks_more_than_twelve_questions(cast, step, django_assert_max_num_queries):
    cast.to(step)
    address = cast.matter.get_absolute_url()
    pages = {
        name: (factories.sit(getattr(cast, name)), address) for name in ("coordinator", "lead", "orderer", "invited")
    }
    pages["mother"] = (factories.sit(cast.mother.seat, 2), "/own/")

    for client, path in pages.values():
        with django_assert_max_num_queries(12):
            assert client.get(path, secure=True).status_code == 200
