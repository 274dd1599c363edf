"""Parquet tables."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from typing import Any

import pytest
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Limits, Unrecognised

from tests.readers.build import failed, outcomes, reading, said

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:
    pyarrow = None
needs_package = pytest.mark.skipif(pyarrow is None, reason="needs the extra parquet")

AT = datetime(2026, 3, 2, 10, 15)


def table(**columns: list[Any]) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


def test_without_the_package_the_file_fails_and_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert failed(b"PAR1\x00\x15\x04", "a.parquet") == (
        "a.parquet",
        "missing-package",
        "reading Parquet files needs the package pyarrow; install it with: pip install 'empathy-audit[parquet]'",
    )


def test_a_text_that_begins_alike_is_no_table() -> None:
    with pytest.raises(Unrecognised):
        reading("PAR1 is what they begin with.\n", "a.txt")


@needs_package
def test_damaged_files_are_failures() -> None:
    content = table(conversation_id=[1, 2], speaker=["agent", "Lee"], text=["a", "b"])
    for cut in (b"PAR1\x00\x15\x04", content[:60] + b"\x00" * 60 + content[120:], content[:-20]):
        source, kind, message = failed(cut, "a.parquet")
        assert (source, kind) == ("a.parquet", "malformed")
        assert message.startswith("the Parquet file is damaged (")


@needs_package
def test_row_groups_that_unpack_to_too_much_are_refused_unread() -> None:
    content = table(speaker=["agent"] * 50, text=[str(n) * 20_000 for n in range(50)])
    message = failed(content, "a.parquet", limits=Limits(file_bytes=100_000))[2]
    assert message.startswith("a row group of ")
    assert message.endswith("expected at most 400,000; write smaller ones")


@needs_package
def test_a_table_without_conversations() -> None:
    assert failed(table(tea=[1], cost=[2]), "a.parquet")[2].startswith("no table with columns for the text")


@needs_package
def test_a_row_a_turn() -> None:
    found = outcomes(
        table(
            conversation_id=[1, 2, 1], speaker=["agent", "agent", "Lee"], sent_at=[AT, AT, None], text=["a", "c", "b"]
        ),
        "a.parquet",
    )
    assert found == [
        Transcript(
            id="1",
            turns=(
                Turn("agent", "a", None, "2026-03-02T10:15:00", source=(":1",)),
                Turn("customer", "b", "Lee", source=(":3",)),
            ),
            source="a.parquet:1",
            format="parquet",
        ),
        Transcript(
            id="2",
            turns=(Turn("agent", "c", None, "2026-03-02T10:15:00", source=(":2",)),),
            source="a.parquet:2",
            format="parquet",
        ),
    ]


@needs_package
def test_a_row_a_conversation_with_a_list_of_messages() -> None:
    messages = [{"role": "agent", "text": "Hello"}, {"role": "user", "text": "It is late."}]
    assert said(table(id=["x"], messages=[messages]), "a.parquet") == [
        ("agent", None, "Hello"),
        ("customer", None, "It is late."),
    ]
