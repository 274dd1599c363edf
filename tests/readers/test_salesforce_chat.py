"""Chat bodies of Salesforce: alone, in a query's JSON, in a table's cell."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, outcomes, reading, said

HEAD = (
    '<p align="center">Chat Started: Monday, March 02, 2026, 10:15:00 (-0500)</p>'
    '<p align="center">Chat Origin: Live Chat Button</p><p align="center">Agent Dana I</p>'
)
BODY = (
    HEAD
    + "( 10s ) Dana I: Hi, it&#39;s Dana: how can I help?<br>( 1m 13s ) Lee Moss: It never came.<br>Not at all.<br>"
    "( 1h 2m 3s ) Dana I: Oh no.<br>( 1h 2m 9s ) "
)


def table(*rows: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    return written.getvalue()


def test_a_record_without_a_body_is_a_failure_and_the_others_are_read() -> None:
    records = {"records": [{"Id": "1", "Body": BODY}, {"Id": "2", "Body": None}]}
    first, second = outcomes(json.dumps(records), "s.json")
    assert isinstance(first, Transcript)
    assert (first.id, first.source, first.turns[0].source) == ("1", "s.json#/records/0", ("#/records/0/Body",))
    assert (second.source, getattr(second, "message", "")) == (
        "s.json#/records/1",
        "no Body; expected the HTML of a chat; query the field Body, too",
    )
    assert failed(HEAD, "s.html") == (
        "s.html",
        "malformed",
        "the conversation has no turns; expected at least one; check the export",
    )


def test_a_body_alone_is_one_conversation() -> None:
    content = BODY.replace("<br>( 1m", "<br>\n( 1m").replace("<br>( 1h 2m 3s )", "<br>\r\n( 1h 2m 3s )\n")
    found = reading(content, "s.html")
    assert list(found) == [
        Transcript(
            id="s.html:1",
            turns=(
                Turn("agent", "Hi, it's Dana: how can I help?", "Dana I", start_ms=10_000, source=(":1",)),
                Turn("customer", "It never came.\nNot at all.", "Lee Moss", start_ms=73_000, source=(":2",)),
                Turn("agent", "Oh no.", "Dana I", start_ms=3_723_000, source=(":3",)),
            ),
            source="s.html",
            format="salesforce-chat",
            channel="chat",
            started_at="2026-03-02T10:15:00-05:00",
        )
    ]
    assert (found.format, found.why) == ("salesforce-chat", "a chat body that begins with Chat Started")
    assert found.counts.left_out == {"empty turns": 1, "events": 1}


def test_after_a_transfer_both_are_agents_with_their_names() -> None:
    content = (
        HEAD + "( 1s ) Dana I: Hi<br>( 2s ) Lee: Hello<br>"
        '<p align="center">Agent Dana I successfully transferred the chat to Agent Kim O</p>'
        "( 9s ) Kim O: I am Kim.<br>"
    )
    assert said(content, "s.html") == [
        ("agent", "Dana I", "Hi"),
        ("customer", "Lee", "Hello"),
        ("agent", "Kim O", "I am Kim."),
    ]
    named = HEAD + '<p align="center">Agent Kim O</p>( 1s ) Dana I: a<br>( 2s ) Kim O: b<br>( 3s ) Lee: c<br>'
    assert [role for role, _, _ in said(named, "s.html")] == ["agent", "agent", "customer"]


def test_a_bot_that_hands_over_is_no_agent_and_times_go_on() -> None:
    marked = (
        '<p align="center">Chat Started: Monday, March 02, 2026, 10:15:00 (+0000)</p>( 2s ) Shop Chatbot: Hi<br>'
        '( 12s ) Visitor: a person, please<br><p align="center">Agent Chatbot successfully transferred the chat to skill</p>'
        '<p align="center">Chat Started: Monday, March 02, 2026, 10:15:20 (+0000)</p><p align="center">Chat Origin: EN</p>'
        '<p align="center">Chat Transferred From Shop Chatbot To Returns Desk</p>( 5s ) Returns Desk: Hello!<br>'
    )
    plain = marked.replace('<p align="center">', "").replace("</p>", "\n").replace("<br>", "\n")
    for content in (marked, plain):
        found = reading(content, "s.txt")
        (chat,) = found
        assert isinstance(chat, Transcript)
        assert [(t.role, t.speaker, t.text, t.start_ms) for t in chat.turns] == [
            ("bot", "Shop Chatbot", "Hi", 2_000),
            ("customer", "Visitor", "a person, please", 12_000),
            ("agent", "Returns Desk", "Hello!", 25_000),
        ]
        assert found.format == "salesforce-chat"
        assert found.counts.left_out == {"events": 2}


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (("(FirstName)", "Visitor", "Dana I"), ["customer", "agent"]),
        (("Dana I", "Lee", "Dana I", "Support Bot"), ["customer", "agent", "bot"]),
        (("(FirstName)", "Lee", "Dana", "Kim"), ["unknown", "unknown", "unknown"]),
    ],
)
def test_who_is_who_where_the_heading_does_not_say(names: tuple[str, ...], roles: list[str]) -> None:
    head, *speakers = names
    content = HEAD.replace("Dana I", head) + "".join(f"( {n}s ) {s}: text {n}<br>" for n, s in enumerate(speakers, 1))
    assert [role for role, _, _ in said(content, "s.html")] == roles


def test_a_table_hands_over_the_cells_that_hold_bodies() -> None:
    rows = [["Id", "Name", "Body", "OwnerId", "CaseId"], ["5701", "00001", BODY, "0051", "500A"], ["5702", "00002", BODY.replace("Lee", "Ann"), "0051", ""]]  # fmt: skip
    found = reading(table(*rows), "LiveChatTranscript.csv")
    first, second = found
    assert first == Transcript(
        id="5701",
        turns=(
            Turn("agent", "Hi, it's Dana: how can I help?", "Dana I", start_ms=10_000, source=(":2",)),
            Turn("customer", "It never came.\nNot at all.", "Lee Moss", start_ms=73_000, source=(":2",)),
            Turn("agent", "Oh no.", "Dana I", start_ms=3_723_000, source=(":2",)),
        ),
        source="LiveChatTranscript.csv:2",
        format="wide-table",
        channel="chat",
        started_at="2026-03-02T10:15:00-05:00",
        meta={"Name": "00001", "OwnerId": "0051", "CaseId": "500A"},
    )
    assert isinstance(second, Transcript)
    assert (second.id, second.turns[1].speaker) == ("5702", "Ann Moss")
    assert found.why == 'a table with conversations in the column "Body"'


def test_a_date_that_is_none_is_no_start_and_a_line_without_a_name_no_turn() -> None:
    content = HEAD.replace("March 02", "Brumaire 42") + "( 1s ) Chat ended by the visitor<br>( 2s ) Lee: a<br>"
    found = reading(content, "s.html")
    (chat,) = found
    assert isinstance(chat, Transcript)
    assert (chat.started_at, [t.text for t in chat.turns]) == (None, ["a"])
    assert found.counts.left_out == {"events": 2}
    assert one(HEAD.replace("March 02", "March 42") + "( 2s ) Lee: a<br>", "s.html").started_at is None


@pytest.mark.parametrize(
    "piece",
    ['<p align="center">', "( 1s ) ", "( 1s ) a:<br>", "<br>", "\n", "( ", "<p align=center>Agent ", "( 1s )\n"],
)
def test_time_grows_no_faster_than_the_body(piece: str) -> None:
    begun = time.process_time()
    outcomes(HEAD + piece * (200_000 // len(piece)), "s.html", format="salesforce-chat")
    assert time.process_time() - begun < 4
