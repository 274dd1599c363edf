"""Words and figures for people."""

from __future__ import annotations

from typing import get_args

from empathy_audit.model.audit import OUTCOMES, OutcomeCounts, Reason, Reply
from empathy_audit.reports.wording import MARKS, REASONS, REPLIES, TREATED, figure, keys, plural, reason, tally


def test_every_outcome_reply_and_reason_has_words_and_a_shape_of_its_own():
    assert set(MARKS) == set(OUTCOMES)
    assert len(set(MARKS.values())) == len(OUTCOMES)
    assert set(REPLIES) == set(TREATED) == set(get_args(Reply))
    assert set(REASONS) == set(get_args(Reason))


def test_a_figure_never_seems_to_reach_a_bar_that_it_missed():
    assert [figure(x) for x in (None, 0.0, 79.999, 80.0, 66.1, 100.0)] == ["–", "0.0", "79.9", "80.0", "66.1", "100.0"]


def test_a_reason_that_is_not_known_stands_as_it_is():
    assert [reason("new-one"), reason(None)] == ["new-one", "no reason was given"]


def test_counts_in_words():
    assert tally(OutcomeCounts(met=1, open=2)) == ["● 1 met", "◑ 0 delayed", "◐ 0 partial", "○ 0 missed", "· 2 open"]
    assert [plural(1, "turn"), plural(2000, "turn"), plural(0, "day off", "days off")] == [
        "1 turn",
        "2,000 turns",
        "0 days off",
    ]


def test_keys_are_short_and_different():
    ids = ["active-listening", "ownership", "open-questions", "over-quality", "owning", "a-b-c-d", ""]
    assert list(keys(ids).values()) == ["AL", "OW", "OQ", "OQ2", "OW2", "ABC", "?"]
