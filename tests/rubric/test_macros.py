"""The section `macros:`: what it becomes, how it is extended, and that editors are told of it. Broken ones are in broken/macros-*."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import pytest
from empathy_audit.model import macro_rules as model
from empathy_audit.model.macro_rules import (
    MACRO_PARTS,
    Density,
    MacroCheck,
    MacroExample,
    MacroExamples,
    MacroRules,
    MacroSituation,
    Must,
    Need,
    ReadingEase,
    Rewrite,
    Sign,
)
from empathy_audit.model.rubric import Phrases, Regex, Rubric
from empathy_audit.rubric import json_schema, load
from empathy_audit.rubric.source import parse
from empathy_audit.rubric.tree import plain
from jsonschema import Draft202012Validator

from tests.rubric.helpers import HERE, WHOLE, load_child, problems_of

SECTION = """\
macros:
  threshold: 0.6
  minimum_words: 5
  situations:
    - id: loss
      title: a loss
      emotion: sadness
      names: [gone]
      why: It is gone.
      signs:
        - where: [title, text]
          confidence: 0.7
          any: [{phrases: [lost]}]
          unless: [negated, {phrases: [found]}]
      must:
        - need: comfort
        - {need: comfort, severity: error, suggestion: Now.}
      examples:
        hits:
          - We lost it.
          - {title: Lost, text: It is not here., situation: loss, emotion: sadness, tags: [vip]}
        known_gaps: [Gone.]
  needs:
    - id: comfort
      any: [{phrases: [sorry]}]
      unless: [quoted]
      tags: [emotional-acknowledgement]
      not_within: [calm-down]
      blank_may_hold: true
      confidence: 0.5
      severity: error
      message: none
      why: It helps.
      suggestions: {any: [Comfort them.]}
  checks:
    - id: wall
      uses: [calm-down, ownership]
      redeemed_by: [ownership, comfort]
      inside: [loss]
      outside: [loss]
      told_by: [comfort]
      tells: [comfort]
      message: a wall
      suggestion: a door
      density: {hits: 2, share: 0.1}
      fix: [{find: '(a) wall', put: '\\1 door'}]
      safe: true
    - id: hard
      reading_ease: {below: 40, words: 9}
      message: hard
      suggestion: easier
