"""What the changes are, kind by kind, and that each can be told from the next whatever line it stands on."""

import pytest

from .mutations import Module


def changes(source, file="sample.py"):
    """The changes of a source, without the name of the file."""
    return [one.name.removeprefix(f"{file} ") for one in Module(file, source, file).mutations]


def results(source):
    """What the sources say that come of it."""
    import ast

    module = Module("sample.py", source, "sample.py")
    told = []
    for mutation in module.mutations:
        with module.changed(mutation) as tree:
            told.append(ast.unparse(tree))
    assert ast.unparse(module.tree) == ast.unparse(ast.parse(source))
    return told


@pytest.mark.parametrize(
    ("condition", "others"),
    [
        ("a == 1", ["a != 1", "a == 2", "a == 0"]),
        ("a < b", ["a <= b", "a >= b"]),
        ("a is None", ["a is not None"]),
        ("a == 'x'", ["a != 'x'", "a == 'another x'"]),
        ("a in {'x', 'y'}", ["a not in {'x', 'y'}", "a in {'y'}", "a in {'x'}"]),
        ("a.p and b.p", ["a.p or b.p", "b.p", "a.p"]),
        ("not a", ["a"]),
        ("a", ["not a"]),
    ],
)
def test_a_condition_is_changed_in_every_part(condition, others):
    found = results(f"def f(a, b):\n    if {condition}:\n        a.x()\n    else:\n        b.x()")

    said = [one.splitlines()[1].removeprefix("    if ").removesuffix(":") for one in found]
    assert [one for one in said if one != condition] == others


def test_each_condition_of_a_queryset_is_dropped_and_what_is_found_turned_round():
    source = (
        "class RowQuerySet:\n    def visible_to(self, actor):\n        return self.filter(Q(a=1) | Q(b=2), c=actor)"
    )

    found = [one.splitlines()[-1].removeprefix("        return ") for one in results(source)]

    assert found == [
        "self",
        "self.none()",
        "self.exclude(Q(a=1) | Q(b=2), c=actor)",
        "self.filter(c=actor)",
        "self.filter(Q(a=1) | Q(b=2))",
        "self.filter(Q(a=1) & Q(b=2), c=actor)",
        "self.filter(Q(a=1), c=actor)",
        "self.filter(Q(b=2), c=actor)",
        *[f"self.filter(Q(a={n}) | Q(b=2), c=actor)" for n in (2, 0)],
        *[f"self.filter(Q(a=1) | Q(b={n}), c=actor)" for n in (3, 1)],
    ]


def test_a_link_of_a_chain_is_taken_out():
    assert "f: without judged()" in changes("def f(rows):\n    return rows().judged().open_to('time')")
    assert "f: without open_to('time')" in changes("def f(rows):\n    return rows().judged().open_to('time')")


def test_a_call_a_guard_and_a_refusal_are_taken_out():
    source = "def f(a):\n    if a.b:\n        raise Refused\n    record(a)\n    a.c = 2\n    return a"

    assert changes(source) == [
        "f: without if a.b: raise Refused", "f: not a.b", "f: without record(a)", "f: without a.c = 2",
        "f: 2 → 3 in a.c = 2", "f: 2 → 1 in a.c = 2", "f: returns None instead of a",
    ]  # fmt: skip


def test_a_list_that_only_says_what_is_loaded_is_left_alone_and_any_other_is_not():
    names = "NAMES = ['a', 'b']\n\n\ndef f(rows):\n    return rows.only(*NAMES)"

    assert [name for name in changes(names) if "module" in name] == []
    assert len([name for name in changes(f"{names} if 'a' in NAMES else rows") if "module" in name]) == 2


def test_time_is_taken_away_and_counted_the_other_way():
    assert changes("def f(now):\n    return now - timedelta(days=D)") == [
        "f: returns None instead of now - timedelta(days=D)",
        "f: - → + in now - timedelta(days=D)",
        "f: no time instead of timedelta(days=D)",
    ]


def test_a_table_of_rules_is_changed_in_each_entry_and_is_told_by_its_name():
    assert changes('RULES = {"a.see": first & second, "a.do": first}') == [
        "a.see: & → | in first & second",
        "a.see: only first of first & second",
        "a.see: only second of first & second",
    ]


def test_what_people_read_and_what_types_say_is_left_alone():
    head = '"""Words."""\n@rule(_("No, 1 == 2."))\ndef f(a: "A | B" = 3) -> "A | B":\n'
    source = head + '    """1 == 2"""\n    return _("not 1")'

    assert changes(source) == ["f: returns None instead of _('not 1')"]


def test_of_changes_that_read_alike_each_has_its_number_and_none_its_line():
    source = "def f(a):\n    a.b(1)\n    a.b(1)"
    moved = "\n\n\nX = None\n" + source

    assert changes(source) == changes(moved)
    assert [one for one in changes(source) if "→ 2" in one] == ["f: 1 → 2 in a.b(1)", "f: 1 → 2 in a.b(1) #2"]
