"""One row a finding: what to act on, with both sides in full."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Audit, Failure, Finding
from empathy_audit.reports.places import place
from empathy_audit.reports.tables.base import (
    AGENT,
    CONVERSATION,
    RECORD,
    SOURCE,
    WHEN,
    Column,
    Row,
    Table,
    failure_row,
    when_row,
)


def _findings(outcome: Audit | Failure) -> Iterator[Row]:
    if isinstance(outcome, Failure):
        yield failure_row(FINDINGS, outcome)
        return
    transcript = outcome.transcript
    when = when_row(transcript)
    for finding in outcome.findings:
        opportunity = outcome.turns[finding.turn].opportunity
        yield (
            "finding",
            place(transcript, finding.turn),
            transcript.id,
            _agent_of_finding(outcome, finding),
            *when,
            finding.code,
            finding.severity,
            finding.confidence,
            opportunity and opportunity.kind,
            opportunity and opportunity.emotion,
            opportunity and opportunity.intensity,
            finding.turn,
            finding.reply_turn,
            finding.message,
            finding.suggestion,
            outcome.turns[finding.turn].turn.text,
            None if finding.reply_turn is None else outcome.turns[finding.reply_turn].turn.text,
            finding.fingerprint,
        )


FINDINGS = Table(
    "findings",
    (
        RECORD,
        SOURCE,
        CONVERSATION,
        AGENT,
        *WHEN,
        Column("code", "text", "code of the finding; of a failure its kind"),
        Column("severity", "text", "error, warning, suggestion"),
        Column("confidence", "number", "0 to 1"),
        Column("kind", "text", "implicit or explicit opportunity"),
        Column("emotion", "text", "what the customer showed"),
        Column("intensity", "number", "0 to 1"),
        Column("turn", "whole", "index of the turn, from 0"),
        Column("reply_turn", "whole", "index of the answering turn"),
        Column("message", "text", "what is wrong; of a failure, why it could not be judged"),
        Column("suggestion", "text", "a wording that would have fitted"),
        Column("text", "text", "the turn, whole"),
        Column("reply_text", "text", "the answering turn, whole"),
        Column("fingerprint", "text", "names the finding for good"),
    ),
    _findings,
)


def _agent_of_finding(audit: Audit, finding: Finding) -> str | None:
    """Whose answer it is, or whose words."""
    turn = finding.turn if finding.reply_turn is None else finding.reply_turn
    return audit.turns[turn].turn.speaker if audit.turns[turn].turn.role == "agent" else None
