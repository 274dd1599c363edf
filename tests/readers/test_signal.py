"""Chats of Signal as three public tools write them."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import Speakers, failed, lines, one, outcomes, reading, short


def exported(sender: str, body: str, second: int, **more: Any) -> dict[str, Any]:
    made = {"date": f"2026-03-02T10:15:{second:02}", "sender": sender, "body": f"{body}  ", "quote": "", "sticker": ""}
    return {**made, "reactions": [], "attachments": [], **more}


def kept(kind: str, body: str | None, second: int, **more: Any) -> dict[str, Any]:
    made = {"id": f"m{second}", "conversationId": "c1", "type": kind, "body": body}
    return {**made, "sent_at": 1_772_446_500_000 + second * 1000, "source": "+15550100", **more}


def received(words: str | None, second: int, **more: Any) -> dict[str, Any]:
    at = 1_772_446_500_000 + second * 1000
    source = {"source": "+15550100", "sourceNumber": "+15550100", "sourceName": "Lee", "timestamp": at}
    return {"envelope": {**source, "dataMessage": {"timestamp": at, "message": words}, **more}, "account": "+15550199"}


def sent(words: str, second: int, to: str = "+15550100") -> dict[str, Any]:
    at = 1_772_446_500_000 + second * 1000
    message = {"destination": to, "destinationNumber": to, "timestamp": at, "message": words}
    return {"envelope": {"source": "+15550199", "timestamp": at, "syncMessage": {"sentMessage": message}}}


ME = Speakers(agents=("me",))


def test_a_record_that_is_no_message_is_a_failure_and_the_rest_goes_on() -> None:
    first, second = outcomes(lines([exported("Lee", "Hi", 1), {"a": 1}]), "data.json", format="signal")
    assert first == type(first)("data.json:2", "malformed", "no message; expected one of signal-export, sigtop or signal-cli")  # fmt: skip
    assert short(second) == [("unknown", "Lee", "Hi")]
    assert failed("[", "a.json", format="signal")[0] == "a.json:1:2"


def test_what_signal_export_writes() -> None:
    rows = [
        exported("Lee", "It never came.", 1),
        exported("Me", "Oh no!", 2, reactions=[["Lee", "x"]]),
        exported("Me", "(This message was deleted)", 3, deleted=True),
        exported("Lee", "Incoming voice call", 4, call=True),
        exported("Lee", "", 5, attachments=[{"name": "a.png", "path": "media/a.png"}]),
    ]
    found = reading(lines(rows), "data.json", speakers=ME)
    assert list(found) == [
        Transcript(
            id="data.json:1",
            turns=(
                Turn("customer", "It never came.", "Lee", "2026-03-02T10:15:01", source=(":1",)),
                Turn("agent", "Oh no!", "Me", "2026-03-02T10:15:02", source=(":2",)),
            ),
            source="data.json",
            format="signal",
            channel="chat",
            started_at="2026-03-02T10:15:01",
        )
    ]
    assert found.counts.left_out == {"calls": 1, "deleted messages": 1, "messages without text": 1}
    assert one(json.dumps(rows[0]), "data.json").turns[0].source == ("#",)


def test_messages_as_signal_keeps_them() -> None:
    rows = [
        kept("outgoing", "Oh no!", 2),
        kept("incoming", "It never came.", 1),
        kept("keychange", None, 3),
        kept("outgoing", "gone", 4, deletedForEveryone=True),
        kept("incoming", None, 5, attachments=[{}]),
    ]
    found = reading(json.dumps(rows), "Lee.json", speakers=ME)
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert short(transcript) == [("customer", "+15550100", "It never came."), ("agent", "Me", "Oh no!")]
    assert (transcript.id, transcript.turns[0].source) == ("c1", ("#/1",))
    assert found.counts.left_out == {"deleted messages": 1, "events": 1, "messages without text": 1}


def test_envelopes_go_to_their_chats_plain_and_in_notifications() -> None:
    typing = {"envelope": {"source": "+15550100", "timestamp": 1, "typingMessage": {"action": "STARTED"}}}
    grouped = received("Hello all.", 4)
    grouped["envelope"]["dataMessage"]["groupInfo"] = {"groupId": "g="}
    rows = [
        {"jsonrpc": "2.0", "method": "receive", "params": received("It never came.", 1)},
        typing,
        {"jsonrpc": "2.0", "method": "receive", "params": {"subscription": 0, "result": sent("Oh no!", 2)}},
        received(None, 3),
        grouped,
    ]
    found = reading(lines(rows), "a.jsonl", speakers=ME)
    first, second = found
    assert short(first) == [("customer", "Lee", "It never came."), ("agent", "Me", "Oh no!")]
    assert isinstance(second, Transcript)
    assert (second.id, second.source, short(second)) == ("g=", "a.jsonl:5", [("unknown", "Lee", "Hello all.")])
    assert found.counts.left_out == {"events": 1, "messages without text": 1}
    told = one(lines(rows[:1]), "a.jsonl", speakers=Speakers(customers=("+15550100",)), format="signal")
    assert [t.role for t in told.turns] == ["customer"]
