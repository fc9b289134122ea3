"""`kudelma receive-mail`: one mail on standard input. Exit codes: docs/settings.md, "Mail in"."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from kudelma.people.incoming import MOST_BYTES, receive

TAKEN, IGNORED, AGAIN_LATER = 0, 65, 75
"""As sysexits.h counts them: EX_OK, EX_DATAERR, EX_TEMPFAIL."""


class Command(BaseCommand):
    help = "Take an answer to an invitation, or a bounce, from one mail on standard input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sender",
            default=os.environ.get("SENDER"),
            help="sender on the envelope, empty for a bounce; default: the variable SENDER",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # One byte more than is taken: cut off at the limit, a mail that is too large would pass for a whole one.
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        try:
            taken = receive(raw, envelope=options["sender"], at=timezone.now())
        except DatabaseError:
            # The mail server keeps it and comes again.
            sys.exit(AGAIN_LATER)
        sys.exit(TAKEN if taken else IGNORED)
