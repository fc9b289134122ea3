"""Compile the translations at start, without gettext's tools.

Only the `.po` files are kept; Babel writes the `.mo` files into the prepared folder when they are
missing or older than their source. Fuzzy entries are left out, as msgfmt would.
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kudelma.configuration import read

SOURCES = Path(__file__).parent.parent / "locale"


def compile_catalogues() -> None:
    target = read(os.environ).prepared / "locale"
    for source in sorted(SOURCES.glob("*/LC_MESSAGES/django.po")):
        compiled = target / source.relative_to(SOURCES).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime > source.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3].split("_")[0])
        # Two processes may start at once; neither reads half a catalogue of the other.
        unfinished = compiled.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as out:
            write_mo(out, catalogue)
        unfinished.replace(compiled)
