"""Speechmatics' json-v2."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import Speakers, failed, one, said


def result(content: str, start: float, speaker: str = "S1", **more: Any) -> dict[str, Any]:
    kind = "word" if content[0].isalnum() else "punctuation"
    attached = {} if kind == "word" else {"attaches_to": "previous", "is_eos": True}
    alternatives = [{"content": content, "confidence": 1.0, "language": "en", "speaker": speaker}]
    return {
        "type": kind,
        "start_time": start,
        "end_time": start + (0.4 if kind == "word" else 0),
        "alternatives": alternatives,
        **attached,
        **more,
    }


def transcript(*results: dict[str, Any], **metadata: Any) -> str:
    about = {"type": "transcription", "transcription_config": {"language": "en"}, **metadata}
    return json.dumps({"format": "2.9", "job": {"id": "j-1"}, "metadata": about, "results": results})


def test_no_results_are_told() -> None:
    expected = "no results; expected a list of words with alternatives; ask for json-v2"
    assert failed('{"format": "2.9"}', "s.json", format="speechmatics") == ("s.json", "malformed", expected)
    assert failed(transcript(), "s.json")[2].startswith("the conversation has no turns")


def test_marks_are_attached_and_words_joined_by_speaker() -> None:
    content = transcript(
        result("Hello", 0),
        result(",", 0.4),
        result("Lee", 0.5),
        result(".", 0.9),
        {"type": "speaker_change", "start_time": 1.0, "end_time": 1.0},
        result("He", 1.2, "S2"),
        result("said", 1.6, "S2"),
        result("«", 2.0, "S2", attaches_to="next"),
        result("no", 2.1, "S2"),
        result("»", 2.5, "S2"),
        result("Hm", 3, "UU"),
    )
    assert one(content, "s.json", speakers=Speakers(agents=("S1",), customers=("S2",))) == Transcript(
        id="j-1",
        turns=(
            Turn("agent", "Hello, Lee.", "S1", start_ms=0, end_ms=900, source=("#/results/0",)),
            Turn("customer", "He said «no»", "S2", start_ms=1200, end_ms=2500, source=("#/results/5",)),
            Turn("unknown", "Hm", None, start_ms=3000, end_ms=3400, source=("#/results/10",)),
        ),
        source="s.json",
        format="speechmatics",
        language="en",
    )


def test_channels_with_the_labels_of_roles_are_put_in_order() -> None:
    content = transcript(
        result("Hello", 0, "UU", channel="Agent"),
        result(".", 0.4, "UU", channel="Agent"),
        result("Tell", 3, "UU", channel="Agent"),
        result("Broken", 1, "UU", channel="Customer"),
        result("!", 1.4, "UU", channel="Customer"),
    )
    assert said(content, "s.json") == [
        ("agent", None, "Hello."),
        ("customer", None, "Broken!"),
        ("agent", None, "Tell"),
    ]


def test_entities_are_said_once_and_languages_without_blanks_have_none() -> None:
    entity = {
        "type": "entity",
        "start_time": 0,
        "end_time": 1,
        "spoken_form": [result("ten", 0)],
        "written_form": [result("10", 0)],
    }
    assert said(transcript(entity, result("days", 1)), "s.json") == [("unknown", "S1", "10 days")]
    joined = transcript(result("今", 0), result("日", 1), language_pack_info={"word_delimiter": ""})
    assert said(joined, "s.json") == [("unknown", "S1", "今日")]
