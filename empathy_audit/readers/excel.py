"""Excel workbooks (.xlsx) with a row a turn or a row a conversation, on one sheet or several.

    conversation_id  speaker  created_at           text
    c-1              agent    2026-03-02 10:15:00  How can I help?
    c-1              Lee      2026-03-02 10:15:20  My parcel, again, is late.

The format is ECMA-376, read by openpyxl (the extra `excel`). Columns are known by the names of columns.py. Places are
row numbers as Excel shows them, with the sheet's name in front where there are several. Of formulas, the value that was
last saved counts.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from empathy_audit.errors import TranscriptError
from empathy_audit.extras import EXCEL
from empathy_audit.model.audit import Failure
from empathy_audit.readers import archives, sheets
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.columns import Row, Table
from empathy_audit.readers.decoding import Document

MOST_COLUMNS = 500
_WORKBOOK = "xl/workbook.xml"


def sniff(document: Document) -> str | None:
    """Taken for a zip archive with a workbook in it."""
    return "a zip archive with a workbook" if _WORKBOOK in archives.names(document) else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation, sheet after sheet."""
    yield from sheets.drafts(tables(document), desk)


def tables(document: Document) -> list[Table]:
    """The sheets that have a header of known names. MissingPackageError without openpyxl."""
    openpyxl = EXCEL.needed("reading Excel workbooks")
    found = []
    with archives.opened(document) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl misses of styles and validations is nothing to a transcript
        try:
            book = openpyxl.load_workbook(archive.fp, read_only=True, data_only=True)
            several = len(book.worksheets) > 1
            for sheet in book.worksheets:
                rows = list(_rows(sheet, document))
                place = f"#{sheet.title.replace(' ', '%20')}!" if several else ":"
                table = sheets.table(rows[: sheets.FIRST_ROWS], lambda rows=rows: iter(rows), place)  # type: ignore[misc]
                if table:
                    found.append(table)
        except TranscriptError:
            raise
        except Exception as error:  # a damaged workbook makes openpyxl raise almost anything
            what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise TranscriptError(
                f"the workbook is damaged ({what}); open it in Excel and save it again", document.source.name
            ) from error
    return found


def _rows(sheet: Any, document: Document) -> Iterator[Row]:
    """The rows that are not empty, with their numbers."""
    held = 0
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        if any(v is not None for v in values):
            cells = [sheets.cell_text(v) for v in values]
            held += sum(map(len, cells))
            if held > document.limits.file_bytes:  # many cells may share one long text
                limit = f"{document.limits.file_bytes:,}"
                raise TranscriptError(
                    f"a sheet of more than {limit} characters; expected fewer; split it", document.source.name
                )
            while cells and not cells[-1]:
                cells.pop()
            yield Row(cells, number)


READER = Reader(
    name="excel",
    about="Excel workbooks, one row a turn or one row a conversation (needs the extra excel)",
    suffixes=(".xlsx", ".xlsm"),
    verified="sample seen: workbooks written by openpyxl",
    sniff=sniff,
    read=read,
    binary=True,
)
