"""Where the words of a finding stand in the original file: line and column, for formats that annotate files.

What a turn's `source` tells is a line (`:48`) or a JSON pointer (`#/turns/7`). Where the original is within reach, the
pointer is followed to its line, and the words are looked up from there on, as plain text, as JSON writes them and with
quotes doubled as tables write them. Where it is out of reach, or the words are not to be found (a reader may change
them), what is known stands: the line, or just the file.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from empathy_audit.model.audit import Audit, Batch, Failure, Finding
from empathy_audit.reports.base import Originals
from empathy_audit.reports.json_places import spans
from empathy_audit.reports.places import place

_POINTER = re.compile(r"#(?:/.*)?$", re.DOTALL)
_LINE = re.compile(r":(\d+)(?:-\d+)?$")
_LINE_END = re.compile(r"\r\n|\n|\r")
_NUMBERS = re.compile(r":(\d+)(?::(\d+))?$")
_SPACES = re.compile(r"\s+")
_REACH = 20_000
"""Characters after the beginning of a turn in which its words are looked for where the turn's end is not known."""


@dataclass(frozen=True, slots=True)
class Location:
    """A part of a file. Lines and columns count from 1, columns in code points; the end column is the one after the last.

    `line` None: somewhere in the file. `column` None: the whole line; then the ends are None as well.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


Locate = Callable[[Audit, Finding], Location]


def locations(batch: Batch, originals: Originals) -> Locate:
    """What tells where a finding of the batch stands. Each original is read and gone through once."""
    wanted: dict[str, dict[int | None, set[str]]] = defaultdict(lambda: defaultdict(set))
    for audit in batch.audits:
        for finding in audit.findings:
            spot = _spot(audit, finding)
            if spot.pointer is not None:
                wanted[spot.file][spot.line].add(spot.pointer)
    held: dict[str, _Original | None] = {}

    def locate(audit: Audit, finding: Finding) -> Location:
        spot = _spot(audit, finding)
        file = originals.path(spot.file)
        if spot.file not in held:
            held.clear()  # one original at a time is in memory: findings come file by file
            text = originals.text(spot.file)
            held[spot.file] = None if text is None else _Original(text, wanted.get(spot.file, {}))
        original = held[spot.file]
        if original is None:
            return Location(file, spot.line)
        return original.find(file, spot, _words(audit, finding))

    return locate


def location_of_failure(failure: Failure, originals: Originals) -> Location:
    """Where something could not be judged: `file`, `file:line`, `file:line:column` or `file#pointer` tell no more."""
    found = _NUMBERS.search(failure.source)
    file = failure.source[: found.start()] if found else _POINTER.sub("", failure.source) or failure.source
    line = int(found[1]) if found else None
    column = int(found[2]) if found and found[2] else None
    return Location(originals.path(file), line, column, line if column else None, column + 1 if column else None)


@dataclass(frozen=True, slots=True)
class _Spot:
    file: str
    line: int | None
    pointer: str | None


def _spot(audit: Audit, finding: Finding) -> _Spot:
    source, entries = audit.transcript.source, audit.transcript.turns[finding.turn].source
    where = place(audit.transcript, finding.turn)
    deep = _POINTER.search(where)
    file, pointer = (where[: deep.start()], deep[0]) if deep else (where, None)
    numbered = _LINE.search(file)
    if numbered and entries and entries[0].startswith("#") and where == source:
        pointer = entries[0]  # a turn inside a line of JSON, whose place is that line
    return _Spot(
        file[: numbered.start()] if numbered else file,
        int(numbered[1]) if numbered else None,
        pointer[1:] if pointer else None,
    )


def _words(audit: Audit, finding: Finding) -> str:
    text = audit.turns[finding.turn].turn.text
    quotes = [quote for quote in finding.evidence if quote.turn == finding.turn]
    return text[quotes[0].start : quotes[0].end] if quotes else text


class _Original:
    """A file's text with the beginnings of its lines, and where the wanted JSON pointers lead."""

    def __init__(self, text: str, wanted: Mapping[int | None, Iterable[str]]) -> None:
        self._text = text
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._spans: dict[tuple[int | None, str], tuple[int, int]] = {}
        for line, pointers in wanted.items():
            start, end = (0, len(text)) if line is None else self._line(line)
            for pointer, span in spans(text, pointers, start, end).items():
                self._spans[line, pointer] = span

    def find(self, file: str, spot: _Spot, words: str) -> Location:
        """The words from the spot on; the spot alone where they are not to be found."""
        if spot.pointer is not None:
            span = self._spans.get((spot.line, spot.pointer))
            if span is None:
                return Location(file, spot.line)
        elif spot.line is not None and spot.line <= len(self._lines):
            start = self._line(spot.line)[0]
            span = start, min(start + _REACH, len(self._text))
        else:
            return Location(file)
        found = _as_written(words).search(self._text, *span) if words.strip() else None
        if found is None:
            return Location(file, self._at(span[0])[0])
        return Location(file, *self._at(found.start()), *self._at(found.end()))

    def _line(self, number: int) -> tuple[int, int]:
        """Start and end of a line, 1-based; an empty part behind the last one."""
        if number > len(self._lines):
            return len(self._text), len(self._text)
        return self._lines[number - 1], self._lines[number] if number < len(self._lines) else len(self._text)

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def _as_written(words: str) -> re.Pattern[str]:
    """The words as plain text with any white space between them, as JSON (ASCII or not), or as a table's cell."""
    pieces = [
        r"\s+".join(re.escape(word) for word in _SPACES.split(words.strip())),
        re.escape(json.dumps(words, ensure_ascii=False)[1:-1]),
        re.escape(json.dumps(words)[1:-1]),
        re.escape(words.replace('"', '""')),
    ]
    return re.compile("|".join(dict.fromkeys(pieces)))
