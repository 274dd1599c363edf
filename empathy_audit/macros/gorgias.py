"""Macros of Gorgias: a page of the API, a list of them, or one.

    {"data": [{"id": 3, "name": "Order late", "intent": "shipping/delay", "language": "en", "actions": [
      {"name": "setResponseText", "type": "user", "arguments": {"body_text": "Hi ...", "body_html": "<div>Hi ...</div>"}},
      {"name": "addTags", "type": "user", "arguments": {"tags": "late,shipping"}}]}]}

The HTML is read where there is any. The intent stands among the tags, for it tells what the macro answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import File, MacroReader, Outcome
from empathy_audit.readers.json_fields import inside, label, mapping, objects

_PATHS = (("data",), ("macros",))


def sniff(file: File) -> str | None:
    """Taken for macros whose actions have names and arguments."""
    found = fields.samples(file, *_PATHS)
    actions = [action for macro in found for _, action in objects(macro.get("actions"))]
    known = bool(actions) and all("name" in macro and isinstance(macro.get("actions"), list) for macro in found)
    return "macros with actions" if known and all("name" in a and "arguments" in a for a in actions) else None


def read(file: File) -> Iterator[Outcome]:
    """One draft for each text that a macro puts into an answer."""
    return fields.read_each(file, _macro, *_PATHS)


def _macro(file: File, value: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    actions = objects(value.get("actions"), file.tally)
    tags = [
        tag for _, a in actions if a.get("name") == "addTags" for tag in fields.tags(inside(a, "arguments", "tags"))
    ]
    intent = label(value, "intent")
    number = 0
    for index, action in actions:
        if action.get("name") == "addInternalNote":
            file.tally.leave_out(fields.INTERNAL)
        if action.get("name") != "setResponseText":
            continue
        found = fields.seen(file, mapping(action.get("arguments")), "body_html", "body_text")
        if found is None:
            continue
        number += 1
        id_ = label(value, "id")
        yield fields.draft(
            value,
            found[0],
            (*parts, "actions", index, "arguments", found[1]),
            id=f"{id_}#{number}" if id_ and number > 1 else id_,
            title=label(value, "name"),
            language=label(value, "language"),
            tags=(*((intent,) if intent else ()), *tags),
        )
    if not number:
        file.tally.leave_out(fields.NO_TEXT)


READER = MacroReader(
    name="gorgias",
    about="macros of Gorgias, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
