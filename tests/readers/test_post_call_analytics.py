"""Calls processed by AWS Post-Call Analytics."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, said

SEGMENTS = [
    {"SegmentSpeaker": "spk_1", "SegmentStartTime": 2.5, "SegmentEndTime": 3.25, "OriginalText": "It broke."},
    {
        "SegmentSpeaker": "spk_0",
        "SegmentStartTime": 0.1,
        "SegmentEndTime": 2,
        "OriginalText": "hello",
        "DisplayText": "Hello!",
    },
]


def call(labels: list[tuple[str, str]], **more: Any) -> str:
    head = {
        "GUID": "g-1",
        "LanguageCode": "en-US",
        "ConversationTime": "2026-03-02T10:15:00",
        "SpeakerLabels": [{"Speaker": s, "DisplayText": t} for s, t in labels],
        **more,
    }
    return json.dumps({"ConversationAnalytics": head, "SpeechSegments": SEGMENTS})


def test_a_file_without_segments() -> None:
    assert failed('{"ConversationAnalytics": {}}', "c.json", format="post-call-analytics") == (
        "c.json",
        "malformed",
        "no SpeechSegments; expected a list of segments with DisplayText; export it again",
    )


def test_speakers_are_joined_with_their_labels_and_the_agent_is_named() -> None:
    assert one(call([("spk_0", "Agent"), ("spk_1", "Customer")], Agent="Dana"), "c.json") == Transcript(
        id="g-1",
        turns=(
            Turn("agent", "Hello!", "Dana", start_ms=100, end_ms=2000, source=("#/SpeechSegments/1",)),
            Turn("customer", "It broke.", start_ms=2500, end_ms=3250, source=("#/SpeechSegments/0",)),
        ),
        source="c.json",
        format="post-call-analytics",
        channel="phone",
        started_at="2026-03-02T10:15:00",
        language="en-US",
    )


def test_labels_that_are_names_get_their_role_from_the_head_of_the_file() -> None:
    found = said(call([("spk_0", "Dana"), ("spk_1", "Lee")], Agent="Dana", Cust="Lee"), "c.json")
    assert found == [("agent", "Dana", "Hello!"), ("customer", "Lee", "It broke.")]


def test_several_agents_keep_their_own_names_and_a_later_name_holds() -> None:
    trends = {"spk_1": {"NameOverride": "Sam"}}
    content = call([("spk_0", "Agent 1"), ("spk_1", "Agent 2")], Agents=["Dana", "Sam"], SentimentTrends=trends)
    assert said(content, "c.json") == [("agent", "Agent 1", "Hello!"), ("agent", "Sam", "It broke.")]


def test_a_speaker_without_a_label_stays_unknown() -> None:
    assert said(call([]), "c.json") == [("unknown", "spk_0", "Hello!"), ("unknown", "spk_1", "It broke.")]
