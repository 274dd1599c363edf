from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from empathy_audit.model.rubric import Example, Examples, Phrases
from empathy_audit.rubric import load

from tests.rubric.helpers import WHOLE, child, load_child, problems_of

WHOLE_RUBRIC = load(str(WHOLE))


def test_a_child_that_says_nothing_more_is_its_parent_under_another_name(tmp_path: Path) -> None:
    assert load_child(tmp_path, "") == replace(WHOLE_RUBRIC, id="child", version="2.0.0")


def test_fields_that_are_not_named_stay_the_parents(tmp_path: Path) -> None:
    loaded = load_child(tmp_path, "markers:\n  - id: names-the-feeling\n    confidence: 0.5\n")
    changed, *others = loaded.markers
    assert changed == replace(WHOLE_RUBRIC.markers[0], confidence=0.5)
    assert (changed.place.line, tuple(others)) == (5, WHOLE_RUBRIC.markers[1:])


def test_lists_are_replaced_and_mappings_merge(tmp_path: Path) -> None:
    text = "markers:\n  - id: names-the-feeling\n    any: [{phrases: [oof]}]\n    examples: {known_gaps: [Ouch.]}\n"
    changed = load_child(tmp_path, text).markers[0]
    before = WHOLE_RUBRIC.markers[0]
    gaps = Examples(before.examples.hits, before.examples.misses, (Example("Ouch."),))
    assert changed == replace(before, any=(Phrases(("oof",)),), examples=gaps)


def test_messages_and_suggestions_change_one_by_one(tmp_path: Path) -> None:
    text = (
        "opportunities:\n  - id: distress-shown\n    messages: {ask: asks first}\n"
        "    suggestions: {sadness: [I am so sorry.]}\n"
    )
    changed = load_child(tmp_path, text).opportunities[0]
    before = WHOLE_RUBRIC.opportunities[0]
    assert changed == replace(
        before,
        messages={**before.messages, "ask": "asks first"},
        suggestions={**before.suggestions, "sadness": ("I am so sorry.",)},
    )


def test_new_entries_come_after_the_parents(tmp_path: Path) -> None:
    loaded = load_child(tmp_path, "replies:\n  - id: bye\n    aspect: closing\n    any:\n      - phrases: [goodbye]\n")
    assert [(reply.id, reply.aspect) for reply in loaded.replies] == [("hold", "hold"), ("bye", "closing")]


@pytest.mark.parametrize("value", ["true", "True"])
def test_off_takes_an_entry_out(value: str, tmp_path: Path) -> None:
    loaded = load_child(tmp_path, f"counter:\n  - id: calm-down\n    off: {value}\n")
    assert loaded == replace(WHOLE_RUBRIC, id="child", version="2.0.0", counter=(), hash=loaded.hash)


def test_off_false_leaves_an_entry_in(tmp_path: Path) -> None:
    loaded = load_child(tmp_path, "counter:\n  - id: calm-down\n    off: false\n    points: 3\n")
    assert loaded.counter == (replace(WHOLE_RUBRIC.counter[0], points=3.0),)


def test_an_entry_that_was_turned_off_can_come_back_changed(tmp_path: Path) -> None:
    child(tmp_path, "replies:\n  - id: hold\n    off: true\n", name="middle.yaml")
    text = "replies:\n  - id: hold\n    aspect: bare\n    any:\n      - phrases: [wait]\n"
    loaded = load(child(tmp_path, text, extends="middle.yaml"))
    assert [(reply.id, reply.aspect) for reply in loaded.replies] == [("hold", "bare")]


@pytest.mark.parametrize("word", ["off", "false", "'off'"])
def test_a_severity_can_be_turned_off(word: str, tmp_path: Path) -> None:
    loaded = load_child(tmp_path, f"opportunities:\n  - id: trouble-told\n    missed: {word}\n")
    assert loaded.opportunities[1].missed is None


def test_word_lists_are_replaced_or_added_to_by_name(tmp_path: Path) -> None:
    loaded = load_child(tmp_path, "words:\n  feeling: [sad]\n  degree+: [terribly]\n  place+: [shop]\n")
    assert loaded.words == {"feeling": ("sad",), "degree": ("so", "very", "terribly"), "place": ("shop",)}


def test_scoring_merges_by_key_and_bands_are_replaced(tmp_path: Path) -> None:
    loaded = load_child(tmp_path, "scoring:\n  neutral: 60\n  minimum: {opportunities: 2}\n  bands: {all: 0}\n")
    assert loaded.scoring == replace(WHOLE_RUBRIC.scoring, neutral=60.0, minimum_opportunities=2, bands=(("all", 0.0),))


def test_a_principle_can_be_turned_off_with_its_markers(tmp_path: Path) -> None:
    text = "principles:\n  - id: ownership\n    off: true\nmarkers:\n  - id: takes-it-on\n    principle:\n"
    loaded = load_child(tmp_path, text)
    assert ([p.id for p in loaded.principles], loaded.markers[1].principle) == (["acknowledgement"], None)


def test_the_chain_of_a_circle_is_shown(tmp_path: Path) -> None:
    child(tmp_path, "", name="a.yaml", extends="b.yaml")
    child(tmp_path, "", name="b.yaml", extends="c.yaml")
    child(tmp_path, "", name="c.yaml", extends="b.yaml")
    problem = problems_of("a.yaml", base=tmp_path)[0].replace(f"{tmp_path}/", "")
    assert problem == (
        "c.yaml:3:10: extends goes round in a circle: b.yaml → c.yaml → b.yaml; expected an end; take one of them out"
    )


def test_a_chain_has_a_bound(tmp_path: Path) -> None:
    for number in range(12):
        child(tmp_path, "", name=f"r{number}.yaml", extends=f"r{number + 1}.yaml" if number < 11 else WHOLE)
    assert problems_of("r0.yaml", base=tmp_path) == (
        f"{tmp_path}/r8.yaml:3:10: extends goes deeper than 8 rubrics; expected fewer; put some of them together",
    )
    assert load(str(tmp_path / "r5.yaml")).title == WHOLE_RUBRIC.title


def test_mistakes_of_parent_and_child_are_told_together(tmp_path: Path) -> None:
    child(tmp_path, "counter:\n  - id: calm-down\n    points: many\n", name="parent.yaml")
    path = child(tmp_path, "replies:\n  - id: hold\n    aspect: holds\n", extends="parent.yaml")
    places = [problem.split(": ")[0] for problem in problems_of(path)]
    assert places == [f"{path}:6:13", f"{tmp_path}/parent.yaml:6:13"]


def test_a_parent_that_is_no_yaml_does_not_make_the_child_look_wrong(tmp_path: Path) -> None:
    (tmp_path / "parent.yaml").write_text("rubric: [\n", encoding="utf-8")
    path = child(tmp_path, "counter:\n  - id: calm-down\n    off: true\n", extends="parent.yaml")
    places = [problem.split(": ")[0] for problem in problems_of(path)]
    assert places == [f"{tmp_path}/parent.yaml:2:1"]
