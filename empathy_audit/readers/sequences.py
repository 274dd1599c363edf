"""Turns that are not yet in shape: put them in time order, merge neighbours of one speaker, join participants."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from empathy_audit.model.transcript import Turn
from empathy_audit.readers.times import moment


def in_time_order(turns: Sequence[Turn]) -> list[Turn]:
    """The turns by time, ties in file order.

    Unchanged unless all have an offset, or all have instants that can be compared.
    """
    if all(t.start_ms is not None for t in turns):
        return sorted(turns, key=lambda t: t.start_ms or 0)
    moments = [moment(t.at) if t.at else None for t in turns]
    if any(m is None for m in moments) or len({m.tzinfo is None for m in moments if m}) != 1:
        return list(turns)
    known: list[datetime] = [m for m in moments if m]
    # Equal instants in a file that runs newest first were written in that order, too.
    backwards = known[0] > known[-1] and all(a >= b for a, b in pairwise(known))
    if backwards:
        return list(reversed(turns))
    return [t for _, t in sorted(zip(known, turns, strict=True), key=lambda pair: pair[0])]


def merge_neighbours(turns: Iterable[Turn], joint: str = " ") -> list[Turn]:
    """Neighbours of one named speaker (same role, same visibility) as one turn that keeps all their places.

    Turns without a speaker stay apart: two of them may be two people.
    """
    groups: list[list[Turn]] = []
    for turn in turns:
        last = groups[-1][-1] if groups else None
        if (
            last
            and turn.speaker
            and (last.speaker, last.role, last.visibility) == (turn.speaker, turn.role, turn.visibility)
        ):
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return [g[0] if len(g) == 1 else _merged(g, joint) for g in groups]


def _merged(group: Sequence[Turn], joint: str) -> Turn:
    ends = [t.end_ms for t in group if t.end_ms is not None]
    return replace(
        group[0],
        text=joint.join(t.text for t in group if t.text),
        end_ms=max(ends) if ends else None,
        source=tuple(place for t in group for place in t.source),
    )


def joined(people: Iterable[Mapping[str, Any]], key: str) -> dict[Any, Mapping[str, Any]]:
    """Participants by their id, for files whose messages name only the id; of two with one id the first holds."""
    found: dict[Any, Mapping[str, Any]] = {}
    for person in people:
        if isinstance(person, Mapping) and person.get(key) is not None and isinstance(person[key], Hashable):
            found.setdefault(person[key], person)
    return found


def text_of(content: Any, depth: int = 20) -> str:
    """The text of a message body that is a string, a list of strings and `{"text": ...}` parts, or nothing.

    What lies deeper than `depth` is nobody's message.
    """
    if isinstance(content, str):
        return content
    if depth and isinstance(content, Mapping):
        return text_of(content.get("text"), depth - 1)
    if depth and isinstance(content, Sequence):
        return "\n".join(filter(None, (text_of(part, depth - 1) for part in content)))
    return ""
