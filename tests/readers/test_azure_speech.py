"""Recordings transcribed by Azure Speech."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, reading, said


def phrase(display: str, ticks: float, **more: Any) -> dict[str, Any]:
    """A phrase of batch transcription, half a second long."""
    return {
        "recognitionStatus": "Success",
        "channel": 0,
        "offset": "PT1S",
        "offsetInTicks": ticks,
        "durationInTicks": 5_000_000.0,
        "nBest": [{"confidence": 0.9, "lexical": display.lower(), "display": display}, {"display": "other"}],
        **more,
    }


def test_a_file_without_phrases() -> None:
    assert failed('{"source": "a.wav"}', "c.json", format="azure-speech") == (
        "c.json",
        "malformed",
        "no phrases; expected recognizedPhrases or phrases; fetch the result file again",
    )


def test_phrases_of_two_channels_are_put_in_time_order() -> None:
    rows = [
        phrase("Hello!", 700_000),
        phrase("Oh no.", 25_000_000),
        phrase("It broke.", 9_000_000, channel=1),
        phrase("", 30_000_000, channel=1, recognitionStatus="InitialSilenceTimeout"),
    ]
    found = reading(
        json.dumps({"source": "a.wav", "combinedRecognizedPhrases": [], "recognizedPhrases": rows}), "c.json"
    )
    (transcript,) = found
    assert transcript == Transcript(
        id="c.json:1",
        turns=(
            Turn("unknown", "Hello!", "channel 0", start_ms=70, end_ms=570, source=("#/recognizedPhrases/0",)),
            Turn("unknown", "It broke.", "channel 1", start_ms=900, end_ms=1400, source=("#/recognizedPhrases/2",)),
            Turn("unknown", "Oh no.", "channel 0", start_ms=2500, end_ms=3000, source=("#/recognizedPhrases/1",)),
        ),
        source="c.json",
        format="azure-speech",
    )
    assert found.counts.left_out == {"phrases that were not recognised": 1}


def test_speakers_on_one_channel_have_numbers() -> None:
    rows = [phrase("Hello!", 0, speaker=1), phrase("It broke.", 1e7, speaker=2)]
    assert said(json.dumps({"recognizedPhrases": rows}), "c.json") == [
        ("unknown", "Speaker 1", "Hello!"),
        ("unknown", "Speaker 2", "It broke."),
    ]


def test_a_phrase_without_ticks_has_an_iso_duration() -> None:
    bare = {"channel": 0, "offset": "PT1M0.07S", "duration": "PT1.5S", "nBest": [{"lexical": "hello"}]}
    assert one(json.dumps({"recognizedPhrases": [bare]}), "c.json").turns == (
        Turn("unknown", "hello", start_ms=60_070, end_ms=61_570, source=("#/recognizedPhrases/0",)),
    )


def test_fast_transcription_of_both_editions() -> None:
    rows = [
        {"channel": 0, "speaker": 2, "offsetMilliseconds": 960, "durationMilliseconds": 640, "text": "It broke."},
        {"channel": 0, "speaker": 1, "offset": 80, "duration": 600, "text": "Hello!", "locale": "en-US"},
    ]
    content = json.dumps({"durationMilliseconds": 2000, "combinedPhrases": [{"text": "..."}], "phrases": rows})
    transcript = one(content, "c.json")
    assert transcript.turns == (
        Turn("unknown", "Hello!", "Speaker 1", start_ms=80, end_ms=680, source=("#/phrases/1",)),
        Turn("unknown", "It broke.", "Speaker 2", start_ms=960, end_ms=1600, source=("#/phrases/0",)),
    )
    assert transcript.language == "en-US"


def test_the_call_centre_quickstart_wraps_the_answer() -> None:
    content = json.dumps(
        {"transcription": {"recognizedPhrases": [phrase("Hello!", 0)]}, "conversationAnalyticsResults": {}}
    )
    assert one(content, "c.json").turns[0].source == ("#/transcription/recognizedPhrases/0",)
