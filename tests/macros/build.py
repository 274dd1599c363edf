"""One line each for what all tests of reading macros do: read something, and look at all that came of it."""

from __future__ import annotations

import re
from typing import Any

from empathy_audit.macros import MacroReading, read_macros
from empathy_audit.model.audit import Failure
from empathy_audit.model.macro import Macro
from empathy_audit.readers import Source

_LINE_END = re.compile(r"\r\n|\n|\r")


def reading(content: str | bytes, name: str = "a.yaml", **options: Any) -> MacroReading:
    """A reading of content that stands in no file."""
    data = content.encode() if isinstance(content, str) else content
    return read_macros(Source(name, data=data), **options)


def outcomes(content: str | bytes, name: str = "a.yaml", **options: Any) -> list[Macro | Failure]:
    """Everything that comes of the content, in order."""
    return list(reading(content, name, **options))


def macros(content: str | bytes, name: str = "a.yaml", **options: Any) -> list[Macro]:
    """The macros of content in which nothing is wrong; each word of each is found at its place."""
    found = outcomes(content, name, **options)
    assert [failure for failure in found if isinstance(failure, Failure)] == []
    text = content.decode() if isinstance(content, bytes) else content
    read = [macro for macro in found if isinstance(macro, Macro)]
    for macro in read:
        assert misplaced(macro, text) == []
    return read


def one(content: str | bytes, name: str = "a.yaml", **options: Any) -> Macro:
    """The only macro in the content."""
    (macro,) = macros(content, name, **options)
    return macro


def failures(content: str | bytes, name: str = "a.yaml", **options: Any) -> list[tuple[str, str, str]]:
    """Source, kind and message of each failure."""
    found = outcomes(content, name, **options)
    return [(f.source, f.kind, f.message) for f in found if isinstance(f, Failure)]


def ids(content: str | bytes, name: str = "a.yaml", **options: Any) -> list[str]:
    """The ids of the macros that are read, whatever else is wrong."""
    return [macro.id for macro in outcomes(content, name, **options) if isinstance(macro, Macro)]


def misplaced(macro: Macro, file: str) -> list[tuple[str, int, int]]:
    """The words of plain letters that are not in the file where the macro says."""
    lines = _LINE_END.split(file.removeprefix("\ufeff"))
    wrong = []
    for word in re.finditer(r"[A-Za-z]+", macro.original):
        line, column = macro.place(word.start())
        there = lines[line - 1] if line <= len(lines) else ""
        if there[column - 1 : column - 1 + len(word[0])] != word[0]:
            wrong.append((word[0], line, column))
    return wrong


def texts(macro: Macro) -> list[str]:
    """What a customer may get of the macro."""
    return [branch.text for branch in macro.branches]
