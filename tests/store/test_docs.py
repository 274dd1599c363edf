"""docs/store.md is true: its table is the schema, and DuckDB alone answers its queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from empathy_audit.store import MODES, SCHEMA_VERSION, TABLES, WAIT
from empathy_audit.store.rows import OPENING

from tests.build import audit, opportunity
from tests.documents import blocks, names, page, table
from tests.store.build import keep, rows

PAGE = "docs/store.md"


def test_every_column_stands_on_the_page() -> None:
    told = [(*names(row[0]), *names(row[1]), row[2], row[3]) for row in table(PAGE, "store tables")]
    assert told == [(t.name, c.name, c.type, c.about) for t in TABLES for c in t.columns]
    assert SCHEMA_VERSION == 1  # the page tells of no other


def test_what_the_page_promises() -> None:
    text = page(PAGE)
    assert f"`--store-wait` seconds ({WAIT:g})" in text
    assert f"the first turn of {OPENING} characters or more" in text
    assert [names(row) for row in text.splitlines() if row.startswith(("| `version` (d", "| `replace`"))] == [
        [mode] for mode in MODES
    ]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "audits.duckdb"
    angry = opportunity("explicit", "anger", 0.8, "furious", outcome="missed", answered_by=1)
    for overall in (10.0, 30.0):
        one = audit(
            "customer: I am furious about my parcel.", "agent Dana: Please hold.",
            overall=overall, opportunities={0: angry}, responses={1: (0, 0, "ignore")},
        )  # fmt: skip
        keep(path, one)
    return path


def test_the_queries_of_the_page(store: Path) -> None:
    queries = [block.text for block in blocks(PAGE) if block.language == "sql"]
    assert [rows(store, query) for query in queries] == [
        [("Dana", "ignore", 1, "I am furious about my parcel.")],
        [("c-1", 10.0, 30.0, "1.0.0")],
    ]
