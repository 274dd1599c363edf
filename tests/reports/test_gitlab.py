"""GitLab's code quality report: the keys that GitLab's documentation requires, and fingerprints of which none is lost."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.reports import View, report
from jsonschema import Draft202012Validator

from tests.build import audit, batch, finding
from tests.reports.cases import broadband
from tests.reports.elsewhere import everything, native_of, reaching

# https://docs.gitlab.com/ci/testing/code_quality/: "a JSON array of objects that have these properties".
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/|\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def rendered(whole: object, view: View | None = None) -> list[dict[str, Any]]:
    one = report("gitlab")
    assert one is not None
    entries: list[dict[str, Any]] = json.loads(str(one.render(whole, view or View())))  # type: ignore[arg-type]
    return entries


def test_gitlab_takes_it_and_nothing_is_lost() -> None:
    whole = everything()
    entries = rendered(whole)
    assert list(Draft202012Validator(SCHEMA).iter_errors(entries)) == []
    assert len(entries) == sum(len(one.findings) for one in whole.audits) + len(whole.failures)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_an_entry_stands_on_the_line_of_its_words() -> None:
    one = broadband()
    original = native_of(one, indent=1)
    for entry, found in zip(rendered(batch(one), reaching(broadband_json=original)), one.findings, strict=True):
        assert entry["location"]["path"] == "repo/chats/broadband.json"
        text = one.transcript.turns[found.turn].text
        assert (
            json.dumps(text, ensure_ascii=False)[1:-1] in original.splitlines()[entry["location"]["lines"]["begin"] - 1]
        )


def test_two_findings_with_one_fingerprint_stay_two() -> None:
    twice = audit("customer: a", "agent: b", findings=[finding("x", 0, 1), finding("x", 0, 1)])
    prints = [entry["fingerprint"] for entry in rendered(batch(twice))]
    assert len(set(prints)) == 2
    assert prints == [entry["fingerprint"] for entry in rendered(batch(twice))]


def test_a_failure_blocks() -> None:
    (entry,) = rendered(batch(Failure("z.json", "broken", "not JSON")))
    assert (entry["severity"], entry["check_name"], entry["description"]) == ("blocker", "broken", "z.json: not JSON")


def test_nothing_found_is_an_empty_list() -> None:
    assert rendered(batch()) == []
