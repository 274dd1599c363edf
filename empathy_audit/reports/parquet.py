"""Parquet: the tables of `tables.py` with fixed types, compressed with zstd, for DuckDB, pandas, Spark and warehouses.

A file holds one table (`--rows`, findings unless said). A folder (`-o results/`) holds all of them, or the one that
`--rows` names:

    results/findings/findings.parquet
    results/turns/week=2026-W10/turns.parquet      with --partition-by week
    results/conversations/week=2026-W10/conversations.parquet
    results/agents/agents.parquet

Partitions are folders as Hive names them, which every engine reads back as a column; a table without such a column
(agents have no week) stays whole. The schema depends on nothing in the batch: scores by principle are a map.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from empathy_audit.errors import InputError
from empathy_audit.extras import PARQUET as EXTRA
from empathy_audit.model.audit import Batch
from empathy_audit.reports import arrow
from empathy_audit.reports.base import Choices, Files, Report, Rows, View
from empathy_audit.reports.tables import TABLES, Column, Row, Table, table

DEFAULT: Rows = "findings"
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_AT_ONCE = 10_000
_MOST_CHARACTERS = 200
"""Of a partition's name; file systems take 255. A longer one is no name, and is shortened with a hash."""
_COMPRESSION = "zstd"


def report_of(choices: Choices) -> Report:
    """The format with the rows and the partitions chosen. InputError if the table cannot be split so."""
    chosen = table(choices.rows or DEFAULT)
    if choices.rows and choices.partition_by and _at(chosen, choices.partition_by) is None:
        able = ", ".join(one.name for one in TABLES if _at(one, choices.partition_by) is not None)
        raise InputError(f"{choices.rows} have no {choices.partition_by} to be split by; {able} have")
    return Report(
        name="parquet",
        suffix=".parquet",
        about="Parquet with a fixed schema: one table a file, or all of them in a folder",
        render=_rendered(chosen),
        folder=_folder(choices),
        extra=EXTRA,
        binary=True,
        choose=report_of,
    )


def _rendered(of: Table) -> Callable[[Batch, View], bytes]:
    return lambda batch, view: written(of.columns, of.all(batch))


def _folder(choices: Choices) -> Callable[[Batch, View], Files]:
    tables = (table(choices.rows),) if choices.rows else TABLES

    def folder(batch: Batch, view: View) -> Files:
        for one in tables:
            yield from _files(one, batch, choices)

    return folder


def _files(of: Table, batch: Batch, choices: Choices) -> Files:
    at = None if choices.partition_by is None else _at(of, choices.partition_by)
    if at is None:
        yield f"{of.name}/{of.name}.parquet", written(of.columns, of.all(batch))
        return
    columns = (*of.columns[:at], *of.columns[at + 1 :])
    parts: dict[str, list[Row]] = {}
    for row in of.all(batch):
        parts.setdefault(row[at] or "", []).append((*row[:at], *row[at + 1 :]))
    taken: set[str] = set()
    for value in sorted(parts):
        step = _step(value, taken)
        yield f"{of.name}/{of.columns[at].name}={step}/{of.name}.parquet", written(columns, parts[value])


def _step(value: str, taken: set[str]) -> str:
    """The partition's name in its folder: percent-encoded, which engines undo. `taken` are those before it, in lower case."""
    if not value:
        return NO_VALUE
    raw = value.encode("utf-8", "backslashreplace")
    step = quote(raw, safe="")
    if step.lower() in taken:  # two names that differ in case alone would be one folder on Windows and macOS
        step = "".join(f"%{byte:02X}" for byte in raw)
    if len(step) > _MOST_CHARACTERS:
        step = f"{step[:40].rpartition('%')[0] or step[:40]}~{hashlib.sha256(raw).hexdigest()[:16]}"
    taken.add(step.lower())
    return step


def _at(of: Table, name: str) -> int | None:
    """Where the column stands by which the table is split; None if it has none, or a row each."""
    if of.name == f"{name}s":
        return None
    return next((index for index, column in enumerate(of.columns) if column.name == name), None)


def written(columns: tuple[Column, ...], rows: Iterable[Row]) -> bytes:
    """The rows as a Parquet file, so many at once as a row group."""
    parquet = EXTRA.needed("writing parquet")
    out = io.BytesIO()
    with parquet.ParquetWriter(out, arrow.schema(columns), compression=_COMPRESSION) as writer:
        for group in _groups(rows):
            writer.write_table(arrow.table(columns, group))
    return out.getvalue()


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    each = iter(rows)
    while group := list(islice(each, _AT_ONCE)):
        yield group


PARQUET = report_of(Choices())
