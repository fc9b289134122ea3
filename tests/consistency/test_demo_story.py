"""The story of the demo as it is told: as large as promised, at home in its own places, and nobody real in it."""

import re
import tomllib
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

import kudelma
from kudelma.circle.geometry import Ring, ring_of
from kudelma.demo.loading import BUTTONS, NEIGHBOUR, REGION, STORY, address_of
from kudelma.demo.people import FAMILY, WORK
from kudelma.demo.walk import FAMILY as FAMILY_OF_MAIN
from kudelma.demo.walk import MAIN
from kudelma.matters.models import Step
from kudelma.preparation.models import ShownTo

PACKAGE = Path(kudelma.__file__).parent
PROJECT = PACKAGE.parent.parent
TEXTS = {".py", ".html", ".toml", ".md", ".po", ".typ", ".css", ".js", ".txt"}
REAL_NAMES = {"34c72d1c98330b4a", "9cc7eeb838d81f1b", "d2cab2f667361435"}
"""Hashes of family names of people who have written about the method: nobody of the story is called so."""


def told(name):
    return tomllib.loads((STORY / name).read_text())


PEOPLE, PLACES = told("people.toml"), told("places.toml")
MATTERS = {file.stem: tomllib.loads(file.read_text()) for file in sorted((STORY / "matters").glob("*.toml"))}
WORKERS = {one["slug"]: one for one in PEOPLE["worker"]}
CONSULTANTS = {slug for slug, one in WORKERS.items() if "consultant" in one}
UNITS = {unit["slug"] for sector in PLACES["sector"] for unit in sector["unit"]}


def everybody():
    """Names of all who work in the story."""
    listed = [*PEOPLE["worker"], *PEOPLE["coordinator"], *PEOPLE["steering"], PEOPLE["administrator"]]
    return [one["name"] for one in [*listed, PEOPLE["neighbour"]]]


# ---------------------------------------------------------------- its size


def test_there_are_two_regions_and_only_one_has_the_story():
    assert (REGION["name_fi"], NEIGHBOUR["name_fi"]) == ("Esimerkkilä", "Naapurila")
    assert set(PEOPLE["neighbour"]) == {"slug", "name", "title", "language"}


def test_the_story_is_as_large_as_it_says():
    assert (len(WORKERS), len(CONSULTANTS), len(MATTERS)) == (60, 24, 40)
    assert (len(PLACES["sector"]), len(UNITS), len(PLACES["controller"])) == (8, 25, 3)


def test_every_step_of_the_way_has_a_matter():
    steps = Counter(matter["step"] for matter in MATTERS.values())

    assert set(steps) == set(Step.values) | {"answered"}


def test_both_languages_of_the_country_are_spoken():
    assert {matter["language"] for matter in MATTERS.values()} == {"fi", "sv"}
    assert {one["language"] for one in PEOPLE["worker"]} == {"fi", "sv"}


# ---------------------------------------------------------------- at home


def test_a_file_is_named_by_its_matter():
    assert [stem.split("-", 1)[1] for stem in MATTERS] == [matter["slug"] for matter in MATTERS.values()]


def test_nobody_stands_in_it_twice():
    for names in (everybody(), [address_of(name) for name in everybody()], [one["slug"] for one in PEOPLE["worker"]]):
        assert [name for name, number in Counter(names).items() if number > 1] == []


def test_everybody_works_in_a_unit_that_is_there():
    assert {one["unit"] for one in WORKERS.values()} <= UNITS
    assert len(UNITS) == sum(len(sector["unit"]) for sector in PLACES["sector"])


def test_each_person_with_a_button_stands_in_the_story():
    assert set(BUTTONS) <= set(WORKERS)
    assert {slug for slug, button in BUTTONS.items() if button.startswith("consultant")} <= CONSULTANTS
    others = {"coordinator", "steering", "administrator", "other-region-coordinator"}
    assert {button.slug for button in WORK} == set(BUTTONS.values()) | others
    (main,) = [matter for matter in MATTERS.values() if matter["slug"] == MAIN]
    assert set(FAMILY_OF_MAIN) <= {member.get("slug") for member in main["member"]}
    assert {button.slug for button in FAMILY} == set(FAMILY_OF_MAIN.values())


