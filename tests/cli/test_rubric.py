from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import SMALL, Run


def test_what_is_no_rubric_is_told_for_every_file(run: Run, here: Path) -> None:
    (here / "a.yaml").write_text("rubric: a\nversion: x\nlanguage: en\nwords: 3\n", encoding="utf-8")
    code, out, err = run("rubric", "validate", "a.yaml", "small.yaml", "none.yaml")
    assert (code, out) == (2, "small.yaml: small 1.0.0 is a valid rubric of 1 principles and 3 entries\n")
    lines = err.splitlines()
    assert all(line.startswith("error: ") for line in lines)
    assert [line.split(":")[2] for line in lines if " a.yaml:" in line].count("2") == 1
    assert "none.yaml" in lines[-1]


def test_a_rubric_is_shown(run: Run) -> None:
    code, out, err = run("rubric", "show")
    assert (code, err) == (0, "")
    assert (
        out
        == """A small rubric for tests (small 1.0.0, en)
So that the shipped rubric may change without these tests.

Principles
  acknowledgement  weight 1  Acknowledgement

Markers: what an agent may show
  names-the-feeling  emotional-acknowledgement  acknowledgement

Cues: what a customer shows
  says-furious  explicit  anger 0.9

Counter-empathy
  calm-down  error  15 points

Opportunities
  distress  explicit  missed: error
  hardship  implicit  missed: off

`rubric show ID` tells more of one.
"""
    )


@pytest.mark.parametrize(
    ("id_", "lines"),
    [
        ("acknowledgement", ["acknowledgement (principle): Acknowledgement", "  markers     names-the-feeling"]),
        (
            "emotional-acknowledgement",
            ["emotional-acknowledgement (tag)", "  given by    names-the-feeling"],
        ),
        (
            "names-the-feeling",
            [
                "names-the-feeling (marker)",
                "  any         phrases: that must be upsetting",
                "  hits        That must be upsetting.",
                "  misses      That must be the parcel.",
            ],
        ),
        ("says-furious", ["says-furious (cue)", "  shows       explicit, anger, intensity 0.9"]),
        (
            "calm-down",
            ["calm-down (counter-empathy)", "  costs       15 points, error", "  better      I can see why."],
        ),
        ("distress", ["distress (opportunity)", "  missed      error", "  for any     That must be upsetting."]),
    ],
)
def test_an_id_is_told_as_what_it_is(run: Run, id_: str, lines: list[str]) -> None:
    code, out, err = run("rubric", "show", id_)
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if line in lines] == lines
    assert out.splitlines()[0] == lines[0]


def test_an_unknown_id_is_told_with_the_nearest(run: Run) -> None:
    code, out, err = run("rubric", "show", "calm-dwon")
    assert (code, out) == (2, "")
    assert "small has no calm-dwon; did you mean calm-down?" in err


def test_examples_are_run_and_entries_without_are_named(run: Run, here: Path) -> None:
    code, out, err = run("rubric", "test", "small.yaml")
    assert (code, err) == (0, "")
    *bare, total = out.splitlines()
    assert [line.split(": ")[1:] for line in bare] == [
        ["says-furious", "has no examples; give it hits and misses"],
        ["calm-down", "has no examples; give it hits and misses"],
    ]
    assert total == "small 1.0.0: 2 examples, 0 failed, 0 known gaps, 2 of 3 entries without examples"


@pytest.mark.parametrize(
    ("examples", "which"),
    [
        ("{hits: [That must be the parcel.]}", "hits"),
        ("{misses: [That must be upsetting.]}", "misses"),
        ("{hits: [That must be upsetting.], known_gaps: [That must be upsetting.]}", "known_gaps"),
    ],
)
def test_an_example_that_is_not_so_fails(run: Run, here: Path, examples: str, which: str) -> None:
    rubric = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
    rubric["markers"][0]["examples"] = yaml.safe_load(examples)
    (here / "bad.yaml").write_text(yaml.safe_dump(rubric), encoding="utf-8")
    code, out, err = run("rubric", "test", "bad.yaml")
    assert (code, err) == (1, "")
    assert f": names-the-feeling: {which}: " in out.splitlines()[0]
    assert " 1 failed, " in out


