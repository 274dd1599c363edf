"""Recordings transcribed by Amazon Transcribe."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Speakers

from tests.readers.build import failed, one, said


def word(content: str, start: float, **more: Any) -> dict[str, Any]:
    """A spoken word; times are texts, as in the files."""
    return {
        "type": "pronunciation",
        "start_time": f"{start:.2f}",
        "end_time": f"{start + 0.3:.2f}",
        "alternatives": [{"confidence": "1.0", "content": content}, {"content": "other"}],
        **more,
    }


def sign(content: str, **more: Any) -> dict[str, Any]:
    return {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": content}], **more}


ITEMS = [word("She", 0.49), word("fell", 0.9), sign(","), word("then", 1.3), sign("."), word("Who", 2.5), sign("?")]
LABELS = {
    "speakers": 2,
    "segments": [
        {"speaker_label": "spk_0", "items": [{"start_time": t, "speaker_label": "spk_0"} for t in ("0.49", "0.90")]},
        {"speaker_label": "spk_0", "items": [{"start_time": "1.30"}]},
        {"speaker_label": "spk_1", "items": [{"start_time": "2.50", "speaker_label": "spk_1"}]},
    ],
}
TURNS = (
    Turn("unknown", "She fell, then.", "spk_0", start_ms=490, end_ms=1600, source=("#/results/items/0",)),
    Turn("unknown", "Who?", "spk_1", start_ms=2500, end_ms=2800, source=("#/results/items/5",)),
)


def job(**results: Any) -> str:
    whole = {"transcripts": [{"transcript": "She fell, then. Who?"}], "items": ITEMS, **results}
    return json.dumps({"jobName": "call-7", "status": "COMPLETED", "results": whole})


def test_a_job_that_failed() -> None:
    assert failed('{"jobName": "x", "status": "FAILED"}', "c.json", format="amazon-transcribe") == (
        "c.json",
        "malformed",
        "no results (the job is FAILED); expected an object with items; fetch the result again",
    )


def test_a_job_without_a_word() -> None:
    source, kind, message = failed(job(transcripts=[], items=[]), "c.json")
    assert (source, kind, message[:30]) == ("c.json", "malformed", "the conversation has no turns;")


def test_speakers_are_joined_by_the_start_of_the_word() -> None:
    assert one(job(speaker_labels=LABELS, language_code="en-US"), "c.json") == Transcript(
        id="call-7", turns=TURNS, source="c.json", format="amazon-transcribe", language="en-US"
    )


def test_newer_files_name_the_speaker_on_the_word() -> None:
    named = [{**i, "speaker_label": "spk_0" if n < 5 else "spk_1"} for n, i in enumerate(ITEMS)]
    audio = [{"transcript": "She fell, then.", "speaker_label": "spk_0", "start_time": "0.49", "end_time": "1.6"}]
    assert one(job(items=named, audio_segments=audio), "c.json").turns == TURNS


def test_audio_segments_stand_in_where_there_are_no_words_and_pieces_of_a_turn_are_joined() -> None:
    audio = [
        {"transcript": said_, "speaker_label": who, "start_time": str(start), "end_time": str(start + 1)}
        for said_, who, start in (("She fell.", "spk_0", 0), ("Then.", "spk_0", 2), ("Who?", "spk_1", 4))
    ]
    assert one(job(items=[], audio_segments=audio), "c.json").turns == (
        Turn(
            "unknown",
            "She fell. Then.",
            "spk_0",
            start_ms=0,
            end_ms=3000,
            source=("#/results/audio_segments/0", "#/results/audio_segments/1"),
        ),
        Turn("unknown", "Who?", "spk_1", start_ms=4000, end_ms=5000, source=("#/results/audio_segments/2",)),
    )


def test_channels_are_put_in_time_order_and_overlaps_kept() -> None:
    channels = [
        {"channel_label": "ch_0", "items": [word("Hello", 0.0), sign("."), word("Yes", 3.0), sign(".")]},
        {"channel_label": "ch_1", "items": [word("It", 1.0), word("broke", 1.4), sign("!"), word("Mhm", 3.1)]},
    ]
    inside = "#/results/channel_labels/channels"
    assert one(job(channel_labels={"channels": channels, "number_of_channels": 2}), "c.json").turns == (
        Turn("unknown", "Hello.", "ch_0", start_ms=0, end_ms=300, source=(f"{inside}/0/items/0",)),
        Turn("unknown", "It broke!", "ch_1", start_ms=1000, end_ms=1700, source=(f"{inside}/1/items/0",)),
        Turn("unknown", "Yes.", "ch_0", start_ms=3000, end_ms=3300, source=(f"{inside}/0/items/2",)),
        Turn("unknown", "Mhm", "ch_1", start_ms=3100, end_ms=3400, source=(f"{inside}/1/items/3",)),
    )


def test_without_speakers_and_channels_there_is_one_voice() -> None:
    assert said(job(), "c.json") == [("unknown", None, "She fell, then. Who?")]
    plain = {"results": {"transcripts": [{"transcript": "All in one."}], "items": []}}
    assert one(json.dumps(plain), "c.json").turns == (
        Turn("unknown", "All in one.", source=("#/results/transcripts/0",)),
    )


def test_the_user_tells_who_the_agent_is() -> None:
    found = said(job(speaker_labels=LABELS), "c.json", speakers=Speakers(agents=("spk_1",)))
    assert [(role, speaker) for role, speaker, _ in found] == [("customer", "spk_0"), ("agent", "spk_1")]
