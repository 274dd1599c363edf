"""AssemblyAI's transcripts."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import Speakers, failed, one, said

WORDS = [
    {"text": "Where", "start": 100, "end": 300, "speaker": "A"},
    {"text": "is it?", "start": 300, "end": 700, "speaker": "A"},
    {"text": "Coming!", "start": 900, "end": 1400, "speaker": "B"},
]


def transcript(**more: Any) -> str:
    base = {"id": "t-1", "status": "completed", "language_code": "en_us", "audio_duration": 2, "text": "Where is it?"}
    return json.dumps({**base, "words": WORDS, "utterances": None, **more})


def test_a_transcript_that_is_not_ready_or_failed_is_told() -> None:
    assert failed(transcript(status="error", error="no speech found", words=None), "a.json") == (
        "a.json",
        "malformed",
        'the status of the transcript is "error" (no speech found); expected completed; fetch it again when it is ready',
    )
    expected = "no transcript; expected an object with utterances, words or text"
    assert failed('{"audio_duration": 2}', "a.json", format="assemblyai") == ("a.json", "malformed", expected)


def test_utterances_in_order_and_neighbours_merged() -> None:
    utterances = [
        {"speaker": "B", "text": "It is coming.", "start": 900, "end": 1400},
        {"speaker": "A", "text": "Where", "start": 100, "end": 300},
        {"speaker": "A", "text": "is it?", "start": 400, "end": 700},
    ]
    content = transcript(utterances=utterances)
    assert one(content, "a.json", speakers=Speakers(agents=("b",))) == Transcript(
        id="t-1",
        turns=(
            Turn(
                "customer",
                "Where is it?",
                "A",
                start_ms=100,
                end_ms=700,
                source=("#/utterances/1", "#/utterances/2"),
            ),
            Turn("agent", "It is coming.", "B", start_ms=900, end_ms=1400, source=("#/utterances/0",)),
        ),
        source="a.json",
        format="assemblyai",
        language="en_us",
    )
    assert [t.role for t in one(content, "a.json").turns] == ["unknown", "unknown"]


def test_names_and_roles_that_the_file_gives_are_used() -> None:
    named = [{"speaker": "Agent", "text": "Hello.", "start": 1}, {"speaker": "Mia", "text": "Hi.", "start": 2}]
    assert said(transcript(utterances=named), "a.json") == [("agent", None, "Hello."), ("customer", "Mia", "Hi.")]


def test_channels_are_people() -> None:
    spoken = [
        {"channel": "1", "speaker": "1A", "text": "Hello.", "start": 1},
        {"channel": "2", "speaker": None, "text": "Hi.", "start": 2},
    ]
    assert [speaker for _, speaker, _ in said(transcript(utterances=spoken), "a.json")] == ["1A", "Channel 2"]


def test_without_utterances_the_words_tell_the_speakers() -> None:
    assert one(transcript(), "a.json").turns == (
        Turn("unknown", "Where is it?", "A", start_ms=100, end_ms=700, source=("#/words/0",)),
        Turn("unknown", "Coming!", "B", start_ms=900, end_ms=1400, source=("#/words/2",)),
    )


def test_without_speakers_the_text_is_one_turn() -> None:
    words = [{**w, "speaker": None} for w in WORDS]
    assert one(transcript(words=words), "a.json").turns == (Turn("unknown", "Where is it?", source=("#/text",)),)
    sentences = {"sentences": [{"text": "Where is it?", "start": 100, "end": 700}], "audio_duration": 2}
    assert one(json.dumps(sentences), "a.json").turns == (
        Turn("unknown", "Where is it?", start_ms=100, end_ms=700, source=("#/sentences/0",)),
    )
