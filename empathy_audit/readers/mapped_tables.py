"""The tables of a document that a mapping reads: CSV by the mapping's own columns, Excel, Parquet."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.readers import excel, parquet
from empathy_audit.readers.columns import DELIMITERS, Row, Table, data_rows, first_row, rows
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.plan import Plan


def is_json(document: Document, plan: Plan) -> bool:
    """Whether the document is JSON, and not a table whose first cell begins with a bracket."""
    text = document.refusal is None and not plan.delimiter and not plan.header
    return text and document.head.lstrip()[:1] in ("{", "[")


def tables(document: Document, plan: Plan) -> list[Table]:
    """The tables that have a column of the mapping."""
    return document.once("mapped tables", lambda: _tables(document, plan))


def _tables(document: Document, plan: Plan) -> list[Table]:
    if document.refusal is not None:
        kind = next((k for k in (excel, parquet) if k.READER.sniff(document)), None)
        found = kind.tables(document) if kind else []
    else:
        found = [t for delimiter in _delimiters(plan) if (t := _csv(document, delimiter, plan))]
        found = sorted(found, key=lambda t: -_known(t, plan))[:1]
    return [t for t in found if _known(t, plan)]


def _delimiters(plan: Plan) -> tuple[str, ...]:
    return (plan.delimiter,) if plan.delimiter else DELIMITERS


def _csv(document: Document, delimiter: str, plan: Plan) -> Table | None:
    first = first_row(document.head, delimiter)
    if first is None:
        return None
    if plan.header:
        fits = len(first.cells) == len(plan.header)
        return Table(plan.header, {}, 0, lambda: _all_rows(document, delimiter)) if fits else None
    header, line = tuple(map(str.strip, first.cells)), first.line
    return Table(header, {}, line, lambda: data_rows(document, delimiter, line))


def _all_rows(document: Document, delimiter: str) -> Iterator[Row]:
    return (row for row in rows(document, delimiter) if any(map(str.strip, row.cells)))


def _known(table: Table, plan: Plan) -> int:
    """How many of the mapping's paths begin at a column of the table."""
    paths = [path for f in plan.fields.values() for path in f.paths]
    if plan.turns is not None:
        paths = [plan.turns, *(p for f in ("id", "group") if f in plan.fields for p in plan.fields[f].paths)]
    return sum(path.text in table.header or (bool(path.steps) and path.steps[0] in table.header) for path in paths)
