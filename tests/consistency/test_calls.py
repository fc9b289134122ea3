"""Whoever is told to call finds the number on the same page."""

import re
from pathlib import Path

import kudelma
from consistency.test_languages import catalogue

PACKAGE = Path(kudelma.__file__).parent
TOLD_TO_CALL = re.compile(r"\b[Ss]oita\b|\b[Ss]oittakaa\b|\bKerro se puhelimessa")
NUMBER = re.compile(
    r"""href="tel:|\{% ui "call" |include "(?:members/call|orders/call_orderer|regions/calling)\.html\""""
)

ELSEWHERE = {
    "meetings/templates/meetings/answers.html": "its link leads to the page with the number",
    "meetings/templates/meetings/invite.html": "tells what is to be told later; the page that follows has the numbers",
    "meetings/templates/meetings/invited.html": "the number stands in the buttons of each row",
    "meetings/templates/meetings/way.html": "part of pages whose buttons have the number",
    "meetings/templates/meetings/choose.html": "its buttons lead to the pages with the numbers",
    "members/templates/members/contact.html": "the number is a field of the page",
    "members/templates/members/people.html": "each row leads to the page with the number",
    "people/templates/people/letter.html": "the number stands in the letter that is in the hand",
    "people/templates/people/link_too_late.html": "whose link it was is not known any more: it leads to all numbers",
    "regions/templates/regions/handbook/open_dialogue.html": "112 is a number",
    "regions/templates/regions/danger.html": "112 is a number",
}


def tell_to_call():
    """{template: the sentences in it, in Finnish, that tell its reader to call}"""
    told: dict[str, list[str]] = {}
    for message in catalogue("fi"):
        words = " ".join(message.string) if isinstance(message.string, tuple) else message.string
        if message.id and TOLD_TO_CALL.search(words):
            for file, _line in message.locations:
                if file.endswith(".html"):
                    told.setdefault(file, []).append(words)
    return told


def test_whoever_is_told_to_call_finds_the_number_on_the_page():
    told = tell_to_call()
    without = {file for file in told if not NUMBER.search((PACKAGE / file).read_text())}

    assert without == ELSEWHERE.keys()
    assert len(told) > len(without)
