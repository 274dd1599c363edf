"""The shape of a rubric file as pydantic models: keys, types, ranges, closed sets.

What refers to something else is seen to in checks.py. Descriptions are noun phrases: messages about a missing key and
the JSON Schema for editors both show them. Defaults come from model/rubric.py. Importing this module imports pydantic,
so only functions do.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from empathy_audit.model import rubric as values
from empathy_audit.rubric import macro_schema
from empathy_audit.rubric.names import DEFAULT_CREDITS, LANGUAGE, LIST_NAME, VERSION
from empathy_audit.rubric.pattern_schema import (
    BRANCH,
    DependencyModel,
    EchoModel,
    EchoSettings,
    Emotion,
    GuardOrPattern,
    Id,
    Pattern,
    PhrasesModel,
    RegexModel,
    Severity,
    Share,
    SignalModel,
    Strict,
    SuggestionFor,
    Text,
    Texts,
    TokensModel,
    default,
    part,
)

ListName = Annotated[str, StringConstraints(pattern=LIST_NAME)]
Points = Annotated[float, Field(ge=0, le=100)]
Weight = Annotated[float, Field(ge=0, le=1000)]
Kind = Literal["implicit", "explicit"]
# An editor that reads YAML 1.1 hands over `off` as false.
SeverityOrOff = Literal["suggestion", "warning", "error", "off", False]


def _example_branch(value: Any) -> str:
    return BRANCH + ("exchange" if isinstance(value, dict) else "said")


class ExchangeModel(Strict):
    """An example that needs the customer's turn before it."""

    customer: Text = Field(description="what the customer says before")
    agent: Text = Field(description="what the agent answers")


Example = Annotated[
    Annotated[Text, Tag("~said")] | Annotated[ExchangeModel, Tag("~exchange")], Discriminator(_example_branch)
]


class ExamplesModel(Strict):
    """The entry's own proof."""

    hits: list[Example] = Field([], description="texts that the entry must find")
    misses: list[Example] = Field([], description="texts that the entry must leave alone")
    known_gaps: list[Example] = Field([], description="texts that the entry gets wrong today")


class CueExamplesModel(Strict):
    """A cue's own proof: what customers say."""

    hits: list[Text] = Field([], description="customer texts that the cue must find")
    misses: list[Text] = Field([], description="customer texts that the cue must leave alone")
    known_gaps: list[Text] = Field([], description="customer texts that the cue gets wrong today")


class EntryModel(Strict):
    """What all entries that match words share."""

    id: Id = Field(description="a name in lower-case letters, digits and hyphens, never reused")
    any: list[Pattern] = Field(min_length=1, description="patterns of which one is enough")
    unless: list[GuardOrPattern] = Field(
        [], description="guards, or patterns whose presence in the same segment drops the hit"
    )
    confidence: Share = Field(default(values.Entry, "confidence"), description="the precision measured for the entry")
    why: Text = Field("", description="the idea behind it")


class AgentEntryModel(EntryModel):
    """An entry that is looked for in what agents say."""

    examples: ExamplesModel = part(ExamplesModel, "the entry's own proof, which `rubric test` runs")


class MarkerModel(AgentEntryModel):
    """Something that we hope to see in an agent turn."""

    tag: Id = Field(description="the tag that a hit gives the turn")
    principle: Id | None = Field(None, description="the principle that the tag counts for")
    implies: list[Id] = Field([], description="tags that come along with it")
    yields_to: list[Id] = Field([], description="tags that, found in the same segment, drop this one")


class CueModel(EntryModel):
    """Something that a customer shows."""

    kind: Kind = Field(description="explicit when a feeling is stated or plainly shown, else implicit")
    emotion: Emotion | None = Field(None, description="the feeling shown")
    intensity: Share = Field(default(values.Cue, "intensity"), description="how strong it is")
    opens: bool = Field(default(values.Cue, "opens"), description="whether it opens an opportunity by itself")
    examples: CueExamplesModel = part(CueExamplesModel, "the cue's own proof, which `rubric test` runs")


class CounterModel(AgentEntryModel):
    """Counter-empathic wording."""

    points: Points = Field(default(values.Counter, "points"), description="what one use costs, out of 100")
    severity: Severity = Field(default(values.Counter, "severity"), description="how severe the finding is")
    message: Text = Field(description="what is wrong with it")
    better: Text = Field(description="a better wording")


class ReplyModel(AgentEntryModel):
    """A wording that decides how a reply is read."""

    aspect: Literal[
        "hold", "closing", "datum", "procedure", "hardship", "recognition", "bare", "exploring", "brush-off", "delight"
    ] = Field(description="what the wording shows of a reply")


class PrincipleModel(Strict):
    """One idea of what good looks like."""

    id: Id = Field(description="a name in lower-case letters, digits and hyphens, never reused")
    title: Text = Field(description="the name that reports show")
    weight: Weight = Field(description="what it weighs against the other principles")
    why: Text = Field(description="which idea it comes from")
    score: Literal["opportunities", "use"] = Field(
        default(values.Principle, "score"), description="how its score is made"
    )
    target: float = Field(
        default(values.Principle, "target"), gt=0, le=1, description="the share of replies from which `use` is 100"
    )


