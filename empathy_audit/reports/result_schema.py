"""What the results may hold, as JSON Schema (draft 2020-12): for those who read `json` and `jsonl`, and for the tests.

They are published as files, in `reports/schemas/`; after a change here, `python -m empathy_audit.reports.result_schema`
writes them anew. Closed: a key that is not described is an error. New keys may come within a schema version; readers
should ignore what they do not know.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

from empathy_audit.model.audit import OUTCOMES, SCHEMA_VERSION, SEVERITIES, Kind, Reason, Reply
from empathy_audit.model.rubric import EMOTIONS
from empathy_audit.model.transcript import ROLES, Visibility
from empathy_audit.reports.schema_words import (
    COUNT,
    DRAFT,
    SHARE,
    STRING,
    TEXT_OR_NULL,
    Schema,
    closed,
    list_of,
    ref,
)

_SCORE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
_INDEX_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
_PRINCIPLES: Schema = {"type": "object", "additionalProperties": _SCORE}
_COUNTS_BY_NAME: Schema = {"type": "object", "additionalProperties": COUNT}


def line_schema() -> Schema:
    """Of a line of `jsonl`: a result or a failure."""
    return {
        "$schema": DRAFT,
        "title": "empathy-audit result line",
        "oneOf": [ref("result"), closed(failure=ref("failure"))],
        "$defs": _definitions(),
    }


def document_schema() -> Schema:
    """Of the document that `json` writes."""
    return {
        "$schema": DRAFT,
        "title": "empathy-audit result document",
        **closed(
            schema_version={"const": SCHEMA_VERSION},
            tool=ref("tool"),
            rubric={"anyOf": [ref("rubric"), {"type": "null"}]},
            transcripts=list_of(ref("result")),
            failures=list_of(ref("failure")),
            summary=ref("summary"),
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "tool": closed(name=STRING, version=STRING, signals=TEXT_OR_NULL),
        "rubric": closed(id=STRING, version=STRING, hash=STRING),
        "failure": closed(source=STRING, kind=STRING, message=STRING),
        "counts": closed(**dict.fromkeys(OUTCOMES, COUNT)),
        "span": closed(start=COUNT, end=COUNT),
        "result": closed(
            schema_version={"const": SCHEMA_VERSION},
            transcript=_transcript(),
            rubric=ref("rubric"),
            tool=ref("tool"),
            scores=ref("scores"),
            turns=list_of({"oneOf": [ref("customer_turn"), ref("agent_turn"), ref("other_turn")]}),
            findings=list_of(_finding()),
        ),
        "scores": _scores(),
        "customer_turn": _turn({"const": "customer"}, opportunity={"oneOf": [{"type": "null"}, _opportunity()]}),
        "agent_turn": _turn(
            {"const": "agent"}, tags=list_of(_tag()), response={"oneOf": [{"type": "null"}, _response()]}
        ),
        "other_turn": _turn({"enum": [role for role in ROLES if role not in ("customer", "agent")]}),
        "summary": _summary(),
    }


def _transcript() -> Schema:
    return closed(
        id=STRING,
        source=STRING,
        format=STRING,
        channel=TEXT_OR_NULL,
        started_at=TEXT_OR_NULL,
        language=TEXT_OR_NULL,
        agents=list_of(STRING),
        meta={"type": "object"},
    )


def _scores() -> Schema:
    ratio: Schema = {"type": ["number", "null"], "minimum": 0}
    share: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    return {
        **closed(
            overall=_SCORE,
            reason={"enum": [*get_args(Reason), None]},
            principles=_PRINCIPLES,
            opportunities=ref("counts"),
            ratios=closed(reflections_per_question=ratio, open_question_share=share, agent_word_share=share),
            agents=list_of(closed(name=STRING, overall=_SCORE, principles=_PRINCIPLES, opportunities=ref("counts"))),
        ),
        # A score without a figure says why, and only such a one.
        "if": {"properties": {"overall": {"type": "null"}}},
        "then": {"properties": {"reason": STRING}},
        "else": {"properties": {"reason": {"type": "null"}}},
    }


def _turn(role: Schema, **more: Schema) -> Schema:
    return closed(
        index=COUNT,
        role=role,
        speaker=TEXT_OR_NULL,
        text=STRING,
        source=list_of(STRING),
        at=TEXT_OR_NULL,
        start_ms={"type": ["integer", "null"]},
        visibility={"enum": list(get_args(Visibility))},
        **more,
    )


def _opportunity() -> Schema:
    return closed(
        kind={"enum": list(get_args(Kind))},
        emotion={"enum": [*EMOTIONS, None]},
        intensity=SHARE,
        evidence=list_of(ref("span")),
        outcome={"enum": [*OUTCOMES, None]},
        answered_by=_INDEX_OR_NULL,
    )


def _tag() -> Schema:
    return closed(tag=STRING, principle=TEXT_OR_NULL, marker=STRING, confidence=SHARE, evidence=list_of(ref("span")))


def _response() -> Schema:
    level: Schema = {"type": "integer", "minimum": 0, "maximum": 5}
    return closed(to=COUNT, level=level, reply={"enum": list(get_args(Reply))})


def _finding() -> Schema:
    return closed(
        code=STRING,
        severity={"enum": list(SEVERITIES)},
        confidence=SHARE,
        turn=COUNT,
        reply_turn=_INDEX_OR_NULL,
        message=STRING,
        suggestion=STRING,
        evidence=list_of(closed(turn=COUNT, start=COUNT, end=COUNT)),
        fingerprint=STRING,
    )


def _summary() -> Schema:
    return closed(
        conversations=COUNT,
        scored=COUNT,
        failures=COUNT,
        skipped=COUNT,
        mean=_SCORE,
        principles=_PRINCIPLES,
        opportunities=ref("counts"),
        findings=_COUNTS_BY_NAME,
        unscored=_COUNTS_BY_NAME,
        agents=list_of(
            closed(
                name=STRING, conversations=COUNT, overall=_SCORE, principles=_PRINCIPLES, opportunities=ref("counts")
            )
        ),
    )


def published() -> dict[str, str]:
    """The schemas as they are published: file name and content."""
    schemas = {"result-line.schema.json": line_schema(), "result-document.schema.json": document_schema()}
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    folder = Path(__file__).parent / "schemas"
    folder.mkdir(exist_ok=True)
    for name, text in published().items():
        (folder / name).write_text(text, encoding="utf-8")
