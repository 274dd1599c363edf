"""Conversations of Google's Conversational Insights, both shapes."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, outcomes, reading, said


def entry(role: str, text: str, second: float, user: int | str = 1) -> dict[str, Any]:
    """An entry of the upload format, so many seconds after a quarter past ten."""
    micros = 1_772_446_500_000_000 + int(second * 1e6)
    return {"start_timestamp_usec": micros, "text": text, "role": role, "user_id": user}


def upload(*rows: dict[str, Any]) -> str:
    return json.dumps({"conversation_info": {"categories": []}, "entries": list(rows)})


def segment(text: str, role: str | None, start: str | None = None, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"text": text, **more}
    if role:
        found["segmentParticipant"] = {"role": role}
    if start:
        found["words"] = [{"word": text, "startOffset": start, "endOffset": "9s"}]
    return found


def resource(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "name": "projects/p/locations/l/conversations/c-9",
        "medium": "PHONE_CALL",
        "languageCode": "en-US",
        "startTime": "2026-03-02T10:15:00Z",
        "transcript": {"transcriptSegments": list(rows)},
        **more,
    }


def test_a_resource_without_its_transcript() -> None:
    message = "no transcript segments; expected transcript.transcriptSegments; ask for the full view"
    assert failed('{"name": "a/b"}', "c.json", format="google-insights") == ("c.json", "malformed", message)
    listed = json.dumps({"conversations": [{"name": "a/b"}]})
    assert failed(listed, "c.json", format="google-insights") == ("c.json#/conversations/0", "malformed", message)


def test_entries_are_turns_with_their_instants() -> None:
    content = upload(entry("CUSTOMER", "It broke.", 30), entry("AGENT", "Hello!", 0, 2))
    assert one(content, "c.json") == Transcript(
        id="c.json:1",
        turns=(
            Turn("agent", "Hello!", at="2026-03-02T10:15:00+00:00", source=("#/entries/1",)),
            Turn("customer", "It broke.", at="2026-03-02T10:15:30+00:00", source=("#/entries/0",)),
        ),
        source="c.json",
        format="google-insights",
        started_at="2026-03-02T10:15:00+00:00",
    )


def test_every_role_of_both_shapes_and_a_bot_is_no_agent() -> None:
    roles = ("AGENT", "AUTOMATED_AGENT", "CUSTOMER", "END_USER", "ORACLE")
    content = upload(*(entry(role, f"by {role}", n, n) for n, role in enumerate(roles)))
    assert [role for role, _, _ in said(content, "c.json")] == ["agent", "bot", "customer", "customer", "unknown"]
    rows = [segment(f"by {role}", role) for role in ("HUMAN_AGENT", "ANY_AGENT", "AUTOMATED_AGENT", "END_USER")]
    found = said(json.dumps(resource(*rows)), "c.json")
    assert [role for role, _, _ in found] == ["agent", "agent", "bot", "customer"]


def test_several_agents_are_told_apart_by_their_id_which_may_be_a_text() -> None:
    rows = (entry("AGENT", "Hello!", 0, "7"), entry("CUSTOMER", "Hm.", 1, 1), entry("AGENT", "Sam here.", 2, 8))
    assert said(upload(*rows), "c.json") == [
        ("agent", "7", "Hello!"),
        ("customer", None, "Hm."),
        ("agent", "8", "Sam here."),
    ]


def test_timestamps_that_are_all_alike_or_no_instants_keep_the_order_of_the_file() -> None:
    alike = upload(entry("AGENT", "b", 5), entry("CUSTOMER", "a", 5, 2))
    assert [t.text for t in one(alike, "c.json").turns] == ["b", "a"]
    offsets = [{**entry("AGENT", "Hello!", 0), "start_timestamp_usec": 1_000_000}]
    (turn,) = one(upload(*offsets), "c.json").turns
    assert (turn.at, turn.start_ms) == (None, 1000)


def test_a_resource_has_offsets_on_its_words_and_the_name_of_its_agent_elsewhere() -> None:
    rows = (segment("It broke.", "END_USER", "3.500s"), segment("Hello!", "HUMAN_AGENT", "0.300s"))
    quality = {"agentInfo": [{"agentId": "a-1", "displayName": "Dana"}]}
    assert one(json.dumps(resource(*rows, qualityMetadata=quality)), "c.json") == Transcript(
        id="c-9",
        turns=(
            Turn(
                "agent",
                "Hello!",
                "Dana",
                start_ms=300,
                end_ms=9000,
                source=("#/transcript/transcriptSegments/1",),
            ),
            Turn("customer", "It broke.", start_ms=3500, end_ms=9000, source=("#/transcript/transcriptSegments/0",)),
        ),
        source="c.json",
        format="google-insights",
        channel="phone",
        started_at="2026-03-02T10:15:00Z",
        language="en-US",
    )


def test_channels_tell_the_roles_where_segments_do_not() -> None:
    rows = (segment("Hello!", None, channelTag=1), segment("It broke.", None, channelTag=2))
    told = resource(*rows, callMetadata={"agentChannel": 1, "customerChannel": 2})
    assert [role for role, _, _ in said(json.dumps(told), "c.json")] == ["agent", "customer"]
    untold = said(json.dumps(resource(*rows)), "c.json")
    assert untold == [("unknown", "channel 1", "Hello!"), ("unknown", "channel 2", "It broke.")]


def test_the_spelling_of_client_libraries_is_read_too() -> None:
    row = {"text": "Hello!", "message_time": "2026-03-02T10:15:00Z", "segment_participant": {"role": "HUMAN_AGENT"}}
    (turn,) = one(json.dumps({"transcript": {"transcript_segments": [row]}}), "c.json").turns
    assert turn == Turn("agent", "Hello!", at="2026-03-02T10:15:00Z", source=("#/transcript/transcript_segments/0",))


def test_a_page_of_a_list_holds_several_conversations() -> None:
    page = {"conversations": [resource(segment("a", "END_USER")), resource(segment("b", "END_USER"), name="x/c-10")]}
    first, second = outcomes(json.dumps(page), "c.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, first.source, second.id) == ("c-9", "c.json#/conversations/0", "c-10")
    assert second.turns[0].source == ("#/conversations/1/transcript/transcriptSegments/0",)
    assert reading(json.dumps(page), "c.json").why == "an object with transcript segments"
