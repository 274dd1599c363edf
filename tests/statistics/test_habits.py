"""Habits: what one is worth is what the scorer says when it alone is changed; the greatest come first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from empathy_audit.judgement.scoring import overall, principle_scores
from empathy_audit.model.audit import OutcomeCounts
from empathy_audit.model.rubric import Counter
from empathy_audit.statistics.cases import Case, Moment, Words
from empathy_audit.statistics.habits import Worth, habits
from hypothesis import given
from hypothesis import strategies as st

from tests.build import audit, finding, opportunity
from tests.judgement.helpers import episode, tally, used
from tests.rubrics import DESK
from tests.statistics.build import cases

HARSH = replace(DESK, counter=(Counter("calm-down", (), points=15.0), Counter("policy", (), points=10.0)))
TREATED = {"met": (None,), "delayed": ("late",), "partial": ("ask", "solve"), "missed": ("ignore", "dismiss")}

moments = st.lists(
    st.sampled_from(list(TREATED)).flatmap(
        lambda outcome: st.tuples(
            st.just(outcome), st.sampled_from(["explicit", "implicit"]), st.sampled_from(TREATED[outcome])
        )
    ),
    min_size=1,
    max_size=6,
)
uses = st.lists(st.sets(st.sampled_from(["reflecting", "owning"])), max_size=5)
said = st.lists(st.tuples(st.sampled_from(["calm-down", "policy"]), st.integers(1, 3)), max_size=4)


def points(words):
    """What the words cost: the worst of each block."""
    worth = {counter.id: counter.points for counter in HARSH.counter}
    return sum(max(worth[c] for c, b in words if b == block) for block in {block for _, block in words})


def scores(told, skills, words):
    counted = tally([episode(o, k) for o, k, _ in told], [used(*names) for names in skills], points(words))
    return overall(counted, HARSH), principle_scores(counted, HARSH)


def a_case(told, skills, words):
    score, principles = scores(told, skills, words)
    found = tuple(Moment(at, 0.0, kind, outcome, treated) for at, (outcome, kind, treated) in enumerate(told))
    said = tuple(Words(code, 0, block) for code, block in words)
    return Case("s", "i", None, score, None, principles, OutcomeCounts(), (), found, (), said)


@given(moments, uses, said, st.sampled_from(["ask", "solve", "ignore", "dismiss", "late"]))
def test_what_another_way_of_answering_is_worth(told, skills, words, treated):
    changed = [("met", kind, None) if how == treated else (outcome, kind, how) for outcome, kind, how in told]
    gain = scores(changed, skills, words)[0] - scores(told, skills, words)[0]
    assert Worth(HARSH).of_answers(a_case(told, skills, words), treated) == pytest.approx(gain, abs=0.003)


@given(moments, uses, said, st.sampled_from(["calm-down", "policy"]))
def test_what_words_left_out_are_worth(told, skills, words, code):
    left = [(other, block) for other, block in words if other != code]
    gain = scores(told, skills, left)[0] - scores(told, skills, words)[0]
    assert Worth(HARSH).of_words(a_case(told, skills, words), code) == pytest.approx(gain, abs=0.003)


@given(moments, uses.filter(bool), said, st.sampled_from(["reflecting", "owning"]))
def test_what_a_skill_is_worth(told, skills, words, skill):
    always = [names | {skill} for names in skills]
    gain = scores(told, always, words)[0] - scores(told, skills, words)[0]
    (principle,) = [p for p in HARSH.principles if p.id == skill]
    assert Worth(HARSH).of_skill(a_case(told, skills, words), principle) == pytest.approx(gain, abs=0.003)


def hurried(number, *, outcome="partial", reply="solve", overall=30.0, **more):
    shown = opportunity("explicit", "anger", 0.8, "furious", outcome=outcome, answered_by=1)
    return audit(
        "customer: I am furious.",
        "agent Dana: Calm down. Restart it.",
        id=f"c-{number}",
        source=f"{number}.json",
        opportunities={0: shown},
        responses={1: (0, 2, reply)},
        overall=overall,
        **more,
    )


def test_the_habits_that_would_change_most_come_first():
    calm = finding("calm-down", 1, 1, message="tells the customer how to feel", suggestion="Say what you see.")
    batch = [
        hurried(1),
        hurried(2),
        hurried(3, reply="ask"),
        hurried(4, outcome="missed", reply="dismiss", overall=0.0, findings=[calm]),
        hurried(5, outcome="met", reply="ack", overall=100.0),
    ]
    first, second, third = habits(cases(batch), None, 5)
    assert [(h.kind, h.about, h.count, h.conversations, h.gain) for h in (first, second, third)] == [
        ("reply", "solve", 2, 2, 18.0),  # .75 of 60 points in two of five conversations
        ("reply", "dismiss", 1, 1, 15.0),
        ("reply", "ask", 1, 1, 9.0),
    ]
    assert (first.share.value, first.share.n, first.example.id, first.example.turn) == (0.4, 5, "c-1", 0)
    (said,) = [h for h in habits(cases(batch), None, 5, most=9) if h.kind == "words"]
    assert (said.about, said.problem, said.advice, said.gain) == (
        "calm-down", "Tells the customer how to feel", "Say what you see.", 2.0,
    )  # fmt: skip


def test_skills_are_weighed_by_the_rubric_alone():
    batch = [hurried(at, principles={"acknowledging": 40.0, "reflecting": 0.0, "owning": 100.0}) for at in range(5)]
    (skill,) = [h for h in habits(cases(batch), DESK, 5) if h.kind == "skill"]
    assert (skill.about, skill.count, skill.gain) == ("reflecting", 5, pytest.approx(25 * 2 / 3, abs=0.001))
    assert [h.kind for h in habits(cases(batch), None, 5)] == ["reply"]


def test_nothing_to_change_is_no_habit():
    assert habits(cases([hurried(1, outcome="met", reply="ack", overall=100.0)]), DESK, 5) == ()
    assert habits(cases([audit("customer: Hi.", reason="no-agent")]), DESK, 5) == habits((), DESK, 5) == ()


def test_what_happened_once_comes_behind_what_recurs_in_a_batch_that_is_large_enough():
    harsh = a_case([("partial", "explicit", "ask"), *[("missed", "explicit", "dismiss")] * 5], [], [])
    mild = a_case([("partial", "explicit", "ask"), *[("met", "explicit", None)] * 9], [], [])
    few, many = [harsh, mild], [harsh, mild, mild, mild, mild]
    assert [habit.about for habit in habits(few, HARSH, minimum=5)][:2] == ["dismiss", "ask"]
    assert [habit.about for habit in habits(many, HARSH, minimum=5)][:2] == ["ask", "dismiss"]
