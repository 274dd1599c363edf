"""One row an agent over the whole batch."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.reports.tables.base import (
    AGENT,
    COUNTS,
    MESSAGE,
    RECORD,
    Column,
    Row,
    Table,
    counts_row,
    failure_row,
)


def _agents(outcome: Audit | Failure) -> Iterator[Row]:
    if isinstance(outcome, Failure):
        yield failure_row(AGENTS, outcome)


def _agents_of_batch(batch: Batch) -> Iterator[Row]:
    for agent in batch.summary.agents:
        yield (
            "agent",
            None,
            agent.name,
            agent.conversations,
            agent.overall,
            *counts_row(agent.opportunities),
            agent.principles,
            None,
        )


AGENTS = Table(
    "agents",
    (
        RECORD,
        Column("source", "text", "of a failure, the file"),
        AGENT,
        Column("conversations", "whole", "conversations with a part of this agent"),
        Column("overall", "number", "mean over these, 0 to 100"),
        *COUNTS,
        Column("principles", "scores", "0 to 100 by principle, means over the conversations"),
        MESSAGE,
    ),
    _agents,
    _agents_of_batch,
)
