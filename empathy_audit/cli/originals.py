"""The files that were judged, for reports that point at a line and a column in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from empathy_audit.batch.discover import Input
from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Limits, Source
from empathy_audit.readers.decoding import Document
from empathy_audit.redaction import Redactor
from empathy_audit.reports import Originals

MOST_BYTES = 32 * 1024 * 1024
"""A file over this is pointed at by what its turns tell alone, since finding a place means reading it once more."""


def within_reach(inputs: Sequence[Input | Failure], redactor: Redactor) -> Originals:
    """The files by their names in results; what came through standard input is out of reach, as is a file whose name is masked."""
    paths = {item.name: item.path for item in inputs if isinstance(item, Input) and item.path is not None}
    return Originals(
        path=lambda file: redactor.path(_shown(paths[file], file) if file in paths else file),
        text=lambda file: _text(paths[file]) if file in paths else None,
    )


def _shown(path: Path, name: str) -> str:
    """The path from the working folder, where a repository's files are named from; `name` for what lies outside of it."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return name


def _text(path: Path) -> str | None:
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        return Document(Source(path.name, path), Limits()).text
    except (OSError, TranscriptError):
        return None
