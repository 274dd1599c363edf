"""The names that checks know by heart are the ones that the model and spaCy have."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_args

import pytest
from empathy_audit.model import rubric as model
from empathy_audit.model.audit import OUTCOMES, SEVERITIES
from empathy_audit.model.rubric import ASPECTS, EMOTIONS, GUARDS, Dependency, Tokens
from empathy_audit.rubric import json_schema, load
from empathy_audit.rubric.names import (
    DEFAULT_CREDITS,
    DEPENDENCY_OPERATORS,
    LISTS,
    MACRO_LISTS,
    NOUNS,
    TOKEN_ATTRIBUTES,
    TOKEN_PREDICATES,
)

from tests.rubric.helpers import WHOLE

SCHEMA = json_schema()


def enum(definition: str, key: str) -> list[object]:
    found = SCHEMA["$defs"][definition]["properties"][key]
    return next(part["enum"] for part in (found, *found.get("anyOf", ())) if "enum" in part)


def test_closed_sets_are_those_of_the_model() -> None:
    assert {
        "emotion": enum("CueModel", "emotion"),
        "aspect": enum("ReplyModel", "aspect"),
        "severity": enum("CounterModel", "severity"),
        "missed": enum("OpportunityModel", "missed"),
        "guard": SCHEMA["$defs"]["CueModel"]["properties"]["unless"]["items"]["oneOf"][0]["enum"],
        "suggestions": SCHEMA["$defs"]["OpportunityModel"]["properties"]["suggestions"]["propertyNames"]["enum"],
        "credits": sorted(SCHEMA["$defs"]["CreditsModel"]["properties"]),
        "lists": sorted(NOUNS),
    } == {
        "emotion": [*EMOTIONS],
        "aspect": [*ASPECTS],
        "severity": [*SEVERITIES],
        "missed": [*SEVERITIES, "off", False],
        "guard": [*GUARDS],
        "suggestions": [*EMOTIONS, "any"],
        "credits": sorted(set(OUTCOMES) - {"open"}),
        "lists": sorted((*LISTS, *MACRO_LISTS)),
    }


def test_credits_are_named_from_the_worst() -> None:
    assert [*DEFAULT_CREDITS.values()] == sorted(DEFAULT_CREDITS.values())


@pytest.mark.parametrize(
    ("value", "definition", "elsewhere"),
    [
        (model.Marker, "MarkerModel", set()),
        (model.Cue, "CueModel", set()),
        (model.Counter, "CounterModel", set()),
        (model.ReplyMark, "ReplyModel", set()),
        (model.Principle, "PrincipleModel", set()),
        (model.OpportunityRule, "OpportunityModel", set()),
        (model.Phrases, "PhrasesModel", set()),
        (model.Echo, "EchoSettings", set()),
        (model.SignalUse, "SignalModel", set()),
        (model.Examples, "ExamplesModel", set()),
        (model.Scoring, "ScoringModel", {"minimum_words", "minimum_opportunities", "minimum_conversations"}),
    ],
)
def test_every_field_can_be_written(value: type, definition: str, elsewhere: set[str]) -> None:
    fields = {field.name for field in dataclasses.fields(value)} - {"place"} - elsewhere
    keys = set(SCHEMA["$defs"][definition]["properties"])
    assert keys - {"minimum"} == fields


def test_every_kind_of_pattern_has_a_model() -> None:
    kinds = {"Phrases", "Regex", "Tokens", "Dependency", "Echo", "SignalUse"}
    assert {kind.__name__ for kind in get_args(model.Pattern)} == kinds
    assert len(SCHEMA["$defs"]["MarkerModel"]["properties"]["any"]["items"]["oneOf"]) == len(kinds)


def test_token_names_are_spacys() -> None:
    from spacy.schemas import TokenPattern

    spacys = {name.upper() for name in TokenPattern.model_fields} - {"UNDERSCORE"}
    assert set(TOKEN_ATTRIBUTES) == spacys


def test_spacy_takes_every_predicate_and_operator() -> None:
    import spacy
    from spacy.matcher import DependencyMatcher, Matcher

    vocab = spacy.blank("en").vocab
    matcher, dependencies = Matcher(vocab, validate=True), DependencyMatcher(vocab)
    for name in TOKEN_PREDICATES:
        attribute = "LENGTH" if set(name) <= set("=<>!") else "LOWER"
        value: object = ["sorry"] if "I" in name[:2] or "N" in name[:2] else "sorry"
        matcher.add(name, [[{attribute: {name: 3 if attribute == "LENGTH" else value}}]])
    for operator in DEPENDENCY_OPERATORS:
        second = {"LEFT_ID": "a", "REL_OP": operator, "RIGHT_ID": "b", "RIGHT_ATTRS": {"LOWER": "y"}}
        dependencies.add(operator, [[{"RIGHT_ID": "a", "RIGHT_ATTRS": {"LOWER": "x"}}, second]])
    assert (len(matcher), len(dependencies)) == (len(TOKEN_PREDICATES), len(DEPENDENCY_OPERATORS))


def test_patterns_that_pass_are_ones_that_spacy_takes(tmp_path: Path) -> None:
    import spacy
    from spacy.matcher import DependencyMatcher, Matcher

    vocab = spacy.blank("en").vocab
    matcher, dependencies = Matcher(vocab, validate=True), DependencyMatcher(vocab, validate=True)
    for marker in load(str(WHOLE)).markers:
        for pattern in marker.any:
            if isinstance(pattern, Tokens):
                matcher.add(marker.id, [[dict(token) for token in pattern.pattern]])
            elif isinstance(pattern, Dependency):
                dependencies.add(marker.id, [[dict(node) for node in pattern.pattern]])
    assert (len(matcher), len(dependencies)) == (1, 1)
