"""What a batch adds up to, as frozen values that every report draws from: estimates with intervals, and where to begin.

The unit is the conversation everywhere: `n` counts conversations, and intervals allow for the opportunities of one conversation
being alike. Figures are rounded to 3 decimals. statistics/ makes them; nothing in them depends on the order of the batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from empathy_audit.model.audit import OutcomeCounts, Severity

CONFIDENCE = 0.95
"""How often such an interval holds the true figure."""

HabitKind = Literal["reply", "words", "skill"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of a group and how sure it is.

    `value` is a score 0..100 or a share 0..1, as the field that holds it says; None of nothing. `n` is the number of conversations
    that it rests on. `low` and `high` are the ends of the 95 % interval, on the scale of `value`; both are None where `n` is below
    the minimum, and a report then says "not enough data" instead of the figure.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def enough(self) -> bool:
        """Whether there is an interval, so that the figure may be shown as one of the group."""
        return self.low is not None

    def overlaps(self, other: Estimate) -> bool:
        """Whether the two cannot be told apart: their intervals share a point, or one has none."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return True
        return self.low <= other.high and other.low <= self.high


NOTHING = Estimate(None, None, None, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """The whole batch, an agent or a week.

    `name` is empty for the batch, an agent's name, or an ISO week such as `2026-W10`. `conversations` counts those that it has part
    in, scored or not. `score` is the mean score 0..100, conversations weighing the same, and `principles` the mean of each, by id.
    `opportunities` are all of them by outcome; `met` and `missed` are the shares 0..1 of the counted ones that ended so (`met` in the
    first answer: delayed ones are neither). `rank`, of agents alone, is 1 for the best; None where the interval of `score` overlaps
    another agent's or there is not enough data.
    """

    name: str
    conversations: int
    score: Estimate
    principles: Mapping[str, Estimate]
    opportunities: OutcomeCounts
    met: Estimate
    missed: Estimate
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class PrincipleFigure:
    """A principle over the batch: `score` is its mean 0..100 over the conversations in which it could be judged."""

    id: str
    score: Estimate


@dataclass(frozen=True, slots=True)
class Reference:
    """A turn (0-based index) of a conversation, which `source` and `id` name together."""

    source: str
    id: str
    turn: int


@dataclass(frozen=True, slots=True)
class Habit:
    """Something that is done again and again, and what doing otherwise would be worth.

    `kind` and `about` say what it is: `reply` with `ask`, `solve`, `ignore`, `dismiss` or `late` (how opportunities are answered);
    `words` with the code of a finding of counter-empathic words; `skill` with the id of a principle that is used too little.
    `problem` says what happens, without a full stop; `advice` what to do instead, in a sentence or more. `count` is how often it occurred (opportunities, findings; for a skill the
    conversations short of full marks), in `conversations` conversations. `share` is the share 0..1 of the scored conversations that
    it occurs in. `gain` is by how many points (0..100) the mean score would rise if it alone changed everywhere; a conversation
    gains at most what it lacks to 100. `example` is a turn to look at: of the conversation that would gain most.
    """

    kind: HabitKind
    about: str
    problem: str
    advice: str
    count: int
    conversations: int
    share: Estimate
    gain: float
    example: Reference | None


@dataclass(frozen=True, slots=True)
class Part:
    """One of equally long parts of a conversation, by its spoken turns: from `start` to `end`, 0 the first turn and 1 the last.

    `opportunities` are the counted ones of customer turns in it; `met` and `missed` are the shares 0..1 of them that ended so.
    """

    start: float
    end: float
    opportunities: OutcomeCounts
    met: Estimate
    missed: Estimate


@dataclass(frozen=True, slots=True)
class FindingFigure:
    """A kind of finding over the batch, suggestions included.

    `count` findings of this code in `conversations` conversations; `share` is the share 0..1 of all conversations in which it stands.
    `severity` is the worst that it was given. `message` and `suggestion` are those that came most often; `example` is a turn to look at.
    """

    code: str
    severity: Severity
    count: int
    conversations: int
    share: Estimate
    message: str
    suggestion: str
    example: Reference


@dataclass(frozen=True, slots=True)
class Figures:
    """A batch in figures with intervals.

    `overall` is the whole batch. `agents` stand by name, `principles` as in the rubric, `weeks` (of `started_at`, as it was written) in
    time; `undated` counts the conversations that are in no week. `habits` are the up to three that would change most, greatest gain
    first. `places` tell where in the conversation opportunities are missed, beginning to end. `findings` are by frequency,
    most frequent first. `minimum` is the number of conversations below which there is not enough data. `weighed` tells whether
    `minimum` and the gains are of the rubric that judged; otherwise, with that rubric not at hand, of the defaults.
    """

    overall: Group
    agents: tuple[Group, ...]
    principles: tuple[PrincipleFigure, ...]
    weeks: tuple[Group, ...]
    habits: tuple[Habit, ...]
    places: tuple[Part, ...]
    findings: tuple[FindingFigure, ...]
    minimum: int
    undated: int = 0
    weighed: bool = True
    unscored: Mapping[str, int] = field(default_factory=dict)
