"""The results as tables: which columns there are, of what type, and what a row of them holds. One module a table.

`csv`, `xlsx` and `parquet` all draw from here, so that a column means the same in each. A failure is a row as well, with
`failure` in its first column: whoever counts rows by `record` counts what could not be judged, too.
"""

from __future__ import annotations

from empathy_audit.reports.base import Rows
from empathy_audit.reports.tables.agents import AGENTS
from empathy_audit.reports.tables.base import Column, Row, Table, flat, principles_of
from empathy_audit.reports.tables.conversations import CONVERSATIONS
from empathy_audit.reports.tables.findings import FINDINGS
from empathy_audit.reports.tables.turns import TURNS

__all__ = [
    "AGENTS",
    "CONVERSATIONS",
    "FINDINGS",
    "TABLES",
    "TURNS",
    "Column",
    "Row",
    "Table",
    "flat",
    "principles_of",
    "table",
]

TABLES: tuple[Table, ...] = (FINDINGS, TURNS, CONVERSATIONS, AGENTS)


def table(name: Rows) -> Table:
    """The table of that name."""
    return next(one for one in TABLES if one.name == name)
