"""`summary`: what it refuses first, then that it draws what `score` drew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import MET, MISSED, Run, native


@pytest.fixture
def results(run: Run, here: Path) -> Path:
    """`r.jsonl` and `r.json`: two conversations."""
    assert run("score", "two.jsonl", "-o", "r.jsonl", "-o", "r.json").code == 0
    return here


def other_rubric(here: Path) -> None:
    """`other.jsonl`: a third conversation, judged by the same rubric with another price of words."""
    text = (here / "small.yaml").read_text(encoding="utf-8")
    (here / "other.yaml").write_text(text.replace("points: 15", "points: 10"), encoding="utf-8")
    (here / "third.jsonl").write_text(native("third", *MET), encoding="utf-8")


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_without_results_it_says_what_to_give(run: Run) -> None:
    code, out, err = run("summary")
    assert (code, out) == (2, "")
    assert "Missing argument 'RESULTS...'" in err


def test_transcripts_are_no_results(run: Run) -> None:
    code, out, err = run("summary", "two.jsonl", "none.jsonl", "-f", "concise")
    told = (
        "no results: neither the JSON lines of `score` nor its JSON document; "
        "transcripts are judged first: empathy-audit score FILE -f jsonl"
    )
    missing = "no such file or folder; check the path"
    assert code == 2
    assert out == f"two.jsonl: unrecognised {told}\nnone.jsonl: not-found {missing}\n"
    assert err == f"error: two.jsonl: {told}\nerror: none.jsonl: {missing}\n"


def test_a_folder_without_results_has_nothing_to_draw(run: Run, here: Path) -> None:
    (here / "folder").mkdir()
    (here / "folder" / "a.txt").write_text("Hello", encoding="utf-8")
    code, out, err = run("summary", "folder", "-f", "jsonl")
    assert (code, out) == (2, "")
    assert err == (
        "1 file skipped: it holds no results (a.txt)\n"
        "error: nothing to draw: no result was found; write some with `empathy-audit score PATH -f jsonl`\n"
    )


def test_results_are_not_written_over(run: Run, results: Path) -> None:
    before = (results / "r.jsonl").read_bytes()
    code, _, err = run("summary", "r.jsonl", "-o", "./r.jsonl")
    assert code == 2
    assert err.endswith("Error: r.jsonl is an input too; give --output-file another name.\n")
    assert (results / "r.jsonl").read_bytes() == before


def test_results_of_different_rubrics_are_refused_unless_asked_for(run: Run, results: Path) -> None:
    other_rubric(results)
    assert run("score", "third.jsonl", "--rubric", "other.yaml", "-o", "other.jsonl").code == 0
    ours, others = (json.loads((results / name).read_text().splitlines()[0]) for name in ("r.jsonl", "other.jsonl"))
    first, second = (f"small 1.0.0 ({one['rubric']['hash'][:8]})" for one in (ours, others))
    code, out, err = run("summary", "r.jsonl", "other.jsonl")
    assert (code, out) == (2, "")
    assert err == (
        f"error: other.jsonl:1: judged by {second}, and r.jsonl:1 by {first}; scores of different rubrics do not "
        "compare: judge the transcripts again by one, or give --mixed-rubrics\n"
    )
    code, out, err = run("summary", "r.jsonl", "other.jsonl", "--mixed-rubrics")
    assert (code, err) == (0, "")
    assert out.startswith("── Summary ─")
    assert "  3 conversations · 3 scored\n" in out
    flat = " ".join(out.split())
    assert f"Judged by different rubrics, whose scores do not compare: {first}, {second}" in flat
    assert json.loads(run("summary", "r.jsonl", "other.jsonl", "--mixed-rubrics", "-f", "json").out)["rubric"] is None


def test_another_rubric_than_the_one_that_judged_is_refused(run: Run, results: Path) -> None:
    other_rubric(results)
    code, out, err = run("summary", "r.jsonl", "--rubric", "other.yaml")
    assert (code, out) == (2, "")
    assert "--rubric other.yaml is not the one that judged these results; leave the option out" in err


def test_failures_in_the_results_count(run: Run, results: Path) -> None:
    (results / "broken.json").write_text('{"id": "b", "turns": [', encoding="utf-8")
    scored = run("score", "broken.json", "two.jsonl", "-o", "f.jsonl", "-f", "jsonl")
    drawn = run("summary", "f.jsonl", "-f", "jsonl")
    assert scored.code == drawn.code == 2
    assert drawn.out == (results / "f.jsonl").read_text(encoding="utf-8") == scored.out
    assert drawn.err == scored.err
    assert drawn.err.startswith("error: broken.json:1:")


def test_a_broken_line_is_told_and_the_others_drawn(run: Run, results: Path) -> None:
    line = (results / "r.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (results / "cut.jsonl").write_text(line[0] + line[1][:300], encoding="utf-8")
    code, out, err = run("summary", "cut.jsonl", "-f", "jsonl")
    assert code == 2
    assert out.splitlines(keepends=True)[0] == line[0]
    assert json.loads(out.splitlines()[1])["failure"]["source"] == "cut.jsonl:2"
    assert err.startswith("error: cut.jsonl:2: not JSON, or cut off: ")


# --- what it draws ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["r.jsonl", "r.json"])
@pytest.mark.parametrize("form", ["full", "summary", "concise", "markdown", "json", "jsonl", "csv", "parquet", "junit"])
def test_it_draws_what_score_drew(run: Run, results: Path, form: str, source: str) -> None:
    assert run("score", "two.jsonl", "-f", form, "-o", "scored").code == 0
    assert run("summary", source, "-f", form, "-o", "drawn") == (0, "", "")
    assert (results / "drawn").read_bytes() == (results / "scored").read_bytes()


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab"])
def test_with_the_originals_it_points_into_them_as_score_does(run: Run, results: Path, form: str) -> None:
    scored = run("score", "two.jsonl", "-f", form)
    assert run("summary", "r.jsonl", "--originals", "two.jsonl", "-f", form) == scored
    assert run("summary", "r.jsonl", "-f", form).out != scored.out
    code, out, err = run("summary", "r.jsonl", "--originals", "none.jsonl", "-f", form)
    assert (code, out) == (2, "")
    assert err.endswith("Error: --originals none.jsonl: no such file or folder; check the path\n")


def test_standard_input_and_options_of_tables(run: Run, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (results / "r.jsonl").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        drawn = run("summary", "-", "-f", "csv", "--rows", "agents")
    assert drawn == (0, run("score", "two.jsonl", "-f", "csv", "--rows", "agents").out, "")


def test_a_result_that_stands_twice_counts_once(run: Run, results: Path) -> None:
    assert run("score", "two.jsonl", "-o", "again.jsonl").code == 0
    code, out, err = run("summary", "r.jsonl", "again.jsonl", "-f", "jsonl")
    assert (code, out) == (0, (results / "r.jsonl").read_text(encoding="utf-8"))
    assert err == "2 results left out: the same stood before\n"
    assert run("summary", "r.jsonl", "again.jsonl", "-q", "-f", "jsonl").err == ""


def test_other_versions_and_signals_are_told(run: Run, results: Path) -> None:
    first, second = (results / "r.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    older = json.loads(second) | {"tool": {"name": "empathy-audit", "version": "0.0.9", "signals": "other"}}
    (results / "older.jsonl").write_text(first + json.dumps(older) + "\n", encoding="utf-8")
    drawn = run("summary", "older.jsonl", "-f", "jsonl")
    assert (drawn.code, drawn.out) == (0, (results / "older.jsonl").read_text(encoding="utf-8"))
    assert drawn.err == (
        "these results are of 2 versions of empathy-audit, which may judge differently\n"
        "these results were judged by different signals, so that their scores do not compare\n"
    )


def test_the_rubric_is_found_by_its_hash_or_said_to_be_missing(run: Run, results: Path) -> None:
    (results / "many.jsonl").write_text(
        "".join(native(f"m{at}", *MISSED) for at in range(6)) + native("n", *MET), encoding="utf-8"
    )
    assert run("score", "many.jsonl", "-o", "m.jsonl").code == 0
    missing = "The rubric that judged is not at hand"
    assert missing not in run("summary", "m.jsonl").out
    assert missing not in run("summary", "m.jsonl", "--isolated", "--rubric", "small.yaml").out
    assert missing in run("summary", "m.jsonl", "--isolated").out
