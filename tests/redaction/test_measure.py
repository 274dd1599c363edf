"""What docs/redaction.md tells of recall and false masks is what the written conversations show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from empathy_audit.redaction import redactor

from tests.redaction.measure import measure, table

PAGE = Path(__file__).parents[2] / "docs" / "redaction.md"
HALVES = ("seen", "kept")


def pages_table(half: str) -> str:
    """The table below the half's mark."""
    found = re.search(rf"<!-- measured: {half} -->\n((?:\|.*\n)+)", PAGE.read_text(encoding="utf-8"))
    assert found is not None, f"docs/redaction.md has no table below <!-- measured: {half} -->"
    return found[1]


@pytest.mark.slow
@pytest.mark.parametrize("half", HALVES)
def test_the_page_tells_what_is_measured(half: str, request: pytest.FixtureRequest) -> None:
    told = table({name: measure(half, redactor(name)) for name in ("built-in", "presidio")})
    if request.config.getoption("--refresh-goldens"):
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(re.sub(rf"(<!-- measured: {half} -->\n)(?:\|.*\n)*", rf"\g<1>{told}", text), encoding="utf-8")
    columns = slice(0, 5)  # kind, marked, and the built-in rules; a language model's own changes with its version
    for row, measured in zip(pages_table(half).splitlines(), told.splitlines(), strict=True):
        assert row.split("|")[columns] == measured.split("|")[columns]


@pytest.mark.parametrize("half", HALVES)
def test_little_is_missed_and_less_is_masked_for_nothing(half: str) -> None:
    count = measure(half, redactor("built-in"))
    assert count.recall > (0.9 if half == "seen" else 0.8)
    assert count.false_per_thousand < 4
    for kind in ("EMAIL", "PHONE", "IP", "URL", "POSTCODE"):
        assert count.whole[kind] / count.marked[kind] > 0.9, kind
