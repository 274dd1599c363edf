"""Excel workbooks, and what holds for every table of values."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from empathy_audit.mapping import load
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Limits, Unrecognised
from empathy_audit.readers.sheets import cell_text

from tests.readers.build import failed, one, outcomes, reading

try:
    import openpyxl
except ImportError:
    openpyxl = None
needs_package = pytest.mark.skipif(openpyxl is None, reason="needs the extra excel")

HEAD = ["Conversation ID", "Speaker", "Created At", "Text", "Internal"]
AT = datetime(2026, 3, 2, 10, 15)


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(**entries: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in entries.items():
            written.writestr(name, text)
    return stream.getvalue()


LONG = [
    ["Chats of Monday"],
    [],
    HEAD,
    [17, "agent", AT, "How can I help?", None],
    [17, "Lee", AT.replace(second=20), "It is late,\nagain", False],
    [],
    [18.0, "agent", AT, "Hi", "no"],
    [17, "agent", AT.replace(second=40), "asked depot", True],
]


# --- broken -----------------------------------------------------------------------------------------------------------


def test_without_the_package_the_file_fails_and_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert failed(archive(**{"xl/workbook.xml": "<a/>"}), "a.xlsx") == (
        "a.xlsx",
        "missing-package",
        "reading Excel workbooks needs the package openpyxl; install it with: pip install 'empathy-audit[excel]'",
    )


def test_other_archives_are_nobodys_and_text_is_no_workbook() -> None:
    with pytest.raises(Unrecognised, match="the file is a zip archive"):
        reading(archive(**{"a.txt": "Agent: hi"}), "a.xlsx")
    with pytest.raises(Unrecognised, match="the file is text; expected Excel workbooks"):
        reading("Agent: hi\n", "a.xlsx", format="excel")
    with pytest.raises(Unrecognised, match="the file is a zip archive"):
        reading(archive(**{"xl/workbook.xml": "<a/>"}), "a.xlsx", format="text")


@needs_package
def test_a_damaged_workbook_is_a_failure() -> None:
    source, kind, message = failed(archive(**{"xl/workbook.xml": "<a"}), "a.xlsx")
    assert (source, kind) == ("a.xlsx", "malformed")
    assert message.startswith("the workbook is damaged (")
    assert message.endswith("open it in Excel and save it again")


@needs_package
def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    content = archive(**{"xl/workbook.xml": " " * 5_000_000})
    message = "the archive unpacks to 5,000,000 bytes; expected at most 400,000; split it"
    assert failed(content, "a.xlsx", limits=Limits(file_bytes=100_000)) == ("a.xlsx", "malformed", message)


@needs_package
def test_cells_that_share_a_long_text_are_counted_each() -> None:
    content = workbook(A=[HEAD, *([1, "agent", None, "x" * 30_000, None] for _ in range(50))])
    message = "a sheet of more than 1,000,000 characters; expected fewer; split it"
    assert failed(content, "a.xlsx", limits=Limits(file_bytes=1_000_000)) == ("a.xlsx", "malformed", message)


@needs_package
@pytest.mark.parametrize("rows", [[], [["name", "price"], ["Tea", 3]], [[None]]])
def test_a_workbook_without_conversations(rows: list[list[Any]]) -> None:
    assert failed(workbook(A=rows), "a.xlsx") == (
        "a.xlsx",
        "malformed",
        "no table with columns for the text and for who speaks, or with a transcript in a cell; expected such as "
        "conversation_id, speaker and text; rename the columns",
    )


# --- whole ------------------------------------------------------------------------------------------------------------


@needs_package
def test_a_sheet_with_a_row_a_turn() -> None:
    found = reading(workbook(Chats=LONG), "a.xlsx")
    first, second = found
    assert first == Transcript(
        id="17",
        turns=(
            Turn("agent", "How can I help?", None, "2026-03-02T10:15:00", source=(":4",)),
            Turn("customer", "It is late,\nagain", "Lee", "2026-03-02T10:15:20", source=(":5",)),
            Turn("agent", "asked depot", None, "2026-03-02T10:15:40", visibility="internal", source=(":8",)),
        ),
        source="a.xlsx:4",
        format="excel",
    )
    assert isinstance(second, Transcript)
    assert (second.id, second.source) == ("18", "a.xlsx:7")
    assert found.why == "a zip archive with a workbook"


@needs_package
def test_several_sheets_long_and_wide() -> None:
    wide = [["case_id", "agent", "transcript"], ["C-9", "Dana", "Agent: How can I help?\nCustomer: It is late."]]
    found = reading(workbook(**{"My chats": LONG, "Prices": [["tea", "cost"], [1, 2]], "Wide": wide}), "a.xlsx")
    *_, last = transcripts = [t for t in found if isinstance(t, Transcript)]
    assert [t.source for t in transcripts] == ["a.xlsx#My%20chats!4", "a.xlsx#My%20chats!7", "a.xlsx#Wide!2"]
    assert [(t.role, t.speaker, t.text, t.source) for t in last.turns] == [
        ("agent", "Dana", "How can I help?", ("#Wide!2",)),
        ("customer", None, "It is late.", ("#Wide!2",)),
    ]
    assert found.notes == (
        "a.xlsx#My%20chats: rows of a conversation stand apart; they were put together",
        "a.xlsx#Prices!1: no columns of text and speaker; passed over",
    )


@needs_package
def test_ids_of_sheets_without_ids_differ() -> None:
    rows = [["speaker", "text"], ["agent", "Hi"], ["client", "Late!"]]
    assert [t.id for t in outcomes(workbook(A=rows, B=rows), "a.xlsx") if isinstance(t, Transcript)] == [
        "a.xlsx:2",
        "a.xlsx#B!2",
    ]


@needs_package
def test_one_sheet_is_one_conversation() -> None:
    rows = [["speaker", "text"], ["agent", "=1+1"], ["client", 5]]
    assert [t.text for t in one(workbook(A=rows), "a.xlsx").turns] == ["5"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (True, "true"),
        (17.0, "17"),
        (1.5, "1.5"),
        (AT, "2026-03-02T10:15:00"),
        (date(2026, 3, 2), "2026-03-02"),
        (time(10, 15), "10:15:00"),
        (b"caf\xc3\xa9\xff", "café\ufffd"),
        ([{"role": "agent", "at": AT}], '[{"role": "agent", "at": "2026-03-02T10:15:00"}]'),
    ],
)
def test_cells_as_text(value: Any, text: str) -> None:
    assert cell_text(value) == text


@needs_package
def test_a_mapping_reads_columns_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "group: Fall\ntext: Wortlaut\nrole: {path: Wer, values: {K: customer, B: agent}}\n"
    )
    content = workbook(A=[["Fall", "Wer", "Wortlaut"], [7, "K", "late"], [7, "B", "oh"]])
    (found,) = outcomes(content, "a.xlsx", mapping=load(tmp_path / "m.yaml"))
    assert isinstance(found, Transcript)
    assert (found.id, found.format) == ("7", "mapping")
    assert [(t.role, t.text, t.source) for t in found.turns] == [
        ("customer", "late", (":2",)),
        ("agent", "oh", (":3",)),
    ]
