"""The registry: nothing forgotten, nothing twice, nothing loaded before it is needed."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import empathy_audit.reports as room
import pytest
from empathy_audit.reports import REPORTS, Report, View, report, report_for_suffix

from tests.build import batch
from tests.reports.cases import BROKEN, broadband, hostile, unscored


def test_every_report_that_a_module_defines_is_registered():
    found = set()
    for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Report):
                found.add(value.name)
    assert found == {r.name for r in REPORTS}


def test_names_and_suffixes_are_unique_and_found():
    assert [r.name for r in REPORTS] == [
        "full", "summary", "concise", "markdown", "html", "json", "jsonl", "csv", "xlsx", "parquet", "sarif", "junit", "github", "gitlab",
    ]  # fmt: skip
    assert [report(r.name) for r in REPORTS] == list(REPORTS)
    assert report("nothing") is None
    assert {s: getattr(report_for_suffix(s), "name", None) for s in (".txt", ".JSON", ".jsonl", ".md", ".xyz", "")} == {
        ".txt": "full",
        ".JSON": "json",
        ".jsonl": "jsonl",
        ".md": "markdown",
        ".xyz": None,
        "": None,
    }


def test_every_report_says_what_it_is_for_in_a_line():
    assert all(r.about and "\n" not in r.about and len(r.about) < 100 for r in REPORTS)


@pytest.mark.parametrize("one", [r for r in REPORTS if r.line], ids=lambda r: r.name)
def test_a_report_by_line_is_all_its_lines(one):
    many = batch(broadband(), unscored(), hostile(), BROKEN)
    assert one.render(many, View()) == one.head + "".join(one.line(o) for o in (*many.audits, *many.failures))


@pytest.mark.parametrize("one", REPORTS, ids=lambda r: r.name)
def test_an_empty_batch_has_a_report(one):
    made = one.render(batch(), View())
    if one.binary:
        assert isinstance(made, bytes)
        assert made[:4] in (b"PK\x03\x04", b"PAR1")
    else:
        assert made == "" or made.endswith("\n")


def test_the_registry_loads_nothing_heavy():
    loaded = (
        "import sys, empathy_audit.reports;"
        "print(sorted({'rich', 'spacy', 'pydantic', 'click', 'openpyxl', 'pyarrow'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
