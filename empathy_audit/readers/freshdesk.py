"""Tickets of Freshdesk with their conversations: a ticket that includes them, both side by side, or entries alone.

    {"ticket": {"id": 7, "requester_id": 10, "responder_id": 20, "description_text": "It never came.",
                "created_at": "2026-03-02T10:00:00Z"},
     "conversations": [
       {"id": 1, "body_text": "Oh no, Lee.", "incoming": false, "private": false, "source": 0, "user_id": 20,
        "created_at": "2026-03-02T10:05:00Z"},
       {"id": 2, "body_text": "ask depot", "incoming": false, "private": true, "source": 2, "user_id": 20}]}

Defined in the vendor's API reference ("Tickets", "Conversations"). The first message is the ticket's description, which
some channels repeat as an entry; entries stand in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.chat_lines import turns_in
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import Row, is_list_of, is_private, kept, once, person_name, says, when
from empathy_audit.readers.html_text import html_text
from empathy_audit.readers.json_fields import label, mapping, objects, text, wrong
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.people import Person, shown_as
from empathy_audit.readers.sequences import in_time_order

_ENTRY = ("incoming", "private")
# Where an entry comes from: 6 answers to a survey, 8 mails forwarded to somebody else.
_SURVEY, _FORWARDED = "6", "8"
# Where a ticket comes from: 10 is a mail with which an agent begins.
_OUTBOUND = "10"
_CHANNELS = {"1": "email", "3": "phone", "5": "social", "6": "social", "7": "chat", "10": "email"}


def sniff(document: Document) -> str | None:
    """Taken for conversations whose entries are `incoming` and `private` or not."""
    value = mapping(first(document))
    if is_list_of(value.get("conversations"), *_ENTRY):
        return "a ticket whose conversations are incoming or not"
    if is_list_of([value], *_ENTRY, "user_id") and ("body_text" in value or "body" in value):
        return "entries of a ticket that are incoming or not"
    ticket = mapping(value.get("ticket")) or value
    return "a ticket with a description and conversations" if _is_ticket(ticket) and "conversations" in value else None


def _is_ticket(value: Mapping[str, Any]) -> bool:
    return "requester_id" in value and ("description_text" in value or "description" in value)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a ticket; entries that stand by themselves go to their ticket by its id."""
    loose: dict[str | None, list[tuple[Record, Row, str]]] = {}
    for record in records(document):
        if isinstance(record, Failure):
            yield record
            continue
        value = mapping(record.value)
        if is_list_of([value], *_ENTRY):
            place = record.place if record.place.startswith(":") else pointer(*record.parts)
            loose.setdefault(label(value, "ticket_id"), []).append((record, (0, value), place))
        elif isinstance(value.get("conversations"), list):
            ticket = mapping(value.get("ticket")) or value
            rows = objects(value["conversations"], desk.tally)
            said = [(row, pointer(*record.parts, "conversations", row[0])) for row in once(rows, desk)]
            yield _draft(ticket, said, record, desk)
        else:
            yield wrong(desk, record, "no conversations; expected a list of them beside the ticket; fetch them with it")
    for id_, parts in loose.items():
        record = parts[0][0]._replace(place=parts[0][0].place if len(loose) > 1 else "")
        yield _draft({"id": id_}, [(row, place) for _, row, place in parts], record, desk)


def _draft(ticket: Mapping[str, Any], said: Sequence[tuple[Row, str]], record: Record, desk: Desk) -> Draft:
    people = _people(ticket, [row for (_, row), _ in said])
    names = shown_as(people, people)
    turns = [t for (_, row), place in said if (t := _turn(row, people, names, place, desk))]
    turns = in_time_order(turns)
    opening = _opening(ticket, people, names, record)
    if opening and opening.text and not _repeated(opening.text, turns, desk):
        turns.insert(0, opening)
    return Draft(
        [part for turn in turns for part in turns_in(turn.text, turn.source[0], turn.visibility, desk.tally) or [turn]],
        id=label(ticket, "id"),
        line=record.line,
        place=record.place,
        channel=_CHANNELS.get(label(ticket, "source") or ""),
        started_at=when(ticket, "created_at"),
        meta=kept(ticket, "subject", "status", "priority"),
        known={p.name: p.role for p in people.values() if p.name},
    )


def _people(ticket: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Person]:
    """Customers and agents by id: as the ticket tells, then as their entries come in or go out."""
    people: dict[str, Person] = {}
    sides: tuple[tuple[Role, str], ...] = (("customer", "requester"), ("agent", "responder"))
    for role, key in sides:
        person = mapping(ticket.get(key))
        if id_ := label(ticket, f"{key}_id") or label(person, "id"):
            people.setdefault(id_, Person(role, person_name(person)))
    for row in rows:
        if id_ := label(row, "user_id"):
            # A customer never writes in private; a requester may be an agent, who then writes what goes out.
            role = "customer" if says(row.get("incoming")) and not is_private(row) else "agent"
            people.setdefault(id_, Person(role, person_name(row.get("user"))))
    return people


def _turn(
    row: Mapping[str, Any], people: Mapping[str, Person], names: Mapping[str, str | None], place: str, desk: Desk
) -> Turn | None:
    source, user = label(row, "source"), label(row, "user_id")
    if source == _SURVEY or says(row.get("deleted")):
        desk.tally.leave_out("answers to surveys" if source == _SURVEY else "deleted messages")
        return None
    role: Role = "customer" if says(row.get("incoming")) else people[user].role if user else "bot"
    return Turn(
        role,
        _body(row, "body", "body_text"),
        names.get(user or ""),
        when(row, "created_at"),
        visibility="internal" if is_private(row) or source == _FORWARDED else "public",
        source=(place,),
    )


def _opening(
    ticket: Mapping[str, Any], people: Mapping[str, Person], names: Mapping[str, str | None], record: Record
) -> Turn:
    """The description, at the place where it stands."""
    by_agent = label(ticket, "source") == _OUTBOUND
    who = label(ticket, "responder_id" if by_agent else "requester_id") or ""
    beside = ("ticket",) if isinstance(mapping(record.value).get("ticket"), dict) else ()
    key = "description" if "<" in (text(ticket, "description") or "") else "description_text"
    return Turn(
        "agent" if by_agent else "customer",
        _body(ticket, "description", "description_text"),
        names.get(who),
        when(ticket, "created_at"),
        source=(pointer(*record.parts, *beside, key),),
    )


def _body(row: Mapping[str, Any], marked_up: str, plain: str) -> str:
    """The HTML as text where there is some: the plain text has lost its lines and keeps quoted mails."""
    source = text(row, marked_up) or ""
    return (html_text(source) if "<" in source else "") or (text(row, plain) or source).strip()


def _repeated(description: str, turns: Sequence[Turn], desk: Desk) -> bool:
    """Whether an entry says the same. Chats repeat it behind `Ticket Description:`."""
    wanted = _bare(description)
    if any(_bare(t.text) == wanted for t in turns if t.visibility == "public"):
        desk.tally.leave_out("repeated messages")
        return True
    return False


def _bare(said: str) -> str:
    return " ".join(said.split()).casefold().removeprefix("ticket description:").strip()


READER = Reader(
    name="freshdesk",
    about="tickets of Freshdesk with their conversations, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented: examples after the vendor's documentation",
    sniff=sniff,
    read=read,
)
