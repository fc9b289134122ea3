"""Two consultants, both outside; each accepts with the promise, or withdraws without a word."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from kudelma.core.errors import Refused
from kudelma.core.record import record_reading
from kudelma.matters.models import Matter
from kudelma.members.actions import people
from kudelma.members.inputs.own import Needs
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.orders.models import Order
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.leading import named_to
from kudelma.pairing.models import LeadAssignment, Undertaking
from kudelma.people.models import Seat
from kudelma.trust.models import Entry, What


@pytest.fixture
def accepted(cast):
    return cast.to("pairing")


def free(cast):
    return {one.seat for one in pairing.outside(cast.fresh(), at=cast.at())}


def ask(cast, seat, part="lead"):
    return pairing.offer(cast.fresh(), seat.consultant, part=part, by=cast.coordinator, at=cast.at())


def read(answer):
    return BeautifulSoup(answer.text, "html.parser").main.get_text(" ", strip=True)


def test_those_outside_are_all_who_are_not_involved(accepted):
    assert free(accepted) == {accepted.lead, accepted.writer, accepted.other_consultant}


def test_nobody_from_the_orderers_unit_is_outside_over_all_seats(accepted):
    colleague = factories.seat(accepted.region, "consultant")
    factories.seat(
        accepted.region,
        "worker",
        unit=accepted.orderer.unit,
        address=colleague.account.address,
        name=colleague.account.name,
    )

    assert colleague not in free(accepted)


def test_the_orderer_is_not_outside_in_another_seat(accepted):
    same = factories.seat(
        accepted.region, "consultant", address=accepted.orderer.account.address, name=accepted.orderer.account.name
    )

    assert same not in free(accepted)


def test_nobody_of_another_region_or_of_yesterday_is_offered(accepted):
    factories.seat(factories.region(), "consultant")
    gone = factories.seat(accepted.region, "consultant", ends_on=timezone.localdate() - timedelta(days=1))

    assert gone not in free(accepted)
    assert len(free(accepted)) == 3


def test_an_offer_to_somebody_involved_is_refused(accepted):
    colleague = factories.seat(accepted.region, "consultant", unit=accepted.orderer.unit)

    with pytest.raises(Refused):
        pairing.offer(accepted.fresh(), colleague.consultant, part="lead", by=accepted.coordinator, at=accepted.at())

    assert LeadAssignment.objects.count() == 0


def test_a_part_is_offered_to_one_at_a_time(accepted):
    pairing.offer(accepted.fresh(), accepted.lead.consultant, part="lead", by=accepted.coordinator, at=accepted.at())

    with pytest.raises(Refused):
        pairing.offer(
            accepted.fresh(), accepted.writer.consultant, part="lead", by=accepted.coordinator, at=accepted.at()
        )


def test_after_withdrawing_nothing_is_seen_and_the_next_is_asked(accepted):
    offer = pairing.offer(
        accepted.fresh(), accepted.lead.consultant, part="lead", by=accepted.coordinator, at=accepted.at()
    )
    client = factories.sit(accepted.lead)
    assert client.get(f"/offers/{offer.pk}/", secure=True).status_code == 200

    client.post(f"/offers/{offer.pk}/", {"answer": "withdraw"}, secure=True)

    assert client.get(f"/offers/{offer.pk}/", secure=True).status_code == 404
    assert accepted.lead not in free(accepted)
    pairing.offer(accepted.fresh(), accepted.writer.consultant, part="lead", by=accepted.coordinator, at=accepted.at())


def test_accepting_keeps_the_promise_with_its_wording(accepted):
    offer = pairing.offer(
        accepted.fresh(), accepted.lead.consultant, part="lead", by=accepted.coordinator, at=accepted.at()
    )

    pairing.accept_offer(offer, by=accepted.lead, at=accepted.at())

    assert [(u.pairing, u.wording) for u in Undertaking.objects.all()] == [(offer, pairing.SECRECY_WORDING)]
    with pytest.raises(Refused):
        pairing.accept_offer(offer, by=accepted.lead, at=accepted.at())


def test_the_one_asked_sees_units_and_times_but_no_words_of_the_order(accepted):
    offer = pairing.offer(
        accepted.fresh(), accepted.lead.consultant, part="lead", by=accepted.coordinator, at=accepted.at()
    )

    page = factories.sit(accepted.lead).get(f"/offers/{offer.pk}/", secure=True).text

    assert accepted.orderer.unit.name_fi in page
    assert factories.ORDER["windows"] in page
    for word in (
        factories.ORDER["worry"],
        factories.ORDER["wish"],
        factories.ORDER["told_to"],
        accepted.orderer.account.name,
    ):
        assert word not in page


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_the_orders_words_about_languages_and_times_stand_in_the_language_of_the_order(accepted, who):
    Order.objects.filter(matter=accepted.matter).update(written_in="sv")
    path = f"/offers/{ask(accepted, accepted.lead).pk}/" if who == "lead" else accepted.matter.get_absolute_url()

    shown = BeautifulSoup(factories.sit(getattr(accepted, who)).get(path, secure=True).text, "html.parser")

    words = [shown.find("dd", string=factories.ORDER[part]) for part in ("languages", "windows")]
    assert [one["lang"] for one in words] == ["sv", "sv"]


# ---------------------------------------------------------------- outside


def test_a_superior_of_an_involved_unit_is_not_outside(accepted):
    superior = factories.seat(accepted.region, "consultant")
    factories.seat(
        accepted.region, "worker", unit=accepted.orderer.unit, leads=True, address=superior.account.address,
        name=superior.account.name,
    )  # fmt: skip

    assert superior not in free(accepted)


def test_whoever_has_led_for_the_same_professionals_before_is_not_outside(accepted):
    """The same orderer, or one who was along: in another matter, once the task was accepted."""
    before = factories.Cast(accepted.region)
    before.orderer, before.lead, before.writer = accepted.orderer, accepted.lead, accepted.writer
    before.to("ordered").accept()
    offer = ask(before, accepted.lead)
    assert accepted.lead in free(accepted)

    pairing.accept_offer(offer, by=accepted.lead, at=accepted.at())

    assert free(accepted) & {accepted.lead, accepted.writer} == {accepted.writer}


def test_whoever_has_led_for_one_who_is_along_here_is_not_outside(region):
    before = factories.Cast(region).to("closed")
    now = factories.Cast(region).to("pairing")
    assert before.lead in free(now)
    values = PersonSaid("Tiina")

    people.add_member(
        now.fresh(), idempotency_key=factories.uuid4(), side="professional", seat=before.invited, values=values,
        by=now.coordinator, at=now.at(),
    )  # fmt: skip

    assert before.lead not in free(now)
    assert before.other_consultant in free(now)


def test_the_page_tells_in_numbers_how_many_are_left_out_and_why_and_how_it_is_ordered(accepted):
    for _ in range(2):
        factories.seat(accepted.region, "consultant", unit=accepted.orderer.unit)

    shown = read(factories.sit(accepted.coordinator).get(f"/matters/{accepted.matter.pk}/pair/", secure=True))

    assert "2 on tai on ollut työssä mukana olevassa yksikössä." in shown
    assert "Tasatilanteessa ensin on se, joka on odottanut tehtävää pisimpään." in shown


# ---------------------------------------------------------------- the list


def test_the_list_shows_trade_and_unit_and_reasons_but_no_name(accepted):
    shown = read(factories.sit(accepted.coordinator).get(f"/matters/{accepted.matter.pk}/pair/", secure=True))

    assert accepted.lead.unit.name_fi in shown
    assert accepted.lead.unit.sector.name_fi in shown
    assert "Puhuu mukana olevien kieliä." in shown
    assert accepted.lead.account.name not in shown
    assert Entry.objects.filter(door="pairing.see_name").count() == 0


def test_a_name_is_seen_by_a_button_on_that_answer_only_and_recorded(accepted):
    client = factories.sit(accepted.coordinator)
    page = f"/matters/{accepted.matter.pk}/pair/"

    seen = read(client.post(f"{page}name/", {"consultant": accepted.lead.pk}, secure=True))

    assert accepted.lead.account.name in seen
    assert accepted.writer.account.name not in seen
    entries = Entry.objects.filter(door="pairing.see_name").values_list("seat", "space", "what")
    assert list(entries) == [(accepted.coordinator.pk, accepted.matter.pk, What.DID)]
    assert accepted.lead.account.name not in read(client.get(page, secure=True))


def test_the_name_of_somebody_who_may_not_be_asked_is_not_shown(accepted):
    colleague = factories.seat(accepted.region, "consultant", unit=accepted.orderer.unit)
    client = factories.sit(accepted.coordinator)

    answer = client.post(f"/matters/{accepted.matter.pk}/pair/name/", {"consultant": colleague.pk}, secure=True)

    assert answer.status_code == 422
    assert colleague.account.name not in answer.text
    assert Entry.objects.filter(door="pairing.see_name").count() == 0


@pytest.mark.complaint(7)
def test_two_are_asked_together_by_one_button(accepted):
    client = factories.sit(accepted.coordinator)
    page = BeautifulSoup(client.get(f"/matters/{accepted.matter.pk}/pair/", secure=True).text, "html.parser")
    form = page.find("form", action=f"/matters/{accepted.matter.pk}/pair/two/")
    both = {one["name"]: one["value"] for one in form.find_all("input") if one["name"] in {"first", "second"}}
    assert len(set(both.values())) == 2

    client.post(form["action"], both, secure=True)

    asked = {part: str(seat) for part, seat in LeadAssignment.objects.values_list("part", "seat")}
    assert asked == {"lead": both["first"], "writer": both["second"]}
    assert accepted.fresh().waits_for == "consultants"


def test_when_one_of_two_may_not_be_asked_nobody_is(accepted):
    colleague = factories.seat(accepted.region, "consultant", unit=accepted.orderer.unit)

    for other in (colleague, accepted.lead):
        with pytest.raises(Refused):
            pairing.offer_two(
                accepted.fresh(), accepted.lead.consultant, other.consultant, by=accepted.coordinator, at=accepted.at()
            )

    assert LeadAssignment.objects.count() == 0
    pairing.offer_two(
        accepted.fresh(),
        accepted.lead.consultant,
        accepted.writer.consultant,
        by=accepted.coordinator,
        at=accepted.at(),
    )
    assert LeadAssignment.objects.count() == 2


def test_nobody_is_asked_before_the_order_is_accepted(cast):
    cast.to("ordered")

    with pytest.raises(Refused):
        ask(cast, cast.lead)

    assert factories.sit(cast.coordinator).get(f"/matters/{cast.matter.pk}/pair/", secure=True).status_code == 403
    assert (LeadAssignment.objects.count(), cast.fresh().step) == (0, "ordered")


@pytest.mark.parametrize("n", [1, 9])
def test_the_page_asks_as_often_for_many_as_for_one(accepted, django_assert_max_num_queries, n):
    for _ in range(n):
        factories.seat(accepted.region, "consultant")
    ask(accepted, accepted.lead)
    client = factories.sit(accepted.coordinator)

    with django_assert_max_num_queries(12):
        shown = client.get(f"/matters/{accepted.matter.pk}/pair/", secure=True)

    assert len(shown.context["candidates"]) + len(shown.context["others"]) == n + 2


# ---------------------------------------------------------------- the one asked


def test_the_one_asked_sees_roles_and_municipality(accepted):
    type(accepted.orderer.unit).objects.filter(pk=accepted.orderer.unit.pk).update(municipality="Koivula")
    values = PersonSaid(accepted.invited.account.first_name)
    member = people.add_member(
        accepted.fresh(),
        idempotency_key=factories.uuid4(),
        side="professional",
        seat=accepted.invited,
        values=values,
        by=accepted.coordinator,
        at=accepted.at(),
    )
    people.permit(member, how="face", by=accepted.coordinator, at=accepted.at())
    offer = ask(accepted, accepted.lead)

    shown = read(factories.sit(accepted.lead).get(f"/offers/{offer.pk}/", secure=True))

    assert "Koivula" in shown
    assert f"{accepted.invited.title}, {accepted.invited.unit.name_fi}" in shown
    assert accepted.orderer.title in shown
    assert accepted.invited.account.name not in shown


def family(cast):
    """The people written down while the two are looked for."""
    for name, surname, relation in (("Aino", "Saarela", "äiti"), ("Elias", "Saarela", "")):
        member = people.add_member(
            cast.fresh(), idempotency_key=factories.uuid4(), side="own", values=PersonSaid(name, surname, relation),
            by=cast.coordinator, at=cast.at(),
        )  # fmt: skip
        people.change_needs(
            member, version=1, values=Needs(needs="Portaaton pääsy."), by=cast.coordinator, at=cast.at()
        )


def test_the_names_to_check_are_opened_by_a_button_once_and_recorded(accepted):
    family(accepted)
    offer = ask(accepted, accepted.lead)
    client = factories.sit(accepted.lead)
    before = read(client.get(f"/offers/{offer.pk}/", secure=True))

    first = read(client.post(f"/offers/{offer.pk}/names/", secure=True))
    opened_at = LeadAssignment.objects.get(pk=offer.pk).names_opened_at
    client.post(f"/offers/{offer.pk}/names/", secure=True)

    assert "Aino Saarela äiti" in first
    assert "Elias Saarela" in first
    assert "Portaaton" not in first
    assert [text for text in (before, read(client.get(f"/offers/{offer.pk}/", secure=True))) if "Saarela" in text] == []
    assert opened_at is not None
    assert LeadAssignment.objects.get(pk=offer.pk).names_opened_at == opened_at
    doors = Entry.objects.filter(seat=accepted.lead.pk, door__in=["pairing.open_names", "pairing:offer-names"])
    assert sorted(doors.values_list("door", "what")) == sorted(
        [("pairing.open_names", "did"), ("pairing:offer-names", "read")] * 2
    )


def test_no_name_is_read_by_one_asked_who_has_not_opened_them_or_has_answered(accepted):
    family(accepted)
    offer = ask(accepted, accepted.lead)
    record_reading("test", [accepted.matter.pk], by=accepted.lead, at=accepted.at())
    assert list(named_to(accepted.lead)) == []

    pairing.open_names(offer, by=accepted.lead, at=accepted.at())

    assert [member.name for member in named_to(accepted.lead)] == ["Aino", "Elias"]
    assert list(named_to(accepted.writer)) == []
    assert list(Member.objects.visible_to(accepted.lead)) == []
    pairing.withdraw(offer, by=accepted.lead, at=accepted.at())
    assert list(named_to(accepted.lead)) == []
    assert factories.sit(accepted.lead).post(f"/offers/{offer.pk}/names/", secure=True).status_code == 404


def test_before_any_name_is_written_the_pages_say_so(accepted):
    offer = ask(accepted, accepted.lead)

    asked = read(factories.sit(accepted.lead).post(f"/offers/{offer.pk}/names/", secure=True))
    coordinator = read(factories.sit(accepted.coordinator).get(f"/matters/{accepted.matter.pk}/pair/", secure=True))

    assert "Nimiä ei ole vielä kirjattu." in asked
    assert "Perheestä ei ole vielä kirjattu ketään" in coordinator
    family(accepted)
    coordinator = read(factories.sit(accepted.coordinator).get(f"/matters/{accepted.matter.pk}/pair/", secure=True))
    assert "Perheestä ei ole vielä kirjattu ketään" not in coordinator


def test_accepting_declares_that_one_does_not_know_the_family(accepted):
    offer = ask(accepted, accepted.lead)

    shown = read(factories.sit(accepted.lead).get(f"/offers/{offer.pk}/", secure=True))

    assert "vakuutan, että en tunne perhettä" in shown
    assert pairing.SECRECY_WORDING == 2


def test_whoever_has_been_asked_sees_no_matter_yet(accepted):
    offer = ask(accepted, accepted.lead)
    assert list(Matter.objects.visible_to(accepted.lead)) == []

    pairing.accept_offer(offer, by=accepted.lead, at=accepted.at())

    assert list(Matter.objects.visible_to(accepted.lead)) == [accepted.matter]
    assert list(Matter.objects.visible_to(Seat.objects.get(pk=accepted.writer.pk))) == []
