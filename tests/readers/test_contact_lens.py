"""Contacts analysed by Contact Lens."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, one, outcomes, reading, said

CALL: dict[str, Any] = {
    "Version": "1.1.0",
    "Channel": "VOICE",
    "LanguageCode": "en-US",
    "CustomerMetadata": {"ContactId": "c-1"},
    "Participants": [
        {"ParticipantId": "p1", "ParticipantRole": "AGENT"},
        {"ParticipantId": "p2", "ParticipantRole": "CUSTOMER"},
    ],
    "ConversationCharacteristics": {"Sentiment": {}},
    "Transcript": [
        {"Id": "t1", "ParticipantId": "p1", "Content": "Hello!", "BeginOffsetMillis": 0, "EndOffsetMillis": 900},
        {"Id": "t3", "ParticipantId": "p1", "Content": "Oh no.", "BeginOffsetMillis": 2500, "EndOffsetMillis": 3000},
        {"Id": "t2", "ParticipantId": "p2", "Content": "It broke.", "BeginOffsetMillis": 1000, "EndOffsetMillis": 2700},
    ],
}


def item(who: str, role: str | None, content: str | None, second: int, **more: Any) -> dict[str, Any]:
    """A chat item; without a role where the file has none."""
    found: dict[str, Any] = {
        "AbsoluteTime": f"2026-03-02T10:15:{second:02}.000Z",
        "ContentType": "text/plain",
        "Id": f"i{second}",
        "ParticipantId": who,
        "Type": "MESSAGE",
        **({"ParticipantRole": role} if role else {}),
        **({"Content": content} if content else {}),
    }
    return {**found, **more}


def chat(*items: dict[str, Any], **more: Any) -> str:
    return json.dumps({"Channel": "CHAT", "Participants": [], "Transcript": list(items), **more})


def test_malformed_json_is_told_with_its_place() -> None:
    good = json.dumps(CALL, indent=1)
    source, kind, message = failed(good.replace('"VOICE",', '"VOICE"'), "c.json", format="contact-lens")
    assert (source, kind) == ("c.json:4:2", "malformed")
    assert message.startswith("not valid JSON: expecting ',' delimiter; expected a complete JSON value")


def test_a_contact_without_a_transcript_is_a_failure_and_the_rest_goes_on() -> None:
    first, second = outcomes(lines([{"Channel": "VOICE"}, CALL]), "c.jsonl", format="contact-lens")
    message = "no Transcript; expected a list of items with Content; export the contact again"
    assert first == Failure("c.jsonl:1", "malformed", message)
    assert isinstance(second, Transcript)


def test_roles_of_a_call_are_joined_by_participant_and_overlaps_kept() -> None:
    found = reading(json.dumps(CALL), "c.json")
    (transcript,) = found
    assert transcript == Transcript(
        id="c-1",
        turns=(
            Turn("agent", "Hello!", start_ms=0, end_ms=900, source=("#/Transcript/0",)),
            Turn("customer", "It broke.", start_ms=1000, end_ms=2700, source=("#/Transcript/2",)),
            Turn("agent", "Oh no.", start_ms=2500, end_ms=3000, source=("#/Transcript/1",)),
        ),
        source="c.json",
        format="contact-lens",
        channel="phone",
        language="en-US",
    )
    assert found.why == "an object with Transcript, Participants and Contact Lens's analysis"


def test_every_mark_of_event_attachment_system_and_bot() -> None:
    event = "application/vnd.amazonaws.connect.event."
    found = reading(
        chat(
            item("p1", "CUSTOMER", None, 1, Type="EVENT", ContentType=event + "participant.joined"),
            item("p2", "SYSTEM", "Please wait.", 2, DisplayName="SYSTEM_MESSAGE"),
            item("p2", "SYSTEM", "I am a bot.", 3, DisplayName="BOT"),
            item("p3", "CUSTOM_BOT", "Me too.", 4, DisplayName="Ada"),
            item("p4", "AGENT", "Dana here.", 5, DisplayName="Dana"),
            item("p1", "CUSTOMER", None, 6, Type="ATTACHMENT", Attachments=[{"AttachmentName": "a.png"}]),
            item("p4", "AGENT", "moved", 7, ContentType=event + "transfer.succeeded"),
            item("p5", "SUPERVISOR", "Sam here.", 8, DisplayName="Sam"),
            {"AbsoluteTime": "2026-03-02T10:15:09.000Z", "ContentType": event + "chat.ended", "Type": "EVENT"},
        ),
        "c.json",
    )
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker, t.text) for t in transcript.turns] == [
        ("system", None, "Please wait."),
        ("bot", None, "I am a bot."),
        ("bot", "Ada", "Me too."),
        ("agent", "Dana", "Dana here."),
        ("agent", "Sam", "Sam here."),
    ]
    assert found.counts.left_out == {"attachments": 1, "events": 3}
    assert (transcript.channel, transcript.started_at) == ("chat", "2026-03-02T10:15:02.000Z")


def test_roles_are_found_on_other_items_of_the_participant_and_nobody_is_known_by_a_redacted_name() -> None:
    content = chat(
        item("p1", None, "Hello.", 1, DisplayName="[PII]"),
        item("p2", "AGENT", "Hello, one moment.", 2, DisplayName="[PII]"),
        item("p1", "CUSTOMER", "It broke.", 3, DisplayName="[PII]"),
        item("p3", "AGENT", "Now me.", 4, DisplayName="[PII]"),
        Participants=[{"ParticipantId": "p1"}, {"ParticipantId": "p2"}, {"ParticipantId": "p3"}],
    )
    assert said(content, "c.json") == [
        ("customer", None, "Hello."),
        ("agent", "p2", "Hello, one moment."),
        ("customer", None, "It broke."),
        ("agent", "p3", "Now me."),
    ]


def test_a_menu_and_the_choice_from_it_are_shown_in_words() -> None:
    menu = {"data": {"content": {"title": "What is it?", "elements": [{"title": "Bill"}, {"title": "Parcel"}]}}}
    kind = "application/vnd.amazonaws.connect.message.interactive"
    content = chat(
        item("p2", "SYSTEM", json.dumps(menu), 1, ContentType=kind, DisplayName="BOT"),
        item("p1", "CUSTOMER", '{"action": "Parcel"}', 2, ContentType=kind + ".response"),
        item("p1", "CUSTOMER", "{broken", 3, ContentType=kind + ".response"),
    )
    assert [(role, text) for role, _, text in said(content, "c.json")] == [
        ("bot", "What is it?\nBill\nParcel"),
        ("customer", "Parcel"),
        ("customer", "{broken"),
    ]


def test_roles_that_nobody_knows_stay_unknown() -> None:
    odd = {**CALL, "Participants": [{"ParticipantId": "p1", "ParticipantRole": "ORACLE"}]}
    assert {(t.role, t.speaker) for t in one(json.dumps(odd), "c.json").turns} == {("unknown", "p1"), ("unknown", "p2")}
