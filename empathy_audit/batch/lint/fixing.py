"""Rewrites put into files: only where the file read anew holds exactly the macros that were meant."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from empathy_audit.batch.lint.placing import place
from empathy_audit.macros import read_macros
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import Edit, LintedFile
from empathy_audit.readers.base import Source
from empathy_audit.readers.decoding import LINE_END

_MOST_READINGS = 200
"""How often a file is read anew to find out which of its rewrites can go in; what is not settled by then stays out."""
_LONGEST_LINE = 10_000
"""Code points of a line up to which it is asked what quotes it has opened."""

Rewrite = tuple[str, Edit]
"""The id of a macro, and what changes in it."""
Originals = Sequence[tuple[str, str]]


class Fixed(NamedTuple):
    """A file with its safe rewrites in it: how many went in, how many could not without changing something else."""

    data: bytes
    applied: int
    refused: int


def fixed(file: LintedFile, data: bytes) -> Fixed:
    """The file with every safe rewrite: all at once where that reads as it is meant, else as many as can go in.

    Of two that overlap the first goes in. A file that is no UTF-8 is left alone, and so are words that are not those
    that were judged, in a file that has changed since.
    """
    rewrites = _apart((f.macro, f.edit) for f in file.findings if f.edit is not None and f.edit.safe)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        return Fixed(data, 0, len(rewrites))
    starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    there = [rewrite for rewrite in rewrites if _stands(text, starts, rewrite[1])]
    read = _Reading(file.name, file.format)
    before = read(text) if there else None
    if before is None:
        return Fixed(data, 0, len(rewrites))
    text, _, applied = _put_in(text, before, there, read)
    return Fixed(mark + text.encode("utf-8"), applied, len(rewrites) - applied)


def write(path: Path, data: bytes) -> None:
    """Put the data in place of the file, whole or not at all, with its permissions."""
    target = path.resolve()
    place(target, data, target.stat().st_mode & 0o7777)


def _apart(rewrites: Iterable[Rewrite]) -> list[Rewrite]:
    out: list[Rewrite] = []
    for macro, edit in sorted(set(rewrites), key=lambda pair: (pair[1].span, pair[1].text)):
        last = out[-1][1].span if out else None
        if last is None or (edit.span.line, edit.span.column) >= (last.end_line, last.end_column):
            out.append((macro, edit))
    return out


def _stands(text: str, starts: Sequence[int], edit: Edit) -> bool:
    if edit.span.end_line > len(starts):
        return False
    start, end = _place(starts, edit)
    return text[start:end] == edit.words


def _place(starts: Sequence[int], edit: Edit) -> tuple[int, int]:
    span = edit.span
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1


# --- trying ----------------------------------------------------------------------------------------------------------


@dataclass
class _Reading:
    """What a text reads as, as long as it may be asked."""

    name: str
    format: str
    left: int = _MOST_READINGS

    def __call__(self, text: str) -> Originals | None:
        """Id and original of every macro, place and message of every failure; None where it cannot be read or told."""
        if not self.left:
            return None
        self.left -= 1
        try:
            read = list(read_macros(Source(self.name, data=text.encode("utf-8")), format=self.format))
        except Exception:  # whatever a rewrite has made of the file, it does not go in
            return None
        return [(item.source, item.message) if isinstance(item, Failure) else (item.id, item.original) for item in read]


def _put_in(text: str, before: Originals, rewrites: Sequence[Rewrite], read: _Reading) -> tuple[str, Originals, int]:
    """The text with as many of the rewrites as can go in, what it reads as, and their number."""
    tried = {text}
    for spelled in (_fitting, _plainly, _as_json, _doubled, _as_in_tables):
        candidate = _put(text, rewrites, spelled)
        after = read(candidate) if candidate not in tried else None
        tried.add(candidate)
        if after is not None and _is_meant(before, after, rewrites):
            return candidate, after, len(rewrites)
    if len(rewrites) == 1:
        return text, before, 0
    middle = len(rewrites) // 2
    # From the end, so that the places of what comes before stay as they are.
    text, before, late = _put_in(text, before, rewrites[middle:], read)
    text, before, early = _put_in(text, before, rewrites[:middle], read)
    return text, before, late + early


def _put(text: str, rewrites: Sequence[Rewrite], spelled: Callable[[str, str], str]) -> str:
    starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    pieces: list[str] = []
    done = 0
    for _, edit in rewrites:
        start, end = _place(starts, edit)
        pieces += [text[done:start], spelled(edit.text, text[starts[edit.span.line - 1] : start])]
        done = end
    return "".join((*pieces, text[done:]))


# How words are spelled in a file, by the part of their line that stands in front of them.


def _fitting(words: str, line: str) -> str:
    quote = _open_quote(line) if len(line) < _LONGEST_LINE else ""
    if not quote:
        return words
    return _as_json(words, line) if quote == '"' else _doubled(words, line)


def _open_quote(line: str) -> str:
    """The quote that is open at the end of a line; one opens where a value may begin, not within a word."""
    quote, before = "", " "
    for sign in line:
        if quote and sign == quote and not (quote == '"' and before == "\\"):
            quote = ""
        elif not quote and sign in "'\"" and before in " \t:,[{(-":
            quote = sign
        before = " " if before == "\\" else sign
    return quote


def _plainly(words: str, line: str) -> str:
    return words


def _as_json(words: str, line: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _doubled(words: str, line: str) -> str:
    return words.replace("'", "''")


def _as_in_tables(words: str, line: str) -> str:
    return words.replace('"', '""')


# --- what is meant -----------------------------------------------------------------------------------------------------


def _is_meant(before: Originals, after: Originals, rewrites: Sequence[Rewrite]) -> bool:
    """Whether those macros alone differ, and only by the new words in place of the old, in their order."""
    if [name for name, _ in before] != [name for name, _ in after]:
        return False
    by_macro: dict[str, list[Edit]] = {}
    for macro, edit in rewrites:
        by_macro.setdefault(macro, []).append(edit)
    return all(
        _rewritten(was, now, by_macro.get(name, [])) for (name, was), (_, now) in zip(before, after, strict=True)
    )


def _rewritten(was: str, now: str, edits: Sequence[Edit]) -> bool:
    """Whether `now` is `was` with the words of each edit, one behind the other, replaced by its new ones."""
    for edit in edits:
        shared = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
        # The words begin where the two part at the latest: old and new ones may begin alike.
        at = was.rfind(edit.words, 0, shared + len(edit.words))
        if at < 0 or now[: at + len(edit.text)] != was[:at] + edit.text:
            return False
        was, now = was[at + len(edit.words) :], now[at + len(edit.text) :]
    return was == now
