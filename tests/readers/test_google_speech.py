"""Recordings transcribed by Google Speech-to-Text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Limits, Source, google_speech
from empathy_audit.readers.decoding import Document

from tests.readers.build import failed, one, reading, said


def rest(word: str, start: float, tag: int | None = None) -> dict[str, Any]:
    """A word as the REST API writes it."""
    found: dict[str, Any] = {"word": word, "startTime": f"{start:.3f}s", "endTime": f"{start + 0.3:.3f}s"}
    return {**found, "speakerTag": tag} if tag is not None else found


def library(word: str, start: float, tag: int) -> dict[str, Any]:
    """The same as a client library writes it: no zeros, seconds and nanoseconds apart."""
    times = ({k: v for k, v in (("seconds", int(t)), ("nanos", round(t % 1 * 1e9))) if v} for t in (start, start + 0.5))
    return {"word": word, **dict(zip(("start_time", "end_time"), times, strict=True)), "speaker_tag": tag}


def result(words: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    said_ = " ".join(w["word"] for w in words)
    return {"alternatives": [{"transcript": said_, "words": words}, {"transcript": "other"}], **more}


FIRST, SECOND = [rest("Hello", 0.3), rest("there.", 0.7)], [rest("Who?", 2.0)]
DIARIZED = [
    result(FIRST),
    result(SECOND),
    result([rest("Hello", 0.3, 1), rest("there.", 0.7, 1), rest("Who?", 2.0, 2)]),
]


def test_an_answer_without_results() -> None:
    assert failed('{"totalBilledTime": "3s"}', "c.json", format="google-speech") == (
        "c.json",
        "malformed",
        "no results; expected a list of results with alternatives; fetch the answer again",
    )


def test_the_last_result_repeats_all_words_and_alone_tells_the_speakers() -> None:
    inside = "#/results/2/alternatives/0/words"
    assert one(json.dumps({"results": DIARIZED}), "c.json") == Transcript(
        id="c.json:1",
        turns=(
            Turn("unknown", "Hello there.", "Speaker 1", start_ms=300, end_ms=1000, source=(f"{inside}/0",)),
            Turn("unknown", "Who?", "Speaker 2", start_ms=2000, end_ms=2300, source=(f"{inside}/2",)),
        ),
        source="c.json",
        format="google-speech",
    )


def test_client_libraries_write_zero_for_no_speaker_and_times_as_objects() -> None:
    tagged = [library("Hello", 0.0, 1), library("there.", 1.5, 1), library("Who?", 2.0, 2)]
    untagged = [library(w["word"], 0.0, 0) for w in tagged]
    found = one(json.dumps({"results": [result(untagged), result(tagged)]}), "c.json")
    assert [(t.text, t.speaker, t.start_ms, t.end_ms) for t in found.turns] == [
        ("Hello there.", "Speaker 1", 0, 2000),
        ("Who?", "Speaker 2", 2000, 2500),
    ]


def test_labels_on_every_result_are_no_repetition() -> None:
    """Version 2 tells the speaker of each word once."""
    rows = [
        result([{"word": "Hello.", "startOffset": "0.3s", "speakerLabel": "1"}], languageCode="en-us"),
        result([{"word": "Who?", "startOffset": "2s", "speakerLabel": "2"}]),
    ]
    transcript = one(json.dumps({"results": rows}), "c.json")
    assert [(t.text, t.speaker, t.start_ms) for t in transcript.turns] == [
        ("Hello.", "Speaker 1", 300),
        ("Who?", "Speaker 2", 2000),
    ]
    assert transcript.language == "en-us"


def test_a_repetition_without_times_is_told_by_its_words() -> None:
    one_, both_ = (
        [{"word": "Hello.", "speakerTag": 1}],
        [{"word": "Hello.", "speakerTag": 1}, {"word": "Who?", "speakerTag": 2}],
    )
    assert [t.text for t in one(json.dumps({"results": [result(one_), result(both_)]}), "c.json").turns] == [
        "Hello.",
        "Who?",
    ]


def test_channels_are_people_and_results_go_by_their_start() -> None:
    rows = [result(SECOND, channelTag=2), result(FIRST, channelTag=1)]
    assert said(json.dumps({"results": rows}), "c.json") == [
        ("unknown", "channel 1", "Hello there."),
        ("unknown", "channel 2", "Who?"),
    ]


def test_without_speakers_each_result_is_a_turn_of_nobody() -> None:
    rows = [{"alternatives": [{"transcript": "Hello there."}]}, {"alternatives": [{"transcript": " Who?"}]}, {}]
    assert said(json.dumps({"results": rows}), "c.json") == [
        ("unknown", None, "Hello there."),
        ("unknown", None, "Who?"),
    ]


def test_the_answer_of_a_long_operation_is_unwrapped() -> None:
    found = reading(json.dumps({"name": "7", "done": True, "response": {"results": DIARIZED}}), "c.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert transcript.turns[0].source == ("#/response/results/2/alternatives/0/words/0",)


@pytest.mark.parametrize(
    "other",
    [
        {"result_index": 0, "results": [{"final": True, "alternatives": [{"transcript": "x", "timestamps": []}]}]},
        {"results": [{"type": "word", "start_time": 0.1, "alternatives": [{"content": "x"}]}]},
        {"results": {"channels": [{"alternatives": [{"transcript": "x", "words": []}]}]}},
    ],
)
def test_other_vendors_results_are_left_alone(other: dict[str, Any]) -> None:
    source = Source("c.json", data=json.dumps(other).encode())
    assert google_speech.READER.sniff(Document(source, Limits())) is None
