"""The plan: a row for each who was there, in their own words; nobody writes another's."""

import io
from uuid import uuid4

import pikepdf
import pypdf
import pytest
from django.utils import translation

import factories
from kudelma.core.errors import Refused
from kudelma.core.record import record_reading
from kudelma.plans import actions
from kudelma.plans.inputs import RowSaid
from kudelma.plans.models import Plan
from kudelma.plans.sheet import sheet
from kudelma.plans.views import people_of


@pytest.fixture
def planning(cast):
    return cast.to("planning")


def test_a_plan_begins_with_its_meeting_and_once(cast):
    cast.to("invited")
    with pytest.raises(Refused):
        cast.plan()
    cast.meet()
    cast.plan()

    assert actions.begin_plan(cast.the_meeting(), by=cast.writer, at=cast.at()) == cast.the_plan
    assert Plan.objects.count() == 1


def test_nobody_writes_for_one_who_was_not_there(planning):
    with pytest.raises(Refused):
        planning.row(planning.close_one, "Hän kyllä auttaa.")


def test_after_the_meeting_the_plan_stands(cast):
    cast.to("following")

    with pytest.raises(Refused):
        cast.row(cast.child, "Myöhässä")


def test_those_who_were_there_see_the_plan_and_nobody_else(cast):
    cast.to("following")
    for seat in (cast.mother.seat, cast.child.seat, cast.close_one.seat):
        seat.level = 2

    may = {
        name: Plan.objects.visible_to(seat).exists()
        for name, seat in {
            "mother": cast.mother.seat, "child": cast.child.seat, "absent": cast.close_one.seat,
            "invited": cast.invited,
            "lead": cast.lead, "coordinator": cast.coordinator, "orderer": cast.orderer, "steering": cast.steering,
        }.items()
    }  # fmt: skip

    assert [name for name, sees in may.items() if sees] == ["mother", "child", "invited", "lead"]


def added(cast, values):
    plan, key = cast.the_plan, uuid4()
    actions.add_row(plan, cast.child, idempotency_key=key, values=values, by=cast.writer, at=cast.at())


def printed(cast, language="fi"):
    record_reading("test", [cast.matter.pk], by=cast.lead, at=cast.at())
    plan = Plan.objects.for_sheet().get(pk=cast.the_plan.pk)
    with translation.override(language):
        return sheet(plan, people_of(plan))


@pytest.mark.parametrize("language", ["fi", "sv", "en", "fi-x-selko"])
def test_the_sheet_is_tagged_titled_and_in_its_language(planning, language):
    data = printed(planning, language)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language[:2]
        assert "/StructTreeRoot" in pdf.Root
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata.title
    assert "Soitan kouluun." in reader.pages[0].extract_text()


def test_a_row_nobody_has_read_is_printed_so(planning):
    added(planning, RowSaid(what="Menen pyörällä."))

    text = pypdf.PdfReader(io.BytesIO(printed(planning))).pages[0].extract_text()

    assert "Puhuja ei ole vielä itse lukenut tätä." in text
    assert "Oli paikalla. Omaa tehtävää ei sovittu." in text


HOSTILE = [
    "#panic() $x$ *a* _b_ \\ ` // /* <a> @ref #set text(red)",
    "hymy 😀👩‍👧 ja sydän ❤️",
    "سلام عليكم",
    "Привіт, як справи?",
    "a" * 600,
    "你好",
    "e\u0301 \u200b\u00ad\ufeff \U0001d400",
    "\n\n\n",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_people_write_prints(planning, text):
    added(planning, RowSaid(what=text, with_whom=text[:200], by_when=text[:120], read=True))

    assert printed(planning).startswith(b"%PDF")


def test_a_character_without_a_glyph_stands_as_its_name(planning):
    added(planning, RowSaid(what="Hymy 😀", read=True))

    assert "grinning face" in pypdf.PdfReader(io.BytesIO(printed(planning))).pages[0].extract_text()


def test_the_file_name_tells_nothing(planning):
    answer = factories.sit(planning.lead).get(f"/plans/{planning.the_plan.pk}/sheet/", secure=True)

    assert answer.headers["Content-Disposition"] == 'inline; filename="suunnitelma.pdf"'
    assert answer.headers["Cache-Control"] == "no-store, private"
