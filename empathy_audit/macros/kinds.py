"""What a placeholder will hold, told by its name, and the words that stand in for it so that the sentence still reads.

ticket.requester.first_name → a name, "Alex"       order_number → a number, "12345"
"your {{plan}}" → "your item"                      "about {{subject}}" → "about this item"
"""

from __future__ import annotations

import re
from typing import NamedTuple

from empathy_audit.model.macro import PlaceholderKind


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PERSON = _words(
    "firstname lastname surname fullname nickname forename requester customer user visitor agent teammate contact recipient "
    "sender person assignee client guest member caller employee representative rep manager signature"
)
_FIRM = _words("company brand organization organisation business shop store merchant team department account workspace")
_THING = _words(
    "product plan item service package event project category field subscription file form bank card status"
)
_NUMBER = _words(
    "id number no num nr order case ticket ref reference code count quantity qty phone tel telephone mobile hours days "
    "minutes weeks months percent percentage digits tracking position age total_count invoice otp pin zip postcode n hour"
)
_SMALL = _words("hours days minutes weeks months count quantity qty n hour percent percentage age position")
_ADDRESS = _words("salutation honorific")
_DATE = _words(
    "date day datetime time eta deadline month year week birthday due expiry expiration timeframe timestamp at today tomorrow on"
)
_MONEY = _words("amount price total cost fee refund balance currency money subtotal payment charge discount credit")
_LINK = _words("url link href website site page email mail uri address portal")
_FILTERS: dict[str, PlaceholderKind] = {
    "date": "date", "time": "date", "money": "money", "currency": "money", "number": "number", "number_to_currency": "money"
}  # fmt: skip
_ASIDES = _words("sic x ok edit edited ed a b c d e")

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[^A-Za-z]+")
_PATH = re.compile(r"[.\]\[:]+")
_FILTER = re.compile(r"\|\s{0,9}(\w{1,40})")
_QUOTED = re.compile(r"\"[^\"]{0,200}\"|'[^']{0,200}'")
_LAST_WORD = re.compile(r"([A-Za-z']{1,20})[ \t\n]{1,9}$")
_DETERMINERS = _words(
    "the a an your our my this that these those their his her its no any each every some another which new current"
)
_MONEY_SIGNS = "$€£¥"


class Meaning(NamedTuple):
    """The kind of value behind a placeholder, and the words of its name."""

    kind: PlaceholderKind
    words: tuple[str, ...]


def meaning_of(expression: str) -> Meaning:
    """What a placeholder's expression tells of its value; the kind is `text` when its name does not tell."""
    words = words_of(expression)
    return Meaning(_kind_of(expression, words), words)


def _kind_of(expression: str, words: tuple[str, ...]) -> PlaceholderKind:
    filters = _FILTER.findall(expression) if "|" in expression else ()
    filtered = next((_FILTERS[name] for name in filters if name in _FILTERS), None)
    if filtered is not None:
        return filtered
    if not words:
        return "text"
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "name" or last == "names":
        return "text" if before in _THING else "name"
    if before in ("number", "count") and "of" in words:
        return "number"
    for kind, known in _BY_LAST:
        if last in known:
            return kind
    return "date" if words[0] == "date" else "number" if words[:2] == ("number", "of") else "text"


_BY_LAST: tuple[tuple[PlaceholderKind, frozenset[str]], ...] = (
    ("name", _PERSON | _FIRM | _ADDRESS),
    ("money", _MONEY),
    ("link", _LINK),
    ("number", _NUMBER),
    ("date", _DATE),
)


def words_of(expression: str) -> tuple[str, ...]:
    """The words of the last part of the expression's path, in lower case: `ticket.orderNo | upcase` → order, no."""
    plain = _QUOTED.sub(" ", expression[:400]).split("|", 1)[0].split(",", 1)[0].strip(" .-~:[]")
    part = _PATH.split(plain)[-1]
    return tuple(word.lower() for word in _SPLIT.split(_CAMEL.sub(" ", part)) if word)


def stand_in(meaning: Meaning, before: str) -> str:
    """Words for a placeholder of this meaning behind the text `before` (its end is enough)."""
    kind, words = meaning
    last = words[-1] if words else ""
    if kind == "name" and last in _ADDRESS:
        return "Ms"
    if kind == "name":
        return "Acme" if last in _FIRM or (last == "name" and len(words) > 1 and words[-2] in _FIRM) else "Alex"
    if kind == "money":
        return "$" if last == "currency" else "25" if before[-1:] and before[-1] in _MONEY_SIGNS else "$25"
    if kind == "number":
        return "3" if last in _SMALL or "of" in words else "12345"
    if kind == "date":
        return "3 pm" if last == "time" else "Monday"
    if kind == "link":
        return "help@example.com" if last in ("email", "mail") else "https://example.com"
    return _thing(before)


def _thing(before: str) -> str:
    if not before[-1:].isspace():
        return "item"
    word = _LAST_WORD.search(before[-40:])
    return "this item" if word and word[1].lower() not in _DETERMINERS and "\n" not in word[0] else "item"


def is_blank(inside: str) -> bool:
    """Whether words in square brackets are a blank to fill in (`[NAME]`, `[what was fixed]`), not an aside (`[sic]`)."""
    return inside.strip().lower() not in _ASIDES
