"""The document: everything of the batch, once."""

from __future__ import annotations

import json

from empathy_audit.reports import View, as_json
from empathy_audit.reports.json_document import JSON

from tests.build import batch
from tests.reports.cases import BROKEN, PRINCIPLES, broadband, unscored


def test_the_whole_document():
    whole = json.loads(JSON.render(batch(broadband(), unscored(), BROKEN, skipped=2), View()))
    assert list(whole) == ["schema_version", "tool", "rubric", "transcripts", "failures", "summary"]
    assert whole == {
        "schema_version": 1,
        "tool": {"name": "empathy-audit", "version": "0.1.0", "signals": None},
        "rubric": {"id": "empathy", "version": "1.0.0", "hash": "0123456789abcdef"},
        "transcripts": [as_json(broadband()), as_json(unscored())],
        "failures": [{"source": BROKEN.source, "kind": BROKEN.kind, "message": BROKEN.message}],
        "summary": {
            "conversations": 2,
            "scored": 1,
            "failures": 1,
            "skipped": 2,
            "mean": 58.34,
            "principles": PRINCIPLES,
            "opportunities": {"met": 1, "partial": 1, "missed": 1, "delayed": 1, "open": 1},
            "findings": {"warning": 1, "error": 2, "suggestion": 1},
            "unscored": {"no-opportunity": 1},
            "agents": [
                {
                    "name": "Dana",
                    "conversations": 1,
                    "overall": 41.667,
                    "principles": PRINCIPLES,
                    "opportunities": {"met": 1, "partial": 1, "missed": 1, "delayed": 0, "open": 0},
                },
                {
                    "name": "Lee",
                    "conversations": 1,
                    "overall": 91.0,
                    "principles": {**PRINCIPLES, "validation": None},
                    "opportunities": {"met": 0, "partial": 0, "missed": 0, "delayed": 1, "open": 0},
                },
            ],
        },
    }


def test_one_transcript_a_line():
    lines = JSON.render(batch(broadband(), unscored()), View()).splitlines()
    assert [line for line in lines if line.startswith('  {"schema_version"')] == lines[4:6]
    assert len(lines) == 9


def test_an_empty_batch_is_a_document():
    empty = json.loads(JSON.render(batch(), View()))
    assert (empty["transcripts"], empty["failures"], empty["summary"]["mean"]) == ([], [], None)
