"""Two consultants, both outside; each accepts with the promise, or withdraws without a word."""

import pytest

import factories
from kudelma.core.errors import Refused
from kudelma.matters.actions import pairing
from kudelma.matters.models import Pairing, Undertaking


@pytest.fixture
def accepted(cast):
    return cast.to("pairing")


def free(cast):
    return {one.seat for one in pairing.outside(cast.fresh(), at=cast.at())}


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
    from datetime import timedelta

    from django.utils import timezone

    factories.seat(factories.region(), "consultant")
    gone = factories.seat(accepted.region, "consultant", ends_on=timezone.localdate() - timedelta(days=1))

    assert gone not in free(accepted)
    assert len(free(accepted)) == 3


def test_an_offer_to_somebody_involved_is_refused(accepted):
    colleague = factories.seat(accepted.region, "consultant", unit=accepted.orderer.unit)

    with pytest.raises(Refused):
        pairing.offer(accepted.fresh(), colleague.consultant, part="lead", by=accepted.coordinator, at=accepted.at())

    assert Pairing.objects.count() == 0


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
