"""The wire format: keys, their order, and nothing that is not there."""

from __future__ import annotations

import json

from empathy_audit.model.audit import AgentScore, OutcomeCounts, Ratios
from empathy_audit.reports import as_json
from empathy_audit.reports.json_result import dumps
from empathy_audit.version import __version__

from tests.build import audit, finding, opportunity, tag

ONE = audit(
    "customer: I am furious.",
    "agent Dana: Please calm down.",
    "bot: Rate us!",
    opportunities={
        0: opportunity("explicit", "anger", 0.8, "furious", outcome="missed", answered_by=1, cues=["names-anger"])
    },
    tags={1: [tag("counter-empathy", "calm down", marker="calm-down", confidence=0.95)]},
    responses={1: (0, 0, "dismiss")},
    findings=[
        finding(
            "distress-missed", 0, 1, severity="error", suggestion="I hear you.", words={0: "furious", 1: "calm down"}
        )
    ],
    overall=0.0,
    principles={"validation": None, "ownership": 12.5},
    ratios=Ratios(None, 0.5, 0.25),
    agents=[AgentScore("Dana", 0.0, {"validation": None}, OutcomeCounts(missed=1))],
    channel="chat",
    meta={"csat": 2},
    signals="s1",
)

EXPECTED = {
    "schema_version": 1,
    "transcript": {
        "id": "c-1",
        "source": "chats/one.json",
        "format": "native",
        "channel": "chat",
        "started_at": None,
        "language": None,
        "agents": ["Dana"],
        "meta": {"csat": 2},
    },
    "rubric": {"id": "empathy", "version": "1.0.0", "hash": "0123456789abcdef"},
    "tool": {"name": "empathy-audit", "version": __version__, "signals": "s1"},
    "scores": {
        "overall": 0.0,
        "reason": None,
        "principles": {"validation": None, "ownership": 12.5},
        "opportunities": {"met": 0, "partial": 0, "missed": 1, "delayed": 0, "open": 0},
        "ratios": {"reflections_per_question": None, "open_question_share": 0.5, "agent_word_share": 0.25},
        "agents": [
            {
                "name": "Dana",
                "overall": 0.0,
                "principles": {"validation": None},
                "opportunities": {"met": 0, "partial": 0, "missed": 1, "delayed": 0, "open": 0},
            }
        ],
    },
    "turns": [
        {
            "index": 0,
            "role": "customer",
            "speaker": None,
            "text": "I am furious.",
            "source": ["#/turns/0"],
            "at": None,
            "start_ms": None,
            "visibility": "public",
            "opportunity": {
                "kind": "explicit",
                "emotion": "anger",
                "intensity": 0.8,
                "evidence": [{"start": 5, "end": 12}],
                "outcome": "missed",
                "answered_by": 1,
            },
        },
        {
            "index": 1,
            "role": "agent",
            "speaker": "Dana",
            "text": "Please calm down.",
            "source": ["#/turns/1"],
            "at": None,
            "start_ms": None,
            "visibility": "public",
            "tags": [
                {
                    "tag": "counter-empathy",
                    "principle": None,
                    "marker": "calm-down",
                    "confidence": 0.95,
                    "evidence": [{"start": 7, "end": 16}],
                }
            ],
            "response": {"to": 0, "level": 0, "reply": "dismiss"},
        },
        {
            "index": 2,
            "role": "bot",
            "speaker": None,
            "text": "Rate us!",
            "source": ["#/turns/2"],
            "at": None,
            "start_ms": None,
            "visibility": "public",
        },
    ],
    "findings": [
        {
            "code": "distress-missed",
            "severity": "error",
            "confidence": 0.8,
            "turn": 0,
            "reply_turn": 1,
            "message": "the feeling was not acknowledged",
            "suggestion": "I hear you.",
            "evidence": [{"turn": 0, "start": 5, "end": 12}, {"turn": 1, "start": 7, "end": 16}],
            "fingerprint": "distress-missed-0",
        }
    ],
}


def test_the_whole_object_with_its_keys_in_order():
    # Comparing the text compares the order of the keys as well.
    assert json.dumps(as_json(ONE), indent=1) == json.dumps(EXPECTED, indent=1)


def test_changing_the_result_changes_no_audit():
    as_json(ONE)["scores"]["principles"].clear()
    as_json(ONE)["transcript"]["meta"].clear()
    assert as_json(ONE) == EXPECTED


def test_turns_without_anything_say_null():
    turns = as_json(audit("customer: Hello.", "agent: Hi."))["turns"]
    assert [turns[0]["opportunity"], turns[1]["tags"], turns[1]["response"]] == [None, [], None]


def test_what_json_cannot_say_is_null_or_text_and_no_byte_is_beyond_ascii():
    value = {"nan": [float("nan"), 1.5, float("inf")], "text": "é\u2028\ud800", "set": {1}}
    assert dumps(value) == '{"nan": [null, 1.5, null], "text": "\\u00e9\\u2028\\ud800", "set": "{1}"}'
