"""Who is who by wording: on the project's own corpus with its roles hidden, wrong is rare, and the page says how rare."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from empathy_audit.readers.cue_words import LIGHTEST
from empathy_audit.readers.cues import CUES, ENOUGH, confidence, heard

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def measuring() -> ModuleType:
    spec = importlib.util.spec_from_file_location("roles_of_the_corpus", ROOT / "training" / "roles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_cue_decides_alone() -> None:
    assert max(confidence(abs(cue.weight)) for cue in CUES) < ENOUGH


def test_each_cue_counts_once_and_on_its_side() -> None:
    assert heard(["How can we assist", "how can we assist"]) == (1.5, 1.5, True)
    assert heard(["What can we do for you."]) == (4.4, 4.4, True)
    assert heard(["It’s my son.", "My son has it, X7-99"]) == (-3.9, 0, False)
    assert heard(["Gone. ^HB", "4711-22"]) == (-0.6, 1.1, True)
    assert heard(["Hello."] * 6 + ["Sorry to hear that."]) == (0, 0, False)
    assert heard(["x" * 1000 + " how can i help"]) == (0, 0, False)


def test_every_weight_is_on_the_side_that_its_cue_was_written_for() -> None:
    assert all(cue.weight >= LIGHTEST for cue in CUES if cue.formula)
    assert {cue.by_hand for cue in CUES} == {True, False}
    assert min(abs(cue.weight) for cue in CUES) > 0


def test_confidence_is_never_certain() -> None:
    assert [confidence(x) for x in (0.0, 2.0, 3.0, 100.0, 1e9)] == [0.5, 0.88, 0.95, 0.99, 0.99]


def test_wrong_is_rare_and_the_page_tells_the_figures(measuring: ModuleType) -> None:
    counts = measuring.measured()
    everything = counts["all"]
    assert sum(everything.values()) > 1000
    assert everything["wrong"] * 500 <= everything["right"]
    assert everything["right"] * 4 > sum(everything.values()) * 3
    page = (ROOT / "docs" / "transcripts.md").read_text(encoding="utf-8")
    assert f"<!-- roles by wording -->\n{measuring.table(counts)}" in page, "run `python training/roles.py`"


@pytest.mark.slow
def test_wrong_is_rare_on_conversations_that_were_not_fitted(
    measuring: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    counts = measuring.crossed()
    assert counts["wrong"] * 100 < counts["right"] + counts["wrong"]
    assert counts["right"] * 4 > sum(counts.values()) * 3
