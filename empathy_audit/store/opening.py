"""Opening the file: waiting for other processes, and saying what is wrong with a file that is no store."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_audit.errors import StoreError
from empathy_audit.extras import STORE
from empathy_audit.store.schema import SCHEMA_VERSION, STATEMENTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WAIT = 60.0
"""Seconds to wait, unless told, for a file that another process has open."""
_PAUSE = 0.2
_MAGIC = slice(8, 12), b"DUCK"
# The words of DuckDB for a file that is locked, on Unix and on Windows.
_LOCKED = re.compile(r"could not set lock|conflicting lock|being used by another process", re.IGNORECASE)
_HOLDER = re.compile(r"\(PID (\d+)\)")
# Another one's file may hold views of any kind: none of them reads files or fetches extensions. Beyond the limit DuckDB uses the
# disk, so that a run of any size needs as much memory.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "memory_limit": "512MB",
}


class OtherDatabaseError(StoreError):
    """A DuckDB database that is no store of ours."""


Told = Callable[[str], None]


def ignored(_: str) -> None:
    """For those who are not told that there is something to wait for."""


def is_store(path: Path) -> bool:
    """Whether the file is a DuckDB database, by its first bytes."""
    try:
        with path.open("rb") as stream:
            where, magic = _MAGIC
            return stream.read(where.stop)[where] == magic
    except OSError:
        return False


def check(path: Path, wait: float = WAIT, told: Told = ignored) -> None:
    """Make sure, before there is anything to lose, that a run can be kept in the file, which need not exist yet.

    Raises:
        MissingPackageError: DuckDB is not installed.
        StoreError: the file is no store of ours, cannot be written, or is in use for longer than `wait` seconds.
    """
    STORE.needed("keeping results in a store")
    if path.exists():
        with opened(path, write=True, wait=wait, told=told):
            pass


@contextmanager
def opened(path: Path, *, write: bool, wait: float = WAIT, told: Told = ignored) -> Iterator[DuckDBPyConnection]:
    """The store, made if it is to be written and is not there; what goes wrong within is told as a StoreError.

    Writing is one transaction: it holds when the block ends, and never was when an exception leaves it.

    Raises:
        MissingPackageError, StoreError: as `check` does.
    """
    duckdb = STORE.needed("a store of kept results")
    connection = _connected(path, write, wait, told)
    try:
        connection.execute("BEGIN")
        _check_schema(connection, str(path))
        yield connection
        connection.execute("COMMIT")
    except duckdb.Error as error:
        raise _said(error, path) from None
    finally:
        connection.close()


def _connected(path: Path, write: bool, wait: float, told: Told) -> DuckDBPyConnection:
    duckdb = STORE.needed("a store of kept results")
    _check_file(path, write)
    if not path.exists():
        _make(path)
    end, waited = time.monotonic() + wait, False
    while True:
        try:
            found: DuckDBPyConnection = duckdb.connect(str(path), read_only=not write, config=_CONFIG)
            return found
        except duckdb.Error as error:
            message = str(error)
        if not _LOCKED.search(message):
            raise StoreError(f"no database that can be opened: {_line(message)}; give another file", str(path))
        holder = _HOLDER.search(message)
        who = f"process {holder[1]}" if holder else "another process"
        if time.monotonic() >= end:
            raise StoreError(
                f"{who} has it open, for longer than {wait:g} seconds; close it there, or wait longer with --store-wait",
                str(path),
            )
        if not waited:
            told(f"{path}: {who} has it open; waiting for up to {wait:g} seconds")
            waited = True
        time.sleep(max(0.0, min(_PAUSE, end - time.monotonic())))


def _check_file(path: Path, write: bool) -> None:
    """What DuckDB would tell in words of its own, or not at all."""
    if path.is_dir():
        raise StoreError("a folder, and a file was expected; name a file in it, such as audits.duckdb", str(path))
    if not path.exists():
        if not write:
            raise StoreError("no such file; a store is written by `empathy-audit score PATH --store FILE`", str(path))
        if not path.parent.is_dir():
            raise StoreError(f"there is no folder {path.parent} to write to; make it first", str(path))
    elif not is_store(path):
        raise StoreError(
            "no store: DuckDB has not written this file; give a new name, or one that `score --store` has written",
            str(path),
        )


def _make(path: Path) -> None:
    """A new store under that name, unless somebody else has made one meanwhile; never half of one, however this ends."""
    duckdb = STORE.needed("a store of kept results")
    real = path.resolve()
    with tempfile.TemporaryDirectory(dir=real.parent, prefix=f".{real.name}.") as folder:
        new = Path(folder) / "store"
        try:
            with duckdb.connect(str(new), config=_CONFIG) as connection:
                for statement in STATEMENTS:
                    connection.execute(statement)
                connection.execute("INSERT INTO store VALUES (?, 'empathy-audit')", [SCHEMA_VERSION])
        except duckdb.Error as error:
            raise _said(error, path) from None
        with suppress(FileExistsError):
            try:
                os.link(new, real)
            except (PermissionError, NotImplementedError):  # a file system without links
                new.rename(real)


def _check_schema(connection: DuckDBPyConnection, place: str) -> None:
    """StoreError for a database that is not ours, or of another version."""
    names = {name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    if not {"store", "runs", "audits"} <= names:
        raise OtherDatabaseError(
            "a DuckDB database of another kind; give a file that `score --store` has written", place
        )
    found = connection.execute("SELECT schema_version FROM store WHERE tool = 'empathy-audit'").fetchone()
    if found is None or found[0] != SCHEMA_VERSION:
        version = found[0] if found else "none"
        raise StoreError(
            f"schema version {version}, and this version of empathy-audit knows {SCHEMA_VERSION}; "
            "use the empathy-audit that wrote it, or begin a new store",
            place,
        )


def _said(error: Exception, path: Path) -> StoreError:
    return StoreError(f"DuckDB says: {_line(error)}; is the file whole, and the disk not full?", str(path))


def _line(error: object) -> str:
    return " ".join(str(error).split())[:300]
