"""Macros of Zendesk Support: a page of the API, an export of one, or what the API tells of applying one.

    {"macros": [{"id": 36, "title": "Refund::Declined", "active": true, "actions": [
      {"field": "status", "value": "solved"}, {"field": "current_tags", "value": "refund declined"},
      {"field": "comment_value", "value": ["channel:all", "Hi {{ticket.requester.first_name}}, ..."]}]}]}

A comment that the macro makes internal is left out; a macro that is not active, or has no words, is counted. Of a
comment that is there as text and as HTML, the HTML is read. A mail to the requester (`notification_user`) is a text of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.macros import fields, markup
from empathy_audit.macros.base import Draft, File, MacroReader, Outcome, at_of
from empathy_audit.macros.located import Located
from empathy_audit.readers.base import pointer
from empathy_audit.readers.json_fields import inside, label, mapping, objects, text

_COMMENTS = ("comment_value_html", "comment_value")
_PATHS = (("macros",), ("macro",))
_TO_CUSTOMER = ("requester_id", "requester_and_ccs", "current_user_requester")


def sniff(file: File) -> str | None:
    """Taken for macros with actions, each of a field."""
    if isinstance(inside(file.first, "result", "ticket", "comment"), dict):
        return "what comes of applying a macro"
    found = [macro for macro in fields.samples(file, *_PATHS) if macro]
    if not found or not all(isinstance(macro.get("actions"), list) for macro in found):
        return None
    actions = [action for macro in found for _, action in objects(macro["actions"])]
    known = all("field" in action for action in actions) if actions else any("raw_title" in macro for macro in found)
    return "macros with actions" if known else None


def read(file: File) -> Iterator[Outcome]:
    """One draft a comment or mail that a customer gets."""
    return fields.read_each(file, _macro, *_PATHS)


def _macro(file: File, value: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[Outcome]:
    applied = mapping(inside(value, "result", "ticket", "comment"))
    if applied:
        found = fields.seen(file, applied, "html_body", "body") if applied.get("public", True) else None
        if found:
            yield fields.draft(value, found[0], (*parts, "result", "ticket", "comment", found[1]))
        return
    if value.get("active") is False:
        file.tally.leave_out("macros that are not active")
        return
    actions = objects(value.get("actions"), file.tally)
    by_field = {str(action.get("field")): action.get("value") for _, action in actions}
    tags = fields.tags(by_field.get("current_tags") or by_field.get("set_tags"))
    base = Draft(
        Located("", ((0, 0),)), at_of(value), label(value, "id"), label(value, "title", "raw_title"), tags=tags
    )
    texts = list(_texts(file, actions))
    if str(by_field.get("comment_mode_is_public", "")).lower() == "false":
        file.tally.leave_out(fields.INTERNAL, sum(field in _COMMENTS for _, field, _, _ in texts))
        texts = [found for found in texts if found[1] not in _COMMENTS]
    elif any(field == _COMMENTS[0] for _, field, _, _ in texts):
        texts = [found for found in texts if found[1] != _COMMENTS[1]]
    if not texts:
        file.tally.leave_out(fields.NO_TEXT)
    for number, (path, _, channel, located) in enumerate(texts):
        yield Draft(
            located, base.at, _numbered(base.id, number), base.title, pointer(*parts, *path), channel=channel, tags=tags
        )


def _numbered(id_: str | None, number: int) -> str | None:
    return f"{id_}#{number + 1}" if id_ and number else id_


def _texts(
    file: File, actions: list[tuple[int, dict[str, Any]]]
) -> Iterator[tuple[tuple[str | int, ...], str, str | None, Located]]:
    """Path, field, channel and words of each action that says something to the customer."""
    for index, action in actions:
        field, value = str(action.get("field")), action.get("value")
        path: tuple[str | int, ...] = ("actions", index, "value")
        channel = None
        if field == "notification_user" and inside(value, 0) in _TO_CUSTOMER:
            value, path, channel = inside(value, 2), (*path, 2), "email"
        elif field not in _COMMENTS:
            continue
        elif isinstance(value, list):
            told = text({"channel": inside(value, 0)}, "channel") or ""
            channel = told.removeprefix("channel:") if told not in ("channel:all", "") else None
            value, path = inside(value, 1), (*path, 1)
        if isinstance(value, str):
            located = file.located(value)
            found = markup.page(located) if field == _COMMENTS[0] else markup.seen(located)
            if found.text:
                yield path, field, channel, found


READER = MacroReader(
    name="zendesk",
    about="macros of Zendesk Support, JSON",
    suffixes=(".json", ".jsonl"),
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
