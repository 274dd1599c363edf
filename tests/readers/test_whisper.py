"""Whisper, WhisperX, whisper.cpp and OpenAI's diarised answers."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import Speakers, failed, one, reading, said


def segment(text: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text, **more}


def words(text: str, speaker: str) -> list[dict[str, Any]]:
    return [{"word": word, "speaker": speaker} for word in text.split()]


def test_no_segments_are_told() -> None:
    expected = "no segments; expected a list of objects with start, end and text"
    assert failed('{"text": "Hi."}', "w.json", format="whisper") == ("w.json", "malformed", expected)


def test_word_segments_say_nothing_twice_and_segments_of_a_speaker_are_one_turn() -> None:
    content = {
        "segments": [
            segment(" Where", 0.1, 0.5, speaker="SPEAKER_01", words=words("Where", "SPEAKER_01")),
            segment(" is it?", 0.6, 1.0, words=words("is it?", "SPEAKER_01")),
            segment(" On its way.", 1.2, 2.0, speaker="SPEAKER_00"),
            segment(" ", 2.0, 2.1, speaker="SPEAKER_00"),
            segment(" Hm.", 2.2, 2.4, words=[*words("Hm.", "SPEAKER_00"), *words("x", "SPEAKER_01")]),
        ],
        "word_segments": words("Where is it? On its way. Hm.", "SPEAKER_01"),
        "language": "en",
    }
    found = reading(json.dumps(content), "w.json", speakers=Speakers(agents=("SPEAKER_00",), customers=("speaker_01",)))
    assert list(found) == [
        Transcript(
            id="w.json:1",
            turns=(
                Turn(
                    "customer",
                    "Where is it?",
                    "SPEAKER_01",
                    start_ms=100,
                    end_ms=1000,
                    source=("#/segments/0", "#/segments/1"),
                ),
                Turn("agent", "On its way.", "SPEAKER_00", start_ms=1200, end_ms=2000, source=("#/segments/2",)),
                Turn("unknown", "Hm.", None, start_ms=2200, end_ms=2400, source=("#/segments/4",)),
            ),
            source="w.json",
            format="whisper",
            language="en",
        )
    ]
    assert found.counts.left_out == {"empty turns": 1}


def test_whisper_itself_names_nobody() -> None:
    content = {"text": " Hi. Ho.", "segments": [segment(" Hi.", 0, 1, id=0), segment(" Ho.", 1, 2, id=1)]}
    assert said(json.dumps(content), "w.json") == [("unknown", None, "Hi."), ("unknown", None, "Ho.")]


def test_whisper_cpp_counts_in_milliseconds_and_tells_silence() -> None:
    cuts = [
        {"offsets": {"from": 0, "to": 900}, "text": " Hello.", "speaker": "0"},
        {"offsets": {"from": 900, "to": 1500}, "text": " [BLANK_AUDIO]", "speaker": "?"},
        {"offsets": {"from": 1500, "to": 2000}, "text": " Yes?", "speaker": "1"},
    ]
    content = json.dumps({"result": {"language": "en"}, "transcription": cuts})
    found = reading(content, "w.json", speakers=Speakers(agents=("Speaker 0",)))
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert transcript.turns == (
        Turn("agent", "Hello.", "Speaker 0", start_ms=0, end_ms=900, source=("#/transcription/0",)),
        Turn("customer", "Yes?", "Speaker 1", start_ms=1500, end_ms=2000, source=("#/transcription/2",)),
    )
    assert (found.counts.left_out, transcript.language) == ({"sounds and stage directions": 1}, "en")


def test_openais_answer_with_speakers_and_the_world_transcription_format() -> None:
    spoken = [
        segment("Hello.", 0, 1, id="seg_0", type="transcript.text.segment", speaker="agent"),
        segment("Hi.", 1, 2, id="seg_1", type="transcript.text.segment", speaker="A"),
    ]
    answer = {"task": "transcribe", "duration": 2, "text": "Hello. Hi.", "segments": spoken}
    assert said(json.dumps(answer), "w.json") == [("agent", None, "Hello."), ("customer", "A", "Hi.")]
    wtf = {
        "transcript": {"text": "Hello.", "language": "en-US"},
        "segments": [segment("Hello.", 0, 1, id=0, speaker=0, words=[0, 1])],
        "speakers": {"0": {"id": 0, "label": "Dana"}},
        "metadata": {"provider": "deepgram"},
    }
    transcript = one(json.dumps(wtf), "w.json", speakers=Speakers(agents=("Dana",)))
    assert (transcript.turns[0].role, transcript.turns[0].speaker, transcript.language) == ("agent", "Dana", "en-US")
