"""Rewrites put into files: only where the file read anew holds exactly the macros that were meant."""

from __future__ import annotations

import difflib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from empathy_audit.macros import read_macros
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import Edit, LintedFile
from empathy_audit.readers.base import Source
from empathy_audit.readers.decoding import LINE_END


class Fixed(NamedTuple):
    """A file with its safe rewrites in it: how many went in, how many could not without changing something else."""

    data: bytes
    applied: int
    refused: int


def fixed(file: LintedFile, data: bytes, format_: str | None = None) -> Fixed:
    """The file with every safe rewrite: all at once where that reads as it is meant, else each tried by itself.

    Of two that overlap the first goes in. A file that is no UTF-8 is left alone.
    """
    edits = _apart((f.macro, f.edit) for f in file.findings if f.edit is not None and f.edit.safe)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Fixed(data, 0, len(edits))
    before = _originals(file.name, text, format_)
    if before is None or not edits:
        return Fixed(data, 0, len(edits))
    together = _put(text, edits, _plainly)
    if _is_meant(before, _originals(file.name, together, format_), edits, text):
        return Fixed(together.encode("utf-8"), len(edits), 0)
    applied = 0
    for one in reversed(edits):
        for written in (_plainly, _as_json):
            tried = _put(text, [one], written)
            after = _originals(file.name, tried, format_)
            if _is_meant(before, after, [one], text) and after is not None:
                text, before, applied = tried, after, applied + 1
                break
    return Fixed(text.encode("utf-8"), applied, len(edits) - applied)


def diff(name: str, before: bytes, after: bytes) -> str:
    """What would change, as `diff -u` shows it."""
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def write(path: Path, data: bytes) -> None:
    """Put the data in place of the file, whole or not at all, with its permissions."""
    target = path.resolve()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(temporary).chmod(target.stat().st_mode & 0o7777)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _apart(edits: Iterable[tuple[str, Edit]]) -> list[tuple[str, Edit]]:
    out: list[tuple[str, Edit]] = []
    for macro, edit in sorted(set(edits), key=lambda pair: pair[1].span):
        last = out[-1][1].span if out else None
        if last is None or (edit.span.line, edit.span.column) >= (last.end_line, last.end_column):
            out.append((macro, edit))
    return out


def _put(text: str, edits: Sequence[tuple[str, Edit]], written: Callable[[str], str]) -> str:
    for (_, edit), (start, end) in reversed(list(zip(edits, _places(text, edits), strict=True))):
        text = text[:start] + written(edit.text) + text[end:]
    return text


def _places(text: str, edits: Sequence[tuple[str, Edit]]) -> list[tuple[int, int]]:
    starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    return [
        (starts[e.span.line - 1] + e.span.column - 1, starts[e.span.end_line - 1] + e.span.end_column - 1)
        for _, e in edits
    ]


def _plainly(words: str) -> str:
    return words


def _as_json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _originals(name: str, text: str, format_: str | None) -> Sequence[tuple[str, str]] | None:
    try:
        read = list(read_macros(Source(name, data=text.encode("utf-8")), format=format_))
    except Exception:
        return None
    return [(item.source, item.message) if isinstance(item, Failure) else (item.id, item.original) for item in read]


def _is_meant(
    before: Sequence[tuple[str, str]],
    after: Sequence[tuple[str, str]] | None,
    edits: Sequence[tuple[str, Edit]],
    text: str,
) -> bool:
    """Whether those macros alone differ, and only by the new words in place of the old, in their order."""
    if after is None or [name for name, _ in before] != [name for name, _ in after]:
        return False
    rewrites: dict[str, list[tuple[str, str]]] = {}
    for (macro, edit), (start, end) in zip(edits, _places(text, edits), strict=True):
        rewrites.setdefault(macro, []).append((text[start:end], edit.text))
    return all(
        _rewritten(was, now, rewrites.get(name, [])) for (name, was), (_, now) in zip(before, after, strict=True)
    )


def _rewritten(was: str, now: str, rewrites: Sequence[tuple[str, str]]) -> bool:
    """Whether `now` is `was` with each old stretch, one behind the other, replaced by its new words."""
    for old, new in rewrites:
        shared = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
        # The stretch begins where the two part at the latest: old and new words may begin alike.
        at = was.rfind(old, 0, shared + len(old))
        if at < 0 or now[: at + len(new)] != was[:at] + new:
            return False
        was, now = was[at + len(old) :], now[at + len(new) :]
    return was == now
