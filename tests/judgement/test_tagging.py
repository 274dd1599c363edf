"""Hits → tags: one for each marker with all its places, with what it implies and what it yields to."""

from __future__ import annotations

import itertools

from empathy_audit.judgement.tagging import merge
from empathy_audit.model.audit import Evidence
from hypothesis import given
from hypothesis import strategies as st

from tests.judgement.helpers import judge, tags
from tests.rubrics import marker, principle, rubric


def test_tags_stand_in_the_order_of_their_words_each_marker_once_with_all_places() -> None:
    audit = judge("agent: That must hurt. I will call you, and I will call you again. That must hurt.")
    assert tags(audit) == [
        (0, "emotional-acknowledgement", "names-it", ["That must hurt", "That must hurt"]),
        (0, "ownership", "commits", ["I will call you", "I will call you"]),
    ]


def test_a_tag_carries_its_markers_principle_and_confidence() -> None:
    audit = judge("agent: That must hurt. You are right.")
    assert [(t.principle, t.confidence) for t in audit.turns[0].tags] == [("acknowledging", 0.9), (None, 0.8)]


def test_what_a_marker_implies_comes_along_on_the_same_words() -> None:
    audit = judge("customer: My parcel was charged twice.", "agent: So you were charged twice.")
    assert tags(audit) == [
        (1, "active-listening", "echoes", ["charged", "twice"]),
        (1, "reflective-response", "echoes", ["charged", "twice"]),
    ]


def test_a_marker_yields_in_the_same_segment_and_nowhere_else() -> None:
    together = judge("agent: I am so sorry that must hurt.")
    assert tags(together) == [(0, "emotional-acknowledgement", "names-it", ["that must hurt"])]
    apart = judge("agent: I am so sorry. That must hurt.")
    assert [tag for _, tag, _, _ in tags(apart)] == ["bare-apology", "emotional-acknowledgement"]


def test_both_question_tags_may_stand_on_one_turn() -> None:
    audit = judge("agent: What happened? Is it late?")
    assert [tag for _, tag, _, _ in tags(audit)] == ["open-question", "closed-question"]


def test_counter_empathy_has_no_principle() -> None:
    audit = judge("agent: Please calm down.")
    (tag,) = audit.turns[0].tags
    assert (tag.tag, tag.principle, tag.marker, tag.confidence) == ("counter-empathy", None, "calm-down", 0.95)


def test_a_reply_mark_is_no_tag() -> None:
    assert tags(judge("agent: One moment. Thank you for calling.")) == []


def test_an_implied_tag_counts_for_the_principle_of_its_own_marker_or_for_none() -> None:
    """A principle in a result is one of the rubric's, or null."""
    ours = rubric(
        principles=[principle("p"), principle("q")],
        markers=[
            marker("m", "noted", tag="a", principle="p", implies=("b", "c")),
            marker("n", "heard", tag="b", principle="q"),
            marker("o", "seen", tag="c"),
        ],
    )
    (judged,) = judge("agent: noted", by=ours).turns
    assert [(t.tag, t.principle) for t in judged.tags] == [("a", "p"), ("b", "q"), ("c", None)]


def test_spans_are_merged_where_they_overlap_or_touch() -> None:
    assert merge([(5, 9), (0, 3), (8, 12), (3, 4)]) == (Evidence(0, 4), Evidence(5, 12))
    assert merge([(0, 9), (2, 3)]) == (Evidence(0, 9),)
    assert merge([]) == ()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1]))))
def test_merging_keeps_every_character_and_leaves_gaps_between(spans: list[tuple[int, int]]) -> None:
    merged = merge(spans)
    assert {n for a, b in spans for n in range(a, b)} == {n for e in merged for n in range(e.start, e.end)}
    assert all(a.end < b.start for a, b in itertools.pairwise(merged))
