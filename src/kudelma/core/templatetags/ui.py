"""`{% ui "notice" kind="info" text=… %}`: a component gets its props and nothing else, and refuses unknown ones.

A component is one template in core/templates/ui/ that opens with a comment: its name, what it is, and
a line `props:` with the names it takes. Those are all it sees of the page. One that says `same for all:`
holds nothing of a person or a page: it is drawn once for each choice of props and language.
"""

import re
from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.template.base import Node, Parser, Token, token_kwargs
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kudelma.core import telephones, times

register = template.Library()
register.filter("day", times.day)
register.filter("clock", times.clock)
register.filter("week", times.week)
register.filter("spaced", telephones.spaced)

PAGE_OF = "page_of"
PROPS = re.compile(r"props:\s*([a-z_ ]*)")
SAME_FOR_ALL = "same for all:"


@cache
def component(name: str) -> tuple[Any, frozenset[str], bool]:
    """The compiled template of a component, the props it takes, and whether it is the same for all.

    A prop that is not given is empty.
    """
    compiled: Any = get_template(f"ui/{name}.html")
    contract = compiled.template.source.split("#}", 1)[0]
    declared = PROPS.search(contract)
    if declared is None:
        raise template.TemplateSyntaxError(f"ui/{name}.html does not say its props")
    return compiled, frozenset(declared[1].split()), SAME_FOR_ALL in contract


@cache
def drawn(name: str, language: str, **props: Any) -> SafeString:
    """A component that is the same for all, drawn once."""
    compiled = component(name)[0]
    return SafeString(compiled.template.render(template.Context(props)))


class ComponentNode(Node):
    def __init__(self, name: str, props: dict[str, Any]) -> None:
        self.name, self.props = name, props

    def render(self, context: Any) -> str:
        compiled, names, is_same = component(self.name)
        props = dict.fromkeys(names, "") | {key: value.resolve(context) for key, value in self.props.items()}
        if is_same:
            return drawn(self.name, get_language() or "", **props)
        form = {name: context.get(name) for name in ("csrf_token", PAGE_OF)}
        return compiled.template.render(context.new(props | form))


class FormTokenNode(CsrfTokenNode):
    def render(self, context: Any) -> SafeString:
        mark = context.get(PAGE_OF)
        own: SafeString = (
            format_html('<input type="hidden" name="{}" value="{}">', PAGE_OF, mark) if mark else SafeString("")
        )
        return SafeString(super().render(context) + own)


@register.tag
def form_token(parser: Parser, token: Token) -> FormTokenNode:
    """Django's own, and whose page it is: on a shared device an old page must not speak for the next person."""
    return FormTokenNode()


@register.tag
def ui(parser: Parser, token: Token) -> ComponentNode:
    """Render a component with the given props."""
    bits = token.split_contents()[1:]
    name = bits.pop(0).strip("\"'")
    props = token_kwargs(bits, parser)
    unknown = [*bits, *(key for key in props if key not in component(name)[1])]
    if unknown:
        raise template.TemplateSyntaxError(f"{name} does not take {', '.join(map(str, unknown))}")
    return ComponentNode(name, props)


@register.simple_tag
def fresh_idempotency_key() -> str:
    """An id for what a form will make or do, so that pressing twice does it once."""
    return str(uuid4())


@register.simple_tag
def when(start: Any, minutes: int) -> str:
    """«tiistai 24. marraskuuta klo 14.00–16.30 (viikko 48)»."""
    return times.when(start, minutes)


@register.simple_tag
def span(start: Any, minutes: int) -> str:
    return times.span(start, minutes)
