"""The project's own format, YAML or JSON: a list of macros, each with its text and what it is for.

    macros:
      - id: refund-declined
        title: Refund declined
        situation: refund-declined
        emotion: angry
        channel: email
        tags: [refund, policy]
        text: |
          Hi {{customer.first_name}}, I know this is not what you hoped for.

`id` or `title` and `text` have to be there. A list without `macros:` around it will do as well.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import Draft, File, MacroReader, Outcome, at_of
from empathy_audit.macros.values import Record
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import listed, pointer
from empathy_audit.readers.json_fields import label, mapping, text

KEYS = ("id", "title", "text", "situation", "emotion", "channel", "language", "tags")
_WORDS = ("situation", "emotion", "channel", "language")
_SUFFIXES = (".yaml", ".yml", ".json", ".jsonl")
_AS_YAML = re.compile(r"""^["']?macros["']?[ \t]*:""", re.MULTILINE)
_A_RUBRIC = re.compile(r"""^["']?rubric["']?[ \t]*:""", re.MULTILINE)
"""A rubric's `macros:` says how macros are judged; it lies beside them where a team has written its own."""
_LIST_AS_YAML = re.compile(r"^- +(?:id|title|text|situation)[ \t]*:", re.MULTILINE)


def sniff(file: File) -> str | None:
    """Taken for a `macros` list of the project's own keys, or for a list of objects with an id or title and a text."""
    found = mapping(file.first)
    if isinstance(found.get("macros"), list):
        inner = [mapping(item) for item in found["macros"][:20]]
        return "a list of macros" if not any("actions" in item for item in inner) else None
    if text(found, "text") and ("situation" in found or "emotion" in found or {"id", "title"} <= set(found)):
        return "macros with id, title and text"
    if not file.json and _AS_YAML.search(file.document.head) and not _A_RUBRIC.search(file.document.head):
        return "YAML with macros"
    if not file.json and file.suffix in _SUFFIXES and _LIST_AS_YAML.match(file.document.head.lstrip()):
        return "a YAML list of macros"
    return None


def read(file: File) -> Iterator[Outcome]:
    """One draft a macro; what is wrong with one of them is a Failure, and the others are read."""
    top = "macros" if _AS_YAML.search(file.document.head) else ""
    for record in file.json or file.yaml(top):
        if isinstance(record, Failure):
            yield record
        else:
            yield from _record(file, record)


def _record(file: File, record: Record) -> Iterator[Outcome]:
    value, parts = record
    whole = mapping(value)
    if "macros" in whole:
        value, parts = whole["macros"], (*parts, "macros")
    if isinstance(value, dict):
        yield from _macro(file, value, parts, at_of(value))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _macro(file, item, (*parts, index), at_of(item) or at_of(whole))
    elif value is not None:
        yield file.failure(
            at_of(value) or at_of(whole),
            "macros that are no list; expected '- id: ...' for each; check the indentation",
        )


def _macro(file: File, value: Any, parts: tuple[str | int, ...], at: int) -> Iterator[Outcome]:
    if not isinstance(value, dict):
        yield file.failure(at, f"{pointer(*parts)} is no macro; expected fields such as id, title and text")
        return
    yield from _strange_keys(file, value)
    for key in _WORDS:
        if value.get(key) is not None and not isinstance(value[key], str):
            yield file.failure(at, f"a {key} that is no text; expected a word; put it in quotes")
    body = value.get("text")
    if not isinstance(body, str) or not body.strip():
        what = "a macro without text" if not body or isinstance(body, str) else "a text that is no text"
        yield file.failure(
            at_of(value), f"{what}; expected text: with what a customer gets to read; write it, or take the macro out"
        )
        return
    yield draft(value, file.located(body).stripped(), at=at, where=pointer(*parts, "text"))


def draft(value: dict[str, Any], body: Any, *, at: int, where: str) -> Draft:
    """A draft out of the project's own fields; also what stands above a Markdown file."""
    words = {key: value[key].strip() or None for key in _WORDS if isinstance(value.get(key), str)}
    tags = fields.tags(value.get("tags"))
    return Draft(body, at, label(value, "id"), label(value, "title"), where, tags=tags, **words)


def _strange_keys(file: File, value: dict[str, Any]) -> Iterator[Failure]:
    for key in getattr(value, "twice", ()):
        yield file.failure(at_of(value), f'the key "{key}" stands here twice; expected it once; take one out')
    for key in value:
        if key in KEYS:
            continue
        near = difflib.get_close_matches(str(key)[:60], KEYS, 1, 0.75)
        if near:
            message = f'unknown key "{key}"; expected {listed(KEYS)}; did you mean {near[0]}?'
            yield file.failure(at_of(value), message)
        else:
            file.tally.leave_out("fields that say nothing to this tool")


READER = MacroReader(
    name="macros",
    about="the project's own macros: id, title, text, situation, emotion, channel, tags; YAML or JSON",
    suffixes=_SUFFIXES,
    verified="defined here",
    sniff=sniff,
    read=read,
)
