"""Tables with one row a conversation and the whole transcript in one cell: labelled text, or JSON.

    case_id,agent,csat,transcript
    C-9,Dana,2,"Agent: How can I help?
    Customer: My parcel is late, again."
    C-10,Dana,5,"[{""role"": ""agent"", ""text"": ""Hello""}, {""role"": ""customer"", ""text"": ""Hi""}]"

The other cells of the row go along in `meta`, under their column's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, Tally
from empathy_audit.readers.columns import Row, Table, data_rows, peek, shape, squeezed
from empathy_audit.readers.decoding import LINE_END, Document
from empathy_audit.readers.json_values import complaint, parse
from empathy_audit.readers.labelled_text import labelled
from empathy_audit.readers.sequences import text_of
from empathy_audit.readers.speaker_text import drafts
from empathy_audit.readers.speakers import read_label
from empathy_audit.readers.times import instant

EXCEL_CELL = 32_767
_WRITTEN_END = re.compile(r"\\r\\n|\\n|<br\s*/?>", re.I)
_SPEAKER_KEYS = ("role", "speaker", "sender", "from", "author", "participant", "name")
_TEXT_KEYS = ("text", "content", "message", "utterance", "body", "value", "msg")


def sniff(document: Document) -> str | None:
    """Taken for a column in which more than half of the cells are conversations."""
    table = shape(document)
    column = _column(document, table) if table else None
    return (
        f'a table with conversations in the column "{table.header[column]}"' if table and column is not None else None
    )


def _column(document: Document, table: Table) -> int | None:
    """The column that holds conversations, judged by the first 20 rows."""
    first = peek(document, table, 20)
    for column in range(len(table.header)):
        cells = [row.cells[column] for row in first if column < len(row.cells) and row.cells[column].strip()]
        if cells and sum(_is_conversation(c) for c in cells) * 2 > len(cells):
            return column
    return None


def _is_conversation(cell: str) -> bool:
    if cell.lstrip()[:1] in ("[", "{"):
        try:
            return bool(_messages(parse(cell)))
        except ValueError:
            return False
    lines = _lines(cell)
    return len(lines) > 1 and labelled(lines) is not None


def _lines(cell: str) -> list[str]:
    """The lines of a cell; some exports write line ends out, as backslash and n or as `<br>`."""
    lines = LINE_END.split(cell)
    return lines if len(lines) > 1 else _WRITTEN_END.split(cell)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a row."""
    table = shape(document)
    column = _column(document, table) if table else None
    if table is None or column is None:
        yield desk.failure(
            ":1",
            "no column with conversations; expected cells with lines such as `Agent: ...` and `Customer: ...`",
        )
        return
    for row in data_rows(document, table):
        yield _conversation(row, column, table, desk)


def _conversation(row: Row, column: int, table: Table, desk: Desk) -> Draft | Failure:
    place, cell = f":{row.line}", row.cells[column] if column < len(row.cells) else ""
    if len(row.cells) > len(table.header):
        what = f"a row of {len(row.cells)} cells under a header of {len(table.header)}"
        return desk.failure(
            place, f"{what}; expected as many; a text that holds the delimiter must stand in quotation marks"
        )
    if len(cell) == EXCEL_CELL:
        desk.tally.note(
            f"{desk.name}{place}: the cell is exactly {EXCEL_CELL:,} characters long: a spreadsheet has probably cut it"
        )
    line = row.line + sum(len(LINE_END.findall(c)) for c in row.cells[:column])
    found = _from_json(cell, place, desk) if cell.lstrip()[:1] in ("[", "{") else _from_text(cell, line, place, desk)
    if isinstance(found, Failure):
        return found
    cells = {
        name: c.strip()
        for i, (name, c) in enumerate(zip(table.header, row.cells, strict=False))
        if i != column and name and c.strip()
    }
    columns = table.columns
    known = {k: _value(row, columns.get(k)) for k in ("conversation", "id", "agent", "channel", "language", "time")}
    for name in ("conversation", "id", "channel", "language"):
        if known[name]:
            cells.pop(table.header[columns[name]], None)
    found.id = known["conversation"] or known["id"] or None
    found.line, found.place = row.line, place
    found.channel = known["channel"] or found.channel
    found.language = known["language"] or None
    found.started_at = (instant(known["time"]) if known["time"] else None) or found.started_at
    found.meta = {**found.meta, **cells}
    if known["agent"]:
        found.known = {**found.known, known["agent"]: "agent"}
    return found


