"""Sentences of Twilio Intelligence."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Speakers

from tests.readers.build import failed, one, reading, said


def sentence(index: int, channel: int, text: str, start: float | str | None) -> dict[str, Any]:
    return {
        "media_channel": channel,
        "sentence_index": index,
        "start_time": start,
        "end_time": None if start is None else float(start) + 1,
        "transcript": text,
        "confidence": "0.9",
    }


ROWS = [
    sentence(2, 2, "It broke.", 3),
    sentence(0, 1, "Thank you.", "0.56"),
    sentence(1, 1, "How are you?", 1.75),
]


def page(*rows: dict[str, Any], **more: Any) -> str:
    return json.dumps({"sentences": list(rows), "meta": {"next_page_url": None}, **more})


def test_a_page_without_sentences() -> None:
    assert failed('{"meta": {}}', "c.json", format="twilio-intelligence") == (
        "c.json",
        "malformed",
        "no sentences; expected a list with media_channel and transcript; fetch them again",
    )


def test_sentences_of_a_channel_in_a_row_are_one_turn() -> None:
    assert one(page(*ROWS, sid="GT1"), "c.json") == Transcript(
        id="GT1",
        turns=(
            Turn(
                "unknown",
                "Thank you. How are you?",
                "channel 1",
                start_ms=560,
                end_ms=2750,
                source=("#/sentences/1", "#/sentences/2"),
            ),
            Turn("unknown", "It broke.", "channel 2", start_ms=3000, end_ms=4000, source=("#/sentences/0",)),
        ),
        source="c.json",
        format="twilio-intelligence",
        channel="phone",
    )


def test_the_index_stands_in_for_times_that_are_not_there() -> None:
    rows = [sentence(1, 2, "b", None), sentence(0, 1, "a", None)]
    assert [t.text for t in one(page(*rows), "c.json").turns] == ["a", "b"]


def test_the_user_tells_which_channel_is_the_agent() -> None:
    found = said(page(*ROWS), "c.json", speakers=Speakers(agents=("channel 1",)))
    assert [(role, speaker) for role, speaker, _ in found] == [("agent", "channel 1"), ("customer", "channel 2")]


def test_one_of_several_pages_is_said() -> None:
    found = reading(page(*ROWS, meta={"next_page_url": "https://x"}), "c.json")
    list(found)
    assert found.notes[0] == "c.json: next_page_url says that there are more pages; this is one of them"
