"""What helps each one to take part, and who comes: told by themselves, seen by those for whom it is."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

import factories
from again import fresh, main
from kudelma.matters.models import Matter
from kudelma.members.actions import people
from kudelma.members.actions.people import change_needs
from kudelma.members.inputs.own import Needs
from kudelma.members.models import Member
from kudelma.people.models import Seat
from kudelma.trust.models import Entry


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def page(cast, seat, part=""):
    return factories.sit(seat).get(f"/matters/{cast.matter.pk}/preparation/{part}", secure=True)


def test_a_participant_tells_at_level_one_what_helps_and_whoever_prepares_sees_it(prepared):
    client = factories.sit(prepared.mother.seat, 1)
    typed = {"interpreter": "arabia", "support": "Sisko Maija", "ride": "Kyyti takaisin.", "version": 1}

    answer = client.post("/own/needs/", typed, secure=True)

    assert answer.headers["Location"] == "/own/"
    assert "arabia" in client.get("/own/needs/", secure=True).text
    told = main(page(prepared, prepared.lead))
    assert [word for word in ("arabia", "Sisko Maija", "Kyyti takaisin.") if word not in told] == []


@pytest.mark.complaint(16, 53)
def test_who_is_beside_somebody_and_the_interpreter_stand_where_it_is_told_who_comes(prepared):
    """The list of who comes shows the persons beside, and nothing of why they are needed."""
    values = Needs(interpreter="arabia", support="Sisko Maija", access="Kuulen huonosti.")
    change_needs(fresh(prepared.mother), version=1, values=values, by=prepared.lead, at=prepared.at())

    own = main(factories.sit(prepared.close_one.seat, 2).get("/own/people/", secure=True))
    worker = main(factories.sit(prepared.invited).get(prepared.matter.get_absolute_url(), secure=True))

    for told in (own, worker):
        assert "Sisko Maija" in told
        assert "arabia" in told
        assert "Kuulen huonosti." not in told
    assert "Kuulen huonosti." in main(page(prepared, prepared.lead))


def test_a_person_beside_has_no_view_of_their_own(prepared):
    change_needs(
        fresh(prepared.mother), version=1, values=Needs(support="Sisko Maija"), by=prepared.lead, at=prepared.at()
    )

    assert Member.objects.filter(matter=prepared.matter).count() == 4
    assert Seat.objects.filter(space=prepared.matter.pk).count() == 3


@pytest.mark.complaint(16, 53)
def test_only_those_with_permission_stand_where_it_is_told_who_comes(prepared):
    people.withdraw_permission(fresh(prepared.close_one), by=prepared.lead, at=prepared.at())
    matter = prepared.matter.get_absolute_url()

    for answer in (
        factories.sit(prepared.mother.seat, 2).get("/own/people/", secure=True),
        factories.sit(prepared.coordinator).get(matter, secure=True),
        factories.sit(prepared.lead).get(matter, secure=True),
        factories.sit(prepared.invited).get(matter, secure=True),
    ):
        assert "Aino" in main(answer)
        assert "Ritva" not in main(answer)
    assert "Ritva" in main(factories.sit(prepared.lead).get(f"/matters/{prepared.matter.pk}/people/", secure=True))


@pytest.mark.complaint(53)
def test_at_level_one_who_comes_is_told_to_nobody(prepared):
    assert factories.sit(prepared.mother.seat, 1).get("/own/people/", secure=True).status_code == 403
    assert factories.sit(prepared.mother.seat, 2).get("/own/people/", secure=True).status_code == 200


@pytest.mark.complaint(29)
def test_the_openings_of_a_family_member_are_never_shown_to_another(prepared):
    factories.sit(prepared.close_one.seat, 2).get("/own/needs/", secure=True)
    factories.sit(prepared.lead).get(f"/matters/{prepared.matter.pk}/preparation/", secure=True)

    told = factories.sit(prepared.mother.seat, 2).get("/own/openings/", secure=True)

    assert Entry.objects.filter(seat=prepared.close_one.seat.pk, what="read").exists()
    assert {one["seat"] for one in told.context["openings"]} == {prepared.lead}


@pytest.mark.complaint(29)
def test_what_one_told_of_needs_is_shown_to_no_other_of_the_family(prepared):
    values = Needs(needs="Tarvitsen taukoja.", ride="Kyyti kotoa.")
    change_needs(fresh(prepared.mother), version=1, values=values, by=prepared.lead, at=prepared.at())
    grandmother = factories.sit(prepared.close_one.seat, 2)

    texts = [grandmother.get(path, secure=True).text for path in ("/own/", "/own/people/", "/own/needs/")]

    assert "taukoja" in factories.sit(prepared.mother.seat, 1).get("/own/needs/", secure=True).text
    assert [text for text in texts if "taukoja" in text or "Kyyti kotoa" in text] == []


def test_before_the_meeting_the_own_page_leads_to_needs_and_after_it_does_not(cast):
    cast.to("preparing")
    client = factories.sit(cast.mother.seat, 1)
    assert "/own/needs/" in client.get("/own/", secure=True).text

    Matter.objects.filter(pk=cast.matter.pk).update(step="following")

    assert "/own/needs/" not in client.get("/own/", secure=True).text


def lang_of(text, answer):
    """The language that the page says of these words, on the nearest element that says one."""
    found = BeautifulSoup(answer.text, "html.parser").main.find(string=lambda one: text in one)
    return next(element["lang"] for element in found.parents if element.get("lang"))


def test_what_helps_stands_in_the_language_in_which_it_was_written(prepared):
    values = {"needs": "Ett lugnt rum", "version": 1}
    swedish = factories.sit(prepared.mother.seat, 1)
    swedish.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"

    swedish.post("/own/needs/", values, secure=True)
    change_needs(fresh(prepared.close_one), version=1, values=Needs(ride="Kyyti"), by=prepared.lead, at=prepared.at())

    for path in ("preparation", "people"):
        shown = factories.sit(prepared.coordinator).get(f"/matters/{prepared.matter.pk}/{path}/", secure=True)
        assert [lang_of(text, shown) for text in ("Ett lugnt rum", "Kyyti")] == ["sv", "fi"]
