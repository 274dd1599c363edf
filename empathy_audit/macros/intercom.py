r"""Macros of Intercom, a page of the API or single ones.

    {"type": "list", "data": [{"type": "macro", "id": "123", "name": "Order late", "visible_to": "everyone",
      "body": "<p>Hi <attribute key=\"user.name\" default=\"there\"/>, ...</p>",
      "body_text": "Hi {{user.name|fallback:\"there\"}}, ..."}]}

The HTML is read where there is any, for it holds what the agent wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import File, MacroReader, Outcome
from empathy_audit.readers.json_fields import label

_PATHS = (
    ("data",),
    ("macros",),
)


def sniff(file: File) -> str | None:
    """Taken for objects of the type `macro` with a body."""
    found = fields.samples(file, *_PATHS)
    known = bool(found) and all(
        macro.get("type") == "macro" and ("body" in macro or "body_text" in macro) for macro in found
    )
    return "macros with a body" if known else None


def read(file: File) -> Iterator[Outcome]:
    """One draft a text that a customer gets."""
    return fields.read_each(file, _macro, *_PATHS)


def _macro(file: File, value: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    return fields.the_text(file, value, parts, "body", "body_text", id=label(value, "id"), title=label(value, "name"))


READER = MacroReader(
    name="intercom",
    about="macros of Intercom, JSON",
    suffixes=(".json", ".jsonl"),
    verified="sample seen: examples of the vendor's API description",
    sniff=sniff,
    read=read,
)
