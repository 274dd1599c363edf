"""URLs as inputs and outputs: what is missing is told, what is there is read, and what comes out is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from empathy_audit.extras import Extra

from tests.batch.clusters import ROOT, waited
from tests.cli.conftest import MET, MISSED, Run, native

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'empathy-audit[cloud]'")


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    system.pipe_file("/calls/2026/one.jsonl", (native("met", *MET) + native("missed", *MISSED)).encode())
    system.pipe_file("/calls/2026/two.jsonl", (native("more", *MET) + "{broken\n").encode())
    system.pipe_file("/calls/.hidden/no.jsonl", native("no", *MET).encode())
    system.pipe_file("/calls/image.bin", bytes(range(256)) * 10)
    yield system
    system.store.clear()


# --- what is not there ----------------------------------------------------------------------------------------------


def test_without_the_extra_it_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_audit.batch.remote.CLOUD", Extra("cloud", "fsspec", "no_such_module"))
    for arguments in (["memory://calls/"], ["two.jsonl", "-o", "memory://out/r.jsonl"]):
        code, out, err = run("score", *arguments)
        assert (code, out) == (2, "")
        assert "needs the package fsspec; install it with: pip install 'empathy-audit[cloud]'" in err


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://calls/none.jsonl", "no such bucket, prefix or key, or nothing in it"),
        ("memory://calls/*.vtt", "this glob matches nothing; check the bucket and the pattern"),
        ("nosuchkind://a/b", "expected such as s3://bucket/key"),
    ],
)
def test_what_is_not_there_is_told(run: Run, memory: Any, url: str, message: str) -> None:
    code, _, err = run("score", url)
    assert code == 2
    assert f"error: {url}: " in err
    assert message in err


def test_an_input_is_not_written_over(run: Run, memory: Any) -> None:
    code, _, err = run("score", "memory:///calls/2026/one.jsonl", "-o", "memory:///calls/2026/one.jsonl")
    assert code == 2
    assert "is an input too" in err


def test_a_file_that_goes_away_costs_itself_alone(run: Run, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: Any, path: str, file: str, **options: Any) -> None:
        if path.endswith("one.jsonl"):
            raise FileNotFoundError(path)
        real(self, path, file, **options)

    real = type(memory).get_file
    monkeypatch.setattr(type(memory), "get_file", gone)
    code, out, err = run("score", "memory://calls/", "-q", "-f", "jsonl")
    assert code == 2
    assert "error: 2026/one.jsonl: cannot be read: FileNotFoundError" in err
    assert '"more"' in out


def test_nothing_appears_of_a_run_that_fails(run: Run, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any, **options: Any) -> None:
        raise PermissionError("denied")

    monkeypatch.setattr(type(memory), "put_file", broken)
    code, _, err = run("score", "two.jsonl", "-q", "-o", "memory://out/r.jsonl")
    assert code == 2
    assert "memory://out/r.jsonl: the upload failed: PermissionError: denied" in err
    assert not memory.exists("/out/r.jsonl")
    monkeypatch.undo()
    monkeypatch.setattr("empathy_audit.cli.judging.run", broken)
    assert run("score", "two.jsonl", "-q", "-o", "memory://out/r.jsonl").code == 2
    assert not memory.exists("/out/r.jsonl")


# --- what is ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["memory://calls/", "memory://calls/**/*.jsonl", "memory://calls"])
def test_prefixes_and_globs(run: Run, memory: Any, url: str) -> None:
    code, out, err = run("score", url, "-q", "-f", "concise", "--exclude", "nothing")
    assert code == 2
    assert err.count("error: ") == 1
    assert "two.jsonl:2" in err
    _, lines, _ = run("score", url, "-q", "-f", "jsonl")
    ids = [line.split('"id":')[1].split('"')[1] for line in lines.splitlines() if '"transcript"' in line]
    assert ids[:2] == ["met", "missed"]
    assert sorted(ids)[:3] == ["met", "missed", "more"]
    assert out


def test_the_same_bytes_as_from_files(run: Run, here: Path, memory: Any) -> None:
    memory.pipe_file("/calls/two.jsonl", (here / "two.jsonl").read_bytes())
    arguments = ["-f", "jsonl", "-o", "{}r.jsonl", "-f", "parquet", "-o", "{}tables/", "-f", "html", "-o", "{}r.html"]
    assert run("score", "two.jsonl", "-q", *(a.format("") for a in arguments)).code == 0
    assert run("score", "memory://calls/two.jsonl", "-q", *(a.format("memory://out/") for a in arguments)).code == 0
    assert memory.cat_file("/out/r.jsonl") == (here / "r.jsonl").read_bytes()
    assert memory.cat_file("/out/r.html") == (here / "r.html").read_bytes()
    local = {p.relative_to(here).as_posix(): p.read_bytes() for p in (here / "tables").rglob("*") if p.is_file()}
    assert {p.removeprefix("/out/"): memory.cat_file(p) for p in memory.find("/out/tables")} == local


def test_a_summary_of_results_behind_a_url(run: Run, memory: Any) -> None:
    assert run("score", "memory://calls/2026/one.jsonl", "-q", "-o", "memory://out/r.jsonl").code == 0
    code, out, _ = run("summary", "memory://out/r.jsonl")
    assert code == 0
    assert "2" in out


# --- a store ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of an object store on loopback, with the bucket `calls`."""
    for name in ("moto", "s3fs", "flask"):
        pytest.importorskip(name, reason="no local object store: pip install 'moto[server]' s3fs")
    log = tmp_path_factory.mktemp("store") / "log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        port = waited(lambda: int(log.read_text().split("http://127.0.0.1:")[1].split()[0]))
        variables = os.environ | {
            "PYTHONPATH": str(ROOT), "FSSPEC_S3_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip
        program = (
            "import fsspec; s = fsspec.filesystem('s3'); s.mkdir('calls'); s.put('two.jsonl', 'calls/2026/two.jsonl')"
        )
        (log.parent / "two.jsonl").write_text(native("met", *MET) + native("missed", *MISSED), encoding="utf-8")
        subprocess.run([sys.executable, "-c", program], cwd=log.parent, env=variables, check=True)
        yield variables
    finally:
        process.terminate()
        process.wait()


def scored(folder: Path, store: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "empathy_audit", "score", "-q", *arguments]
    ended = subprocess.run(command, cwd=folder, env=store, capture_output=True, text=True, timeout=120)
    return ended.returncode, ended.stdout, ended.stderr


def test_an_object_store(here: Path, store: dict[str, str]) -> None:
    code, _, err = scored(here, store, "s3://calls/2026/", "-o", "s3://calls/out/r.jsonl")
    assert (code, err) == (0, "")
    assert scored(here, store, "two.jsonl", "-f", "jsonl", "-o", "r.jsonl")[0] == 0
    show = "import fsspec, sys; sys.stdout.buffer.write(fsspec.filesystem('s3').cat_file('calls/out/r.jsonl'))"
    shown = subprocess.run([sys.executable, "-c", show], env=store, capture_output=True, check=True)
    assert shown.stdout == (here / "r.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["s3://no-such-bucket/x/"], "no such bucket, prefix or key"),
        (["s3://calls/none.jsonl"], "no such bucket, prefix or key"),
        (["two.jsonl", "-o", "s3://no-such-bucket/r.jsonl"], "there is no bucket no-such-bucket"),
    ],
)
def test_buckets_and_keys_that_are_not_there(
    here: Path, store: dict[str, str], arguments: list[str], message: str
) -> None:
    code, _, err = scored(here, store, *arguments)
    assert code == 2
    assert message in err
    assert "Traceback" not in err
