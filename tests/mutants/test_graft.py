"""A change that was put in is there for everybody, wherever the function hangs; and no file knows of it."""

import gc
import importlib.util
import os
import sys
import time
from types import ModuleType
from uuid import uuid4

import pytest

from . import forks, graft
from .mutations import Module

SOURCE = """
from functools import cache

from kudelma.core.handed import HandedUp

DAYS = 14
PLACE = HandedUp()

WORDS = {"yes": "kyllä", "no": "ei"}


def rule(sentence):
    def make(holds):
        return lambda actor: None if holds(actor) else sentence

    return make


@rule("No.")
def is_young(actor):
    return actor < DAYS


@PLACE
def handed_up(actor):
    return actor + DAYS


@PLACE
class Piece:
    def __new__(cls, actor):
        return actor + DAYS


@cache
def doubled(number):
    return number + number


class Base:
    def rows(self):
        return [1]


class Rows(Base):
    def rows(self):
        return super().rows()

    @property
    def size(self):
        return len(self.rows()) - 1


RULES = {"is.young": is_young}
LONGER = DAYS + 1
"""


@pytest.fixture
def sample(tmp_path):
    """(the loaded module, one that has imported from it, its tree)"""
    path = tmp_path / f"sample_{uuid4().hex}.py"
    path.write_text(SOURCE)
    loaded = _loaded(path.stem, path)
    user = ModuleType(f"user_{uuid4().hex}")
    user.DAYS, user.gathered = loaded.DAYS, dict(loaded.RULES)
    user.WORDS = loaded.WORDS
    sys.modules[user.__name__] = user
    gc.freeze()  # as the house is when its tests have been collected
    yield loaded, user, Module("sample.py", SOURCE, str(path))
    gc.freeze()
    del sys.modules[loaded.__name__], sys.modules[user.__name__]
    assert path.read_text() == SOURCE


def _loaded(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def with_change(sample, name, ask):
    """What `ask(module, user)` says in a process in which the change is in."""
    loaded, user, module = sample
    (mutation,) = [one for one in module.mutations if one.name == f"sample.py {name}"]
    here = graft.standing({module.path})

    def work():
        ask(loaded, user)  # as it was: whatever is cached is cached
        graft.graft(module, mutation, here)
        return [ask(loaded, user)]

    ((_job, answer),) = forks.run(iter([forks.Job(work, 20)]), 1)
    assert "broken" not in answer, answer
    return answer[0]


@pytest.mark.parametrize(
    ("name", "ask", "before", "after"),
    [
        ("is_young: < → >= in actor < DAYS", lambda it, user: user.gathered["is.young"](3), None, "No."),
        (
            "rule.make.lambda: None if holds(actor) else sentence → None",
            lambda it, user: it.is_young(99), "No.", None,
        ),
        ("handed_up: + → - in actor + DAYS", lambda it, user: [ask(1) for ask in it.PLACE], [15, 15], [-13, 15]),
        ("Piece.__new__: + → - in actor + DAYS", lambda it, user: [ask(1) for ask in it.PLACE], [15, 15], [15, -13]),
        ("doubled: + → - in number + number", lambda it, user: it.doubled(4), 8, 0),
        ("Rows.rows: returns None instead of super().rows()", lambda it, user: it.Rows().rows(), [1], None),
        ("Rows.size: - → + in len(self.rows()) - 1", lambda it, user: it.Rows().size, 0, 2),
        ("module: 14 → 15 in DAYS = 14", lambda it, user: [it.DAYS, user.DAYS, it.LONGER], [14, 14, 15], [15, 15, 16]),
        ("module: without 'no' in {'yes': 'kyllä', 'no': 'ei'}", lambda it, user: user.WORDS.get("no"), "ei", None),
    ],
)  # fmt: skip
def test_a_change_is_there_for_everybody(sample, name, ask, before, after):
    assert ask(*sample[:2]) == before

    assert with_change(sample, name, ask) == after

    assert ask(*sample[:2]) == before


def test_every_statement_that_is_done_is_marked(sample):
    loaded, _user, module = sample
    here = graft.standing({module.path})

    def work():
        met = set()
        graft.probe(module, met.add, here)
        loaded.Rows().rows()
        first = sorted(met)
        loaded.is_young(3)
        return [first, sorted(met - set(first))]

    ((_job, answer),) = forks.run(iter([forks.Job(work, 20)]), 1)

    source = SOURCE.splitlines()
    statements = Module("sample.py", SOURCE, module.path).statements
    lines = {module.mark_of(number): source[node.lineno - 1].strip() for node, number in statements.items()}
    assert [[lines[mark] for mark in marks] for marks in answer] == [
        ["return [1]", "return super().rows()"],
        ["return lambda actor: None if holds(actor) else sentence", "return actor < DAYS"],
    ]


def test_a_child_that_takes_too_long_is_ended_and_one_that_dies_has_no_answer():
    jobs = [forks.Job(lambda: time.sleep(60), 0.2, "slow"), forks.Job(lambda: os._exit(1), 5, "dead")]

    answers = {job.about: answer for job, answer in forks.run(iter(jobs), 2)}

    assert answers == {"slow": forks.TooLong, "dead": None}
