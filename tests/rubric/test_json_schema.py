from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from empathy_audit.rubric import json_schema, shipped, starter
from empathy_audit.rubric.source import parse
from empathy_audit.rubric.tree import plain
from empathy_audit.shipped import folder
from jsonschema import Draft202012Validator

from tests.rubric.helpers import HERE, WHOLE

VALIDATOR = Draft202012Validator(json_schema())

# What an editor can see without looking at other files or compiling anything.
SEEN = (
    "bad-names",
    "blank-texts",
    "empty-lists",
    "extends-a-number",
    "missing-everything",
    "missing-id",
    "no-mapping",
    "off-not-true",
    "off-without-extends",
    "out-of-range",
    "pattern-is-text",
    "ten-mistakes",
    "two-kinds-in-one-pattern",
    "unknown-aspect",
    "unknown-emotion",
    "unknown-guard",
    "unknown-key",
    "unknown-key-at-top",
    "unknown-key-in-examples",
    "unknown-key-in-pattern",
    "unknown-key-in-scoring",
    "unknown-kind",
    "unknown-message",
    "unknown-pattern-kind",
    "unknown-score",
    "unknown-severity",
    "unknown-severity-of-opportunity",
    "unknown-suggestion-emotion",
    "version-read-as-number",
    "words-read-as-values",
    "wrong-types",
)


def read(path: Path) -> Any:
    root = parse(path.read_text(encoding="utf-8"), path.name).root
    assert root is not None
    return plain(root)


def complaints(data: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_it_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", shipped())
def test_shipped_rubrics_fit(name: str) -> None:
    assert complaints(read(folder() / f"{name}.yaml")) == []


def test_a_whole_rubric_and_the_starter_fit() -> None:
    root = parse(starter("ours"), "ours.yaml").root
    assert root is not None
    assert complaints(read(WHOLE)) + complaints(plain(root)) == []


@pytest.mark.parametrize("name", SEEN)
def test_broken_ones_do_not(name: str) -> None:
    assert complaints(read(HERE / "broken" / f"{name}.yaml")) != []


def test_a_rubric_that_stands_alone_needs_whole_entries() -> None:
    data = read(WHOLE)
    data["markers"][0] = {"id": "names-the-feeling", "confidence": 0.5}
    assert complaints(data) == ["'any' is a required property", "'tag' is a required property"]
    assert complaints({**data, "extends": "empathy"}) == []


def test_severities_may_be_off_as_either_yaml_reads_it() -> None:
    base = {"rubric": "r", "version": "1.0.0", "extends": "empathy"}
    found = [complaints({**base, "opportunities": [{"id": "x", "missed": word}]}) for word in ("off", False, True)]
    assert [bool(messages) for messages in found] == [False, False, True]


def test_word_lists_may_be_added_to() -> None:
    base = {"rubric": "r", "version": "1.0.0", "extends": "empathy"}
    found = [complaints({**base, "words": {name: ["x"]}}) for name in ("feeling+", "feeling", "+feeling", "Feeling")]
    assert [bool(messages) for messages in found] == [False, False, True, True]


def test_every_key_is_described() -> None:
    schema = json_schema()
    blocks = [schema, *schema["$defs"].values()]
    bare = [
        (block.get("title"), key)
        for block in blocks
        for key, value in block.get("properties", {}).items()
        if not value.get("description") or not value.get("title")
    ]
    assert bare == []
