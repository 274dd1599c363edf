r"""Comma-separated values: a header line, then one row a finding, or a turn, a conversation, an agent.

    record,source,conversation,agent,channel,started_at,week,code,severity,...
    finding,chats/broadband.txt:48,c-17,Dana,chat,2026-03-02T09:14:00Z,2026-W10,emotion-missed,error,...
    failure,broken.json,,,,,,unreadable,,...

UTF-8 without a mark, lines end in "\n", cells are quoted where RFC 4180 asks for it; empty cells are what JSON calls
null. Text that a spreadsheet would take for a formula (it begins with = + - @, a full-width one of these, a tab or a
line break) gets one ' in front, and so does text that begins with '...= and the like: taking one ' away from every
text cell that begins with ' and such a sign gives back what was said. Control and hidden characters but tabs and line
breaks are written as escapes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.reports.base import Choices, Report, Rows, View, rendered_by_line
from empathy_audit.reports.tables import Column, Row, Table, flat, principles_of, table
from empathy_audit.reports.visible import FORMULA, harmless

DEFAULT: Rows = "findings"


def text_cell(text: str) -> str:
    """Text as it stands in a cell: harmless, and no formula."""
    safe = harmless(text)
    return f"'{safe}" if FORMULA.match(safe) else safe


def report_of(choices: Choices) -> Report:
    """The format with the rows chosen."""
    chosen = table(choices.rows or DEFAULT)
    by_outcome = chosen.of_batch is None and all(column.type != "scores" for column in chosen.columns)
    line = _line(chosen) if by_outcome else None
    head = _written(_head(chosen.columns)) if by_outcome else ""
    return Report(
        name="csv",
        suffix=".csv",
        about="comma-separated values: one row a finding, or --rows turns, conversations, agents",
        render=rendered_by_line(line, head) if line else _rendered(chosen),
        line=line,
        head=head,
        choose=report_of,
    )


def _line(of: Table) -> Callable[[Audit | Failure], str]:
    return lambda outcome: "".join(map(written, of.rows(outcome)))


def _rendered(of: Table) -> Callable[[Batch, View], str]:
    def render(batch: Batch, view: View) -> str:
        columns, flattened = flat(of, principles_of(batch.audits))
        rows = (_cells(flattened(row)) for row in of.all(batch))
        return _written(_head(columns)) + "".join(map(_written, rows))

    return render


def _head(columns: tuple[Column, ...]) -> list[str]:
    return [text_cell(column.name) for column in columns]


def _cells(row: Row) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return text_cell(value) if isinstance(value, str) else str(value)


def written(row: Row) -> str:
    """The line of a row: cells made harmless and quoted where need be."""
    return _written(_cells(row))


def _written(cells: list[str]) -> str:
    out = io.StringIO()
    # The writer quotes a cell for the line breaks of its own terminator alone, so it is given both.
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()[:-2] + "\n"


CSV = report_of(Choices())
