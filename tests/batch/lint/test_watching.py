"""Watching files by their time and size."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from empathy_audit.batch.lint.watching import changes


def at(path: Path, second: int) -> None:
    os.utime(path, (second, second))


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "a", tmp_path / "b"
    for path in paths:
        path.write_text("x")
        at(path, 1)
    return paths


def test_first_all_of_them_then_those_that_came_went_or_changed(tmp_path: Path, two: tuple[Path, Path]) -> None:
    a, b = two
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: at(a, 2),
        lambda: b.unlink(),
        lambda: (tmp_path / "c").write_text("x"),
        lambda: (a.write_text("longer"), at(a, 2)),
    ]
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if not steps:
            raise KeyboardInterrupt
        steps.pop(0)()

    seen = []
    found = changes(lambda: [*tmp_path.iterdir(), tmp_path / "none"], wait)
    with suppress(KeyboardInterrupt):
        for changed in found:
            seen.append(sorted(path.name for path in changed))
    assert seen == [["a", "b"], ["a"], ["b"], ["c"], ["a"]]
    assert len(waited) == 6
    assert 0 < min(waited) <= max(waited) < 1


def test_what_changes_while_the_files_are_looked_at_is_not_missed(two: tuple[Path, Path]) -> None:
    found = changes(lambda: two, lambda seconds: None)
    next(found)
    at(two[0], 2)
    assert next(found) == {two[0]}