@pytest.mark.parametrize("matter", MATTERS.values(), ids=MATTERS)
def test_the_two_who_lead_are_consultants_from_outside(matter):
    pair = [matter[part] for part in ("lead", "writer") if part in matter]
    involved = {matter["orderer"]} | {one["worker"] for one in matter.get("member", []) if "worker" in one}

    assert involved <= set(WORKERS)
    assert set(pair) <= CONSULTANTS - involved
    assert len(set(pair)) == len(pair)
    assert {WORKERS[slug]["unit"] for slug in pair} & {WORKERS[slug]["unit"] for slug in involved} == set()


@pytest.mark.parametrize("matter", MATTERS.values(), ids=MATTERS)
def test_only_those_who_are_there_speak_and_only_about_their_own_part(matter):
    members = {one.get("slug") or one["worker"]: one for one in matter.get("member", [])}
    here = {slug for slug, one in members.items() if one.get("here", True) and one.get("permitted", True)}
    rows = [row["member"] for row in matter.get("row", [])]

    assert {line["voice"] for line in matter.get("line", [])} <= here
    assert set(rows) <= set(members)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("matter", [one for one in MATTERS.values() if "chaired" in one], ids=lambda one: one["slug"])
def test_a_chair_and_a_secretary_are_of_those_whom_the_people_want_along(matter):
    invited = {one["worker"] for one in matter["member"] if "worker" in one and one["permitted"]}

    assert {matter["chaired"]["chair"], matter["chaired"]["secretary"]} <= invited
    assert matter["chaired"]["chair"] != matter["chaired"]["secretary"]
    assert not {"lead", "writer"} & set(matter)


@pytest.mark.parametrize("matter", [one for one in MATTERS.values() if "circle" in one], ids=lambda one: one["slug"])
def test_everyday_life_is_in_the_middle_of_every_circle_and_no_person_is(matter):
    things = {thing["slug"]: ring_of(*thing["at"]) for thing in matter["circle"]["thing"]}
    people = {one.get("slug") or one["worker"] for one in matter["member"]}
    placed = {slug: ring_of(*at) for slug, at in matter["circle"].get("at", {}).items()}

    assert set(things.values()) == {Ring.EVERYDAY}
    assert set(placed) <= people
    assert Ring.EVERYDAY not in placed.values()
    assert {end for tie in matter["circle"]["ties"] for end in tie} <= people | set(things)


def test_every_child_with_a_page_has_an_adult_beside():
    pages = [(matter, slug, page) for matter in MATTERS.values() for slug, page in matter.get("child", {}).items()]

    assert {page["shown_to"] for _, _, page in pages} == set(ShownTo.values)
    for matter, slug, page in pages:
        (member,) = [one for one in matter["member"] if one.get("slug") == slug]
        assert member["is_child"]
        assert page["beside"]


# ---------------------------------------------------------------- nobody real


def short(word):
    return sha256(word.casefold().encode()).hexdigest()[:16]


def real_names(text, hashes):
    """Words of `text` that begin with a name whose hash is among `hashes`, in whatever case of Finnish."""
    words = set(re.findall(r"[^\W\d_]{5,}", text.casefold()))
    return {word for word in words if any(short(word[:length]) in hashes for length in range(5, len(word) + 1))}


def test_nobody_real_is_named_in_the_product():
    files = [file for file in PACKAGE.rglob("*") if file.suffix in TEXTS]
    files += [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    assert len(files) > 300

    found = [str(file.relative_to(PROJECT)) for file in files if real_names(file.read_text(), REAL_NAMES)]

    assert found == []


def test_the_search_finds_a_name_in_any_case_of_the_language():
    hashes = {short("Merkkinen")}

    assert real_names("Tapasin Merkkisen ja Merkkinenkin tuli", hashes) == {"merkkinenkin"}
    assert real_names("MERKKINEN", hashes) == {"merkkinen"}
    assert real_names("Merkki on eri asia", hashes) == set()
