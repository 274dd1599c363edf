"""Chats of Salesforce (LiveChatTranscript): the field Body alone, or the JSON of a query; tables hold it, too.

    <p align="center">Chat Started: Monday, March 02, 2026, 10:15:00 (+0000)</p><p align="center">Chat Origin: Button</p>
    <p align="center">Agent Dana I</p>( 10s ) Dana I: Hi, how can I help?<br>( 1m 13s ) Lee Moss: It never came.<br>
    ( 1h 2m 3s ) Dana I: Oh no.<br>

The object is defined in Salesforce's object reference, its body nowhere: what is read was seen in real ones. See
salesforce_body.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import LINE_END, Document
from empathy_audit.readers.help_desk import conversations, kept
from empathy_audit.readers.json_fields import inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.salesforce_body import draft, is_body

_PATHS = (("records",), ("result", "records"))


def sniff(document: Document) -> str | None:
    """Taken for the heading `Chat Started:` in a paragraph of its own, or records that have such a body."""
    if is_body(document.head):
        return "a chat body that begins with Chat Started"
    value = mapping(first(document))
    for path in _PATHS:
        found = [r for _, r in objects(inside(value, *path))][:20]
        if any(is_body(text(r, "Body") or "") for r in found):
            return "records whose Body is a chat"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """The one draft of a body, or one a record."""
    if document.head.lstrip()[:1] in ("{", "["):
        yield from read_each(document, desk, _records)
        return
    body = document.text
    found = draft(body, desk.tally)
    line, before = 1, 0
    for number, turn in enumerate(found.turns):
        at = int(turn.source[0])
        line += len(LINE_END.findall(body, before, at))
        before = at
        found.turns[number] = replace(turn, source=(f":{line}",))
    yield found


def _records(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    for inner in conversations(record, *_PATHS):
        body = text(inner.value, "Body")
        if not body:
            yield wrong(desk, inner, "no Body; expected the HTML of a chat; query the field Body, too")
            continue
        found = draft(body, desk.tally)
        found.turns = [replace(t, source=(pointer(*inner.parts, "Body"),)) for t in found.turns]
        found.id, found.line, found.place = label(inner.value, "Id", "Name"), inner.line, inner.place
        found.meta = kept(mapping(inner.value), "Name", "CaseId", "OwnerId", "Status")
        yield found


READER = Reader(
    name="salesforce-chat",
    about="chat bodies of Salesforce (LiveChatTranscript), HTML or JSON",
    suffixes=(".html", ".htm", ".txt", ".json"),
    verified="sample seen: a real body",
    sniff=sniff,
    read=read,
)
