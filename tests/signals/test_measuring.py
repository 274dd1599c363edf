"""The scripts of training/: figures of agreement, folds that never move, and rough text that is the same each time."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest
from empathy_audit.model.rubric import TAGS
from empathy_audit.signals.corpus import LabelledTurn
from hypothesis import given
from hypothesis import strategies as st

TRAINING = Path(__file__).parent.parent.parent / "training"
sys.path.insert(0, str(TRAINING))

import held_out  # noqa: E402
import robustness  # noqa: E402
from held_out import Agreement, figure, fold_of  # noqa: E402


@pytest.mark.parametrize(
    ("counts", "figures"),
    [
        ((0, 0, 0, 0), ("-", "-", "-", "-")),
        ((0, 0, 0, 9), ("-", "-", "-", "-")),
        ((0, 0, 5, 5), ("-", "0.00", "0.00", "0.00")),
        ((5, 0, 0, 5), ("1.00", "1.00", "1.00", "1.00")),
        ((0, 5, 5, 0), ("0.00", "0.00", "0.00", "-1.00")),
        ((20, 5, 10, 15), ("0.80", "0.67", "0.73", "0.40")),
    ],
)
def test_figures_of_agreement(counts: tuple[int, int, int, int], figures: tuple[str, ...]) -> None:
    found = Agreement(*counts)
    assert tuple(map(figure, (found.precision, found.recall, found.f1, found.kappa))) == figures
    pairs = [(True, True)] * counts[0] + [(False, True)] * counts[1] + [(True, False)] * counts[2]
    assert Agreement.of(pairs + [(False, False)] * counts[3]) == found
    assert sum((found, found), Agreement(0, 0, 0, 0)) == Agreement(*(2 * n for n in counts))


def test_a_conversation_stays_in_its_fold() -> None:
    assert [fold_of(id_) for id_ in ("retail-chat-A1", "retail-chat-A2", "b", "")] == [4, 3, 1, 0]
    sizes = [sum(fold_of(f"c-{n}") == fold for n in range(1000)) for fold in range(held_out.FOLDS)]
    assert min(sizes) > 150


def test_a_reflection_is_active_listening_too() -> None:
    turn = LabelledTurn("agent", "So it broke.", ((0, 12, frozenset(("RR",))),))
    assert held_out.tags_of(turn) == {"reflective-response", "active-listening"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I'm SO angry!!! It's 3.50, 'really'?", "i'm so angry it's 3 50 really"),
        ("Don’t — e-mail me… 😡", "don't e mail me"),
        ("...", ""),
    ],
)
def test_text_without_signs(text: str, plain: str) -> None:
    assert robustness.without_signs(text) == plain


@given(st.text(max_size=50))
def test_text_without_signs_has_none(text: str) -> None:
    assert not any(c in '.,!?:;"()-' for c in robustness.without_signs(text))


def test_typos_are_the_same_each_time_and_as_many_as_promised() -> None:
    text = "somebody please tell where that parcel could have gone since yesterday " * 300
    first, again, other = (robustness.with_typos(random.Random(seed))(text) for seed in (7, 7, 8))
    assert first == again != other
    changed = sum(a != b for a, b in zip(first.split(), text.split(), strict=True))
    assert 0.02 < changed / len(text.split()) < 0.04
    assert robustness.with_typos(random.Random(7))("as it is to me") == "as it is to me"


def test_gold_of_a_file_is_read(tmp_path: Path) -> None:
    turns = [
        {"role": "customer", "text": "hi", "gold": {"opportunity": 2}},
        {"role": "agent", "text": "hello", "gold": {"tags": ["CQ", "ownership"]}},
        {"role": "agent", "text": "so?", "gold": {"open-question": True, "quality": 3}},
        {"role": "bot", "text": "beep"},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "g", "turns": turns}) + "\n\n", "utf-8")
    (talk,) = robustness.from_jsonl(path)
    assert [turn.text for turn in talk.transcript.turns] == ["hi", "hello", "so?", "beep"]
    assert talk.gold == (
        {"opportunity": True, "explicit opportunity": True},
        {tag: tag in ("closed-question", "ownership") for tag in TAGS},
        {"open-question": True},
        {},
    )
