from __future__ import annotations

from pathlib import Path

import pytest
from empathy_audit.rubric import load

from tests.rubric.helpers import WHOLE

TEXT = WHOLE.read_text(encoding="utf-8")


def hash_of(text: str, folder: Path) -> str:
    path = folder / "r.yaml"
    path.write_text(text, encoding="utf-8")
    return load(str(path)).hash


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("rubric: whole", "# a comment\n\nrubric: other"),
        ("version: 1.2.0", "version: 1.3.0"),
        ("why: Made for tests.", "why: Another reason."),
        ("    why: Names what the customer feels.\n", ""),
        ('misses: ["That must be the parcel."]', "misses: []"),
        ("    emotion: anger\n    intensity: 0.8\n", "    intensity: 0.8\n    emotion: anger\n"),
        ("weight: 3", "weight: 3.0"),
        ("  credits: {met: 1, partial: 0.5}", "  credits: {partial: 0.50, met: 1.0, missed: 0}"),
        ("    pleasant: true\n    missed: off", "    missed: 'off'\n    pleasant: true"),
        ("    window: 3\n    missed: error", "    missed: error\n    window: 3"),
        ("    aspect: hold", "    confidence: 0.8\n    aspect: hold"),
    ],
)
def test_what_says_the_same_has_the_same_hash(before: str, after: str, tmp_path: Path) -> None:
    assert TEXT.count(before) == 1
    assert hash_of(TEXT.replace(before, after), tmp_path) == load(str(WHOLE)).hash


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("language: en", "language: de"),
        ("weight: 3", "weight: 4"),
        ("frustrat*", "frustrated"),
        ("confidence: 0.9", "confidence: 0.8"),
        ("unless: [negated, quoted", "unless: [quoted, quoted"),
        ("better: I can see", "better: I see"),
        ("at_least: 0.6", "at_least: 0.7"),
        ("[calm down]", "[calm yourself]"),
        ("    opens: false\n", ""),
        ("explicit_weight: 2", "explicit_weight: 1"),
        ("{good: 60, poor: 0}", "{good: 61, poor: 0}"),
        ("That is a long wait.", "What a long wait."),
        ("title: Ownership", "title: Owning it"),
    ],
)
def test_what_can_move_a_result_moves_the_hash(before: str, after: str, tmp_path: Path) -> None:
    assert TEXT.count(before) == 1
    assert hash_of(TEXT.replace(before, after), tmp_path) != load(str(WHOLE)).hash


def test_kinds_of_patterns_are_told_apart(tmp_path: Path) -> None:
    as_regex = TEXT.replace("- phrases: [calm down]", "- regex: calm down")
    assert hash_of(as_regex, tmp_path) != load(str(WHOLE)).hash


def test_the_hash_of_this_file_stays() -> None:
    # Results and caches of other versions carry it: when this fails, every rubric in the world gets a new hash.
    assert load(str(WHOLE)).hash == "68cb28036046c7e6afe055dd274b6ff61fa22bf9fed4b816adb8703094c4a455"


def test_what_only_summaries_use_changes_no_hash() -> None:
    from dataclasses import replace

    from empathy_audit.rubric import load
    from empathy_audit.rubric.fingerprint import content_hash

    shipped = load("empathy")
    assert shipped.scoring.minimum_conversations == 5
    other = replace(shipped, scoring=replace(shipped.scoring, minimum_conversations=30))
    assert content_hash(other) == content_hash(shipped) == shipped.hash
