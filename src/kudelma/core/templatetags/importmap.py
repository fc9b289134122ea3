"""`{% importmap %}`: kudelma/… names of our modules, mapped to the hashed files. The one inline element.

The policy lets it through by its hash, so its bytes must be the same in every answer.
"""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
HOUSE = Path(__file__).parent.parent.parent
"""Every room keeps its modules in static/<room>/js/."""


@cache
def importmap_text() -> str:
    files = sorted(HOUSE.glob("*/static/*/js/*.js"), key=lambda file: file.name)
    return json.dumps({"imports": {f"kudelma/{file.name}": static("/".join(file.parts[-3:])) for file in files}})


@cache
def importmap_hash() -> str:
    digest = hashlib.sha256(importmap_text().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@register.simple_tag
def importmap() -> SafeString:
    return mark_safe(f'<script type="importmap">{importmap_text()}</script>')  # noqa: S308  our own file names
