"""Runs for tests: what `score` would hand to a store, without judging."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from empathy_audit.model.audit import Audit, Failure, RubricStamp
from empathy_audit.reports.jsonl import line
from empathy_audit.store import Mode, Run, Spool

from tests.build import STAMP, audit

NOON, LATER = datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 12, 5)


def run(mode: Mode = "version", rubric: RubricStamp = STAMP) -> Run:
    return Run(NOON, LATER, "0.1.0", rubric, mode, "off")


def keep(path: Path, *outcomes: Audit | Failure, mode: Mode = "version", rubric: RubricStamp = STAMP) -> int:
    """Keep a run of those outcomes; its number."""
    spool = Spool(path.parent)
    try:
        for outcome in outcomes:
            spool.add(outcome, line(outcome))
        return spool.keep(path, run(mode, rubric), wait=5)
    finally:
        spool.close()


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """The answer of DuckDB alone."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        found: list[tuple[Any, ...]] = connection.execute(query).fetchall()
        return found


def conversation(id_: str = "c-1", *more: str, **fields: Any) -> Audit:
    """A scored conversation of Dana's."""
    lines = (f"customer: My parcel {id_} has not come for two weeks.", "agent Dana: That must be upsetting.")
    return audit(*lines, *more, id=id_, **fields)
