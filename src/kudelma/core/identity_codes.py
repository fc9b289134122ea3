"""Finnish personal identity codes in free text, however they were typed, so that they can be refused.

Shape and check character: the Digital and Population Data Services Agency's description of the code
(day, month, year, sign of the century, individual number, check character: remainder of 31).
"""

import re
import unicodedata

CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
AS_WRITTEN = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d ?[-+A-FU-Y] ?\d{3} ?[0-9A-Y](?![0-9A-Za-z])", re.I
)
# python-stdnum was tried: it judges one string, and knows only the form on the card.
LOOSELY = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01])[. ]?(0[1-9]|1[0-2])[. ]?(?:\d\d)?(\d\d)"
    r"(?P<sign> ?[-+A-FU-Y] ?| )?(\d{3}) ?(?P<check>[0-9A-FHJ-NPR-Y])(?!\d)",
    re.I,
)


def holds_identity_code(text: str) -> bool:
    """Whether `text` holds a code: as it is written, or spread out with a check character that is right."""
    flat = _flat(text)
    # Spread out it looks like many a day or telephone number, so there the check character has to be right.
    return bool(AS_WRITTEN.search(flat)) or any(map(_checks, LOOSELY.finditer(flat)))


def _flat(text: str) -> str:
    """Full-width digits as digits, any dash as a hyphen, any space as one, nothing that cannot be seen."""
    shown = (
        "-" if unicodedata.category(character) in {"Pd", "Pc"} or character == "\u2212" else character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf"
    )
    return re.sub(r"\s+", " ", "".join(shown))


def _checks(match: re.Match[str]) -> bool:
    day, month, year, _, number, check = match.groups()
    if not match["sign"] and check.isdigit():
        return False  # ten digits in a row are a telephone number
    return CHECKS[int(f"{day}{month}{year}{number}") % len(CHECKS)] == check.upper()
