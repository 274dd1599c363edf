"""An audit as plain values, and plain values as JSON: the wire format that scripts rely on.

Keys stand in the documented order and never go away within a schema version (reports/result_schema.py says what they
may hold). Internal detail such as cue ids or steps stays out. Every figure comes in rounded; nothing is computed
here. This is in the hot path.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import (
    SCHEMA_VERSION,
    AgentScore,
    Audit,
    Evidence,
    Failure,
    Finding,
    JudgedTurn,
    OutcomeCounts,
    RubricStamp,
    Scores,
)
from empathy_audit.version import __version__

TOOL = "empathy-audit"


def as_json(audit: Audit) -> dict[str, Any]:
    """The result object of one transcript. Mappings are copied, so that changing the result changes no audit."""
    transcript = audit.transcript
    return {
        "schema_version": SCHEMA_VERSION,
        "transcript": {
            "id": transcript.id,
            "source": transcript.source,
            "format": transcript.format,
            "channel": transcript.channel,
            "started_at": transcript.started_at,
            "language": transcript.language,
            "agents": list(transcript.agents),
            "meta": dict(transcript.meta),
        },
        "rubric": stamp_as_json(audit.rubric),
        "tool": {"name": TOOL, "version": audit.tool_version or __version__, "signals": audit.signals},
        "scores": _scores(audit.scores),
        "turns": [_turn(index, judged) for index, judged in enumerate(audit.turns)],
        "findings": [_finding(finding) for finding in audit.findings],
    }


def failure_as_json(failure: Failure) -> dict[str, str]:
    """What could not be judged, and why."""
    return {"source": failure.source, "kind": failure.kind, "message": failure.message}


def stamp_as_json(stamp: RubricStamp) -> dict[str, str]:
    """Which rubric judged."""
    return {"id": stamp.id, "version": stamp.version, "hash": stamp.hash}


def counts_as_json(counts: OutcomeCounts) -> dict[str, int]:
    """How many opportunities ended how."""
    return {
        "met": counts.met,
        "partial": counts.partial,
        "missed": counts.missed,
        "delayed": counts.delayed,
        "open": counts.open,
    }


def dumps(value: Any) -> str:
    """`value` as one line of JSON.

    ASCII only: the same bytes whatever the encoding of the stream, and no control character, line separator or lone
    surrogate of a transcript gets through. What JSON cannot say (NaN in a transcript's `meta`) becomes null; other
    foreign values their text.
    """
    try:
        return json.dumps(value, allow_nan=False, default=str)
    except ValueError:
        return json.dumps(_without_nan(value), allow_nan=False, default=str)


def _scores(scores: Scores) -> dict[str, Any]:
    ratios = scores.ratios
    return {
        "overall": scores.overall,
        "reason": scores.reason,
        "principles": dict(scores.principles),
        "opportunities": counts_as_json(scores.opportunities),
        "ratios": {
            "reflections_per_question": ratios.reflections_per_question,
            "open_question_share": ratios.open_question_share,
            "agent_word_share": ratios.agent_word_share,
        },
        "agents": [_agent(agent) for agent in scores.agents],
    }


def _agent(agent: AgentScore) -> dict[str, Any]:
    return {
        "name": agent.name,
        "overall": agent.overall,
        "principles": dict(agent.principles),
        "opportunities": counts_as_json(agent.opportunities),
    }


def _turn(index: int, judged: JudgedTurn) -> dict[str, Any]:
    turn = judged.turn
    out: dict[str, Any] = {
        "index": index,
        "role": turn.role,
        "speaker": turn.speaker,
        "text": turn.text,
        "source": list(turn.source),
        "at": turn.at,
        "start_ms": turn.start_ms,
        "visibility": turn.visibility,
    }
    if turn.role == "customer":
        found = judged.opportunity
        out["opportunity"] = found and {
            "kind": found.kind,
            "emotion": found.emotion,
            "intensity": found.intensity,
            "evidence": _evidence(found.evidence),
            "outcome": found.outcome,
            "answered_by": found.answered_by,
        }
    elif turn.role == "agent":
        out["tags"] = [
            {
                "tag": tag.tag,
                "principle": tag.principle,
                "marker": tag.marker,
                "confidence": tag.confidence,
                "evidence": _evidence(tag.evidence),
            }
            for tag in judged.tags
        ]
        response = judged.response
        out["response"] = response and {"to": response.to, "level": response.level, "reply": response.reply}
    return out


def _evidence(evidence: Sequence[Evidence]) -> list[dict[str, int]]:
    return [{"start": words.start, "end": words.end} for words in evidence]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "turn": finding.turn,
        "reply_turn": finding.reply_turn,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "evidence": [{"turn": quote.turn, "start": quote.start, "end": quote.end} for quote in finding.evidence],
        "fingerprint": finding.fingerprint,
    }


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    return value
