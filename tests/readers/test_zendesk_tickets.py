"""Zendesk tickets: comments, exports, audits."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, one, outcomes, reading, said, short


def comment(id_: int, author: int, body: str, at: str = "", **more: Any) -> dict[str, Any]:
    made = {"id": id_, "type": "Comment", "author_id": author, "body": body, "html_body": f"<div>{body}</div>"}
    return {**made, "public": True, "created_at": f"2026-03-02T10:{at or id_:02}:00Z", **more}


USERS = [
    {"id": 10, "role": "end-user", "name": "Lee"},
    {"id": 20, "role": "agent", "name": "Dana"},
    {"id": 30, "role": "admin", "name": "Kim"},
]
PAGE = {
    "ticket": {
        "id": 7,
        "requester_id": 10,
        "subject": "Parcel",
        "description": "It never came.",
        "created_at": "2026-03-02T10:01:00Z",
        "via": {"channel": "email"},
    },
    "users": USERS,
    "comments": [
        comment(3, 20, "ask the depot", public=False),
        comment(1, 10, "It never came.<br>Lee", via={"channel": "email"}),
        comment(2, 20, "Oh no, Lee."),
        comment(4, 30, "I have it here.", plain_body="I have it&nbsp;here."),
        comment(2, 20, "Oh no, Lee."),
    ],
    "meta": {"has_more": True},
}


def test_a_ticket_without_comments_is_a_failure_and_the_others_are_read() -> None:
    content = json.dumps({"tickets": [{"id": 1, "comments": [comment(1, 5, "a")]}, {"id": 2, "comments": None}]})
    first, second = outcomes(content, "t.json")
    assert isinstance(first, Transcript)
    assert second == Failure(
        "t.json#/tickets/1",
        "malformed",
        "the ticket has no comments; expected a list of them; export them with the ticket",
    )
    broken = '{"comments": [{"author_id": 1, "public": true'
    assert failed(broken, "t.json", format="zendesk")[0] == "t.json:1:46"
    source, _, message = failed('{"comments": []}', "t.json", format="zendesk")
    assert (source, message) == (
        "t.json",
        "the conversation has no turns; expected at least one; check the export",
    )


def test_comments_are_turns_in_order_once_with_the_roles_of_the_side_loaded_users() -> None:
    found = reading(json.dumps(PAGE), "t.json")
    (ticket,) = found
    assert ticket == Transcript(
        id="7",
        turns=(
            Turn("customer", "It never came.\nLee", "Lee", "2026-03-02T10:01:00Z", source=("#/comments/1",)),
            Turn("agent", "Oh no, Lee.", "Dana", "2026-03-02T10:02:00Z", source=("#/comments/2",)),
            Turn(
                "agent",
                "ask the depot",
                "Dana",
                "2026-03-02T10:03:00Z",
                visibility="internal",
                source=("#/comments/0",),
            ),
            Turn("agent", "I have it here.", "Kim", "2026-03-02T10:04:00Z", source=("#/comments/3",)),
        ),
        source="t.json",
        format="zendesk",
        channel="email",
        started_at="2026-03-02T10:01:00Z",
        meta={"subject": "Parcel"},
    )
    assert (found.format, found.why) == ("zendesk", "ticket comments with author_id and public")
    assert found.counts.left_out == {"repeated messages": 1}
    assert found.notes == ("t.json: there are more pages than this one; give their files, too",)


def test_every_marker_of_a_note_and_of_a_machine() -> None:
    marked = [
        comment(1, 10, "a"),
        comment(2, 20, "b", public=False),
        comment(3, 20, "c", public=None),
        comment(4, 20, "d", public="false"),
        comment(5, 20, "e", via={"channel": "rule"}),
        comment(6, -1, "f"),
        comment(7, 20, "g", via={"channel": "answer_bot_for_web_widget"}),
    ]
    found = one(json.dumps({**PAGE, "comments": marked, "meta": None}), "t.json")
    assert [(t.role, t.visibility, t.text) for t in found.turns] == [
        ("customer", "public", "a"),
        ("agent", "internal", "b"),
        ("agent", "internal", "c"),
        ("agent", "internal", "d"),
        ("bot", "public", "e"),
        ("bot", "public", "f"),
        ("bot", "public", "g"),
    ]


def test_without_users_the_requester_is_the_customer_and_copied_people_stay_unknown() -> None:
    ticket = {"id": 7, "requester_id": 10, "email_cc_ids": [40], "comments": []}
    said_by = [comment(1, 10, "a"), comment(2, 20, "b"), comment(3, 40, "c"), comment(4, 21, "d")]
    assert said(json.dumps({**ticket, "comments": said_by}), "t.json") == [
        ("customer", None, "a"),
        ("agent", "20", "b"),
        ("unknown", "40", "c"),
        ("agent", "21", "d"),
    ]


def test_whoever_writes_a_note_is_an_agent_and_the_other_one_the_customer() -> None:
    rows = [comment(1, 10, "a"), comment(2, 20, "b"), comment(3, 20, "c", public=False)]
    assert said(json.dumps({"comments": rows}), "t.json") == [
        ("customer", "10", "a"),
        ("agent", None, "b"),
        ("agent", None, "c"),
    ]
    assert said(json.dumps({"comments": rows[:1]}), "t.json") == [("unknown", "10", "a")]


def test_an_export_holds_one_ticket_a_line_with_people_as_objects() -> None:
    ticket = {
        "id": 7,
        "requester": {"id": 10, "name": "Lee"},
        "assignee": {"id": 20, "role": "agent", "name": "Dana"},
        "comments": [comment(1, 10, "a"), comment(2, 20, "b")],
    }
    first, second = outcomes(lines([ticket, {**ticket, "id": 8}]), "t.ndjson")
    assert short(first) == short(second) == [("customer", "Lee", "a"), ("agent", "Dana", "b")]
    assert isinstance(second, Transcript)
    assert (second.id, second.source) == ("8", "t.ndjson:2")
    bare = {"id": 6, "status": "open", "requester_id": 10, "comments": []}
    assert [getattr(o, "id", o.source) for o in outcomes(lines([bare, ticket]), "t.ndjson")] == ["t.ndjson:1", "7"]


def test_comments_alone_go_to_their_tickets() -> None:
    rows = [comment(1, 10, "a", ticket_id=7), comment(2, 11, "b", ticket_id=8), comment(3, 20, "c", ticket_id=7)]
    first, second = outcomes(lines(rows), "t.jsonl")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, [(t.text, t.source) for t in first.turns]) == ("7", [("a", (":1",)), ("c", (":3",))])
    assert (second.id, second.source, second.turns[0].source) == ("8", "t.jsonl:2", (":2",))
    assert one(json.dumps([comment(1, 10, "a")]), "t.json").turns[0].source == ("#/0",)


def test_audits_give_their_comment_events_time_and_author() -> None:
    audit = {
        "id": 5,
        "ticket_id": 7,
        "author_id": 20,
        "created_at": "2026-03-02T10:00:00Z",
        "via": {"channel": "web"},
        "events": [
            {"id": 1, "type": "Comment", "author_id": 10, "html_body": "<p>It never came.</p>", "public": True},
            {"id": 2, "type": "Create", "field_name": "status", "value": "open"},
            {"id": 3, "type": "Notification", "body": "We have your request.", "recipients": [10]},
        ],
    }
    later = {
        **audit,
        "id": 6,
        "created_at": "2026-03-02T11:00:00Z",
        "events": [{"id": 4, "type": "Comment", "body": "ask", "public": False}],
    }
    page = {"audits": [later, audit], "users": USERS}
    found = one(json.dumps(page), "a.json")
    assert found.id == "7"
    assert found.turns == (
        Turn("customer", "It never came.", "Lee", "2026-03-02T10:00:00Z", source=("#/audits/1/events/0",)),
        Turn(
            "agent",
            "ask",
            "Dana",
            "2026-03-02T11:00:00Z",
            visibility="internal",
            source=("#/audits/0/events/0",),
        ),
    )
    other = {**audit, "id": 9, "ticket_id": 8}
    assert [t.id for t in outcomes(json.dumps({"audits": [audit, other]}), "a.json") if isinstance(t, Transcript)] == [
        "7",
        "8",
    ]
    assert one(json.dumps({"audit": audit}), "a.json").turns[0].source == ("#/audit/events/0",)
    assert one(lines([audit, later]), "a.jsonl").turns[1].source == (":2/events/0",)


def test_of_a_voice_comment_the_transcription_is_read_and_nothing_else() -> None:
    taped = comment(1, 20, "Call from: +1 555 0100", type="VoiceComment", data={"transcription_text": "Call me back."})
    call = comment(2, 20, "Call to: +1 555 0100", type="VoiceComment", data={"call_duration": "40"})
    found = reading(json.dumps({**PAGE, "comments": [taped, call], "meta": None}), "t.json")
    (ticket,) = found
    assert short(ticket) == [("customer", "Lee", "Call me back.")]
    assert found.counts.left_out == {"calls without a transcription": 1}


def test_a_chat_that_arrives_as_one_comment_becomes_turns() -> None:
    chat = (
        "Chat started: 2026-03-02 10:04 AM UTC\n\n(10:04:33) Lee: My parcel never came.\nAt all.\n"
        "(10:04:50) *** Dana joined the chat ***\n(10:05:02) Dana: Oh no, Lee.\n(10:05:10) Sam: Me, too.\n"
    )
    html = "<div>" + chat.replace("\n", "<br>") + "</div>"
    page = {**PAGE, "comments": [comment(1, 10, chat, html_body=html), comment(2, 20, "Solved?")], "meta": None}
    found = reading(json.dumps(page), "t.json")
    (ticket,) = found
    assert isinstance(ticket, Transcript)
    assert ticket.turns == (
        Turn("customer", "My parcel never came.\nAt all.", "Lee", start_ms=0, source=("#/comments/0",)),
        Turn("agent", "Oh no, Lee.", "Dana", start_ms=29_000, source=("#/comments/0",)),
        Turn("unknown", "Me, too.", "Sam", start_ms=37_000, source=("#/comments/0",)),
        Turn("agent", "Solved?", "Dana", "2026-03-02T10:02:00Z", source=("#/comments/1",)),
    )
    assert found.counts.left_out == {"events": 1}
    page["comments"][0]["public"] = False
    assert [t.visibility for t in one(json.dumps(page), "t.json").turns] == ["internal"] * 3 + ["public"]
