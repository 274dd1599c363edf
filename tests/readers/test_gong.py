"""Transcripts of Gong calls."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, outcomes, said


def monologue(speaker: str, *sentences: tuple[float, float, str]) -> dict[str, Any]:
    return {
        "speakerId": speaker,
        "topic": "Intro",
        "sentences": [{"start": start, "end": end, "text": text} for start, end, text in sentences],
    }


TALK = [
    monologue("s2", (3000, 4000, "It broke.")),
    monologue("s1", (460, 1290, "Hello!"), (1400, 2000, "Dana here.")),
]


def call(id_: str = "77", transcript: list[dict[str, Any]] = TALK) -> dict[str, Any]:
    return {"callId": id_, "transcript": transcript}


def parties(**more: Any) -> dict[str, Any]:
    people = [
        {"speakerId": "s1", "name": "Dana", "affiliation": "Internal"},
        {"speakerId": "s2", "name": "Lee", "affiliation": "External"},
        {"speakerId": None, "name": "Silent", "affiliation": "Internal"},
    ]
    return {"metaData": {"id": "77", "started": "2026-03-02T10:15:00Z", **more}, "parties": people}


def test_a_call_without_a_transcript_is_a_failure_and_the_rest_goes_on() -> None:
    content = json.dumps({"callTranscripts": [{"callId": "1"}, call()]})
    first, second = outcomes(content, "c.json", format="gong")
    assert (first.source, getattr(first, "message", "")) == (
        "c.json#/callTranscripts/0",
        "no transcript; expected a list of monologues with speakerId and sentences",
    )
    assert isinstance(second, Transcript)
    assert failed("{}", "c.json", format="gong")[0] == "c.json"


def test_a_monologue_is_a_turn_and_parties_tell_the_roles() -> None:
    content = json.dumps({"callTranscripts": [call()], "calls": [parties(duration=600)]})
    inside = "#/callTranscripts/0/transcript"
    assert one(content, "c.json") == Transcript(
        id="77",
        turns=(
            Turn("agent", "Hello! Dana here.", "Dana", start_ms=460, end_ms=2000, source=(f"{inside}/1",)),
            Turn("customer", "It broke.", "Lee", start_ms=3000, end_ms=4000, source=(f"{inside}/0",)),
        ),
        source="c.json",
        format="gong",
        channel="phone",
        started_at="2026-03-02T10:15:00Z",
    )


def test_without_parties_speakers_have_no_roles() -> None:
    assert said(json.dumps({"callTranscripts": [call()]}), "c.json") == [
        ("unknown", "s1", "Hello! Dana here."),
        ("unknown", "s2", "It broke."),
    ]
    odd = {**call(), "parties": [{"speakerId": "s1", "name": "Dana", "affiliation": "Unknown"}]}
    assert said(json.dumps(odd), "c.json")[0] == ("unknown", "Dana", "Hello! Dana here.")


def test_seconds_are_told_by_the_length_of_the_call_or_by_fractions() -> None:
    whole = call(transcript=[monologue("s1", (0, 3, "Hello!"))])
    known = one(json.dumps({"callTranscripts": [whole], "calls": [parties(duration=4)]}), "c.json")
    broken = call(transcript=[monologue("s1", (0.5, 3, "Hello!"))])
    guessed = one(json.dumps(broken), "c.json")
    plain = one(json.dumps(whole), "c.json")
    assert [(t.turns[0].start_ms, t.turns[0].end_ms) for t in (known, guessed, plain)] == [
        (0, 3000),
        (500, 3000),
        (0, 3),
    ]


def test_a_page_holds_several_calls() -> None:
    first, second = outcomes(json.dumps({"callTranscripts": [call(), call("78")]}), "c.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert [(t.id, t.source) for t in (first, second)] == [
        ("77", "c.json#/callTranscripts/0"),
        ("78", "c.json#/callTranscripts/1"),
    ]
