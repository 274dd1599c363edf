"""The elements of a JSON list one by one, with no more of the file in memory than the element that is being read.

    [ {"turns": [..]},  {"turns": [..]},  {"tur
                        ^ at              ^ the window ends here: more is read before the third is decoded

The window is a piece of the text. Decoding fails where it ends too early, and is tried again with a longer one; a
mistake in its midst stays one however much follows. So a list of any size costs its longest element, and the values,
lines and columns are those of decoding the whole text at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from empathy_audit.errors import TranscriptError
from empathy_audit.readers.decoding import LINE_END, Document

PIECE = 1 << 18
"""Characters read at once, at least."""
_NEAR = 16
"""A literal or an escape that the window cuts is told at its beginning: within so many characters of the end."""
_BLANK = re.compile(r"[ \t\r\n]*")


class Element(NamedTuple):
    """One element, the line (1-based) on which it begins, and whether escaped halves of characters may be in it."""

    value: Any
    line: int
    surrogates: bool


class Misplaced(ValueError):  # noqa: N818 - it says where the mistake is
    """A mistake with the line and column (1-based) at which `error.doc` begins in the file."""

    def __init__(self, error: ValueError, line: int, column: int) -> None:
        super().__init__(error, line, column)
        self.error = error
        self.line = line
        self.column = column


def skip(text: str, at: int) -> int:
    """The first place from `at` on that is no JSON blank."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


class _Window:
    """A piece of the text and a place in it; what lies before the place is dropped when more is read."""

    def __init__(self, document: Document) -> None:
        self._pieces = document.pieces(PIECE)
        self._document = document
        self.text = ""
        self.at = 0
        self.final = False
        self.line = self.column = 1  # of the beginning of `text`
        self._counted = self._ends = 0  # line ends before a place, so that none is counted twice

    def more(self) -> None:
        """Read on: as much again as is there, so that a long element is not decoded time and again."""
        self._drop()
        parts, wanted = [self.text], max(PIECE, len(self.text))
        while wanted > 0 and not self.final:
            part = next(self._pieces, "")
            self.final = not part
            parts.append(part)
            wanted -= len(part)
        self.text = "".join(parts)
        limit = self._document.limits.file_bytes
        if len(self.text) > limit + PIECE and not self.final:
            place = f"{self._document.source.name}:{self.line}"
            raise TranscriptError(f"an element of more than {limit:,} characters; split it", place)

    def _drop(self) -> None:
        ends = list(LINE_END.finditer(self.text, 0, self.at))
        self.line += len(ends)
        self.column = self.at - ends[-1].end() + 1 if ends else self.column + self.at
        self.text, self.at = self.text[self.at :], 0
        self._counted = self._ends = 0

    def next_sign(self) -> str:
        """The next character that is no blank, with the place put on it; empty at the end of the file."""
        self.at = skip(self.text, self.at)
        while self.at >= len(self.text) and not self.final:
            self.more()
            self.at = skip(self.text, self.at)
        return self.text[self.at : self.at + 1]

    def line_here(self) -> int:
        """The line of the place."""
        self._ends += sum(1 for _ in LINE_END.finditer(self.text, self._counted, self.at))
        self._counted = self.at
        return self.line + self._ends

    def decode(self, decoder: json.JSONDecoder, line: int) -> Element:
        """The value at the place, which moves behind it. Raises Misplaced."""
        while True:
            try:
                value, end = decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                early = error.pos >= len(self.text.rstrip()) - _NEAR or error.msg.startswith("Unterminated string")
                if self.final or not early:
                    raise self.misplaced(error) from error
            except RecursionError:
                raise self.misplaced(ValueError("nested too deeply to be read")) from None
            except ValueError as error:
                raise self.misplaced(error) from error
            else:
                # A number may go on behind the window.
                if end < len(self.text) or self.final:
                    start, self.at = self.at, end
                    halves = any(self.text.find(escape, start, end) >= 0 for escape in ("\\ud", "\\uD"))
                    return Element(value, line, halves)
            self.more()

    def misplaced(self, error: ValueError) -> Misplaced:
        """The error as one that knows where the window begins."""
        return Misplaced(error, self.line, self.column)

    def unexpected(self, message: str) -> Misplaced:
        """A mistake at the place."""
        return self.misplaced(json.JSONDecodeError(message, self.text, self.at))


def elements(document: Document, decoder: json.JSONDecoder) -> Iterator[Element]:
    """The elements of the list that the document is, all before a mistake included. Raises Misplaced for the mistake."""
    window = _Window(document)
    if window.next_sign() != "[":
        raise window.unexpected("Expecting a list")
    window.at += 1
    while window.next_sign() != "]":
        line = window.line_here()
        yield window.decode(decoder, line)
        if window.next_sign() not in (",", "]"):
            raise window.unexpected("Expecting ',' delimiter")
        if window.text[window.at] == ",":
            window.at += 1
    window.at += 1
    if window.next_sign():
        raise window.unexpected("Extra data")
