"""What an action is given: a frozen dataclass, in which a form ends and which the action takes whole.

Each room's own stand in its `inputs`; here is what they share. Knows no form and no action.
"""

from dataclasses import fields
from typing import Any


def columns(said: Any) -> dict[str, Any]:
    """{column: value} of an input whose fields are called as the columns that they set."""
    if isinstance(said, dict):
        return said  # a page of an unfinished order, of which any part may be open
    # Not `asdict`: it copies deeply, and a seat or a unit in an input would come out as another row.
    return {field.name: getattr(said, field.name) for field in fields(said)}


def as_it_stands(row: Any, said: Any) -> dict[str, Any]:
    """What the row says now of all that `said` would change, and its version: shown beside what was typed."""
    return {name: getattr(row, name) for name in (*columns(said), "version")}
