"""Rev.ai's monologues."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import Speakers, failed, one


def word(value: str, ts: float) -> dict[str, Any]:
    return {"type": "text", "value": value, "ts": ts, "end_ts": ts + 0.4, "confidence": 0.9}


def mark(value: str) -> dict[str, Any]:
    return {"type": "punct", "value": value}


CALL: dict[str, Any] = {
    "monologues": [
        {"speaker": 1, "elements": [word("It", 2.0), mark(" "), word("broke", 2.5), mark(".")]},
        {"speaker": 0, "elements": [word("Hello", 0.5), mark(","), mark(" "), word("how", 1.0), mark("?")]},
        {"speaker": 0, "elements": [word("Oh", 5.0), mark(" "), {"type": "unknown", "value": "<unknown>"}]},
        {"speaker": 0, "elements": [word("no", 6.0), mark("!")]},
    ]
}


def test_no_monologues_are_told() -> None:
    expected = "no monologues; expected a list of objects with speaker and elements"
    assert failed('{"monologue": []}', "r.json", format="revai") == ("r.json", "malformed", expected)


def test_elements_are_put_together_with_the_blanks_that_they_bring() -> None:
    found = one(json.dumps(CALL), "r.json", speakers=Speakers(agents=("Speaker 0",)))
    assert found == Transcript(
        id="r.json:1",
        turns=(
            Turn("agent", "Hello, how?", "Speaker 0", start_ms=500, end_ms=1400, source=("#/monologues/1",)),
            Turn("customer", "It broke.", "Speaker 1", start_ms=2000, end_ms=2900, source=("#/monologues/0",)),
            Turn(
                "agent",
                "Oh <unknown> no!",
                "Speaker 0",
                start_ms=5000,
                end_ms=6400,
                source=("#/monologues/2", "#/monologues/3"),
            ),
        ),
        source="r.json",
        format="revai",
    )


def test_names_of_the_speakers_and_lost_blanks() -> None:
    content = {
        "speakers": [{"id": 0, "name": "Agent"}],
        "monologues": [{"speaker": 0, "elements": [word("How", 0), word("so", 1), mark("?")]}],
    }
    assert one(json.dumps(content), "r.json").turns == (
        Turn("agent", "How so?", start_ms=0, end_ms=1400, source=("#/monologues/0",)),
    )
