"""Ways of meeting as data: the anticipation dialogue as it ships, loaded once, and never half."""

import shutil
import tomllib

import pytest
from django.utils import translation

import factories
from kudelma.methods import actions
from kudelma.methods.actions import DATA, load_methods
from kudelma.methods.models import FeedbackQuestion, Method, Phase, Question, Side, Wording

SLUG = "ennakointidialogi"
CHAIRED = "verkostokokous"


@pytest.fixture
def dialogue(db):
    return Method.objects.get(slug=SLUG)


@pytest.fixture
def folder(db, tmp_path, monkeypatch):
    """A data folder of the test's own, with the shipped method in it, and nothing loaded yet."""
    shutil.copy(DATA / f"{SLUG}.toml", tmp_path)
    Method.objects.all().delete()
    monkeypatch.setattr(actions, "DATA", tmp_path)
    return tmp_path


def everything():
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Method, Phase, Question, Wording, FeedbackQuestion)
    ]


# ---------------------------------------------------------------- what ships


def test_the_anticipation_dialogue_is_there_with_the_tables(dialogue):
    assert (dialogue.version, dialogue.leading, dialogue.horizon_months, dialogue.region) == (1, "pair", 12, None)
    assert [dialogue.name_fi, dialogue.name_sv, dialogue.name_en] == [
        "Ennakointidialogi",
        "Framtidsdialog",
        "Anticipation dialogue",
    ]
    assert dialogue.source_note.startswith("Own wording")


def test_it_goes_by_four_phases_and_asks_in_the_dialogue_only(dialogue):
    phases = [(phase.slug, len(phase.questions.all())) for phase in dialogue.phases.all()]

    assert phases == [("aloitus", 0), ("dialogi", 3), ("yhteenveto", 0), ("lopetus", 0)]


def test_each_question_is_asked_of_the_sides_that_it_has_words_for(dialogue):
    questions = [question for phase in dialogue.phases.all() for question in phase.questions.all()]

    asked = {question.slug: [side for side in Side.values if question.wording_for(side)] for question in questions}

    assert asked == {
        "hyva-tulevaisuus": ["own", "close"],
        "mita-teit": ["own", "close", "professional"],
        "mika-helpotti": ["own", "close", "professional"],
    }


def test_a_side_without_words_has_a_closed_cell(cast):
    cast.to("meeting")
    page = factories.sit(cast.writer).get(f"/meetings/{cast.meeting.pk}/board/", secure=True)

    closed = {
        (row.member.side, cell.question.slug) for row in page.context["weave"].rows for cell in row.cells if cell.closed
    }

    assert closed == {("professional", "hyva-tulevaisuus")}


def test_every_wording_is_said_in_the_four_languages(dialogue):
    texts = [
        (wording.text_fi, wording.text_selko, wording.text_sv, wording.text_en)
        for wording in [
            *Wording.objects.filter(question__phase__method=dialogue),
            *FeedbackQuestion.objects.filter(method=dialogue),
        ]
    ]

    assert len(texts) == 11
    assert [told for told in texts if not all(told) or len(set(told[0::2])) < 2] == []


def test_only_the_first_question_looks_back_from_a_moment(dialogue):
    moments = {
        wording.question.slug
        for wording in Wording.objects.select_related("question")
        for text in (wording.text_fi, wording.text_selko, wording.text_sv, wording.text_en)
        if "{moment}" in text
    }

    assert moments == {"hyva-tulevaisuus"}


def test_three_feedback_questions_are_asked(dialogue):
    assert [question.slug for question in dialogue.feedback_questions.all()] == [
        "kuunneltiin",
        "turvallista",
        "suunnitelma",
    ]


def test_easy_finnish_falls_back_to_finnish(dialogue):
    wording = Wording(text_fi="Mitä kuuluu?", text_sv="Hur står det till?", text_en="How are you?")

    assert wording.said_in("fi-x-selko") == "Mitä kuuluu?"
    wording.text_selko = "Mitä sinulle kuuluu?"
    assert wording.said_in("fi-x-selko") == "Mitä sinulle kuuluu?"
    with translation.override("sv"):
        assert wording.text == "Hur står det till?"


def test_everybody_has_the_shared_methods_and_a_region_its_own(dialogue, region):
    seat = factories.seat(region)
    own = Method.objects.create(slug="oma", version=1, region=region, leading="pair", source_note="x", name_fi="Oma")
    other = Method.objects.create(
        slug="oma", version=1, region=factories.region(), leading="pair", source_note="x", name_fi="Vieras"
    )

    assert [method.slug for method in Method.objects.visible_to(seat).order_by("slug")] == [SLUG, "oma", CHAIRED]
    assert own in Method.objects.visible_to(seat)
    assert Method.objects.filter(pk=other.pk).exists()


