"""Loading the methods that ship with the house. A loaded version is never changed, only followed by another."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from kudelma.methods.models import FeedbackQuestion, Method, Phase, Question, Wording

DATA = Path(__file__).parent / "data"
NAMES = ("name_fi", "name_sv", "name_en")


# All or none: half a loaded method would ask a meeting half of its questions.
@transaction.atomic
def load_methods() -> int:
    """Each file of the data folder, once a version. Returns how many were new."""
    new = 0
    for file in sorted(DATA.glob("*.toml")):
        definition = tomllib.loads(file.read_text())
        # Those shared by all: what a region has made of a method under the same name is its own.
        if Method.objects.filter(slug=definition["slug"], version=definition["version"], region=None).exists():
            continue
        _load(definition)
        new += 1
    return new


def _load(definition: dict[str, Any]) -> None:
    method = Method.objects.create(
        slug=definition["slug"], version=definition["version"], leading=definition["leading"],
        horizon_months=definition["horizon_months"], source_note=definition["source_note"],
        **{name: definition[name] for name in NAMES},
    )  # fmt: skip
    for position, phase in enumerate(definition["phase"]):
        created = Phase.objects.create(
            method=method, slug=phase["slug"], position=position, **{name: phase[name] for name in NAMES}
        )
        for place, question in enumerate(phase.get("question", [])):
            slot = Question.objects.create(phase=created, slug=question["slug"], position=place)
            for side in ("own", "close", "professional"):
                if side in question:
                    Wording.objects.create(question=slot, side=side, **_texts(question[side]))
    for position, feedback in enumerate(definition.get("feedback", [])):
        FeedbackQuestion.objects.create(method=method, slug=feedback["slug"], position=position, **_texts(feedback))


def _texts(wording: dict[str, str]) -> dict[str, str]:
    # No `get`: a language that is missing stops the loading here, and not somebody's meeting.
    return {f"text_{language}": wording[language] for language in ("fi", "selko", "sv", "en")}
