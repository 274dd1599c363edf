"""The list of given names, and the words that are no names however they are written."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class GivenNames(NamedTuple):
    """Folded names: `sure` ones are names wherever they stand capitalised, `unsure` ones are ordinary words as well."""

    sure: frozenset[str]
    unsure: frozenset[str]


def _words(file: str) -> frozenset[str]:
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    return frozenset(" ".join(line for line in text.splitlines() if not line.startswith("#")).split())


# The list never changes while the program runs.
@lru_cache(maxsize=1)
def given_names() -> GivenNames:
    """The shipped list."""
    text = Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    cut = lines.index("--")
    return GivenNames(frozenset(" ".join(lines[:cut]).split()), frozenset(" ".join(lines[cut + 1 :]).split()))


NEVER = _words("never.txt")
"""What follows "hi" or "my name is" and is nobody."""
_ORDINARY = _words("ordinary.txt") | NEVER
ROLE_WORDS = _words("role_words.txt")
"""A speaker's label made of these alone names nobody."""
TEAM_WORDS = frozenset(
    ("team", "department", "dept", "desk", "support", "service", "services", "sales", "care", "office", "helpdesk")
)
"""Beside one of these stands what the team is for, `Team Energy`, as often as somebody's name."""


def is_ordinary(word: str) -> bool:
    """Whether a word, folded, is one of everyday talk, or an inflection of one."""
    word = word.replace("\u2019", "'").split("'")[0]
    return word in _ORDINARY or any(
        word.endswith(end) and word[: -len(end)] in _ORDINARY for end in ("s", "ed", "ing", "ly")
    )


def is_sure(word: str) -> bool:
    """Whether a word is a given name of the list and nothing else, whatever its case and accents."""
    return _plain(word) in given_names().sure


def is_unsure(word: str) -> bool:
    """Whether a word is a given name of the list that is an ordinary word as well."""
    return _plain(word) in given_names().unsure


def _plain(word: str) -> str:
    folded = word.casefold()
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
