"""Chats of Amazon Connect without analysis."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, reading
from tests.readers.test_contact_lens import item

STORED: dict[str, Any] = {
    "Version": "2019-08-26",
    "ContactId": "c-2",
    "InitialContactId": "c-1",
    "Participants": [{"ParticipantId": "p1"}, {"ParticipantId": "p2"}],
    "Transcript": [
        item("p1", "CUSTOMER", "Hello?", 1, DisplayName="Lee"),
        item("p2", "SYSTEM", "Which order?", 2, DisplayName="BOT"),
        item("p1", "CUSTOMER", None, 3, Type="EVENT", ContentType="application/vnd.amazonaws.connect.event.typing"),
    ],
}


def test_a_file_without_a_transcript() -> None:
    assert failed('{"ContactId": "c-1", "Transcript": null}', "c.json", format="connect-chat") == (
        "c.json",
        "malformed",
        "no Transcript; expected a list of messages and events; export the chat again",
    )


def test_a_stored_chat_with_a_bot_and_no_agent() -> None:
    found = reading(json.dumps(STORED), "c.json")
    (transcript,) = found
    assert transcript == Transcript(
        id="c-2",
        turns=(
            Turn("customer", "Hello?", "Lee", at="2026-03-02T10:15:01.000Z", source=("#/Transcript/0",)),
            Turn("bot", "Which order?", at="2026-03-02T10:15:02.000Z", source=("#/Transcript/1",)),
        ),
        source="c.json",
        format="connect-chat",
        channel="chat",
        started_at="2026-03-02T10:15:01.000Z",
    )
    assert found.counts.left_out == {"events": 1}


def test_an_answer_of_the_api_runs_newest_first_and_may_be_one_of_several_pages() -> None:
    answer = {"InitialContactId": "c-1", "NextToken": "n", "Transcript": STORED["Transcript"][::-1]}
    found = reading(json.dumps(answer), "c.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.text, t.source) for t in transcript.turns] == [
        ("Hello?", ("#/Transcript/2",)),
        ("Which order?", ("#/Transcript/1",)),
    ]
    assert transcript.id == "c-1"
    assert found.notes == ("c.json: NextToken says that there are more pages; this is one of them",)


def test_an_instant_of_each_message_puts_them_in_order() -> None:
    mixed = {**STORED, "Transcript": [item("p1", "CUSTOMER", t, n) for t, n in (("b", 2), ("c", 3), ("a", 1))]}
    assert [t.text for t in one(json.dumps(mixed), "c.json").turns] == ["a", "b", "c"]
