"""Word lists inside patterns: `<feeling>` stands for any wording of the rubric's list `feeling`.

One place decides how a wording becomes a regular expression, so that the check at load time and the matcher agree.
Standard library only; what comes out is understood by google-re2 and by Python alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"

_IN_PHRASE = re.compile(rf"<({NAME})>")
# What a regex may hold that only looks like a list: \Q..\E, escapes, named groups, character classes.
_IN_REGEX = re.compile(
    rf"\\Q.*?(?:\\E|\Z)|\\.|\(\?P?<[^>]*>|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|<({NAME})>", re.DOTALL
)
_ENDING = r"(?<=\w)\*(?![\w*])"
_SPECIAL = re.compile(rf"(?P<ending>{_ENDING})|(?P<space>\s+)|(?P<quote>['’])|[\\.^$*+?{{}}\[\]|()]")
STRAY_STAR = re.compile(rf"(?!{_ENDING})(?<![\w*])\*(?!\*)|(?<=\w)\*(?=\w)")
"""A `*` that ends no word, where somebody may have hoped for a wildcard; masked swearing such as `f***` is let be."""


def list_names(pattern: str, *, literal: bool) -> tuple[str, ...]:
    """The word lists that a phrase (`literal`) or a regex refers to, in order, each as often as it stands there."""
    return tuple(m[1] for m in (_IN_PHRASE if literal else _IN_REGEX).finditer(pattern) if m[1])


def expand(pattern: str, words: Mapping[str, tuple[str, ...]], *, literal: bool) -> str:
    """The pattern as a regular expression in which each `<name>` is a group of the list's wordings, longest first.

    A phrase (`literal`) is escaped as well: spaces take any white space, either apostrophe takes both, and `*` at the
    end of a word takes any ending. In a regex everything but `<name>` stays as it is. Raises KeyError for a list that
    `words` does not hold.
    """
    if not literal:
        return _IN_REGEX.sub(lambda m: _group(tuple(words[m[1]])) if m[1] else m[0], pattern)
    parts = _IN_PHRASE.split(pattern.strip())
    return "".join(_group(tuple(words[part])) if at % 2 else wording(part) for at, part in enumerate(parts))


def wording(text: str) -> str:
    """A literal wording as a regular expression, without word boundaries around it."""
    return text if text.isalpha() else _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    if match["ending"]:
        return r"\w*"
    if match["space"]:
        return r"\s+"
    return "['’]" if match["quote"] else "\\" + match[0]


# A pure function of its argument, kept because one list of 200 wordings serves many patterns.
@lru_cache(maxsize=256)
def _group(items: tuple[str, ...]) -> str:
    longest_first = sorted(dict.fromkeys(item.strip() for item in items), key=lambda item: (-len(item), item))
    return "(?:" + "|".join(wording(item) for item in longest_first) + ")"
