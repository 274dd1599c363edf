"""JSON documents and JSON lines, one record after another with its place: shared by every reader of a JSON format.

A single object is one record without a place, a list has the records `#/0`, `#/1`, and JSON lines `:1`, `:2`. Lists and
lines are read lazily: of a file of any size, one record is in memory.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import MALFORMED
from empathy_audit.readers.decoding import LINE_END, Document
from empathy_audit.readers.json_window import Misplaced, elements

_LINES_SUFFIXES = (".jsonl", ".ndjson")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Record(NamedTuple):
    """One conversation's JSON value.

    `place` follows the file's name, `parts` begin every pointer into the value, `line` is 1-based.
    """

    value: Any
    place: str
    parts: tuple[str | int, ...]
    line: int


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON; expected a number or null")


def _single_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        twice = next(k for k, _ in pairs if k in seen or seen.add(k))  # type: ignore[func-returns-value]
        raise ValueError(f'the key "{twice}" stands twice in one object; expected it once; remove one of them')
    return value


LENIENT = json.JSONDecoder()
STRICT = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_single_keys)


def parse(text: str, decoder: json.JSONDecoder = LENIENT) -> Any:
    """The value of a JSON text. Raises ValueError (JSONDecodeError with a position where one is known)."""
    try:
        value = decoder.decode(text)
        return mended(value) if "\\ud" in text or "\\uD" in text else value
    except RecursionError as error:
        raise ValueError("nested too deeply to be read") from error


def mended(value: Any) -> Any:
    """The value with lone surrogates replaced by U+FFFD, one for one.

    They are no characters and cannot be written as UTF-8.
    """
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [mended(v) for v in value]
    if isinstance(value, dict):
        return {mended(k): mended(v) for k, v in value.items()}
    return value


def complaint(error: ValueError, name: str, line: int = 1, column: int = 1) -> Failure:
    """A located failure for JSON that cannot be parsed; `line` and `column` are where the parsed text begins in the file."""
    if isinstance(error, Misplaced):
        return complaint(error.error, name, error.line, error.column)
    if isinstance(error, json.JSONDecodeError):
        end = len(error.doc.rstrip())
        before = error.doc[: min(error.pos, end)]
        ends = list(LINE_END.finditer(before))
        column = len(before) - ends[-1].end() + 1 if ends else column + len(before)
        cut = error.pos >= end or error.msg.startswith("Unterminated string")
        what = "the JSON ends too early" if cut else f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Failure(
            f"{name}:{line + len(ends)}:{column}",
            MALFORMED,
            f"{what}; expected a complete JSON value; export it again or mend it here",
        )
    return Failure(f"{name}:{line}", MALFORMED, f"not valid JSON: {error}")


def is_lines(document: Document) -> bool:
    """Whether the document is JSON lines: a line by itself is an object, and the next one begins with `{` too."""
    return document.once("json lines", lambda: _is_lines(document))


def _is_lines(document: Document) -> bool:
    rows = [r for r in LINE_END.split(document.head) if r.strip()][:50]
    if not rows or not rows[0].startswith("{"):
        return False
    if document.source.suffix in _LINES_SUFFIXES:
        return True
    if len(rows) == 1 and not document.whole_head:  # a first line longer than the head
        rows = list(itertools.islice(document.stream(), 2))
    return sum(r.startswith("{") for r in rows) > 1 and any(_is_object(r) for r in rows if r.startswith("{"))


def _is_object(row: str) -> bool:
    try:
        return isinstance(parse(row), dict)
    except ValueError:
        return False


def first(document: Document) -> Any:
    """The first record, for sniffing; None when the document is no JSON or breaks before its first record ends."""
    return document.once("first json record", lambda: _first(document))


def _first(document: Document) -> Any:
    if document.head.lstrip()[:1] not in ("{", "["):
        return None
    try:
        if is_lines(document):
            # The first line may be the malformed one of a thousand.
            for number, line in enumerate(document.stream()):
                if line.strip() and (number >= 20 or _is_object(line)):
                    return parse(line) if number < 20 else None
            return None
        if _is_list(document):
            found = next(elements(document, LENIENT), None)
            return None if found is None else mended(found.value)
        return parse(document.text)
    except (ValueError, TranscriptError):
        return None


def broken(document: Document) -> Failure | None:
    """Why a document that begins like JSON is none, where it is nobody's otherwise.

    None when it is no JSON at all or a sound one.
    """
    if document.head.lstrip()[:1] not in ("{", "[") or is_lines(document):
        return None
    try:
        parse(document.text)
    except ValueError as error:
        return complaint(error, document.source.name)
    return None


def _is_list(document: Document) -> bool:
    return document.head.lstrip(" \t\r\n").startswith("[")


def records(document: Document, decoder: json.JSONDecoder = LENIENT) -> Iterator[Record | Failure]:
    """Every record with its place. A malformed line is a Failure and the rest goes on.

    A malformed document ends with one.
    """
    if is_lines(document):
        yield from _lines(document, decoder)
        return
    if _is_list(document):
        yield from _elements(document, decoder)
        return
    try:
        kept = first(document) if decoder is LENIENT else None
        yield Record(parse(document.text, decoder) if kept is None else kept, "", (), 1)
    except ValueError as error:
        yield complaint(error, document.source.name)


def _lines(document: Document, decoder: json.JSONDecoder) -> Iterator[Record | Failure]:
    name = document.source.name
    for number, line in enumerate(document.stream(), start=1):
        if line.isspace():
            continue
        try:
            yield Record(parse(line, decoder), f":{number}", (), number)
        except ValueError as error:
            yield complaint(error, name, number)


def _elements(document: Document, decoder: json.JSONDecoder) -> Iterator[Record | Failure]:
    """The elements of a list one by one, so that all before a mistake are still read."""
    try:
        for index, found in enumerate(elements(document, decoder)):
            value = mended(found.value) if found.surrogates else found.value
            yield Record(value, f"#/{index}", (index,), found.line)
    except Misplaced as error:
        yield complaint(error, document.source.name)
