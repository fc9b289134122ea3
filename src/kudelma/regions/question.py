"""The guided question «am I in the right place?»: three plain questions, and where each answer leads.

A number is a place in the question. Answers are links, so that going back works, nothing needs a cookie or
JavaScript, and nothing is sent or kept. The address holds the number alone: it tells how far one has come, and
neither who nor why. Whether somebody is in danger is answered on the page itself and leaves no trace at all.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

FIRST, KNOWING, SPOKEN, ENOUGH, CONSULTATION, MEETING = range(1, 7)


@dataclass(frozen=True)
class Choice:
    text: Any
    leads_to: int


@dataclass(frozen=True)
class Question:
    text: Any
    choices: tuple[Choice, ...]


QUESTIONS = {
    FIRST: Question(
        _("How many places or people are helping?"),
        (
            Choice(_("One, or none yet"), ENOUGH),
            Choice(_("Several"), KNOWING),
            Choice(_("I do not know"), KNOWING),
        ),
    ),
    KNOWING: Question(
        _("Does everybody know who does what?"),
        (
            Choice(_("Yes, well enough"), ENOUGH),
            Choice(_("Not really"), SPOKEN),
            Choice(_("I do not know"), SPOKEN),
        ),
    ),
    SPOKEN: Question(
        _("Has it been spoken about with those whose everyday life it is?"),
        (
            Choice(_("It is my own everyday life"), MEETING),
            Choice(_("Yes, and we agree"), MEETING),
            Choice(_("Not yet"), CONSULTATION),
            Choice(_("It is about many people, not about one family"), MEETING),
        ),
    ),
}
ENDINGS = {ENOUGH: "enough", CONSULTATION: "consultation", MEETING: "meeting"}
