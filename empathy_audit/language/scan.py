"""Which of many regular expressions occur in a text, in linear time.

google-re2's Filter looks for the words that expressions cannot do without, all of them at once, and tries one by one those that are left
(FilteredRE2). Its Set is one automaton that tells in a single pass which expressions occur: quicker, but of many it takes long to build.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import re2

_MEMORY = 64 << 20
_FEW = 40
# Occurs in every text, at its end.
_EVERYWHERE = r"\z"


class Scan:
    """Expressions compiled; those that are the same are looked for once.

    `few`: the most that go into a Set. `memory`: bytes at most for an automaton.

    Raises:
        re2.error: one of them is no expression.
    """

    def __init__(self, sources: Sequence[str], *, case: bool, few: int = _FEW, memory: int = _MEMORY) -> None:
        options = re2.Options()
        options.max_mem = memory
        options.log_errors = False
        options.never_capture = True
        options.case_sensitive = case
        numbers: dict[str, list[int]] = {}
        for number, source in enumerate(sources):
            numbers.setdefault(source, []).append(number)
        self._numbers = tuple(numbers.values())
        self._place = {number: place for place, of in enumerate(self._numbers) for number in of}
        self._match, self._re = (_set if len(numbers) <= few else _filter)(tuple(numbers), options)

    def occurring(self, data: bytes) -> list[int]:
        """The numbers of the expressions that occur in a text, given as UTF-8; ascending."""
        found: list[int] = []
        for place in self._match(data) or ():
            found += self._numbers[place]
        found.sort()
        return found

    def expression(self, number: int) -> Any:
        """One of the expressions, to search for its place."""
        return self._re(self._place[number])


_Matching = tuple[Callable[[bytes], Sequence[int] | None], Callable[[int], Any]]


def _filter(sources: Sequence[str], options: re2.Options) -> _Matching:
    """What says which of the expressions occur in a text, by place, and what gives the one at a place."""
    filtered = re2.Filter()
    for source in sources:
        filtered.Add(source, options)
    filtered.Compile()
    return filtered.Match, filtered.re


def _set(sources: Sequence[str], options: re2.Options) -> _Matching:
    single = [re2.compile(source, options) for source in sources]
    together = re2.Set.SearchSet(options)
    try:
        for source in (*sources, _EVERYWHERE):
            together.Add(source)
        together.Compile()
    except re2.error:  # each fits into the memory, but not all of them together
        return _filter(sources, options)
    everywhere = [len(single)]

    def match(data: bytes) -> Sequence[int] | None:
        places = together.Match(data)
        if places == everywhere:
            return None
        if places is None:
            # A Set that runs out of memory names nothing, not even what is everywhere; there is no other way to see it.
            return [place for place, one in enumerate(single) if one.search(data) is not None]
        places.remove(len(single))
        return places  # type: ignore[no-any-return]

    return match, single.__getitem__
