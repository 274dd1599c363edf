"""CSV, read back by Python's own reader and by DuckDB."""

from __future__ import annotations

import csv
import io
import re

import duckdb
import pytest
from empathy_audit.model.audit import Audit
from empathy_audit.reports import ROWS, Choices, View
from empathy_audit.reports.csv_table import CSV
from empathy_audit.reports.tables import table
from empathy_audit.reports.visible import FORMULA, harmless
from hypothesis import given
from hypothesis import strategies as st

from tests.build import audit, batch
from tests.reports.cases import BROKEN, broadband, unscored
from tests.reports.elsewhere import FORMULAS, everything


def rows(kind: str, many=None) -> list[dict[str, str]]:
    text = CSV.choose(Choices(rows=kind)).render(many or everything(), View())
    return list(csv.DictReader(io.StringIO(text, newline="")))


def back(cell: str) -> str:
    """What was said, from what stands in the cell: as the module tells its readers to do it."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def test_a_finding_is_a_row_with_both_sides():
    first = rows("findings")[0]
    assert {k: first[k] for k in ("record", "conversation", "agent", "week", "code", "severity", "turn", "kind")} == {
        "record": "finding",
        "conversation": "c-17",
        "agent": "Dana",
        "week": "2026-W10",
        "code": "distress-partial",
        "severity": "warning",
        "turn": "3",
        "kind": "explicit",
    }
    assert first["text"] == broadband().turns[3].turn.text
    assert first["reply_text"] == broadband().turns[4].turn.text


@pytest.mark.parametrize("kind", ROWS)
def test_failures_are_rows_of_every_table(kind):
    failed = [row for row in rows(kind) if row["record"] == "failure"]
    assert [row["source"] for row in failed] == [BROKEN.source, r"[red]\x1b[2J.txt"]
    assert "not JSON" in failed[0]["message"]


def test_turns_say_who_is_charged_and_what_counts():
    turns = [row for row in rows("turns") if row["conversation"] == "c-17"]
    assert [(t["turn"], t["outcome"], t["counted"], t["agent"]) for t in turns if t["outcome"]] == [
        ("1", "met", "true", "Dana"),
        ("3", "partial", "true", "Dana"),
        ("5", "missed", "true", "Dana"),
        ("8", "delayed", "true", "Lee"),
        ("10", "missed", "false", "Lee"),
        ("12", "open", "false", ""),
    ]
    assert turns[2]["tags"] == "reflective-response; validation; ownership; open-question"


def test_conversations_have_a_column_for_each_principle():
    first, *_ = rows("conversations")
    assert first["overall"] == "58.34"
    assert first["agents"] == "Dana; Lee"
    assert first["score_open-questions"] == "50.0"
    assert first["score_genuine-interest"] == ""
    assert (first["met"], first["missed"], first["errors"], first["suggestions"]) == ("1", "1", "2", "1")


def test_agents_are_the_summary():
    found = {row["agent"]: row for row in rows("agents") if row["record"] == "agent"}
    assert (found["Dana"]["overall"], found["Dana"]["missed"], found["Lee"]["delayed"]) == ("41.667", "1", "1")


def test_no_text_is_a_formula():
    cells = [cell for row in rows("turns") + rows("conversations") + rows("agents") for cell in row.values()]
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)] == []
    said = [back(row["text"]) for row in rows("turns") if row["conversation"] == "'=cmd"]
    assert said == list(FORMULAS)


def test_numbers_below_zero_stay_numbers():
    text = CSV.choose(Choices(rows="turns")).render(batch(audit("customer: x", id="a")), View())
    assert "'" not in text


@given(st.text(min_size=1))
def test_what_was_said_comes_back(said):
    many = batch(audit("customer: x", id="a", source="a.json"))
    one = many.audits[0]
    heard = _with_text(one, said)
    (row,) = rows("turns", batch(heard))
    assert back(row["text"]) == harmless(said)


def _with_text(one: Audit, said: str) -> Audit:
    from dataclasses import replace

    judged = one.turns[0]
    return replace(one, turns=(replace(judged, turn=replace(judged.turn, text=said)),))


@pytest.mark.parametrize("kind", ROWS)
def test_lines_come_as_the_whole_does(kind):
    report = CSV.choose(Choices(rows=kind))
    many = batch(broadband(), unscored(), BROKEN)
    text = report.render(many, View())
    if report.line is not None:
        assert text == report.head + "".join(map(report.line, (*many.audits, *many.failures)))
    else:
        assert kind in ("conversations", "agents")


def test_an_empty_batch_has_a_head():
    assert [row.name for row in table("findings").columns] == CSV.render(batch(), View()).strip().split(",")


@pytest.mark.parametrize("kind", ROWS)
def test_duckdb_reads_it(tmp_path, kind):
    file = tmp_path / "a.csv"
    file.write_text(CSV.choose(Choices(rows=kind)).render(everything(), View()), encoding="utf-8", newline="")
    ((count,),) = duckdb.sql(f"SELECT count(*) FROM read_csv('{file}', all_varchar = true)").fetchall()
    assert count == len(rows(kind))
