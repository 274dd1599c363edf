"""The plan on docs/scale.md is what its stated inputs come to, and those that can be measured here are what they are."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping

import pytest

from tests.documents import ROOT, page, table

PAGE = "docs/scale.md"
SIZES = (1_000_000, 100_000_000, 10_000_000_000)
NIGHT = 8


def inputs() -> Mapping[str, float]:
    return {row[0]: float(row[1].replace(",", "")) for row in table(PAGE, "cost: inputs")}


def shown(value: float) -> str:
    """Two digits that count, and none of them behind a point from ten on."""
    if value >= 10:
        digits = len(str(int(value))) - 2
        return f"{round(value / 10**digits) * 10**digits:,}"
    return f"{value:.{max(0, 1 - math.floor(math.log10(value)))}f}"


def plan(of: Mapping[str, float]) -> dict[str, list[str]]:
    """The rows of the plan by their names, a cell a size."""
    words, turns = of["words a turn"], of["turns a conversation"]
    told = words * turns * of["tokens a word"] + of["tokens of the rubric and the question, a conversation"]
    rows: dict[str, list[str]] = {}
    for size in SIZES:
        seconds = size * (
            words / of["words a second, one core"] + of["microseconds of the one who hands out, a turn"] / 1e6
        )
        hours = seconds / 3600
        cores = math.ceil(hours / NIGHT)
        read, written = size / turns * told, size * of["tokens of the answer, a turn"]
        price = (read * of["dollars a million tokens read"] + written * of["dollars a million tokens written"]) / 1e6
        cost = hours * of["dollars a core-hour"]
        cells = {
            "core-hours": shown(hours),
            f"cores for {NIGHT} hours": f"{cores:,}",
            "hours, where one hands out": shown(
                size * of["microseconds of the one who hands out, a turn"] / 1e6 / 3600
            ),
            "memory of these, GB": shown(cores * of["megabytes of a process"] / 1000),
            "transcripts, GB": shown(size * of["bytes of a transcript, a turn"] / 1e9),
            "results as JSON lines, GB": shown(size * of["bytes of JSON lines, a turn"] / 1e9),
            "results as Parquet, GB": shown(size * of["bytes of Parquet, a turn"] / 1e9),
            "dollars": shown(cost),
            "a large model: billion tokens read": shown(read / 1e9),
            "a large model: billion tokens written": shown(written / 1e9),
            "a large model: dollars": shown(price),
            "times as dear": shown(price / cost),
        }
        for name, cell in cells.items():
            rows.setdefault(name, []).append(cell)
    return rows


def workers_for_one(of: Mapping[str, float]) -> float:
    """How many workers one who hands out can feed."""
    return (
        of["words a turn"] / of["words a second, one core"] * 1e6 / of["microseconds of the one who hands out, a turn"]
    )


def test_the_plan_is_what_its_inputs_come_to() -> None:
    found = {name: list(cells) for name, *cells in table(PAGE, "cost: plan")}
    assert found == plan(inputs())
    head = page(PAGE).partition("<!-- cost: plan -->\n")[2].splitlines()[0]
    assert [int(cell.replace(",", "")) for cell in re.findall(r"[\d,]{5,}", head)] == list(SIZES)


def test_another_input_is_another_plan() -> None:
    slower = {**inputs(), "words a second, one core": 40_000.0}
    assert plan(slower)["core-hours"] != plan(inputs())["core-hours"]
    assert [shown(v) for v in (0.00345, 0.069, 6.9, 34.5, 691, 13_050_000)] == [
        "0.0034",
        "0.069",
        "6.9",
        "34",
        "690",
        "13,000,000",
    ]


def test_where_it_breaks_first_is_what_the_inputs_say() -> None:
    (told,) = re.findall(r"feeds about (\S+) workers", page(PAGE))
    assert told == shown(workers_for_one(inputs()))


def test_the_speed_is_the_one_of_the_readme() -> None:
    (told,) = re.findall(r"On one core it judges some ([\d,]+) words a second", page("README.md"))
    assert inputs()["words a second, one core"] == float(told.replace(",", ""))


def test_the_sizes_are_those_of_the_samples() -> None:
    from empathy_audit.batch.discover import discover
    from empathy_audit.batch.run import Options, run
    from empathy_audit.batch.verdict import Verdict
    from empathy_audit.readers import write_native
    from empathy_audit.reports.jsonl import line
    from empathy_audit.reports.parquet import written
    from empathy_audit.reports.tables import TABLES
    from empathy_audit.rubric import load

    outcomes = run(discover([str(ROOT / "sample_transcripts")]), load("empathy"), Options())
    audits = [outcome.audit for outcome in outcomes if isinstance(outcome, Verdict)]
    spoken = [judged.turn for audit in audits for judged in audit.turns]
    parquet = sum(
        len(written(of.columns, [row for audit in audits for row in of.rows(audit)]))
        for of in TABLES
        if of.of_batch is None
    )
    measured = {
        "words a turn": sum(len(turn.text.split()) for turn in spoken),
        "bytes of a transcript, a turn": sum(len(json.dumps(write_native(a.transcript))) for a in audits),
        "bytes of JSON lines, a turn": sum(len(line(audit).encode()) for audit in audits),
        "bytes of Parquet, a turn": parquet,
    }
    of = inputs()
    assert {name: of[name] for name in measured} == pytest.approx(
        {name: value / len(spoken) for name, value in measured.items()}, rel=0.1
    )
    assert of["turns a conversation"] == pytest.approx(len(spoken) / len(audits), rel=0.1)
