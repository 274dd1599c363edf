"""SARIF as its schema, GitHub's rules and a reader of the original file see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from empathy_audit.model.audit import Audit
from empathy_audit.reports import View, report
from jsonschema import Draft4Validator

from tests.build import audit, batch, finding
from tests.reports.cases import broadband
from tests.reports.elsewhere import WHY, everything, native_of, reaching

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))


def rendered(*items: Any, view: View | None = None) -> dict[str, Any]:
    one = report("sarif")
    assert one is not None
    whole = items[0] if len(items) == 1 and not isinstance(items[0], Audit) else batch(*items)
    document: dict[str, Any] = json.loads(str(one.render(whole, view or View())))
    return document


def problems(document: dict[str, Any]) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in Draft4Validator(SCHEMA).iter_errors(document)]


def test_the_schema_refuses_what_is_no_sarif() -> None:
    assert problems({"version": "2.1.0", "runs": [{"results": [{"message": {}}]}]})


def test_everything_passes_the_schema() -> None:
    assert problems(rendered(everything())) == []
    assert problems(rendered(batch())) == []


def test_github_takes_it() -> None:
    """The properties that GitHub's page on SARIF support requires, and its limits."""
    run = rendered(everything())["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert run["tool"]["driver"]["name"] == "empathy-audit"
    assert results
    for rule in rules:
        assert {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"} <= set(rule)
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert len(rule["properties"]["tags"]) <= 20
    for result in results:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert not unquote(place["artifactLocation"]["uri"]).startswith(("/", "file:"))
    assert len({result["partialFingerprints"]["primaryLocationLineHash"] for result in results}) == len(results)


def test_failures_are_notifications_and_the_run_no_success() -> None:
    invocation = rendered(everything())["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == len(everything().failures)
    assert rendered(broadband())["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_a_region_is_the_words_in_the_original_file() -> None:
    one = broadband()
    original = native_of(one, indent=1)
    run = rendered(one, view=reaching(broadband_json=original))["runs"][0]
    lines = original.splitlines()
    for result, found in zip(run["results"], one.findings, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "repo/chats/broadband.json"
        region = place["region"]
        assert region["startLine"] == region["endLine"]
        pointed = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        first = next(quote for quote in found.evidence if quote.turn == found.turn)
        assert pointed == one.transcript.turns[first.turn].text[first.start : first.end]


def test_the_gravest_stay_when_there_are_more_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_audit.reports.sarif.MOST_RESULTS", 2)
    many = audit(
        "customer: a",
        "agent: b",
        findings=[finding("x", 0, 1, severity=level) for level in ("suggestion", "error", "warning")],
    )
    run = rendered(many)["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    note = run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    assert note == "1 finding of the least severity left out: a run holds 2 at most"


def test_why_is_in_the_help_of_a_rule() -> None:
    helps = {rule["id"]: rule["help"]["text"] for rule in rendered(everything())["runs"][0]["tool"]["driver"]["rules"]}
    assert {code for code, why in WHY.items() if code in helps and why not in helps[code]} == set()
    assert set(WHY) & set(helps)
