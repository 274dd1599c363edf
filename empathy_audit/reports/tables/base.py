"""What a table is: columns of a type each, and what gives its rows; with the columns that several tables share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from empathy_audit.model.audit import Audit, Batch, Failure, OutcomeCounts
from empathy_audit.model.transcript import Transcript
from empathy_audit.reports.base import Rows
from empathy_audit.weeks import week_of

Type = Literal["text", "whole", "number", "flag", "scores"]
Row = tuple[Any, ...]

SEPARATOR = "; "
"""Between several names in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` says what a cell holds, None apart; `scores` is a mapping of principle to score or None."""

    name: str
    type: Type
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of rows. `rows` gives those of one outcome; `of_batch` is set where a row needs the whole batch."""

    name: Rows
    columns: tuple[Column, ...]
    rows: Callable[[Audit | Failure], Iterator[Row]]
    of_batch: Callable[[Batch], Iterator[Row]] | None = None

    def all(self, batch: Batch) -> Iterator[Row]:
        """Every row of the batch, failures last."""
        if self.of_batch is not None:
            yield from self.of_batch(batch)
        else:
            for audit in batch.audits:
                yield from self.rows(audit)
        for failure in batch.failures:
            yield from self.rows(failure)


def flat(table: Table, principles: Sequence[str]) -> tuple[tuple[Column, ...], Callable[[Row], Row]]:
    """The table's columns with one for each principle in place of `scores`, and what flattens a row accordingly."""
    names = tuple(principles)
    columns: list[Column] = []
    for column in table.columns:
        if column.type == "scores":
            columns += (Column(f"score_{name}", "number", f"score of {name}") for name in names)
        else:
            columns.append(column)
    at = next((index for index, column in enumerate(table.columns) if column.type == "scores"), None)
    if at is None:
        return tuple(columns), lambda row: row

    def flattened(row: Row) -> Row:
        scores: Mapping[str, float | None] = row[at] or {}
        return (*row[:at], *(scores.get(name) for name in names), *row[at + 1 :])

    return tuple(columns), flattened


def principles_of(audits: Iterable[Audit]) -> tuple[str, ...]:
    """The ids of the principles, in the rubric's order."""
    return tuple(dict.fromkeys(name for audit in audits for name in audit.scores.principles))


RECORD = Column("record", "text", "what the row is: the table's own kind, or `failure`")
SOURCE = Column("source", "text", "file, with line or JSON pointer")
CONVERSATION = Column("conversation", "text", "id of the transcript")
AGENT = Column("agent", "text", "name of the agent")
CHANNEL = Column("channel", "text", "chat, phone, email, social")
STARTED = Column("started_at", "text", "when the conversation began, as the file gave it")
WEEK = Column("week", "text", "ISO week of `started_at`, such as 2026-W10")
MESSAGE = Column("message", "text", "of a failure, why it could not be judged")
WHEN = (CHANNEL, STARTED, WEEK)
"""The columns of `when_row`."""
COUNTS = tuple(
    Column(name, "whole", f"opportunities that ended {name}")
    for name in ("met", "partial", "missed", "delayed", "open")
)


def failure_row(of: Table, failure: Failure) -> Row:
    """The row of a failure in the table."""
    known = {"record": "failure", "source": failure.source, "code": failure.kind, "message": failure.message}
    if not any(column.name == "code" for column in of.columns):
        known["message"] = f"{failure.kind}: {failure.message}"
    return tuple(known.get(column.name) for column in of.columns)


def when_row(transcript: Transcript) -> tuple[str | None, str | None, str | None]:
    """The cells of `WHEN`."""
    return transcript.channel, transcript.started_at, week_of(transcript.started_at)


def counts_row(counts: OutcomeCounts) -> tuple[int, ...]:
    """The cells of `COUNTS`."""
    return counts.met, counts.partial, counts.missed, counts.delayed, counts.open
