"""Other words for what an expression finds, in linear time as all of a rubric's expressions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import re2

from empathy_audit.model.macro_rules import Rewrite

_AROUND = 200
"""How far around a place a rewrite is looked for, so that thousands of places in one long text cost no square."""


class Rewritten(NamedTuple):
    """Code points `[start, end)` of a text, and the words to put in their place."""

    start: int
    end: int
    text: str


class Rewriter:
    """Some rewrites, compiled; capitals do not matter to them."""

    def __init__(self, rewrites: Sequence[Rewrite]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        self._rewrites = tuple((re2.compile(rewrite.find, options), rewrite.put) for rewrite in rewrites)

    def meeting(self, text: str, start: int, end: int) -> Rewritten | None:
        """The first rewrite with a match that meets `[start, end)` of the text, and is found within 200 code points of it."""
        first = max(0, start - _AROUND)
        # Half a surrogate pair has no encoding; one sign takes its place, so offsets stay.
        near = text[first : end + _AROUND].encode("utf-8", "replace").decode("utf-8")
        for find, put in self._rewrites:
            for match in find.finditer(near):
                if first + match.start() < end and start < first + match.end():
                    return Rewritten(first + match.start(), first + match.end(), match.expand(put))
        return None
