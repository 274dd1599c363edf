"""Calls of Amazon Transcribe Call Analytics."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one


def spoken(role: str, content: str, start: int) -> dict[str, Any]:
    return {
        "Id": f"t{start}",
        "ParticipantRole": role,
        "Content": content,
        "BeginOffsetMillis": start,
        "EndOffsetMillis": start + 500,
        "Items": [{"Type": "pronunciation", "Content": w} for w in content.split()],
    }


CALL: dict[str, Any] = {
    "JobName": "call-7",
    "JobStatus": "COMPLETED",
    "LanguageCode": "en-GB",
    "Channel": "VOICE",
    "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
    "Transcript": [spoken("AGENT", "Hello!", 40), spoken("CUSTOMER", "It broke.", 700)],
}


def test_a_job_that_is_not_done() -> None:
    assert failed('{"JobName": "call-7", "JobStatus": "FAILED"}', "c.json", format="call-analytics") == (
        "c.json",
        "malformed",
        "no Transcript (the job is FAILED); expected a list of items with Content; fetch the result again",
    )


def test_roles_stand_on_the_items_and_words_are_not_read_twice() -> None:
    assert one(json.dumps(CALL), "c.json") == Transcript(
        id="call-7",
        turns=(
            Turn("agent", "Hello!", start_ms=40, end_ms=540, source=("#/Transcript/0",)),
            Turn("customer", "It broke.", start_ms=700, end_ms=1200, source=("#/Transcript/1",)),
        ),
        source="c.json",
        format="call-analytics",
        channel="phone",
        language="en-GB",
    )


def test_an_item_without_a_role_stays_unknown() -> None:
    bare = {**CALL, "Transcript": [{"Content": "Hm.", "BeginOffsetMillis": 1}]}
    assert one(json.dumps(bare), "c.json").turns == (Turn("unknown", "Hm.", start_ms=1, source=("#/Transcript/0",)),)
