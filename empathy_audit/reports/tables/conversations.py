"""One row a conversation: its scores and counts."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import SEVERITIES, Audit, Failure
from empathy_audit.reports.tables.base import (
    CONVERSATION,
    COUNTS,
    MESSAGE,
    RECORD,
    SEPARATOR,
    SOURCE,
    WHEN,
    Column,
    Row,
    Table,
    counts_row,
    failure_row,
    when_row,
)

_GRAVEST_FIRST = tuple(reversed(SEVERITIES))


def _conversations(outcome: Audit | Failure) -> Iterator[Row]:
    if isinstance(outcome, Failure):
        yield failure_row(CONVERSATIONS, outcome)
        return
    transcript, scores = outcome.transcript, outcome.scores
    yield (
        "conversation",
        transcript.source,
        transcript.id,
        SEPARATOR.join(transcript.agents) or None,
        *when_row(transcript),
        transcript.format,
        transcript.language,
        len(outcome.turns),
        scores.overall,
        scores.reason,
        *counts_row(scores.opportunities),
        *(sum(finding.severity == severity for finding in outcome.findings) for severity in _GRAVEST_FIRST),
        scores.ratios.reflections_per_question,
        scores.ratios.open_question_share,
        scores.ratios.agent_word_share,
        scores.principles,
        outcome.rubric.id,
        outcome.rubric.version,
        outcome.rubric.hash,
        None,
    )


CONVERSATIONS = Table(
    "conversations",
    (
        RECORD,
        SOURCE,
        CONVERSATION,
        Column("agents", "text", "names of the agents, in order of appearance"),
        *WHEN,
        Column("format", "text", "what it was read as"),
        Column("language", "text", "language of the conversation"),
        Column("turns", "whole", "number of turns"),
        Column("overall", "number", "0 to 100; empty where nothing could be judged"),
        Column("reason", "text", "why there is no score"),
        *COUNTS,
        *(Column(f"{name}s", "whole", f"findings of severity {name}") for name in _GRAVEST_FIRST),
        Column("reflections_per_question", "number", "reflections for each question"),
        Column("open_question_share", "number", "open questions among all, 0 to 1"),
        Column("agent_word_share", "number", "the agents' share of the words, 0 to 1"),
        Column("principles", "scores", "0 to 100 by principle"),
        Column("rubric", "text", "id of the rubric"),
        Column("rubric_version", "text", "its version"),
        Column("rubric_hash", "text", "its content hash"),
        MESSAGE,
    ),
    _conversations,
)
