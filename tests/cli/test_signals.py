"""`--signals` and `--no-signals`: whose signals judge, whether any do, and what is said when they do not fit."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from empathy_audit.signals import shipped

from tests.cli.conftest import Run
from tests.signals.build import weights

OURS = """\
rubric: ours
version: 1.0.0
extends: small.yaml
cues:
  - id: says-furious
    any:
      - signal: trouble
        at_least: 0.6
markers:
  - id: names-the-feeling
    any:
      - phrases: ["that must be upsetting"]
    unless:
      - signal: reflective-response
        below: 0.01
"""
HAND = weights(agent={"reflective-response": {"that": 3.0, "for": -0.5}}, customer={"trouble": {"parcel": 3.0}})


@pytest.fixture
def ours(here: Path) -> Path:
    (here / "ours.yaml").write_text(OURS, encoding="utf-8")
    (here / "hand.signals").write_bytes(HAND)
    (here / "empathy-audit.yaml").write_text("rubric: ours.yaml\n", encoding="utf-8")
    return here


def signals_of(jsonl: str) -> set[str | None]:
    return {json.loads(line)["tool"]["signals"] for line in jsonl.splitlines()}


def cues_of(jsonl: str) -> list[float | None]:
    """The intensity of each conversation's first turn."""
    found = [json.loads(line)["turns"][0]["opportunity"] for line in jsonl.splitlines()]
    return [one and one["intensity"] for one in found]


