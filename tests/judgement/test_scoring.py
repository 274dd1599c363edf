"""Scores: the formulas by hand, and the laws that hold for any rubric."""

from __future__ import annotations

import pytest
from empathy_audit.judgement.episodes import Episode
from empathy_audit.judgement.scoring import count, lacking, overall, principle_score, principle_scores
from empathy_audit.model.audit import COUNTED, OutcomeCounts, Ratios
from empathy_audit.model.rubric import Rubric
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.judgement.helpers import episode, judge, tally, used
from tests.rubrics import CREDITS, DESK, principle, rubric

# --- the formulas ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "score"),
    [
        (["met"], 100.0),
        (["delayed"], 60.0),
        (["partial"], 40.0),
        (["missed"], 0.0),
        (["met", "missed"], 50.0),
        (["met", "partial", "missed"], 46.667),
        (["met", "open"], 100.0),
        (["open"], None),
        ([], None),
    ],
)
def test_opportunities_score_is_the_mean_credit(outcomes: list[str], score: float | None) -> None:
    counted = tally([episode(o) for o in outcomes])  # type: ignore[arg-type]
    assert principle_scores(counted, DESK)["acknowledging"] == score


def test_an_explicit_opportunity_weighs_more_where_the_rubric_says_so() -> None:
    counted = tally([episode("met", "explicit"), episode("missed", "implicit")])
    assert principle_scores(counted, rubric(explicit_weight=3.0)) == {"acknowledging": 75.0}
    assert principle_scores(counted, rubric(explicit_weight=1.0)) == {"acknowledging": 50.0}


@pytest.mark.parametrize(("replies", "score"), [(0, None), (1, 100.0), (2, 100.0), (3, 66.667), (4, 50.0), (100, 2.0)])
def test_use_is_the_share_of_replies_up_to_the_target(replies: int, score: float | None) -> None:
    counted = tally(replies=[used("reflecting"), *[used()] * (replies - 1)][:replies])
    assert principle_scores(counted, DESK)["reflecting"] == score


@pytest.mark.parametrize(
    ("outcomes", "uses", "points", "score"),
    [
        # .75 * outcomes + .25 * skills; skills = (2 * reflecting + 1 * owning) / 3
        (["met"], [("reflecting", "owning")], 0, 100.0),
        (["met"], [()], 0, 75.0),
        (["met"], [("reflecting",)], 0, 91.667),
        (["missed"], [("owning",)], 0, 8.333),
        (["partial"], [("reflecting",), ()], 0, 46.667),
        (["met"], [], 0, 100.0),  # no reply to judge the skills by
        (["met"], [()], 15, 60.0),
        (["met"], [()], 1000, 35.0),  # never more than the cap
        (["missed"], [()], 15, 0.0),  # never below 0
        ([], [("reflecting", "owning")], 15, 35.0),  # without opportunities from 50 down
    ],
)
def test_overall(outcomes: list[str], uses: list[tuple[str, ...]], points: float, score: float) -> None:
    counted = tally([episode(o) for o in outcomes], [used(*names) for names in uses], points)  # type: ignore[arg-type]
    assert overall(counted, DESK) == score


@pytest.mark.parametrize(
    ("outcomes", "words", "points", "reason"),
    [
        (["met"], 100, 0, None),
        (["met"], 2, 0, "too-little-evidence"),
        ([], 100, 0, "no-opportunity"),
        (["open"], 100, 0, "no-opportunity"),
        ([], 2, 10, None),  # counter-empathy speaks for itself
    ],
)
def test_what_is_lacking(outcomes: list[str], words: int, points: float, reason: str | None) -> None:
    assert lacking(tally([episode(o) for o in outcomes], points=points, words=words), DESK) == reason  # type: ignore[arg-type]


def test_the_least_number_of_opportunities_is_the_rubrics() -> None:
    two = rubric(minimum_opportunities=2)
    assert lacking(tally([episode("met")]), two) == "too-little-evidence"
    assert lacking(tally([episode("met"), episode("missed")]), two) is None


def test_joy_is_never_counted() -> None:
    joyful = [episode("missed", pleasant=True), episode("open", pleasant=True)]
    assert count(joyful) == OutcomeCounts()
    assert principle_score(DESK.principles[0], tally(joyful), DESK) is None
    assert lacking(tally(joyful), DESK) == "no-opportunity"


# --- whole conversations -----------------------------------------------------------------------------------------

LATE = "customer: I am furious, still waiting for the green parcel."