"""

COMFORT = Need(
    "comfort", (Phrases(("sorry",)),), ("quoted",), 0.5, "It helps.", "error", "none",
    tags=("emotional-acknowledgement",), not_within=("calm-down",), blank_may_hold=True, suggestions={"any": ("Comfort them.",)},
)  # fmt: skip
LOSS = MacroSituation(
    "loss", "a loss", "sadness", ("gone",),
    (Sign(("title", "text"), (Phrases(("lost",)),), ("negated", Phrases(("found",))), 0.7),),
    (Must("comfort"), Must("comfort", "error", "Now.")),
    "It is gone.",
    MacroExamples((MacroExample("We lost it."), MacroExample("It is not here.", "Lost", "loss", "sadness", ("vip",))), (), (MacroExample("Gone."),)),
)  # fmt: skip
WALL = MacroCheck(
    "wall", message="a wall", suggestion="a door", uses=("calm-down", "ownership"), redeemed_by=("ownership", "comfort"), inside=("loss",),
    outside=("loss",), told_by=("comfort",), tells=("comfort",), density=Density(2, 0.1), fix=(Rewrite("(a) wall", r"\1 door"),), safe=True,
)  # fmt: skip
HARD = MacroCheck("hard", message="hard", suggestion="easier", reading_ease=ReadingEase(40.0, 9))
RULES = MacroRules(0.6, 5, (LOSS,), (COMFORT,), (WALL, HARD))


@pytest.fixture
def parent(tmp_path: Path) -> Rubric:
    return load_child(tmp_path, SECTION)


def grandchild(folder: Path, section: str) -> Rubric:
    path = folder / "grandchild.yaml"
    path.write_text(f"rubric: grandchild\nversion: 1.0.0\nextends: child.yaml\n{section}", encoding="utf-8")
    return load(str(path))


def test_a_rubric_without_macros_has_none() -> None:
    assert load(str(WHOLE)).macros is None


def test_everything_that_is_written_arrives(parent: Rubric) -> None:
    assert parent.macros == RULES
    assert parent.macros.situations[0].place.line > 1


def test_what_is_not_written_gets_the_defaults(tmp_path: Path) -> None:
    text = "macros:\n  checks:\n    - {id: x, any: [{regex: x+}], message: m, suggestion: s}\n"
    assert load_child(tmp_path, text).macros == MacroRules(
        0.5, 6, (), (), (MacroCheck("x", (Regex("x+"),), message="m", suggestion="s"),)
    )


def test_entries_are_extended_by_id(parent: Rubric, tmp_path: Path) -> None:
    changed = grandchild(
        tmp_path,
        "macros:\n  threshold: 0.9\n  situations:\n    - {id: loss, title: the loss}\n    - {id: new, title: news}\n"
        "  checks:\n    - {id: wall, off: true}\n",
    ).macros
    assert changed == replace(
        RULES,
        threshold=0.9,
        situations=(replace(LOSS, title="the loss"), MacroSituation("new", "news")),
        checks=(HARD,),
    )


def test_what_is_turned_off_may_still_be_named(parent: Rubric, tmp_path: Path) -> None:
    changed = grandchild(
        tmp_path,
        "macros:\n  situations:\n    - {id: loss, off: true}\n  needs:\n    - {id: comfort, off: true}\n"
        "counter:\n  - {id: calm-down, off: true}\n",
    )
    assert changed.macros == replace(RULES, situations=(), needs=())


def test_the_hash_covers_the_section(parent: Rubric, tmp_path: Path) -> None:
    assert parent.hash != load(str(WHOLE)).hash
    assert grandchild(tmp_path, "").hash == parent.hash
    assert grandchild(tmp_path, "macros: {threshold: 0.7}\n").hash != parent.hash
    assert grandchild(tmp_path, "macros:\n  needs:\n    - {id: comfort, why: It does.}\n").hash == parent.hash


def test_every_code_has_its_why(parent: Rubric) -> None:
    assert parent.macros is not None
    assert parent.macros.why_by_code == {"missing-comfort": "It helps.", "wall": "", "hard": ""}


SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.mark.parametrize(
    ("value", "definition", "elsewhere"),
    [
        (model.MacroRules, "MacrosModel", set()),
        (model.MacroSituation, "SituationModel", set()),
        (model.Sign, "SignModel", set()),
        (model.Must, "MustModel", set()),
        (model.Need, "NeedModel", set()),
        (model.MacroCheck, "CheckModel", set()),
        (model.Density, "DensityModel", set()),
        (model.ReadingEase, "ReadingEaseModel", set()),
        (model.Rewrite, "RewriteModel", set()),
        (model.MacroExample, "MacroExampleModel", set()),
        (model.MacroExamples, "MacroExamplesModel", set()),
    ],
)
def test_every_field_can_be_written(value: type, definition: str, elsewhere: set[str]) -> None:
    fields = {field.name for field in dataclasses.fields(value)} - {"place"} - elsewhere
    assert set(SCHEMA["$defs"][definition]["properties"]) == fields


def test_the_parts_of_a_macro_are_those_of_the_model() -> None:
    assert SCHEMA["$defs"]["SignModel"]["properties"]["where"]["items"]["enum"] == [*MACRO_PARTS]


def complaints(text: str) -> list[str]:
    root = parse(text, "r.yaml").root
    assert root is not None
    return [error.message for error in VALIDATOR.iter_errors(plain(root))]


def test_editors_take_what_loads_and_underline_what_does_not() -> None:
    head = "rubric: r\nversion: 1.0.0\nextends: empathy\n"
    assert complaints(head + SECTION) == []
    assert (
        complaints(
            head + "macros:\n  needs:\n    - {id: acknowledgement, severity: error}\n    - {id: reason, off: true}\n"
        )
        == []
    )
    assert len(complaints(head + SECTION.replace("where: [title, text]", "where: [titel]"))) == 1
    alone = WHOLE.read_text(encoding="utf-8")
    assert complaints(alone + SECTION) == []
    assert complaints(alone + "macros:\n  needs:\n    - {id: reason, off: true}\n") != []


def test_a_word_list_may_be_used(tmp_path: Path) -> None:
    loaded = load_child(tmp_path, SECTION.replace("{phrases: [lost]}", '{phrases: ["so <feeling>"]}'))
    assert loaded.macros is not None
    assert loaded.macros.situations[0].signs[0].any == (Phrases(("so <feeling>",)),)


def test_broken_ones_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "broken")
    assert len(problems_of("macros-unknown-names.yaml")) == 13
