"""Documents in a format that no reader knows, by a mapping that says where things are (plan.py).

    {"tickets": [{"ref": 7, "log": [{"who": "usr", "msg": "It is late!"}, {"who": "op", "msg": "Oh no."}]}]}

    conversations: tickets          text: msg
    turns: log                      role: {path: who, values: {usr: customer, op: agent}}

JSON, JSON lines, and tables (CSV, Excel, Parquet), of which each row is an object of its columns. Nothing is passed
over in silence: a path that leads nowhere is a failure that names it and what stands there instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers import mapped_tables
from empathy_audit.readers import mapped_values as values
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import records
from empathy_audit.readers.mapped_turns import Item, Seen, position, skipped, turn_of
from empathy_audit.readers.mapped_values import ABSENT
from empathy_audit.readers.paths import Found, Parts, absence, items
from empathy_audit.readers.plan import OF_CONVERSATION, Plan
from empathy_audit.readers.sequences import in_time_order

NAME = "mapping"
_REMEDY = "correct the path, or say `optional: true` beside it"
# Without these a conversation would be judged wrongly: a note whose flag is misspelt would pass for said to the customer.
_IN_EACH = ("text", "role", "internal", "skip", "keep")
_TOLD = (*_IN_EACH, "group")  # where they are missed


@dataclass(slots=True)
class _Conversation:
    """A conversation's record, where lookups begin, and its turns."""

    head: Item
    root: Any
    turns: list[Item] = field(default_factory=list)
    group: str | None = None


def reader(plan: Plan) -> Reader:
    """The reader for documents of this mapping."""
    return Reader(
        name=NAME,
        about=f"as {plan.file} says",
        suffixes=(),
        verified="what the mapping says",
        sniff=lambda document: _sniff(document, plan),
        read=lambda document, desk: _read(document, desk, plan),
    )


def _sniff(document: Document, plan: Plan) -> str | None:
    if mapped_tables.is_json(document, plan):
        return f"JSON, read by {plan.file}"
    return f"a table, read by {plan.file}" if mapped_tables.tables(document, plan) else None


def _read(document: Document, desk: Desk, plan: Plan) -> Iterator[Draft | Failure]:
    seen = Seen()
    is_json = mapped_tables.is_json(document, plan)
    found = _from_json(document, plan, desk) if is_json else _from_tables(document, plan, desk)
    if plan.turns is None or "group" in plan.fields:
        found = _grouped(found, plan, desk, seen)
    for conversation in found:
        yield conversation if isinstance(conversation, Failure) else _draft(conversation, plan, desk, seen)
    for name, f in (*plan.fields.items(), *plan.meta.items()):
        if f.name in seen.looked_at and f.name not in seen.found and not f.optional and name not in _TOLD:
            item = seen.looked_at[f.name]
            yield desk.failure(item.place, f"{absence(item.value, f.paths[0])}, nor elsewhere in the file; {_REMEDY}")


def _from_json(document: Document, plan: Plan, desk: Desk) -> Iterator[_Conversation | Failure]:
    for record in records(document):
        if isinstance(record, Failure):
            yield record
            continue
        heads: list[Found] | None = [Found(record.value, ())]
        if plan.conversations is not None:
            heads = items(record.value, plan.conversations)
            if heads is None:
                yield desk.failure(
                    record.place, f"{absence(record.value, plan.conversations)}; correct `conversations`"
                )
                continue
        for head in heads or ():
            parts: Parts = (*record.parts, *head.parts)
            place = record.place if not head.parts else pointer(*parts)
            item = Item(head.value, place, record.line)
            yield _with_turns(_Conversation(item, record.value), parts, plan, desk)


def _from_tables(document: Document, plan: Plan, desk: Desk) -> Iterator[_Conversation | Failure]:
    for table in mapped_tables.tables(document, plan):
        for row in table.rows():
            if any(cell.strip() for cell in row.cells[len(table.header) :]):
                what = f"a row of {len(row.cells)} cells under a header of {len(table.header)}"
                remedy = "a text that holds the delimiter must stand in quotation marks"
                yield desk.failure(f"{table.place}{row.line}", f"{what}; expected as many; {remedy}")
                continue
            value = {name: cell for name, cell in zip(table.header, row.cells, strict=False) if name}
            item = Item(value, f"{table.place}{row.line}", row.line)
            found = _Conversation(item, value, [item])
            if plan.turns is not None:
                inner = items(value, plan.turns)
                if inner is None:
                    yield desk.failure(item.place, f"{absence(value, plan.turns)}; correct `turns`")
                    continue
                found.turns = [Item(turn.value, item.place, row.line) for turn in inner]
            yield found


