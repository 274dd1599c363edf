"""How far a name goes: capitalised words, initials and particles, from a place where one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Flag, auto

from empathy_audit.redaction.given_names import NEVER, is_ordinary, is_sure, is_unsure
from empathy_audit.redaction.spans import LETTER

WORD = re.compile(rf"(?:{LETTER}|['’](?={LETTER}{{2}})|-(?={LETTER})){{1,40}}")
_INITIAL = re.compile(rf"{LETTER}\.(?!{LETTER}{{2}})|{LETTER}(?=\s(?:{LETTER}\s|{LETTER}{{3}}))")
_GAP = re.compile(r" {1,2}|, (?=(?:Jr|Sr)\b)")
PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "del",
        "della",
        "la",
        "le",
        "du",
        "dos",
        "das",
        "bin",
        "binti",
        "ibn",
        "al",
        "el",
        "ter",
        "ten",
        "st",
        "o",
        "ó",
        "mc",
        "mac",
        "y",
        "e",
        "ap",
        "ní",
        "nic",
        "thị",
        "văn",
    ]
)
_BEFORE_CAPITAL = re.compile(rf" {{1,2}}(?:(?:{'|'.join(sorted(PARTICLES))}) {{1,2}}){{0,2}}(?=[^\W\d_a-zß-öø-ÿ])")
"""What stands between a particle and the capital of the name that it belongs to."""
_MONTHS = frozenset(("april", "may", "june", "august", "january", "march"))
_VERBAL = ("ed", "ing", "ly", "ness", "ment", "tion", "s", "n't", "able", "ful", "less", "ous", "ive")
"""A word in lower case that ends so is a verb or the like, however rare; names of the list are known beforehand."""
_MOST = 6
"""Words of a name."""
_GOES_ON = re.compile(
    r"\s{0,2}(?:$|[\n,.!?;:)–—-]|\s(?:and|but|i|i'm|i’m|from|calling|here|speaking|my|the|with|on)(?!\w))",
    re.IGNORECASE,
)


class Lower(Flag):
    """Which words in lower case may be a name, beside capitalised ones."""

    NONE = 0
    ANY = auto()
    LISTED = auto()
    UNKNOWN = auto()
    UNSURE = auto()
    """None in lower case, but a capitalised word that is an ordinary one as well: `Hope`, `Will`, no month."""


def name(text: str, at: int, lower: Lower = Lower.NONE) -> Iterator[tuple[int, int]]:
    """The name that begins at `at`, if one does: at most six words."""
    start = end = at
    words = 0
    while words < _MOST:
        initial = _INITIAL.match(text, at)
        if initial and text[at].isupper() and (words or _goes_on_in_capitals(text, initial.end())):
            at = initial.end()
        else:
            word = WORD.match(text, at)
            if word is None or not _fits(word[0], text, word.end(), words, lower):
                break
            at = word.end()
        if words == 0 or text[at - 1] == "." or not _is_particle(text, at):
            end = at
        words += 1
        gap = _GAP.match(text, at)
        if gap is None:
            break
        at = gap.end()
    if end > start:
        yield start, end


def is_name_by_list(words: str) -> bool:
    """Whether the first of some words is a given name, capitalised where it is an ordinary word as well."""
    first = re.split(r"[ -]", words, maxsplit=1)[0]
    return is_sure(first) or (is_unsure(first) and words[:1].isupper())


def is_unknown(word: str) -> bool:
    """Whether a word in lower case is neither of everyday talk nor looks like a verb of it: a name, where one is due."""
    folded = word.casefold()
    return len(folded) > 2 and (is_sure(folded) or not (is_ordinary(folded) or folded.split("'")[0].endswith(_VERBAL)))


def _is_particle(text: str, end: int) -> bool:
    last = re.search(rf"{LETTER}{{1,7}}$", text[max(0, end - 8) : end])
    return last is not None and last[0] in PARTICLES


def _fits(word: str, text: str, end: int, words: int, lower: Lower) -> bool:
    folded = word.casefold()
    if folded in PARTICLES and not word[:1].isupper() and _BEFORE_CAPITAL.match(text, end):
        return True
    if folded in NEVER or folded.replace("’", "'").split("'")[0] in NEVER:
        capital = word[:1].isupper() and is_unsure(word)
        return words == 0 and capital and bool(lower & (Lower.ANY | Lower.UNSURE)) and folded not in _MONTHS
    if word[:1].isupper():
        return len(word) > 1 or words > 0
    if word.lower() == word.upper():
        return words == 0
    if folded in PARTICLES or len(word) == 1:
        due = words > 0 and folded in PARTICLES and bool(lower) and lower != Lower.UNSURE
        return due or (folded not in ("a", "i") and _before_unknown(text, end, lower))
    if lower & Lower.ANY and (words == 0 or is_unknown(word)):
        return True
    if lower & Lower.ANY and words == 1:
        return _GOES_ON.match(text, end) is not None
    if lower & Lower.UNKNOWN and is_unknown(word):
        return True
    return bool(lower & Lower.LISTED) and words == 0 and is_sure(word)


def _before_unknown(text: str, end: int, lower: Lower) -> bool:
    gap = _GAP.match(text, end)
    word = WORD.match(text, gap.end()) if gap and lower & Lower.UNKNOWN else None
    return word is not None and (len(word[0]) == 1 or word[0].casefold() in PARTICLES or is_unknown(word[0]))


def _goes_on_in_capitals(text: str, at: int) -> bool:
    rest = text[at : at + 3].lstrip(" ")
    return (
        rest[:1].isupper()
        or _BEFORE_CAPITAL.match(text, at + 2 if text[at : at + 1] == " " else at) is not None
        or (re.match(rf" (?:{'|'.join(sorted(PARTICLES))}) ", text[at : at + 8]) is not None)
    )
