"""JSON → plain values whose texts and mappings know where in the file they begin; YAML is in yaml_values.py.

They are what json.loads would give, so that whatever looks at JSON of help desks can look at them, too; a `Text` is a
str and `Fields` are a dict, each with `at`, its offset in the file.
"""

from __future__ import annotations

import json
import json.decoder
import json.scanner
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

from empathy_audit.model.audit import Failure
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import complaint, is_lines
from empathy_audit.readers.json_window import Misplaced, skip

_SURROGATE = re.compile("[\ud800-\udfff]")
Way = Literal["json", "yaml"]


class Text(str):
    """A text that stands in the file at `at` (its quotation mark, its first letter), written the JSON or the YAML way."""

    __slots__ = ("at", "way")
    at: int
    way: Way

    @classmethod
    def of(cls, text: str, at: int, way: Way) -> Text:
        """The text with its place."""
        found = cls(text)
        found.at, found.way = at, way
        return found


class Fields(dict[str, Any]):
    """A mapping that begins at `at`. `twice` are the keys that stand in it more than once."""

    at: int = 0
    twice: tuple[str, ...] = ()


class Record(NamedTuple):
    """One value of a file: the whole, an element of its list, or a line of it. `parts` begin every pointer into it."""

    value: Any
    parts: tuple[str | int, ...]


class _Decoder(json.JSONDecoder):
    """The library's own decoder in Python, told where each string and object begins, counted from `base`."""

    def __init__(self, base: int = 0) -> None:
        super().__init__(object_pairs_hook=_fields)
        self.base = base
        plain: Callable[..., tuple[Any, int]] = json.decoder.JSONObject  # type: ignore[attr-defined]

        def parse_string(text: str, end: int, strict: bool = True) -> tuple[Text, int]:
            value, stop = json.decoder.scanstring(text, end, strict)  # type: ignore[attr-defined]
            return Text.of(_SURROGATE.sub("\ufffd", value), self.base + end - 1, "json"), stop

        def parse_object(text_and_end: tuple[str, int], *rest: Any) -> tuple[Any, int]:
            value, stop = plain(text_and_end, *rest)
            value.at = self.base + text_and_end[1] - 1
            return value, stop

        self.parse_string = parse_string
        self.parse_object = parse_object
        self.scan_once: Callable[[str, int], tuple[Any, int]] = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def _fields(pairs: list[tuple[str, Any]]) -> Fields:
    found = Fields(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        found.twice = tuple(name for name, times in counted.items() if times > 1)
    return found


def is_json(document: Document) -> bool:
    """Whether the document begins as JSON does."""
    return document.head.lstrip(" \t\r\n")[:1] in ("{", "[") and document.head.lstrip()[:2] not in ("{{", "{%", "{!")


def json_records(document: Document) -> Iterator[Record | Failure]:
    """The document, the elements of the list that it is, or its lines. What is malformed is a Failure with its place."""
    if is_lines(document):
        yield from _json_lines(document)
        return
    text, decoder = document.text, _Decoder()
    at = skip(text, 0)
    try:
        if text[at : at + 1] != "[":
            value, at = _decoded(decoder, text, at)
            _expect_end(text, at)
            yield Record(value, ())
            return
        yield from _elements(text, at + 1, decoder)
    except ValueError as error:
        yield complaint(error, document.source.name)


def _elements(text: str, at: int, decoder: _Decoder) -> Iterator[Record]:
    at, index = skip(text, at), 0
    while text[at : at + 1] != "]":
        value, at = _decoded(decoder, text, at)
        yield Record(value, (index,))
        at, index = skip(text, at), index + 1
        if text[at : at + 1] not in (",", "]"):
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
        at = skip(text, at + 1) if text[at] == "," else at
    _expect_end(text, at + 1)


def _json_lines(document: Document) -> Iterator[Record | Failure]:
    base = 0
    for number, line in enumerate(document.stream(), start=1):
        if line.strip():
            try:
                at = skip(line, 0)
                value, at = _decoded(_Decoder(base), line, at)
                _expect_end(line, at)
                yield Record(value, (number - 1,))
            except ValueError as error:
                yield complaint(Misplaced(error, number, 1), document.source.name)
        base += len(line)


def _decoded(decoder: _Decoder, text: str, at: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, at)
    except RecursionError:
        raise ValueError("nested too deeply to be read") from None


def _expect_end(text: str, at: int) -> None:
    at = skip(text, at)
    if at < len(text):
        raise json.JSONDecodeError("Extra data", text, at)
