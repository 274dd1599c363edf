"""What `--where` can ask about: the fields of a conversation, and how a value compares with what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from empathy_audit.batch.moments import named, started
from empathy_audit.model.transcript import Transcript

Kind = Literal["text", "number", "moment", "any"]
Constant = str | int | float | bool | None
Match = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """`values` of a conversation: none where it does not say, several where it has several (agents)."""

    kind: Kind
    values: Callable[[Transcript], tuple[Any, ...]]


def _one(value: object) -> tuple[Any, ...]:
    return () if value is None or value == "" else (value,)


FIELDS: Mapping[str, Field] = {
    "id": Field("text", lambda t: _one(t.id)),
    "agent": Field("text", lambda t: t.agents),
    "channel": Field("text", lambda t: _one(t.channel)),
    "language": Field("text", lambda t: _one(t.language)),
    "source": Field("text", lambda t: _one(t.source)),
    "started_at": Field("moment", lambda t: _one(started(t.started_at))),
    "turns": Field("number", lambda t: (len(t.turns),)),
}
META = "meta"
"""The field whose parts are named by the transcripts themselves: `meta.KEY`, `meta["KEY"]`."""


def meta(key: str) -> Field:
    """The field for that key of `meta`; a list there counts as several values."""

    def values(transcript: Transcript) -> tuple[Any, ...]:
        value = transcript.meta.get(key)
        return tuple(value) if isinstance(value, (list, tuple)) else _one(value)

    return Field("any", values)


OPERATORS: Mapping[str, Callable[[int], bool]] = {
    "==": lambda order: order == 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}
"""By the order of a value and the constant: -1, 0 or 1. `!=`, `in` and `not in` are made of `==`."""


def match(kind: Kind, operator: str, constant: Constant) -> Match:
    """Whether one value of a field stands so to the constant; values of another kind never do.

    Raises:
        ValueError: a field of that kind cannot be compared with this constant; says what was expected.
    """
    fits = OPERATORS[operator]
    if kind == "moment":
        if not isinstance(constant, str):
            raise ValueError('expected a day or an instant in quotes, such as "2026-03-01"')
        moment = named(constant)
        return lambda value: fits(moment.compare(value))
    if kind == "text" and not isinstance(constant, str):
        raise ValueError(f'expected a text in quotes, such as "{constant}"')
    if kind == "number" and (isinstance(constant, bool) or not isinstance(constant, (int, float))):
        raise ValueError("expected a number without quotes")
    if constant is None:
        raise ValueError("expected a text in quotes, a number, True or False")
    return lambda value: _alike(value, constant) and fits((value > constant) - (value < constant))


def _alike(value: object, constant: object) -> bool:
    """Whether the two have an order: texts, numbers, or truth values, which are no numbers."""
    if isinstance(value, bool) or isinstance(constant, bool):
        return isinstance(value, bool) and isinstance(constant, bool)
    return isinstance(value, str) if isinstance(constant, str) else isinstance(value, (int, float))
