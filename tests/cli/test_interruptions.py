"""The proofs that take minutes: killed again and again, and on a disk that is full."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.interruptions import batch, marks, ran, started

KILLS = 50


@pytest.mark.slow
def test_killed_fifty_times_at_random_it_ends_with_the_same_bytes(here: Path) -> None:
    batch(here / "in.jsonl", 2500)
    spans = {}
    for jobs in ("1", "2", "3"):
        before = time.monotonic()
        code, _ = ran(
            "in.jsonl", "-q", "--jobs", jobs, "-o", f"whole{jobs}.jsonl", "-f", "csv", "-o", f"whole{jobs}.csv"
        )
        assert code == 2
        spans[jobs] = time.monotonic() - before
    whole = (here / "whole1.jsonl").read_bytes()
    assert {(here / f"whole{jobs}.jsonl").read_bytes() for jobs in "123"} == {whole}
    assert {(here / f"whole{jobs}.csv").read_bytes() for jobs in "123"} == {(here / "whole1.csv").read_bytes()}
    drawn = random.Random(7)
    target, kills, midway, ends = here / "r.jsonl", 0, 0, 0
    while kills < KILLS or marks(target):
        jobs = drawn.choice("123")
        process = started("in.jsonl", "-q", "--jobs", jobs, "-o", "r.jsonl", "-f", "csv", "-o", "r.csv", "--resume")
        try:
            process.communicate(timeout=drawn.uniform(0, spans[jobs]) if kills < KILLS else None)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
            midway += marks(target) > 0
            continue
        assert process.returncode == 2
        ends += 1
        assert target.read_bytes() == whole
        assert (here / "r.csv").read_bytes() == (here / "whole1.csv").read_bytes()
        assert not [path.name for path in here.iterdir() if path.name.startswith(".")]
        target.unlink()
    assert midway >= KILLS // 4
    assert ends >= 1
    ids = [json.loads(line)["transcript"]["id"] for line in whole.splitlines() if line.startswith(b'{"schema')]
    assert len(ids) == len(set(ids)) == 2500 - len(range(13, 2500, 97))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_on_a_full_disk_it_stops_and_goes_on_when_there_is_room(here: Path, small_disk: Path, jobs: str) -> None:
    batch(here / "in.jsonl", 2500)
    ran("in.jsonl", "-q", "-o", "whole.jsonl")
    target = small_disk / "r.jsonl"
    assert (here / "whole.jsonl").stat().st_size > 2 << 20
    code, err = ran("in.jsonl", "-o", str(target), "--jobs", jobs)
    assert code == 2
    assert "No space left on device" in err
    assert "of them are kept, go on with" in err
    assert "Traceback" not in err
    assert not target.exists()
    assert marks(target) > 1
    code, err = ran("in.jsonl", "-o", str(target), "--resume")
    assert (code, "No space left on device" in err) == (2, True)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    code, err = ran("in.jsonl", "-q", "-o", str(target), "--jobs", jobs, "--resume")
    assert (code, "No space left" in err) == (2, False)
    assert target.read_bytes() == (here / "whole.jsonl").read_bytes()
    assert [path.name for path in small_disk.iterdir()] == ["r.jsonl"]


def test_at_the_largest_size_of_a_file_it_stops_and_goes_on_when_more_is_allowed(here: Path) -> None:
    batch(here / "in.jsonl", 1200)
    ran("in.jsonl", "-q", "-o", "whole.jsonl")
    limited = (
        "import resource, runpy, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({1 << 20}, {resource.RLIM_INFINITY}))\n"
        "runpy.run_path(sys.argv.pop(1), run_name='__main__')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", limited, "program.py", "score", "in.jsonl", "-o", "r.jsonl"], capture_output=True
    )
    assert ended.returncode == 2
    assert b"File too large" in ended.stderr
    assert b"of them are kept, go on with" in ended.stderr
    assert marks(here / "r.jsonl") > 1
    assert (here / ".r.jsonl.part").stat().st_size <= 1 << 20
    assert ran("in.jsonl", "-q", "-o", "r.jsonl", "--resume")[0] == 2
    assert (here / "r.jsonl").read_bytes() == (here / "whole.jsonl").read_bytes()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")  # noqa: PTH110
def test_a_device_that_takes_nothing_is_told(here: Path) -> None:
    code, err = ran("two.jsonl", "-f", "jsonl", "-o", "/dev/full")
    assert code == 2
    assert "No space left on device" in err
    assert "Traceback" not in err
