"""Saved replies of Help Scout: a page of the Mailbox API, a list of them, or one.

    [{"id": 7, "name": "Order late", "text": "<p>Hi {%customer.firstName,fallback=there%}, ...</p>",
      "chatText": "Hi {%customer.firstName,fallback=there%}, ..."}]

    {"_embedded": {"saved-replies": [ ... ]}}

A reply has a text for mails and may have another one for chats: two macros, `7` and `7#chat`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import File, MacroReader, Outcome
from empathy_audit.readers.json_fields import label

_PATHS = (("_embedded", "saved-replies"), ("_embedded", "savedReplies"), ("_embedded", "saved_replies"))
_OWN = ("title", "situation", "emotion", "type")


def sniff(file: File) -> str | None:
    """Taken for objects with a name and a text for mails or chats."""
    found = fields.samples(file, *_PATHS)
    known = bool(found) and all(
        "name" in reply and ("text" in reply or "chatText" in reply) and not any(key in reply for key in _OWN)
        for reply in found
    )
    return "saved replies with a name" if known else None


def read(file: File) -> Iterator[Outcome]:
    """One draft for mails and one for chats."""
    return fields.read_each(file, _reply, *_PATHS)


def _reply(file: File, value: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    id_, name = label(value, "id"), label(value, "name")
    mail, chat = fields.seen(file, value, "text"), fields.seen(file, value, "chatText")
    if mail is None and chat is None:
        file.tally.leave_out(fields.NO_TEXT)
    if mail:
        yield fields.draft(value, mail[0], (*parts, "text"), id=id_, title=name, channel="email" if chat else None)
    if chat:
        chat_id = f"{id_ or name}#chat" if mail else id_
        yield fields.draft(value, chat[0], (*parts, "chatText"), id=chat_id, title=name, channel="chat")


READER = MacroReader(
    name="help-scout",
    about="saved replies of Help Scout, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
