"""A rubric as it was loaded: what to look for, why, and what it is worth.

Every entry keeps its `Place`, so that a later floor can still point at the YAML line it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from empathy_audit.model.audit import Kind, Outcome, RubricStamp, Severity

if TYPE_CHECKING:
    from empathy_audit.model.macro_rules import MacroRules

EMOTIONS: tuple[str, ...] = (
    "anger",
    "frustration",
    "disappointment",
    "anxiety",
    "sadness",
    "confusion",
    "joy",
    "gratitude",
)
GUARDS: tuple[str, ...] = ("negated", "quoted", "conditional", "minimised", "third-party", "question", "past")
TAGS: tuple[str, ...] = (
    "open-question",
    "closed-question",
    "emotional-acknowledgement",
    "bare-apology",
    "reflective-response",
    "active-listening",
    "validation",
    "ownership",
    "counter-empathy",
)
COUNTER_TAG = "counter-empathy"

Aspect = Literal[
    "hold", "closing", "datum", "procedure", "hardship", "recognition", "bare", "exploring", "brush-off", "delight"
]
ASPECTS: tuple[Aspect, ...] = (
    "hold",
    "closing",
    "datum",
    "procedure",
    "hardship",
    "recognition",
    "bare",
    "exploring",
    "brush-off",
    "delight",
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file; line and column are 1-based, 0 when unknown."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


# --- the closed set of pattern kinds ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrases:
    """Literal wordings, matched on word boundaries, case folded unless `case`, straight and curly apostrophes alike.

    `inflect` also accepts the regular and common irregular forms of each word. `<name>` stands for any wording of the
    rubric's word list `name`.
    """

    phrases: tuple[str, ...]
    inflect: bool = False
    case: bool = False


@dataclass(frozen=True, slots=True)
class Regex:
    """A google-re2 expression (linear time), case folded unless `case`; `<name>` stands for the word list `name` as a group.

    It sees one segment at a time, so `^` and `$` are a segment's ends; with `across` it sees the whole turn.
    """

    pattern: str
    case: bool = False
    across: bool = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """A spaCy Matcher pattern: a list of token descriptions."""

    pattern: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Dependency:
    """A spaCy DependencyMatcher pattern."""

    pattern: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Echo:
    """Content words of the customer's last block that come back in one segment of the agent's turn.

    `words` is how many different ones are needed. With `about_customer` the segment must also be a statement that speaks of
    "you" or "your" (or drops the subject), and be neither a question about data, nor an instruction, nor a promise.
    """

    words: int = 2
    about_customer: bool = True


@dataclass(frozen=True, slots=True)
class SignalUse:
    """A learned label of a segment with the probability (0..1) from which it counts.

    As a guard it may also say `below`: the hit is dropped where the probability is lower; `at_least` then plays no part.
    """

    signal: str
    at_least: float = 0.5
    below: float | None = None


Pattern = Phrases | Regex | Tokens | Dependency | Echo | SignalUse


@dataclass(frozen=True, slots=True)
class Example:
    """A text that an entry must hit or miss; `customer` is the turn before it, for entries that need context."""

    text: str
    customer: str | None = None
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Examples:
    """The entry's own proof. `known_gaps` are texts it gets wrong today; one that comes right must be moved."""

    hits: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    known_gaps: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What all entries share.

    `any`: one pattern that matches is enough. `unless`: guards by name, or patterns whose presence in the
    same segment drops the hit. `confidence` 0..1 is the precision measured for the entry.
    """

    id: str
    any: tuple[Pattern, ...]
    unless: tuple[str | Pattern, ...] = ()
    confidence: float = 0.8
    why: str = ""
    examples: Examples = Examples()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Marker(Entry):
    """Something that we hope to see in an agent turn, or that shows what kind of turn it is.

    `implies`: tags that come along (a reflection is also active listening). `yields_to`: tags that, found in the same segment, drop this hit (an
    apology that names the event is no bare formula).
    """

    tag: str = ""
    principle: str | None = None
    implies: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue(Entry):
    """Something that a customer shows. `intensity` 0..1; several cues of a turn add up without passing 1.

    `opens` False: the cue makes others stronger (capitals, "!!!") and opens no opportunity by itself.
    """

    kind: Kind = "implicit"
    emotion: str | None = None
    intensity: float = 0.5
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Counter(Entry):
    """Counter-empathic wording: what it costs (`points` of 100), how severe it is, and a better wording."""

    points: float = 10.0
    severity: Severity = "warning"
    message: str = ""
    better: str = ""


@dataclass(frozen=True, slots=True)
class ReplyMark(Entry):
    """A wording that decides how a reply is read.

    `aspect`: hold (asks to wait), closing (ends or thanks without content), datum (the question asks for one fact: order number,
    address), procedure (information, instruction or action), hardship (speaks of what happened to the customer), recognition
    (recognises what the customer told, without a tag of its own), exploring (the question is about the
    matter, not a datum), brush-off (canned words beside the matter), delight (shares a joy, which acknowledges
    no distress), bare (a formula that
    makes a reply level 1 when nothing else is in it).
    """

    aspect: Aspect = "procedure"


@dataclass(frozen=True, slots=True)
class Principle:
    """One idea of what good looks like.

    `score`: `opportunities` = mean credit of the counted opportunities; `use` = share of the replies to a customer block that
    carry one of the principle's tags, 100 from the share `target` on.
    """

    id: str
    title: str
    weight: float
    why: str
    score: Literal["opportunities", "use"] = "use"
    target: float = 0.5
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class OpportunityRule:
    """What an opportunity of one kind calls for.

    `window`: how many agent blocks may answer it (2 = the next one, or late in the one after). `missed`/`partial`: severity of the finding, None for
    none. `messages`: by reply class, may contain {emotion}. `suggestions`: by emotion, `any` for the rest; each a wording that fits.
    """

    id: str
    kind: Kind
    pleasant: bool = False
    window: int = 2
    missed: Severity | None = "warning"
    partial: Severity | None = None
    messages: Mapping[str, str] = field(default_factory=dict)
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    why: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Scoring:
    """How the overall score is made.

    `credits`: outcome → 0..1. `explicit_weight`: what an explicit opportunity weighs against an implicit one. `outcomes_share`: how much of the
    overall score is opportunities met (the rest is use of skills). `neutral`: where a conversation without opportunities starts when
    counter-empathy must be charged. `counter_cap`: most points that counter-empathy can cost. `minimum_words`: agent words below which nothing is judged. `minimum_conversations`: below it, nothing is said of a
    group such as an agent or a week. `bands`:
    name → lowest score of the band, best first.
    """

    credits: Mapping[Outcome, float]
    explicit_weight: float = 1.0
    outcomes_share: float = 0.75
    neutral: float = 50.0
    counter_cap: float = 40.0
    minimum_words: int = 3
    minimum_opportunities: int = 1
    minimum_conversations: int = 5
    bands: tuple[tuple[str, float], ...] = (("strong", 75.0), ("fair", 50.0), ("weak", 0.0))


@dataclass(frozen=True, slots=True)
class Rubric:
    """Everything that is judged by. `hash` is over the content after `extends`, so two files that say the same have the same hash."""

    id: str
    version: str
    language: str
    title: str
    hash: str
    principles: tuple[Principle, ...]
    markers: tuple[Marker, ...]
    cues: tuple[Cue, ...]
    counter: tuple[Counter, ...]
    replies: tuple[ReplyMark, ...]
    opportunities: tuple[OpportunityRule, ...]
    scoring: Scoring
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    why: str = ""
    macros: MacroRules | None = None

    @property
    def why_by_code(self) -> dict[str, str]:
        """For each code that a finding may have, why the rubric looks for it."""
        unmet = {f"{rule.id}-{outcome}": rule.why for rule in self.opportunities for outcome in ("missed", "partial")}
        return unmet | {entry.id: entry.why for entry in self.counter}

    @property
    def stamp(self) -> RubricStamp:
        """Which rubric this is, as every result carries it."""
        return RubricStamp(self.id, self.version, self.hash)

    @property
    def entries(self) -> tuple[Marker | Cue | Counter | ReplyMark, ...]:
        """All entries that match words, in the order of the file."""
        return (*self.markers, *self.cues, *self.counter, *self.replies)

    def principle(self, id_: str) -> Principle | None:
        """The principle of that id."""
        return next((p for p in self.principles if p.id == id_), None)

    @property
    def uses_signals(self) -> bool:
        """Whether any entry asks for a learned label."""
        return any(isinstance(p, SignalUse) for e in self.entries for p in (*e.any, *e.unless))

    def without_signals(self) -> Rubric:
        """The rubric as its rules alone would judge; id, version and hash stay, since results say by `tool.signals` that none were used."""

        def ruled(entry: Entry) -> Any:
            return replace(
                entry,
                any=tuple(p for p in entry.any if not isinstance(p, SignalUse)),
                unless=tuple(p for p in entry.unless if not isinstance(p, SignalUse)),
            )

        return replace(
            self,
            markers=tuple(map(ruled, self.markers)),
            cues=tuple(map(ruled, self.cues)),
            counter=tuple(map(ruled, self.counter)),
            replies=tuple(map(ruled, self.replies)),
        )
