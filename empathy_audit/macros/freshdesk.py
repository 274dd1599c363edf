"""Canned responses of Freshdesk.

    [{"id": 11, "title": "Order late", "folder_id": 2, "content": "Hi {{ticket.requester.name}}, ...",
      "content_html": "<p>Hi {{ticket.requester.name}}, ...</p>", "visibility": 0}]

    {"canned_responses": [ ... ]}

The HTML is read where there is any, for the text is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import File, MacroReader, Outcome
from empathy_audit.readers.json_fields import label

_PATHS = (
    ("canned_responses",),
    ("responses",),
    ("canned_response",),
)


def sniff(file: File) -> str | None:
    """Taken for objects with a title and content."""
    found = fields.samples(file, *_PATHS)
    known = bool(found) and all("title" in macro and ("content" in macro or "content_html" in macro) for macro in found)
    return "canned responses with a title" if known else None


def read(file: File) -> Iterator[Outcome]:
    """One draft a text that a customer gets."""
    return fields.read_each(file, _macro, *_PATHS)


def _macro(file: File, value: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    return fields.the_text(
        file, value, parts, "content_html", "content", id=label(value, "id"), title=label(value, "title")
    )


READER = MacroReader(
    name="freshdesk",
    about="canned responses of Freshdesk, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
