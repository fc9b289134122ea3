"""Three lines by which professionals introduce themselves; a family owes none."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

import factories
from again import main
from kudelma.core.errors import Stale
from kudelma.members.actions import people
from kudelma.members.models import Member
from kudelma.pairing.actions import offers as pairing
from kudelma.preparation.actions import preparation
from kudelma.preparation.inputs.preparation import ThreeLines
from kudelma.preparation.models import Introduction

LINES = {"face": "Minna, terveydenhoitaja", "can_do": "Soitan viikoittain.", "needs": "Tiedän, kehen otan yhteyttä."}


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def introduce(cast, seat, version=0, **values):
    preparation.introduce(cast.fresh(), version=version, values=ThreeLines(**LINES | values), by=seat, at=cast.at())


def page(cast, seat):
    return factories.sit(seat).get(f"/matters/{cast.matter.pk}/introduction/", secure=True)


def test_those_who_come_as_professionals_introduce_themselves_and_nobody_else(prepared):
    seats = ["invited", "lead", "writer", "orderer", "coordinator", "outsider", "other_consultant"]

    codes = {name: page(prepared, getattr(prepared, name)).status_code for name in seats}

    assert codes == {
        "invited": 200, "lead": 200, "writer": 200, "orderer": 403, "coordinator": 403, "outsider": 404,
        "other_consultant": 404,
    }  # fmt: skip
    assert factories.sit(prepared.mother.seat, 2).get(f"/matters/{prepared.matter.pk}/introduction/").status_code != 200


def test_the_lines_are_kept_and_changed_by_the_one_who_wrote_them(prepared):
    client, address = factories.sit(prepared.invited), f"/matters/{prepared.matter.pk}/introduction/"
    client.post(address, LINES | {"version": 0}, secure=True)

    client.post(address, LINES | {"can_do": "Käyn kotona.", "version": 1}, secure=True)

    prepared.open()
    there = Introduction.objects.get()
    assert (there.seat, there.face, there.can_do) == (prepared.invited, LINES["face"], "Käyn kotona.")
    with pytest.raises(Stale):
        introduce(prepared, prepared.invited, version=1)


def test_they_stand_beside_the_name_for_all_who_may_see_who_comes(prepared):
    introduce(prepared, prepared.invited)
    introduce(prepared, prepared.lead, face="Kaisa, vedän keskustelun.")
    matter = prepared.matter.get_absolute_url()

    pages = {
        "mother": factories.sit(prepared.mother.seat, 2).get("/own/people/", secure=True),
        "invited": factories.sit(prepared.invited).get(matter, secure=True),
        "lead": factories.sit(prepared.lead).get(matter, secure=True),
        "coordinator": factories.sit(prepared.coordinator).get(matter, secure=True),
    }

    for answer in pages.values():
        told = main(answer)
        assert "Minna, terveydenhoitaja" in told
        assert "Kaisa, vedän keskustelun." in told


def test_they_are_not_shown_to_those_who_may_not_see_who_comes(prepared):
    introduce(prepared, prepared.invited)
    mother = Member.objects.select_related("seat").get(pk=prepared.mother.pk).seat
    mother.level = 1
    assert Introduction.objects.visible_to(prepared.lead).count() == 1

    seen = [
        Introduction.objects.visible_to(seat).count()
        for seat in (mother, prepared.orderer, prepared.outsider, prepared.other_consultant, prepared.steering)
    ]

    assert seen == [0, 0, 0, 0, 0]


@pytest.mark.complaint(53)
@pytest.mark.parametrize("elsewhere", [False, True], ids=["comes nowhere", "comes to another meeting"])
def test_the_lines_of_one_who_does_not_come_after_all_are_not_shown(prepared, elsewhere):
    introduce(prepared, prepared.invited)
    if elsewhere:
        other = factories.Cast(prepared.region)
        other.invited, other.lead = prepared.invited, prepared.lead
        other.to("preparing")
        prepared.open()
    told = Introduction.objects.visible_to(prepared.coordinator)
    assert told.of_those_who_come().count() == 1

    professional = Member.objects.select_related("matter__region", "seat").get(pk=prepared.professional.pk)
    people.withdraw_permission(professional, by=prepared.coordinator, at=prepared.at())

    assert told.of_those_who_come().count() == 0


@pytest.mark.parametrize("elsewhere", [False, True], ids=["leads nothing", "leads another meeting"])
def test_the_lines_of_one_who_leads_no_more_are_not_shown(prepared, elsewhere):
    introduce(prepared, prepared.lead)
    if elsewhere:
        other = factories.Cast(prepared.region)
        other.lead = prepared.lead
        other.to("preparing")
        prepared.open()
    told = Introduction.objects.visible_to(prepared.coordinator)
    assert told.of_those_who_come().count() == 1

    task = prepared.matter.pairings.select_related("matter__region", "seat").get(part="lead")
    pairing.end_pairing(task, by=prepared.coordinator, at=prepared.at())

    assert told.of_those_who_come().count() == 0


def test_families_owe_no_lines(prepared):
    own = factories.sit(prepared.mother.seat, 2)

    assert "/introduction/" not in own.get("/own/", secure=True).text
    link = f"/matters/{prepared.matter.pk}/introduction/"
    assert link in factories.sit(prepared.invited).get(prepared.matter.get_absolute_url(), secure=True).text


def test_they_stand_in_the_language_of_the_one_who_wrote_and_their_headings_in_the_readers(prepared):
    introduce(prepared, prepared.invited)
    client = factories.sit(prepared.mother.seat, 2)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"

    shown = BeautifulSoup(client.get("/own/people/", secure=True).text, "html.parser").select_one(".introduction")

    headings = [one.find_parent(lang=True)["lang"] for one in shown.select("dt")]
    assert (set(headings), {one["lang"] for one in shown.select("dd")}) == ({"sv"}, {"fi"})