def test_the_scores_of_a_conversation() -> None:
    scores = judge(
        LATE,
        "agent Bo: So you are waiting for the parcel. What happened?",
        "customer: Nothing, I am scared.",
        "agent Bo: Is it late? I will call you.",
    ).scores
    assert scores.principles == {"acknowledging": 70.0, "reflecting": 100.0, "owning": 50.0}
    assert scores.overall == 73.333  # .75 * 70 + .25 * (2 * 100 + 50) / 3
    assert scores.opportunities == OutcomeCounts(met=1, partial=1)
    assert scores.ratios == Ratios(0.5, 0.5, 0.552)  # 1 reflection in 2 asking replies; 1 open of 2; 16 of 29 words


def test_each_agent_is_charged_for_what_their_own_blocks_answered() -> None:
    audit = judge(
        LATE,
        "agent Bo: It was sent.",
        "customer: And now?",
        "agent Cy: That must hurt. I will call you.",
        "customer: I am scared.",
        "agent Cy: Please calm down.",
    )
    assert [(a.name, a.overall, a.principles, a.opportunities) for a in audit.scores.agents] == [
        ("Bo", 45.0, {"acknowledging": 60.0, "reflecting": 0.0, "owning": 0.0}, OutcomeCounts(delayed=1)),
        ("Cy", 0.0, {"acknowledging": 0.0, "reflecting": 0.0, "owning": 50.0}, OutcomeCounts(missed=1)),
    ]
    assert audit.scores.opportunities == OutcomeCounts(delayed=1, missed=1)


def test_a_tag_counts_once_a_block() -> None:
    once = judge(LATE, "agent: I will call you.").scores
    often = judge(LATE, "agent: I will call you. I will call you.", "agent: Yes, I will call you.").scores
    assert (often.principles, often.overall) == (once.principles, once.overall)
    rude = judge(LATE, "agent: Calm down.").scores
    ruder = judge(LATE, "agent: Calm down. Calm down!", "agent: Calm down.").scores
    assert ruder.overall == rude.overall


def test_a_greeting_before_the_customer_speaks_is_no_reply() -> None:
    with_greeting = judge("agent: Hello, this is Bo.", LATE, "agent: I will call you.").scores
    assert with_greeting.principles["owning"] == 100.0


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((), "no-agent"),
        (("bot: hi", "system: joined"), "no-agent"),
        ((LATE,), "no-agent"),
        ((LATE, "internal agent: calm down"), "no-agent"),
        ((LATE, "agent:  "), "no-agent"),
        (("agent: calm down",), "no-customer"),
        (("unknown: hello", "unknown: hi"), "unknown-roles"),
        (("unknown: hello", "agent: hi"), "unknown-roles"),
        (("customer: Hello.", "agent: It was sent today."), "no-opportunity"),
        ((LATE,  "agent: No."), "too-little-evidence"),
        (("agent: It was sent today.", LATE), "no-opportunity"),
    ],
)  # fmt: skip
def test_null_with_its_reason(lines: tuple[str, ...], reason: str) -> None:
    scores = judge(*lines).scores
    assert (scores.overall, scores.reason) == (None, reason)
    assert all(agent.overall is None for agent in scores.agents)


# --- the laws ----------------------------------------------------------------------------------------------------