# --- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("score", "two.jsonl"), ("explain", "two.jsonl", "--id", "met", "--turn", "1")])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--signals", "none.signals"), "error: none.signals: cannot read the signals (No such file or directory); "),
        (("--signals", "two.jsonl"), "error: two.jsonl: this is no signals file of this version; "),
        (("--signals", "hand.signals", "--no-signals"), "--signals and --no-signals exclude each other; keep one"),
    ],
)
def test_signals_that_cannot_be_are_told(
    run: Run, ours: Path, command: tuple[str, ...], arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(*command, *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_unknown_signal_is_told_with_its_place_and_the_nearest_one(run: Run, ours: Path, jobs: str) -> None:
    wrong = OURS.replace("signal: trouble", "signal: troubles").replace("reflective-response", "relfective-response")
    (ours / "ours.yaml").write_text(wrong, encoding="utf-8")
    code, out, err = run("score", "two.jsonl", "--signals", "hand.signals", "--jobs", jobs)
    assert (code, out) == (2, "")
    assert err.replace(f"{ours}/", "").splitlines() == [
        "error: ours.yaml:5:5: entry 'says-furious' asks for the signal 'troubles', "
        "which hand.signals does not have; expected one of trouble; did you mean 'trouble'?",
        "error: ours.yaml:10:5: entry 'names-the-feeling' asks for the signal 'relfective-response', "
        "which hand.signals does not have; expected one of reflective-response; did you mean 'reflective-response'?",
    ]


def test_a_signal_of_the_other_side_is_unknown(run: Run, ours: Path) -> None:
    (ours / "ours.yaml").write_text(OURS.replace("signal: trouble", "signal: counter-empathy"), encoding="utf-8")
    code, _, err = run("score", "two.jsonl")
    assert code == 2
    assert (
        "asks for the signal 'counter-empathy', which english.signals does not have; expected one of trouble, " in err
    )
    assert err.endswith("; name one of them, or train it with `train-signals`\n")


def test_weights_of_one_side_alone_say_so(run: Run, ours: Path) -> None:
    (ours / "hand.signals").write_bytes(weights(agent={"reflective-response": {"that": 3.0}}))
    err = run("score", "two.jsonl", "--signals", "hand.signals").err
    assert "asks for the signal 'trouble', which hand.signals does not have; it has none for this side; " in err


def test_a_damaged_file_is_told(run: Run, ours: Path) -> None:
    (ours / "hand.signals").write_bytes(HAND[:-9])
    code, _, err = run("score", "two.jsonl", "--signals", "hand.signals")
    assert code == 2
    assert err.startswith("error: hand.signals: the signals file is damaged (")


def test_a_rubric_without_signals_that_is_given_some_gets_a_remark(run: Run, ours: Path) -> None:
    code, out, err = run(
        "score", "two.jsonl", "--rubric", "small.yaml", "--signals", "hand.signals", "-f", "jsonl", "--exit-zero"
    )
    assert (code, signals_of(out)) == (0, {None})
    assert err == "hand.signals is not used: the rubric small asks for no signal\n"
    assert run("score", "two.jsonl", "--rubric", "small.yaml", "--signals", "hand.signals", "-q").err == ""


# --- whose signals judge ---------------------------------------------------------------------------------------------


def test_the_shipped_ones_without_an_option(run: Run, ours: Path) -> None:
    code, out, err = run("score", "two.jsonl", "-f", "jsonl")
    assert (code, err) == (0, "")
    assert signals_of(out) == {hashlib.sha256(shipped.WEIGHTS.read_bytes()).hexdigest()[:12]}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_is_named(run: Run, ours: Path, jobs: str) -> None:
    code, out, err = run("score", "two.jsonl", "-f", "jsonl", "--signals", "hand.signals", "--jobs", jobs)
    assert (code, err) == (0, "")
    assert signals_of(out) == {hashlib.sha256(HAND).hexdigest()[:12]}
    assert cues_of(out) == [0.793, 0.793]  # .9 x 1 / (1 + e^-2)


def test_none_at_all(run: Run, ours: Path) -> None:
    code, out, err = run("score", "two.jsonl", "-f", "jsonl", "--no-signals")
    assert (code, err) == (0, "")
    assert (signals_of(out), cues_of(out)) == ({None}, [None, None])


def test_settings_name_them_beside_their_own_file(
    run: Run, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ours / "empathy-audit.yaml").write_text("rubric: ./ours.yaml\nsignals: hand.signals\n", encoding="utf-8")
    (ours / "below").mkdir()
    monkeypatch.chdir(ours / "below")
    assert cues_of(run("score", "../two.jsonl", "-f", "jsonl").out) == [0.793, 0.793]
    assert cues_of(run("score", "../two.jsonl", "-f", "jsonl", "--no-signals").out) == [None, None]
    shown = run("score", "--show-settings", "--no-signals").out
    assert 'signals: "off"  # option\n' in shown


def test_settings_turn_them_off(run: Run, ours: Path) -> None:
    (ours / "empathy-audit.yaml").write_text("rubric: ours.yaml\nsignals: off\n", encoding="utf-8")
    assert cues_of(run("score", "two.jsonl", "-f", "jsonl").out) == [None, None]
    assert cues_of(run("score", "two.jsonl", "-f", "jsonl", "--signals", "hand.signals").out) == [0.793, 0.793]


def test_examples_are_run_with_them(run: Run, ours: Path) -> None:
    text = OURS.replace("        at_least: 0.6\n", '        at_least: 0.6\n    examples: {hits: ["my parcel"]}\n')
    (ours / "ours.yaml").write_text(text, encoding="utf-8")
    assert "says-furious: hits" not in run("rubric", "test", "ours.yaml", "--signals", "hand.signals").out
    nothing = weights(agent={"reflective-response": {"that": 3.0}}, customer={"trouble": {"zebra": 3.0}})
    (ours / "hand.signals").write_bytes(nothing)
    assert "says-furious: hits: does not hit" in run("rubric", "test", "ours.yaml", "--signals", "hand.signals").out


# --- what spoke for a signal -----------------------------------------------------------------------------------------


def test_an_explanation_shows_what_spoke_for_a_signal(run: Run, ours: Path) -> None:
    hand = weights(
        agent={"reflective-response": {"that": 3.0}},
        customer={
            "trouble": {"furious": 3.0, "about": -0.25, "my": 0.5, "parcel": -0.75, "i": 0.75, "am": 0.25, ".": -0.3}
        },
    )
    (ours / "hand.signals").write_bytes(hand)
    code, out, err = run("explain", "two.jsonl", "--id", "met", "--turn", "0", "--signals", "hand.signals")
    assert (code, err) == (0, "")
    assert (
        'probability 0.90; trouble: for it "furious" +3.00, "i" +0.75, "my" +0.50; against it "parcel" -0.75, "." -0.30'
        in " ".join(out.split())
    )


def test_an_explanation_without_signals_shows_none(run: Run, ours: Path) -> None:
    out = run("explain", "two.jsonl", "--id", "met", "--turn", "0", "--no-signals").out
    assert "Learned signals" not in out
