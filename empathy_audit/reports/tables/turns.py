"""One row a turn, in order, with what was found in it."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Audit, Failure, JudgedTurn
from empathy_audit.reports.places import place
from empathy_audit.reports.tables.base import (
    CONVERSATION,
    MESSAGE,
    RECORD,
    SEPARATOR,
    SOURCE,
    WHEN,
    Column,
    Row,
    Table,
    failure_row,
    when_row,
)


def _turns(outcome: Audit | Failure) -> Iterator[Row]:
    if isinstance(outcome, Failure):
        yield failure_row(TURNS, outcome)
        return
    transcript = outcome.transcript
    when = when_row(transcript)
    for index, judged in enumerate(outcome.turns):
        turn, found, response = judged.turn, judged.opportunity, judged.response
        yield (
            "turn",
            place(transcript, index),
            transcript.id,
            _agent_of_turn(outcome, judged),
            *when,
            index,
            turn.role,
            turn.speaker,
            turn.visibility,
            turn.at,
            turn.start_ms,
            turn.text,
            found and found.kind,
            found and found.emotion,
            found and found.intensity,
            found and found.outcome,
            found and found.counted,
            found and found.answered_by,
            SEPARATOR.join(dict.fromkeys(tag.tag for tag in judged.tags)) or None,
            response and response.to,
            response and response.reply,
            response and response.level,
            None,
        )


TURNS = Table(
    "turns",
    (
        RECORD,
        SOURCE,
        CONVERSATION,
        Column("agent", "text", "who speaks, or on a customer's turn who answered its opportunity"),
        *WHEN,
        Column("turn", "whole", "index of the turn, from 0"),
        Column("role", "text", "customer, agent, bot, system, unknown"),
        Column("speaker", "text", "name of who speaks"),
        Column("visibility", "text", "public or internal"),
        Column("at", "text", "when it was said, as the file gave it"),
        Column("start_ms", "whole", "milliseconds from the start"),
        Column("text", "text", "what was said"),
        Column("kind", "text", "implicit or explicit opportunity"),
        Column("emotion", "text", "what the customer showed"),
        Column("intensity", "number", "0 to 1"),
        Column("outcome", "text", "met, partial, missed, delayed, open"),
        Column("counted", "flag", "whether a score rests on the opportunity"),
        Column("answered_by", "whole", "index of the answering turn"),
        Column("tags", "text", "what was found in an agent's turn"),
        Column("reply_to", "whole", "index of the turn that this one answers"),
        Column("reply", "text", "ack, ask, solve, ignore, dismiss"),
        Column("level", "whole", "how well it answers, 0 to 5"),
        MESSAGE,
    ),
    _turns,
)


def _agent_of_turn(audit: Audit, judged: JudgedTurn) -> str | None:
    """Who speaks, or who answered the opportunity of a customer's turn: the one who is charged for it."""
    if judged.turn.role == "agent":
        return judged.turn.speaker
    found = judged.opportunity
    if found is None or found.outcome is None or found.answered_by is None:
        return None
    return audit.turns[found.answered_by].turn.speaker
