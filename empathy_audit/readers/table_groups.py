"""Which rows of a long table make a conversation, in constant memory however long the table is.

conversation_id  rows together     read one conversation at a time
conversation_id  rows apart        put away on disk, and taken back by conversation
answers_to       no conversation   threads of messages that answer each other (links.py)
id               comes back        the conversation's
nothing          ...               the file is one conversation
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from empathy_audit.errors import TranscriptError
from empathy_audit.readers.base import Desk
from empathy_audit.readers.columns import Row, Table, cell, peek
from empathy_audit.readers.links import Message, Threads, link, links
from empathy_audit.readers.shelf import Seen, Shelf, told

SOME_ROWS = 200
"""How many rows tell whether messages are linked and whether ids come back."""


@dataclass(slots=True)
class Group:
    """The rows of one conversation, and the line of its first one."""

    id: str
    line: int
    rows: list[Row] = field(default_factory=list)


def with_ids(table: Table) -> Table:
    """The table with a column `conversation` where `id` is one: its values come back on other rows."""
    columns = table.columns
    if "conversation" in columns or "id" not in columns or "message" in columns:
        return table
    ids = [cell(row, columns["id"]) for row in peek(table, SOME_ROWS)]
    if len(set(ids)) * 2 > len(ids):
        return table
    others = {meaning: column for meaning, column in columns.items() if meaning != "id"}
    return table._replace(columns={**others, "conversation": columns["id"]})


def linked(table: Table) -> bool:
    """Whether the rows are messages with ids of their own that name those they answer: at least a third of the first ones."""
    columns = table.columns
    own = columns.get("message", columns.get("id"))
    if "conversation" in columns or own is None or "answers_to" not in columns:
        return False
    first = peek(table, SOME_ROWS)
    if len({cell(r, own) for r in first}) * 2 <= len(first):
        return False
    count = sum(bool(link(cell(r, columns["answers_to"])) or links(cell(r, columns.get("answered_by")))) for r in first)
    return 0 < len(first) <= count * 3


def groups(table: Table, desk: Desk) -> Iterator[Group]:
    """The conversations, in the order of first appearance."""
    name = desk.name + table.place.rstrip(":!")
    if linked(table):
        desk.tally.note(f'{name}: conversations are threads by "{table.header[table.columns["answers_to"]]}"')
        return _threads(table, desk)
    if _scattered(table, desk):
        desk.tally.note(f"{name}: rows of a conversation stand apart; they were put together")
        return _together(table, desk)
    return _one_by_one(table)


def _one_by_one(table: Table) -> Iterator[Group]:
    """Groups of neighbouring rows. An empty id repeats the one above it: so spreadsheets write merged cells."""
    column = table.columns.get("conversation")
    group: Group | None = None
    try:
        for row in table.rows():
            id_ = cell(row, column)
            if group is None or (id_ and id_ != group.id):
                if group:
                    yield group
                group = Group(id_, row.line)
            group.rows.append(row)
    except TranscriptError as error:
        rest = f"; nothing from line {group.line} on was read" if group else ""
        raise TranscriptError(error.message + rest, error.place) from error
    if group:
        yield group


def _scattered(table: Table, desk: Desk) -> bool:
    """Whether rows of a conversation come back after another one's. Goes through the file once and keeps ids alone."""
    if "conversation" not in table.columns:
        return False
    column, last = table.columns["conversation"], ""
    with told(desk.name), Seen() as seen:
        try:
            for row in table.rows():
                id_ = cell(row, column)
                if id_ and id_ != last:
                    if not seen.add(id_):
                        return True
                    last = id_
        except TranscriptError:
            pass  # told when the rows are read
    return False


def _together(table: Table, desk: Desk) -> Iterator[Group]:
    column, last = table.columns["conversation"], ""

    def keyed() -> Iterator[tuple[str, Row]]:
        nonlocal last
        for row in _all_rows(table):
            last = cell(row, column) or last
            yield last, row

    with told(desk.name), Shelf() as shelf:
        shelf.fill(keyed())
        for id_, rows in shelf.by_key():
            yield Group(id_, rows[0].line, rows)


def _threads(table: Table, desk: Desk) -> Iterator[Group]:
    columns = table.columns
    own, parent, answers = columns.get("message", columns.get("id")), columns["answers_to"], columns.get("answered_by")
    messages = (
        Message(row, link(cell(row, own)), link(cell(row, parent)), links(cell(row, answers)))
        for row in _all_rows(table)
    )
    with told(desk.name), closing(Threads(messages)) as threads:
        desk.tally.leave_out("duplicate messages", threads.doubles)
        for thread in threads:
            first = thread[0]
            yield Group(first.id, first.row.line, [m.row for m in thread])


def _all_rows(table: Table) -> Iterator[Row]:
    """The rows; one that cannot be read costs all conversations, since any may have had more rows behind it."""
    try:
        yield from table.rows()
    except TranscriptError as error:
        why = "rows of a conversation stand apart here, so nothing was read"
        raise TranscriptError(f"{error.message}; {why}", error.place) from error
