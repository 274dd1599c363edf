"""Recordings processed by Bedrock Data Automation."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, reading, said


def segment(text: str, start: int, speaker: str | None, channel: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "start_timestamp_millis": start,
        "end_timestamp_millis": start + 500,
        "type": "TRANSCRIPT",
        "text": text,
    }
    if speaker:
        found["speaker"] = {"speaker_label": speaker}
    if channel:
        found["channel"] = {"channel_label": channel}
    return found


def recording(*segments: dict[str, Any]) -> str:
    head = {"semantic_modality": "AUDIO", "dominant_asset_language": "EN"}
    whole = {"transcript": {"representation": {"text": "all of it again"}}}
    return json.dumps({"metadata": head, "audio": whole, "audio_segments": list(segments)})


def test_a_result_without_segments() -> None:
    assert failed('{"metadata": {}}', "c.json", format="bedrock-audio") == (
        "c.json",
        "malformed",
        "no audio_segments; expected a list of segments with text; switch the full transcript on",
    )


def test_segments_are_turns_in_time_order_and_the_whole_text_is_not_read_twice() -> None:
    content = recording(segment("It broke.", 900, "spk_0", "ch_0"), segment("Hello!", 0, "spk_1", "ch_0"))
    assert one(content, "c.json") == Transcript(
        id="c.json:1",
        turns=(
            Turn("unknown", "Hello!", "spk_1", start_ms=0, end_ms=500, source=("#/audio_segments/1",)),
            Turn("unknown", "It broke.", "spk_0", start_ms=900, end_ms=1400, source=("#/audio_segments/0",)),
        ),
        source="c.json",
        format="bedrock-audio",
        language="en",
    )


def test_the_agent_is_told_by_the_opening_with_a_stated_confidence() -> None:
    found = reading(
        recording(segment("Thank you for calling, how can I help?", 0, "spk_1"), segment("It broke.", 900, "spk_0"))
    )
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker) for t in transcript.turns] == [("agent", "spk_1"), ("customer", "spk_0")]
    assert transcript.meta == {
        "guessed_roles": {
            "spk_1": {"role": "agent", "confidence": 0.97},
            "spk_0": {"role": "customer", "confidence": 0.97},
        }
    }


def test_a_channel_names_who_has_no_speaker() -> None:
    assert said(recording(segment("Hello!", 0, None, "ch_1")), "c.json") == [("unknown", "ch_1", "Hello!")]
