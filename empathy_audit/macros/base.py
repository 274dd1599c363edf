"""The shared words of all readers of macros: what a format module offers (MacroReader) and hands over (Draft).

A format module holds one `READER` and two functions: `sniff` tells why a file is of this format, `read` yields one
`Draft` for each text that a customer may get. What all formats have in common happens afterwards, in reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from empathy_audit.macros.located import Lines, Located, Writing
from empathy_audit.macros.values import Fields, Record, Text, is_json, json_records
from empathy_audit.macros.written import written
from empathy_audit.macros.yaml_values import yaml_record
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import MALFORMED, Limits, Tally
from empathy_audit.readers.decoding import Document

LIMITS = Limits(turn_characters=100_000, turns=100_000, file_bytes=16 * 1024 * 1024)
"""A library of ten thousand macros is ten megabytes; `turns` is the number of macros in a file."""

_ABOUT = re.compile(
    r"(?:readme|changelog|changes|license|licence|contributing|authors|code_of_conduct|notice|requirements|robots|todo)(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """One text of one macro as a reader found it. `at` is the offset of the macro in its file, for what is wrong with it."""

    text: Located
    at: int = 0
    id: str | None = None
    title: str | None = None
    pointer: str = ""
    situation: str | None = None
    emotion: str | None = None
    channel: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()


Outcome = Draft | Failure


class File:
    """A file of macros that is being read: its text and lines, its values by format, and what is counted on the way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tally = Tally()

    @property
    def name(self) -> str:
        """The file's name as places show it."""
        return self.document.source.name

    @property
    def suffix(self) -> str:
        """The last suffix in lower case."""
        return self.document.source.suffix

    @property
    def is_about_others(self) -> bool:
        """Whether its name says that it tells about the files beside it (`README.md`)."""
        return bool(_ABOUT.match(self.document.source.base))

    @property
    def text(self) -> str:
        """The whole text. Raises TranscriptError over the limit of bytes."""
        return self.document.text

    @cached_property
    def lines(self) -> Lines:
        """Where its lines begin."""
        return Lines(self.text)

    @cached_property
    def json(self) -> tuple[Record | Failure, ...]:
        """Its JSON values; none when it is no JSON."""
        return tuple(json_records(self.document)) if is_json(self.document) else ()

    def yaml(self, top: str) -> Iterator[Record | Failure]:
        """What is wrong with its YAML, and what can be read of the entries under the key `top`; nothing when it is JSON."""
        if not is_json(self.document):
            record, failures = yaml_record(self.text, self.name, "file of macros", top)
            yield from failures
            if record:
                yield record

    @property
    def first(self) -> Any:
        """The first JSON value, for sniffing; None when there is none."""
        return next((record.value for record in self.json if isinstance(record, Record)), None)

    def failure(self, at: int, message: str, kind: str = MALFORMED) -> Failure:
        """A failure at an offset of the file."""
        return Failure(self.name + self.lines.named(at), kind, message)

    def located(self, value: str) -> Located:
        """A text out of `json` or `yaml` with its places."""
        if isinstance(value, Text):
            return written(value, self.text)
        found = Writing()
        found.add(value, 0)
        return found.done()


@dataclass(frozen=True, slots=True)
class MacroReader:
    """One format.

    `verified` says honestly what stands behind it (real files, documentation, memory). `sniff` returns why the file is
    taken, or None. `read` yields a Draft or a located Failure for each text, in file order; it may raise TranscriptError.
    """

    name: str
    about: str
    suffixes: tuple[str, ...]
    verified: str
    sniff: Callable[[File], str | None]
    read: Callable[[File], Iterator[Outcome]]


def at_of(value: Any) -> int:
    """Where a value begins in its file; 0 when it does not tell."""
    return value.at if isinstance(value, Text | Fields) else 0
