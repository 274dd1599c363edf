"""The whole result for one transcript, as frozen values that every report receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from empathy_audit.model.packing import packed
from empathy_audit.model.transcript import Transcript, Turn

if TYPE_CHECKING:
    from empathy_audit.model.figures import Figures

SCHEMA_VERSION = 1

Outcome = Literal["met", "partial", "missed", "delayed", "open"]
Kind = Literal["implicit", "explicit"]
Reply = Literal["ack", "ask", "solve", "ignore", "dismiss"]
Severity = Literal["suggestion", "warning", "error"]
Reason = Literal["no-agent", "no-customer", "unknown-roles", "no-opportunity", "too-little-evidence", "language"]

OUTCOMES: tuple[Outcome, ...] = ("met", "partial", "missed", "delayed", "open")
SEVERITIES: tuple[Severity, ...] = ("suggestion", "warning", "error")
COUNTED: tuple[Outcome, ...] = ("met", "delayed", "partial", "missed")
PLEASANT: tuple[str, ...] = ("joy", "gratitude")
TOO_LARGE = "too-large"
"""The kind of failure of what is over a limit of size, found when it is read or when it is judged."""


@packed
@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact words: code points `[start, end)` of one turn's text."""

    start: int
    end: int


@packed
@dataclass(frozen=True, slots=True)
class Tag:
    """A marker that was found in an agent turn. `confidence` 0..1 is the entry's measured precision, or the signal's probability."""

    tag: str
    principle: str | None
    marker: str
    confidence: float
    evidence: tuple[Evidence, ...]


@packed
@dataclass(frozen=True, slots=True)
class Opportunity:
    """A cue of a customer turn. `outcome` is None on the weaker turns of a block: they are shown and never counted."""

    kind: Kind
    emotion: str | None
    intensity: float
    evidence: tuple[Evidence, ...]
    cues: tuple[str, ...] = ()
    outcome: Outcome | None = None
    answered_by: int | None = None

    @property
    def pleasant(self) -> bool:
        """Whether joy or gratitude was shown: it is drawn, and no score rests on it."""
        return self.emotion in PLEASANT

    @property
    def counted(self) -> bool:
        """Whether a score rests on it."""
        return self.outcome in COUNTED and not self.pleasant


@packed
@dataclass(frozen=True, slots=True)
class Response:
    """How an agent block treats the opportunity of turn `to`; stands on the block's first turn. `level` 0..5, see the contract in docs/scores.md."""

    to: int
    level: int
    reply: Reply


@packed
@dataclass(frozen=True, slots=True)
class JudgedTurn:
    """A turn with what was found in it: an opportunity (customer) or tags and a response (agent)."""

    turn: Turn
    opportunity: Opportunity | None = None
    tags: tuple[Tag, ...] = ()
    response: Response | None = None


@packed
@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Evidence together with the turn (0-based index) it lies in."""

    turn: int
    start: int
    end: int


@packed
@dataclass(frozen=True, slots=True)
class Finding:
    """Something to act on. `turn` is the customer turn (or the agent turn of counter-empathic words), `reply_turn` the answer, both 0-based."""

    code: str
    severity: Severity
    confidence: float
    turn: int
    reply_turn: int | None
    message: str
    suggestion: str
    evidence: tuple[Quote, ...]
    fingerprint: str


@packed
@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """How many opportunities ended how. `open` ones are shown and enter no score."""

    met: int = 0
    partial: int = 0
    missed: int = 0
    delayed: int = 0
    open: int = 0

    @property
    def counted(self) -> int:
        """Opportunities that a score may rest on."""
        return self.met + self.partial + self.missed + self.delayed

    def __add__(self, other: OutcomeCounts) -> OutcomeCounts:
        return OutcomeCounts(
            self.met + other.met,
            self.partial + other.partial,
            self.missed + other.missed,
            self.delayed + other.delayed,
            self.open + other.open,
        )


@packed
@dataclass(frozen=True, slots=True)
class Ratios:
    """Shares over the conversation, rounded to 3 decimals; None where the denominator is 0."""

    reflections_per_question: float | None = None
    open_question_share: float | None = None
    agent_word_share: float | None = None


@packed
@dataclass(frozen=True, slots=True)
class AgentScore:
    """The part of one agent, charged for the opportunities that their own blocks answered. Scores 0..100 or None."""

    name: str
    overall: float | None
    principles: Mapping[str, float | None]
    opportunities: OutcomeCounts


@packed
@dataclass(frozen=True, slots=True)
class Scores:
    """0..100 or None; `reason` says why `overall` is None."""

    overall: float | None
    reason: Reason | None
    principles: Mapping[str, float | None]
    opportunities: OutcomeCounts
    ratios: Ratios
    agents: tuple[AgentScore, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reasoning behind a judgement, for `explain`.

    `about` is the turn index or None for the conversation; `kind` is one of hit, dropped, signal, opportunity, reply, score.
    """

    about: int | None
    kind: Literal["hit", "dropped", "signal", "opportunity", "reply", "score"]
    entry: str
    text: str
    evidence: tuple[Evidence, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class RubricStamp:
    """Which rubric judged: its id, version and content hash."""

    id: str
    version: str
    hash: str


@packed
@dataclass(frozen=True, slots=True)
class Audit:
    """The whole result for one transcript.

    `steps` is filled only when an explanation was asked for. `tool_version` is the version that judged, where it was another one.
    """

    transcript: Transcript
    rubric: RubricStamp
    scores: Scores
    turns: tuple[JudgedTurn, ...]
    findings: tuple[Finding, ...]
    signals: str | None = None
    steps: tuple[Step, ...] = ()
    tool_version: str | None = None

    @property
    def severities(self) -> tuple[Severity, ...]:
        """How severe its findings are, one each in their order."""
        return tuple(finding.severity for finding in self.findings)


@packed
@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was to be judged and could not be. `source` places it; `kind` is a short stable word such as `unreadable`."""

    source: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class AgentSummary:
    """One agent over a batch: conversations weigh the same."""

    name: str
    conversations: int
    overall: float | None
    principles: Mapping[str, float | None]
    opportunities: OutcomeCounts


@dataclass(frozen=True, slots=True)
class Summary:
    """A batch in figures. `mean` weights scored conversations equally; `unscored` counts the reasons of the others."""

    conversations: int
    scored: int
    failures: int
    mean: float | None
    principles: Mapping[str, float | None]
    opportunities: OutcomeCounts
    findings: Mapping[str, int]
    unscored: Mapping[str, int]
    agents: tuple[AgentSummary, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What a report receives: every audit and failure in input order, and the summary.

    `why` tells for the codes of findings why the rubric looks for them; it is empty where the rubric is not at hand.
    `figures` are there for the reports that say so (`Report.figures`).
    """

    audits: tuple[Audit, ...]
    failures: tuple[Failure, ...]
    summary: Summary
    tool: str = "empathy-audit"
    tool_version: str = ""
    rubric: RubricStamp | None = None
    notes: tuple[str, ...] = field(default=())
    why: Mapping[str, str] = field(default_factory=dict)
    figures: Figures | None = None
