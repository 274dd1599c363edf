"""A record of an unknown format as a turn, and which of a mapping's paths led to something on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from empathy_audit.model.transcript import Turn
from empathy_audit.readers import mapped_values as values
from empathy_audit.readers.base import Desk
from empathy_audit.readers.mapped_values import ABSENT, value_of
from empathy_audit.readers.plan import Field, Plan
from empathy_audit.readers.speakers import read_label


class Item(NamedTuple):
    """A turn or a conversation in the document, and its place."""

    value: Any
    place: str
    line: int


@dataclass(slots=True)
class Seen:
    """Which fields led to something so far, how often they were asked, and for the others what was looked at first."""

    found: set[str] = field(default_factory=set)
    looked_at: dict[str, Item] = field(default_factory=dict)
    strange: set[str] = field(default_factory=set)

    def look(self, field: Field, item: Item, root: Any) -> Any:
        """The value of the field."""
        value = value_of(field, item.value, root)
        if value is ABSENT:
            self.looked_at.setdefault(field.name, item)
        else:
            self.found.add(field.name)
        return value


def skipped(item: Item, root: Any, plan: Plan, seen: Seen) -> bool:
    """Whether the mapping says to pass the record over."""
    for name, wanted in (("skip", False), ("keep", True)):
        f = plan.fields.get(name)
        if f:
            value = seen.look(f, item, root)
            if (value is not ABSENT and values.flag(f, value)) != wanted:
                return True
    return False


def turn_of(item: Item, root: Any, plan: Plan, desk: Desk, seen: Seen) -> Turn:
    """The record as a turn."""
    given: dict[str, Any] = {}
    for name in ("text", "role", "speaker", "time", "end", "internal"):
        if name in plan.fields:
            value = seen.look(plan.fields[name], item, root)
            if value is not ABSENT and value is not None:
                given[name] = value
    said = values.label(plan.fields["role"], given["role"]) if "role" in given else read_label("")
    speaker = read_label(values.written(given.get("speaker")))
    role = said.role or speaker.role
    if "role" in given and said.role is None and said.name and said.name not in seen.strange and len(seen.strange) < 50:
        seen.strange.add(said.name)
        desk.tally.note(f'{desk.name}{item.place}: the role "{said.name}" is in no `values` of the mapping')
    start, at = _time(plan, "time", given, desk)
    end, _ = _time(plan, "end", given, desk)
    internal = "internal" in given and values.flag(plan.fields["internal"], given["internal"])
    noted = internal or "internal" in (said.visibility, speaker.visibility)
    return Turn(
        role or "unknown",
        values.text(plan.fields["text"], given.get("text")),
        speaker.name or said.name or (values.written(given.get("speaker")) or None if role is None else None),
        at,
        start,
        end,
        "internal" if noted else "public",
        (item.place,) if item.place else (),
    )


def _time(plan: Plan, name: str, given: dict[str, Any], desk: Desk) -> tuple[int | None, str | None]:
    if name not in given:
        return None, None
    found = values.time(plan.fields[name], given[name])
    if found is None:
        desk.tally.leave_out("times that are not understood")
    return found or (None, None)


def position(value: Any) -> float | None:
    """A number to put turns in order by."""
    try:
        return float(values.written(value))
    except (ValueError, OverflowError):
        return None
