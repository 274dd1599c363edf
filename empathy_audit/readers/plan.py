"""Where the turns of an unknown format are: what a mapping file says, checked (empathy_audit/mapping reads the file)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from empathy_audit.model.transcript import Role
from empathy_audit.readers.paths import Route

Unit = Literal["iso", "s", "ms", "us", "ns", "ticks"]
SECONDS: Mapping[str, float] = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "ticks": 1e-7}

OF_CONVERSATION = ("id", "channel", "started_at", "language")
OF_TURN = ("text", "role", "speaker", "time", "end", "internal", "skip", "keep", "order", "group")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A value that stands in another list: among `within` (from the record), the one whose `key` is this value."""

    within: Route
    key: Route | None
    take: Route


@dataclass(frozen=True, slots=True)
class Field:
    """One thing and where it is: the first of `paths` that leads to something, or `constant`.

    `roles` gives roles by value in lower case, `values` those that count as a yes. `since` tells whether numbers count
    from the start of the conversation or from 1970; None: by their size.
    """

    name: str
    paths: tuple[Route, ...] = ()
    constant: str | None = None
    optional: bool = False
    lookup: Lookup | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    values: frozenset[str] = frozenset()
    html: bool = False
    unit: Unit | None = None
    since: Literal["start", "epoch"] | None = None
    layout: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole mapping. Without `turns` and `group`, a file is one conversation and each record a turn of it."""

    file: str
    fields: Mapping[str, Field]
    conversations: Route | None = None
    turns: Route | None = None
    meta: Mapping[str, Field] = field(default_factory=dict)
    delimiter: str | None = None
    header: tuple[str, ...] = ()
