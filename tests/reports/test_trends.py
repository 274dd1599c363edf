"""Trends as csv, as JSON, and for people."""

from __future__ import annotations

import csv
import io
import json

import pytest
from empathy_audit.model.figures import NOTHING, Estimate
from empathy_audit.model.trends import Dimension, Trend, Trends
from empathy_audit.reports.base import View
from empathy_audit.reports.terminal.trends import page
from empathy_audit.reports.trends import csv_of, json_of
from rich.cells import cell_len

from tests.build import STAMP

SURE, FEW = Estimate(60.0, 50.0, 70.0, 9), Estimate(90.0, None, None, 2)
SHARE = Estimate(0.25, 0.125, 0.5, 9)


def trends(*groups: Trend, by: tuple[Dimension, ...] = ("agent", "week"), notes: tuple[str, ...] = ()) -> Trends:
    return Trends(by, groups, 5, (STAMP,), notes)


BOTH = trends(
    Trend(("", "2026-W10"), 9, SURE, SHARE, SHARE),
    Trend(("=Dana", ""), 2, FEW, FEW, FEW),
    Trend(("=Dana", "2026-W10"), 10, SURE, SHARE, SHARE),
    Trend(("=Dana", "2026-W11"), 2, FEW, FEW, FEW),
    Trend(("=Dana", "2026-W12"), 9, Estimate(100.0, 90.0, 100.0, 9), SHARE, SHARE),
    Trend(("Few", "2026-W10"), 2, FEW, FEW, FEW),
)


def test_csv_has_a_line_a_group_and_no_figure_without_an_interval() -> None:
    head, *rows = csv.reader(io.StringIO(csv_of(BOTH)))
    assert head == [
        "agent", "week", "conversations", "scored",
        "score", "score_low", "score_high", "met", "met_low", "met_high", "missed", "missed_low", "missed_high",
    ]  # fmt: skip
    assert rows[0] == ["", "2026-W10", "9", "9", "60.0", "50.0", "70.0", *("0.25", "0.125", "0.5") * 2]
    assert rows[1] == ["'=Dana", "", "2", "2", *[""] * 9]


def test_json_says_null_where_csv_is_empty() -> None:
    found = json.loads(json_of(BOTH))
    assert (found["schema_version"], found["by"], found["minimum"]) == (1, ["agent", "week"], 5)
    assert found["rubrics"] == [{"id": STAMP.id, "version": STAMP.version, "hash": STAMP.hash}]
    first, second, *_ = found["groups"]
    assert (first["agent"], first["week"], first["score"]) == (
        None,
        "2026-W10",
        {"value": 60.0, "low": 50.0, "high": 70.0, "n": 9},
    )
    assert second["score"] == {"value": None, "low": None, "high": None, "n": 2}
    (principle,) = json.loads(json_of(trends(Trend(("a", "b"), 1, NOTHING, None, None))))["groups"]
    assert (principle["met"], principle["missed"]) == (None, None)


def test_the_page_draws_the_course_and_a_scale_and_leaves_out_what_says_nothing() -> None:
    assert page(BOTH, View()) == (
        "── By agent and week ───────────────────────────────────────────────────────────\n"
        "  no agent\n"
        "              conv.  score  95%                              missed\n"
        "    2026-W10      9   60.0  50.0–70.0  ░░░░░░░░░░▒▒█▒▒░░░░░     25%\n"
        "\n"
        "  =Dana  ▅·█\n"
        "              conv.  score  95%                                    missed\n"
        "    undated       2      –  not enough data                             –\n"
        "    2026-W10     10   60.0  50.0–70.0        ░░░░░░░░░░▒▒█▒▒░░░░░     25%\n"
        "    2026-W11      2      –  not enough data                             –\n"
        "    2026-W12      9  100.0  90.0–100.0       ░░░░░░░░░░░░░░░░░░▒█     25%\n"
        "\n"
        "  Not enough data on any line of 1 group; -v shows them\n"
        "  Means of conversations with their 95% intervals; below 5 conversations it says\n"
        "  not enough data. Rubric empathy 1.0.0.\n"
    )
    assert "\n  Few  ·" not in page(BOTH, View())
    assert "Few" in page(BOTH, View(verbose=1))


def test_a_plain_page_draws_nothing() -> None:
    assert not set(page(BOTH, View(plain=True))) & set("▁▂▃▄▅▆▇█░▒─")


@pytest.mark.parametrize("width", [20, 33, 59, 80, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(cell_len(line) for line in page(BOTH, View(width=width)).splitlines()) <= width


def test_long_tables_are_cut_to_the_latest() -> None:
    many = [Trend((f"2026-W{n}",), 9, SURE, SHARE, SHARE) for n in range(10, 40)]
    text = page(trends(*many, by=("week",)), View())
    assert "the latest 20 of 30; -v shows all" in text
    assert "2026-W19" not in text
    assert "2026-W20" in text
    assert page(trends(*many, by=("week",)), View(verbose=1)).count("2026-W") == 30
    agents = [Trend((f"{n:02}", "2026-W10"), 9, SURE, SHARE, SHARE) for n in range(30)]
    assert "20 of 30 groups; -v shows all" in page(trends(*agents), View())


def test_principles_have_no_column_of_what_was_missed() -> None:
    text = page(trends(Trend(("validation",), 9, SURE, None, None), by=("principle",)), View())
    assert "missed" not in text
    assert "validation" in text


def test_what_a_transcript_says_does_no_harm() -> None:
    text = page(trends(Trend(("\x1b[31mred\n", "2026-W10"), 9, SURE, SHARE, SHARE), notes=("a\x1bb",)), View())
    assert "\x1b" not in text
