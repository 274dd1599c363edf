"""A run on its way into the store: spooled while it goes on, written in one transaction when it has ended."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from empathy_audit.errors import StoreError
from empathy_audit.model.audit import Audit, Failure, RubricStamp
from empathy_audit.store.opening import WAIT, Told, ignored, opened
from empathy_audit.store.rows import Row, columns, failure_row, rows_of
from empathy_audit.store.schema import AUDITS, OF_AN_AUDIT, TABLES, Column, Mode, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHUNK = 5_000
"""Rows that are held before they are spooled, and inserted at once."""
_OF_THE_RUN = ("run_id", "occurrence", "version")
_BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the store tells of it. Times are in UTC and the only ones in the house that a clock gave."""

    began_at: datetime
    ended_at: datetime
    tool_version: str
    rubric: RubricStamp
    mode: Mode
    redacted: str


class Spool:
    """Outcomes of a run under way, in a file without a name in `folder`, which goes away with the process.

    Raises:
        OSError: the folder cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stream = tempfile.TemporaryFile(dir=folder, mode="w+", encoding="utf-8")  # noqa: SIM115 - closed by `close`
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._held = 0
        self.audits = self.failures = 0

    def add(self, outcome: Audit | Failure, line: str) -> None:
        """Take one outcome and its line of JSON. StoreError if the disk is full."""
        if isinstance(outcome, Failure):
            self.failures += 1
            self._hold("failures", failure_row(outcome))
        else:
            for table, row in rows_of(outcome, self.audits, line):
                self._hold(table, row)
            self.audits += 1
        if self._held >= CHUNK:
            self._flush()

    def _hold(self, table: str, row: Row) -> None:
        self._rows[table].append(row)
        self._held += 1

    def _flush(self) -> None:
        try:
            self._stream.write(json.dumps(columns(self._rows)) + "\n")
            self._stream.flush()
        except OSError as error:
            message = (
                f"the run cannot be spooled here: {error.strerror or error}; make room, or name a --store elsewhere"
            )
            raise StoreError(message, str(self._folder)) from None
        self._rows.clear()
        self._held = 0

    def keep(self, path: Path, run: Run, wait: float = WAIT, told: Told = ignored) -> int:
        """Write the run into the store, whole or not at all; returns its number there.

        Raises:
            StoreError: as `opening.check` does, or the disk is full.
        """
        self._flush()
        with opened(path, write=True, wait=wait, told=told) as store:
            (number,) = _one(store, "SELECT coalesce(max(run_id), 0) + 1 FROM runs")
            (first,) = _one(store, "SELECT coalesce(max(audit_id), 0) + 1 FROM audits")
            stamp = run.rubric
            values = [number, run.began_at, run.ended_at, run.tool_version, stamp.id, stamp.version, stamp.hash]
            values += [run.mode, run.redacted, self.audits, self.failures]
            store.execute(f"INSERT INTO runs VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
            for chunk in self._chunks():
                for table, columns_ in chunk.items():
                    _insert(store, _BY_NAME[table], columns_, number, first)
            _settle(store, number, run)
        return int(number)

    def _chunks(self) -> Iterator[dict[str, list[list[Any]]]]:
        self._stream.seek(0)
        return map(json.loads, self._stream)

    def close(self) -> None:
        """Forget what was spooled."""
        with suppress(OSError):  # closing writes what is left, and may fail for the reason that was told already
            self._stream.close()


def _one(store: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    found = store.execute(query).fetchone()
    assert found is not None  # noqa: S101 - an aggregate always has a row
    return found


def _insert(store: DuckDBPyConnection, table: Table, values: list[list[Any]], run: int, first: int) -> None:
    """Insert rows, given in columns, as those of the run; audits are counted on from `first`."""
    given = iter(values)
    selected: list[str] = []
    parameters: list[list[Any]] = []
    for column in table.columns:
        if column.name == "run_id":
            selected.append(f"{run:d}")
        elif column.name in _OF_THE_RUN:
            selected.append("1")
        else:
            selected.append(_unnested(column, first))
            parameters.append(next(given))
    store.execute(f"INSERT INTO {table.name} SELECT {', '.join(selected)}", parameters)


def _unnested(column: Column, first: int) -> str:
    cells = f"unnest(?::{column.type}[])"
    return f"{cells} + {first:d}" if column.name == "audit_id" else cells


def _settle(store: DuckDBPyConnection, number: int, run: Run) -> None:
    """Count what stands several times in the run, then remove earlier audits of its conversations, or number the versions."""
    store.execute(
        """UPDATE audits SET occurrence = again.nth FROM (
            SELECT audit_id, row_number() OVER (PARTITION BY fingerprint ORDER BY audit_id) AS nth
            FROM audits WHERE run_id = $run QUALIFY nth > 1
        ) again WHERE audits.audit_id = again.audit_id""",
        {"run": number},
    )
    earlier = """SELECT old.audit_id, old.version, new.audit_id AS new_id FROM audits new
        JOIN audits old USING (fingerprint, occurrence) JOIN runs ON runs.run_id = old.run_id
        WHERE new.run_id = $run AND old.run_id <> $run AND runs.rubric_id = $rubric"""
    parameters = {"run": number, "rubric": run.rubric.id}
    if run.mode == "version":
        store.execute(
            f"""UPDATE audits SET version = 1 + earlier.most FROM (
                SELECT new_id, max(version) AS most FROM ({earlier}) GROUP BY new_id
            ) earlier WHERE audits.audit_id = earlier.new_id""",  # noqa: S608
            parameters,
        )
        return
    store.execute(f"CREATE TEMP TABLE replaced AS SELECT DISTINCT audit_id FROM ({earlier})", parameters)  # noqa: S608
    for table in (*OF_AN_AUDIT, AUDITS):
        store.execute(f"DELETE FROM {table.name} WHERE audit_id IN (SELECT audit_id FROM replaced)")  # noqa: S608
