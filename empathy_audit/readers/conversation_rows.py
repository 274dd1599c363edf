"""Rows of which each is a conversation with its whole transcript in one cell.

A transcript is labelled text, JSON, or a chat of Salesforce. The other cells of the row go along in `meta`, under their column's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from empathy_audit.model.audit import Failure
from empathy_audit.readers import salesforce_body, speaker_text
from empathy_audit.readers.base import Desk, Draft, Tally
from empathy_audit.readers.columns import Row, Table, peek
from empathy_audit.readers.decoding import LINE_END
from empathy_audit.readers.json_values import complaint, parse
from empathy_audit.readers.labelled_text import labelled
from empathy_audit.readers.messages import message, messages_in
from empathy_audit.readers.times import instant

EXCEL_CELL = 32_767
_WRITTEN_END = re.compile(r"\\r\\n|\\n|<br\s*/?>", re.I)


def recognised(table: Table) -> str | None:
    """Why the table is one of conversations: more than half of the cells in a column are some."""
    column = _column(table)
    return f'a table with conversations in the column "{table.header[column]}"' if column is not None else None


def _column(table: Table) -> int | None:
    """The column that holds conversations, judged by the first 20 rows."""
    first = peek(table, 20)
    for column in range(len(table.header)):
        cells = [row.cells[column] for row in first if column < len(row.cells) and row.cells[column].strip()]
        if cells and sum(_is_conversation(c) for c in cells) * 2 > len(cells):
            return column
    return None


def _is_conversation(cell: str) -> bool:
    if salesforce_body.is_body(cell):
        return True
    if cell.lstrip()[:1] in ("[", "{"):
        try:
            return bool(messages_in(parse(cell)))
        except ValueError:
            return False
    lines = _lines(cell)
    return len(lines) > 1 and labelled(lines) is not None


def _lines(cell: str) -> list[str]:
    """The lines of a cell; some exports write line ends out, as backslash and n or as `<br>`."""
    lines = LINE_END.split(cell)
    return lines if len(lines) > 1 else _WRITTEN_END.split(cell)


def drafts(table: Table | None, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a row."""
    column = _column(table) if table else None
    if table is None or column is None:
        yield desk.failure(
            ":1",
            "no column with conversations; expected cells with lines such as `Agent: ...` and `Customer: ...`",
        )
        return
    for row in table.rows():
        yield _conversation(row, column, table, desk)


def _conversation(row: Row, column: int, table: Table, desk: Desk) -> Draft | Failure:
    place, cell = f"{table.place}{row.line}", row.cells[column] if column < len(row.cells) else ""
    if len(row.cells) > len(table.header):
        what = f"a row of {len(row.cells)} cells under a header of {len(table.header)}"
        return desk.failure(
            place, f"{what}; expected as many; a text that holds the delimiter must stand in quotation marks"
        )
    if len(cell) == EXCEL_CELL:
        desk.tally.note(
            f"{desk.name}{place}: the cell is exactly {EXCEL_CELL:,} characters long: a spreadsheet has probably cut it"
        )
    if cell.lstrip()[:1] in ("[", "{"):
        found = _from_json(cell, place, desk)
    elif salesforce_body.is_body(cell):
        found = salesforce_body.draft(cell, desk.tally)
        found.turns = [replace(t, source=(place,)) for t in found.turns]
    else:
        before = sum(len(LINE_END.findall(c)) for c in row.cells[:column])
        found = _from_text(cell, row.line + before if table.by_line else None, place, desk)
    if isinstance(found, Failure):
        return found
    cells = {
        name: c.strip()
        for i, (name, c) in enumerate(zip(table.header, row.cells, strict=False))
        if i != column and name and c.strip()
    }
    columns = table.columns
    known = {k: _value(row, columns.get(k)) for k in ("conversation", "id", "agent", "channel", "language", "time")}
    if salesforce_body.is_body(cell):
        known["conversation"] = ""  # CaseId: a case may have several chats
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


def _from_text(cell: str, line: int | None, place: str, desk: Desk) -> Draft | Failure:
    """`line`: on which the cell begins; None where cells have no lines of their own."""
    lines = _lines(cell)
    written = line is None or not LINE_END.search(cell)
    inner = Desk(desk.name, desk.limits, Tally(desk.tally.left_out))  # lines within a cell are no places for notes
    found = list(speaker_text.drafts(lines, inner if written else desk, line or 1))
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
        messages = messages_in(parse(cell))
    except ValueError as error:
        found = complaint(error, desk.name)
        return desk.failure(
            place,
            f"the cell's {found.message.replace('the JSON', 'JSON')}" if "JSON" in found.message else found.message,
        )
    if not messages:
        return desk.failure(place, "the cell's JSON is no list of messages; expected objects with role and text")
    return Draft([message(m, place) for m in messages])


def _value(row: Row, column: int | None) -> str:
    return row.cells[column].strip() if column is not None and column < len(row.cells) else ""
