"""The list of given names, and the words that are no names however they are written."""

from __future__ import annotations

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
ROLE_WORDS = _words("role_words.txt")
"""A speaker's label made of these alone names nobody."""
TEAM_WORDS = frozenset(
    ("team", "department", "dept", "desk", "support", "service", "services", "sales", "care", "office", "helpdesk")
)
"""Beside one of these stands what the team is for, `Team Energy`, as often as somebody's name."""
