"""The skeleton of a page: all that axe can tell apart, and nothing that belongs to a person.

Pages with the same skeleton look the same to axe, so one of them stands for all. It holds tags, roles, classes, the
attributes with their state, inline style, what an SVG is filled with, and the files of style and script, whose names
hold their hash. Of texts, labels, ids and addresses it holds whether they are there and whether they agree, not what
they say; the rules of axe that ask more than that are answered by marks of their own (`_marks`).

It comes in pieces: the frame of the page, its main part, its sections and each kind of row, every piece with the
elements that it stands in. So a row of one matter in a list of another makes nothing new: pieces add up, where whole
pages would multiply. Siblings of one tag beside each other count by their kinds, not by their number and order.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from bs4 import BeautifulSoup, Doctype, Tag
from bs4.element import PageElement, PreformattedString

CUT_OUT = {"main", "section", "article", "li", "tr", "option"}
"""What is a piece of its own."""

POINTING = {
    "for", "headers", "list", "form", "usemap", "popovertarget", "commandfor", "aria-activedescendant",
    "aria-controls", "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto", "aria-labelledby",
    "aria-owns",
}  # fmt: skip
"""Their values are ids: what counts is whether the target is there, and what it is."""

SPOKEN = {
    "abbr", "alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext",
    "label", "placeholder", "summary", "title", "value", "nonce", "integrity",
}  # fmt: skip
"""Their values are words, or tokens: what counts is whether they are empty."""

ADDRESSES = {"action", "cite", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"}
DRAWN = {"cx", "cy", "d", "points", "r", "rx", "ry", "transform", "x", "x1", "x2", "y", "y1", "y2"}
"""Where something stands inside an SVG. How large the whole is counts."""

LANGUAGES = {"fi", "sv", "en", "fi-x-selko"}
LANDMARKS = {"section", "nav", "aside", "form", "header", "footer", "main"}
NAMED_BY_CONTENT = {"a", "button", "summary"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
FOCUSED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]"

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
WORD = re.compile(r"[a-z][a-z0-9-]*")
TOKEN = re.compile(r"(?=.*\d)[\w-]{12,}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d\S*|\d\d:\d\d\S*")


def of(page: BeautifulSoup) -> frozenset[str]:
    """The pieces. A page that has none but seen ones looks like nothing new."""
    known = _Known(page)
    pieces = set(_heading_order(known.levels))
    kinds = [str(item) for item in page.contents if isinstance(item, Doctype)]
    roots = [_element(item, known, (), pieces) for item in page.contents if isinstance(item, Tag)]
    return frozenset(pieces | {"\n".join([*kinds, *roots])})


class _Known:
    """What one element cannot know alone: who points at it, and whether another has the same id or name."""

    def __init__(self, page: BeautifulSoup) -> None:
        tags = [item for item in page.descendants if isinstance(item, Tag)]
        self.ids = Counter(str(tag["id"]) for tag in tags if "id" in tag.attrs)
        self.labels = Counter(str(tag["for"]) for tag in tags if tag.name == "label" and "for" in tag.attrs)
        self._by_id = {str(tag["id"]): tag for tag in reversed(tags) if "id" in tag.attrs}
        self.landmarks = Counter(filter(None, map(self.landmark, tags)))
        self.levels = [str(tag.get("aria-level", tag.name[1:])) for tag in tags if _is_heading(tag)]

    def target(self, pk: str) -> str:
        tag = self._by_id.get(pk)
        return f"→{tag.name}{'' if _words(tag) else ' without text'}" if tag else "→nothing"

    def name(self, tag: Tag) -> str:
        """What an element is called by its attributes, in small letters."""
        targets = [self._by_id.get(pk) for pk in str(tag.get("aria-labelledby", "")).split()]
        pointed = " ".join(_words(target) for target in targets if target)
        return pointed or _plain(str(tag.get("aria-label", ""))) or _plain(str(tag.get("title", "")))

    def landmark(self, tag: Tag) -> tuple[str, str] | None:
        """What it is and how it is called: no two on a page may be the same."""
        name = self.name(tag) if tag.name in LANDMARKS or "role" in tag.attrs else ""
        return (str(tag.get("role", tag.name)), name) if name else None

    def is_called_otherwise(self, tag: Tag) -> bool:
        """Its name leaves out what stands written on it."""
        name = self.name(tag) if tag.name in NAMED_BY_CONTENT or "role" in tag.attrs else ""
        return bool(name) and _words(tag) not in name


def _element(tag: Tag, known: _Known, around: tuple[str, ...], pieces: set[str]) -> str:
    """The element with all that is in it, except what is cut out of it into `pieces`."""
    attributes = [f'{name}="{_value(tag, name, known)}"' for name in sorted(tag.attrs) if name != "id"]
    head = " ".join([tag.name, *attributes, *_marks(tag, known)])
    inside = [tag.get_text()] if tag.name in {"script", "style"} else _inside(tag, known, (*around, head), pieces)
    return f"<{head}>{''.join(inside)}</>"


def _inside(tag: Tag, known: _Known, around: tuple[str, ...], pieces: set[str]) -> Iterator[str]:
    """Elements and texts. In running text all of them are one run: which kinds there are counts."""
    parts = [
        (getattr(child, "name", None), part) for child in tag.children if (part := _part(child, known, around, pieces))
    ]
    is_running = any(name is None for name, _ in parts)
    for _, run in groupby(parts, key=lambda part: is_running or part[0]):
        counts = Counter(part for _, part in run)
        yield from sorted(counts)
        pieces |= {"\n".join([*around, f"several {part}"]) for part, number in counts.items() if number > 1}


def _part(child: PageElement, known: _Known, around: tuple[str, ...], pieces: set[str]) -> str:
    if not isinstance(child, Tag):
        return "" if isinstance(child, PreformattedString) else _text(str(child))
    if child.name == "input" and child.get("type") == "hidden":  # neither drawn nor judged
        return ""
    whole = _element(child, known, around, pieces)
    if child.name not in CUT_OUT:
        return whole
    pieces.add("\n".join([*around, whole]))
    return _hole(child)


def _hole(tag: Tag) -> str:
    """What rules ask of a piece from around it: scrollable-region-focusable, th-has-data-cells."""
    has_focus, has_cells = tag.name != "main" and tag.select_one(FOCUSED), tag.name == "tr" and tag.find("td")
    return f"[{tag.name}{' to focus' if has_focus else ''}{' with cells' if has_cells else ''}]"


def _marks(tag: Tag, known: _Known) -> Iterator[str]:
    """What rules ask of ids and texts: duplicate-id-aria, label, form-field-multiple-labels, landmark-unique,
    label-content-name-mismatch, image-redundant-alt."""
    pk = str(tag.get("id", ""))
    if known.ids[pk] > 1:
        yield "!id-twice"
    if known.labels[pk]:
        yield f"!labels={known.labels[pk]}"
    if known.landmarks[known.landmark(tag)] > 1:
        yield "!named-twice"
    if known.is_called_otherwise(tag):
        yield "!named-otherwise"
    if tag.name == "img" and tag.get("alt") and tag.parent and _plain(str(tag["alt"])) in _words(tag.parent):
        yield "!alt-repeats"


def _value(tag: Tag, name: str, known: _Known) -> str:
    value = " ".join(tag.get_attribute_list(name))
    if name == "class":
        return " ".join(sorted(value.split()))
    if name in POINTING:
        return " ".join(map(known.target, value.split()))
    if name in SPOKEN:
        return "…" if value.strip() else ""
    if name in ADDRESSES:
        return _address(tag, value, known)
    if name in DRAWN:
        return "…"
    if name == "lang":
        return "…" if value in LANGUAGES else value
    if name == "content":
        return re.sub("url=.*", "url=…", value)
    if name == "name":
        return re.sub(r"\d+", "0", UUID.sub("0", value))
    return _datum(value) if name.startswith("data-") else MOMENT.sub("…", UUID.sub("…", value))


def _address(tag: Tag, value: str, known: _Known) -> str:
    if tag.name in {"script", "link"}:
        return value
    return known.target(value[1:]) if value.startswith("#") else "…" if value else ""


def _datum(value: str) -> str:
    """The styles choose by single words; sentences, numbers and tokens are for scripts."""
    return value if WORD.fullmatch(value) and not UUID.search(value) and not TOKEN.fullmatch(value) else "…"


def _text(text: str) -> str:
    """axe does not judge the contrast of a single character, and of signs only some."""
    text = text.strip()
    return "" if not text else "'" if len(text) == 1 else "…" if any(map(str.isalnum, text)) else "*"


def _is_heading(tag: Tag) -> bool:
    return tag.name in HEADINGS or tag.get("role") == "heading"


def _heading_order(levels: list[str]) -> set[str]:
    """The first level, whether there is a first-level one, and which level follows on which."""
    return {f"first {levels[:1]}", f"top {'1' in levels}", *(f"{before}>{after}" for before, after in pairwise(levels))}


def _words(tag: Tag) -> str:
    return _plain(tag.get_text(" "))


def _plain(text: str) -> str:
    """As axe compares names: small letters, single spaces."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
