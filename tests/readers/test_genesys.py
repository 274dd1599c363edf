"""Transcripts of Genesys Cloud."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, said

START = 1_772_446_500_000  # 2026-03-02T10:15:00Z


def present(purpose: str, start: int, end: int | None, **more: Any) -> dict[str, Any]:
    """A participant from second `start` to second `end`."""
    until = {} if end is None else {"endTimeMs": START + end * 1000}
    return {"participantPurpose": purpose, "startTimeMs": START + start * 1000, **until, **more}


def phrase(purpose: str, second: int, text: str, **more: Any) -> dict[str, Any]:
    return {"participantPurpose": purpose, "startTimeMs": START + second * 1000, "text": text, **more}


def conversation(people: list[dict[str, Any]], *phrases: dict[str, Any], **more: Any) -> str:
    return json.dumps(
        {
            "conversationId": "c-1",
            "mediaType": "call",
            "conversationStartTime": START,
            "participants": people,
            "transcripts": [{"language": "en-us", "phrases": list(phrases)}],
            **more,
        }
    )


def test_a_file_without_transcripts() -> None:
    assert failed('{"conversationId": "c-1"}', "c.json", format="genesys") == (
        "c.json",
        "malformed",
        "no transcripts; expected a list of transcripts with phrases; export it again",
    )


def test_an_internal_phrase_is_of_whoever_was_there_and_machines_are_no_agents() -> None:
    """The one who came last, where one hands over to the other."""
    people = [
        present("customer", 0, 90),
        present("ivr", 0, 10),
        present("acd", 10, 20),
        present("agent", 20, 60, userId="u-1"),
        present("agent", 60, None, userId="u-2", name="Sam"),
        present("voicemail", 200, 210),
    ]
    content = conversation(
        people,
        phrase("internal", 1, "Press one."),
        phrase("internal", 12, "Please hold."),
        phrase("internal", 20, "Hello!"),
        phrase("external", 30, "It broke."),
        phrase("internal", 61, "Sam here."),
        phrase("internal", 205, "Leave a message."),
    )
    assert said(content, "c.json") == [
        ("bot", "ivr", "Press one."),
        ("bot", "acd", "Please hold."),
        ("agent", "u-1", "Hello!"),
        ("customer", None, "It broke."),
        ("agent", "Sam", "Sam here."),
        ("bot", "voicemail", "Leave a message."),
    ]


def test_phrases_are_put_in_time_order_with_instants_and_offsets() -> None:
    content = conversation(
        [present("agent", 0, 60, userId="u-1")],
        phrase("external", 3, "it broke", decoratedText="It broke.", duration={"milliseconds": 900}),
        phrase("internal", 1, "Hello!"),
    )
    assert one(content, "c.json") == Transcript(
        id="c-1",
        turns=(
            Turn(
                "agent",
                "Hello!",
                at="2026-03-02T10:15:01+00:00",
                start_ms=1000,
                source=("#/transcripts/0/phrases/1",),
            ),
            Turn(
                "customer",
                "It broke.",
                at="2026-03-02T10:15:03+00:00",
                start_ms=3000,
                end_ms=3900,
                source=("#/transcripts/0/phrases/0",),
            ),
        ),
        source="c.json",
        format="genesys",
        channel="phone",
        started_at="2026-03-02T10:15:00+00:00",
        language="en-us",
    )


def test_two_transcripts_of_one_leg_say_a_phrase_once() -> None:
    same = [{"phrases": [phrase("external", 3, "It broke.")]}, {"phrases": [phrase("external", 3, "It broke.")]}]
    assert said(conversation([], transcripts=same), "c.json") == [("customer", None, "It broke.")]


def test_without_participants_internal_is_the_other_side_of_the_customer() -> None:
    content = conversation([], phrase("internal", 1, "Hello!"), phrase("external", 3, "It broke."))
    assert said(content, "c.json") == [("agent", "internal", "Hello!"), ("customer", None, "It broke.")]
    alone = conversation([present("agent", 0, 1), present("ivr", 0, 1)], phrase("internal", 50, "Hello!"))
    assert said(alone, "c.json") == [("unknown", "internal", "Hello!")]
