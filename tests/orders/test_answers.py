"""Nobody is left without an answer: asked back, another way, or a no that comes with a call and an end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

import factories
from kudelma.core.errors import KeyReused, Refused
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.orders.actions import answers, lapsing
from kudelma.orders.inputs import ReplySaid
from kudelma.orders.models import Answered, Order, OrderReply
from kudelma.people.models import Message
from kudelma.trust import vault
from kudelma.trust.models import Entry, Retention, SpaceKey
from trust.canaries import tables

TODAY = timezone.localdate


@pytest.fixture
def ordered(cast):
    return cast.to("ordered")


def ask(cast, text="Kenelle olet jo kertonut?", idempotency_key=None):
    return answers.ask_back(
        cast.fresh(),
        idempotency_key=idempotency_key or uuid4(),
        values=ReplySaid(text),
        by=cast.coordinator,
        at=cast.at(),
    )


def tell(cast, text="Ainolle ja mummolle."):
    return answers.reply(cast.fresh(), idempotency_key=uuid4(), values=ReplySaid(text), by=cast.orderer, at=cast.at())


def decline(cast, text="Palataan keväällä. Koulukuraattori jatkaa."):
    answers.decline_order(cast.fresh(), text=text, called_on=TODAY(), by=cast.coordinator, at=cast.at())


def suggest(cast, text="Perhetyö riittää."):
    answers.suggest_other_way(cast.fresh(), text=text, called_on=None, by=cast.coordinator, at=cast.at())


def today(seat):
    """{what the first page says: where it leads}"""
    groups = factories.sit(seat).get(reverse("desk:today"), secure=True).context["groups"]
    return {one.text: one.url for name, group in groups.items() if name != "others" for one in group}


def written_to(seat):
    return list(Message.objects.filter(seat=seat).values_list("kind", flat=True))


# ---------------------------------------------------------------- a question back


def test_a_question_waits_for_the_orderer_on_their_first_page(ordered):
    ask(ordered)

    assert (ordered.fresh().step, ordered.fresh().waits_for) == (Step.ORDERED, WaitsFor.ORDERER)
    assert today(ordered.orderer) == {
        "Koordinaattori kysyy sinulta jotakin": reverse("orders:reply", args=[ordered.matter.pk])
    }
    assert today(ordered.coordinator) == {}
    assert written_to(ordered.orderer) == ["waits"]


def test_the_orderer_answers_in_words_and_it_waits_for_the_coordinator_again(ordered):
    ask(ordered)
    client, to = factories.sit(ordered.orderer), reverse("orders:reply", args=[ordered.matter.pk])
    assert "Kenelle olet jo kertonut?" in client.get(to, secure=True).text

    client.post(to, {"text": "Ainolle ja mummolle.", "idempotency_key": str(uuid4())}, secure=True)

    assert ordered.fresh().waits_for == WaitsFor.COORDINATOR
    assert list(today(ordered.coordinator)) == ["Uusi tilaus"]
    assert today(ordered.orderer) == {}


def test_an_answer_that_nobody_asked_for_is_refused(ordered):
    with pytest.raises(Refused):
        tell(ordered)

    ask(ordered)
    tell(ordered)
    with pytest.raises(Refused):
        tell(ordered, "Vielä kerran.")

    assert [one.kind for one in OrderReply.objects.all()] == [Answered.ASKED, Answered.TOLD]


def test_pressing_twice_asks_once_and_other_words_with_the_same_key_are_given_back(ordered):
    key = uuid4()
    first, second = ask(ordered, idempotency_key=key), ask(ordered, idempotency_key=key)

    with pytest.raises(KeyReused):
        ask(ordered, "Jotain muuta?", idempotency_key=key)

    assert first == second
    assert OrderReply.objects.count() == 1


def test_an_order_that_was_asked_about_can_be_accepted_without_waiting(ordered):
    ask(ordered)

    ordered.accept()

    assert ordered.fresh().step == Step.PAIRING


def test_only_the_one_who_ordered_answers(ordered):
    ask(ordered)
    to = reverse("orders:reply", args=[ordered.matter.pk])

    statuses = {
        name: factories.sit(getattr(ordered, name)).get(to, secure=True).status_code
        for name in ("orderer", "coordinator", "outsider", "lead")
    }

    assert statuses == {"orderer": 200, "coordinator": 403, "outsider": 404, "lead": 404}


# ---------------------------------------------------------------- what the orderer reads


def test_the_answers_stand_on_the_matters_page_in_order(ordered):
    ask(ordered)
    tell(ordered)
    suggest(ordered)

    page = factories.sit(ordered.orderer).get(ordered.matter.get_absolute_url(), secure=True)

    shown = BeautifulSoup(page.text, "html.parser")
    assert [one.get_text() for one in shown.select("main h3")] == [
        "Koordinaattori kysyy", "Tilaaja vastaa", "Löytyi toinen tapa",
    ]  # fmt: skip
    assert [one.get_text() for one in shown.select("main .quote")] == [
        "Kenelle olet jo kertonut?", "Ainolle ja mummolle.", "Perhetyö riittää.",
    ]  # fmt: skip


@pytest.mark.parametrize(("end", "told"), [(suggest, "Perhetyö riittää."), (decline, "Palataan keväällä.")])
def test_an_end_is_told_to_the_orderer_in_words_and_by_a_message_that_names_nothing(ordered, end, told):
    end(ordered)
    call_command("work", once=True)

    assert today(ordered.orderer) == {"Tilaukseesi on vastattu": ordered.matter.get_absolute_url()}
    page = factories.sit(ordered.orderer).get(ordered.matter.get_absolute_url(), secure=True)
    assert told in page.text
    letters = [one for one in mail.outbox if one.to == [ordered.orderer.account.address]]
    assert [one.subject for one in letters] == ["Jokin odottaa sinua"]
    assert [word for word in ("Perhetyö", "keväällä", ordered.matter.number) if word in letters[0].body] == []


def test_an_old_answer_leaves_the_first_page(ordered):
    suggest(ordered)
    Matter.objects.update(closed_at=timezone.now() - timedelta(days=15))

    assert today(ordered.orderer) == {}


@pytest.mark.parametrize("end", [suggest, decline])
def test_whoever_answers_second_is_refused(ordered, end):
    end(ordered)

    for act in (suggest, decline, ask):
        with pytest.raises(Refused):
            act(ordered)

    assert OrderReply.objects.count() == 1


def test_no_comes_with_the_day_of_a_call(ordered):
    client, to = factories.sit(ordered.coordinator), reverse("orders:decline", args=[ordered.matter.pk])

    silent = client.post(to, {"text": "Ei nyt."}, secure=True)
    assert (silent.status_code, ordered.fresh().is_open) == (422, True)

    client.post(to, {"text": "Ei nyt.", "called_on": TODAY().isoformat()}, secure=True)

    assert (OrderReply.objects.get().kind, OrderReply.objects.get().called_on) == (Answered.DECLINED, TODAY())


@pytest.mark.parametrize("name", ["ask-back", "other-way", "decline"])
def test_the_page_of_an_order_offers_every_answer(ordered, name):
    page = factories.sit(ordered.coordinator).get(reverse("orders:accept", args=[ordered.matter.pk]), secure=True)

    assert f'href="{reverse(f"orders:{name}", args=[ordered.matter.pk])}"' in page.text


# ---------------------------------------------------------------- the end of a declined order


def keys_dump():
    return b"\0".join(bytes(row.wrapped or b"") for row in SpaceKey.objects.all())


def rows_of(matter):
    """The tables that hold the matter's id anywhere, but for what stays: record, key's place, emptying, streams."""
    stay = {"trust_entry", "trust_spacekey", "trust_retention", "live_generation"}
    return {
        table
        for table, _names, rows in tables("default")
        for row in rows
        if {matter.hex, str(matter), matter} & {one for one in row if isinstance(one, str | type(matter))}
    } - stay


def test_a_declined_order_is_deleted_after_thirty_days_and_its_key_is_destroyed(ordered):
    decline(ordered)
    pk, key = ordered.matter.pk, bytes(SpaceKey.objects.get(space=ordered.matter.pk).wrapped)
    closed_at = ordered.fresh().closed_at
    assert key in keys_dump()
    assert rows_of(pk) == {"matters_matter", "orders_order", "orders_orderreply", "people_message"}

    lapsing.lapse(at=closed_at + timedelta(days=30) - timedelta(minutes=1))
    assert Matter.objects.filter(pk=pk).exists()
    lapsing.lapse(at=closed_at + timedelta(days=30))
    lapsing.lapse(at=closed_at + timedelta(days=31))

    assert (Matter.objects.count(), Order.objects.count(), OrderReply.objects.count()) == (0, 0, 0)
    assert rows_of(pk) == set()
    assert key not in keys_dump()
    assert Retention.objects.get(space=pk).emptied_at == closed_at + timedelta(days=30)
    assert list(Entry.objects.filter(door="orders.forget").values_list("role", "space")) == [("clock", pk)]


def test_people_who_were_written_down_go_with_it(ordered):
    ordered.lead = ordered.coordinator
    mother = ordered.add("own", "Aino", "Saarela")
    decline(ordered)

    lapsing.lapse(at=timezone.now() + timedelta(days=31))

    assert not Matter.objects.filter(pk=mother.matter_id).exists()
    assert rows_of(mother.matter_id) == set()


def test_of_closed_orders_only_those_that_were_answered_by_no_or_by_another_way_are_told(ordered):
    since = timezone.now() - timedelta(days=1)
    told = Matter.objects.filter(order__in=Order.objects.asked_or_answered(ordered.orderer, since=since))
    ask(ordered)
    assert told.all().get() == ordered.matter

    closed = {"closed_at": timezone.now(), "closed_by": ordered.coordinator, "step": "closed", "waits_for": "nobody"}
    Matter.objects.filter(pk=ordered.matter.pk).update(due_on=None, **closed)

    assert not told.all().exists()
    for kind in ("other_way", "declined"):
        OrderReply.objects.update(kind=kind)
        assert told.all().get() == ordered.matter
    other = factories.Cast(ordered.region)
    other.orderer = ordered.orderer
    other.to("closed")
    assert told.all().get() == ordered.matter
    Matter.objects.filter(pk=other.matter.pk).update(waits_for="orderer")
    assert told.all().get() == ordered.matter


def test_with_a_declined_order_nothing_else_goes(ordered):
    other = factories.Cast(ordered.region).to("closed")
    ordered.open()
    decline(ordered)

    lapsing.lapse(at=timezone.now() + timedelta(days=31))

    assert Matter.objects.get() == other.matter


def test_other_answers_are_not_emptied_by_that_clock(ordered):
    suggest(ordered)

    lapsing.lapse(at=timezone.now() + timedelta(days=400))

    assert Matter.objects.count() == 1
    assert SpaceKey.objects.get(space=ordered.matter.pk).wrapped is not None


def test_a_destroyed_key_opens_nothing_in_the_same_request_either(ordered):
    ordered.open()
    assert Order.objects.get().worry == factories.ORDER["worry"]

    vault.destroy_space_key(ordered.matter.pk, at=timezone.now())

    with pytest.raises(vault.NotRecorded):
        _ = Order.objects.get().worry
    with pytest.raises(vault.Emptied):
        ordered.open()


def test_destroying_a_key_twice_changes_nothing_and_no_other_key(ordered):
    other = factories.Cast(ordered.region).to("ordered")
    ordered.open()
    first = timezone.now()

    for at in (first, first + timedelta(days=1)):
        vault.destroy_space_key(ordered.matter.pk, at=at)

    assert SpaceKey.objects.get(space=ordered.matter.pk).destroyed_at == first
    assert Order.objects.get(matter=other.matter).worry == factories.ORDER["worry"]
    with pytest.raises(SpaceKey.DoesNotExist):
        vault.pin_digest(ordered.matter.pk, "issuer", "subject")


def test_no_page_of_an_order_asks_more_than_twelve_queries(ordered, django_assert_max_num_queries):
    ask(ordered)
    draft = ordered.begin_draft(worry="Olen huolissani.")
    pages = [
        (ordered.coordinator, ordered.matter.get_absolute_url()),
        (ordered.coordinator, reverse("orders:accept", args=[ordered.matter.pk])),
        (ordered.coordinator, reverse("orders:decline", args=[ordered.matter.pk])),
        (ordered.orderer, reverse("orders:reply", args=[ordered.matter.pk])),
        (ordered.orderer, reverse("orders:draft", args=[draft.pk, 3])),
        (ordered.orderer, reverse("desk:today")),
    ]
    for seat, address in pages:
        client = factories.sit(seat)

        with django_assert_max_num_queries(12):
            assert client.get(address, secure=True).status_code == 200
