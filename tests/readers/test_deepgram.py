"""Deepgram's response: the same words stand in it up to four times, and are said once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Unrecognised

from tests.readers.build import Speakers, failed, one, outcomes, reading


def words(text: str, start: float, speaker: int | None = None) -> list[dict[str, Any]]:
    """A word every half second."""
    return [
        {
            "word": word.casefold().strip(".,?!"),
            "punctuated_word": word,
            "start": start + number / 2,
            "end": start + number / 2 + 0.4,
            **({} if speaker is None else {"speaker": speaker}),
        }
        for number, word in enumerate(text.split())
    ]


def response(*channels: list[dict[str, Any]], **more: Any) -> str:
    made = [{"alternatives": [{"transcript": " ".join(w["punctuated_word"] for w in c), "words": c}]} for c in channels]
    results = {"channels": made, **more}
    return json.dumps({"metadata": {"request_id": "r-1", "channels": len(made)}, "results": results})


CALL = [*words("How can I help?", 0, 0), *words("My box is broken.", 3, 1), *words("Oh no.", 6, 0)]


def utterance(text: str, start: float, end: float, speaker: int | None, channel: int = 0) -> dict[str, Any]:
    return {"transcript": text, "start": start, "end": end, "speaker": speaker, "channel": channel}


def test_no_results_and_no_words_are_told() -> None:
    expected = "no results; expected an object with results and channels; save the whole response"
    assert failed('{"err_code": "x"}', "d.json", format="deepgram") == ("d.json", "malformed", expected)
    assert failed(response([]), "d.json") == (
        "d.json",
        "malformed",
        "the conversation has no turns; expected at least one; check the export",
    )


def test_a_cut_off_response_tells_where() -> None:
    content = response(CALL)[:-20].rstrip()
    with pytest.raises(Unrecognised) as caught:
        reading(content, "d.json")
    assert str(caught.value).startswith(f"d.json:1:{len(content) + 1}: the JSON ends too early")


def test_words_are_put_together_by_speaker_and_a_guess_of_roles_is_stated() -> None:
    opened = "Thank you for calling, how can I help?"
    found = reading(
        response([*words(opened, 0, 0), *words("My box is broken.", 5, 1), *words("Oh no.", 8, 0)]), "d.json"
    )
    (transcript,) = found
    place = "#/results/channels/0/alternatives/0/words/"
    assert transcript == Transcript(
        id="r-1",
        turns=(
            Turn("agent", opened, "Speaker 0", start_ms=0, end_ms=3900, source=(place + "0",)),
            Turn("customer", "My box is broken.", "Speaker 1", start_ms=5000, end_ms=6900, source=(place + "8",)),
            Turn("agent", "Oh no.", "Speaker 0", start_ms=8000, end_ms=8900, source=(place + "12",)),
        ),
        source="d.json",
        format="deepgram",
        meta={
            "guessed_roles": {
                "Speaker 0": {"role": "agent", "confidence": 0.99},
                "Speaker 1": {"role": "customer", "confidence": 0.99},
            }
        },
    )
    assert found.why == "results with channels and alternatives"


def test_roles_that_the_user_tells_are_not_guessed() -> None:
    told = one(response(CALL), "d.json", speakers=Speakers(agents=("Speaker 1",)))
    assert [t.role for t in told.turns] == ["customer", "agent", "customer"]
    assert told.meta == {}


def test_utterances_are_read_instead_of_words_and_merged_where_a_pause_cut_them() -> None:
    said = [
        utterance("My box", 3, 3.9, 1),
        utterance("How can I help?", 0, 1.9, 0),
        utterance("", 4, 4.1, 0),
        utterance("is broken.", 5, 5.9, 1),
    ]
    transcript = one(response(CALL, utterances=said), "d.json", speakers=Speakers(agents=("speaker 0",)))
    assert transcript.turns == (
        Turn("agent", "How can I help?", "Speaker 0", start_ms=0, end_ms=1900, source=("#/results/utterances/1",)),
        Turn(
            "customer",
            "My box is broken.",
            "Speaker 1",
            start_ms=3000,
            end_ms=5900,
            source=("#/results/utterances/0", "#/results/utterances/3"),
        ),
    )


def test_utterances_without_a_speaker_stay_apart() -> None:
    said = [utterance("Hello.", 0, 1, None), utterance("Hello?", 2, 3, None)]
    found = reading(response(CALL, utterances=said), "d.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker, t.text) for t in transcript.turns] == [
        ("unknown", None, "Hello."),
        ("unknown", None, "Hello?"),
    ]
    assert found.notes == ("d.json: role unknown for turns without a speaker; say --agent NAME or --customer NAME",)


def test_channels_are_people_and_their_words_are_put_in_order() -> None:
    first = [*words("Good morning. Tell me.", 0), *words("Oh no.", 6)]
    second = words("Morning. It broke.", 0.7)
    transcript = one(response(first, second), "d.json", speakers=Speakers(customers=("Channel 1",)))
    assert [(t.role, t.speaker, t.text, t.start_ms) for t in transcript.turns] == [
        ("agent", "Channel 0", "Good morning.", 0),
        ("customer", "Channel 1", "Morning.", 700),
        ("agent", "Channel 0", "Tell me.", 1000),
        ("customer", "Channel 1", "It broke.", 1200),
        ("agent", "Channel 0", "Oh no.", 6000),
    ]


def test_channels_with_speakers_count_them_anew() -> None:
    said = [utterance("Hi.", 0, 1, 0, 0), utterance("Hello.", 1, 2, 0, 1)]
    transcript = one(response([], [], utterances=said), "d.json")
    assert [t.speaker for t in transcript.turns] == ["Channel 0 Speaker 0", "Channel 1 Speaker 0"]


def test_without_speakers_paragraphs_are_turns_and_without_those_everything_is_one() -> None:
    alternative = {
        "transcript": "Hi. How are you? Bad.",
        "words": words("Hi. How are you? Bad.", 0),
        "paragraphs": {
            "paragraphs": [
                {"sentences": [{"text": "Hi."}, {"text": "How are you?"}], "start": 0, "end": 2},
                {"sentences": [{"text": "Bad."}], "start": 3, "end": 4},
            ]
        },
    }
    content = {"results": {"channels": [{"alternatives": [alternative], "detected_language": "en"}]}}
    transcript = one(json.dumps(content), "d.json")
    place = "#/results/channels/0/alternatives/0"
    assert transcript.turns == (
        Turn("unknown", "Hi. How are you?", start_ms=0, end_ms=2000, source=(f"{place}/paragraphs/paragraphs/0",)),
        Turn("unknown", "Bad.", start_ms=3000, end_ms=4000, source=(f"{place}/paragraphs/paragraphs/1",)),
    )
    assert (transcript.id, transcript.language) == ("d.json:1", "en")
    del alternative["paragraphs"], alternative["words"]
    assert one(json.dumps(content), "d.json").turns == (Turn("unknown", "Hi. How are you? Bad.", source=(place,)),)


def test_several_responses_in_a_file() -> None:
    both = json.dumps([json.loads(response(CALL)), {**json.loads(response(CALL)), "metadata": {"request_id": "r-2"}}])
    found = outcomes(both, "d.json")
    assert [t.id for t in found if isinstance(t, Transcript)] == ["r-1", "r-2"]
    assert isinstance(found[1], Transcript)
    assert found[1].turns[0].source == ("#/1/results/channels/0/alternatives/0/words/0",)
