"""The queries of the README, asked of what the command line wrote."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from empathy_audit.reports import View, report
from empathy_audit.reports.base import Choices

from tests.documents import blocks
from tests.reports.elsewhere import everything


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lines, tables = report("jsonl"), report("parquet")
    assert lines is not None
    assert tables is not None
    assert tables.choose is not None
    made = tables.choose(Choices(rows="turns")).render(everything(), View())
    assert isinstance(made, bytes)
    (tmp_path / "turns.parquet").write_bytes(made)
    (tmp_path / "results.jsonl").write_text(str(lines.render(everything(), View())), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_missed_opportunities_by_agent_and_week(results: Path) -> None:
    queries = [block.text for block in blocks("README.md") if block.language == "sql"]
    assert len(queries) == 2
    answers = [duckdb.sql(query).fetchall() for query in queries]
    assert answers[0] == answers[1]
    counts = [(agent, week, missed, opportunities) for agent, week, missed, opportunities in answers[0]]
    assert ("Dana", "2026-W10", 1, 3) in counts
    assert ("Lee", "2026-W10", 0, 1) in counts
    assert ("=Lee", "2026-W01", 1, 1) in counts
