"""Telephone numbers as people read them; they are kept in international form."""

import phonenumbers


def spaced(number: str) -> str:
    """«+358 40 1234567». What is no number is given back as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
