"""Ordering, accepting, and consultations; how an order begins; a team's meeting; an order that was told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.page import changed, content
from kudelma.core.errors import Refused
from kudelma.core.record import record_reading
from kudelma.matters.models import Kind, Matter, Step, WaitsFor
from kudelma.methods.models import Method
from kudelma.orders.actions import orders
from kudelma.orders.inputs import ConsultationAsked, NewOrder, OrderTold
from kudelma.orders.models import Basis, Draft, Order, OrderReply
from kudelma.people.models import Message
from kudelma.trust.models import Retention


def test_pressing_twice_orders_once(cast):
    key = uuid4()

    first = orders.order_meeting(idempotency_key=key, values=NewOrder(**factories.ORDER), by=cast.orderer, at=cast.at())
    second = orders.order_meeting(
        idempotency_key=key, values=NewOrder(**factories.ORDER), by=cast.orderer, at=cast.at()
    )

    assert first == second
    assert Matter.objects.count() == Order.objects.count() == 1


def test_numbers_run_by_region_and_year(cast):
    other = factories.Cast(factories.region())
    for one in (cast, cast, other):
        one.order()

    year = cast.matter.year
    assert sorted(Matter.objects.filter(region=cast.region).values_list("year", "running")) == [(year, 1), (year, 2)]
    assert other.matter.number == f"{year}-0001"


def test_the_coordinators_are_told_that_something_waits(cast):
    cast.order()

    assert [(m.kind, m.seat) for m in Message.objects.all()] == [("waits", cast.coordinator)]


def test_an_order_is_accepted_once(cast):
    cast.to("pairing")
    method = Method.objects.get(slug="ennakointidialogi")

    with pytest.raises(Refused):
        orders.accept_order(
            cast.matter, method=method, controller=cast.controller, ground="lsl31", by=cast.coordinator, at=cast.at()
        )

    assert Basis.objects.get().ground == "shl41"
    assert OrderReply.objects.count() == 1


def test_a_consultation_ends_with_an_answer_its_orderer_reads(cast):
    matter = orders.ask_consultation(
        idempotency_key=uuid4(), family_agreement="not_yet", values=ConsultationAsked(worry="En tiedä, miten aloitan.",
        windows="aamulla"),
        by=cast.orderer, at=cast.at(),
    )  # fmt: skip

    orders.answer_consultation(
        Matter.objects.select_related("region", "order").get(pk=matter.pk), text="Sovittiin, että kokeilet.",
        by=cast.coordinator, at=cast.at(),
    )  # fmt: skip

    page = factories.sit(cast.orderer).get(matter.get_absolute_url(), secure=True)
    assert "Sovittiin, että kokeilet." in page.text
    assert Retention.objects.get(space=matter.pk).empties_on > timezone.localdate()
    with pytest.raises(Refused):
        orders.answer_consultation(
            Matter.objects.select_related("region", "order").get(pk=matter.pk),
            text="x",
            by=cast.coordinator,
            at=cast.at(),
        )


WORDS = ["Ainolle", "Auttajia", "huolissani", "helpottuvat"]
TOGETHER = {name: factories.ORDER[name] for name in ("told_to", "why_together", "problem")}
WORRY = {name: factories.ORDER[name] for name in ("worry", "wish")}
PRACTICAL = {name: factories.ORDER[name] for name in ("languages", "access", "call_first", "windows", "place")}


def begin(client, name="orders:order"):
    """Press the yes of the first question; the address of the first page."""
    answer = client.post(reverse(name), {"told": "agreed", "idempotency_key": str(uuid4())}, secure=True)
    return answer.headers["Location"]


def write(client, address, values, go="next"):
    """Fill in one page as it stands, and go where it leads."""
    page = BeautifulSoup(client.get(address, secure=True).text, "html.parser")
    version = page.select_one("main input[name=version]")["value"]
    return client.post(address, values | {"version": version, "go": go}, secure=True).headers["Location"]


def required(client, address):
    """The names of the fields of a page that may not be left open."""
    page = BeautifulSoup(client.get(address, secure=True).text, "html.parser").main
    return {one["name"] for one in page.select("form [name]") if one.has_attr("required")} - {"version"}


# ---------------------------------------------------------------- how an order begins


def test_danger_is_asked_first_and_the_answer_does_not_leave_the_device(cast):
    """Yes opens on the page itself: it has no form to send, no address of its own, and nothing to be stored."""
    client = factories.sit(cast.orderer)
    before = content()

    page = BeautifulSoup(client.get(reverse("orders:begin"), secure=True).text, "html.parser").main

    assert page.select("form") == []
    assert [one["href"] for one in page.select(".answers a")] == ["#danger", reverse("orders:order")]
    told = page.select_one("#danger").get_text(" ")
    assert [word for word in ("112", "Lastensuojelulaki 417/2007, 25 §", "2/2025") if word not in told] == []
    assert page.select_one("#danger a[href='#question']") is not None
    assert changed(before) == set()


def test_only_a_yes_to_the_second_question_begins_an_order(cast):
    client = factories.sit(cast.orderer)

    page = BeautifulSoup(client.get(reverse("orders:order"), secure=True).text, "html.parser").main
    links = [one["href"] for one in page.select(".answers a")]
    refused = client.post(reverse("orders:order"), {"idempotency_key": str(uuid4()), "told": "told"}, secure=True)

    assert links == [reverse("orders:consultation", args=[answer]) for answer in ("told", "not_yet")]
    assert (refused.status_code, Draft.objects.count()) == (422, 0)
    assert begin(client) == reverse("orders:draft", args=[Draft.objects.get().pk, 1])


def test_an_order_is_three_pages_and_asks_for_twelve_things_at_most(cast):
    client = factories.sit(cast.orderer)
    address, asked, pages = begin(client), set(), 0

    for values in (TOGETHER, WORRY, PRACTICAL):
        asked |= required(client, address)
        pages += 1
        address = write(client, address, values)

    assert address == Matter.objects.get().get_absolute_url()
    assert (pages, asked) == (3, {"told_to", "why_together", "worry", "wish", "call_first", "place"})
    assert len(asked) <= 12


def test_beside_every_field_stands_who_reads_it(cast):
    client = factories.sit(cast.orderer)
    draft = cast.begin_draft()
    unsaid = []
    for number in (1, 2, 3):
        page = client.get(reverse("orders:draft", args=[draft.pk, number]), secure=True)
        for field in page.context["form"]:
            told = str(field.help_text)
            if field.name != "version" and "oordinaattori" not in told:
                unsaid.append(field.name)
            if field.name in {"worry", "wish"}:
                assert "joille olet kertonut" in told

    assert unsaid == []


def test_the_order_that_is_sent_holds_what_was_written_on_its_pages(cast):
    client = factories.sit(cast.orderer)
    address = begin(client)

    for values in (TOGETHER, WORRY, PRACTICAL | {"access": "Hissi."}):
        address = write(client, address, values)

    order = Order.objects.select_related("matter").get()
    record_reading("test", [order.matter_id], by=cast.orderer, at=cast.at())
    said = TOGETHER | WORRY | PRACTICAL | {"access": "Hissi."}
    assert {name: getattr(order, name) for name in said} == said
    assert (order.by, order.unit, order.came, order.told) == (cast.orderer, cast.orderer.unit, "worker", "agreed")
    assert (order.matter.step, order.matter.waits_for) == (Step.ORDERED, WaitsFor.COORDINATOR)


# ---------------------------------------------------------------- who sees an order


def test_the_pair_and_the_invited_never_see_an_order(cast):
    """Twin: the orderer and the coordinator do."""
    cast.to("preparing")
    shown = {}
    for name in ("coordinator", "orderer", "lead", "invited"):
        page = factories.sit(getattr(cast, name)).get(cast.matter.get_absolute_url(), secure=True)
        shown[name] = (page.status_code, [word for word in WORDS if word in page.text])

    assert shown == {
        "coordinator": (200, WORDS), "orderer": (200, WORDS), "lead": (200, []), "invited": (200, []),
    }  # fmt: skip
    assert [
        name for name in ("coordinator", "orderer", "lead", "invited", "outsider")
        if OrderReply.objects.visible_to(getattr(cast, name)).exists()
    ] == ["coordinator", "orderer"]  # fmt: skip


# ---------------------------------------------------------------- a superior, for a team


@pytest.fixture
def superior(cast):
    return factories.seat(cast.region, leads=True)


TEAM = {"told_to": "Oppilashuoltotiimille, kaikille kuudelle", "why_together": "Moni asia on auki."}
TEAM_PRACTICAL = {"windows": "Tiistai-iltapäivät, neuvotteluhuone.", "place": "together"}


def test_a_superior_orders_for_a_team_and_offers_time_and_place(cast, superior):
    client = factories.sit(superior)
    assert reverse("orders:team") in client.get(reverse("orders:begin"), secure=True).text
    address = begin(client, "orders:team")

    for values in (TEAM, WORRY, TEAM_PRACTICAL):
        address = write(client, address, values)

    order = Order.objects.select_related("matter").get()
    record_reading("test", [order.matter_id], by=superior, at=cast.at())
    assert (order.matter.kind, order.windows, order.call_first) == (Kind.WORKERS, TEAM_PRACTICAL["windows"], "")
    assert address == order.matter.get_absolute_url()


def test_a_team_order_has_no_question_of_a_familys_safety(cast, superior):
    client = factories.sit(superior)
    pages = {}
    for ordering, by in (("team", superior), ("meeting", superior)):
        draft = cast.begin_draft(ordering, by=by)
        pages[ordering] = client.get(reverse("orders:draft", args=[draft.pk, 3]), secure=True).context["form"]

    assert "call_first" not in pages["team"].fields
    assert "call_first" in pages["meeting"].fields


def test_a_worker_who_leads_nobody_orders_for_no_team(cast):
    client = factories.sit(cast.orderer)

    assert client.get(reverse("orders:team"), secure=True).status_code == 403
    assert reverse("orders:team") not in client.get(reverse("orders:begin"), secure=True).text


def test_the_coordinator_accepts_a_team_order_the_same_way(cast, superior):
    matter = orders.order_meeting(
        idempotency_key=uuid4(),
        kind=Kind.WORKERS,
        values=NewOrder(**TEAM | WORRY | TEAM_PRACTICAL),
        by=superior,
        at=cast.at(),
    )
    method = Method.objects.get(slug="ennakointidialogi")
    typed = {"method": str(method.pk), "controller": str(cast.controller.pk), "ground": "shl41"}

    page = factories.sit(cast.coordinator).post(reverse("orders:accept", args=[matter.pk]), typed, secure=True)

    assert page.headers["Location"] == reverse("pairing:pair", args=[matter.pk])
    assert Matter.objects.get(pk=matter.pk).step == Step.PAIRING


# ---------------------------------------------------------------- told by telephone or on paper


def caller_page(cast, **others):
    return {
        "came": "phone", "heard_on": timezone.localdate().isoformat(), "caller": "Tuula",
        "caller_phone": "040 123 4567", "unit": str(cast.outsider.unit_id),
    } | others  # fmt: skip


def test_a_coordinator_writes_down_who_told_when_and_how(cast):
    client = factories.sit(cast.coordinator)
    address = begin(client, "orders:told")

    for values in (caller_page(cast), TOGETHER, WORRY, PRACTICAL):
        address = write(client, address, values)

    order = Order.objects.select_related("matter", "unit").get()
    page = client.get(address, secure=True)
    record_reading("test", [order.matter_id], by=cast.coordinator, at=cast.at())
    assert (order.came, order.heard_on, order.caller, order.caller_phone) == (
        "phone", timezone.localdate(), "Tuula", "+358401234567",
    )  # fmt: skip
    assert (order.by, order.unit) == (cast.coordinator, cast.outsider.unit)
    assert [word for word in ("Tuula", "+358401234567", *WORDS) if word not in page.text] == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"caller": "131052-308T"}, "Älä kirjoita tähän henkilötunnusta. Jätä se pois ja tallenna uudelleen."),
        ({"heard_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "Tämä päivä ei ole vielä tullut."),
    ],
)
def test_what_was_told_is_refused_with_an_identity_code_or_a_day_to_come(cast, wrong, said):
    client = factories.sit(cast.coordinator)
    address = begin(client, "orders:told")

    page = client.post(address, caller_page(cast, **wrong) | {"version": "1"}, secure=True)

    assert page.status_code == 422
    assert said in page.text


def test_only_a_coordinator_writes_down_what_was_told(cast):
    statuses = {
        name: factories.sit(getattr(cast, name)).get(reverse("orders:told"), secure=True).status_code
        for name in ("coordinator", "orderer", "lead", "administrator")
    }

    assert statuses == {"coordinator": 200, "orderer": 403, "lead": 403, "administrator": 403}


def test_the_unit_of_the_one_who_told_is_kept_out_of_the_two_who_lead(cast):
    from kudelma.pairing.actions import offers as pairing

    values = OrderTold(**factories.ORDER, came="phone", caller="Tuula", unit=cast.lead.unit)
    matter = orders.order_meeting(idempotency_key=uuid4(), values=values, by=cast.coordinator, at=cast.at())
    order = Matter.objects.select_related("region", "order__by").get(pk=matter.pk)

    assert {one.seat for one in pairing.outside(order, at=cast.at())} == {cast.writer, cast.other_consultant}


def test_a_consultation_can_be_told_by_telephone_too(cast):
    client = factories.sit(cast.coordinator)
    typed = caller_page(cast, worry="En tiedä, miten aloitan.", windows="aamulla") | {"idempotency_key": str(uuid4())}

    answer = client.post(reverse("orders:consultation", args=["not_yet"]), typed, secure=True)

    order = Order.objects.select_related("matter").get()
    assert answer.headers["Location"] == order.matter.get_absolute_url()
    assert (order.matter.step, order.came, order.told) == (Step.CONSULTING, "phone", "not_yet")


# ---------------------------------------------------------------- what follows a yes


def test_a_chaired_method_is_prepared_at_once_and_another_looks_for_two(cast):
    steps = {}
    method = Method.objects.get(slug="ennakointidialogi")
    for leading in ("pair", "chair"):
        cast.order()
        method.leading = leading
        orders.accept_order(
            cast.fresh(), method=method, controller=cast.controller, ground="shl41", by=cast.coordinator, at=cast.at()
        )
        steps[leading] = (cast.fresh().step, cast.fresh().waits_for)

    assert steps == {"pair": ("pairing", "coordinator"), "chair": ("preparing", "coordinator")}
    assert cast.fresh().due_on == timezone.localdate() + timedelta(days=cast.region.preparing_days)


def test_the_safety_question_is_for_the_coordinator_only(cast):
    cast.order()
    cast.open()
    Order.objects.filter(matter=cast.matter).delete()
    Order(
        matter=cast.matter, by=cast.orderer, unit=cast.orderer.unit, made_at=cast.at(), told="agreed",
        **factories.ORDER | {"call_first": "yes"},
    ).save()  # fmt: skip

    seen = {
        name: "ensin" in factories.sit(getattr(cast, name)).get(cast.matter.get_absolute_url(), secure=True).text
        for name in ("coordinator", "orderer")
    }

    assert seen == {"coordinator": True, "orderer": True}
    cast.accept()
    cast.pair()
    assert "ensin" not in factories.sit(cast.lead).get(cast.matter.get_absolute_url(), secure=True).text
