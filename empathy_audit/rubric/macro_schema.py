"""The shape of a rubric's `macros:` section; the rest of the file's is in schema.py, which imports this."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from empathy_audit.model import macro_rules as values
from empathy_audit.rubric.pattern_schema import (
    BRANCH,
    Emotion,
    GuardOrPattern,
    Id,
    Pattern,
    Severity,
    Share,
    Strict,
    SuggestionFor,
    Text,
    Texts,
    default,
    part,
)

Words = Annotated[int, Field(ge=0, le=10_000)]


def _example_branch(value: Any) -> str:
    return BRANCH + ("macro" if isinstance(value, dict) else "written")


class MacroExampleModel(Strict):
    """An example that needs more of the macro than its text."""

    text: Text = Field(description="the text of the macro")
    title: Text = Field("", description="its title")
    situation: Text | None = Field(None, description="the situation that it declares")
    emotion: Emotion | None = Field(None, description="the emotion that it declares")
    tags: list[Text] = Field([], description="its tags")


MacroExample = Annotated[
    Annotated[Text, Tag("~written")] | Annotated[MacroExampleModel, Tag("~macro")], Discriminator(_example_branch)
]


class MacroExamplesModel(Strict):
    """The entry's own proof."""

    hits: list[MacroExample] = Field([], description="macros that the entry must find")
    misses: list[MacroExample] = Field([], description="macros that the entry must leave alone")
    known_gaps: list[MacroExample] = Field([], description="macros that the entry gets wrong today")


class SignModel(Strict):
    """Words by which a situation is told."""

    where: Annotated[list[Literal["title", "tags", "emotion", "text"]], Field(min_length=1)] = Field(
        description="the parts of a macro that are looked at"
    )
    any: list[Pattern] = Field(min_length=1, description="patterns of which one is enough")
    unless: list[GuardOrPattern] = Field([], description="guards, or patterns that speak against it")
    confidence: Share = Field(default(values.Sign, "confidence"), description="how often the sign is right")


class MustModel(Strict):
    """What a reply to a situation must hold."""

    need: Id = Field(description="the id of a need")
    severity: Severity | None = Field(None, description="severity here, where it is not the need's own")
    suggestion: Text = Field("", description="a wording that fits here, where it is not one of the need's own")


class SituationModel(Strict):
    """What a macro may be for."""

    id: Id = Field(description="a name in lower-case letters, digits and hyphens, never reused")
    title: Text = Field(description="the name that messages show, such as 'a declined refund'")
    emotion: Emotion | None = Field(None, description="what the customer most likely feels")
    names: list[Text] = Field([], description="other names by which macros declare it")
    signs: list[SignModel] = Field([], description="words in title, tags and text by which it is told")
    must: list[MustModel] = Field([], description="what a reply to it must hold")
    why: Text = Field("", description="the idea behind it")
    examples: MacroExamplesModel = part(MacroExamplesModel, "the situation's own proof, which `rubric test` runs")


class _WordsModel(Strict):
    id: Id = Field(description="a name in lower-case letters, digits and hyphens, never reused")
    any: list[Pattern] = Field([], description="patterns of which one is enough")
    unless: list[GuardOrPattern] = Field(
        [], description="guards, or patterns whose presence in the same segment drops the hit"
    )
    confidence: Share = Field(default(values.MacroEntry, "confidence"), description="how often it is right")
    why: Text = Field("", description="the idea behind it")
    message: Text = Field(description="what the finding says")
    examples: MacroExamplesModel = part(MacroExamplesModel, "the entry's own proof, which `rubric test` runs")


class NeedModel(_WordsModel):
    """Something that a reply may have to hold."""

    tags: list[Id] = Field([], description="tags of the rubric that fulfil it")
    not_within: list[Id] = Field([], description="entries and checks inside whose words it is not found")
    blank_may_hold: bool = Field(
        default(values.Need, "blank_may_hold"),
        description="whether a placeholder that is a sentence of its own may be filled with it",
    )
    severity: Severity = Field(default(values.MacroEntry, "severity"), description="how severe it is to lack it")
    suggestions: dict[SuggestionFor, Texts] = Field(description="wordings that fit, by emotion; `any` for the rest")


class DensityModel(Strict):
    """How much of it makes a finding."""

    hits: int = Field(default(values.Density, "hits"), ge=1, le=100, description="how many places at least")
    share: Share = Field(default(values.Density, "share"), description="what share of the words, in their segments")


class ReadingEaseModel(Strict):
    """How easily the text must read."""

    below: float = Field(
        default(values.ReadingEase, "below"), ge=-100, le=120, description="the Flesch figure below which it is told"
    )
    words: Words = Field(default(values.ReadingEase, "words"), description="words that a text must have to be measured")


class RewriteModel(Strict):
    """Other words."""

    find: Text = Field(description="a google-re2 expression for the words to replace")
    put: str = Field(description="what to put in their place; \\1 is what the first group found")


class CheckModel(_WordsModel):
    """Something that is wrong in a macro whatever it answers."""

    uses: list[Id] = Field([], description="entries or tags of the rubric that are looked for")
    severity: Severity = Field(default(values.MacroEntry, "severity"), description="how severe the finding is")
    suggestion: Text = Field(description="a better wording")
    redeemed_by: list[Id] = Field([], description="tags or needs that, found in the macro, let it pass")
    inside: list[Id] = Field([], description="the only situations in which it is a mistake; empty for all")
    outside: list[Id] = Field([], description="situations in which it is no mistake")
    told_by: list[Id] = Field([], description="needs whose lack, where it is told, says the same")
    tells: list[Id] = Field([], description="needs whose lack is not told where this is")
    density: DensityModel | None = Field(None, description="how much of it makes a finding, where one place does not")
    reading_ease: ReadingEaseModel | None = Field(None, description="how easily the text must read")
    fix: list[RewriteModel] = Field([], description="rewrites of the words, of which the first that fits is taken")
    safe: bool = Field(default(values.MacroCheck, "safe"), description="whether the rewrite may be put in unread")


class MacrosModel(Strict):
    """How macros are judged."""

    threshold: Share = Field(
        default(values.MacroRules, "threshold"), description="the confidence from which an inferred situation counts"
    )
    minimum_words: Words = Field(
        default(values.MacroRules, "minimum_words"), description="words below which nothing is missed in a macro"
    )
    situations: list[SituationModel] = Field([], description="what macros may be for")
    needs: list[NeedModel] = Field([], description="what replies may have to hold")
    checks: list[CheckModel] = Field([], description="what is wrong in a macro whatever it answers")


SHAPES: dict[str, type[Strict]] = {
    "macros": MacrosModel,
    "situations": SituationModel,
    "signs": SignModel,
    "must": MustModel,
    "needs": NeedModel,
    "checks": CheckModel,
    "density": DensityModel,
    "reading_ease": ReadingEaseModel,
    "fix": RewriteModel,
    "~macro": MacroExampleModel,
}
"""Which model stands under the last name of a path inside the section."""
