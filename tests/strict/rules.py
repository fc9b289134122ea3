"""What every page of the house keeps to. A rule takes a `Page` and gives a sentence for each place that breaks it."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from turbohtml import Element
from turbohtml.conformance import check

from strict.page import Page, is_control, is_unseen, words

Rule = Callable[[Page], Iterator[str]]
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
TOKEN = "csrfmiddlewaretoken"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = (
    "for", "form", "list", "headers", "popovertarget", "commandfor", "aria-activedescendant", "aria-controls",
    "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns",
)  # fmt: skip
LABELLED = ("button", "input", "meter", "output", "progress", "select", "textarea")
TYPED_BY_SOMEBODY = (
    "control-character-in-input-stream", "noncharacter-in-input-stream", "unexpected-null-character",
)  # fmt: skip
"""What a person typed stands in its field until they have changed it, also what no field takes."""
SAID_BY_OTHER_RULES = ("area-missing-alt", "duplicate-id", "img-missing-alt", "missing-lang", "missing-title")
NEVER = ("applet", "base", "embed", "frame", "iframe", "object")


def shown(element: Element) -> str:
    """The beginning of an element, for the sentence that complains of it."""
    return element.serialize()[:120]


# ---------------------------------------------------------------- grammar


def is_well_formed(page: Page) -> Iterator[str]:
    for error in page.document.errors:
        if error.code in TYPED_BY_SOMEBODY:
            continue
        yield f"{error.code} in line {error.line}: {page.whole.splitlines()[error.line - 1].strip()[:120]}"
    if fault := page.repair():
        yield fault


def is_html5(page: Page) -> Iterator[str]:
    if not page.whole.lstrip().lower().startswith("<!doctype html>"):
        yield "does not begin with <!doctype html>"


def conforms(page: Page) -> Iterator[str]:
    """Elements, attributes and roles that the standard knows."""
    for message in check(page.document).errors:
        if message.code not in SAID_BY_OTHER_RULES:
            yield f"{message.code}: {message.message}"


# ---------------------------------------------------------------- who it is, and in which language


def has_a_title(page: Page) -> Iterator[str]:
    titles = [page.name(title) for title in page.of("title")]
    if len(titles) != 1 or not titles[0]:
        yield f"has the titles {titles}"


def speaks_a_language_of_the_house(page: Page) -> Iterator[str]:
    for root in page.of("html"):
        if root.attr("lang") not in LANGUAGES:
            yield f"speaks {root.attr('lang')!r}"
    for element in page.having("lang"):
        if not element.attr("lang"):
            yield f"a language without a name: {shown(element)}"


def has_one_first_heading(page: Page) -> Iterator[str]:
    first = [page.name(heading) for heading in page.of("h1")]
    if len(first) != 1:
        yield f"has the first headings {first}"


def has_no_gap_between_headings(page: Page) -> Iterator[str]:
    headings = page.of(*HEADINGS)
    for before, after in pairwise(headings):
        if int(after.tag[1]) > int(before.tag[1]) + 1:
            yield f"{after.tag} comes after {before.tag}: {page.name(after)}"


# ---------------------------------------------------------------- ids and what points to them


def has_ids_of_their_own(page: Page) -> Iterator[str]:
    for name, elements in page.by_id.items():
        if len(elements) > 1 or not name or name.split() != [name]:
            yield f"the id {name!r} stands {len(elements)} times"


def points_to_what_is_there(page: Page) -> Iterator[str]:
    for attribute in REFERENCES:
        for element in page.having(attribute):
            for name in words(element, attribute) or [""]:
                if name not in page.by_id:
                    yield f"{attribute} points to {name!r}, which is not there: {shown(element)}"
    for element in page.having("href"):
        address = element.attr("href") or ""
        if address.startswith("#") and address[1:] not in page.by_id:
            yield f"a link leads to {address!r}, which is not there"


# ---------------------------------------------------------------- names


def has_labels(page: Page) -> Iterator[str]:
    for control in page.elements:
        if is_control(control) and not page.name(control):
            yield f"has no label: {shown(control)}"
    for name in page.labels:
        for element in page.by_id.get(name, []):
            if element.tag not in LABELLED:
                yield f"a label is for what cannot have one: {shown(element)}"


def has_words_to_press(page: Page) -> Iterator[str]:
    for element in page.of("a", "button", "summary", "legend", *HEADINGS):
        if not page.name(element):
            yield f"has no text: {shown(element)}"


def has_words_for_pictures(page: Page) -> Iterator[str]:
    for picture in page.of("img", "area"):
        if picture.attr("alt") is None:
            yield f"has no alt: {shown(picture)}"
    for drawing in page.document.find_all("svg"):
        if not is_unseen(drawing) and not (drawing.attr("role") == "img" and page.name(drawing)):
            yield f"is neither hidden nor named: {shown(drawing)[:60]}"


# ---------------------------------------------------------------- forms and links


def has_forms_that_arrive(page: Page) -> Iterator[str]:
    for form in page.of("form"):
        method = (form.attr("method") or "get").upper()
        yield from _wrong_way(method, form.attr("action"), page)
        for button in form.iter_elements({"button", "input"}):
            if button.attr("formaction") is not None:
                yield from _wrong_way((button.attr("formmethod") or method).upper(), button.attr("formaction"), page)


def has_links_that_arrive(page: Page) -> Iterator[str]:
    for link in page.of("a"):
        address = link.attr("href")
        if address is None:
            yield f"leads nowhere: {shown(link)}"
        elif address.startswith(("/", "?")) and _methods(address, page) is None:
            yield f"leads to {address!r}, which is no address of ours"


def _wrong_way(method: str, address: str | None, page: Page) -> Iterator[str]:
    """What was sent just now may be sent again: the page of what could not be saved offers it, wherever that was."""
    if (method, address) == (page.method, page.address):
        return
    allowed = _methods(address, page)
    if allowed is None:
        yield f"{method} to {address!r}, which is no address of ours"
    elif method not in allowed:
        yield f"{method} to {address!r}, which takes {sorted(allowed)}"


def _methods(address: str | None, page: Page) -> frozenset[str] | None:
    parts = urlsplit(address or "")
    is_elsewhere = parts.scheme or parts.netloc
    return None if is_elsewhere else methods(parts.path or page.address, settings.DEMO)


@cache
def methods(path: str, demo: bool) -> frozenset[str] | None:
    """What may be sent to an address of ours, as its view says; None for an address that nobody answers."""
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return None
    while view is not None:
        names = view.__code__.co_freevars if hasattr(view, "__code__") else ()
        if "request_method_list" in names:  # django.views.decorators.http keeps it so
            return frozenset(view.__closure__[names.index("request_method_list")].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return frozenset({"GET", "POST"})


def has_tokens_where_they_belong(page: Page) -> Iterator[str]:
    """A form that sends proves that it is ours; one that asks would write the proof into the address."""
    for form in page.of("form"):
        tokens = [field for field in form.iter_elements("input") if field.attr("name") == TOKEN and field.attr("value")]
        wanted = int((form.attr("method") or "get").upper() == "POST")
        if len(tokens) != wanted:
            yield f"has {len(tokens)} tokens and needs {wanted}: {shown(form)}"


# ---------------------------------------------------------------- what the policy lets through


def keeps_to_its_policy(page: Page) -> Iterator[str]:
    directives = {name: sources for name, *sources in map(str.split, filter(None, page.policy.split(";")))}
    for script in page.of("script"):
        yield from _not_let_through(script, script.attr("src"), directives.get("script-src", []))
    for style in page.of("style"):
        yield from _not_let_through(style, None, directives.get("style-src", []))
    for link in page.of("link"):
        if "stylesheet" in words(link, "rel"):
            yield from _not_let_through(link, link.attr("href"), directives.get("style-src", []))


def _not_let_through(element: Element, address: str | None, sources: list[str]) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(element.inner_html.encode()).digest()).decode()
    is_ours = address is not None and address.startswith("/") and not address.startswith("//")
    marks = {"'self'"} if is_ours else {f"'nonce-{element.attr('nonce')}'", f"'sha256-{digest}'"}
    if not marks & {*sources}:
        yield f"is not let through by the policy: {shown(element)}"


def has_nothing_inline(page: Page) -> Iterator[str]:
    for element in page.of(*NEVER):
        yield f"is never used here: {shown(element)}"
    for element in page.elements:
        for name, value in element.attrs.items():
            if name.startswith("on") or name == "style" or str(value).lower().strip().startswith("javascript:"):
                yield f"{name} stands in an element: {shown(element)}"


OF_PARTS: tuple[Rule, ...] = (
    is_well_formed, has_ids_of_their_own, has_labels, has_words_to_press, has_words_for_pictures,
    has_no_gap_between_headings, has_forms_that_arrive, has_links_that_arrive, has_tokens_where_they_belong,
    keeps_to_its_policy, has_nothing_inline,
)  # fmt: skip
OF_PAGES: tuple[Rule, ...] = (
    *OF_PARTS, is_html5, conforms, has_a_title, speaks_a_language_of_the_house, has_one_first_heading,
    points_to_what_is_there,
)  # fmt: skip


def faults(page: Page) -> list[str]:
    """«rule: what is wrong» for each place that breaks a rule."""
    rules = OF_PARTS if page.is_part else OF_PAGES
    return [f"{rule.__name__.replace('_', ' ')}: {sentence}" for rule in rules for sentence in rule(page)]