def _with_turns(found: _Conversation, parts: Parts, plan: Plan, desk: Desk) -> _Conversation | Failure:
    head = found.head
    if plan.turns is None:
        found.turns = [Item(head.value, pointer(*parts) if parts else head.place, head.line)]
        return found
    inner = items(head.value, plan.turns)
    if inner is None:
        return desk.failure(head.place, f"{absence(head.value, plan.turns)}; correct `turns`")
    found.turns = [Item(turn.value, pointer(*parts, *turn.parts), head.line) for turn in inner]
    return found


def _grouped(
    found: Iterator[_Conversation | Failure], plan: Plan, desk: Desk, seen: Seen
) -> Iterator[_Conversation | Failure]:
    """Conversations put together from turns that name theirs; all turns are one where there is no `group`."""
    group = plan.fields.get("group")
    groups: dict[str | None, _Conversation] = {}
    told: set[str] = set()
    for part in found:
        if isinstance(part, Failure):
            yield part
            continue
        for turn in part.turns:
            value = seen.look(group, turn, part.root) if group else None
            if group and value is ABSENT and not group.optional:
                if "group" not in told:  # once: there may be a million of them
                    yield desk.failure(turn.place, f"{absence(turn.value, group.paths[0])}; {_REMEDY}")
                    told.add("group")
                desk.tally.leave_out("turns without a conversation")
                continue
            key = values.written(value) or None if group else None
            if key not in groups:
                groups[key] = _Conversation(turn if group else Item(part.head.value, "", 1), part.root, group=key)
            groups[key].turns.append(turn)
    yield from groups.values()


def _draft(found: _Conversation, plan: Plan, desk: Desk, seen: Seen) -> Draft | Failure:
    here = Seen(strange=seen.strange)
    turns: list[Turn] = []
    order: list[float | None] = []
    for item in found.turns:
        if not skipped(item, found.root, plan, here):
            turns.append(turn_of(item, found.root, plan, desk, here))
            if "order" in plan.fields:
                order.append(position(here.look(plan.fields["order"], item, found.root)))
        else:
            desk.tally.leave_out("records that the mapping skips")
    for name in _IN_EACH:
        f = plan.fields.get(name)
        if f and name in here.looked_at and name not in here.found and not f.optional:
            item = here.looked_at[name]
            return desk.failure(item.place, f"{absence(item.value, f.paths[0])}; {_REMEDY}")
    if order and all(n is not None for n in order):
        turns = [t for _, t in sorted(zip(order, turns, strict=True), key=lambda pair: pair[0] or 0.0)]
    else:
        turns = in_time_order(turns)
    head = {
        name: here.look(plan.fields[name], found.head, found.root) for name in OF_CONVERSATION if name in plan.fields
    }
    meta = {name: here.look(f, found.head, found.root) for name, f in plan.meta.items()}
    seen.found |= here.found
    for name, item in here.looked_at.items():
        seen.looked_at.setdefault(name, item)
    return _with_head(found, turns, head, meta, plan)


def _with_head(
    found: _Conversation, turns: list[Turn], head: dict[str, Any], meta: dict[str, Any], plan: Plan
) -> Draft:
    word = {name: values.written(value) or None for name, value in head.items() if value is not ABSENT}
    started = values.time(plan.fields["started_at"], head["started_at"]) if word.get("started_at") else None
    return Draft(
        turns,
        id=word.get("id") or found.group,
        line=found.head.line,
        place=found.head.place,
        channel=word.get("channel"),
        started_at=started[1] if started else None,
        language=word.get("language"),
        meta={name: value for name, value in meta.items() if value is not ABSENT and value is not None},
    )


def missing(plan: Plan) -> str:
    """What a document must be for this mapping, for a message."""
    columns: Sequence[str] = [p.text for p in plan.fields["text"].paths]
    return f"expected JSON, JSON lines, or a table with the column {' or '.join(columns)}, as {plan.file} says"
