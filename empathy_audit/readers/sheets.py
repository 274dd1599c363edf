"""Tables whose cells are values and no text, as the tables that the column logic knows: for Excel and Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.readers import conversation_rows, turn_rows
from empathy_audit.readers.base import Desk, Draft
from empathy_audit.readers.columns import Row, Table, meanings

FIRST_ROWS = 20


def cell_text(value: Any) -> str:
    """A cell as CSV would write it: instants as ISO 8601, whole numbers without a point, lists and objects as JSON."""
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=cell_text)
    return str(value)


def table(first: Sequence[Row], rows: Callable[[], Iterator[Row]], place: str) -> Table | None:
    """The table that begins among these first rows; None when there are none.

    Its header is the first row in which two names or more mean something, since titles may stand above it, or else the
    first row.
    """
    header = next((row for row in first if len(meanings(row.cells)) > 1), first[0] if first else None)
    if header is None:
        return None
    width = len(header.cells)

    def below() -> Iterator[Row]:
        for row in rows():
            if row.line > header.line and any(map(str.strip, row.cells)):
                yield row._replace(cells=[*row.cells, *[""] * (width - len(row.cells))])

    names = tuple(map(str.strip, header.cells))
    return Table(names, meanings(header.cells), header.line, below, place, by_line=False)


def recognised(tables: Sequence[Table]) -> str | None:
    """Why these tables hold conversations, by the first that does."""
    return next(filter(None, (conversation_rows.recognised(t) or turn_rows.recognised(t) for t in tables)), None)


def drafts(tables: Sequence[Table], desk: Desk) -> Iterator[Draft | Failure]:
    """The conversations of all the tables that hold some, wide or long."""
    taken = False
    for found in tables:
        for kind in (conversation_rows, turn_rows):
            if kind.recognised(found):
                taken = True
                yield from kind.drafts(found, desk)
                break
        else:
            desk.tally.note(f"{desk.name}{found.place}{found.line}: no columns of text and speaker; passed over")
    if not taken:
        yield desk.failure(
            "",
            "no table with columns for the text and for who speaks, or with a transcript in a cell; expected such as "
            "conversation_id, speaker and text; rename the columns",
        )
