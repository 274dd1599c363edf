"""YAML → plain values whose texts and mappings know where in the file they begin, around what cannot be read.

    macros:
      - id: a
        text: 'never closed     ← blanked out and told of; the macros before and behind it are read
      - id: b
        text: Hi

Tags build nothing, aliases are followed up to a bound, and plain words are read as YAML 1.2 reads them (rubric/source.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from empathy_audit.macros.located import Lines
from empathy_audit.macros.values import Fields, Record, Text
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import MALFORMED

_LINE_END = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_MENDABLE = ("not valid YAML", "the control character", "names nothing above it", "as a key", "half a character")
_MOST_TRIES = 10
_MOST_CHARACTERS = 5_000_000
_ENTRY = re.compile(r"^( *)([^ #\r\n])", re.MULTILINE)
_SIGN = re.compile(r"[^\r\n]")


class _Parsed(NamedTuple):
    """What came of one try: the value, if any, and problems as offset and message."""

    record: Record | None
    problems: list[tuple[int, str]]


def yaml_record(text: str, name: str, what: str, top: str | None = None) -> tuple[Record | None, list[Failure]]:
    """The one YAML document in the text, and what is wrong with it; `what` the file is meant to be, for messages.

    `top` is the key under which the entries stand (empty: the file is their list): one that is no YAML is left out then,
    and the others are read. Without it, the first such mistake ends the reading.
    """
    told: list[tuple[int, str]] = []
    parsed, whole = _parsed(text, name, what), text
    for _ in range(min(_MOST_TRIES, _MOST_CHARACTERS // max(1, len(text)))):
        if parsed.record is not None or top is None or not parsed.problems:
            break
        at, message = parsed.problems[-1]
        around = _without_entry(whole, at, top) if any(sign in message for sign in _MENDABLE) else None
        if around is None:
            break
        told.append((at, message))
        parsed, whole = _parsed(around, name, what), around
    lines = Lines(text)
    problems = sorted({*told, *parsed.problems})
    return parsed.record, [Failure(name + lines.named(at), MALFORMED, message) for at, message in problems]


def _parsed(text: str, name: str, what: str) -> _Parsed:
    from empathy_audit.rubric.source import parse
    from empathy_audit.rubric.tree import Node

    tree = parse(text, name, what)
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def offset(line: int, column: int) -> int:
        return starts[min(line, len(starts)) - 1] + column - 1

    def plain(node: Node) -> Any:
        value, at = node.value, offset(node.line, node.column)
        if isinstance(value, str):
            return Text.of(value, at, "yaml")
        if isinstance(value, dict):
            found = Fields({key: plain(item) for key, item in value.items()})
            found.at = at
            return found
        return [plain(item) for item in value] if isinstance(value, tuple) else value

    problems = [(offset(p.place.line or 1, p.place.column or 1), p.message) for p in tree.problems]
    return _Parsed(Record(plain(tree.root), ()) if tree.root is not None else None, problems)


def _without_entry(text: str, at: int, top: str) -> str | None:
    """The text with blanks for the entry in which `at` stands; None when it stands in none.

    What is noticed at the very beginning of an entry is the fault of the one before.
    """
    key = re.search(rf"""^["']?{top}["']?[ \t]*:[ \t]*(?:#.*)?$""", text, re.MULTILINE) if top else None
    start = key.end() if key else 0
    if at < start or (top and key is None):
        return None
    begins = list(_entries(text, start))
    begin = max((place for place in begins if place < at), default=None)
    if begin is None or begin == begins[-1]:  # the last one begins where the list ends
        return None
    end = begins[begins.index(begin) + 1]
    return text[:begin] + _SIGN.sub(" ", text[begin:end]) + text[end:]


def _entries(text: str, start: int) -> Iterator[int]:
    """Where the entries begin that stand as deep as the first one from `start` on, and where the last one ends."""
    depth = -1
    for line in _ENTRY.finditer(text, start):
        deep = len(line[1])
        depth = deep if depth < 0 else depth
        if deep < depth or (deep == depth == 0 and line[2] != "-"):
            yield line.start(2)
            return
        if deep == depth:
            yield line.start(2)
    yield len(text)
