"""What is put away on disk comes back whole, and nothing stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from empathy_audit.errors import TranscriptError
from empathy_audit.readers import shelf
from empathy_audit.readers.shelf import Row, Seen, Shelf, database, told


def test_trouble_on_the_disk_is_told_with_a_remedy() -> None:
    with pytest.raises(TranscriptError) as caught, told("a.csv"):
        database().execute("no SQL")
    assert str(caught.value) == (
        'a.csv: the temporary index of its rows failed: near "no": syntax error; expected room for it in the temporary '
        "folder; free some, or set TMPDIR to another folder"
    )


def test_rows_come_back_by_key_in_the_order_of_first_appearance() -> None:
    rows = [("b", Row(["1", "ä\n"], 2)), ("a", Row(["2"], 5)), ("b", Row(["3", ""], 7)), ("", Row(["4"], 9))]
    with Shelf() as there:
        there.fill(rows)
        assert list(there.by_key()) == [("b", [rows[0][1], rows[2][1]]), ("a", [rows[1][1]]), ("", [rows[3][1]])]


def test_ids_are_remembered_beyond_what_the_memory_holds() -> None:
    with Seen(most=3) as seen:
        assert [seen.add(str(n)) for n in range(10)] == [True] * 10
        assert [seen.add(str(n)) for n in range(12)] == [False] * 10 + [True] * 2
        assert "11" in seen
        assert "12" not in seen


def test_nothing_stays_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    monkeypatch.setattr(shelf, "MEMORY_KB", 64)
    with Shelf() as there:
        there.fill(("k", Row(["x" * 1000], n)) for n in range(2000))
        assert list(tmp_path.iterdir()) == []
        assert sum(len(rows) for _, rows in there.by_key()) == 2000
