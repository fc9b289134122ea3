"""What may be changed in a piece of source: one point at a time, each change told in words that outlive line numbers.

Knows the syntax tree only; neither Django nor who judges. Sentences that a person reads, annotations, defaults and
decorators are left alone: they hold no decision, or are spent before a test begins.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from textwrap import shorten
from types import CodeType

LONGEST = 110
OPPOSITES: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
SWAPPED: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
CONDITIONS = {"filter", "exclude", "get", "Q", "unsign"}
"""Calls whose arguments each narrow what is found."""
NO_LINKS = {
    "aggregate", "annotate", "count", "decode", "delete", "encode", "exists", "first", "get", "hexdigest", "items",
    "keys", "last", "only", "prefetch_related", "select_related", "sign", "split", "tzinfo", "update", "values",
    "values_list", "walk",
}  # fmt: skip
"""Links of a chain that make another kind of thing, or only say what is loaded along: without them it breaks, or
nothing but the number of questions changes, and those are counted elsewhere."""
LOADS = {"only", "prefetch_related", "select_related"}
SIGNS: dict[type[ast.AST], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in", ast.BitAnd: "&", ast.BitOr: "|", ast.Add: "+", ast.Sub: "-",
}  # fmt: skip
SPOKEN = {"_", "gettext", "gettext_lazy", "ngettext"}
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Place:
    """Where a node hangs in the tree. number: which one of a list, None for a single child."""

    parent: ast.AST
    field: str
    number: int | None

    def put(self, node: ast.AST) -> ast.AST:
        """Hang `node` here; what hung here before."""
        if self.number is None:
            before: ast.AST = getattr(self.parent, self.field)
            setattr(self.parent, self.field, node)
        else:
            children = getattr(self.parent, self.field)
            before, children[self.number] = children[self.number], node
        return before


@dataclass(frozen=True)
class Around:
    """What surrounds a node.

    names: of the classes and functions. functions: from the outermost. statement: number of the innermost statement
    of a function, or of a lambda. top: number of the statement of the module. entry: of a dictionary of the module,
    the key under which the node stands.
    """

    names: tuple[str, ...] = ()
    is_of_rows: bool = False
    functions: tuple[Function, ...] = ()
    statement: int | None = None
    top: int = 0
    entry: str = ""


@dataclass(frozen=True)
class Mutation:
    """One change. name: file, function and change, and which of several that read alike: stable, for people."""

    name: str
    file: str
    line: int
    around: Around = field(repr=False)
    place: Place = field(repr=False)
    instead: ast.AST = field(repr=False)

    @property
    def function(self) -> str:
        return ".".join(self.around.names)


class Module:
    """The tree of one file, and every change of it. statements: {statement of a function, or lambda: its number}."""

    def __init__(self, file: str, source: str, path: str) -> None:
        self.file, self.path = file, path
        self.tree = ast.parse(source)
        self.statements: dict[ast.AST, int] = {}
        self.mutations: list[Mutation] = []
        self._names: Counter[str] = Counter()
        self._loaded = _only_loaded(self.tree)
        for top, (place, child) in enumerate(_children(self.tree)):
            self._visit(place, child, Around(top=place.number if place.number is not None else top))

    def compiled(self, mutation: Mutation | None = None) -> CodeType:
        """The code of the whole module, with this one change."""
        with self.changed(mutation) as tree:
            return compile(tree, self.path, "exec")

    def mark_of(self, statement: int) -> str:
        """How a statement is told apart from those of other files."""
        return f"{self.file} {statement}"

    @contextmanager
    def changed(self, mutation: Mutation | None) -> Iterator[ast.Module]:
        """The tree with the change in it, for as long as the block lasts."""
        if mutation is None:
            yield self.tree
            return
        before = mutation.place.put(mutation.instead)
        if not hasattr(mutation.instead, "lineno"):  # a part that stays elsewhere in the tree keeps its line
            ast.copy_location(mutation.instead, before)
        try:
            yield ast.fix_missing_locations(self.tree)
        finally:
            mutation.place.put(before)

    def _visit(self, place: Place, node: ast.AST, around: Around) -> None:
        inside = self._inside(node, place, around)
        if node in self._loaded:
            return
        for what, instead in _changes(node, place, inside):
            self._keep(node, place, inside, what, instead)
        for deeper, child in _children(node):
            self._visit(deeper, child, inside)

    def _inside(self, node: ast.AST, place: Place, around: Around) -> Around:
        """What surrounds `node` and its children, itself included."""
        if isinstance(node, ast.ClassDef):
            return replace(around, names=(*around.names, node.name), is_of_rows=node.name.endswith("QuerySet"))
        if isinstance(node, ast.Lambda) or (around.functions and isinstance(node, ast.stmt)):
            around = replace(around, statement=self.statements.setdefault(node, len(self.statements)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            name = getattr(node, "name", "lambda")
            around = replace(around, names=(*around.names, name), functions=(*around.functions, node))
        if isinstance(place.parent, ast.Dict) and place.field == "values" and not around.functions:
            key = place.parent.keys[place.number or 0]
            around = replace(around, entry=str(getattr(key, "value", "")))
        return around

    def _keep(self, node: ast.AST, place: Place, around: Around, what: str, instead: ast.AST) -> None:
        where = ".".join(around.names) or around.entry or "module"
        told = f"{self.file} {where}: {shorten(what, LONGEST, placeholder='…')}"
        self._names[told] += 1
        name = told if self._names[told] == 1 else f"{told} #{self._names[told]}"
        self.mutations.append(Mutation(name, self.file, getattr(node, "lineno", 0), around, place, instead))


def _children(node: ast.AST) -> Iterator[tuple[Place, ast.AST]]:
    for name, value in ast.iter_fields(node):
        if _holds_no_decision(node, name):
            continue
        if isinstance(value, ast.AST):
            yield Place(node, name, None), value
        elif isinstance(value, list):
            for number, child in enumerate(value):
                if isinstance(child, ast.AST) and not _is_docstring(node, name, number, child):
                    yield Place(node, name, number), child


def _holds_no_decision(node: ast.AST, name: str) -> bool:
    if name in {"decorator_list", "annotation", "returns", "bases", "keywords"} and not isinstance(node, ast.Call):
        return True
    if isinstance(node, ast.arguments | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN


def _is_docstring(node: ast.AST, name: str, number: int, child: ast.AST) -> bool:
    return name == "body" and isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)


# ---------------------------------------------------------------- the changes


Change = tuple[str, ast.AST]


def _changes(node: ast.AST, place: Place, around: Around) -> Iterator[Change]:
    """(what is changed, in words; what stands there instead) for everything that may be changed at this node."""
    if isinstance(node, ast.Compare):
        yield from _of_comparison(node)
    elif isinstance(node, ast.BoolOp):
        yield from _of_boolean(node)
    elif isinstance(node, ast.BinOp):
        yield from _of_operator(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield f"{text(node)} → {text(node.operand)}", node.operand
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node, place)
    elif isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict):
        yield from _of_many(node, place)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.IfExp):
        yield f"{text(node)} → {text(node.body)}", node.body
        yield f"{text(node)} → {text(node.orelse)}", node.orelse
    elif isinstance(node, ast.stmt) and around.functions:
        yield from _of_statement(node, place, around)
    if place.field in {"test", "ifs"} and not isinstance(place.parent, ast.IfExp):
        yield from _of_condition(node)


def _of_comparison(node: ast.Compare) -> Iterator[Change]:
    for number, operator in enumerate(node.ops):
        for opposite in OPPOSITES[type(operator)]:
            ops = [*node.ops[:number], opposite(), *node.ops[number + 1 :]]
            signs = f"{SIGNS[type(operator)]} → {SIGNS[opposite]}"
            yield f"{signs} in {text(node)}", ast.Compare(node.left, ops, node.comparators)


def _of_boolean(node: ast.BoolOp) -> Iterator[Change]:
    other, told = (ast.Or(), "and → or") if isinstance(node.op, ast.And) else (ast.And(), "or → and")
    yield f"{told} in {text(node)}", ast.BoolOp(other, node.values)
    for number, value in enumerate(node.values):
        left = [*node.values[:number], *node.values[number + 1 :]]
        rest = left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        yield f"without {text(value)} in {text(node)}", rest


def _of_operator(node: ast.BinOp) -> Iterator[Change]:
    other = SWAPPED.get(type(node.op))
    if other is None:
        return
    yield f"{SIGNS[type(node.op)]} → {SIGNS[other]} in {text(node)}", ast.BinOp(node.left, other(), node.right)
    if isinstance(node.op, ast.BitAnd | ast.BitOr):
        for side in (node.left, node.right):
            yield f"only {text(side)} of {text(node)}", side


def _of_constant(node: ast.Constant, place: Place) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield f"{node.value} → {not node.value} in {text(place.parent)}", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        for other in dict.fromkeys([node.value + 1, abs(node.value - 1)]):
            yield f"{node.value} → {other} in {text(place.parent)}", ast.Constant(other)
    elif isinstance(node.value, str) and isinstance(place.parent, ast.Compare):
        yield f"{node.value!r} → another word in {text(place.parent)}", ast.Constant(f"another {node.value}")


def _of_many(node: ast.Set | ast.List | ast.Tuple | ast.Dict, place: Place) -> Iterator[Change]:
    """One of several is missing: of those that something is looked for in, or that a dictionary holds."""
    if isinstance(node, ast.Tuple) and not isinstance(place.parent, ast.Compare):
        return
    if isinstance(node, ast.Dict):
        is_plain = all(isinstance(value, ast.Constant | ast.Attribute) for value in node.values)
        for number, key in enumerate(node.keys if is_plain and len(node.keys) > 1 else []):
            keys, values = node.keys[:], node.values[:]
            del keys[number], values[number]
            yield f"without {text(key) if key else '**'} in {text(node)}", ast.Dict(keys, values)
        return
    for number, element in enumerate(node.elts if len(node.elts) > 1 else []):
        left = [*node.elts[:number], *node.elts[number + 1 :]]
        instead = ast.Set(left) if isinstance(node, ast.Set) else type(node)(left, ast.Load())
        yield f"without {text(element)} in {text(node)}", instead


def _of_call(node: ast.Call) -> Iterator[Change]:
    name = called(node)
    if name == "timedelta":
        yield f"no time instead of {text(node)}", ast.Call(node.func, [ast.Constant(0)], [])
    if name in {"filter", "exclude"} and isinstance(node.func, ast.Attribute):
        other = "exclude" if name == "filter" else "filter"
        function = ast.Attribute(node.func.value, other, ast.Load())
        yield f"{name} → {other} in {_shown(node)}", ast.Call(function, node.args, node.keywords)
    if name in CONDITIONS:
        yield from _with_fewer_conditions(node)
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call) and name not in NO_LINKS:
        has_one = name in {"filter", "exclude"} and len(node.args) + len(node.keywords) == 1
        if not has_one:  # else it is told above already
            yield f"without {_shown(node)}", node.func.value


def _with_fewer_conditions(node: ast.Call) -> Iterator[Change]:
    is_last = len(node.args) + len(node.keywords) == 1
    if is_last and (called(node) in {"get", "Q"} or text(getattr(node.func, "value", node)) == "self"):
        return  # nothing would be found by no condition; what the whole finds is changed where it is returned
    for number, argument in enumerate(node.args):
        args = [*node.args[:number], *node.args[number + 1 :]]
        if called(node) != "unsign":
            yield f"without {text(argument)} in {_shown(node)}", ast.Call(node.func, args, node.keywords)
    for number, keyword in enumerate(node.keywords):
        keywords = [*node.keywords[:number], *node.keywords[number + 1 :]]
        yield f"without {text(keyword)} in {_shown(node)}", ast.Call(node.func, node.args, keywords)


def _of_condition(node: ast.AST) -> Iterator[Change]:
    """The opposite, where no operator inside could say it."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        yield f"not {text(node)}", ast.UnaryOp(ast.Not(), node)


