"""What the results may hold, as JSON Schema (draft 2020-12): for those who read `json` and `jsonl`, and for the tests.

They are published as files, in `reports/schemas/`; after a change here, `python -m empathy_audit.reports.result_schema`
writes them anew. Closed: a key that is not described is an error. New keys may come within a schema version; readers
should ignore what they do not know.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from empathy_audit.model.audit import OUTCOMES, SCHEMA_VERSION, SEVERITIES, Kind, Reason, Reply
from empathy_audit.model.rubric import EMOTIONS
from empathy_audit.model.transcript import ROLES, Visibility

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_STRING: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SCORE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_INDEX_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
_PRINCIPLES: Schema = {"type": "object", "additionalProperties": _SCORE}
_COUNTS_BY_NAME: Schema = {"type": "object", "additionalProperties": _COUNT}


def line_schema() -> Schema:
    """Of a line of `jsonl`: a result or a failure."""
    return {
        "$schema": DRAFT,
        "title": "empathy-audit result line",
        "oneOf": [_ref("result"), _object(failure=_ref("failure"))],
        "$defs": _definitions(),
    }


def document_schema() -> Schema:
    """Of the document that `json` writes."""
    return {
        "$schema": DRAFT,
        "title": "empathy-audit result document",
        **_object(
            schema_version={"const": SCHEMA_VERSION},
            tool=_ref("tool"),
            rubric={"anyOf": [_ref("rubric"), {"type": "null"}]},
            transcripts=_list(_ref("result")),
            failures=_list(_ref("failure")),
            summary=_ref("summary"),
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "tool": _object(name=_STRING, version=_STRING, signals=_TEXT_OR_NULL),
        "rubric": _object(id=_STRING, version=_STRING, hash=_STRING),
        "failure": _object(source=_STRING, kind=_STRING, message=_STRING),
        "counts": _object(**dict.fromkeys(OUTCOMES, _COUNT)),
        "span": _object(start=_COUNT, end=_COUNT),
        "result": _object(
            schema_version={"const": SCHEMA_VERSION},
            transcript=_transcript(),
            rubric=_ref("rubric"),
            tool=_ref("tool"),
            scores=_ref("scores"),
            turns=_list({"oneOf": [_ref("customer_turn"), _ref("agent_turn"), _ref("other_turn")]}),
            findings=_list(_finding()),
        ),
        "scores": _scores(),
        "customer_turn": _turn({"const": "customer"}, opportunity={"oneOf": [{"type": "null"}, _opportunity()]}),
        "agent_turn": _turn(
            {"const": "agent"}, tags=_list(_tag()), response={"oneOf": [{"type": "null"}, _response()]}
        ),
        "other_turn": _turn({"enum": [role for role in ROLES if role not in ("customer", "agent")]}),
        "summary": _summary(),
    }


def _transcript() -> Schema:
    return _object(
        id=_STRING,
        source=_STRING,
        format=_STRING,
        channel=_TEXT_OR_NULL,
        started_at=_TEXT_OR_NULL,
        language=_TEXT_OR_NULL,
        agents=_list(_STRING),
        meta={"type": "object"},
    )


def _scores() -> Schema:
    ratio: Schema = {"type": ["number", "null"], "minimum": 0}
    share: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    return {
        **_object(
            overall=_SCORE,
            reason={"enum": [*get_args(Reason), None]},
            principles=_PRINCIPLES,
            opportunities=_ref("counts"),
            ratios=_object(reflections_per_question=ratio, open_question_share=share, agent_word_share=share),
            agents=_list(_object(name=_STRING, overall=_SCORE, principles=_PRINCIPLES, opportunities=_ref("counts"))),
        ),
        # A score without a figure says why, and only such a one.
        "if": {"properties": {"overall": {"type": "null"}}},
        "then": {"properties": {"reason": _STRING}},
        "else": {"properties": {"reason": {"type": "null"}}},
    }


def _turn(role: Schema, **more: Schema) -> Schema:
    return _object(
        index=_COUNT,
        role=role,
        speaker=_TEXT_OR_NULL,
        text=_STRING,
        source=_list(_STRING),
        at=_TEXT_OR_NULL,
        start_ms={"type": ["integer", "null"]},
        visibility={"enum": list(get_args(Visibility))},
        **more,
    )


def _opportunity() -> Schema:
    return _object(
        kind={"enum": list(get_args(Kind))},
        emotion={"enum": [*EMOTIONS, None]},
        intensity=_SHARE,
        evidence=_list(_ref("span")),
        outcome={"enum": [*OUTCOMES, None]},
        answered_by=_INDEX_OR_NULL,
    )


def _tag() -> Schema:
    return _object(
        tag=_STRING, principle=_TEXT_OR_NULL, marker=_STRING, confidence=_SHARE, evidence=_list(_ref("span"))
    )


def _response() -> Schema:
    level: Schema = {"type": "integer", "minimum": 0, "maximum": 5}
    return _object(to=_COUNT, level=level, reply={"enum": list(get_args(Reply))})


def _finding() -> Schema:
    return _object(
        code=_STRING,
        severity={"enum": list(SEVERITIES)},
        confidence=_SHARE,
        turn=_COUNT,
        reply_turn=_INDEX_OR_NULL,
        message=_STRING,
        suggestion=_STRING,
        evidence=_list(_object(turn=_COUNT, start=_COUNT, end=_COUNT)),
        fingerprint=_STRING,
    )


def _summary() -> Schema:
    return _object(
        conversations=_COUNT,
        scored=_COUNT,
        failures=_COUNT,
        skipped=_COUNT,
        mean=_SCORE,
        principles=_PRINCIPLES,
        opportunities=_ref("counts"),
        findings=_COUNTS_BY_NAME,
        unscored=_COUNTS_BY_NAME,
        agents=_list(
            _object(
                name=_STRING, conversations=_COUNT, overall=_SCORE, principles=_PRINCIPLES, opportunities=_ref("counts")
            )
        ),
    )


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def published() -> dict[str, str]:
    """The schemas as they are published: file name and content."""
    schemas = {"result-line.schema.json": line_schema(), "result-document.schema.json": document_schema()}
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    folder = Path(__file__).parent / "schemas"
    folder.mkdir(exist_ok=True)
    for name, text in published().items():
        (folder / name).write_text(text, encoding="utf-8")
