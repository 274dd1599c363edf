"""Tables (CSV, TSV, semicolons) with one macro a row. Column names may be any of the synonyms below.

    id,title,situation,tags,text
    late-1,Order late,order-delayed,"parcel, late","Hi {{name}},
    I am sorry that it is late."

Salesforce's quick texts are such a table, too (salesforce.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from empathy_audit.macros import fields, markup
from empathy_audit.macros.base import Draft, File, MacroReader, Outcome
from empathy_audit.macros.located import Located
from empathy_audit.macros.written import cell
from empathy_audit.readers.columns import DELIMITERS, first_row, rows, squeezed

_SYNONYMS: Mapping[str, Sequence[str]] = {
    "text": (
        "text", "body", "message", "content", "reply", "response", "macro", "template", "answer", "body_html", "comment",
        "content_html", "quick_text", "canned_response", "comment_value",
    ),
    "title": ("title", "name", "shortcut", "short_code", "shortcode", "subject", "label", "trigger", "macro_name", "abbreviation"),
    "id": ("id", "macro_id", "key", "developer_name", "slug"),
    "situation": ("situation", "intent"),
    "emotion": ("emotion",),
    "channel": ("channel", "channels"),
    "language": ("language", "lang", "locale", "language_locale_key"),
    "tags": ("tags", "category", "categories", "folder", "folder_name", "group", "topic"),
}  # fmt: skip
_MEANING = {squeezed(name): (meaning, rank) for meaning, names in _SYNONYMS.items() for rank, name in enumerate(names)}
_OF_TRANSCRIPTS = frozenset(
    map(squeezed, ("speaker", "role", "conversation_id", "author", "sender", "timestamp", "from"))
)


class Header(NamedTuple):
    """The columns that mean something, by meaning; the line of the header and what stands between cells."""

    columns: Mapping[str, int]
    names: tuple[str, ...]
    line: int
    delimiter: str


def header(file: File) -> Header | None:
    """The header of a table of macros: a column for the text, and one for a title or an id."""
    return file.document.once("macro table", lambda: _header(file))


def _header(file: File) -> Header | None:
    if file.json or file.suffix in (".md", ".markdown", ".yml", ".yaml", ".html"):
        return None
    for delimiter in DELIMITERS:
        first = first_row(file.document.head, delimiter)
        if first is None or len(first.cells) < 2:
            continue
        names = tuple(squeezed(name) for name in first.cells)
        columns = _columns(names)
        if "text" in columns and columns.keys() & {"title", "id"} and not _OF_TRANSCRIPTS & set(names):
            return Header(columns, names, first.line, delimiter)
    return None


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Which column has which meaning; of several with one meaning, the one whose name stands first among the synonyms."""
    found: dict[str, tuple[int, int]] = {}
    for column, name in enumerate(names):
        meaning, rank = _MEANING.get(name, ("", 0))
        if meaning and (meaning not in found or rank < found[meaning][0]):
            found[meaning] = (rank, column)
    return {meaning: column for meaning, (_, column) in found.items()}


def sniff(file: File) -> str | None:
    """Taken for a header with a column for the text and one for a title or an id."""
    return "a table with columns for title and text" if header(file) else None


def read(file: File) -> Iterator[Outcome]:
    """One draft a row; a row without a text is counted."""
    found = header(file)
    if found is None:
        yield file.failure(0, "no table of macros; expected a header with a column title and a column text")
        return
    for row in rows(file.document, found.delimiter):
        if row.line <= found.line or not any(map(str.strip, row.cells)):
            continue
        yield from _row(file, found, row.line, row.cells)


def _row(file: File, head: Header, line: int, cells: list[str]) -> Iterator[Outcome]:
    def said(meaning: str) -> str | None:
        column = head.columns.get(meaning)
        return (cells[column].strip() or None) if column is not None and column < len(cells) else None

    column = head.columns["text"]
    if len(cells) <= column:
        message = f"a row of {len(cells)} cells; expected at least {column + 1}; check its quotation marks"
        yield file.failure(file.lines.start(line), message)
        return
    if not said("text"):
        file.tally.leave_out(fields.NO_TEXT)
        return
    body = markup.seen(_cell(file, line, cells, column))
    if not body.text:
        file.tally.leave_out(fields.NO_TEXT)
        return
    yield Draft(
        body,
        at=file.lines.start(line),
        id=said("id"),
        title=said("title"),
        situation=said("situation"),
        emotion=said("emotion"),
        channel=said("channel"),
        language=said("language"),
        tags=tuple(tag.strip() for tag in (said("tags") or "").replace(";", ",").split(",") if tag.strip()),
    )


def _cell(file: File, line: int, cells: list[str], column: int) -> Located:
    at, found = file.lines.start(line), Located("", ((0, 0),))
    for value in cells[: column + 1]:
        found, end = cell(value, file.text, at)
        at = end + 1
    return found


READER = MacroReader(
    name="table",
    about="CSV, TSV or semicolons, one macro a row, with columns for title and text",
    suffixes=(".csv", ".tsv", ".tab"),
    verified="defined here",
    sniff=sniff,
    read=read,
)
