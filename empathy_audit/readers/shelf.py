"""What is too much for the memory, put away on disk: rows until their conversation is whole, and ids that have been seen.

    with Shelf() as shelf:
        shelf.fill((id, row) for row in rows)
        for id, rows in shelf.by_key(): ...    # in the order of first appearance

Both lie in a temporary database of SQLite: in memory while it is small, then in a file of the system's temporary folder
(`TMPDIR`) that loses its name as soon as it is opened, so that nothing stays behind however the process ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import NamedTuple

from empathy_audit.errors import TranscriptError

MEMORY_KB = 16_384
"""How much of a database is kept in memory."""
MOST_IN_MEMORY = 50_000
"""Ids that are remembered without a database."""


class Row(NamedTuple):
    """One row of a table: its cells and the line (1-based) on which it begins."""

    cells: list[str]
    line: int


def database() -> sqlite3.Connection:
    """An empty database that vanishes when it is closed."""
    # A generator that nobody reads to its end may be closed by another thread.
    found = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    # Whatever is lost with the process is of no use to anybody: no journal, no waiting for the disk.
    for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", f"cache_size = -{MEMORY_KB}"):
        found.execute(f"PRAGMA {setting}")
    return found


@contextmanager
def told(name: str) -> Iterator[None]:
    """Trouble with the database as a TranscriptError: a full disk is no fault of the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise TranscriptError(
            f"the temporary index of its rows failed: {error}; expected room for it in the temporary folder; "
            "free some, or set TMPDIR to another folder",
            name,
        ) from error


class Shelf:
    """Rows by a key, to be taken back key by key."""

    def __init__(self) -> None:
        self._database = database()
        self._database.execute("CREATE TABLE row (line INTEGER PRIMARY KEY, key TEXT, cells TEXT)")

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    def fill(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Put the rows away. Their lines differ."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO row VALUES (?, ?, ?)", ((r.line, k, packed(r)) for k, r in rows))
        self._database.execute("CREATE INDEX by_key ON row (key, line)")
        self._database.execute("COMMIT")

    def by_key(self) -> Iterator[tuple[str, list[Row]]]:
        """Each key with its rows, both in the order of first appearance."""
        keys = self._database.execute("SELECT key, min(line) AS first FROM row GROUP BY key ORDER BY first")
        for key, _ in keys:
            rows = self._database.execute("SELECT line, cells FROM row WHERE key = ? ORDER BY line", (key,))
            yield key, [unpacked(cells, line) for line, cells in rows]


def packed(row: Row) -> str:
    """The cells of a row as the database holds them."""
    return json.dumps(row.cells, ensure_ascii=False)


def unpacked(cells: str, line: int) -> Row:
    """The row again."""
    return Row(json.loads(cells), line)


class Seen:
    """Texts that came by: a set, and beyond a size an index on disk."""

    def __init__(self, most: int = MOST_IN_MEMORY) -> None:
        self._most = most
        self._few: set[str] = set()
        self._many: sqlite3.Connection | None = None

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._many:
            self._many.close()

    def __contains__(self, text: str) -> bool:
        if text in self._few:
            return True
        if self._many is None:
            return False
        return self._many.execute("SELECT 1 FROM seen WHERE text = ?", (text,)).fetchone() is not None

    def add(self, text: str) -> bool:
        """Remember the text; whether it is new."""
        if text in self:
            return False
        if len(self._few) < self._most:
            self._few.add(text)
            return True
        if self._many is None:
            self._many = database()
            self._many.execute("CREATE TABLE seen (text TEXT PRIMARY KEY) WITHOUT ROWID")
            self._many.execute("BEGIN")
        self._many.execute("INSERT INTO seen VALUES (?)", (text,))
        return True
