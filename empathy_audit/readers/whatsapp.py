"""Chats that WhatsApp exports as text, of Android and iOS, in any order of day, month and year.

    02/03/2026, 10:15 - Messages and calls are end-to-end encrypted.
    02/03/2026, 10:15 - Lee: My parcel never came!
    It should have been here on Monday.
    02/03/2026, 10:17 - Dana (Support): Oh no, Lee. Let me look.

iOS writes `[3/2/26, 10:15:04 PM] Lee: ...`. There is no specification: the heads were taken from the tables of two
public parsers, and the order of day and month is worked out over the whole file (message_heads.py). Lines without a
head go on with the message above. Lines without a name, placeholders of media and deleted messages are left out and
counted. Times are the telephone's, without a zone. Who the agent is must be told, unless a name says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import LINE_END, Document
from empathy_audit.readers.message_heads import Head, ambiguous, clean, order_of, read_head
from empathy_audit.readers.speakers import read_label

_NEVER = (".csv", ".tsv", ".json", ".jsonl", ".vtt", ".srt", ".eml", ".mbox")
_MARK = "\u200e"  # iOS puts it before everything that WhatsApp itself wrote

# Lines that WhatsApp writes and that hold a colon: no name stands before it.
_EVENT = re.compile(
    r"[\"“”]|\b(changed (the|this|their|to)|created (the |this )?group|security code|(was|were) added|added you|joined using)\b"
)
_NOTICE = re.compile(
    r"messages (to this (chat|group) )?(and calls|you send) .{0,60}(end-to-end encrypt|secured)|messages and calls are end-to-end"
    r"|(missed|silenced) (voice|video|group) .{0,20}call|(this message was|you) deleted( this message)?"
    r"|your security code with|tap to learn more|is a contact$|waiting for this message",
    re.I,
)
_DELETED = re.compile(r"(this message was deleted|you deleted this message)\b.{0,30}|null", re.I)
_MEDIA = re.compile(
    r"<[^<>\n]{3,40}>|(image|photo|video|audio|voice message|sticker|gif|document|contact card|media|video note|file) omitted",
    re.I,
)
_ATTACHED = re.compile(
    r"<attached: [^<>\n]{1,200}>|[^\s:<>]{1,200}\.\w{2,5} \((?:file attached|Datei angehängt|archivo adjunto)\)"
)
_EDITED = re.compile(r"<[^<>\n]{0,20}(message was edited|nachricht .{0,20}bearbeitet)[^<>\n]{0,20}>", re.I)


def sniff(document: Document) -> str | None:
    """Taken when the first line and another named one have the heads of an export.

    `[2026-03-02 10:15] Lee: ...` is how many logs look: taken only where something of WhatsApp stands in the file.
    """
    if document.source.suffix in _NEVER:
        return None
    lines = [line for line in LINE_END.split(document.head) if line.strip()][:400]
    first = read_head(lines[0]) if lines else None
    if first is None:
        return None
    heads = [h for h in map(read_head, lines) if h]
    if not any(_name(h) for h in heads) or len({h.style for h in heads}) > 2:
        return None
    if first.logged and not any(_MARK in h.rest or _NOTICE.search(h.rest) or _MEDIA.search(h.rest) for h in heads):
        return None
    return f"lines that begin with date and time, as in {first.date}"


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """The one conversation of the file."""
    yield conversation(document.lines, desk)


def conversation(lines: Sequence[str], desk: Desk, place: str = "") -> Draft | Failure:
    """The lines as one conversation; `place` stands before the line numbers, for a file inside an archive."""
    messages: list[tuple[int, Head, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        head = read_head(line)
        if head:
            messages.append((number, head, [head.rest]))
        elif messages:
            messages[-1][2].append(line)
        elif line.strip():
            desk.tally.leave_out("lines before the first message")
    if not messages:
        return desk.failure(
            place,
            "no line begins as in a WhatsApp export; expected such as `02/03/2026, 10:15 - Name: text`; export it again",
        )
    heads = [head for _, head, _ in messages]
    order = order_of(heads)
    if ambiguous(heads):
        desk.tally.note(
            f"{desk.name}{place}: no date in it tells days from months; they are read as {order}, which may be wrong"
        )
    turns = [_turn(head, parts, head.at(order), f"{place}:{number}", desk) for number, head, parts in messages]
    return Draft(
        [t for t in turns if t], place=place, channel="chat", started_at=next((t.at for t in turns if t and t.at), None)
    )


def _turn(head: Head, parts: Sequence[str], at: str | None, place: str, desk: Desk) -> Turn | None:
    """The message as a turn; None for what nobody said."""
    found = _name(head)
    if found is None:
        desk.tally.leave_out("system lines")
        return None
    name, said = found
    raw = "\n".join([said, *parts[1:]]).strip()
    last = raw.rfind("<")
    edited = last >= 0 and _EDITED.fullmatch(raw, last)
    text, attachments = _ATTACHED.subn("", raw[:last] if edited else raw)
    whole = clean(text).strip()
    if _DELETED.fullmatch(whole):
        desk.tally.leave_out("deleted messages")
    elif (attachments and not whole) or _MEDIA.fullmatch(whole):
        desk.tally.leave_out("media")
    elif len(parts) == 1 and not attachments and (_NOTICE.match(whole) or (raw.startswith(_MARK) and len(whole) < 300)):
        desk.tally.leave_out("system lines")
    else:
        label = read_label(name)
        return Turn(label.role or "unknown", whole, label.name or name, at, source=(place,))
    return None


def _name(head: Head) -> tuple[str, str] | None:
    """The name before the first colon and what follows; None where WhatsApp itself speaks."""
    name, colon, said = head.rest.partition(":")
    name = clean(name).strip()
    if not colon or not name or len(name) > 80 or _EVENT.search(name):
        return None
    return name.removeprefix("~").strip("\u202f\u00a0 ") or name, said.removeprefix(" ")


READER = Reader(
    name="whatsapp",
    about="chats that WhatsApp exports as text, of Android and iOS",
    suffixes=(".txt",),
    verified="sample seen: test files of a public parser (two orders), a table of heads of another",
    sniff=sniff,
    read=read,
)
