"""Zendesk tickets: pages of ticket comments, tickets with their comments (JSON or JSON lines), ticket audits.

    {"ticket": {"id": 7, "requester_id": 10, "subject": "Parcel"},
     "users": [{"id": 20, "role": "agent", "name": "Dana"}],
     "comments": [{"id": 1, "type": "Comment", "author_id": 10, "public": true, "plain_body": "It never came.",
                   "created_at": "2026-03-02T10:15:00Z", "via": {"channel": "email"}},
                  {"id": 2, "type": "Comment", "author_id": 20, "public": false, "html_body": "<p>ask depot</p>"}]}

Defined in the reference of the ticketing API ("Ticket Comments", "Ticket Audits"). A ticket's `description` repeats its
first comment and is not read. Who wrote what is told by `users`, else by the requester's id; whoever writes a private
comment is an agent. A comment may hold a whole chat: see chat_lines.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.chat_lines import turns_in
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import (
    channel_of,
    conversations,
    is_list_of,
    is_private,
    kept,
    more_pages,
    once,
    person_name,
    place_in,
    when,
)
from empathy_audit.readers.html_text import html_text
from empathy_audit.readers.json_fields import inside, label, mapping, objects, text, wrong
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.people import Person, shown_as
from empathy_audit.readers.sequences import in_time_order

_ROLES: Mapping[str, Role] = {"end-user": "customer", "agent": "agent", "admin": "agent"}
_COMMENT, _VOICE = "Comment", "VoiceComment"
_BODIES = ("html_body", "plain_body", "body")


class _Said(NamedTuple):
    """A comment and where it stands."""

    comment: Mapping[str, Any]
    place: str


def sniff(document: Document) -> str | None:
    """Taken for comments with an author's id and a public flag, or for audits that hold some."""
    value = mapping(first(document))
    tickets = objects(value.get("tickets"))
    inner = tickets[0][1] if tickets else value
    if _is_comment(inner) or is_list_of(inner.get("comments"), "author_id", "public"):
        return "ticket comments with author_id and public"
    if inner.get("comments") == [] and "status" in inner and ("requester_id" in inner or "requester" in inner):
        return "a ticket with its comments"  # of which the first of an export may have none
    audit = next((a for _, a in objects(value.get("audits"))), mapping(value.get("audit")) or value)
    return "ticket audits with events" if _is_audit(audit) else None


def _is_comment(value: Mapping[str, Any]) -> bool:
    kind = value.get("type")
    return "author_id" in value and "public" in value and (kind in (_COMMENT, _VOICE) or "html_body" in value)


