"""vCon, the IETF's container for conversations, in all its versions: a JSON object, a list, or JSON lines.

    {"vcon": "0.4.0", "uuid": "018c", "created_at": "2026-03-02T10:15:00Z",
     "parties": [{"name": "Dana", "role": "agent"}, {"tel": "+15550100", "meta": {"role": "customer"}}],
     "dialog": [{"type": "text", "start": "2026-03-02T10:15:00Z", "parties": [0, 1], "originator": 1,
                 "mediatype": "text/plain", "encoding": "none", "body": "My parcel never came."},
                {"type": "recording", "start": "2026-03-02T10:20:00Z", "parties": [1, 0], "url": "https://..."}],
     "analysis": [{"type": "transcript", "dialog": 1, "vendor": "deepgram", "encoding": "json", "body": {...}}]}

A text dialog is a turn of its originator, or of the first of its parties. A recording is read from its transcript among
the analyses, one transcript a recording. Signed vCons (JWS) are unwrapped and the signature is not checked; encrypted
ones (JWE) are refused. After draft-ietf-vcon-vcon-core-04, what it says of older versions, draft-howe-vcon-wtf-extension
and real files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, objects, words_of
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.vcon_content import MOST_WRAPS, Undecodable, is_encrypted, is_signed, unsigned
from empathy_audit.readers.vcon_dialog import Wrong, conversation

_LISTS = ("parties", "dialog", "analysis", "attachments")
# Extensions that add and change nothing: they may stand among the critical ones without harm.
_HARMLESS = frozenset(
    ("wtf_transcription", "wtf", "cc", "lawful_basis", "agent_session", "sip-signaling", "provenance")
)


def sniff(document: Document) -> str | None:
    """Taken for a vCon, plain, signed or encrypted."""
    value = first(document)
    if _is_vcon(value):
        return "a vCon"
    if is_signed(value):
        try:
            return "a signed vCon" if _is_vcon(unsigned(value)[0]) else None
        except Undecodable:
            return "a signed vCon" if ".vcon" in document.source.base.casefold() else None
    if is_encrypted(value):
        head = inside(value, "unprotected")
        said = isinstance(head, dict) and ("uuid" in head or "vcon" in (words_of(head.get("cty")) or ""))
        return "an encrypted vCon" if said or ".vcon" in document.source.base.casefold() else None
    return None


def _is_vcon(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("vcon"), str) and ("uuid" in value or any(k in value for k in _LISTS)):
        return True
    # `vcon` is optional in the newest draft, and some early files lack it.
    return "uuid" in value and all(isinstance(value.get(k), list) for k in ("parties", "dialog"))


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a vCon."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _one(record, desk)


def _one(record: Record, desk: Desk) -> Draft | Failure:
    try:
        value, wraps = unsigned(record.value)
    except Undecodable as error:
        return desk.failure(_place(record, "payload"), f"the payload of the signed vCon {error}")
    if is_encrypted(value):
        return desk.failure(
            record.place, "the vCon is encrypted (JWE); expected a plain or signed one; decrypt it with your key first"
        )
    if is_signed(value):
        return desk.failure(record.place, f"signed more than {MOST_WRAPS} times over; expected a vCon inside")
    if not isinstance(value, dict) or not any(isinstance(value.get(k), list) for k in ("dialog", "analysis")):
        return desk.failure(record.place, "no dialog; expected a vCon with parties and dialog")
    needed = [x for k in ("critical", "must_support") for x in _list(value.get(k)) if isinstance(x, str)]
    strange = next((x for x in needed if x.casefold() not in _HARMLESS), None)
    if strange:
        return desk.failure(
            record.place,
            f'the vCon may only be read by who knows its extension "{strange[:40]}" (critical); '
            "convert it to one without",
        )
    if wraps:
        desk.tally.note(f"{desk.name}{record.place}: the vCon is signed; the signature was not checked")
    parts: tuple[str | int, ...] = (*record.parts, *["payload"] * wraps)
    try:
        found = conversation(value, parts, desk)
    except Wrong as wrong:
        return desk.failure(_place(record, *["payload"] * wraps, *wrong.parts), str(wrong))
    found.line, found.place = record.line, record.place
    if not found.turns:
        return desk.failure(record.place, _nothing(value))
    return found


def _place(record: Record, *parts: str | int) -> str:
    """In JSON lines the line; else the pointer."""
    return record.place if record.place.startswith(":") else pointer(*record.parts, *parts)


def _nothing(value: dict[str, Any]) -> str:
    kinds = [words_of(d.get("type")) or "nothing" for _, d in objects(value.get("dialog"))]
    recordings = kinds.count("recording")
    what = f"{recordings} recording{'s' * (recordings != 1)} and no transcript" if recordings else "no text"
    return (
        f"the vCon holds {what}; expected dialogs of type text with a body, or an analysis of type transcript; "
        "transcribe it first"
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


READER = Reader(
    name="vcon",
    about="vCon (IETF), chats and calls with a transcript, plain or signed",
    suffixes=(".json", ".vcon", ".jsonl"),
    verified="sample seen: real files of version 0.0.1; later versions, signed ones and vendors' transcripts after the drafts",
    sniff=sniff,
    read=read,
)
