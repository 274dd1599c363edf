"""An audit as one line of JSON, written straight from its values.

The same bytes as `dumps(as_json(audit))` (json_result.py, which says what the keys are) at a third of the cost: a general
encoder looks at every key and value of every turn anew. This is in the hot path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring_ascii as _text
from math import isfinite

from empathy_audit.model.audit import (
    SCHEMA_VERSION,
    AgentScore,
    Audit,
    Evidence,
    Finding,
    JudgedTurn,
    Opportunity,
    OutcomeCounts,
    Response,
    Scores,
    Tag,
)
from empathy_audit.model.transcript import Transcript
from empathy_audit.reports.json_result import TOOL, dumps
from empathy_audit.version import __version__

_TOOL = f'"tool": {{"name": {_text(TOOL)}, "version": '


def result_line(audit: Audit) -> str:
    """The result object of one transcript as JSON, ASCII only and without a line break."""
    stamp = audit.rubric
    turns = ", ".join([_turn(index, judged) for index, judged in enumerate(audit.turns)])
    return (
        f'{{"schema_version": {SCHEMA_VERSION}, "transcript": {_transcript(audit.transcript)}, '
        f'"rubric": {{"id": {_text(stamp.id)}, "version": {_text(stamp.version)}, "hash": {_text(stamp.hash)}}}, '
        f'{_TOOL}{_text(audit.tool_version or __version__)}, "signals": {_words(audit.signals)}}}, '
        f'"scores": {_scores(audit.scores)}, "turns": [{turns}], "findings": [{", ".join(map(_finding, audit.findings))}]}}'
    )


def _words(value: str | None) -> str:
    return "null" if value is None else _text(value)


def _whole(value: int | None) -> str:
    return "null" if value is None else str(value)


def _number(value: float | None) -> str:
    return "null" if value is None or not isfinite(value) else repr(value)


def _transcript(transcript: Transcript) -> str:
    meta = dumps(dict(transcript.meta)) if transcript.meta else "{}"
    return (
        f'{{"id": {_text(transcript.id)}, "source": {_text(transcript.source)}, "format": {_text(transcript.format)}, '
        f'"channel": {_words(transcript.channel)}, "started_at": {_words(transcript.started_at)}, '
        f'"language": {_words(transcript.language)}, "agents": [{", ".join(map(_text, transcript.agents))}], '
        f'"meta": {meta}}}'
    )


def _scores(scores: Scores) -> str:
    ratios = scores.ratios
    return (
        f'{{"overall": {_number(scores.overall)}, "reason": {_words(scores.reason)}, '
        f'"principles": {_principles(scores.principles)}, "opportunities": {_counts(scores.opportunities)}, '
        f'"ratios": {{"reflections_per_question": {_number(ratios.reflections_per_question)}, '
        f'"open_question_share": {_number(ratios.open_question_share)}, '
        f'"agent_word_share": {_number(ratios.agent_word_share)}}}, "agents": [{", ".join(map(_agent, scores.agents))}]}}'
    )


def _principles(scores: Mapping[str, float | None]) -> str:
    return "{" + ", ".join([f"{_text(principle)}: {_number(score)}" for principle, score in scores.items()]) + "}"


def _counts(counts: OutcomeCounts) -> str:
    return (
        f'{{"met": {counts.met}, "partial": {counts.partial}, "missed": {counts.missed}, '
        f'"delayed": {counts.delayed}, "open": {counts.open}}}'
    )


def _agent(agent: AgentScore) -> str:
    return (
        f'{{"name": {_text(agent.name)}, "overall": {_number(agent.overall)}, '
        f'"principles": {_principles(agent.principles)}, "opportunities": {_counts(agent.opportunities)}}}'
    )


def _turn(index: int, judged: JudgedTurn) -> str:
    turn = judged.turn
    role = turn.role
    if role == "customer":
        found = f', "opportunity": {_opportunity(judged.opportunity)}'
    elif role == "agent":
        found = f', "tags": [{", ".join(map(_tag, judged.tags))}], "response": {_response(judged.response)}'
    else:
        found = ""
    return (
        f'{{"index": {index}, "role": {_text(role)}, "speaker": {_words(turn.speaker)}, "text": {_text(turn.text)}, '
        f'"source": [{", ".join(map(_text, turn.source))}], "at": {_words(turn.at)}, "start_ms": {_whole(turn.start_ms)}, '
        f'"visibility": {_text(turn.visibility)}{found}}}'
    )


def _opportunity(found: Opportunity | None) -> str:
    if found is None:
        return "null"
    return (
        f'{{"kind": {_text(found.kind)}, "emotion": {_words(found.emotion)}, "intensity": {_number(found.intensity)}, '
        f'"evidence": [{_evidence(found.evidence)}], "outcome": {_words(found.outcome)}, '
        f'"answered_by": {_whole(found.answered_by)}}}'
    )


def _tag(tag: Tag) -> str:
    return (
        f'{{"tag": {_text(tag.tag)}, "principle": {_words(tag.principle)}, "marker": {_text(tag.marker)}, '
        f'"confidence": {_number(tag.confidence)}, "evidence": [{_evidence(tag.evidence)}]}}'
    )


def _response(response: Response | None) -> str:
    if response is None:
        return "null"
    return f'{{"to": {response.to}, "level": {response.level}, "reply": {_text(response.reply)}}}'


def _evidence(evidence: Sequence[Evidence]) -> str:
    return ", ".join([f'{{"start": {words.start}, "end": {words.end}}}' for words in evidence])


def _finding(finding: Finding) -> str:
    evidence = ", ".join(
        [f'{{"turn": {quote.turn}, "start": {quote.start}, "end": {quote.end}}}' for quote in finding.evidence]
    )
    return (
        f'{{"code": {_text(finding.code)}, "severity": {_text(finding.severity)}, '
        f'"confidence": {_number(finding.confidence)}, "turn": {finding.turn}, "reply_turn": {_whole(finding.reply_turn)}, '
        f'"message": {_text(finding.message)}, "suggestion": {_text(finding.suggestion)}, "evidence": [{evidence}], '
        f'"fingerprint": {_text(finding.fingerprint)}}}'
    )
