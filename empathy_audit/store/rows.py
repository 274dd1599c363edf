"""Outcomes → rows of the tables, in columns, as they are going to be inserted.

The text of a column is Unicode that any reader takes: a lone surrogate of a transcript is `�` there. `result` has it as it was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Audit, Failure, JudgedTurn, OutcomeCounts
from empathy_audit.model.transcript import Transcript
from empathy_audit.weeks import week_of

Row = tuple[Any, ...]
_SURROGATE = re.compile("[\ud800-\udfff]")
OPENING = 20
"""Characters from which on a turn of the customer tells one conversation from another."""


def rows_of(audit: Audit, number: int, result: str) -> Iterator[tuple[str, Row]]:
    """Tables and rows of an audit, the `number`-th of its run from 0, whose JSON line is `result`.

    Columns that the run fills in (run_id, occurrence, version) are missing from the row of `audits`, as schema.py orders them.
    """
    transcript, scores = audit.transcript, audit.scores
    week = week_of(transcript.started_at)
    yield (
        "audits",
        (
            number,
            fingerprint(transcript),
            clean(transcript.id),
            clean(transcript.source),
            transcript.format,
            clean(transcript.channel),
            clean(transcript.language),
            clean(transcript.started_at),
            (transcript.started_at or "").strip()[:10] if week else None,
            week,
            scores.overall,
            scores.reason,
            *_counts(scores.opportunities),
            len(audit.turns),
            [clean(name) for name in transcript.agents],
            audit.signals,
            result.rstrip("\n"),
        ),
    )
    yield from (("principles", (number, None, *pair)) for pair in scores.principles.items())
    for agent in scores.agents:
        name = clean(agent.name)
        yield "agents", (number, name, agent.overall, *_counts(agent.opportunities))
        yield from (("principles", (number, name, *pair)) for pair in agent.principles.items())
    yield from (("turns", _turn(number, index, judged)) for index, judged in enumerate(audit.turns))
    for f in audit.findings:
        texts = clean(f.message), clean(f.suggestion), f.fingerprint
        yield "findings", (number, f.code, f.severity, f.confidence, f.turn, f.reply_turn, *texts)


def failure_row(failure: Failure) -> Row:
    """The row of a failure, without its run."""
    return clean(failure.source), failure.kind, clean(failure.message)


def _turn(number: int, index: int, judged: JudgedTurn) -> Row:
    turn, found, response = judged.turn, judged.opportunity, judged.response
    return (
        number,
        index,
        turn.role,
        clean(turn.speaker),
        turn.visibility,
        clean(turn.at),
        clean(turn.text),
        found and found.kind,
        found and found.emotion,
        found and found.intensity,
        found and found.outcome,
        found and found.answered_by,
        list(dict.fromkeys(tag.tag for tag in judged.tags)),
        response and response.to,
        response and response.reply,
        response and response.level,
    )


def _counts(counts: OutcomeCounts) -> tuple[int, ...]:
    return counts.met, counts.partial, counts.missed, counts.delayed, counts.open


def fingerprint(transcript: Transcript) -> str:
    """What tells a conversation from others: its id, when it started, and how the customer began. Never where its file lies.

    A conversation that has grown keeps it; another one in a file of the same name has another. A customer's turn that is too
    short to tell is taken together with the next.
    """
    digest = hashlib.sha256()
    opening = []
    for turn in transcript.turns:
        if turn.role == "customer" and turn.spoken:
            opening.append(turn.text)
            if len(turn.text) >= OPENING:
                break
    for part in (transcript.id, transcript.started_at or "", *(opening or [turn.text for turn in transcript.turns])):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def clean(text: str | None) -> str | None:
    """The text without lone surrogates, which no database takes."""
    return text if text is None or text.isascii() else _SURROGATE.sub("\ufffd", text)


def columns(rows: Mapping[str, list[Row]]) -> dict[str, list[list[Any]]]:
    """The same, a list a column."""
    return {table: [list(column) for column in zip(*these, strict=True)] for table, these in rows.items()}
