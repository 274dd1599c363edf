"""Reports of lint as the machines that read them see them: schemas, parsers and the rules of their readers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from empathy_audit.model.lint import LintBatch
from empathy_audit.reports.lint import LINT_REPORTS
from jsonschema import Draft4Validator, Draft202012Validator

from tests.batch.lint.build import finding, linted_file
from tests.reports.lint.cases import everything, hostile, rendered
from tests.reports.test_github import commands
from tests.reports.test_gitlab import SCHEMA as GITLAB
from tests.reports.test_sarif import SCHEMA as SARIF

BATCHES = {"everything": everything, "hostile": hostile, "nothing": lambda: LintBatch(())}
each_batch = pytest.mark.parametrize("batch", BATCHES.values(), ids=BATCHES)


@each_batch
def test_every_report_is_text_of_whole_lines_in_any_encoding(batch: Any) -> None:
    for report in LINT_REPORTS:
        text = rendered(report.name, batch())
        assert text == "" or text.endswith("\n")
        assert rendered(report.name, batch()) == text
        if report.name != "json":  # whose lone surrogates are written as JSON escapes
            text.encode()


# --- SARIF --------------------------------------------------------------------------------------------------------------


def sarif(batch: LintBatch) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(rendered("sarif", batch))
    return document


@each_batch
def test_sarif_passes_its_schema(batch: Any) -> None:
    assert [error.message for error in Draft4Validator(SARIF).iter_errors(sarif(batch()))] == []


def test_sarif_says_what_was_found_and_where() -> None:
    (run,) = sarif(everything())["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["calm-down", "policy-wall", "stiff-words", "unused-waiver"]
    found = [
        (
            result["ruleId"],
            result["level"],
            unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
            result["locations"][0]["physicalLocation"]["region"],
        )
        for result in run["results"]
    ]
    assert [(code, level, file) for code, level, file, _ in found] == [
        ("policy-wall", "warning", "macros/shop.yaml"),
        ("stiff-words", "note", "macros/shop.yaml"),
        ("calm-down", "error", "macros/shop.yaml"),
        ("policy-wall", "warning", "macros/shop.yaml"),
        ("policy-wall", "warning", "macros/shop.yaml"),
        ("unused-waiver", "warning", "waivers.yaml"),
    ]
    assert found[2][3] | {} == {"startLine": 5, "startColumn": 7, "endLine": 6, "endColumn": 3}
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(hashes)) == len(hashes)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 2
    by_id = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "A policy is no answer." in json.dumps(by_id["policy-wall"], ensure_ascii=False)
    assert "one day waive" in json.dumps(by_id["unused-waiver"])


# --- JUnit --------------------------------------------------------------------------------------------------------------


@each_batch
def test_junit_adds_up(batch: Any) -> None:
    root = ElementTree.fromstring(rendered("junit", batch()))
    for element in (root, *root.findall("testsuite")):
        assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
        assert int(element.get("failures", "")) == len(list(element.iter("failure")))
        assert int(element.get("errors", "")) == len(list(element.iter("error")))


def test_junit_has_a_test_for_each_macro() -> None:
    root = ElementTree.fromstring(rendered("junit", everything()))
    cases = [(s.get("name"), c.get("name"), [child.tag for child in c]) for s in root for c in s]
    assert cases == [
        ("macros/shop.yaml", "refund", ["failure"]),
        ("macros/shop.yaml", "thanks", ["failure"]),
        ("macros/shop.yaml", "numbers", ["skipped"]),
        ("macros/shop.yaml", "file", ["error"]),
        ("macros/fine.txt", "fine", []),
        ("macros/none.yaml", "file", ["error"]),
        ("waivers.yaml", "unused-waiver", ["failure"]),
    ]
    (failure,) = root.findall("testsuite/testcase[@name='thanks']/failure")
    assert failure.text == (
        "line 9, column 1: policy-wall: Is a policy-wall. Mend it.\nline 9, column 1: policy-wall: Again. Mend it.\n"
    )


def test_a_suggestion_alone_passes_and_is_told() -> None:
    batch = LintBatch((linted_file(finding(severity="suggestion")),))
    (case,) = ElementTree.fromstring(rendered("junit", batch)).iter("testcase")
    assert [child.tag for child in case] == ["system-out"]


# --- GitLab, GitHub -----------------------------------------------------------------------------------------------------


@each_batch
def test_gitlab_passes_its_schema_and_loses_none(batch: Any) -> None:
    entries = json.loads(rendered("gitlab", batch()))
    assert [error.message for error in Draft202012Validator(GITLAB).iter_errors(entries)] == []
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    whole = batch()
    assert len(entries) == len(whole.findings) + len(whole.failures) + sum(len(file.failures) for file in whole.files)


def test_gitlab_says_where() -> None:
    entries = json.loads(rendered("gitlab", everything()))
    assert [
        (e["check_name"], e["severity"], e["location"]["path"], e["location"]["lines"]["begin"]) for e in entries
    ] == [
        ("not-found", "blocker", "macros/none.yaml", 1),
        ("malformed", "blocker", "macros/shop.yaml", 15),
        ("policy-wall", "major", "macros/shop.yaml", 3),
        ("stiff-words", "info", "macros/shop.yaml", 4),
        ("calm-down", "critical", "macros/shop.yaml", 5),
        ("policy-wall", "major", "macros/shop.yaml", 9),
        ("policy-wall", "major", "macros/shop.yaml", 9),
        ("unused-waiver", "major", "waivers.yaml", 7),
    ]


@each_batch
def test_github_takes_every_line_as_one_command(batch: Any) -> None:
    whole = batch()
    text = rendered("github", whole)
    assert len(commands(text)) == len(text.splitlines())
    assert len(commands(text)) == len(whole.findings) + len(whole.failures) + sum(len(f.failures) for f in whole.files)


def test_github_shows_the_gravest_first_at_their_places() -> None:
    read = commands(rendered("github", everything()))
    assert [(level, p["title"], p["file"], p["line"]) for level, p, _ in read] == [
        ("error", "not-found", "macros/none.yaml", "1"),
        ("error", "malformed", "macros/shop.yaml", "15"),
        ("error", "calm-down", "macros/shop.yaml", "5"),
        ("warning", "policy-wall", "macros/shop.yaml", "9"),
        ("warning", "policy-wall", "macros/shop.yaml", "9"),
        ("warning", "unused-waiver", "waivers.yaml", "7"),
        ("warning", "policy-wall", "macros/shop.yaml", "3"),
        ("notice", "stiff-words", "macros/shop.yaml", "4"),
    ]
    assert (read[3][1]["col"], read[3][1]["endColumn"]) == ("1", "5")
    assert "col" not in read[2][1]  # GitHub takes columns within one line alone


def test_github_says_how_many_it_will_not_show() -> None:
    batch = LintBatch((linted_file(*(finding(fingerprint=str(n)) for n in range(12))),))
    assert (
        rendered("github", batch).splitlines()[-1]
        == "2 warnings more than GitHub shows of one step; the log has them all"
    )


# --- JSON, concise ------------------------------------------------------------------------------------------------------


def test_json_holds_everything() -> None:
    document = json.loads(rendered("json", everything()))
    assert {key: document[key] for key in ("schema_version", "tool", "rubrics", "failures", "summary")} == {
        "schema_version": 1,
        "tool": {"name": "empathy-audit", "version": "0.9"},
        "rubrics": [{"id": "small", "version": "1.2.0", "hash": "f" * 64}],
        "failures": [{"source": "macros/none.yaml", "kind": "not-found", "message": "no such file; check the path"}],
        "summary": {
            "files": 2, "macros": 4, "errors": 1, "warnings": 4, "suggestions": 1, "waived": 2, "known": 3, "failures": 2,
        },
    }  # fmt: skip
    shop = document["files"][0]
    assert shop["left_out"] == {"internal note": 2}
    assert shop["macros"][0]["situation"] == {
        "id": "refund-declined",
        "confidence": 0.9,
        "why": "its title has “Refund”",
    }
    assert shop["findings"][1] == {
        "code": "stiff-words", "severity": "suggestion", "confidence": 1.0, "macro": "refund",
        "line": 4, "column": 1, "end_line": 4, "end_column": 5, "message": "is a stiff-words", "suggestion": "Mend it.",
        "fix": {
            "line": 4, "column": 2, "end_line": 4, "end_column": 8, "words": "Kindly", "text": "Please", "safe": True,
        },
        "fingerprint": "stiff-words:refund",
    }  # fmt: skip
    assert document["notes"] == [
        {
            "file": "waivers.yaml", "code": "unused-waiver", "severity": "warning", "confidence": 1.0, "macro": None,
            "line": 7, "column": 1, "end_line": 7, "end_column": 5, "message": "the waiver of x waives nothing",
            "suggestion": "Mend it.", "fix": None, "fingerprint": "unused-waiver:",
        }
    ]  # fmt: skip
    assert json.loads(rendered("json", hostile()))["files"][0]["name"] == hostile().files[0].name


def test_concise_is_a_line_each() -> None:
    assert rendered("concise", everything()).splitlines() == [
        "macros/shop.yaml:3:1: policy-wall is a policy-wall",
        "macros/shop.yaml:4:1: stiff-words is a stiff-words",
        "macros/shop.yaml:5:7: calm-down tells how to feel",
        "macros/shop.yaml:9:1: policy-wall is a policy-wall",
        "macros/shop.yaml:9:1: policy-wall again",
        "waivers.yaml:7:1: unused-waiver the waiver of x waives nothing",
        "macros/none.yaml: not-found no such file; check the path",
        "macros/shop.yaml:15:3: malformed a macro without text; write it",
    ]
    assert rendered("concise", LintBatch(())) == ""
    assert len(rendered("concise", hostile()).splitlines()) == 4