class MessagesModel(Strict):
    """A message for each way to miss; `{emotion}` stands for the feeling."""

    ignore: Text = Field("", description="the message when the reply does not respond")
    dismiss: Text = Field("", description="the message when the reply dismisses")
    solve: Text = Field("", description="the message when the reply goes straight to the solution")
    ask: Text = Field("", description="the message when the reply only asks")


class OpportunityModel(Strict):
    """What an opportunity of one kind calls for."""

    id: Id = Field(description="a name in lower-case letters, digits and hyphens, never reused")
    kind: Kind = Field(description="which cues it is about")
    pleasant: bool = Field(
        default(values.OpportunityRule, "pleasant"), description="whether it is about joy and gratitude"
    )
    window: int = Field(
        default(values.OpportunityRule, "window"), ge=1, le=10, description="how many agent blocks may answer it"
    )
    missed: SeverityOrOff = Field(
        default(values.OpportunityRule, "missed"), description="severity of the finding when it is missed"
    )
    partial: SeverityOrOff = Field("off", description="severity of the finding when it is half met")
    messages: MessagesModel = part(MessagesModel, "what findings say, by reply class")
    suggestions: dict[SuggestionFor, Texts] = Field({}, description="wordings that fit, by emotion; `any` for the rest")
    why: Text = Field("", description="the idea behind it")


class CreditsModel(Strict):
    """What an outcome is worth."""

    met: Share = Field(DEFAULT_CREDITS["met"], description="credit of an acknowledged opportunity")
    delayed: Share = Field(DEFAULT_CREDITS["delayed"], description="credit of one acknowledged late")
    partial: Share = Field(DEFAULT_CREDITS["partial"], description="credit of one half met")
    missed: Share = Field(DEFAULT_CREDITS["missed"], description="credit of a missed one")


class MinimumModel(Strict):
    """How much evidence a score needs."""

    words: int = Field(
        default(values.Scoring, "minimum_words"),
        ge=0,
        le=10_000,
        description="agent words below which nothing is judged",
    )
    opportunities: int = Field(
        default(values.Scoring, "minimum_opportunities"), ge=0, le=1000, description="opportunities that a score needs"
    )
    conversations: int = Field(
        default(values.Scoring, "minimum_conversations"),
        ge=2,
        le=10_000,
        description="scored conversations that an agent or a week needs in a summary",
    )


class ScoringModel(Strict):
    """How the overall score is made."""

    credits: CreditsModel = part(CreditsModel, "what each outcome is worth, 0 to 1")
    explicit_weight: Weight = Field(
        default(values.Scoring, "explicit_weight"),
        description="what an explicit opportunity weighs against an implicit one",
    )
    outcomes_share: Share = Field(
        default(values.Scoring, "outcomes_share"), description="how much of the overall score is opportunities met"
    )
    neutral: Points = Field(
        default(values.Scoring, "neutral"), description="where a conversation without opportunities starts"
    )
    counter_cap: Points = Field(
        default(values.Scoring, "counter_cap"), description="most points that counter-empathy can cost"
    )
    minimum: MinimumModel = part(MinimumModel, "how much evidence a score needs")
    bands: dict[Text, Points] = Field({}, description="names of score ranges with the lowest score of each, best first")


class RubricModel(Strict):
    """A rubric for empathy-audit: what to look for in a conversation, why, and what it is worth."""

    rubric: Id = Field(description="the rubric's name in lower-case letters, digits and hyphens")
    version: str = Field(
        pattern=VERSION, description="a semantic version such as 1.0.0; a change that can move scores is at least minor"
    )
    extends: Text = Field("", description="a shipped rubric or a file that this one builds on")
    language: str = Field(pattern=LANGUAGE, description="the language of the wordings, such as en")
    title: Text = Field(description="the name that people read")
    why: Text = Field("", description="the ideas behind it")
    words: dict[ListName, Texts] = Field(
        {}, description="named word lists, used as <name> in phrases and regexes; `name+` adds to the parent's list"
    )
    principles: list[PrincipleModel] = Field(min_length=1, description="ideas of what good looks like")
    markers: list[MarkerModel] = Field([], description="what we hope to see in an agent turn")
    cues: list[CueModel] = Field([], description="what customers show")
    counter: list[CounterModel] = Field([], description="counter-empathic wordings, which cost points")
    replies: list[ReplyModel] = Field([], description="wordings that decide how a reply is read")
    opportunities: list[OpportunityModel] = Field(min_length=1, description="what opportunities call for")
    scoring: ScoringModel = part(ScoringModel, "how the overall score is made")
    macros: macro_schema.MacrosModel = part(macro_schema.MacrosModel, "how macros are judged")


SHAPES: dict[str, type[Strict]] = {
    "": RubricModel,
    "principles": PrincipleModel,
    "markers": MarkerModel,
    "cues": CueModel,
    "counter": CounterModel,
    "replies": ReplyModel,
    "opportunities": OpportunityModel,
    "examples": ExamplesModel,
    "~exchange": ExchangeModel,
    "~phrases": PhrasesModel,
    "~regex": RegexModel,
    "~tokens": TokensModel,
    "~dependency": DependencyModel,
    "~echo": EchoModel,
    "echo": EchoSettings,
    "~signal": SignalModel,
    "messages": MessagesModel,
    "scoring": ScoringModel,
    "credits": CreditsModel,
    "minimum": MinimumModel,
    **macro_schema.SHAPES,
}
"""Which model stands under the last name of a path ("" is the file itself)."""
