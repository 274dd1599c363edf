"""Check digits: what tells a card or an account from any other long number."""

from __future__ import annotations


def digits_of(text: str) -> str:
    """The decimal digits of a text, in ASCII."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


def luhn(text: str) -> bool:
    """Whether the digits of a text end in the check digit that cards have (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits_of(text))):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(text: str) -> bool:
    """Whether a text can be the number of a payment card: 13 to 19 digits, check digit, not all the same."""
    digits = digits_of(text)
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and luhn(digits)


def is_iban(text: str) -> bool:
    """Whether a text is an IBAN with right check digits (ISO 13616)."""
    plain = "".join(text.split()).upper()
    if not (15 <= len(plain) <= 34 and plain.isascii() and plain.isalnum()):
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1