def _of_statement(node: ast.stmt, place: Place, around: Around) -> Iterator[Change]:
    is_whole_guard = isinstance(place.parent, ast.If) and _can_go(place.parent) and len(place.parent.body) == 1
    if isinstance(node, ast.Return):
        yield from _of_return(node, around)
    elif _can_go(node) and not is_whole_guard:  # without the guard is the same
        yield f"without {text(node)}", ast.Pass()


def _can_go(node: ast.stmt) -> bool:
    """Whether the code is whole without it: a call, a refusal, a guard, what is written onto something."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call)
    if isinstance(node, ast.If):
        return not node.orelse and isinstance(node.body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break)
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets)
    return isinstance(node, ast.Raise | ast.AugAssign | ast.Continue | ast.Break | ast.Delete)


def _of_return(node: ast.Return, around: Around) -> Iterator[Change]:
    if node.value is None:
        return
    for other in _other_answers(around):
        if text(other) != text(node.value) and not (text(other) == "self" and _only_loads(node.value)):
            yield f"returns {text(other)} instead of {text(node.value)}", ast.Return(other)


def _other_answers(around: Around) -> list[ast.expr]:
    function = around.functions[-1]
    answers = getattr(function, "returns", None)
    if answers is not None and text(answers) == "bool":
        return [ast.Constant(True), ast.Constant(False)]
    if around.is_of_rows and _begins_with_self(function):
        own = ast.Name("self", ast.Load())
        return [own, ast.Call(ast.Attribute(own, "none", ast.Load()), [], [])]
    return [ast.Constant(None)]


def _only_loaded(tree: ast.Module) -> set[ast.AST]:
    """The lists of the module that only say which columns are loaded at once, by `only(*NAMES)`."""
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    loads = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in LOADS]
    starred = {part.value for call in loads for part in call.args if isinstance(part, ast.Starred)}
    used_otherwise = {use.id for use in uses if use not in starred}
    lists = [node for node in tree.body if isinstance(node, ast.Assign)]
    names = {use.id for use in uses if use in starred} - used_otherwise
    return {one.value for one in lists if {text(target) for target in one.targets} <= names}


def _only_loads(value: ast.expr) -> bool:
    """Whether the rows are those of `self`, with more loaded along: what is found stays the same without it."""
    while isinstance(value, ast.Call) and called(value) in LOADS and isinstance(value.func, ast.Attribute):
        value = value.func.value
    return text(value) == "self"


def _begins_with_self(function: Function) -> bool:
    return bool(function.args.args) and function.args.args[0].arg == "self"


# ---------------------------------------------------------------- in words


def text(node: ast.AST) -> str:
    """The source of a node in one line."""
    return " ".join(ast.unparse(node).split())


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def _shown(node: ast.Call) -> str:
    """A call without what it hangs on."""
    inside = ", ".join(text(part) for part in (*node.args, *node.keywords))
    return f"{called(node)}({inside})"
