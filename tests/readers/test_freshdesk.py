"""Tickets of Freshdesk."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, one, outcomes, reading, said, short

TICKET = {
    "id": 7,
    "subject": "Parcel",
    "status": 4,
    "source": 1,
    "requester_id": 10,
    "responder_id": 20,
    "requester": {"id": 10, "name": "Lee"},
    "description": "<div>It never came.<br>Lee</div>",
    "description_text": "It never came. Lee",
    "created_at": "2026-03-02T10:00:00Z",
}


def entry(id_: int, user: int | None, body: str, **more: Any) -> dict[str, Any]:
    made = {"id": id_, "user_id": user, "body": f"<div>{body}</div>", "body_text": body, "private": False}
    return {**made, "incoming": user == 10, "source": 0, "created_at": f"2026-03-02T10:{id_:02}:00Z", **more}


def test_a_ticket_without_conversations_is_a_failure() -> None:
    assert failed(json.dumps(TICKET), "f.json", format="freshdesk") == (
        "f.json",
        "malformed",
        "no conversations; expected a list of them beside the ticket; fetch them with it",
    )
    assert failed('{"conversations": [1,, 2]}', "f.json", format="freshdesk")[0] == "f.json:1:22"


def test_the_description_is_the_first_turn_and_entries_follow_by_time() -> None:
    rows = [
        entry(3, 10, "Where is it now?"),
        entry(1, 20, "Oh no, Lee.<br>I ask the depot.<blockquote class='freshdesk_quote'>old</blockquote>"),
        entry(2, 20, "depot does not answer", private=True, source=2),
    ]
    found = reading(json.dumps({"ticket": TICKET, "conversations": rows}), "f.json")
    assert list(found) == [
        Transcript(
            id="7",
            turns=(
                Turn(
                    "customer", "It never came.\nLee", "Lee", "2026-03-02T10:00:00Z", source=("#/ticket/description",)
                ),
                Turn(
                    "agent",
                    "Oh no, Lee.\nI ask the depot.",
                    None,
                    "2026-03-02T10:01:00Z",
                    source=("#/conversations/1",),
                ),
                Turn(
                    "agent",
                    "depot does not answer",
                    None,
                    "2026-03-02T10:02:00Z",
                    visibility="internal",
                    source=("#/conversations/2",),
                ),
                Turn("customer", "Where is it now?", "Lee", "2026-03-02T10:03:00Z", source=("#/conversations/0",)),
            ),
            source="f.json",
            format="freshdesk",
            channel="email",
            started_at="2026-03-02T10:00:00Z",
            meta={"subject": "Parcel", "status": 4},
        )
    ]
    assert (found.format, found.why) == ("freshdesk", "a ticket whose conversations are incoming or not")


def test_every_marker_of_a_note_a_machine_and_an_event() -> None:
    rows = [
        entry(1, 20, "a reply"),
        entry(2, 20, "a public note", source=2),
        entry(3, 20, "a private note", source=2, private=True),
        entry(4, 20, "a private note in words", private="true"),
        entry(5, 20, "passed on to the depot", source=8),
        entry(6, None, "an automation", incoming=False),
        entry(7, 10, "5 stars", source=6),
        entry(8, 20, "deleted", deleted=True),
        entry(9, 21, "another agent"),
    ]
    found = reading(json.dumps({**TICKET, "conversations": rows}), "f.json")
    (ticket,) = found
    assert isinstance(ticket, Transcript)
    assert [(t.role, t.speaker, t.visibility, t.text) for t in ticket.turns[1:]] == [
        ("agent", "20", "public", "a reply"),
        ("agent", "20", "public", "a public note"),
        ("agent", "20", "internal", "a private note"),
        ("agent", "20", "internal", "a private note in words"),
        ("agent", "20", "internal", "passed on to the depot"),
        ("bot", None, "public", "an automation"),
        ("agent", "21", "public", "another agent"),
    ]
    assert found.counts.left_out == {"answers to surveys": 1, "deleted messages": 1}


def test_a_description_that_an_entry_repeats_is_read_once() -> None:
    rows = [entry(1, 10, "Ticket Description: It never  came. lee"), entry(2, 20, "Oh no.")]
    found = reading(json.dumps({**TICKET, "description": None, "conversations": rows}), "f.json")
    (ticket,) = found
    assert [text for _, _, text in short(ticket)] == ["Ticket Description: It never came. lee", "Oh no."]
    assert found.counts.left_out == {"repeated messages": 1}
    noted = [entry(1, 20, "It never came. Lee", private=True)]
    assert len(said(json.dumps({**TICKET, "conversations": noted}), "f.json")) == 2


def test_an_agent_may_begin_and_a_ticket_may_hold_nothing_but_its_description() -> None:
    outbound = {**TICKET, "source": 10, "conversations": [entry(1, 10, "Thank you.")]}
    assert [role for role, _, _ in said(json.dumps(outbound), "f.json")] == ["agent", "customer"]
    assert said(json.dumps({**TICKET, "conversations": []}), "f.json") == [("customer", "Lee", "It never came.\nLee")]


def test_entries_alone_go_to_their_tickets_and_tickets_may_stand_one_a_line() -> None:
    rows = [entry(1, 10, "a", ticket_id=7), entry(2, 20, "b", ticket_id=7), entry(3, 10, "c", ticket_id=8)]
    first, second = outcomes(json.dumps(rows), "f.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, short(first), first.turns[1].source) == (
        "7",
        [("customer", None, "a"), ("agent", None, "b")],
        ("#/1",),
    )
    assert (second.id, second.source) == ("8", "f.json#/2")
    whole = {**TICKET, "conversations": rows[:1]}
    assert [t.source for t in outcomes(lines([whole, {**whole, "id": 8}]), "f.jsonl")] == ["f.jsonl:1", "f.jsonl:2"]
    assert one(json.dumps(whole), "f.json").turns[0].source == ("#/description",)
