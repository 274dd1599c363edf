"""Shortcuts of Zendesk Chat.

    [{"name": "sorry-late", "message": "I am sorry that it is late, @visitor.", "options": "Yes/No", "tags": ["late"]},
     {"name": "refund", "message": "Your money is on its way.", "options": "", "tags": []},
     {"name": "bye", "message": "Thanks for the chat!", "options": "", "tags": []}]

The name is what agents type, and no two shortcuts share one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import File, MacroReader, Outcome
from empathy_audit.readers.json_fields import label

_PATHS = (("shortcuts",),)


def sniff(file: File) -> str | None:
    """Taken for objects with a name, a message and options or tags."""
    found = fields.samples(file, *_PATHS)
    known = bool(found) and all(
        "name" in macro and "message" in macro and ("options" in macro or "tags" in macro or "scope" in macro)
        for macro in found
    )
    return "shortcuts with a message" if known else None


def read(file: File) -> Iterator[Outcome]:
    """One draft a text that a customer gets."""
    return fields.read_each(file, _macro, *_PATHS)


def _macro(file: File, value: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    return fields.the_text(
        file,
        value,
        parts,
        "message",
        id=label(value, "name"),
        title=label(value, "name"),
        channel="chat",
        tags=fields.tags(value.get("tags")),
    )


READER = MacroReader(
    name="zendesk-chat",
    about="shortcuts of Zendesk Chat, JSON",
    suffixes=(".json", ".jsonl"),
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
