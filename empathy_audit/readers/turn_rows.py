"""Rows of which each is a turn, in whatever kind of table: put together to conversations, with roles and in order.

Read lazily; which rows make a conversation is found by table_groups.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn, Visibility
from empathy_audit.readers.base import Desk, Draft
from empathy_audit.readers.columns import NO, YES, Row, Table, cell, peek
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.speakers import Label, read_label
from empathy_audit.readers.table_groups import Group, groups, linked, with_ids
from empathy_audit.readers.times import instant, offset, since_epoch

_WHO = ("role", "speaker", "direction", "inbound", "is_agent")


def recognised(table: Table) -> str | None:
    """Why the table is one of turns: it has a column for the text and one for who speaks."""
    if "text" not in table.columns or not (_who(table) or _by_channel(table)):
        return None
    return f"a table with the columns {', '.join(table.header[i] for i in sorted(table.columns.values()))}"


def _who(table: Table) -> bool:
    return any(meaning in table.columns for meaning in _WHO)


def _by_channel(table: Table) -> bool:
    """Whether the column `channel` holds recording channels (0, 1, left, right) or roles, and not `chat` or `phone`."""
    column = table.columns.get("channel")
    if column is None:
        return False
    values = {cell(row, column).casefold() for row in peek(table, 20)} - {""}
    return bool(values) and all(v in ("0", "1", "2", "left", "right") or read_label(v).role for v in values)


def drafts(table: Table | None, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    if table is None or "text" not in table.columns:
        yield desk.failure(
            ":1",
            "no column for the text; expected a header with text (or message, utterance, body) and speaker; rename one",
        )
        return
    by_channel = not _who(table) and _by_channel(table)
    if not _who(table) and not by_channel:
        yield desk.failure(
            f"{table.place}{table.line}",
            "no column for who speaks; expected speaker, role, sender, direction or is_agent; rename one",
        )
        return
    table = with_ids(table)
    several = "conversation" in table.columns or linked(table)
    for group in groups(table, desk):
        yield _conversation(group, table, desk, by_channel, several)


def _conversation(group: Group, table: Table, desk: Desk, by_channel: bool, several: bool) -> Draft | Failure:
    width, columns = len(table.header), table.columns
    for row in group.rows:
        if len(row.cells) <= columns["text"] or any(c.strip() for c in row.cells[width:]):
            what = f"a row of {len(row.cells)} cells under a header of {width}"
            return desk.failure(
                f"{table.place}{row.line}",
                f"{what}; expected as many; a text that holds the delimiter must stand in quotation marks",
            )
    turns = [_turn(row, table, by_channel) for row in group.rows]
    _tell_times(group, table, turns, desk)
    order = [_number(cell(row, columns.get("order"))) for row in group.rows]
    if "order" in columns and all(n is not None for n in order):
        turns = [t for _, t in sorted(zip(order, turns, strict=True), key=lambda pair: pair[0] or 0.0)]
    else:
        turns = in_time_order(turns)
    first = group.rows[0]
    medium = None if by_channel else cell(first, columns.get("channel")).casefold() or None
    return Draft(
        turns,
        id=group.id or None,
        line=group.line,
        place=f"{table.place}{group.line}" if several or table.place != ":" else "",
        channel=medium if medium and not medium.isdigit() else None,
        language=cell(first, columns.get("language")) or None,
    )


def _tell_times(group: Group, table: Table, turns: Sequence[Turn], desk: Desk) -> None:
    """Say that a time was not understood: its rows stay in file order."""
    for row, turn in zip(group.rows, turns, strict=True):
        given = cell(row, table.columns.get("time"))
        if given and turn.at is None and turn.start_ms is None:
            place = f"{desk.name}{table.place}{row.line}"
            desk.tally.note(f'{place}: the time "{given[:40]}" is not understood; its conversation stays in file order')
            return


def _turn(row: Row, table: Table, by_channel: bool) -> Turn:
    columns, place = table.columns, f"{table.place}{row.line}"
    role, name, visibility = _speaker(row, columns, by_channel)
    if role == "agent" and "agent" in columns and (name is None or "speaker" not in columns):
        name = cell(row, columns["agent"]) or name
    start_ms, at = _when(row, columns, "start_ms", "time")
    end_ms, _ = _when(row, columns, "end_ms", "end")
    return Turn(role, row.cells[columns["text"]].strip(), name, at, start_ms, end_ms, visibility, (place,))


def _speaker(row: Row, columns: Mapping[str, int], by_channel: bool) -> tuple[Role, str | None, Visibility]:
    """Role, name and visibility, from the most telling column that has a value."""
    speaker = read_label(cell(row, columns.get("speaker")))
    said = read_label(cell(row, columns.get("role")))
    role = said.role or speaker.role or _by_flags(row, columns)
    name = speaker.name or (None if said.role and said.name is None else said.name)
    if by_channel and role is None:
        label = read_label(cell(row, columns["channel"]))
        role, name = label.role, None if label.role else f"channel {label.name}"
    return role or "unknown", name, _visibility(row, columns, said, speaker)


def _by_flags(row: Row, columns: Mapping[str, int]) -> Role | None:
    way = cell(row, columns.get("direction")).casefold()
    if way in ("inbound", "in", "incoming", "received"):
        return "customer"
    if way in ("outbound", "out", "outgoing", "sent"):
        return "agent"
    for meaning, yes, no in (("inbound", "customer", "agent"), ("is_agent", "agent", "customer")):
        flag = cell(row, columns.get(meaning)).casefold()
        if flag in YES or flag in NO:
            return "agent" if (yes if flag in YES else no) == "agent" else "customer"
    return None


def _visibility(row: Row, columns: Mapping[str, int], *labels: Label) -> Visibility:
    internal = (
        any(label.visibility == "internal" for label in labels)
        or cell(row, columns.get("internal")).casefold() in YES
        or cell(row, columns.get("public")).casefold() in NO
        or cell(row, columns.get("visibility")).casefold() in ("internal", "private", "agents")
    )
    return "internal" if internal else "public"


def _when(row: Row, columns: Mapping[str, int], exact: str, loose: str) -> tuple[int | None, str | None]:
    """Offset in milliseconds, and instant. A plain number under a column of times is seconds.

    One of billions is no offset.
    """
    given = cell(row, columns.get(exact))
    if given:
        return offset(given, 1), None
    value = cell(row, columns.get(loose))
    if not value:
        return None, None
    at = instant(value) or since_epoch(value)
    found = None if at else offset(value)
    return (found if found is not None and found < 10**9 else None), at


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
