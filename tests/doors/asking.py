"""One line of the access table, asked of the site: under the guard that lets a look write nothing, and undone."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.test import Client

from doors.table import Line, ask
from kudelma.core.db import Wrote, only_reading

ENDS_THE_SESSION = {"people:closed"}
"""The one link that writes when it is followed."""


class Undo(Exception):
    pass


def is_the_record(sql: str) -> bool:
    return 'INTO "trust_entry"' in sql


def ask_and_undo(client: Client, line: Line, address: str, data: dict[str, str]) -> int | str:
    """The status of the answer, or the first word that a page writes when it is looked at.

    What was changed is undone, also the session, so that the next one meets the same house.
    """
    cookies = client.cookies.copy()
    try:
        with transaction.atomic(), transaction.atomic(using="keys"):
            with _guard(line):
                status = ask(client, line.method, address, data)
            raise Undo
    except Undo:
        return status
    except Wrote as statement:
        return f"writes {statement}"
    finally:
        client.cookies = cookies


def _guard(line: Line) -> AbstractContextManager[Any]:
    only_looks = line.method == "GET" and line.name not in ENDS_THE_SESSION
    return only_reading(is_the_record) if only_looks else nullcontext()
