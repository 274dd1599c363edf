"""score → jsonl or json → read back: every report is the same, byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.reports import REPORTS, Report, View, report
from empathy_audit.stored import read

from tests.reports.elsewhere import everything, with_figures
from tests.statistics.build import team


def judged() -> Batch:
    batch = everything()
    batch = replace(batch, audits=(*batch.audits, *team()))
    return with_figures(batch)


def stored(batch: Batch, form: str) -> Batch:
    """The batch with all that was read back from its results in place of what was judged."""
    found = report(form)
    assert found is not None
    text = found.render(batch, View())
    assert isinstance(text, str)
    values = [item.value for item in read(f"results.{form}", io.BytesIO(text.encode()))]
    audits = tuple(value for value in values if isinstance(value, Audit))
    failures = tuple(value for value in values if isinstance(value, Failure))
    return with_figures(replace(batch, audits=audits, failures=failures))


def test_a_workbook_tells_no_time() -> None:
    one = report("xlsx")
    assert one is not None
    made = one.render(judged(), View())
    assert isinstance(made, bytes)
    properties = zipfile.ZipFile(io.BytesIO(made)).read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:\w+[^>]*>([^<]*)<", properties) == ["1980-01-01T00:00:00Z"] * 2


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize("one", REPORTS, ids=lambda one: one.name)
def test_a_report_from_stored_results_is_the_one_from_judging(one: Report, form: str) -> None:
    batch = judged()
    view = View(verbose=1)
    made = one.render(batch, view)
    assert len(made) > 500
    assert one.render(stored(batch, form), view) == made
