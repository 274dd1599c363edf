from __future__ import annotations

from empathy_audit.batch.summary import summarise
from empathy_audit.model.audit import AgentScore, AgentSummary, Failure, OutcomeCounts, Summary
from hypothesis import given
from hypothesis import strategies as st

from tests.build import audit, finding, opportunity


def test_nothing_has_no_mean() -> None:
    assert summarise([]) == Summary(
        0, 0, 0, None, {}, OutcomeCounts(), {"error": 0, "warning": 0, "suggestion": 0}, {}, (), 0
    )


def test_conversations_weigh_the_same_and_opportunities_are_summed() -> None:
    met = opportunity("explicit", "anger", 0.8, outcome="met", answered_by=1)
    first = audit(
        "customer: a",
        "agent Dana: b",
        opportunities={0: met},
        overall=90.0,
        principles={"validation": 80.0, "ownership": None},
        findings=[finding("x", 0), finding("y", 0, severity="error")],
        agents=[AgentScore("Dana", 90.0, {"validation": 80.0}, OutcomeCounts(met=9))],
    )
    second = audit(
        "customer: a",
        "agent Dana: b",
        overall=20.5,
        principles={"validation": 20.0, "ownership": None},
        findings=[finding("x", 0)],
        agents=[
            AgentScore("Dana", None, {"validation": None}, OutcomeCounts(open=1)),
            AgentScore("Bo", 20.5, {"validation": 20.0}, OutcomeCounts(missed=1)),
        ],
    )
    unscored = audit("agent: b", reason="no-customer")
    outcomes = [first, Failure("broken.json", "unreadable", "no JSON"), second, unscored]
    assert summarise(outcomes, skipped=2) == Summary(
        conversations=3,
        scored=2,
        failures=1,
        mean=55.25,
        principles={"validation": 50.0, "ownership": None},
        opportunities=OutcomeCounts(met=1),
        findings={"error": 1, "warning": 2, "suggestion": 0},
        unscored={"no-customer": 1},
        agents=(
            AgentSummary("Bo", 1, 20.5, {"validation": 20.0}, OutcomeCounts(missed=1)),
            AgentSummary("Dana", 2, 90.0, {"validation": 80.0}, OutcomeCounts(met=9, open=1)),
        ),
        skipped=2,
    )


@given(st.lists(st.integers(0, 100_000), min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_conversations_cannot_show(thousandths: list[int], random: object) -> None:
    audits = [audit("customer: a", overall=n / 1000) for n in thousandths]
    forwards = summarise(audits)
    random.shuffle(audits)  # type: ignore[attr-defined]
    assert summarise(audits) == forwards
    assert forwards.mean is not None
    assert min(thousandths) / 1000 <= forwards.mean <= max(thousandths) / 1000
