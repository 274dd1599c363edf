"""What the tests of the formats for machines share: everything that may be in a batch, and originals to point into."""

from __future__ import annotations

import json
from dataclasses import replace

from empathy_audit.model.audit import Batch
from empathy_audit.reports import Originals, View
from empathy_audit.statistics import figures

from tests.build import audit, batch, finding, opportunity
from tests.reports.cases import BROKEN, EVIL_FAILURE, broadband, explained, hostile, unscored

WHY = {"distress-missed": "A feeling that was stated should arrive.", "calm-down": "It is heard as a verdict."}
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x", "＝1", "#N/A", "'plain", "plain")


def sheet_attack() -> tuple[str, ...]:
    """Turns that a spreadsheet would run, and some that it would not."""
    return tuple(f"customer: {text}" for text in FORMULAS)


def everything() -> Batch:
    """Scored and unscored, hostile text, formulas, two failures, a text that is too long for a cell."""
    risky = audit(*sheet_attack(), id="=cmd", source="risky.json", reason="no-agent")
    long = audit(
        "customer: " + "😀" * 20_000 + " furious",
        "agent =Lee: no",
        id="long",
        source="long.json",
        started_at="2026-01-01T00:00:00Z",
        opportunities={0: opportunity("explicit", "anger", 0.8, "furious", outcome="missed", answered_by=1)},
        findings=[finding("distress-missed", 0, 1, severity="error", words={0: "furious"}, suggestion="Say *it*.")],
    )
    many = batch(broadband(), explained(), hostile(), unscored(), risky, long, BROKEN, EVIL_FAILURE, skipped=1)
    return replace(many, why=WHY)


def with_figures(whole: Batch) -> Batch:
    """The batch with the figures that the command line would gather of it."""
    return replace(whole, figures=figures(whole.audits))


def reaching(**files: str) -> View:
    """A view with originals: `name_json="text"` is the file `chats/name.json`, which lies in `repo/`."""
    texts = {"chats/" + name.replace("_", "."): text for name, text in files.items()}
    return View(originals=Originals(path=lambda file: f"repo/{file}", text=texts.get))


def native_of(one: object, **how: object) -> str:
    """The native file that an audit's transcript would have come from."""
    turns = [{"role": judged.turn.role, "text": judged.turn.text} for judged in one.turns]  # type: ignore[attr-defined]
    return json.dumps({"id": one.transcript.id, "turns": turns}, **how)  # type: ignore[attr-defined, arg-type]