def _from_text(cell: str, line: int, place: str, desk: Desk) -> Draft | Failure:
    lines = _lines(cell)
    written = len(LINE_END.findall(cell)) == 0
    inner = Desk(desk.name, desk.limits, Tally(desk.tally.left_out))  # lines within a cell are no places for notes
    found = list(drafts(lines, inner if written else desk, line))
    if len(found) == 1 and isinstance(found[0], Draft):
        draft = found[0]
    else:  # a ruler inside a cell parts nothing: the row is the conversation
        parts = [d for d in found if isinstance(d, Draft)]
        if not parts:
            return desk.failure(
                place,
                "no line of the cell begins with a speaker label; expected such as `Agent: ...` and `Customer: ...`",
            )
        draft = Draft(
            [t for d in parts for t in d.turns],
            started_at=parts[0].started_at,
            meta=parts[0].meta,
            known=parts[0].known,
        )
    if written:
        draft.turns = [replace(t, source=(place,)) for t in draft.turns]
    return draft


def _from_json(cell: str, place: str, desk: Desk) -> Draft | Failure:
    try:
        messages = _messages(parse(cell))
    except ValueError as error:
        found = complaint(error, desk.name)
        return desk.failure(
            place,
            f"the cell's {found.message.replace('the JSON', 'JSON')}" if "JSON" in found.message else found.message,
        )
    if not messages:
        return desk.failure(place, "the cell's JSON is no list of messages; expected objects with role and text")
    return Draft([_message(m, place) for m in messages])


def _messages(value: Any) -> list[Mapping[str, Any]]:
    """The messages of a JSON value: a list of objects, or an object that holds one.

    Nothing when they do not tell speaker and text.
    """
    if isinstance(value, dict):
        value = next(
            (
                value[k]
                for k in ("turns", "messages", "transcript", "conversation", "dialogue")
                if isinstance(value.get(k), list)
            ),
            [],
        )
    if not isinstance(value, list) or not all(isinstance(m, dict) for m in value):
        return []
    squeezed_keys = [{squeezed(str(k)) for k in m} for m in value]
    whole = all(keys & set(_SPEAKER_KEYS) and keys & set(_TEXT_KEYS) for keys in squeezed_keys)
    return value if whole else []


def _message(message: Mapping[str, Any], place: str) -> Turn:
    by_key = {squeezed(str(k)): v for k, v in message.items()}
    label = read_label(str(next((by_key[k] for k in _SPEAKER_KEYS if by_key.get(k)), "")))
    name = next(
        (
            str(by_key[k])
            for k in ("name", "speaker", "author", "sender")
            if by_key.get(k) and read_label(str(by_key[k])).role is None
        ),
        label.name,
    )
    text = next((text_of(by_key[k]) for k in _TEXT_KEYS if by_key.get(k) is not None), "")
    internal = by_key.get("visibility") == "internal" or by_key.get("internal") is True or by_key.get("private") is True
    visibility = "internal" if internal else label.visibility
    return Turn(label.role or "unknown", text, name, visibility=visibility, source=(place,))


def _value(row: Row, column: int | None) -> str:
    return row.cells[column].strip() if column is not None and column < len(row.cells) else ""


READER = Reader(
    name="wide-table",
    about="CSV, TSV or semicolons, one row a conversation with the transcript in a cell",
    suffixes=(".csv", ".tsv"),
    verified="examples only",
    sniff=sniff,
    read=read,
)
