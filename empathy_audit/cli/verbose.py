"""What `-v` tells of a file: the format and why it was taken, what came out, what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from empathy_audit.batch.events import Done, Skipped
from empathy_audit.model.transcript import ROLES


def describe(event: Done | Skipped) -> tuple[str, ...]:
    """The lines of one file, its name first."""
    if isinstance(event, Skipped):
        return (f"{event.name}: skipped: no reader recognises it",)
    reading = event.reading
    counts = reading.counts
    lines = [f"{event.name}: {reading.format}: {reading.why}"]
    turns = ", ".join(f"{counts.turns[role]} {role}" for role in ROLES if counts.turns.get(role))
    failed = f", {_number(counts.failures, 'failure')}" if counts.failures else ""
    lines.append(f"  {_number(counts.conversations, 'conversation')}{failed}; turns: {turns or 'none'}")
    if counts.internal:
        lines.append(f"  kept, shown and never judged: {_number(counts.internal, 'internal note')}")
    if counts.roles:
        lines.append(f"  roles by {_listed(counts.roles)}")
    if counts.left_out:
        lines.append(f"  left out: {_listed(counts.left_out)}")
    lines += [f"  {note}" for note in reading.notes]
    return tuple(lines)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s'[: count != 1]}"


def _listed(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in sorted(counts.items()))
