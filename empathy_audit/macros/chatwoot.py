"""Canned responses of Chatwoot.

    [{"id": 4, "short_code": "late", "content": "Hi {{contact.name}}, your parcel is late."},
     {"id": 5, "short_code": "bye", "content": "Thank you, {{contact.name}}!"}]

    {"payload": [ ... ]}

The short code is what agents type, and no two of an account share one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import File, MacroReader, Outcome
from empathy_audit.readers.json_fields import label

_PATHS = (
    ("payload",),
    ("canned_responses",),
)


def sniff(file: File) -> str | None:
    """Taken for objects with a short code and content."""
    found = fields.samples(file, *_PATHS)
    known = bool(found) and all("short_code" in macro and "content" in macro for macro in found)
    return "canned responses with a short code" if known else None


def read(file: File) -> Iterator[Outcome]:
    """One draft a text that a customer gets."""
    return fields.read_each(file, _macro, *_PATHS)


def _macro(file: File, value: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    return fields.the_text(
        file, value, parts, "content", id=label(value, "id", "short_code"), title=label(value, "short_code")
    )


READER = MacroReader(
    name="chatwoot",
    about="canned responses of Chatwoot, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
