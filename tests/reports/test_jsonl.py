"""One line an outcome, whatever is in it."""

from __future__ import annotations

import json

from empathy_audit.reports import View, as_json
from empathy_audit.reports.jsonl import JSONL

from tests.build import batch
from tests.reports.cases import BROKEN, EVIL_FAILURE, broadband, hostile, unscored


def test_results_then_failures_one_a_line():
    text = JSONL.render(batch(broadband(), BROKEN, hostile(), EVIL_FAILURE, unscored()), View(color=True))
    assert [json.loads(line) for line in text.splitlines()] == [
        as_json(broadband()),
        as_json(hostile()),
        as_json(unscored()),
        {"failure": {"source": BROKEN.source, "kind": BROKEN.kind, "message": BROKEN.message}},
        {"failure": {"source": EVIL_FAILURE.source, "kind": EVIL_FAILURE.kind, "message": EVIL_FAILURE.message}},
    ]
    assert text.isascii()
    assert "\x1b" not in text
