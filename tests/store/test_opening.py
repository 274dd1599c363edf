"""What is no store, and waiting for one that somebody else has open: real files, real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from empathy_audit.errors import MissingPackageError, StoreError
from empathy_audit.store import check, is_store, results
from empathy_audit.store.opening import opened

from tests.store.build import conversation, keep, rows

HOLD = """
import sys, duckdb
with duckdb.connect(sys.argv[1]) as store:
    print("open", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """The file, open in another process until a line is written to it."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            let_go(process)


def let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    if not process.stdin.closed:
        process.stdin.close()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "audits.duckdb"
    keep(path, conversation("a"), conversation("b"))
    return path


def complaint(path: Path, **how: object) -> str:
    with pytest.raises(StoreError) as caught:
        check(path, **how)  # type: ignore[arg-type]
    assert caught.value.place == str(path)
    return caught.value.message


def test_without_duckdb_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(
        MissingPackageError, match=r"needs the package duckdb; install it with: pip install 'empathy-au"
    ):
        check(tmp_path / "audits.duckdb")


@pytest.mark.parametrize("content", [b"", b"no database\n" * 1000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "audits.duckdb"
    path.write_bytes(content)
    assert complaint(path).startswith("no store: DuckDB has not written this file; ")
    assert path.read_bytes() == content


def test_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "sales.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE runs (a INTEGER)")
    assert complaint(path) == "a DuckDB database of another kind; give a file that `score --store` has written"
    assert rows(path, "SELECT table_name FROM information_schema.tables") == [("runs",)]


def test_an_empty_database_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    duckdb.connect(str(path)).close()
    assert complaint(path).startswith("a DuckDB database of another kind")


def test_another_schema_version(store: Path) -> None:
    with duckdb.connect(str(store)) as connection:
        connection.execute("UPDATE store SET schema_version = 7")
    told = "schema version 7, and this version of empathy-audit knows 1; use the empathy-audit that wrote it, or begin"
    assert told in complaint(store)


def test_a_store_that_is_cut_off_or_scribbled_over(store: Path) -> None:
    whole = store.read_bytes()
    store.write_bytes(whole[:5000])
    assert complaint(store).startswith("no database that can be opened: ")
    store.write_bytes(whole[:16] + b"?" * (len(whole) - 16))
    assert complaint(store).startswith("no database that can be opened: ")


def test_a_store_that_is_broken_within_tells_where(store: Path) -> None:
    data = bytearray(store.read_bytes())
    data[12288 + 8 :] = bytes(byte ^ 0x55 for byte in data[12288 + 8 :])  # the headers stay whole
    store.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        list(results(store, "audits.duckdb"))
    assert caught.value.place == str(store)


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    assert complaint(tmp_path).startswith("a folder, and a file was expected")
    with pytest.raises(StoreError, match=r"there is no folder .*nowhere to write to; make it first"):
        opened(tmp_path / "nowhere" / "audits.duckdb", write=True).__enter__()


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such file; a store is written by"):
        list(results(tmp_path / "none.duckdb", "none.duckdb"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only for an administrator")
def test_a_file_that_may_not_be_written(store: Path) -> None:
    store.chmod(0o444)
    assert complaint(store).startswith("no database that can be opened: ")


def test_checking_a_new_name_makes_no_file(tmp_path: Path) -> None:
    check(tmp_path / "audits.duckdb")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links take rights there")
def test_a_link_to_a_store_that_is_not_there_yet(tmp_path: Path) -> None:
    (tmp_path / "link.duckdb").symlink_to("real.duckdb")
    assert [keep(tmp_path / name, conversation("a")) for name in ("link.duckdb", "real.duckdb")] == [1, 2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.duckdb", "real.duckdb"]


def test_a_store_in_use_is_an_error_after_the_wait(store: Path) -> None:
    told: list[str] = []
    with held(store) as process:
        message = complaint(store, wait=0.5, told=told.append)
        assert message == (
            f"process {process.pid} has it open, for longer than 0.5 seconds; close it there, or wait longer with --store-wait"
        )
        assert told == [f"{store}: process {process.pid} has it open; waiting for up to 0.5 seconds"]


def test_a_store_in_use_is_waited_for(store: Path) -> None:
    with held(store) as process:
        check(store, wait=30, told=lambda _: let_go(process))
    assert keep(store, conversation("c")) == 2


def test_an_exception_leaves_what_was(store: Path) -> None:
    def fail() -> None:
        with opened(store, write=True) as connection:
            connection.execute("DELETE FROM audits")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows(store, "SELECT count(*) FROM audits") == [(2,)]


def test_what_duckdb_complains_of_is_told_with_the_file(store: Path) -> None:
    with pytest.raises(StoreError, match=r"audits\.duckdb: DuckDB says: .*nosuch"), opened(store, write=False) as one:
        one.execute("SELECT nosuch FROM audits")


def test_a_store_reads_no_other_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(StoreError, match=r"(?i)disabled"), opened(store, write=False) as connection:
        connection.execute(f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')").fetchall()


def test_a_store_is_told_by_its_first_bytes(store: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"DUCK")
    assert [is_store(path) for path in (store, tmp_path / "x", tmp_path / "none", tmp_path)] == [True] + 3 * [False]
