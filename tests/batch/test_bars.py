from __future__ import annotations

import pytest
from empathy_audit.batch.bars import Bars, missed_by, missed_by_mean
from empathy_audit.batch.summary import summarise
from empathy_audit.model.audit import Audit

from tests.build import audit, finding, opportunity

MISSED = opportunity("explicit", "anger", 0.8, outcome="missed", answered_by=1)


def scored(overall: float | None = 59.999, **more: object) -> Audit:
    return audit("customer: I am furious", "agent: ok", opportunities={0: MISSED}, overall=overall, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bars", "reasons"),
    [
        (Bars(), ()),
        (Bars(fail_under=60), ("score 59.999 is under 60 (fail-under)",)),
        (Bars(fail_under=59.999), ()),
        (Bars(max_missed=0), ("1 missed opportunities, 0 allowed (max-missed)",)),
        (Bars(max_missed=1), ()),
        (Bars(fail_on="error"), ()),
        (Bars(fail_on="warning"), ("1 finding of severity warning or error (fail-on)",)),
        (Bars(fail_on="suggestion"), ("2 findings of severity suggestion or warning or error (fail-on)",)),
        (Bars(fail_under_mean=100), ()),
        (
            Bars(fail_under=60, max_missed=0),
            ("score 59.999 is under 60 (fail-under)", "1 missed opportunities, 0 allowed (max-missed)"),
        ),
    ],
)
def test_each_bar_holds_for_the_conversation(bars: Bars, reasons: tuple[str, ...]) -> None:
    findings = [finding("missed", 0, 1), finding("could", 0, 1, severity="suggestion")]
    assert missed_by(scored(findings=findings), bars) == reasons


def test_null_passes_every_bar() -> None:
    unscored = scored(reason="too-little-evidence", findings=[finding("missed", 0, severity="error")])
    assert missed_by(unscored, Bars(100, 100, "suggestion", 0)) == ()
    assert missed_by_mean(summarise([unscored]), Bars(fail_under_mean=100)) == ()


@pytest.mark.parametrize(
    ("bar", "reasons"),
    [(None, ()), (50.0, ()), (50.001, ("mean score 50 is under 50.001 (fail-under-mean)",))],
)
def test_the_mean_has_a_bar_of_its_own(bar: float | None, reasons: tuple[str, ...]) -> None:
    summary = summarise([scored(20.0), scored(80.0), scored(reason="language")])
    assert missed_by_mean(summary, Bars(fail_under=100, fail_under_mean=bar)) == reasons
