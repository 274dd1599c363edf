"""Small things that the rubric tests share: the fixture rubric, and files with a few lines changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from empathy_audit.errors import RubricError
from empathy_audit.model.rubric import Rubric
from empathy_audit.rubric import load

HERE = Path(__file__).parent
WHOLE = HERE / "whole.yaml"


def child(folder: Path, text: str, name: str = "child.yaml", extends: str | Path = WHOLE) -> str:
    """Write a rubric that extends another; the path to it."""
    path = folder / name
    path.write_text(f"rubric: child\nversion: 2.0.0\nextends: {extends}\n{text}", encoding="utf-8")
    return str(path)


def load_child(folder: Path, text: str) -> Rubric:
    """A rubric that extends the whole one, with these lines more."""
    return load(child(folder, text))


def problems_of(name: str, base: Path | None = None) -> tuple[str, ...]:
    """What `load` complains about."""
    with pytest.raises(RubricError) as raised:
        load(name, base=base)
    return raised.value.problems
