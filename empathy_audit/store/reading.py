"""What a store holds: its results as they were written, and the few numbers of each that trends add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from empathy_audit.model.audit import Failure, OutcomeCounts, RubricStamp
from empathy_audit.store.opening import WAIT, Told, ignored, opened
from empathy_audit.stored import Item, line_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE = 500
_NEWEST = """SELECT audits.*, runs.rubric_id, runs.rubric_version, runs.rubric_hash, runs.tool_version
    FROM audits JOIN runs USING (run_id) WHERE run_id IN (SELECT unnest(?::INTEGER[]))
    QUALIFY row_number() OVER (PARTITION BY fingerprint, occurrence, rubric_id ORDER BY run_id DESC) = 1"""
"""The view `latest`, of some runs alone."""
_COUNTS = "met, partial, missed, delayed, open"


@dataclass(frozen=True, slots=True)
class Judged:
    """Who judged: the rubric, the version of the tool, and the signals."""

    rubric: RubricStamp
    tool_version: str
    signals: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation's newest result, or an agent's part in it.

    `agent` is None for the whole conversation. `overall` is 0..100 or None, and so is each of `principles`.
    """

    judged: Judged
    started_at: str | None
    day: str | None
    week: str | None
    channel: str | None
    language: str | None
    agent: str | None
    overall: float | None
    principles: Mapping[str, float | None]
    opportunities: OutcomeCounts


def results(path: Path, name: str) -> Iterator[Item]:
    """The newest result of each conversation by each rubric, in the order in which they came; then failures not made good since.

    Places call the file `name`. Raises StoreError.
    """
    with opened(path, write=False) as store:
        runs = _runs(store, lambda _: True)
        # Results are long: which ones is settled first, and then they are taken some at a time.
        found = store.execute(f"SELECT audit_id FROM ({_NEWEST}) ORDER BY audit_id", [runs]).fetchall()  # noqa: S608
        numbers = [number for (number,) in found]
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            lines = """SELECT audit_id, result FROM audits WHERE audit_id BETWEEN ? AND ?
                AND audit_id IN (SELECT unnest(?::BIGINT[])) ORDER BY audit_id"""
            for number, line in store.execute(lines, [some[0], some[-1], some]).fetchall():
                yield line_of(line, f"{name}#audits/{number}")
        # A failure counts until a later run brings anything of the same file.
        failures = """SELECT source, kind, message FROM failures f WHERE NOT EXISTS (
            SELECT 1 FROM (SELECT run_id, source FROM audits UNION ALL SELECT run_id, source FROM failures) l
            WHERE l.source = f.source AND l.run_id > f.run_id) ORDER BY run_id, rowid"""
        for source, kind, message in _rows(store, failures, []):
            yield Item(Failure(source, kind, message), f"{name}#failures")


def entries(
    path: Path,
    *,
    agents: bool = False,
    rubric: Callable[[RubricStamp], bool] = lambda _: True,
    wait: float = WAIT,
    told: Told = ignored,
) -> Iterator[Entry]:
    """The newest results by the rubrics that `rubric` takes: one a conversation, or with `agents` one for each agent in it.

    Raises:
        StoreError: when it is begun: the file is no store, or is in use for longer than `wait` seconds.
    """
    who = "agents.agent, agents.overall, agents.met, agents.partial, agents.missed, agents.delayed, agents.open"
    columns = who if agents else "NULL, overall, " + _COUNTS
    joined = "JOIN agents USING (audit_id)" if agents else ""
    of = "scored.agent = agents.agent" if agents else "scored.agent IS NULL"
    query = f"""SELECT rubric_id, rubric_version, rubric_hash, tool_version, signals,
        started_at, day::VARCHAR, week, channel, language, names, points, {columns}
        FROM newest {joined} LEFT JOIN (
            SELECT audit_id, agent, list(principle) AS names, list(score) AS points FROM principles GROUP BY ALL
        ) scored ON scored.audit_id = newest.audit_id AND {of}"""  # noqa: S608 - words of ours
    with opened(path, write=False, wait=wait, told=told) as store:
        runs = _runs(store, rubric)
        for row in _rows(store, f"WITH newest AS ({_NEWEST}) {query}", [runs]):
            yield _entry(row)


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, version, hash_, tool, signals, started_at, day, week, channel, language, names, points, *rest = row
    agent, overall, *counts = rest
    principles = dict(sorted(zip(names or (), points or (), strict=True)))
    judged = Judged(RubricStamp(id_, version, hash_), tool, signals)
    figures = agent, overall, principles, OutcomeCounts(*counts)
    return Entry(judged, started_at, day, week, channel, language, *figures)


def _runs(store: DuckDBPyConnection, wanted: Callable[[RubricStamp], bool]) -> list[int]:
    found = store.execute("SELECT run_id, rubric_id, rubric_version, rubric_hash FROM runs").fetchall()
    return [number for number, *stamp in found if wanted(RubricStamp(*stamp))]


def _rows(store: DuckDBPyConnection, query: str, parameters: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows as they come: the whole answer is never held."""
    answer = store.cursor().execute(query, parameters)
    while some := answer.fetchmany(_AT_ONCE):
        yield from some
