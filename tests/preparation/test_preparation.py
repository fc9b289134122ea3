"""Preparing together: who may, the people's words kept, the order of speaking, each person's own part of it."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone, translation

import factories
from again import fresh, main
from kudelma.core.errors import Refused, Stale
from kudelma.core.rules import may
from kudelma.matters.models import Matter
from kudelma.members.actions import people
from kudelma.members.models import LISTENS, Member
from kudelma.preparation.actions import preparation
from kudelma.preparation.inputs.preparation import GroundRules, Inviting, NotInvited, PreparerNamed, WhyTogether
from kudelma.preparation.models import Preparation

SAYS = {
    "why_together": WhyTogether,
    "not_invited": NotInvited,
    "inviting": Inviting,
    "ground_rules": GroundRules,
}
WORDS = {
    "why": ("why_together", "Aamut ovat meille raskaita."),
    "not-invited": ("not_invited", "Naapurin Pekkaa ei kutsuta."),
    "inviting": ("inviting", "Äiti kutsuu mummon itse."),
    "ground-rules": ("ground_rules", "Puhelimet pois.\nTauko, kun joku pyytää."),
}

OF_THE_TEST = 2
"""The test's own transaction makes a savepoint of each of the recorder's, and releases it."""


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def page(cast, seat, part=""):
    return factories.sit(seat).get(f"/matters/{cast.matter.pk}/preparation/{part}", secure=True)


def name(cast, seat, *, agreed=True, version=0):
    values = PreparerNamed(seat, family_agreed=agreed)
    preparation.name_preparer(cast.fresh(), version=version, values=values, by=cast.coordinator, at=cast.at())


def say(cast, version=0, **texts):
    """One part after another, each the next version."""
    for number, (name, text) in enumerate(texts.items(), start=version):
        preparation.prepare(cast.fresh(), version=number, values=SAYS[name](text), by=cast.lead, at=cast.at())


# ---------------------------------------------------------------- who prepares


def may_prepare(cast):
    """{seat: whether it may prepare}"""
    seats = ["coordinator", "lead", "writer", "orderer", "invited", "other_consultant"]
    part = f"/matters/{cast.matter.pk}/preparation/why/"
    return [one for one in seats if factories.sit(getattr(cast, one)).get(part, secure=True).status_code == 200]


def test_when_nobody_is_named_the_pair_and_the_coordinator_prepare(prepared):
    assert may_prepare(prepared) == ["coordinator", "lead", "writer"]


def test_one_of_the_pair_named_means_the_pair(prepared):
    name(prepared, prepared.lead)

    assert may_prepare(prepared) == ["coordinator", "lead", "writer"]


def test_the_coordinator_named_means_the_coordinator_alone(prepared):
    name(prepared, prepared.coordinator)

    assert may_prepare(prepared) == ["coordinator"]


def test_the_orderer_named_with_the_familys_yes_prepares_instead_of_the_pair(prepared):
    name(prepared, prepared.orderer)

    assert may_prepare(prepared) == ["coordinator", "orderer"]


def test_the_orderer_does_not_prepare_without_the_familys_yes(prepared):
    with pytest.raises(Refused):
        name(prepared, prepared.orderer, agreed=False)

    assert may_prepare(prepared) == ["coordinator", "lead", "writer"]


@pytest.mark.parametrize("values", [{"family_agreed": False}, {"by": "outsider"}])
def test_a_name_that_stands_there_opens_nothing_without_the_familys_yes_or_to_another_than_the_orderer(
    prepared, values
):
    """No action writes it so. Should it stand so all the same, whoever reads it asks once more."""
    name(prepared, prepared.orderer)
    seats = [prepared.orderer, prepared.outsider]
    sees = [Matter.objects.shared_with, Preparation.objects.visible_to, Member.objects.visible_to]
    assert [[found(seat).exists() for found in sees] for seat in seats] == [[True] * 3, [False] * 3]

    by = values.get("by")
    Preparation.objects.update(**({"by": getattr(prepared, by)} if by else values))

    assert [[found(seat).exists() for found in sees] for seat in seats] == [[False] * 3, [False] * 3]
    assert may_prepare(prepared) == (["coordinator", "lead", "writer"] if by else ["coordinator"])


@pytest.mark.parametrize(
    ("named", "prepare"),
    [
        ("", {"coordinator", "lead", "writer"}),
        ("writer", {"coordinator", "lead", "writer"}),
        ("orderer", {"coordinator", "orderer"}),
        ("coordinator", {"coordinator"}),
    ],
)
def test_a_list_and_the_page_itself_say_alike_whose_turn_it_is_to_prepare(prepared, named, prepare):
    if named:
        name(prepared, getattr(prepared, named))
    seats = {"coordinator", "lead", "writer", "orderer"}

    def offered(address, where):
        pages = {seat: factories.sit(getattr(prepared, seat)).get(address, secure=True).text for seat in seats}
        link = f'{where} a[href="/matters/{prepared.matter.pk}/preparation/"]'
        return {seat for seat, text in pages.items() if BeautifulSoup(text, "html.parser").select(link)}

    assert (offered("/matters/", "main"), offered(f"/matters/{prepared.matter.pk}/", ".next-step")) == (
        prepare,
        prepare,
    )


@pytest.mark.parametrize(("days", "reads"), [(13, True), (15, False)])
def test_the_orderer_who_prepared_reads_it_as_long_as_those_who_lead(prepared, days, reads):
    name(prepared, prepared.orderer)
    for act in (prepared.ask_times, prepared.choose, prepared.invite, prepared.meet, prepared.plan, prepared.end):
        act()

    with time_machine.travel(timezone.now() + timedelta(days=days)):
        opened = page(prepared, prepared.orderer).status_code
        people = Member.objects.visible_to(prepared.orderer).exists()
        by_coordinator = page(prepared, prepared.coordinator).status_code

    assert (opened == 200, people, by_coordinator) == (reads, reads, 200)


@pytest.mark.parametrize("seat", ["invited", "outsider", "other_consultant"])
def test_nobody_else_can_be_named(prepared, seat):
    with pytest.raises(Refused):
        name(prepared, getattr(prepared, seat))

    assert not Preparation.objects.exists()


def test_the_page_of_naming_says_that_the_family_must_agree(prepared):
    client = factories.sit(prepared.coordinator)
    address = f"/matters/{prepared.matter.pk}/preparation/preparer/"

    refused = client.post(address, {"by": str(prepared.orderer.pk), "version": 0}, secure=True)
    taken = client.post(address, {"by": str(prepared.orderer.pk), "family_agreed": "on", "version": 0}, secure=True)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert Preparation.objects.get().by == prepared.orderer


def test_whoever_is_named_sees_the_people_and_not_how_they_are_reached(prepared):
    name(prepared, prepared.orderer)
    client = factories.sit(prepared.orderer)

    people_page = client.get(f"/matters/{prepared.matter.pk}/people/", secure=True)

    assert "Ritva" in main(people_page)
    assert "aino@example.org" not in people_page.text
    for path in ("contact", "safety"):
        assert client.get(f"/people/{prepared.mother.pk}/{path}/", secure=True).status_code == 403
        coordinator = factories.sit(prepared.coordinator)
        assert coordinator.get(f"/people/{prepared.mother.pk}/{path}/", secure=True).status_code == 200


def test_the_orderer_sees_nobody_before_being_named(prepared):
    seen = Member.objects.visible_to(prepared.orderer).filter(matter=prepared.matter)
    assert list(seen) == []

    name(prepared, prepared.orderer)

    assert seen.all().count() == 4


def test_the_named_orderer_lets_in_face_to_face_in_preparation_only(prepared):
    name(prepared, prepared.orderer)
    client, address = factories.sit(prepared.orderer), f"/people/{prepared.mother.pk}/admission/"
    assert client.get(address, secure=True).status_code == 200

    Matter.objects.filter(pk=prepared.matter.pk).update(step="meeting")

    assert client.get(address, secure=True).status_code == 403


# ---------------------------------------------------------------- the people's words


@pytest.mark.parametrize("part", WORDS)
def test_each_part_is_kept_and_stands_on_the_page(prepared, part):
    column, words = WORDS[part]
    client = factories.sit(prepared.lead)
    address = f"/matters/{prepared.matter.pk}/preparation/"
    assert words.split("\n")[0] not in client.get(address, secure=True).text

    answer = client.post(f"{address}{part}/", {column: words, "version": 0}, secure=True)

    assert answer.headers["Location"] == address
    assert words.split("\n")[0] in main(client.get(address, secure=True))


def test_no_part_is_in_the_way_of_another_and_any_may_be_left_open(prepared):
    say(prepared, ground_rules="Tauko, kun joku pyytää.")
    say(prepared, version=1, why_together="")

    prepared.open()
    kept = Preparation.objects.get()
    assert (kept.ground_rules, kept.why_together, kept.version) == ("Tauko, kun joku pyytää.", "", 2)


def test_the_six_questions_of_a_good_meeting_are_asked(prepared):
    told = main(page(prepared, prepared.lead))

    for question in (
        "Miksi ajatella yhdessä?",
        "Mistä on kyse?",
        "Keitä kutsutaan, ja miksi juuri heidät?",
        "Kuka kutsuu ja miten?",
        "Kuka vetää ja kuka kirjaa?",
    ):
        assert question in told
    assert prepared.lead.account.first_name in told
    assert prepared.writer.account.first_name in told


def test_whom_not_to_invite_is_shown_to_those_who_prepare_only(prepared):
    say(prepared, not_invited="Naapurin Pekkaa ei kutsuta.", why_together="Aamut ovat meille raskaita.")
    assert "Pekkaa" in main(page(prepared, prepared.lead))

    name(prepared, prepared.orderer, version=2)

    shown = {seat: main(page(prepared, getattr(prepared, seat))) for seat in ("coordinator", "lead", "orderer")}
    assert {seat: "Pekkaa" in text for seat, text in shown.items()} == {
        "coordinator": True, "lead": False, "orderer": True,
    }  # fmt: skip
    assert {seat: "raskaita" in text for seat, text in shown.items()} == dict.fromkeys(shown, True)
    assert page(prepared, prepared.lead, "not-invited/").status_code == 403


def test_whom_not_to_invite_stands_on_no_page_of_the_invited(prepared):
    prepared.open()
    say(prepared, not_invited="Naapurin Pekkaa ei kutsuta.")
    mother, invited = factories.sit(prepared.mother.seat, 2), factories.sit(prepared.invited)

    texts = [mother.get(path, secure=True).text for path in ("/own/", "/own/people/", "/own/needs/")]
    texts.append(invited.get(prepared.matter.get_absolute_url(), secure=True).text)

    assert "Pekkaa" in page(prepared, prepared.coordinator).text
    assert [text for text in texts if "Pekkaa" in text] == []


def test_the_second_to_save_is_shown_both(prepared):
    say(prepared, why_together="Aamut.")

    with pytest.raises(Stale) as stale:
        say(prepared, why_together="Illat.")

    assert stale.value.now == {"why_together": "Aamut.", "version": 1}


def test_a_part_that_does_not_exist_is_not_found(prepared):
    assert page(prepared, prepared.lead, "something/").status_code == 404


def test_nothing_is_prepared_before_the_order_is_accepted(cast):
    cast.to("ordered")
    assert page(cast, cast.coordinator, "why/").status_code == 403

    cast.accept()

    assert page(cast, cast.coordinator, "why/").status_code == 200


def test_nothing_is_prepared_in_a_closed_matter(cast):
    cast.to("closed")

    with pytest.raises(Refused):
        say(cast, why_together="Aamut.")


@pytest.mark.parametrize("seat", ["coordinator", "lead"])
def test_the_page_asks_as_often_for_many_people_as_for_few(prepared, seat, django_assert_max_num_queries):
    for number in range(8):
        prepared.add("close", f"Läheinen {number}", "")
    name(prepared, prepared.lead)
    client, address = factories.sit(getattr(prepared, seat)), f"/matters/{prepared.matter.pk}/preparation/"

    with django_assert_max_num_queries(12 + OF_THE_TEST):
        shown = client.get(address, secure=True)

    assert "Läheinen 7" in main(shown)


def test_a_yes_of_another_family_names_nobody_here(prepared):
    other = factories.Cast(prepared.region)
    other.orderer = prepared.orderer
    other.to("preparing")
    other.open()
    name(other, other.orderer)
    prepared.open()
    name(prepared, prepared.orderer)
    assert may(prepared.orderer, "matters.prepare", prepared.fresh())

    Preparation.objects.filter(matter=prepared.matter).update(family_agreed=False)

    assert not may(prepared.orderer, "matters.prepare", prepared.fresh())


# ---------------------------------------------------------------- the order of speaking


def order(cast):
    members = Member.objects.filter(matter=cast.matter).with_permission().in_order_of_speaking()
    cast.open()
    return [f"{member.name}{' (kuuntelee)' if member.only_listens else ''}" for member in members]


@pytest.fixture
def four(prepared):
    """Aino, Elias, Ritva and the professional, whose name is made up anew each time."""
    people.withdraw_permission(fresh(prepared.professional), by=prepared.lead, at=prepared.at())
    prepared.add("close", "Tuula", "")
    return prepared


def test_without_an_agreement_the_order_is_that_of_the_circle(four):
    assert order(four) == ["Aino", "Elias", "Ritva", "Tuula"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (1, ["Ritva", "Aino", "Elias", "Tuula"]),
        (2, ["Aino", "Ritva", "Elias", "Tuula"]),
        (4, ["Aino", "Elias", "Tuula", "Ritva"]),
        (99, ["Aino", "Elias", "Tuula", "Ritva"]),
        (LISTENS, ["Aino", "Elias", "Tuula", "Ritva (kuuntelee)"]),
    ],
)
def test_somebody_is_given_a_place_and_the_others_close_up(four, place, expected):
    for _ in range(2):  # pressing twice changes nothing more
        preparation.speak_at(fresh(four.close_one), place, by=four.lead, at=four.at())

    assert order(four) == expected


def test_one_who_comes_along_later_speaks_after_those_of_whom_it_was_agreed_and_before_those_who_listen(four):
    preparation.speak_at(fresh(four.mother), LISTENS, by=four.lead, at=four.at())
    preparation.speak_at(fresh(four.close_one), 1, by=four.lead, at=four.at())

    four.add("own", "Mikko", "Saarela")

    assert order(four) == ["Ritva", "Elias", "Tuula", "Mikko", "Aino (kuuntelee)"]


def test_the_buttons_move_one_place_and_work_without_a_script(four):
    client, address = factories.sit(four.lead), f"/matters/{four.matter.pk}/preparation/speaking/"
    shown = BeautifulSoup(client.get(address, secure=True).text, "html.parser")
    earlier = next(
        button["value"] for button in shown.select("button[name=place]") if button.get_text() == "Aiemmin Elias"
    )

    client.post(address, {"place": earlier}, secure=True)

    assert order(four) == ["Elias", "Aino", "Ritva", "Tuula"]
    assert "Elias, Aino, Ritva, Tuula" in main(page(four, four.lead))


def test_one_who_only_listens_may_speak_after_all(four):
    preparation.speak_at(fresh(four.child), LISTENS, by=four.lead, at=four.at())
    assert "Kuuntelemassa Elias" in main(page(four, four.lead, "speaking/"))

    preparation.speak_at(fresh(four.child), 4, by=four.lead, at=four.at())

    assert order(four) == ["Aino", "Ritva", "Tuula", "Elias"]


def test_the_agreed_order_is_that_of_the_board(cast):
    cast.to("invited")
    preparation.speak_at(fresh(cast.child), 1, by=cast.lead, at=cast.at())
    preparation.speak_at(fresh(cast.mother), LISTENS, by=cast.lead, at=cast.at())
    cast.mother, cast.child, cast.professional = (fresh(one) for one in (cast.mother, cast.child, cast.professional))

    cast.meet()

    by_place = sorted(cast.voices.values(), key=lambda voice: voice.position)
    assert [voice.member_id for voice in by_place] == [cast.child.pk, cast.professional.pk, cast.mother.pk]


def test_the_theme_and_the_parts_each_stand_in_the_language_in_which_they_were_written(prepared):
    with translation.override("sv"):
        say(prepared, ground_rules="En talar i taget.")

    shown = BeautifulSoup(page(prepared, prepared.lead).text, "html.parser")

    said = {one.get_text(): one["lang"] for one in shown.select(".parts .said")}
    assert said == {"Aamut": "fi", "En talar i taget.": "sv"}
