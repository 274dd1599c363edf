"""What a run takes of an audit: masked, no more than it has use for, and the same in whatever process."""

from __future__ import annotations

import pickle

import pytest
from empathy_audit.batch.verdict import concluded
from empathy_audit.conclusion import Conclusion
from empathy_audit.redaction import Redactor
from empathy_audit.redaction.presidio import Presidio
from empathy_audit.reports.jsonl import line

from tests.build import audit, finding

OPEN = Redactor(on=False)
CALL = audit(
    "customer: I am Jane Okafor and I am furious!",
    "agent Dana: ok",
    overall=20.0,
    findings=[finding("missed", 0, 1), finding("worse", 0, 1, severity="error")],
)


def test_of_a_conversation_stay_its_figures() -> None:
    verdict = Conclusion(OPEN, line=False, audit=False)(CALL)
    assert (verdict.source, verdict.id) == (CALL.transcript.source, CALL.transcript.id)
    assert (verdict.scores, verdict.severities) == (CALL.scores, ("warning", "error"))
    assert (verdict.line, verdict.kept) == (b"", None)
    with pytest.raises(LookupError, match="nobody had asked for it"):
        _ = verdict.audit


def test_its_line_is_the_one_of_the_report() -> None:
    verdict = Conclusion(OPEN, line=True, audit=True)(CALL)
    assert verdict == concluded(CALL, line(CALL).encode())
    assert verdict.audit is CALL


def test_all_of_it_is_masked() -> None:
    verdict = Conclusion(Redactor(), line=True, audit=True)(CALL)
    assert verdict.audit == Redactor().audit(CALL) != CALL
    assert verdict.line == line(verdict.audit).encode()
    assert b"Okafor" not in verdict.line
    hidden = audit("customer: a", id="jane@example.com")
    named = Conclusion(Redactor(), line=False, audit=False)(hidden)
    assert named.id.startswith("[EMAIL-")


@pytest.mark.parametrize("redactor", [OPEN, Redactor(), Redactor(also=Presidio("en_core_web_sm"))])
def test_it_travels(redactor: Redactor) -> None:
    conclusion = Conclusion(redactor, line=True, audit=False)
    back = pickle.loads(pickle.dumps(conclusion))
    assert back == conclusion
    if redactor.also is None:
        assert pickle.loads(pickle.dumps(back(CALL))) == conclusion(CALL)
