"""Whatever stands where in a help desk's file: a conversation or a located failure, never an exception."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import ROLES, Transcript
from empathy_audit.readers import READERS, Limits, Source
from empathy_audit.readers.decoding import Document

from tests.readers import (
    test_chatwoot,
    test_crisp,
    test_freshdesk,
    test_front,
    test_help_scout,
    test_intercom,
    test_livechat,
    test_sunshine,
    test_tawk,
    test_zendesk_chat,
    test_zendesk_tickets,
)
from tests.readers.build import outcomes, reading

AUDIT = {"id": 1, "ticket_id": 7, "author_id": 10, "created_at": "2026-03-02T10:00:00Z", "via": {"channel": "web"}}
DOCUMENTS: dict[str, tuple[str, Any]] = {
    "zendesk comments": ("zendesk", test_zendesk_tickets.PAGE),
    "zendesk audits": (
        "zendesk",
        {
            "audits": [{**AUDIT, "events": [test_zendesk_tickets.comment(1, 10, "a")]}],
            "users": test_zendesk_tickets.USERS,
        },
    ),
    "zendesk chat": ("zendesk-chat", {"chats": [test_zendesk_chat.CHAT]}),
    "intercom": (
        "intercom",
        test_intercom.conversation(test_intercom.part(1, test_intercom.DANA, "<p>Hi</p>"), conversation_rating={}),
    ),
    "freshdesk": (
        "freshdesk",
        {"ticket": test_freshdesk.TICKET, "conversations": [test_freshdesk.entry(1, 20, "Hi")]},
    ),
    "help scout": (
        "help-scout",
        {"_embedded": {"conversations": [test_help_scout.conversation(test_help_scout.thread(1, "chat", test_help_scout.LEE, "Hi"))]}},
    ),
    "front": ("front", {"_results": [test_front.message(1, True, "Hi"), test_front.message(2, False, "Hi")]}),
    "livechat": ("livechat", {"chats": [test_livechat.chat(test_livechat.event(1, "u1", "Hi"))]}),
    "chatwoot": ("chatwoot", {"payload": [test_chatwoot.message(1, 1, "Hi", "User")]}),
    "tawk": ("tawk", test_tawk.webhook(test_tawk.message(1, test_tawk.LEE, "Hi"))),
    "sunshine": ("sunshine", {"messages": [test_sunshine.message(1, test_sunshine.LEE, "Hi")]}),
    "crisp": ("crisp", {"data": [test_crisp.message(1, "user", "Hi")]}),
}  # fmt: skip
HOSTILE: tuple[Any, ...] = (
    None, True, 0, -1, 1e300, 10**30, "", " ", "x" * 5000, "\x00\x1b[31m\u202e", [], [None, 1, "a", [[]]], {}, {"a": {"id": []}},
    ["x"] * 50, [{}], {"id": 1e400}, "9" * 5000, float("nan"),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield (*path, key)
        yield from places(child, (*path, key))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_each_document_is_taken_by_its_reader_and_by_no_other(name: str) -> None:
    format_, document = DOCUMENTS[name]
    content = json.dumps(document).encode()
    taking = [r.name for r in READERS if r.sniff(Document(Source("a.json", data=content), Limits()))]
    assert taking == [format_]
    found = reading(content, "a.json")
    assert [type(o) for o in found] == [Transcript]
    assert found.format == format_


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_anything_may_stand_anywhere(name: str) -> None:
    format_, document = DOCUMENTS[name]
    for path in places(document):
        for value in HOSTILE:
            changed = copy.deepcopy(document)
            inner = changed
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = value
            for outcome in outcomes(json.dumps(changed), "a.json", format=format_):
                if isinstance(outcome, Failure):
                    assert outcome.source.startswith("a.json")
                    assert outcome.message
                    continue
                for turn in outcome.turns:
                    assert turn.role in ROLES
                    assert isinstance(turn.text, str)
                    assert turn.speaker is None or (isinstance(turn.speaker, str) and turn.speaker)
                    assert turn.at is None or isinstance(turn.at, str)
            missing = copy.deepcopy(document)
            inner = missing
            for key in path[:-1]:
                inner = inner[key]
            del inner[path[-1]]
            outcomes(json.dumps(missing), "a.json", format=format_)


@pytest.mark.parametrize("format_", sorted({f for f, _ in DOCUMENTS.values()}))
@pytest.mark.parametrize("content", ["null", "[]", "[1, null]", "{}", '"a"', "3", '[{"a": 1}, []]', "[[[[", "{"])
def test_documents_of_nothing_are_located_failures_or_nothing(format_: str, content: str) -> None:
    found = outcomes(content, "a.json", format=format_)
    assert all(isinstance(o, Failure) and o.source.startswith("a.json") and o.message for o in found)
