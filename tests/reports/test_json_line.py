"""The line of an audit: the bytes that the general encoder would write."""

from __future__ import annotations

import pytest
from empathy_audit.model.audit import AgentScore, Audit, OutcomeCounts, Ratios
from empathy_audit.reports import as_json
from empathy_audit.reports.json_line import result_line
from empathy_audit.reports.json_result import dumps

from tests.build import audit, finding, opportunity, tag
from tests.reports.cases import broadband, hostile, unscored

STRANGE = audit(
    'customer "Zoë"\u2028: I am \ud800 furious \x00 \\ "now".',
    "agent Dana: Please calm down.",
    "unknown: Hm.",
    opportunities={0: opportunity("explicit", None, 1.0, "furious", "now", outcome=None)},
    tags={1: [tag("counter-empathy", "calm down", marker="calm-down", confidence=1e-05)]},
    responses={1: (0, 0, "dismiss")},
    findings=[finding("distress-missed", 0, None, severity="error", suggestion="“Oh”\n", words={0: "furious"})],
    overall=float("nan"),
    principles={"validation": None, 'a "b"': 0.1 + 0.2},
    ratios=Ratios(None, 0.5, 1.0),
    agents=[
        AgentScore("Dana\t", 0.0, {}, OutcomeCounts(missed=1)),
        AgentScore("Lee", None, {"x": 1.0}, OutcomeCounts()),
    ],
    channel="chat",
    meta={"csat": 2, "é": [float("inf"), {"deep": {1}}], "none": None},
    signals="s1",
)


@pytest.mark.parametrize(
    "judged",
    [broadband(), hostile(), unscored(), STRANGE, audit()],
    ids=["broadband", "hostile", "unscored", "strange", "empty"],
)
def test_the_same_bytes_as_of_the_general_encoder(judged: Audit) -> None:
    assert result_line(judged) == dumps(as_json(judged))
