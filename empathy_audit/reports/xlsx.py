"""An Excel workbook: the sheets summary, agents, conversations, findings and turns, with filters and colours.

Written row by row, so that memory holds the compressed file and not every cell. Text is never a formula: it is written
as text whatever it begins with. Control and hidden characters are written as escapes. What Excel cannot hold is told: a
text is cut at 32,767 characters and ends in a note that says so, and a sheet ends at row 1,048,576 with a note in
the summary of how many rows are missing.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from empathy_audit.extras import EXCEL
from empathy_audit.model.audit import Batch
from empathy_audit.reports import wording
from empathy_audit.reports.base import Report, View
from empathy_audit.reports.tables import AGENTS, CONVERSATIONS, FINDINGS, TURNS, Column, Row, Table, flat, principles_of
from empathy_audit.reports.visible import FORMULA, harmless, valid_in_xml

MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_576
CUT = "… [cut: Excel holds 32,767 characters a cell]"
SHEETS = (AGENTS, CONVERSATIONS, FINDINGS, TURNS)

_WIDTHS = {"text": 18, "whole": 11, "number": 11, "flag": 9, "scores": 11}
_WIDE = {"message": 48, "suggestion": 60, "text": 70, "reply_text": 70, "source": 34, "fingerprint": 20}
_SCORES = ("overall", "score_")
# Fills that are told apart without red and green as well: dark text on light orange, yellow, blue.
_BAD, _MIDDLE, _GOOD = "F8CBAD", "FFE699", "BDD7EE"
_SHADES = {
    "severity": (("error", _BAD), ("warning", _MIDDLE), ("suggestion", _GOOD)),
    "outcome": (("missed", _BAD), ("partial", _MIDDLE), ("delayed", _MIDDLE), ("met", _GOOD)),
    "record": (("failure", _BAD),),
}
_CHANGED = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*")
_STAMP = rb"\g<1>1980-01-01T00:00:00Z"
_LONG_AGO = datetime.datetime(1980, 1, 1)


def render(batch: Batch, view: View) -> bytes:
    """The workbook."""
    openpyxl = EXCEL.needed("writing xlsx")
    book = openpyxl.Workbook(write_only=True)
    book.properties.created = book.properties.modified = _LONG_AGO
    book.properties.creator = batch.tool
    principles = principles_of(batch.audits) or tuple(batch.summary.principles)
    first = book.create_sheet("summary")
    lacking = [_sheet(book, table, batch, principles) for table in SHEETS]
    _summary(first, batch, [note for note in lacking if note])
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _sheet(book: Any, table: Table, batch: Batch, principles: Sequence[str]) -> str:
    """Write a table to a sheet of its own; a note about rows that it has no room for, or nothing."""
    sheet = book.create_sheet(table.name)
    columns, flattened = flat(table, principles)
    # What a write-only sheet is told comes before its rows, so the rows are counted first.
    total = sum(1 for _ in table.all(batch))
    shown = min(total, MOST_ROWS - 1)
    _dress(sheet, columns, shown + 1)
    sheet.append([_head(sheet, column.name) for column in columns])
    for number, row in enumerate(table.all(batch)):
        if number == shown:
            break
        sheet.append(_cells(sheet, flattened(row)))
    return f"{table.name}: {total - shown:,} rows are missing; Excel holds {MOST_ROWS:,} a sheet" * (total > shown)


def _dress(sheet: Any, columns: Sequence[Column], last: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDE.get(column.name, _WIDTHS[column.type])
        for rule in _rules(column.name):
            sheet.conditional_formatting.add(f"{letter}2:{letter}{max(last, 2)}", rule)


def _rules(column: str) -> Iterator[Any]:
    """What colours the cells of a column: words by what they say, scores from low to high."""
    from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
    from openpyxl.styles import PatternFill

    for word, color in _SHADES.get(column, ()):
        yield CellIsRule(operator="equal", formula=[f'"{word}"'], fill=PatternFill(bgColor=color, fill_type="solid"))
    if column.startswith(_SCORES):
        yield ColorScaleRule(
            start_type="num", start_value=0, start_color=_BAD, mid_type="num", mid_value=50, mid_color=_MIDDLE,
            end_type="num", end_value=100, end_color=_GOOD,
        )  # fmt: skip


def _summary(sheet: Any, batch: Batch, notes: Sequence[str]) -> None:
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 60
    sheet.append([_head(sheet, "what"), _head(sheet, "figure")])
    for name, value in _figures(batch, notes):
        sheet.append(_cells(sheet, (name, value)))


def _figures(batch: Batch, notes: Sequence[str]) -> Iterator[Row]:
    figures, rubric = batch.summary, batch.rubric
    yield "tool", f"{batch.tool} {batch.tool_version}".strip()
    if rubric is not None:
        yield "rubric", f"{rubric.id} {rubric.version}"
        yield "rubric hash", rubric.hash
    yield "conversations", figures.conversations
    yield "with a score", figures.scored
    for why, count in figures.unscored.items():
        yield f"without a score: {wording.reason(why)}", count
    yield "failures", figures.failures
    yield "files skipped", figures.skipped
    yield "mean score", figures.mean
    for name, mean in figures.principles.items():
        yield f"mean of {wording.spaced(name)}", mean
    for outcome in wording.MARKS:
        yield f"opportunities {outcome}", getattr(figures.opportunities, outcome)
    for severity, count in figures.findings.items():
        yield f"findings: {severity}", count
    for note in (*batch.notes, *notes):
        yield "note", note


def _head(sheet: Any, name: str) -> Any:
    from openpyxl.styles import Font

    cell = _text(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _cells(sheet: Any, row: Row) -> list[Any]:
    return [_text(sheet, value) if isinstance(value, str) else value for value in row]


def _text(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    safe = valid_in_xml(harmless(text))
    if len(safe.encode("utf-16-le")) > MOST_CHARACTERS * 2:
        safe = _cut(safe)
    cell = WriteOnlyCell(sheet, value=safe)
    cell.data_type = "s"  # a leading = would make it a formula, and #N/A an error
    if FORMULA.match(safe):
        cell.quotePrefix = True  # and it stays text when somebody edits the cell
    return cell


def _cut(text: str) -> str:
    # Excel counts UTF-16 units; a pair that would be cut in two is left out.
    room = (MOST_CHARACTERS - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _without_clock(data: bytes) -> bytes:
    """The same workbook with fixed times inside, so that the same results give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename == "docProps/core.xml":
                content = _CHANGED.sub(_STAMP, content)
            after.writestr(zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


XLSX = Report(
    name="xlsx",
    suffix=".xlsx",
    about="an Excel workbook: summary, agents, conversations, findings, turns",
    render=render,
    extra=EXCEL,
    binary=True,
)
