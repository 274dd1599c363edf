"""One mistake a file, beside the exact complaint; whole answers, so a complaint too many fails as well."""

from __future__ import annotations

import pytest
from empathy_audit.rubric import load

from tests.rubric.helpers import HERE, problems_of

BROKEN = HERE / "broken"
NAMES = sorted(path.stem for path in BROKEN.glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_is_told_at_its_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN)
    expected = (BROKEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert list(problems_of(f"{name}.yaml")) == expected


def test_ten_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN)
    lines = [int(problem.split(":")[1]) for problem in problems_of("ten-mistakes.yaml")]
    assert lines == [2, 4, 6, 9, 10, 13, 14, 17, 18, 20]


def test_every_expectation_has_its_file() -> None:
    assert sorted(path.stem for path in BROKEN.glob("*.txt")) == NAMES


def test_the_rubric_that_the_broken_ones_change_is_right() -> None:
    assert load(str(HERE / "whole.yaml")).id == "whole"