def _is_audit(value: Mapping[str, Any]) -> bool:
    events = [e for _, e in objects(value.get("events"))]
    return "author_id" in value and any("type" in e for e in events) and ("ticket_id" in value or "via" in value)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a ticket. Comments and audits that stand by themselves go to their ticket by its id."""
    loose: dict[str | None, list[tuple[Record, list[_Said]]]] = {}
    for record in records(document):
        if isinstance(record, Failure):
            yield record
            continue
        value = mapping(record.value)
        if _is_comment(value):
            said = [_Said(value, _pointer(record))]
            loose.setdefault(label(value, "ticket_id"), []).append((record, said))
        elif _is_audit(value):
            loose.setdefault(label(value, "ticket_id"), []).append((record, _audited(value, _pointer(record))))
        else:
            yield from _page(record, desk)
    for id_, parts in loose.items():
        record = parts[0][0]
        place = record.place if len(loose) > 1 else ""
        yield _draft([s for _, said in parts for s in said], {"id": id_}, {}, record._replace(place=place), desk)


def _pointer(record: Record) -> str:
    """The place of a record that is a comment itself: in JSON lines its line."""
    return record.place if record.place.startswith(":") else pointer(*record.parts)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    more_pages(record, desk)
    audits = objects(value.get("audits"), desk.tally) or objects([value.get("audit")])
    if audits:
        by_ticket: dict[str | None, list[tuple[tuple[str | int, ...], list[_Said]]]] = {}
        for index, audit in once(audits, desk):
            parts: tuple[str | int, ...] = ("audits", index) if "audits" in value else ("audit",)
            said = _audited(audit, pointer(*record.parts, *parts))
            by_ticket.setdefault(label(audit, "ticket_id"), []).append((parts, said))
        for id_, found in by_ticket.items():
            own = record._replace(place=place_in(record, *found[0][0])) if len(by_ticket) > 1 else record
            whole = [s for _, said in found for s in said]
            yield _draft(whole, {"id": id_, **mapping(value.get("ticket"))}, value, own, desk)
        return
    for inner in conversations(record, ("tickets",)):
        ticket = mapping(inner.value)
        if not isinstance(ticket.get("comments"), list):
            yield wrong(desk, inner, "the ticket has no comments; expected a list of them; export them with the ticket")
            continue
        said = [
            _Said(comment, pointer(*inner.parts, "comments", index))
            for index, comment in once(objects(ticket["comments"], desk.tally), desk)
        ]
        yield _draft(said, mapping(ticket.get("ticket")) or ticket, {**value, **ticket}, inner, desk)


def _audited(audit: Mapping[str, Any], place: str) -> list[_Said]:
    """The comments among an audit's events, which get the audit's time, author and channel."""
    shared = {k: audit[k] for k in ("created_at", "author_id", "via") if k in audit}
    return [
        _Said({**shared, **event}, f"{place}/events/{index}")
        for index, event in objects(audit.get("events"))
        if event.get("type") in (_COMMENT, _VOICE)
    ]


def _draft(
    said: Sequence[_Said], ticket: Mapping[str, Any], page: Mapping[str, Any], record: Record, desk: Desk
) -> Draft:
    people = _people(said, ticket, page)
    authors = dict.fromkeys(a for s in said if (a := label(s.comment, "author_id")))
    known = {p.name: p.role for p in people.values() if p.name and p.role != "unknown"}
    # With one name known, a nameless agent would be taken for its bearer.
    names = {id_: name or (id_ if known else None) for id_, name in shown_as(people, authors).items()}
    turns = in_time_order([t for s in said if (t := _turn(s, people, names, desk))])
    via = [label(inside(v, "via"), "channel") for v in (ticket, *(s.comment for s in said[:1]))]
    return Draft(
        [part for turn in turns for part in turns_in(turn.text, turn.source[0], turn.visibility, desk.tally) or [turn]],
        id=label(ticket, "id", "ticket_id"),
        line=record.line,
        place=record.place,
        channel=channel_of(*via),
        started_at=when(ticket, "created_at") or next((t.at for t in turns if t.at), None),
        meta=kept(ticket, "subject", "status", "priority"),
        known=known,
    )


def _turn(said: _Said, people: Mapping[str, Person], names: Mapping[str, str | None], desk: Desk) -> Turn | None:
    comment, author = said.comment, label(said.comment, "author_id") or ""
    role, body = people.get(author, Person()).role, _body(comment)
    via = (label(inside(comment, "via"), "channel") or "").casefold()
    if str(comment.get("type")).endswith(_VOICE):
        # The body of a voice comment lists the call's data; what the caller said on the tape is its transcription.
        role, body = "customer", text(comment.get("data"), "transcription_text") or ""
        if not body:
            desk.tally.leave_out("calls without a transcription")
            return None
    elif via == "rule" or via.startswith("answer_bot") or author == "-1":
        role = "bot"
    return Turn(
        role,
        body,
        names.get(author) if people.get(author, Person()).role == role else None,
        when(comment, "created_at"),
        visibility="internal" if is_private(comment) else "public",
        source=(said.place,),
    )


def _body(comment: Mapping[str, Any]) -> str:
    """The HTML as text, since `plain_body` still holds entities and quoted mails; without one, what there is."""
    found = text(comment, *_BODIES) or ""
    return html_text(found) if found == comment.get("html_body") else found.replace("&nbsp;", " ").strip()


def _people(said: Sequence[_Said], ticket: Mapping[str, Any], page: Mapping[str, Any]) -> dict[str, Person]:
    """Everybody by id: as `users` tells, then as the ticket does, then by who writes in private."""
    people: dict[str, Person] = {}
    for user in [u for _, u in objects(page.get("users"))] + [
        mapping(ticket.get(key)) for key in ("requester", "submitter", "assignee")
    ]:
        if id_ := label(user, "id"):
            by_flag: dict[Any, Role] = {True: "agent", False: "customer"}
            flag = user.get("agent")
            role = _ROLES.get(label(user, "role") or "", by_flag.get(flag) if isinstance(flag, bool) else None)
            old = people.get(id_, Person())
            people[id_] = Person(role or old.role, person_name(user) or old.name)
    requester = label(ticket, "requester_id") or label(ticket.get("requester"), "id")
    copied = {str(i) for key in ("collaborator_ids", "email_cc_ids") for i in _list(ticket.get(key))}
    authors = dict.fromkeys(a for s in said if (a := label(s.comment, "author_id")))
    private = {label(s.comment, "author_id") for s in said if is_private(s.comment)}
    for id_ in authors:
        person = people.get(id_, Person())
        if person.role != "unknown":
            continue
        if id_ == requester:
            people[id_] = person._replace(role="customer")
        elif id_ in private or id_ == label(ticket, "assignee_id") or (requester and id_ not in copied):
            people[id_] = person._replace(role="agent")
    return people


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


READER = Reader(
    name="zendesk",
    about="Zendesk tickets: comments (pages, exports with one ticket a line) and audits, JSON",
    suffixes=(".json", ".jsonl", ".ndjson"),
    verified="sample seen: a real answer of the API, and the vendor's documentation",
    sniff=sniff,
    read=read,
)
