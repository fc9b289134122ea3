"""Consents that never end in silence, and judgements by somebody, with who and why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import factories
from again import fresh, main
from kudelma.core.errors import KeyReused, Refused
from kudelma.matters.models import Matter
from kudelma.members.actions import agreements, people
from kudelma.members.inputs.agreements import ConsentGiven, JudgementMade
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Consent, ConsentKind, Judgement

CONSENT = {"kind": "consent", "what_for": "Koulunkäynnistä sopiminen", "to_whom": "Kivirannan koululle", "how": "face"}
JUDGED = {"kind": "limited", "judged_by": "Liisa Laki, sosiaalityöntekijä", "why": "Käräjäoikeuden päätös."}


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def consent(cast, *, until=None, member=None, idempotency_key=None, **values):
    told = CONSENT | {"given_on": timezone.localdate(), "until": until} | values
    return agreements.give_consent(
        fresh(member or cast.mother),
        idempotency_key=idempotency_key or uuid4(),
        values=ConsentGiven(**told),
        by=cast.lead,
        at=cast.at(),
    )


def judge(cast, member, *opens, **values):
    told = JUDGED | {f"opens_{part}": part in opens for part in ("time", "theme", "people", "plan")} | values
    return agreements.judge(
        fresh(member), idempotency_key=uuid4(), values=JudgementMade(**told), by=cast.coordinator, at=cast.at()
    )


# ---------------------------------------------------------------- consents and permits


def test_a_consent_is_kept_with_who_heard_it_and_how(prepared):
    given = consent(prepared)

    kept = Consent.objects.get(pk=given.pk)
    assert (kept.member, kept.by, kept.how, kept.kind) == (prepared.mother, prepared.lead, "face", "consent")
    told = main(factories.sit(prepared.lead).get(f"/people/{prepared.mother.pk}/agreements/", secure=True))
    assert "Kivirannan koululle" in told
    assert prepared.lead.account.name in told


def test_the_four_that_are_not_the_same_are_told_apart(prepared):
    told = main(factories.sit(prepared.lead).get(f"/people/{prepared.mother.pk}/agreements/", secure=True))

    for name in ("Yhdessä sopiminen", "Lupa kutsua", "Suostumus tai luovutuslupa", "Käsittelyn peruste"):
        assert name in told


def test_a_consent_is_neither_a_permission_nor_a_basis(prepared):
    aunt = people.add_member(
        prepared.fresh(),
        idempotency_key=uuid4(),
        side="close",
        values=PersonSaid("Tuula"),
        by=prepared.lead,
        at=prepared.at(),
    )

    consent(prepared, member=aunt)

    assert not fresh(aunt).may_be_invited
    assert prepared.fresh().basis.ground == "shl41"


def test_pressing_twice_gives_it_once_and_another_with_the_same_key_is_refused(prepared):
    key = uuid4()
    for _ in range(2):
        consent(prepared, idempotency_key=key)

    assert Consent.objects.count() == 1
    with pytest.raises(KeyReused):
        consent(prepared, idempotency_key=key, to_whom="Muualle")


def test_a_consent_is_withdrawn_once(prepared):
    given = consent(prepared)

    agreements.withdraw_consent(given, by=prepared.lead, at=prepared.at())

    assert Consent.objects.standing().count() == 0
    with pytest.raises(Refused):
        agreements.withdraw_consent(given, by=prepared.coordinator, at=prepared.at())


def test_a_consent_cannot_end_before_it_was_given(prepared):
    with pytest.raises(IntegrityError), transaction.atomic():
        consent(prepared, until=timezone.localdate() - timedelta(days=1))


@pytest.mark.complaint(3)
@pytest.mark.parametrize(("days", "is_told"), [(15, False), (14, True), (0, True), (-3, True)])
def test_a_consent_that_ends_is_told_two_weeks_before_on_page_and_desk(prepared, days, is_told):
    today = timezone.localdate()
    consent(prepared, given_on=today - timedelta(days=30), until=today + timedelta(days=days))
    client = factories.sit(prepared.coordinator)

    desk = client.get("/today/", secure=True)
    page = client.get(f"/people/{prepared.mother.pk}/agreements/", secure=True)

    at_desk = [one.url for one in desk.context["groups"]["now"] if "uostumu" in one.text]
    assert at_desk == ([f"/matters/{prepared.matter.pk}/people/"] if is_told else [])
    assert ("päätty" in main(desk)) == is_told
    assert (len(page.context["ending"]) == 1) == is_told
    assert "Aino" not in main(desk)


@pytest.mark.complaint(3)
def test_a_consent_given_anew_or_withdrawn_is_told_no_more(prepared):
    today = timezone.localdate()
    for member in (prepared.mother, prepared.close_one):
        consent(prepared, member=member, until=today + timedelta(days=3))
    ending = Consent.objects.visible_to(prepared.coordinator).ending(today)
    assert {one.member_id for one in ending} == {prepared.mother.pk, prepared.close_one.pk}

    consent(prepared, until=today + timedelta(days=90))
    agreements.withdraw_consent(ending.get(member=prepared.close_one), by=prepared.lead, at=prepared.at())

    assert list(ending.all()) == []


def test_a_consent_given_anew_without_an_end_is_told_no_more(prepared):
    today = timezone.localdate()
    consent(prepared, until=today + timedelta(days=3))

    consent(prepared)

    assert not Consent.objects.visible_to(prepared.coordinator).ending(today).exists()


@pytest.mark.complaint(3)
def test_a_longer_consent_of_another_kind_or_of_somebody_else_makes_no_difference(prepared):
    today = timezone.localdate()
    consent(prepared, until=today + timedelta(days=3))
    kind = Consent.objects.get().kind
    consent(prepared, until=today + timedelta(days=90), kind=next(other for other in ConsentKind if other != kind))
    consent(prepared, until=today + timedelta(days=90), member=prepared.close_one)

    assert Consent.objects.visible_to(prepared.coordinator).ending(today).get().kind == kind


def test_consents_are_seen_by_those_who_prepare_and_by_nobody_else(prepared):
    consent(prepared)

    seen = {
        name: Consent.objects.visible_to(getattr(prepared, name)).count()
        for name in ("coordinator", "lead", "orderer", "invited", "outsider", "other_consultant", "steering")
    }
    mother = prepared.mother.seat
    mother.level = 2
    assert seen == {
        "coordinator": 1, "lead": 1, "orderer": 0, "invited": 0, "outsider": 0, "other_consultant": 0, "steering": 0,
    }  # fmt: skip
    assert Consent.objects.visible_to(mother).count() == 0


# ---------------------------------------------------------------- judgements


def test_a_judgement_tells_who_and_why_and_a_newer_one_replaces_it(prepared):
    first = judge(prepared, prepared.child, kind="own_say")
    second = judge(prepared, prepared.child, kind="prohibition", why="Lapsi kieltää kertomasta.")

    standing = Judgement.objects.standing().get(member=prepared.child)
    first.refresh_from_db()
    assert (standing, first.replaced_by, second.replaced_at) == (second, prepared.coordinator, None)


def test_the_database_keeps_one_standing_judgement_a_member(prepared):
    judge(prepared, prepared.child)

    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement(
            matter=prepared.fresh(), member=prepared.child, kind="own_say", by=prepared.coordinator, at=prepared.at()
        ).save(force_insert=True)


def test_a_judgement_without_who_or_why_is_not_taken(prepared):
    client, page = factories.sit(prepared.coordinator), f"/people/{prepared.child.pk}/judgement/"

    assert client.post(page, {"kind": "own_say", "judged_by": "", "why": "Koska."}, secure=True).status_code == 422
    assert client.post(page, {"kind": "own_say", "judged_by": "Liisa", "why": ""}, secure=True).status_code == 422
    assert client.post(page, {"kind": "own_say", "judged_by": "Liisa", "why": "Koska."}, secure=True).status_code == 302


def test_judgements_are_read_by_the_coordinator_alone(prepared):
    judge(prepared, prepared.child)
    page = f"/people/{prepared.child.pk}/agreements/"

    assert "Käräjäoikeuden" in factories.sit(prepared.coordinator).get(page, secure=True).text
    assert "Käräjäoikeuden" not in factories.sit(prepared.lead).get(page, secure=True).text


@pytest.mark.complaint(16, 36)
def test_membership_comes_by_an_explicit_act_only(prepared):
    """Who else is invited is told; nobody is told of without a permission."""
    before = Matter.objects.visible_to(prepared.outsider).count()
    member = people.add_member(
        prepared.fresh(), idempotency_key=uuid4(), by=prepared.lead, at=prepared.at(),
        side="professional", seat=prepared.outsider, values=PersonSaid("Sari"),
    )  # fmt: skip
    mother = factories.sit(prepared.mother.seat, 2)

    without = mother.get("/own/people/", secure=True)
    people.permit(member, how="face", by=prepared.lead, at=prepared.at())
    with_permission = mother.get("/own/people/", secure=True)

    assert before == 0
    assert ("Sari" in main(without), "Sari" in main(with_permission)) == (False, True)
