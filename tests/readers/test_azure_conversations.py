"""Conversations for Azure AI Language."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, outcomes, said


def item(who: str, text: str | None, **more: Any) -> dict[str, Any]:
    return {"id": "1", "participantId": who, **({"text": text} if text else {}), **more}


def analysis(*conversations: dict[str, Any]) -> str:
    return json.dumps({"displayName": "x", "analysisInput": {"conversations": list(conversations)}, "tasks": []})


def conversation(*items: dict[str, Any], id_: str = "c-1", modality: str = "text") -> dict[str, Any]:
    return {"id": id_, "language": "en", "modality": modality, "conversationItems": list(items)}


def test_a_conversation_without_items_is_a_failure_and_the_rest_goes_on() -> None:
    first, second = outcomes(
        analysis({"id": "c-0"}, conversation(item("A", "Hi."))), "c.json", format="azure-conversations"
    )
    assert (first.source, getattr(first, "message", "")) == (
        "c.json#/analysisInput/conversations/0",
        "no conversationItems; expected a list of items with participantId and text",
    )
    assert isinstance(second, Transcript)
    assert failed("{}", "c.json", format="azure-conversations")[0] == "c.json"


def test_roles_stand_on_the_items() -> None:
    content = analysis(
        conversation(item("p1", "Hello!", role="Agent"), item("p2", "It broke.", role="Customer"), item("p1", "Oh no."))
    )
    inside = "#/analysisInput/conversations/0/conversationItems"
    assert one(content, "c.json") == Transcript(
        id="c-1",
        turns=(
            Turn("agent", "Hello!", source=(f"{inside}/0",)),
            Turn("customer", "It broke.", source=(f"{inside}/1",)),
            Turn("agent", "Oh no.", source=(f"{inside}/2",)),
        ),
        source="c.json",
        format="azure-conversations",
        channel="chat",
        language="en",
    )


def test_without_roles_the_participant_may_be_one() -> None:
    content = analysis(conversation(item("Agent_1", "Hello!"), item("Customer_1", "Hm."), item("Agent_2", "Sam here.")))
    assert said(content, "c.json") == [
        ("agent", "Agent_1", "Hello!"),
        ("customer", None, "Hm."),
        ("agent", "Agent_2", "Sam here."),
    ]
    generic = analysis(conversation(item("p1", "Hello!", role="Generic"), item("p2", "Hm.", role="Oracle")))
    assert said(generic, "c.json") == [("unknown", "p1", "Hello!"), ("unknown", "p2", "Hm.")]


def test_a_call_says_the_same_words_in_several_ways_and_has_offsets() -> None:
    spoken = item("p1", None, role="Agent", itn="hello 2 you", lexical="hello two you", maskedItn="hello 2 you")
    timed = item("p1", "Hello!", role="Agent", audioTimings=[{"word": "hello", "offset": 4_500_000, "duration": 1}])
    transcript = one(analysis(conversation(spoken, timed, modality="transcript")), "c.json")
    assert [(t.text, t.start_ms) for t in transcript.turns] == [("hello 2 you", None), ("Hello!", 450)]
    assert transcript.channel == "phone"


def test_several_conversations_and_one_without_its_wrapper() -> None:
    first, second = outcomes(analysis(conversation(item("A", "a")), conversation(item("A", "b"), id_="c-2")), "c.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert [(t.id, t.source) for t in (first, second)] == [
        ("c-1", "c.json#/analysisInput/conversations/0"),
        ("c-2", "c.json#/analysisInput/conversations/1"),
    ]
    bare = one(json.dumps({"conversationItems": [item("Agent", "Hello!", modality="transcript")]}), "c.json")
    assert bare.turns == (Turn("agent", "Hello!", source=("#/conversationItems/0",)),)
    assert bare.channel == "phone"
