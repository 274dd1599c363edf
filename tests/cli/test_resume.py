"""Runs that are interrupted, and the ones that go on with them."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import MET, MISSED, Run, native
from tests.cli.interruptions import batch, marks, ran, started, under_way


def left(folder: Path) -> set[str]:
    """What stands in the folder beside what was there before the run."""
    return {path.name for path in folder.iterdir()} - {
        "small.yaml", "empathy-audit.yaml", "two.jsonl", "in.jsonl", "program.py",
    }  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_says_how_to_go_on_and_going_on_ends_with_the_same_bytes(here: Path, jobs: str) -> None:
    batch(here / "in.jsonl", 1500)
    code, _ = ran("in.jsonl", "-q", "-o", "whole.jsonl", "-f", "json", "-o", "whole.json")
    assert code == 2
    process = started("in.jsonl", "-o", "the results.jsonl", "--jobs", jobs, "-f", "json", "-o", "r.json", "--restart")
    under_way(process, here / "the results.jsonl")
    for _ in range(5):  # in impatience
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert "Traceback" not in err.decode()
    told, line = [text for text in err.decode().splitlines() if "error: " not in text and text][:2]
    kept = int(told.split("; ")[1].split(" of them")[0].replace(",", ""))
    assert 0 < kept < 1500
    assert told.startswith("stopped after ")
    expected = f"--resume in.jsonl -o 'the results.jsonl' --jobs {jobs} -f json -o r.json"
    assert line.split("score ")[1] == expected
    assert left(here) == {"whole.jsonl", "whole.json", ".the results.jsonl.part", ".the results.jsonl.journal"}
    code, err_ = ran(*shlex.split(expected))
    assert code == 2
    assert err_.count("error: in.jsonl:") == len(range(13, 1500, 97))
    assert left(here) == {"whole.jsonl", "whole.json", "the results.jsonl", "r.json"}
    assert (here / "the results.jsonl").read_bytes() == (here / "whole.jsonl").read_bytes()
    assert (here / "r.json").read_bytes() == (here / "whole.json").read_bytes()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are looked up in /proc")
def test_ctrl_c_while_the_processes_start_is_quiet(here: Path) -> None:
    batch(here / "in.jsonl", 800)
    for wait in (0.0, 0.1, 0.25, 0.5):  # seconds after the first process was there
        process = started("in.jsonl", "-o", "r.jsonl", "--jobs", "3", "--restart", new_group=True)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not children.read_text(encoding="utf-8"):
            assert process.poll() is None
            time.sleep(0.005)
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of them
        _, err = process.communicate()
        assert process.returncode in (130, 2)  # 2: it was through, with the failures of the batch
        assert "Traceback" not in err.decode()


def test_a_run_that_was_killed_goes_on_with_other_jobs_and_other_reports(here: Path) -> None:
    batch(here / "in.jsonl", 1500)
    ran("in.jsonl", "-q", "-f", "html", "-o", "whole/", "-f", "csv", "-o", "whole.csv", "--fail-under", "50")
    process = started("in.jsonl", "-f", "html", "-o", "page/", "--jobs", "2")
    under_way(process, here / "page")
    process.kill()
    process.communicate()
    assert marks(here / "page") >= 3
    code, _ = ran("in.jsonl", "-q", "-f", "html", "-o", "page/", "-f", "csv", "-o", "r.csv", "--resume")
    assert code == 2
    assert left(here) == {"whole", "whole.csv", "page", "r.csv"}
    assert (here / "r.csv").read_bytes() == (here / "whole.csv").read_bytes()
    pages = {path.relative_to(here / "whole"): path.read_bytes() for path in (here / "whole").rglob("*.html")}
    assert pages == {path.relative_to(here / "page"): path.read_bytes() for path in (here / "page").rglob("*.html")}
    assert not list((here / "page").glob(".*"))


def test_the_processes_of_a_run_that_was_killed_end_too(here: Path) -> None:
    batch(here / "in.jsonl", 1500)
    process = started("in.jsonl", "-o", "r.jsonl", "--jobs", "2")
    under_way(process, here / "r.jsonl", 1)
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True).stdout
    children = [int(pid) for pid in listed.split()]
    assert len(children) >= 2
    process.kill()
    process.wait(60)
    process.communicate(timeout=60)  # ends when the last child has closed the pipes
    assert [pid for pid in children if os.path.exists(f"/proc/{pid}/cwd")] == []  # noqa: PTH110


def test_an_interrupted_run_is_not_taken_up_unasked(run: Run, here: Path) -> None:
    batch(here / "in.jsonl", 1200)
    process = started("in.jsonl", "-o", "r.jsonl")
    under_way(process, here / "r.jsonl")
    process.kill()
    process.communicate()
    code, out, err = run("score", "in.jsonl", "-o", "r.jsonl")
    assert (code, out) == (2, "")
    assert err.startswith("error: r.jsonl: an interrupted run is kept here, ")
    code, _, err = run("score", "in.jsonl", "-o", "r.jsonl", "--resume", "--where", "turns > 2", "--redact")
    assert code == 2
    assert "--redact was off, and is built-in; --where was not given, and is turns > 2" in err
    (here / "in.jsonl").write_text(native("met", *MET) + (here / "in.jsonl").read_text("utf-8"), encoding="utf-8")
    code, _, err = run("score", "in.jsonl", "-o", "r.jsonl", "--resume")
    assert code == 2
    assert "the list of inputs was 1 file (" in err
    code, _, err = run("score", "two.jsonl", "-o", "r.jsonl", "--restart")
    assert (code, err) == (0, "")
    assert len((here / "r.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert left(here) == {"r.jsonl"}


def test_inputs_that_changed_under_the_same_size_are_noticed(run: Run, here: Path) -> None:
    batch(here / "in.jsonl", 1200)
    process = started("in.jsonl", "-o", "r.jsonl")
    under_way(process, here / "r.jsonl")
    process.kill()
    process.communicate()
    text = (here / "in.jsonl").read_text(encoding="utf-8")
    (here / "in.jsonl").write_text(text.replace('"c0"', '"d0"', 1), encoding="utf-8")
    code, _, err = run("score", "in.jsonl", "-o", "r.jsonl", "--resume")
    assert code == 2
    assert "conversations are not those of the interrupted run any more" in err
    assert marks(here / "r.jsonl") >= 3  # and what was kept is kept


def test_with_nothing_to_go_on_with_it_begins(run: Run, here: Path) -> None:
    assert run("score", "two.jsonl", "-o", "r.jsonl", "--resume") == (0, "", "")
    assert len((here / "r.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("target", [(), ("-f", "jsonl"), ("-f", "jsonl", "-o", "/dev/null")])
def test_without_a_file_there_is_nothing_to_resume(run: Run, target: tuple[str, ...]) -> None:
    code, _, err = run("score", "two.jsonl", *target, "--resume")
    assert code == 2
    assert "an interrupted run is kept beside a file; give the -o FILE that it was writing to" in err


def test_a_mistake_leaves_nothing_behind(run: Run, here: Path) -> None:
    assert run("score", "two.jsonl", "-o", "r.jsonl", "--input-format", "nonsense").code == 2
    assert left(here) == set()


# --- which conversations ----------------------------------------------------------------------------------------------


@pytest.fixture
def dated(here: Path) -> None:
    lines = []
    for number in range(30):
        value = json.loads(native(f"n{number}", *(MET, MISSED)[number % 2]))
        value |= {"channel": ("chat", "email", None)[number % 3], "started_at": f"2026-03-{number + 1:02}T09:00:00Z"}
        if number % 10 == 9:
            del value["started_at"]
        lines.append(json.dumps({k: v for k, v in value.items() if v is not None}) + "\n")
    (here / "dated.jsonl").write_text("".join(lines), encoding="utf-8")


def judged(out: str) -> list[str]:
    return [json.loads(line)["transcript"]["id"] for line in out.splitlines()]


@pytest.mark.usefixtures("dated")
def test_conversations_are_chosen_and_the_rest_counted(run: Run) -> None:
    chosen = ("--where", 'agent == "Dana" and channel != "email"', "--since", "2026-03-05", "--until", "2026-03-20")
    code, out, err = run("score", "dated.jsonl", "-f", "jsonl", *chosen)
    assert code == 0
    assert judged(out) == ["n6", "n8", "n12", "n14", "n18"]
    assert err == "25 conversations left out: 9 not as --where asks, 13 outside of the time, 3 without a date\n"
    assert run("score", "dated.jsonl", "-f", "jsonl", "--jobs", "2", *chosen) == (code, out, err)


@pytest.mark.usefixtures("dated")
def test_a_sample_may_be_spread_over_what_was_chosen(run: Run) -> None:
    options = ("--sample", "6", "--stratify", "channel", "--where", "turns == 2")
    code, out, err = run("score", "dated.jsonl", "-f", "jsonl", *options)
    assert (code, err) == (0, "")
    assert sorted(int(id_[1:]) % 3 for id_ in judged(out)) == [0, 0, 1, 1, 2, 2]
    assert run("score", "dated.jsonl", "-f", "jsonl", "--jobs", "3", *options).out == out


@pytest.mark.usefixtures("dated")
def test_when_all_were_left_out_it_says_so(run: Run) -> None:
    code, out, err = run("score", "dated.jsonl", "-f", "jsonl", "--where", 'agent == "Zoe"')
    assert (code, out) == (2, "")
    assert err.endswith("error: nothing to judge: all of 30 conversations were left out; ask for others\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--where", 'agnt == "Dana"'), "error: --where, column 1: no field agnt;"),
        (("--since", "soon"), "--since soon: no date; expected a day (2026-03-01)"),
        (("--stratify", "agent"), "--stratify spreads a sample; give --sample N with it"),
        (("--stratify", "week", "--sample", "3"), "'--stratify': 'week' is not one of"),
        (("--time-limit", "0"), "'--time-limit': 0.0 is not in the range 0<x<=1000000"),
    ],
)
def test_what_cannot_be_chosen_is_told(run: Run, options: tuple[str, ...], told: str) -> None:
    code, out, err = run("score", "two.jsonl", *options)
    assert (code, out) == (2, "")
    assert told in err


def test_a_time_limit_is_a_failure_and_no_part_of_a_result(here: Path) -> None:
    (here / "long.jsonl").write_text(native("long", *MISSED * 20_000) + native("met", *MET), encoding="utf-8")
    code, err = ran("long.jsonl", "-o", "r.jsonl", "--time-limit", "0.3")
    assert code == 2
    first, second = map(json.loads, (here / "r.jsonl").read_text(encoding="utf-8").splitlines())
    assert (first["failure"]["kind"], first["failure"]["source"]) == ("time-limit", "long.jsonl:1")
    assert second["transcript"]["id"] == "met"
    assert "error: long.jsonl:1: long was not judged within 0.3 seconds of processor time" in err
