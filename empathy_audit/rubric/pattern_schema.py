"""What pattern kinds look like in a rubric file: the leaves of schema.py, with the types that both share."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from empathy_audit.model import rubric as values
from empathy_audit.rubric.names import KEBAB, NOT_BLANK, PATTERN_KINDS, TOKEN_ATTRIBUTES

BRANCH = "~"
"""Starts the names of union branches, so that they are never taken for a key of the file."""

Id = Annotated[str, StringConstraints(pattern=KEBAB)]
Text = Annotated[str, StringConstraints(pattern=NOT_BLANK)]
Texts = Annotated[list[Text], Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Emotion = Literal["anger", "frustration", "disappointment", "anxiety", "sadness", "confusion", "joy", "gratitude"]
SuggestionFor = Literal[
    "anger", "frustration", "disappointment", "anxiety", "sadness", "confusion", "joy", "gratitude", "any"
]
Severity = Literal["suggestion", "warning", "error"]
Guard = Literal["negated", "quoted", "conditional", "minimised", "third-party", "question", "past"]
TokenPattern = Annotated[dict[str, Any], Field(json_schema_extra={"propertyNames": {"enum": list(TOKEN_ATTRIBUTES)}})]


def default(of: type, name: str) -> Any:
    """The default that the loaded value has."""
    return next(f for f in dataclasses.fields(of) if f.name == name).default


def part(model: type[BaseModel], description: str) -> Any:
    """An optional mapping."""
    return Field(default_factory=model, description=description)


class Strict(BaseModel):
    """No unknown keys and no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)


class PhrasesModel(Strict):
    """Literal wordings."""

    phrases: Texts = Field(
        description="literal wordings; `<name>` stands for a word list, `*` for any ending of a word"
    )
    inflect: bool = Field(
        default(values.Phrases, "inflect"), description="whether inflected forms of each word count too"
    )
    case: bool = Field(default(values.Phrases, "case"), description="whether capitals matter")


class RegexModel(Strict):
    """A google-re2 expression."""

    regex: Text = Field(
        description="a google-re2 expression, without look-around and back-references; `<name>` stands for a word list"
    )
    case: bool = Field(default(values.Regex, "case"), description="whether capitals matter")
    across: bool = Field(
        default(values.Regex, "across"), description="whether it sees the whole turn instead of one segment at a time"
    )


class TokensModel(Strict):
    """A spaCy Matcher pattern."""

    tokens: list[TokenPattern] = Field(min_length=1, description="token descriptions as spaCy's Matcher takes them")


class DependencyModel(Strict):
    """A spaCy DependencyMatcher pattern."""

    dependency: list[dict[str, Any]] = Field(min_length=1, description="nodes as spaCy's DependencyMatcher takes them")


class EchoSettings(Strict):
    """How much must come back."""

    words: int = Field(
        default(values.Echo, "words"), ge=1, le=20, description="how many different content words must come back"
    )
    about_customer: bool = Field(
        default(values.Echo, "about_customer"), description="whether the segment must speak of the customer"
    )


class EchoModel(Strict):
    """Words of the customer's last block that come back."""

    echo: EchoSettings = Field(description="how many of the customer's own words must come back")


class SignalModel(Strict):
    """A learned label."""

    signal: Id = Field(description="the name of a learned label")
    at_least: Share = Field(
        default(values.SignalUse, "at_least"), description="the probability from which the label counts"
    )
    below: Share | None = Field(
        default(values.SignalUse, "below"), description="as a guard: the probability below which a hit is dropped"
    )


def _branch(value: Any) -> str | None:
    """Which kind of pattern a mapping is meant to be, so that a mistake is told against that kind alone."""
    if isinstance(value, str):
        return BRANCH + "guard"
    found = next((kind for kind in PATTERN_KINDS if kind in value), None) if isinstance(value, dict) else None
    return BRANCH + found if found else None


def _pattern_branch(value: Any) -> str | None:
    return None if isinstance(value, str) else _branch(value)


_Kinds = (
    Annotated[PhrasesModel, Tag("~phrases")]
    | Annotated[RegexModel, Tag("~regex")]
    | Annotated[TokensModel, Tag("~tokens")]
    | Annotated[DependencyModel, Tag("~dependency")]
    | Annotated[EchoModel, Tag("~echo")]
    | Annotated[SignalModel, Tag("~signal")]
)
Pattern = Annotated[
    _Kinds, Discriminator(_pattern_branch, custom_error_type="pattern_kind", custom_error_message="no pattern")
]
GuardOrPattern = Annotated[
    Annotated[Guard, Tag("~guard")] | _Kinds,
    Discriminator(_branch, custom_error_type="guard_kind", custom_error_message="no guard"),
]
