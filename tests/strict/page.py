"""A page in two readings: the tags as they are written, and the tree that a browser builds of them.

Knows the words of HTML, nothing of this house.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from turbohtml import Document, Element, Namespace, Text, Token, TokenType, parse, tokenize

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
FILLED_IN = frozenset(["select", "textarea"])
PRESSED_OR_UNSEEN = frozenset(["hidden", "submit", "button", "reset", "image"])
NOT_READ_ALOUD = frozenset(["select", "textarea", "script", "style", "template"])
AROUND_A_PART = '<!doctype html><html lang="en"><head><title>part</title></head><body>{}</body></html>'


@dataclass(frozen=True)
class Page:
    """text: what was answered; address, method: to what; policy: its Content-Security-Policy; is_part: of a page."""

    text: str
    address: str = "/"
    method: str = "GET"
    policy: str = ""
    is_part: bool = False

    @cached_property
    def whole(self) -> str:
        """A part stands in the middle of a page, so that both are read by the same grammar."""
        return AROUND_A_PART.format(self.text) if self.is_part else self.text

    @cached_property
    def document(self) -> Document:
        return parse(self.whole)

    @cached_property
    def elements(self) -> list[Element]:
        return list(self.document.iter_elements())

    @cached_property
    def by_id(self) -> dict[str, list[Element]]:
        return self._grouped("id", self.elements)

    @cached_property
    def labels(self) -> dict[str, list[Element]]:
        """{id of a control: the labels that are for it}"""
        return self._grouped("for", self.of("label"))

    def _grouped(self, attribute: str, elements: list[Element]) -> dict[str, list[Element]]:
        groups: dict[str, list[Element]] = {}
        for element in elements:
            if (value := element.attr(attribute)) is not None:
                groups.setdefault(value, []).append(element)
        return groups

    def of(self, *tags: str) -> list[Element]:
        """The HTML elements with these tags, in the order of the page."""
        return [element for element in self.elements if element.tag in tags and element.namespace is Namespace.HTML]

    def having(self, attribute: str) -> list[Element]:
        return [element for element in self.elements if element.attr(attribute) is not None]

    def name(self, element: Element) -> str:
        """What a screen reader calls this element."""
        named_by = [self.by_id[name][0] for name in words(element, "aria-labelledby") if name in self.by_id]
        return (
            read_aloud(*named_by)
            or (element.attr("aria-label") or "").strip()
            or (read_aloud(*self._labels_of(element)) if is_control(element) else read_aloud(element))
        )

    def _labels_of(self, control: Element) -> list[Element]:
        around = [element for element in control.ancestors if isinstance(element, Element) and element.tag == "label"]
        return [*self.labels.get(control.attr("id") or "", []), *around]

    def repair(self) -> str:
        """The first place at which a browser builds something else than is written, or nothing."""
        for written, built in zip_longest(marks(self.whole), marks(self.document.serialize())):
            if written != built:
                return f"written is {written or 'the end'!r}, a browser builds {built or 'the end'!r}"
        return ""


def words(element: Element, attribute: str) -> list[str]:
    return (element.attr(attribute) or "").split()


def is_control(element: Element) -> bool:
    """Something that a person fills in."""
    kind = (element.attr("type") or "text").lower()
    return element.tag in FILLED_IN or (element.tag == "input" and kind not in PRESSED_OR_UNSEEN)


def is_unseen(element: Element) -> bool:
    return element.attr("aria-hidden") == "true" or element.attr("hidden") is not None


def read_aloud(*elements: Element) -> str:
    """The words of these elements, without what is kept from those who listen."""
    return " ".join(" ".join(word for element in elements for word in _read_aloud(element)).split())


def _read_aloud(element: Element) -> Iterator[str]:
    yield element.attr("alt") or ""
    if element.namespace is Namespace.SVG:
        yield element.attr("aria-label") or ""
    for child in element.children:
        if isinstance(child, Text):
            yield child.data
        elif isinstance(child, Element) and child.tag not in NOT_READ_ALOUD and not is_unseen(child):
            yield from _read_aloud(child)


def marks(text: str) -> list[str]:
    """Tags and words, one after the other. Blanks at the edges of words do not count, nor does what is said of tags."""
    listed = [""]
    for token in tokenize(text, capture_attributes=False):
        if token.type is TokenType.TEXT:
            listed[-1] += token.data or ""
        else:
            listed += [*_tags(token), ""]
    return [mark for mark in map(str.strip, listed) if mark]


def _tags(token: Token) -> list[str]:
    """Elements of a drawing may close themselves; in the tree they have an end like all others."""
    if token.type is TokenType.END_TAG:
        return [f"</{token.tag}>"]
    if token.type is not TokenType.START_TAG:
        return []
    return [f"<{token.tag}>", *([f"</{token.tag}>"] if token.self_closing and token.tag not in VOID else [])]
