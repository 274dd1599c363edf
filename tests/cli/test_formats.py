from __future__ import annotations

from empathy_audit.cli.formats import listed, table
from empathy_audit.macros import MACRO_READERS
from empathy_audit.readers import READERS
from empathy_audit.reports import REPORTS
from empathy_audit.reports.lint import LINT_REPORTS

from tests.cli.conftest import Run


def named(part: str) -> list[str]:
    """The first words of the lines that are not continued."""
    return [line.split()[0] for line in part.splitlines()[1:] if line[:2] == "  " and line[2] != " "]


def test_every_reader_and_report_is_listed_within_80_columns(run: Run) -> None:
    code, out, err = run("formats")
    assert (code, err) == (0, "")
    read, written, macros, linted = out.split("\n\n")
    assert named(read) == [reader.name for reader in READERS]
    assert named(written) == [report.name for report in REPORTS]
    assert named(macros) == [reader.name for reader in MACRO_READERS]
    assert named(linted) == [report.name for report in LINT_REPORTS]
    assert max(len(line) for line in out.splitlines()) <= 80


def test_each_reader_says_what_it_was_checked_against(run: Run) -> None:
    _, out, _ = run("formats")
    flat = " ".join(out.split())
    for reader in (*READERS, *MACRO_READERS):
        begins = reader.verified.startswith(("sample seen: ", "documented: ", "documented by "))
        assert begins or reader.name == "native" or (reader in MACRO_READERS and reader.verified == "defined here")
        assert f"- {reader.verified}" in flat
        assert f"({' '.join(reader.suffixes)})" in flat


def test_texts_are_wrapped_beside_their_name() -> None:
    rows = [("a", ["one two three four five six seven eight"]), ("bcd", ["x", "- " + "y " * 20])]
    assert "".join(listed(rows, 40)) == (
        "  a    one two three four five six seven\n"
        "       eight\n"
        "  bcd  x\n"
        "       - y y y y y y y y y y y y y y y y\n"
        "         y y y y\n"
    )


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    assert table(("a", "bb", "c"), [("xxx", "y", "z z"), ("", "", "")]) == ("  a    bb  c\n  xxx  y   z z\n\n")
