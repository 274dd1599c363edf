"""A conversation as it was read: turns of text with a role each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from empathy_audit.model.packing import packed

Role = Literal["customer", "agent", "bot", "system", "unknown"]
Visibility = Literal["public", "internal"]
ROLES: tuple[Role, ...] = ("customer", "agent", "bot", "system", "unknown")


@packed
@dataclass(frozen=True, slots=True)
class Turn:
    """Everything one speaker says before somebody else speaks.

    `at` is an ISO 8601 instant as the file gave it, `start_ms`/`end_ms` are milliseconds from the start of the conversation.
    `source` points into the original (`file.txt:48`, `#/Transcript/12`, `:row 7`), one entry for each place merged into this turn.
    """

    role: Role
    text: str
    speaker: str | None = None
    at: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    visibility: Visibility = "public"
    source: tuple[str, ...] = ()

    @property
    def spoken(self) -> bool:
        """Said by a customer or an agent to the other: bots, system lines and internal notes are shown but never judged."""
        return self.visibility == "public" and self.role in ("customer", "agent")


@packed
@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation. `source` is the path relative to the argument given, with `#pointer` or `:line` where a file holds several."""

    id: str
    turns: tuple[Turn, ...]
    source: str = ""
    format: str = "native"
    channel: str | None = None
    started_at: str | None = None
    language: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def agents(self) -> tuple[str, ...]:
        """Names of the agents in the order in which they first speak; an agent without a name is left out."""
        return tuple(dict.fromkeys(t.speaker for t in self.turns if t.role == "agent" and t.speaker and t.spoken))
