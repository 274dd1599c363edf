"""Frames of conversations → frames of results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from empathy_audit import rubric as rubrics
from empathy_audit.batch.judging import TIME_LIMIT, Bench, make_auditor
from empathy_audit.batch.standing import judged, packed
from empathy_audit.conclusion import Conclusion
from empathy_audit.errors import InputError
from empathy_audit.frames.kinds import Frame, taken
from empathy_audit.frames.rows import Columns, HowToRead, conversations
from empathy_audit.model.audit import Failure
from empathy_audit.model.rubric import Rubric
from empathy_audit.readers import Speakers
from empathy_audit.redaction import Redactor, redactor
from empathy_audit.reports import arrow
from empathy_audit.reports.base import Rows
from empathy_audit.reports.tables import TABLES, Row, Table

ROWS_OF_FRAMES: tuple[Rows, ...] = tuple(one.name for one in TABLES if one.of_batch is None)
"""The kinds of rows that come out. Agents are none: their figures need all conversations, and engines group by themselves."""

_AT_ONCE = 10_000
"""Rows in a frame that comes out; a conversation is never cut, so there may be some more."""


def audit_batches(
    frames: Iterable[Any],
    rubric: Rubric | str | PathLike[str] = "empathy",
    *,
    rows: Rows = "conversations",
    column: str | None = None,
    format: str | None = "native",  # noqa: A002 - the word of the command line
    agents: Sequence[str] = (),
    customers: Sequence[str] = (),
    signals: str | PathLike[str] | None = None,
    redact: str = "off",
    time_limit: float = TIME_LIMIT,
) -> Iterator[Any]:
    """Judge what stands in the frames; frames of the same kind come back, all with the columns that `schema(rows)` tells.

    A frame is a RecordBatch or Table of Arrow or a DataFrame of pandas or Polars. It has a conversation a row, in
    `column` (by itself `transcript`), or a turn a row, with the column names that tables may have (`conversation_id`,
    `role`, `text` and others); then the rows of a conversation stand together, and may go on in the next frame. Whatever
    cannot be judged is a row with `failure` in `record`. Memory holds one frame and one conversation. What judges is
    built once in a process and kept.

    Args:
        frames: an iterator of frames, as `mapInArrow` and `mapInPandas` give it.
        rubric: what to judge by: a Rubric, or a name or file.
        rows: what a row is: findings, turns or conversations.
        column: the column that holds conversations.
        format: what they are: a reader's name, or None to tell by content.
        agents: names or labels of people who are agents.
        customers: names or labels of people who are customers.
        signals: a weights file instead of the shipped one.
        redact: `built-in` or `presidio` masks names and numbers in all that comes out; `off`.
        time_limit: seconds of processor time for one conversation.

    Raises:
        InputError: a frame is none, or has not the columns; or there is no such kind of rows.
        RubricError: the rubric cannot be used.
        MissingPackageError: it needs a package that is not installed; pyarrow is always needed.
    """
    of = _table(rows)
    if not hasattr(frames, "__iter__") or hasattr(frames, "columns"):
        raise InputError("one frame was given; expected an iterator of them; put it into a list: [frame]")
    given = rubric if isinstance(rubric, Rubric) else rubrics.load(fspath(rubric))
    weights, mask = None if signals is None else Path(signals).resolve(), redactor(redact)
    bench = Bench(given, weights, make_auditor, time_limit, conclude=Conclusion(mask, line=False, audit=True))
    arrow.schema(of.columns)  # what is missing is told before anything is judged
    how = HowToRead(column, format, Speakers(tuple(agents), tuple(customers)))
    return _audited(frames, how, packed(bench), mask, of)


def _audited(frames: Iterable[Any], how: HowToRead, order: bytes, mask: Redactor, of: Table) -> Iterator[Any]:
    last: list[Frame] = []  # the frame that was taken last: what comes out is of its kind
    held: list[Row] = []
    done, empty = 0, True
    for at, item in conversations(_watched(frames, last), how):
        if held and (at != done or len(held) >= _AT_ONCE):
            yield from last[0].give(arrow.table(of.columns, held))
            held, empty = [], False
        done = at
        for outcome in judged([item], order):
            held.extend(of.rows(mask.failure(outcome) if isinstance(outcome, Failure) else outcome.audit))
    if last and (held or empty):  # no rows are a frame as well, for whoever needs its columns
        yield from last[0].give(arrow.table(of.columns, held))


def _table(rows: str) -> Table:
    for one in TABLES:
        if one.name == rows and rows in ROWS_OF_FRAMES:
            return one
    raise InputError(f"no rows {rows} come out of frames; expected {', '.join(ROWS_OF_FRAMES)}")


def _watched(frames: Iterable[Any], last: list[Frame]) -> Iterator[Columns]:
    for given in frames:
        last[:] = [taken(given)]
        yield last[0].columns
