r"""Texts that know where in their file each of their code points stands.

    "Hi\nthere"  in JSON    →   Located("Hi⏎there", ((0, 1), (2, 3), (3, 5)))

A run `(at, offset)` says: from code point `at` of the text on, one code point after another stands at `offset` of the
file, up to the next run. Whoever changes a text (an escape, an entity, a tag that is dropped) starts a new run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

from empathy_audit.model.macro import Spot
from empathy_audit.readers.decoding import LINE_END

_RETURN = re.compile(r"\r\n|\r")
_start = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Located:
    """A text with its runs, the first at 0 and each further on than the one before."""

    text: str
    runs: tuple[tuple[int, int], ...]

    def offset(self, at: int) -> int:
        """The file's offset of a code point of the text."""
        start, offset = self.runs[max(0, bisect_right(self.runs, at, key=_start) - 1)]
        return offset + at - start

    def part(self, start: int, end: int) -> Located:
        """Code points `[start, end)` by themselves."""
        writing = Writing()
        writing.copy(self, start, end)
        return writing.done()

    def stripped(self) -> Located:
        """Without blanks around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))

    def with_plain_ends(self) -> Located:
        r"""With every line end as `\n`: a checkout on Windows changes no text."""
        if "\r" not in self.text:
            return self
        writing, at = Writing(), 0
        for end in _RETURN.finditer(self.text):
            writing.copy(self, at, end.start())
            writing.add("\n", self.offset(end.start()))
            at = end.end()
        writing.copy(self, at, len(self.text))
        return writing.done()


class Writing:
    """A located text that is put together piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._length = 0
        self._expected = -1  # the offset of the next code point, if the last run went on

    def add(self, piece: str, offset: int) -> None:
        """Append a piece that stands in the file as it is, from `offset` on."""
        if not piece:
            return
        if offset != self._expected:
            self._runs.append((self._length, offset))
        self._pieces.append(piece)
        self._length += len(piece)
        self._expected = offset + len(piece)

    def copy(self, located: Located, start: int, end: int) -> None:
        """Append code points `[start, end)` of another located text."""
        index = max(0, bisect_right(located.runs, start, key=_start) - 1)
        while start < end and index < len(located.runs):
            at, offset = located.runs[index]
            stop = min(end, located.runs[index + 1][0]) if index + 1 < len(located.runs) else end
            self.add(located.text[start:stop], offset + start - at)
            start, index = stop, index + 1

    def done(self) -> Located:
        """The text so far."""
        return Located("".join(self._pieces), tuple(self._runs) or ((0, 0),))


class Lines:
    """Where the lines of a file begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(end.end() for end in LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (1-based) of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """The offset at which a line (1-based) begins; the file's end for lines behind it."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self.text)

    def named(self, offset: int) -> str:
        """The place as it follows a file's name, `:line:column`."""
        line, column = self.place(offset)
        return f":{line}:{column}"

    def spots(self, located: Located) -> tuple[Spot, ...]:
        """The runs as lines and columns; a run that goes over the end of a line starts anew behind it."""
        found = []
        for index, (at, offset) in enumerate(located.runs):
            stop = located.runs[index + 1][0] if index + 1 < len(located.runs) else len(located.text)
            found.append(Spot(at, *self.place(offset)))
            line = bisect_right(self._starts, offset)
            while line < len(self._starts) and self._starts[line] < offset + stop - at:
                found.append(Spot(at + self._starts[line] - offset, line + 1, 1))
                line += 1
        return tuple(found)