def test_questions_come_in_the_order_of_their_places(dialogue):
    first, *others = Question.objects.of_method(dialogue)

    Question.objects.filter(pk=first.pk).update(position=99)

    assert list(Question.objects.of_method(dialogue)) == [*others, first]


def test_a_board_reads_the_questions_of_a_method_in_two_queries(dialogue, django_assert_num_queries):
    with django_assert_num_queries(2):
        asked = [question.wording_for("own") for question in Question.objects.of_method(dialogue)]

    assert len(asked) >= 3


# ---------------------------------------------------------------- the chaired meeting


@pytest.fixture
def chaired(db):
    return Method.objects.get(slug=CHAIRED)


def test_a_chaired_meeting_is_led_by_a_chair(chaired):
    assert (chaired.version, chaired.leading, chaired.region) == (1, "chair", None)
    assert [chaired.name_fi, chaired.name_sv, chaired.name_en] == [
        "Verkostokokous",
        "Nätverksmöte",
        "Chaired network meeting",
    ]
    assert "was not seen" in chaired.source_note


def test_a_chaired_meeting_asks_each_side_in_the_conversation_and_at_the_end(chaired):
    asked = {
        phase.slug: [
            (question.slug, [side for side in Side.values if question.wording_for(side)])
            for question in phase.questions.all()
        ]
        for phase in chaired.phases.all()
    }

    everybody = ["own", "close", "professional"]
    assert asked == {
        "aloitus": [],
        "keskustelu": [("miksi-yhdessa", everybody), ("mika-kantaa", everybody), ("mika-auttaisi", everybody)],
        "jatkosuunnitelma": [],
        "lopetus": [("milla-mielella", everybody)],
    }


def test_a_chaired_meeting_is_said_in_the_four_languages_and_feedback_is_asked_as_after_a_dialogue(chaired, dialogue):
    wordings = [
        (wording.text_fi, wording.text_selko, wording.text_sv, wording.text_en)
        for wording in Wording.objects.filter(question__phase__method=chaired)
    ]

    assert len(wordings) == 12
    assert [told for told in wordings if not all(told) or len(set(told)) < 4] == []
    same = ["slug", "text_fi", "text_selko", "text_sv", "text_en"]
    assert list(chaired.feedback_questions.values_list(*same)) == list(dialogue.feedback_questions.values_list(*same))


# ---------------------------------------------------------------- loading


def test_loading_twice_changes_nothing(dialogue):
    before = everything()

    new = load_methods()

    assert new == 0
    assert everything() == before


def test_an_empty_house_gets_the_method_again(folder):
    assert load_methods() == 1
    assert Method.objects.get().slug == SLUG
    assert load_methods() == 0


def test_a_new_version_stands_beside_the_old_one(folder):
    load_methods()
    before = everything()
    text = (folder / f"{SLUG}.toml").read_text()
    (folder / "toinen.toml").write_text(text.replace("version = 1", "version = 2"))

    assert load_methods() == 1

    assert list(Method.objects.order_by("version").values_list("slug", "version")) == [(SLUG, 1), (SLUG, 2)]
    assert [set(old) - set(new) for old, new in zip(before, everything(), strict=True)] == [set()] * 5


BROKEN = {
    "no TOML": (lambda text: text.replace("[[phase]]", "[[phase", 1), tomllib.TOMLDecodeError),
    "no version": (lambda text: text.replace("version = 1\n", ""), KeyError),
    "no Swedish name of a phase": (lambda text: text.replace('name_sv = "Dialog"\n', ""), KeyError),
    "no easy wording": (lambda text: text.replace('selko = "Minua kuunneltiin."\n', ""), KeyError),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_stops_the_loading_and_leaves_nothing_half(folder, fault):
    breaking, error = BROKEN[fault]
    whole = (folder / f"{SLUG}.toml").read_text()
    broken = breaking(whole)
    assert broken != whole
    (folder / "zz-rikki.toml").write_text(broken.replace(f'slug = "{SLUG}"', 'slug = "rikki"'))

    with pytest.raises(error):
        load_methods()

    assert Method.objects.count() == Phase.objects.count() == 0
    (folder / "zz-rikki.toml").unlink()
    assert load_methods() == 1


@pytest.mark.parametrize("file", sorted(DATA.glob("*.toml")), ids=lambda file: file.stem)
def test_a_shipped_file_names_itself(file):
    assert tomllib.loads(file.read_text())["slug"] == file.stem
