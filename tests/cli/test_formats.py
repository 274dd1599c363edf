from __future__ import annotations

from empathy_audit.cli.formats import table
from empathy_audit.readers import READERS
from empathy_audit.reports import REPORTS

from tests.cli.conftest import Run


def test_every_reader_and_report_is_listed(run: Run) -> None:
    code, out, err = run("formats")
    assert (code, err) == (0, "")
    read, written = out.split("\n\n")
    assert [line.split()[0] for line in read.splitlines()[2:]] == [reader.name for reader in READERS]
    assert [line.split()[0] for line in written.splitlines()[2:]] == [report.name for report in REPORTS]


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    assert table(("a", "bb", "c"), [("xxx", "y", "z z"), ("", "", "")]) == ("  a    bb  c\n  xxx  y   z z\n\n")
