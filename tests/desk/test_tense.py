"""Nothing outlives its step: what is to come is told as to come, and what has been as past, in each language."""

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext

import factories
from again import main
from kudelma.meetings.actions import postponing

LANGUAGES = [code for code, _name in settings.LANGUAGES]
TO_COME = [
    "Who comes along", "Who leads", "leads the conversation", "I cannot come after all", "Three lines about yourself",
    "It works face to face as well: in the meeting, those who lead it can let you in.",
    "Nobody else comes unless you agree to it yourself.", "What we agreed, on paper",
]  # fmt: skip
PAST = [
    "Who was along, what was said and the plan are shown when we know for sure that it is you.",
    "Who was along",
    "Who led",
    "led the conversation",
    "I can no longer lead",
    "Also invited",
]


def pages(cast, language):
    """What a participant, whoever leads and a coordinator read of the matter."""
    matter = f"/matters/{cast.matter.pk}/"
    read = [
        (cast.mother.seat, "/own/"),
        (cast.mother.seat, "/own/people/"),
        (cast.lead, matter),
        (cast.coordinator, matter),
    ]
    text = ""
    for seat, address in read:
        client = factories.sit(seat)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(address, secure=True)
        assert answer.status_code == 200
        text += main(answer)
    own = factories.sit(cast.mother.seat, level=1)
    own.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return text + main(own.get("/own/", secure=True))


def said(sentences, text, language):
    with translation.override(language):
        return [sentence for sentence in sentences if gettext(sentence) in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("step", "says"), [("invited", TO_COME), ("following", PAST)])
def test_what_is_to_come_and_what_has_been_are_told_apart(cast, step, says, language):
    text = pages(cast.to(step), language)

    assert said(TO_COME + PAST, text, language) == says


@pytest.mark.parametrize(("step", "says"), [("preparing", "Agreeing"), ("timing", "Agreed")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_called_agreed_while_it_is_being_agreed_on(cast, step, says, language):
    text = pages(cast.to(step), language)

    with translation.override(language):
        assert [word for word in ("Agreeing", "Agreed") if pgettext("station", word) in text] == [says]


def test_of_a_matter_that_was_stopped_nobody_is_told_to_have_come_or_led(cast):
    cast.to("invited")
    postponing.stop(cast.fresh(), seen="invited", leaving=[], closes=True, by=cast.coordinator, at=cast.at())
    answer = factories.sit(cast.coordinator).get(f"/matters/{cast.matter.pk}/", secure=True)

    assert said([*TO_COME, *PAST, "Who was invited"], main(answer), "fi") == ["Who was invited"]
