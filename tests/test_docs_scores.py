"""docs/scores.md says what the code does: its tables are the shipped rubric's, its examples come out as worked by hand."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import get_args

import pytest
from empathy_audit.judgement.scoring import overall, principle_score
from empathy_audit.model.audit import OUTCOMES, Ratios, Reason
from empathy_audit.rubric import load

from tests.documents import names, page, table
from tests.judgement.helpers import episode, tally, used

NAME = "docs/scores.md"
RUBRIC = load("empathy")
KINDS = {"E": "explicit", "I": "implicit"}


def test_credits() -> None:
    rows = {names(row[0])[0]: row[2] for row in table(NAME, "credits")}
    assert set(rows) == set(OUTCOMES)
    assert rows.pop("open").startswith("none")
    assert {outcome: float(credit) for outcome, credit in rows.items()} == RUBRIC.scoring.credits


def test_principles() -> None:
    rows = [(names(r[0])[0], float(r[1]), r[2], r[3] and float(r[3])) for r in table(NAME, "principles")]
    assert rows == [(p.id, p.weight, p.score, p.target if p.score == "use" else "") for p in RUBRIC.principles]


def test_reasons() -> None:
    assert {names(row[0])[0] for row in table(NAME, "reasons")} == set(get_args(Reason))


def test_ratios() -> None:
    assert [n for f in fields(Ratios) for n in [f.name] if f"`{n}`" not in page(NAME)] == []


def test_figures_in_the_text() -> None:
    scoring = RUBRIC.scoring
    text = " ".join(page(NAME).split())
    windows = {rule.window for rule in RUBRIC.opportunities}
    assert len(windows) == 1
    for said in (
        f"window of {windows.pop()} ",
        f"weighs {scoring.explicit_weight:g} times an implicit one",
        f"overall = {scoring.outcomes_share:g} × outcomes + {1 - scoring.outcomes_share:g} × skills",
        f"at most {scoring.counter_cap:g} points a conversation",
        f"the score starts at {scoring.neutral:g} ",
        f"`minimum` ({scoring.minimum_opportunities} and {scoring.minimum_words})",
    ):
        assert said in text
    assert "three quarters of the score" in " ".join(page("README.md").split())
    assert scoring.outcomes_share == 0.75


WORKED = table(NAME, "worked")


@pytest.mark.parametrize("row", WORKED, ids=[f"row {n + 1}" for n in range(len(WORKED))])
def test_examples_worked_by_hand(row: tuple[str, ...]) -> None:
    ended, replies, skills, points, outcomes, use, score = row
    episodes = [episode(outcome, KINDS[kind]) for kind, outcome in re.findall(r"([EI]) (\w+)", ended)]  # type: ignore[arg-type]
    uses = {name: int(count) for name, count in re.findall(r"([a-z-]+) (\d+)", skills)}
    assert set(uses) <= {p.id for p in RUBRIC.principles if p.score == "use"}
    counted = tally(
        episodes,
        [used(*(name for name, count in uses.items() if count > n)) for n in range(int(replies))],
        float(points),
    )
    made = [(p, principle_score(p, counted, RUBRIC)) for p in RUBRIC.principles]
    found = {
        kind: round(sum(p.weight * s for p, s in parts) / sum(p.weight for p, _ in parts), 3)
        for kind in ("opportunities", "use")
        if (parts := [(p, s) for p, s in made if p.score == kind and s is not None])
    }
    assert overall(counted, RUBRIC) == float(score)
    if outcomes:
        assert (found["opportunities"], found["use"]) == (float(outcomes), float(use))
    else:
        assert "opportunities" not in found
