"""Puts changed code into the process that has loaded the house already; no file is ever changed.

A function that stands anywhere (in a rule, under a decorator, behind a property) gets the code of its changed twin; it
keeps its identity, so whoever holds it holds the change. What a module works out when it is loaded is worked out
anew, and given to every module that took it by name. Meant for a child process that ends with its verdict.
"""

import ast
import builtins
import functools
import gc
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, FunctionType, ModuleType
from typing import Any

from .mutations import Function, Module, Mutation


class Unfit(Exception):
    """The change cannot be put in: it does not load. Whoever started the product with it would see no page."""


@dataclass
class Standing:
    """What stands in this process of some files: every function, and every cache of a function's answers."""

    functions: dict[str, list[FunctionType]] = field(default_factory=lambda: defaultdict(list))
    caches: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))


def standing(paths: set[str]) -> Standing:
    """Unfreezes what the collector of garbage has put aside: of frozen objects it does not tell."""
    gc.unfreeze()
    found = Standing()
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in paths:
            found.functions[one.__code__.co_filename].append(one)
        elif type(one) is functools._lru_cache_wrapper and isinstance(one.__wrapped__, FunctionType):
            # SQLite's connections keep their statements in such a cache too, around no function.
            found.caches[one.__wrapped__.__code__.co_filename].append(one)
    return found


def graft(module: Module, mutation: Mutation, here: Standing) -> None:
    """Make this process one in which the change is part of the source."""
    if mutation.around.functions:
        original = module.compiled()
        with module.changed(mutation) as tree, _keeping(mutation.around.functions, original):
            changed = compile(ast.fix_missing_locations(tree), module.path, "exec")
        _replace(original, changed, here.functions[module.path])
    else:
        _work_out_anew(module, mutation)
    for cache in here.caches[module.path]:
        cache.cache_clear()


def probe(module: Module, mark: Callable[[str], None], here: Standing) -> None:
    """Have every statement of every function call `mark` with its mark before it is done. Uses `module` up."""
    original = module.compiled()
    builtins.__mark__ = mark  # type: ignore[attr-defined]
    for node in list(ast.walk(module.tree)):
        if isinstance(node, ast.Lambda):
            node.body = ast.BoolOp(ast.Or(), [_marks(module, node), node.body])
        for name, value in ast.iter_fields(node):
            if isinstance(value, list) and any(isinstance(one, ast.stmt) for one in value):
                setattr(node, name, [new for one in value for new in _marked(one, module)])
    changed = compile(ast.fix_missing_locations(module.tree), module.path, "exec")
    _replace(original, changed, here.functions[module.path])


def _marked(statement: ast.AST, module: Module) -> list[ast.AST]:
    return [ast.Expr(_marks(module, statement)), statement] if statement in module.statements else [statement]


def _marks(module: Module, node: ast.AST) -> ast.Call:
    mark = module.mark_of(module.statements[node])
    return ast.Call(ast.Name("__mark__", ast.Load()), [ast.Constant(mark)], [])


# ---------------------------------------------------------------- functions


def _replace(original: CodeType, changed: CodeType, functions: list[FunctionType]) -> None:
    for before, after in _twins(original, changed):
        for function in functions:
            if function.__code__ == before:
                function.__code__ = after


def _twins(original: CodeType, changed: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Each piece of code with its twin, where the two differ, from the outermost on."""
    by_name: dict[str, list[CodeType]] = defaultdict(list)
    for one in _within(changed):
        by_name[one.co_qualname].append(one)
    for before in _within(original):
        twins = by_name[before.co_qualname]
        if not twins:
            continue  # it stood in what was taken away
        after = twins.pop(0)
        if before != after:
            yield before, after
        yield from _twins(before, after)


def _within(code: CodeType) -> Iterator[CodeType]:
    return (one for one in code.co_consts if isinstance(one, CodeType))


@contextmanager
def _keeping(nodes: tuple[Function, ...], original: CodeType) -> Iterator[None]:
    """Let the changed function mention every name that it has from outside: its twin must close over the same.

    Without it, `super()` or a name of the surrounding function may be gone together with what was changed.
    """
    codes = {(code.co_firstlineno, code.co_name): code for code in _all(original)}
    kept: list[tuple[Function, Any]] = []
    for node in nodes:
        code = codes.get((_first_line(node), getattr(node, "name", "<lambda>")))
        names: list[ast.expr] = [ast.Name(name, ast.Load()) for name in (code.co_freevars if code else ())]
        if names:
            kept.append((node, node.body))
            mention = ast.Tuple(names, ast.Load())
            if isinstance(node, ast.Lambda):
                node.body = ast.IfExp(ast.Constant(True), node.body, mention)
            else:
                node.body = [*node.body, ast.If(ast.Constant(False), [ast.Expr(mention)], [])]
    try:
        yield
    finally:
        for node, body in kept:
            node.body = body


def _all(code: CodeType) -> Iterator[CodeType]:
    for one in _within(code):
        yield one
        yield from _all(one)


def _first_line(node: Function) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min(one.lineno for one in (*decorators, node))


# ---------------------------------------------------------------- what a module works out


def _work_out_anew(module: Module, mutation: Mutation) -> None:
    """Do the changed statement of the module again, and those after it that use what it gives."""
    loaded = next(one for one in _modules() if vars(one).get("__file__") == module.path)
    given: set[str] = set()
    with module.changed(mutation) as tree:
        for number, statement in enumerate(tree.body):
            names = _names(statement, ast.Store)
            is_of_it = number == mutation.around.top or (names and _names(statement, ast.Load) & given)
            if number < mutation.around.top or not is_of_it or isinstance(statement, ast.FunctionDef | ast.ClassDef):
                continue
            before = {name: vars(loaded).get(name) for name in names}
            try:
                exec(compile(ast.Module([statement], []), module.path, "exec"), vars(loaded))  # noqa: S102
            except Exception as error:
                raise Unfit(repr(error)) from None
            for name, value in before.items():
                hand_on(name, value, vars(loaded)[name])
            given |= names


def _names(node: ast.AST, how: type[ast.expr_context]) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, how)}


def hand_on(name: str, before: Any, now: Any) -> None:
    """Give the new value to whoever imported the old one, and what is new in a table to whoever gathered it."""
    for module in _modules():
        if before is not None and vars(module).get(name) is before:
            setattr(module, name, now)
        if isinstance(before, dict):
            _hand_entries_on(vars(module), before, now)


def _hand_entries_on(held: dict[str, Any], before: dict[Any, Any], now: dict[Any, Any]) -> None:
    tables = [one for one in held.values() if issubclass(type(one), dict) and one is not before]
    for table in tables:
        for key in [key for key in before if key in table and table[key] is before[key]]:
            table[key] = now.get(key)


def _modules() -> list[ModuleType]:
    """All that are loaded, without asking those that load something when they are asked."""
    return [one for one in list(sys.modules.values()) if issubclass(type(one), ModuleType)]
