"""JUnit XML as Jenkins' schema and an XML parser see it: suites that add up, and nothing that breaks out of its text."""

from __future__ import annotations

from xml.etree import ElementTree

from empathy_audit.reports import View, report

from tests.reports.elsewhere import everything


def test_counts_add_up_and_failures_are_errors() -> None:
    one = report("junit")
    assert one is not None
    text = one.render(everything(), View())
    assert isinstance(text, str)
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    cases = root.findall(".//testcase")
    assert len(cases) > 5
    assert sum(int(suite.get("tests", "")) for suite in root.iter("testsuite")) == len(cases)
    assert (
        sum(int(suite.get("failures", "")) for suite in root.iter("testsuite")) == len(root.findall(".//failure")) > 0
    )
    assert len(root.findall(".//error")) == len(everything().failures)
    assert all(case.get("name") and case.get("classname") for case in cases)
