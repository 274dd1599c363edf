"""Intervals: laws for any scores, and how often they hold the truth when it is known."""

from __future__ import annotations

import random

import pytest
from empathy_audit.model.figures import NOTHING, Estimate
from empathy_audit.statistics.intervals import MANY, mean, share
from hypothesis import given, settings
from hypothesis import strategies as st

scores = st.integers(0, 100_000).map(lambda thousandths: thousandths / 1000)
pairs = st.integers(0, 12).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def test_nothing_has_no_figure():
    assert mean([], 5) == share([], 5) == share([(0, 0)], 5) == NOTHING


def test_below_the_minimum_there_is_a_figure_and_no_interval():
    assert mean([50.0, 60.5], 3) == Estimate(55.25, None, None, 2)
    assert share([(1, 2), (0, 0), (0, 1)], 3) == Estimate(0.333, None, None, 2)
    assert mean([50.0, 60.5], 2).enough
    assert not mean([50.0, 60.5], 3).enough


def test_five_conversations_of_100_are_no_proof_of_perfection():
    # The exact interval of Clopper and Pearson for five of five begins at 0.025 ** (1 / 5) = 47.8 %.
    found = mean([100.0] * 5, 5)
    assert (found.value, found.high) == (100.0, 100.0)
    assert found.low == pytest.approx(100 * 0.025**0.2, abs=1.5)
    assert share([(3, 3)] * 5, 5) == Estimate(1.0, 0.566, 1.0, 5)


def test_wilson_for_independent_opportunities_is_the_one_of_the_books():
    # Newcombe 1998, table I: 15 of 148, and 81 of 263.
    for part, whole, low, high in ((15, 148, 0.0624, 0.1605), (81, 263, 0.2553, 0.3662)):
        found = share([(1, 1)] * part + [(0, 1)] * (whole - part), 5)
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.001)


def test_opportunities_that_end_alike_within_a_conversation_tell_less():
    alike = share([(10, 10), (0, 10)] * 10, 5)
    mixed = share([(5, 10), (5, 10)] * 10, 5)
    apart = share([(1, 1), (0, 1)] * 100, 5)
    assert alike.value == mixed.value == apart.value == 0.5
    assert alike.high - alike.low > 2.5 * (apart.high - apart.low)
    assert mixed.high - mixed.low == pytest.approx(apart.high - apart.low, abs=0.002)


@settings(max_examples=150)
@given(st.lists(scores, min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_an_interval_of_scores_holds_the_mean_within_the_scale_in_any_order(values, chance):
    found = mean(values, 1)
    assert 0 <= found.low <= found.value <= found.high <= 100
    assert found.value == pytest.approx(sum(values) / len(values), abs=0.00051)
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert mean(shuffled, 1) == found


@settings(max_examples=150)
@given(st.lists(pairs, max_size=40), st.randoms(use_true_random=False))
def test_an_interval_of_shares_holds_the_share_within_the_scale_in_any_order(values, chance):
    found = share(values, 1)
    if found == NOTHING:
        assert not any(whole for _, whole in values)
        return
    assert 0 <= found.low <= found.value + 0.0005
    assert found.value - 0.0005 <= found.high <= 1
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert share(shuffled, 1) == found


@given(st.lists(scores, min_size=5, max_size=40))
def test_more_of_the_same_makes_an_interval_narrower(values):
    one, four = mean(values, 1), mean(values * 4, 1)
    assert four.high - four.low < one.high - one.low


def test_draws_and_their_limit_meet():
    chance = random.Random(7)
    values = [min(100.0, max(0.0, round(chance.gauss(55, 25), 3))) for _ in range(MANY)]
    drawn, limit = mean(values[:-1], 5), mean(values, 5)
    assert (drawn.low, drawn.high) == pytest.approx((limit.low, limit.high), abs=0.25)


def beta(a, b):
    return lambda chance: round(100 * chance.betavariate(a, b), 3)


def lumpy(chance):
    return chance.choice([0.0, 40.0, 40.0, 100.0])


@pytest.mark.parametrize(
    ("name", "draw", "truth"),
    [("wide", beta(2, 3), 40.0), ("low", beta(0.5, 6), 100 / 13), ("lumpy", lumpy, 45.0)],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("size", [5, 12, 40])
def test_how_often_an_interval_of_scores_holds_the_true_mean(name, draw, truth, size):
    chance = random.Random(f"{name}-{size}")
    runs = 400
    held = 0
    for _ in range(runs):
        found = mean([draw(chance) for _ in range(size)], 5)
        held += found.low <= truth <= found.high
    assert held / runs >= 0.93


@pytest.mark.parametrize("alike", [0.05, 0.5], ids=["nearly-independent", "alike"])
@pytest.mark.parametrize("size", [15, 50])
def test_how_often_an_interval_of_shares_holds_the_true_share(alike, size):
    chance = random.Random(f"{alike}-{size}")
    runs, truth, held = 400, 0.3, 0
    strength = 1 / alike - 1
    for _ in range(runs):
        values = []
        for _ in range(size):
            whole = chance.randint(1, 6)
            own = chance.betavariate(truth * strength, (1 - truth) * strength)
            values.append((sum(chance.random() < own for _ in range(whole)), whole))
        found = share(values, 5)
        held += found.low <= truth <= found.high
    assert held / runs >= 0.92


def test_the_same_figures_on_every_machine():
    # Whole numbers all the way: if another numpy drew or multiplied otherwise, these decimals would move.
    values = [12.5, 40.0, 61.333, 61.333, 88.1, 93.75, 100.0]
    assert mean(values, 5) == Estimate(65.288, 33.228, 86.774, 7)
