"""No format loses a failure: each names the source of every one."""

from __future__ import annotations

import io

import openpyxl
import pyarrow.parquet as pq
import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.reports import REPORTS, Report, View

from tests.build import batch
from tests.reports.cases import BROKEN, broadband
from tests.reports.elsewhere import with_figures


def words(one: Report, made: str | bytes) -> str:
    """All that can be read in a report."""
    if isinstance(made, str):
        return made
    if one.name == "parquet":
        return str(pq.read_table(io.BytesIO(made)).to_pylist())
    book = openpyxl.load_workbook(io.BytesIO(made))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("one", REPORTS, ids=lambda one: one.name)
def test_a_failure_is_in_the_report_with_its_source_and_what_is_wrong(one: Report) -> None:
    def made(*failures: Failure) -> str:
        return words(one, one.render(with_figures(batch(broadband(), *failures)), View(width=200)))

    found, without = made(BROKEN), made()
    name = BROKEN.source.rsplit("/", 1)[-1]
    assert name in found
    assert name not in without
