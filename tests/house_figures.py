"""Figures of the house, read from its files: `make figures` prints them, a test holds those that are promised.

Knows only the text of `src/kudelma`: nothing is imported and nothing is run. Migrations are left out, since they
are never edited again.
"""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent / "src"
DIALECT = ("one", "told", "found", "there")
"""Names that say nothing about what they hold; the noun itself says more."""
BLOCK = 6
"""So many lines that stand letter by letter in two places are a duplicate."""
TRIVIAL = re.compile(r"[\W_]*|@\w+|(from|import|return|pass|else:|try:)\b.*|\"\"\".*")
"""Lines that are equal everywhere, and so say nothing: brackets, bare decorators, imports, one-word statements."""
NAMES_IMPORTED = re.compile(r"^from [\w.]+ import \([^)]*\)", re.MULTILINE)


@dataclass(frozen=True)
class File:
    """One file of the product."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        """The folder right below the product's, or the file's own name when it stands beside the rooms."""
        return self.name.split("/")[1]

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


class House:
    """The figures of some files, each as a property."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files = list(files)
        self.modules = {file.module for file in self.files}

    @property
    def lines_of_files(self) -> list[int]:
        return [len(file.lines) for file in self.files]

    @property
    def lines_of_functions(self) -> list[int]:
        """From `def` to the last line, without decorators."""
        return [(node.end_lineno or node.lineno) - node.lineno + 1 for file in self.files for node in file.functions]

    @property
    def comments_a_hundred(self) -> float:
        """Lines that are a comment and nothing else, in a hundred lines."""
        comments = sum(line.lstrip().startswith("#") for file in self.files for line in file.lines)
        return 100 * comments / sum(self.lines_of_files)

    @property
    def largest_room(self) -> tuple[str, float]:
        """Its name and its share of all lines."""
        rooms: Counter[str] = Counter()
        for file in self.files:
            rooms[file.room] += len(file.lines)
        name, lines = rooms.most_common(1)[0]
        return name, lines / rooms.total()

    @property
    def dialect(self) -> dict[str, int]:
        """How often each word of the dialect is a name in the code."""
        names = Counter(node.id for file in self.files for node in ast.walk(file.tree) if isinstance(node, ast.Name))
        return {word: names[word] for word in DIALECT}

    @property
    def late_imports(self) -> list[str]:
        """Where a function imports a module of the product: such an import hides from whoever draws the house."""
        return sorted(
            {
                f"{file.name}:{node.lineno}"
                for file in self.files
                for function in file.functions
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom) and self._imported(node)
            }
        )

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """{module: modules of the product that it imports when it is imported itself}."""
        return {file.module: set(self._imports_at_the_top(file)) - {file.module} for file in self.files}

    @cached_property
    def _circles(self) -> list[list[str]]:
        """Tarjan's strongly connected components: each module alone, or those that import each other in a circle."""
        numbers: dict[str, int] = {}
        lowest: dict[str, int] = {}
        path: list[str] = []
        circles: list[list[str]] = []

        def visit(module: str) -> None:
            numbers[module] = lowest[module] = len(numbers)
            path.append(module)
            for other in sorted(self.imports[module]):
                if other not in numbers:
                    visit(other)
                if other in path:
                    lowest[module] = min(lowest[module], lowest[other])
            if lowest[module] == numbers[module]:
                at = path.index(module)
                circles.append(sorted(path[at:]))
                del path[at:]

        for module in sorted(self.imports):
            if module not in numbers:
                visit(module)
        return circles

    @property
    def cycles(self) -> list[list[str]]:
        return [circle for circle in self._circles if len(circle) > 1]

    @property
    def depth(self) -> int:
        """The longest chain of modules that import each other, counted in modules; a cycle counts once."""
        depths: dict[str, int] = {}
        for circle in self._circles:  # in Tarjan's order whoever is imported comes first
            outside = {other for module in circle for other in self.imports[module]} - set(circle)
            depths |= dict.fromkeys(circle, 1 + max((depths[other] for other in outside), default=0))
        return max(depths.values())

    @property
    def duplicates(self) -> list[str]:
        """Blocks that stand letter by letter in two places, each as its first place and the other one."""
        lines = [line for file in self.files for line in _lines_that_say_something(file)]
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at in range(len(lines) - BLOCK + 1):
            block = lines[at : at + BLOCK]
            if len({name for name, _number, _text in block}) == 1:
                places[tuple(text for _name, _number, text in block)].append(at)
        pairs = {(at, other) for equal in places.values() for at, other in combinations(equal, 2)}
        begins = sorted((at, other) for at, other in pairs if (at - 1, other - 1) not in pairs)
        return [f"{lines[at][0]}:{lines[at][1]} = {lines[other][0]}:{lines[other][1]}" for at, other in begins]

    def _imports_at_the_top(self, file: File) -> Iterator[str]:
        inside = {id(node) for function in file.functions for node in ast.walk(function)}
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in inside:
                yield from self._imported(node)

    def _imported(self, node: ast.Import | ast.ImportFrom) -> set[str]:
        """The modules of the product that this line imports: the named ones, or the package they are names of."""
        if isinstance(node, ast.Import):
            return {alias.name for alias in node.names} & self.modules
        base = node.module or ""
        return {
            name if (name := f"{base}.{alias.name}") in self.modules else base for alias in node.names
        } & self.modules


def _lines_that_say_something(file: File) -> list[tuple[str, int, str]]:
    """(file, line number, text) of all but trivial lines and comments."""
    # What a file imports is a list of names: that two files need the same ones is no line written twice.
    text = NAMES_IMPORTED.sub(lambda names: "\n" * names[0].count("\n"), file.text)
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [(file.name, number, line) for number, line in numbered if not TRIVIAL.fullmatch(line) and line[0] != "#"]


def read() -> House:
    """The product as it stands."""
    files = sorted(file for file in ROOT.rglob("*.py") if "migrations" not in file.parts)
    return House(File(file.relative_to(ROOT).as_posix(), file.read_text()) for file in files)


def spread(numbers: list[int]) -> str:
    """«37, 201, 385»: median, 95th percentile, largest."""
    ordered = sorted(numbers)
    return f"{median(ordered):.0f}, {ordered[int(0.95 * (len(ordered) - 1))]}, {ordered[-1]}"


def main() -> None:
    house = read()
    room, share = house.largest_room
    figures = {
        "files, lines": f"{len(house.files)}, {sum(house.lines_of_files)}",
        "lines a file: median, p95, largest": spread(house.lines_of_files),
        "lines a function: median, p95, largest": spread(house.lines_of_functions),
        "import depth": str(house.depth),
        "import cycles": str(len(house.cycles)),
        "late imports": str(len(house.late_imports)),
        "largest room": f"{room}, {share:.0%}",
        f"duplicates of {BLOCK} lines and more": str(len(house.duplicates)),
        "comments in a hundred lines": f"{house.comments_a_hundred:.2f}",
        "dialect": ", ".join(f"{word} {times}" for word, times in house.dialect.items()),
    }
    for what, figure in figures.items():
        print(f"{what:42} {figure}")
    for place in [*house.duplicates, *house.late_imports]:
        print(f"  {place}")


if __name__ == "__main__":
    main()