def test_the_shipped_rubrics_are_listed(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from empathy_audit import rubric

    small = rubric.load(str(SMALL))
    monkeypatch.setattr(rubric, "shipped", lambda: ("small",))
    monkeypatch.setattr(rubric, "load", lambda name: small)
    assert run("rubric", "list") == (
        0,
        "  name   version  language  what it is\n  small  1.0.0    en        A small rubric for tests\n",
        "",
    )


def test_a_rubric_is_begun_and_not_written_over(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from empathy_audit import rubric

    monkeypatch.setattr(rubric, "starter", lambda id_: f"rubric: {id_}\n")
    assert run("rubric", "init", "Our Team.yaml") == (
        0,
        "Our Team.yaml: written; next: empathy-audit rubric test 'Our Team.yaml'\n",
        "",
    )
    assert (here / "Our Team.yaml").read_text(encoding="utf-8") == "rubric: our-team\n"
    code, out, err = run("rubric", "init", "Our Team.yaml")
    assert (code, out) == (2, "")
    assert "Our Team.yaml exists; choose another name, or --force" in err
    assert run("rubric", "init", "Our Team.yaml", "--force").code == 0


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("ours.txt", "a rubric is a YAML file; call it ours.yaml"),
        ("empathy.yaml", "cannot be called 'empathy'"),
        ("123.yaml", "cannot be called '123'"),
        ("--.yaml", "No such option"),
        ("none/ours.yaml", "none"),
    ],
)
def test_a_name_that_cannot_be_is_told(run: Run, file: str, told: str) -> None:
    code, out, err = run("rubric", "init", file)
    assert (code, out) == (2, "")
    assert told in err


def test_the_schema_is_json(run: Run) -> None:
    code, out, err = run("rubric", "schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["type"] == "object"


def test_settings_name_the_rubric_that_is_shown(run: Run, here: Path) -> None:
    shutil.move("small.yaml", "other.yaml")
    assert run("rubric", "show").code == 2
    assert run("rubric", "show", "--rubric", "other.yaml").code == 0


@pytest.mark.parametrize(
    ("id_", "lines"),
    [
        (
            "order-delayed",
            [
                "order-delayed (situation): a late order",
                "  emotion     frustration",
                "              time-frame, warning",
            ],
        ),
        ("way-back", ["way-back (need)", "  needed by   cancellation, no-answer, closing"]),
        (
            "closed-ending",
            ["closed-ending (check)", "  redeemed by way-back", "  tells       way-back", "  unless      question"],
        ),
        ("script-smell", ["  density     3 places and 0.5 of the words"]),
        ("reads-hard", ["  reading     a Flesch figure below 45, from 30 words on"]),
        ("stiff-words", ["  safe        yes", "  fix         \\bplease be (?:advised|informed) that  → nothing"]),
    ],
)
def test_what_is_said_of_macros_is_shown(id_: str, lines: list[str], run: Run) -> None:
    code, out, err = run("rubric", "show", id_, "--rubric", "empathy")
    assert (code, err) == (0, "")
    assert set(lines) <= set(out.splitlines())


def test_the_overview_lists_what_is_said_of_macros(run: Run) -> None:
    out = run("rubric", "show", "--rubric", "empathy").out
    titles = [line for line in out.splitlines() if line.startswith("Macros: ")]
    assert titles == ["Macros: what they may be for", "Macros: what they may need", "Macros: what is wrong in any"]
    assert "  greeting          -               nothing needed" in out.splitlines()


def test_an_entry_of_macros_without_examples_is_told(run: Run, here: Path) -> None:
    text = "rubric: x\nversion: 1.0.0\nextends: small.yaml\nmacros:\n  checks:\n    - {id: bare, any: [{regex: x+}], message: m, suggestion: s}\n"
    (here / "x.yaml").write_text(text, encoding="utf-8")
    code, out, _ = run("rubric", "test", "x.yaml")
    assert code == 0
    assert "x.yaml:6:7: bare: has no examples; give it hits and misses" in out.splitlines()
    assert out.splitlines()[-1].endswith("3 of 4 entries without examples")
