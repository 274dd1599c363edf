"""What would change in a file, as `diff -u` shows it and `patch` and `git apply` take it."""

from __future__ import annotations

import difflib
import re

_NEEDS_QUOTES = re.compile(r'[\x00-\x1f\x7f"\\]')
_NO_END = "\\ No newline at end of file\n"


def diff(name: str, before: bytes, after: bytes) -> str:
    r"""The difference of two UTF-8 texts; lines end at "\n" alone, so a carriage return or a form feed is part of its line."""
    old, new = (_lines(data.decode("utf-8", "replace")) for data in (before, after))
    lines = difflib.unified_diff(old, new, _header(f"a/{name}"), _header(f"b/{name}"))
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]


def _header(name: str) -> str:
    """As git writes it: in quotes where there are signs that would end the line, with a tab behind a name with spaces."""
    if _NEEDS_QUOTES.search(name):
        return '"' + _NEEDS_QUOTES.sub(lambda sign: _escaped(sign[0]), name) + '"'
    return f"{name}\t" if " " in name else name


def _escaped(sign: str) -> str:
    return f"\\{sign}" if sign in '"\\' else f"\\{ord(sign):03o}"
