"""Telephone numbers as people read them; they are kept in international form."""

import phonenumbers

NO_BREAK = "\N{NO-BREAK SPACE}"


def spaced(number: str) -> str:
    """«+358 40 1234567», on one line whatever the width. What is no number is given back as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written.replace(" ", NO_BREAK)
