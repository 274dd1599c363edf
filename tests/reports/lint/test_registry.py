"""Every format of lint that a module defines can be chosen, by a name and a suffix of its own."""

from __future__ import annotations

import importlib
import pkgutil

from empathy_audit.reports import lint
from empathy_audit.reports.lint import LINT_REPORTS, LintReport


def test_every_report_that_a_module_defines_is_registered() -> None:
    modules = [
        importlib.import_module(f"{lint.__name__}.{found.name}") for found in pkgutil.iter_modules(lint.__path__)
    ]
    defined = [value for module in modules for value in vars(module).values() if isinstance(value, LintReport)]
    assert sorted(report.name for report in defined) == sorted(report.name for report in LINT_REPORTS)


def test_names_and_suffixes_are_told_apart() -> None:
    assert len({report.name for report in LINT_REPORTS}) == len(LINT_REPORTS)
    suffixes = [report.suffix for report in LINT_REPORTS if report.suffix]
    assert len(set(suffixes)) == len(suffixes)
    assert all(report.about for report in LINT_REPORTS)
