"""The workbook, read by two parsers that are not ours: sheets, what helps reading, and text that stays text."""

from __future__ import annotations

import io

import openpyxl
import python_calamine
from empathy_audit.reports import View, report

from tests.reports.elsewhere import FORMULAS, everything

SHEETS = ["summary", "agents", "conversations", "findings", "turns"]


def made() -> bytes:
    one = report("xlsx")
    assert one is not None
    content = one.render(everything(), View())
    assert isinstance(content, bytes)
    return content


def test_two_parsers_see_the_same_sheets() -> None:
    content = made()
    book = openpyxl.load_workbook(io.BytesIO(content))
    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert [name.lower() for name in book.sheetnames] == SHEETS
    assert other.sheet_names == book.sheetnames
    for name in book.sheetnames[1:]:
        assert len(other.get_sheet_by_name(name).to_python()) == book[name].max_row > 1


def test_tables_have_a_frozen_header_a_filter_and_widths() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made()))
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref is not None
        assert all(8 <= column.width <= 100 for column in sheet.column_dimensions.values())
    assert any(sheet.conditional_formatting for sheet in book)


def test_no_cell_is_a_formula_and_every_text_is_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert [text for text in FORMULAS if text not in texts and text.strip() not in {t.strip() for t in texts}] == []
