"""Responses of a Rasa assistant: `domain.yml`, or one file of a domain that is split over several.

    responses:
      utter_sorry_late:
        - text: "I am sorry that {order} is late."
        - text: Sorry about the wait.
          channel: slack
          condition: [{type: slot, name: vip, value: true}]

Each variation is a macro: `utter_sorry_late`, `utter_sorry_late#2`. The name in words is its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from empathy_audit.macros import fields
from empathy_audit.macros.base import Draft, File, MacroReader, Outcome, at_of
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import pointer
from empathy_audit.readers.json_fields import label, mapping

_RESPONSES = re.compile(r"""^["']?responses["']?[ \t]*:[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_UTTER = re.compile(r"""^[ \t]+["']?utter_[^\n:]{1,200}:""", re.MULTILINE)


def sniff(file: File) -> str | None:
    """Taken for `responses:` at the left edge with names that begin with `utter_` under it."""
    found = mapping(mapping(file.first).get("responses"))
    if found and all(str(name).startswith("utter_") for name in list(found)[:20]):
        return "responses of an assistant"
    if file.json or file.suffix not in ("", ".yml", ".yaml"):
        return None
    responses = _RESPONSES.search(file.text)  # it stands far down in a domain
    return "responses of an assistant" if responses and _UTTER.search(file.text, responses.end()) else None


def read(file: File) -> Iterator[Outcome]:
    """One draft a variation."""
    for record in file.json or file.yaml("responses"):
        if isinstance(record, Failure):
            yield record
            continue
        for name, variations in mapping(mapping(record.value).get("responses")).items():
            where = (*record.parts, "responses", name)
            if not isinstance(variations, list):
                if variations is not None:
                    message = f"{name} is no list; expected '- text: ...' for each variation; check the indentation"
                    yield file.failure(at_of(variations), message)
                continue
            yield from _variations(file, str(name), variations, where)


def _variations(file: File, name: str, variations: list[Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    for index, value in enumerate(variations):
        body = mapping(value).get("text") if isinstance(value, dict) else value
        if not isinstance(body, str) or not body.strip():
            file.tally.leave_out(fields.NO_TEXT)
            continue
        yield Draft(
            file.located(body).stripped(),
            at=at_of(value),
            id=f"{name}#{index + 1}" if index else name,
            title=re.sub(r"[_/]+", " ", name.removeprefix("utter_")).strip(),
            pointer=pointer(*parts, index, "text"),
            channel=label(value, "channel"),
        )


READER = MacroReader(
    name="rasa",
    about="responses of a Rasa assistant: domain.yml or a part of a split domain",
    suffixes=(".yml", ".yaml", ".json"),
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
