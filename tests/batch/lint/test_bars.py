"""Bars: which findings are too much."""

from __future__ import annotations

from typing import Any

import pytest
from empathy_audit.batch.lint.bars import wanting
from empathy_audit.model.lint import LintBatch

from tests.batch.lint.build import finding, linted_file


@pytest.mark.parametrize(
    ("found", "fail_on", "most", "wants"),
    [
        ("", "suggestion", None, False),
        ("", "suggestion", 0, False),
        ("s", "suggestion", None, True),
        ("s", "warning", None, False),
        ("w", "warning", None, True),
        ("w", "error", None, False),
        ("e", "error", None, True),
        ("swe", "never", None, False),
        ("ww", "warning", 2, False),
        ("ww", "warning", 1, True),
        ("ww", "never", 1, True),
        ("ww", "error", 2, False),
        ("wwe", "error", 2, True),
        ("wwe", "warning", 5, True),
        ("wws", "suggestion", 5, True),
        ("e", "never", 0, False),
        ("w", "never", 0, True),
    ],
)
def test_bars(found: str, fail_on: Any, most: int | None, wants: bool) -> None:
    levels = {"s": "suggestion", "w": "warning", "e": "error"}
    findings = [finding(severity=levels[letter]) for letter in found]
    half = len(findings) // 2
    notes = tuple(("waivers.yaml", each) for each in findings[half:])
    assert wanting(LintBatch((linted_file(*findings[:half]),), notes=notes), fail_on, most) is wants
