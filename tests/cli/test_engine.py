"""`--engine dask`: what cannot be reached is told, and what can gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from empathy_audit import extras
from empathy_audit.errors import MissingPackageError
from empathy_audit.extras import Extra

from tests.batch import clusters
from tests.cli.conftest import MET, MISSED, Run, native


def scored(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, which waits for no scheduler longer than a second."""
    variables = os.environ | {"PYTHONPATH": str(clusters.ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    command = [sys.executable, "-m", "empathy_audit", "score", "-q", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=120)


def test_a_scheduler_is_dasks(run: Run) -> None:
    code, _, err = run("score", "two.jsonl", "--scheduler", "tcp://127.0.0.1:9")
    assert (code, err.splitlines()[-1]) == (2, "Error: --scheduler is Dask's; give --engine dask with it")


def test_without_the_extra_it_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Extra("dask", "distributed", "no_such_module")
    monkeypatch.setattr("empathy_audit.cli.batch_options.DASK", missing)
    code, out, err = run("score", "two.jsonl", "--engine", "dask")
    assert (code, out) == (2, "")
    assert "--engine dask needs the package distributed; install it with: pip install 'empathy-audit[dask]'" in err
    with pytest.raises(MissingPackageError):
        missing.needed("it")
    assert extras.DASK.name == "dask"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "ftp://x"])
def test_nobody_answers(here: Path, address: str) -> None:
    pytest.importorskip("distributed")
    ended = scored(here, "two.jsonl", "--engine", "dask", "--scheduler", address)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"error: --scheduler {address}: no Dask scheduler answers there" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_same_bytes_from_a_cluster_one_of_whose_workers_is_killed(here: Path) -> None:
    pytest.importorskip("distributed")
    lines = [native(f"n{n}", *((MET, MISSED)[n % 2] * (n % 7 + 1))) for n in range(1200)]
    lines[600] = "{broken\n"
    (here / "in.jsonl").write_text("".join(lines), encoding="utf-8")
    alone = scored(here, "in.jsonl", "-o", "alone.jsonl", "-f", "json", "-o", "alone.json")
    assert alone.returncode == 2
    with clusters.cluster(here) as two:
        arguments = ["in.jsonl", "-o", "r.jsonl", "-f", "json", "-o", "r.json", "--engine", "dask"]
        process = subprocess.Popen(
            [sys.executable, "-m", "empathy_audit", "score", "-q", *arguments, "--scheduler", two.address],
            cwd=here, env=os.environ | {"PYTHONPATH": str(clusters.ROOT)}, stderr=subprocess.PIPE,
        )  # fmt: skip
        part = here / ".r.jsonl.part"
        clusters.waited(lambda: part.read_bytes().index(b"\n"))
        two.workers[0].kill()
        _, err = process.communicate(timeout=120)
    assert process.returncode == 2, err
    assert (here / "r.jsonl").read_bytes() == (here / "alone.jsonl").read_bytes()
    assert (here / "r.json").read_bytes() == (here / "alone.json").read_bytes()


@pytest.mark.slow
def test_a_cluster_of_this_machine(here: Path) -> None:
    pytest.importorskip("distributed")
    ended = scored(here, "two.jsonl", "--engine", "dask", "--jobs", "2", "-f", "jsonl")
    assert ended.returncode == 0
    assert ended.stdout == scored(here, "two.jsonl", "-f", "jsonl").stdout
