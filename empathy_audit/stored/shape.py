"""What a stored result looks like where it differs from the values of model/audit.py, whose own fields check the rest.

Keys that are not known are ignored, as newer versions may add some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from empathy_audit.model.audit import Failure, Finding, Opportunity, Response, RubricStamp, Scores, Tag
from empathy_audit.model.transcript import Role, Visibility


@dataclass(frozen=True, slots=True)
class StoredTool:
    """Who judged."""

    version: str
    signals: str | None = None


@dataclass(frozen=True, slots=True)
class StoredTranscript:
    """The head of a conversation. Its agents are worked out from the turns."""

    id: str
    source: str
    format: str = "native"
    channel: str | None = None
    started_at: str | None = None
    language: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn and what was found in it, in one object."""

    role: Role
    text: str
    speaker: str | None = None
    source: tuple[str, ...] = ()
    at: str | None = None
    start_ms: int | None = None
    visibility: Visibility = "public"
    opportunity: Opportunity | None = None
    tags: tuple[Tag, ...] = ()
    response: Response | None = None


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A result object as `score` writes it."""

    schema_version: int
    transcript: StoredTranscript
    rubric: RubricStamp
    tool: StoredTool
    scores: Scores
    turns: tuple[StoredTurn, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """A line that tells of a failure."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class StoredSummary:
    """Of the summary of a document only what nothing else says: the rest is counted anew."""

    skipped: int = 0


@dataclass(frozen=True, slots=True)
class StoredHead:
    """What a document says of the whole batch."""

    schema_version: int
    tool: StoredTool
    rubric: RubricStamp | None = None
    summary: StoredSummary = field(default_factory=StoredSummary)
