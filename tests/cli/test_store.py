"""`score --store` and `trends`: what they refuse first, then that what was judged is there, once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.cli.conftest import MET, MISSED, Run, native
from tests.store.test_opening import held


def rows(query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect("a.duckdb", read_only=True) as store:
        found: list[tuple[Any, ...]] = store.execute(query).fetchall()
        return found


def dated(id_: str, day: str, *lines: str, **more: str) -> str:
    return json.dumps(json.loads(native(id_, *lines)) | {"started_at": day} | more) + "\n"


@pytest.fixture
def weeks(run: Run, here: Path) -> Path:
    """`a.duckdb`: six conversations a week over two weeks, of Dana in the first and Bo in the second."""
    lines = [dated(f"m{n}", f"2026-03-0{n + 2}", *MET, channel="chat") for n in range(6)]
    lines += [dated(f"x{n}", f"2026-03-{n + 9:02}", *MISSED, channel="phone") for n in range(6)]
    (here / "weeks.jsonl").write_text("".join(lines), encoding="utf-8")
    assert run("score", "weeks.jsonl", "--store", "a.duckdb", "-f", "concise").code == 0
    return here


# --- what goes wrong: score -------------------------------------------------------------------------------------------


def test_without_duckdb_it_says_so_before_judging(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, out, err = run("score", "two.jsonl", "--store", "a.duckdb")
    assert (code, out) == (2, "")
    needs = "needs the package duckdb; install it with: pip install 'empathy-audit[store]'"
    assert err == f"error: keeping results in a store {needs}\n"


def test_a_mode_without_a_store(run: Run) -> None:
    code, out, err = run("score", "two.jsonl", "--store-mode", "replace")
    assert (code, out) == (2, "")
    assert "--store-mode says what becomes of results in a store; give --store FILE with it" in err


@pytest.mark.parametrize(
    ("store", "message"),
    [
        ("two.jsonl", "--store two.jsonl is an input or an --output-file too; give it a file of its own"),
        ("r.txt", "--store r.txt is an input or an --output-file too; give it a file of its own"),
        ("small.yaml", "small.yaml: no store: DuckDB has not written this file; "),
        ("no/a.duckdb", "no/a.duckdb: there is no folder no to write to; make it first"),
        (".", ".: a folder, and a file was expected; "),
    ],
)
def test_a_file_that_cannot_be_the_store(run: Run, here: Path, store: str, message: str) -> None:
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    code, out, err = run("score", "two.jsonl", "-o", "r.txt", "--store", store)
    assert (code, out) == (2, "")
    assert message in err
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_a_store_in_use_stops_the_run_before_it_begins(run: Run, weeks: Path) -> None:
    with held(weeks / "a.duckdb") as process:
        code, out, err = run("score", "two.jsonl", "--store", "a.duckdb", "--store-wait", "0.3")
    assert (code, out) == (2, "")
    assert err == (
        f"a.duckdb: process {process.pid} has it open; waiting for up to 0.3 seconds\n"
        f"error: a.duckdb: process {process.pid} has it open, for longer than 0.3 seconds; close it there, or wait longer "
        "with --store-wait\n"
    )


def test_a_store_that_is_taken_meanwhile_keeps_the_run_for_resume(
    run: Run, weeks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("empathy_audit.cli.storing.check", lambda *_: None)  # as if it were taken just after the look
    words = ("score", "two.jsonl", "-o", "r.jsonl", "--store", "a.duckdb", "--store-wait", "0")
    with held(weeks / "a.duckdb"):
        code, _, err = run(*words)
    assert code == 2
    assert "has it open, for longer than 0 seconds" in err
    assert "2 of them are kept, go on with" in err
    assert not (weeks / "r.jsonl").exists()
    assert run(*words, "--resume").code == 0
    assert rows("SELECT run_id, conversations FROM runs ORDER BY 1") == [(1, 12), (2, 2)]


def test_nothing_to_judge_is_no_run(run: Run, here: Path) -> None:
    (here / "empty.jsonl").write_text("", encoding="utf-8")
    assert run("score", "two.jsonl", "--since", "2030-01-01", "--store", "a.duckdb").code == 2
    assert not (here / "a.duckdb").exists()


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_a_run_is_kept_with_who_judged(run: Run, here: Path) -> None:
    code, out, err = run("score", "two.jsonl", "none.jsonl", "--store", "a.duckdb", "-f", "jsonl")
    assert code == 2
    assert "kept in a.duckdb as run 1\n" in err
    lines = [json.loads(line) for line in out.splitlines()]
    results = [line for line in lines if "failure" not in line]
    assert [json.loads(line) for (line,) in rows("SELECT result FROM audits ORDER BY audit_id")] == results
    stamp = results[0]["rubric"]
    assert rows("SELECT rubric_id, rubric_version, rubric_hash, tool_version, mode, redacted FROM runs") == [
        (stamp["id"], stamp["version"], stamp["hash"], results[0]["tool"]["version"], "version", "off")
    ]
    assert rows("SELECT kind FROM failures") == [("not-found",)]
    assert rows("SELECT began_at <= ended_at FROM runs") == [(True,)]


def test_quiet_says_nothing_of_the_store(run: Run, here: Path) -> None:
    assert run("score", "two.jsonl", "--store", "a.duckdb", "-f", "concise", "-q").err == ""


def test_results_are_the_same_with_and_without_a_store(run: Run, here: Path) -> None:
    without = run("score", "two.jsonl", "-f", "jsonl").out
    assert run("score", "two.jsonl", "-f", "jsonl", "--store", "a.duckdb").out == without


def test_judged_again_versions_by_default_and_replaces_on_request(run: Run, here: Path) -> None:
    for mode in ((), (), ("--store-mode", "replace")):
        assert run("score", "two.jsonl", "--store", "a.duckdb", "-f", "concise", *mode).code == 0
        (count,) = rows("SELECT count(*), max(version) FROM audits")
        assert rows("SELECT count(*) FROM latest") == [(2,)]
    assert count == (2, 1)
    assert rows("SELECT mode FROM runs ORDER BY run_id") == [("version",), ("version",), ("replace",)]


def test_what_is_kept_is_masked_if_the_rest_is(run: Run, here: Path) -> None:
    line = "customer: I am Rosalind Okafor, write to rosalind@example.org about my parcel."
    (here / "r.jsonl").write_text(native("r", line, "agent Dana: Thank you."), encoding="utf-8")
    assert run("score", "r.jsonl", "none.jsonl", "--redact", "--store", "a.duckdb", "-f", "concise").code == 2
    assert rows("SELECT redacted FROM runs") == [("built-in",)]
    tables = [name for (name,) in rows("SELECT table_name FROM duckdb_tables()")]
    everything = str([rows(f"FROM {name}") for name in tables])
    assert "example.org" not in everything
    assert "Okafor" not in everything
    assert b"example.org" not in (here / "a.duckdb").read_bytes()


def test_the_same_whatever_the_number_of_jobs(run: Run, weeks: Path) -> None:
    kept = "SELECT * EXCLUDE (run_id, version, audit_id) FROM audits WHERE run_id = {} ORDER BY audit_id"
    assert run("score", "weeks.jsonl", "--jobs", "2", "--store", "a.duckdb", "-f", "concise").code == 0
    assert rows(kept.format(1)) == rows(kept.format(2))


# --- summary ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["summary", "json", "jsonl", "full", "csv"])
def test_summary_draws_from_a_store_what_it_draws_from_lines(run: Run, here: Path, format_: str) -> None:
    (here / "bad.jsonl").write_text("{", encoding="utf-8")
    assert run("score", "two.jsonl", "bad.jsonl", "-o", "r.jsonl", "--store", "a.duckdb").code == 2
    assert run("summary", "a.duckdb", "-f", format_) == run("summary", "r.jsonl", "-f", format_)


def test_summary_of_a_database_of_something_else(run: Run, here: Path) -> None:
    duckdb.connect("other.duckdb").close()
    code, _, err = run("summary", "other.duckdb")
    assert code == 2
    assert "error: other.duckdb: a DuckDB database of another kind; " in err
    (here / "folder").mkdir()
    (here / "other.duckdb").rename(here / "folder" / "other.duckdb")
    assert "1 file skipped: it holds no results (other.duckdb)" in run("summary", "folder").err


def test_summary_of_a_broken_store_in_a_folder_is_not_passed_over(run: Run, weeks: Path) -> None:
    (weeks / "folder").mkdir()
    (weeks / "folder" / "a.duckdb").write_bytes((weeks / "a.duckdb").read_bytes()[:5000])
    code, _, err = run("summary", "folder")
    assert code == 2
    assert "error: a.duckdb: no database that can be opened: " in err


# --- trends: what goes wrong ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Missing argument 'STORE'"),
        (("none.duckdb",), "error: none.duckdb: no such file; a store is written by `empathy-audit score PATH --store"),
        (("two.jsonl",), "error: two.jsonl: no store: DuckDB has not written this file; "),
        (("a.duckdb", "--by", "agnt"), "'agnt' is nothing to group by; did you mean agent?"),
        (("a.duckdb", "--by", ""), "'' is nothing to group by; choose from agent, channel, "),
        (("a.duckdb", "--by", "week,week"), "each can stand once"),
        (("a.duckdb", "--since", "lately"), "--since lately: no date; expected a day"),
        (("a.duckdb", "--until", "2020-01-01"), "nothing to count: all of 12 results lie outside of the time"),
        (("a.duckdb", "--rubric", "nosuch"), "nothing to count: no result is of the rubric nosuch; "),
    ],
)
def test_trends_refuses(run: Run, weeks: Path, words: tuple[str, ...], message: str) -> None:
    code, out, err = run("trends", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert not (weeks / "none.duckdb").exists()


def test_trends_of_a_store_in_use(run: Run, weeks: Path) -> None:
    with held(weeks / "a.duckdb"):
        code, out, err = run("trends", "a.duckdb", "--store-wait", "0", "-q")
    assert (code, out) == (2, "")
    assert "has it open, for longer than 0 seconds; " in err


def test_trends_of_a_store_with_failures_alone(run: Run, here: Path) -> None:
    assert run("score", "none.jsonl", "--store", "a.duckdb").code == 2
    assert "nothing to count: it holds no results of that kind; " in run("trends", "a.duckdb").err


def test_results_of_different_rubrics_are_refused_unless_asked_for(run: Run, weeks: Path) -> None:
    text = (weeks / "small.yaml").read_text(encoding="utf-8")
    (weeks / "other.yaml").write_text(text.replace("points: 15", "points: 10"), encoding="utf-8")
    assert run("score", "two.jsonl", "--rubric", "other.yaml", "--store", "a.duckdb", "-f", "concise").code == 0
    code, out, err = run("trends", "a.duckdb")
    assert (code, out) == (2, "")
    assert "error: a.duckdb: holds results of small " in err
    assert "whose scores do not compare; choose one with --rubric" in err
    code, out, _ = run("trends", "a.duckdb", "--mixed-rubrics")
    assert code == 0
    assert "Judged by different rubrics, whose scores do not compare." in out
    hashes = [hash_ for (hash_,) in rows("SELECT rubric_hash FROM runs ORDER BY run_id")]
    for hash_, count in zip(hashes, (12, 2), strict=True):
        chosen = run(
            "trends", "a.duckdb", "--rubric", hash_.removeprefix("sha256:")[:12], "--by", "language", "-f", "json"
        )
        assert sum(group["conversations"] for group in json.loads(chosen.out)["groups"]) == count


# --- trends: what it shows --------------------------------------------------------------------------------------------


def groups(run: Run, *words: str) -> dict[tuple[Any, ...], Any]:
    code, out, _ = run("trends", "a.duckdb", "-f", "json", *words)
    assert code == 0
    found = json.loads(out)
    return {tuple(group[name] for name in found["by"]): group for group in found["groups"]}


def test_trends_are_by_week_unless_told(run: Run, weeks: Path) -> None:
    found = groups(run)
    assert {key: group["conversations"] for key, group in found.items()} == {("2026-W10",): 6, ("2026-W11",): 6}
    first, second = (found[(week,)] for week in ("2026-W10", "2026-W11"))
    assert first["score"]["low"] > second["score"]["high"]
    assert (first["missed"]["value"], second["missed"]["value"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("agent,week", {("Dana", "2026-W10"), ("Bo", "2026-W11")}),
        ("month,channel", {("2026-03", "chat"), ("2026-03", "phone")}),
        ("day", {(f"2026-03-{day:02}",) for day in (*range(2, 8), *range(9, 15))}),
    ],
)
def test_trends_by_others(run: Run, weeks: Path, by: str, keys: set[tuple[str, ...]]) -> None:
    assert set(groups(run, "--by", by)) == keys


def test_trends_by_principle_are_the_scores_of_the_results(run: Run, weeks: Path) -> None:
    found = groups(run, "--by", "principle")
    summary = json.loads(run("summary", "a.duckdb", "-f", "json").out)["summary"]
    assert {id_: group["score"]["value"] for (id_,), group in found.items() if group["score"]["n"]} == {
        id_: score for id_, score in summary["principles"].items() if score is not None
    }


def test_trends_in_a_time(run: Run, weeks: Path) -> None:
    assert set(groups(run, "--since", "2026-03-09")) == {("2026-W11",)}
    assert groups(run, "--until", "2026-03-03")[("2026-W10",)]["conversations"] == 2


def test_a_conversation_judged_twice_counts_once(run: Run, weeks: Path) -> None:
    before = groups(run, "--by", "agent")
    assert run("score", "weeks.jsonl", "--store", "a.duckdb", "-f", "concise").code == 0
    assert groups(run, "--by", "agent") == before


def test_trends_are_drawn(run: Run, weeks: Path) -> None:
    code, out, err = run("trends", "a.duckdb", "--by", "agent,week")
    assert (code, err) == (0, "")
    assert "── By agent and week ─" in out
    assert "    2026-W10      6  " in out
    assert "█" in out
    assert "█" not in run("trends", "a.duckdb", "--color", "never").out