RANK = {outcome: n for n, outcome in enumerate(reversed(COUNTED))}
SHARE = st.floats(0, 1, allow_nan=False)


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any scoring that a rubric file may hold."""
    credits_ = sorted(draw(st.lists(SHARE, min_size=4, max_size=4)))
    weight = st.floats(0.1, 10)
    return rubric(
        principles=[
            principle("acknowledging", draw(weight), score="opportunities"),
            principle("reflecting", draw(weight), target=draw(st.floats(0.01, 1))),
            principle("owning", draw(weight), target=draw(st.floats(0.01, 1))),
        ],
        credits=dict(zip(("missed", "partial", "delayed", "met"), credits_, strict=True)),
        explicit_weight=draw(st.floats(0.1, 10)),
        outcomes_share=draw(SHARE),
        neutral=draw(st.floats(0, 100)),
        counter_cap=draw(st.floats(0, 100)),
    )


EPISODES = st.lists(
    st.builds(episode, st.sampled_from(("met", "delayed", "partial", "missed", "open")), st.sampled_from(("implicit", "explicit"))),
    max_size=5,
)  # fmt: skip
REPLIES = st.lists(st.sets(st.sampled_from(("reflecting", "owning"))).map(lambda names: used(*names)), max_size=5)
POINTS = st.floats(0, 200)


@given(rubrics(), EPISODES, REPLIES, POINTS)
def test_scores_lie_between_0_and_100(by: Rubric, episodes: list[Episode], replies: list, points: float) -> None:  # type: ignore[type-arg]
    counted = tally(episodes, replies, points)
    scores = [overall(counted, by), *principle_scores(counted, by).values()]
    assert all(score is None or 0 <= score <= 100 for score in scores)


@given(rubrics(), EPISODES, REPLIES, POINTS, st.sampled_from(COUNTED), st.data())
def test_bettering_one_outcome_never_lowers_a_score(
    by: Rubric, episodes: list[Episode], replies: list, points: float, better: str, data: st.DataObject  # type: ignore[type-arg]
) -> None:  # fmt: skip
    worse = [n for n, e in enumerate(episodes) if e.outcome != "open" and RANK[e.outcome] < RANK[better]]  # type: ignore[index]
    assume(worse)
    at = data.draw(st.sampled_from(worse))
    bettered = [e._replace(outcome=better) if n == at else e for n, e in enumerate(episodes)]  # type: ignore[arg-type]
    assert overall(tally(bettered, replies, points), by) >= overall(tally(episodes, replies, points), by)


@given(rubrics(), EPISODES, REPLIES, POINTS, st.sampled_from(("implicit", "explicit")))
def test_adding_a_met_opportunity_never_lowers_a_score(
    by: Rubric, episodes: list[Episode], replies: list, points: float, kind: str  # type: ignore[type-arg]
) -> None:  # fmt: skip
    assume(any(e.counted for e in episodes))  # before the first one there is no score to lower, see below
    more = [*episodes, episode("met", kind)]  # type: ignore[arg-type]
    assert overall(tally(more, replies, points), by) >= overall(tally(episodes, replies, points), by)


@given(REPLIES.filter(bool), POINTS)
def test_the_first_met_opportunity_never_lowers_what_counter_empathy_left(replies: list, points: float) -> None:  # type: ignore[type-arg]
    assert overall(tally([episode("met")], replies, points), DESK) >= overall(tally([], replies, points), DESK)


@given(rubrics(), EPISODES, REPLIES, POINTS, POINTS)
def test_counter_empathy_never_raises_a_score(
    by: Rubric, episodes: list[Episode], replies: list, points: float, more: float  # type: ignore[type-arg]
) -> None:  # fmt: skip
    assert overall(tally(episodes, replies, points + more), by) <= overall(tally(episodes, replies, points), by)


@given(rubrics(), EPISODES, REPLIES, POINTS)
def test_using_a_skill_never_lowers_a_score(by: Rubric, episodes: list[Episode], replies: list, points: float) -> None:  # type: ignore[type-arg]
    better = [r._replace(principles=frozenset(("reflecting", "owning"))) for r in replies]
    assert overall(tally(episodes, better, points), by) >= overall(tally(episodes, replies, points), by)


SAID = ("It was sent.", "That must hurt.", "You are right.", "What happened?", "I will call you.", "I see.", "One moment.", "So sorry.")  # fmt: skip
SHOWN = ("I am furious.", "I am still waiting.", "I am scared!!", "I am delighted.", "Hello.", "So it is.")
TALKS = st.lists(st.tuples(st.sampled_from(SHOWN), st.lists(st.sampled_from(SAID), min_size=1, max_size=3)), min_size=1, max_size=5)  # fmt: skip


def lines_of(talk: list[tuple[str, list[str]]]) -> list[str]:
    return [line for shown, said in talk for line in (f"customer: {shown}", f"agent: {' '.join(said)}")]


@given(TALKS, st.data())
def test_counter_empathic_words_never_raise_the_score_of_a_conversation(
    talk: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    before = judge(*lines_of(talk)).scores.overall
    at = data.draw(st.integers(0, len(talk) - 1))
    rude = [(shown, [*said, "Calm down."] if n == at else said) for n, (shown, said) in enumerate(talk)]
    after = judge(*lines_of(rude)).scores.overall
    assert after is not None
    assert before is None or after <= before


@given(TALKS, st.data())
def test_acknowledging_never_lowers_the_score_of_a_conversation(
    talk: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    before = judge(*lines_of(talk)).scores.overall
    at = data.draw(st.integers(0, len(talk) - 1))
    kind = [(shown, [*said, "That must hurt."] if n == at else said) for n, (shown, said) in enumerate(talk)]
    after = judge(*lines_of(kind)).scores.overall
    assert before is None or (after is not None and after >= before)


def test_the_credits_of_the_tests_are_the_usual_ones() -> None:
    assert CREDITS == {"met": 1.0, "delayed": 0.6, "partial": 0.4, "missed": 0.0}
