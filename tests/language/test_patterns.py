"""What patterns find, read by the rubric's reader: kinds, word lists, case, inflection, guards, context, evidence."""

from __future__ import annotations

from typing import Any

import pytest
from empathy_audit.language.reader import Reader
from empathy_audit.language.segmented import Learned as LearnedOfTurn
from empathy_audit.model.rubric import Echo, Pattern, Phrases, Regex, SignalUse, Tokens
from hypothesis import given
from hypothesis import strategies as st

from tests.build import transcript
from tests.rubrics import DESK, cue, marker, rubric

WORDS = {"feeling": ("frustrat*", "upset", "at your wits' end"), "thing": ("parcel", "gift card")}


def found(pattern: str | Pattern, text: str, *before: str, **fields: Any) -> list[str]:
    """The words that one marker with this pattern finds in what an agent says."""
    reader = Reader(rubric(markers=[marker("m", pattern, tag="t", **fields)], words=WORDS))
    reading = reader.read(transcript(*before, f"agent: {text}"))[-1]
    return [text[hit.start : hit.end] for hit in reading.hits if hit.dropped is None]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        (Phrases(("must be hard",)), "That MUST  be\tHard.", ["MUST  be\tHard"]),
        (Phrases(("i'm here",)), "I’m here now", ["I’m here"]),
        (Phrases(("here",)), "there, elsewhere", []),
        (Phrases(("how <feeling>",)), "How frustrating!", ["How frustrating"]),
        (Phrases(("how <feeling>",)), "How at your wits’ end you are", ["How at your wits’ end"]),
        (Phrases(("how <feeling>",)), "How upsetting", []),  # only frustrat* takes any ending
        (Phrases(("<thing>",)), "a gift card and a parcel", ["gift card"]),
        (Phrases(("Rude",), case=True), "that was Rude", ["Rude"]),
        (Phrases(("Rude",), case=True), "that was rude", []),
        (Phrases(("i check",), inflect=True), "i checked", ["i checked"]),
        (Phrases(("i check",)), "i checked", []),
        (Phrases(("we stop",), inflect=True), "we stopped it", ["we stopped"]),
        (Phrases(("i take",), inflect=True), "i took it", ["i took"]),
        (Phrases((":(",)), "no :( no", [":("]),
        (Phrases(("a.c",)), "abc", []),
        (Regex(r"\bwait(?:ed|ing) \d+ days"), "You waited 12 days.", ["waited 12 days"]),
        (Regex(r"^you <feeling>"), "You upset", ["You upset"]),
        (Regex(r"^you <feeling>"), "and you upset", []),
        (Regex(r"(?:^|\s)WAIT\b", case=True), "please WAIT", ["WAIT"]),
        (Regex(r"(?:^|\s)WAIT\b", case=True), "please wait", []),
        (Tokens(({"LOWER": "so"}, {"IS_ALPHA": True}, {"LOWER": "now"})), "it is so Late now", ["so Late now"]),
    ],
)
def test_words_found(pattern: Pattern, text: str, words: list[str]) -> None:
    assert found(pattern, text) == words


def test_each_segment_is_searched_by_itself() -> None:
    assert found(Regex("late.*again"), "You are late. Not again.") == []
    assert found(Regex("late.*again", across=True), "You are late. Not again.") == ["late. Not again"]
    assert found("late", "Late? Yes, late.") == ["Late", "late"]


def test_across_sees_the_turn_and_the_anchors_are_the_turns() -> None:
    assert found(Regex("^not again", across=True), "You are late. Not again.") == []
    assert found(Regex("^not again"), "You are late. Not again.") == ["Not again"]


@pytest.mark.parametrize(
    ("unless", "text", "words"),
    [
        ((), "not late", ["late"]),
        (("negated",), "not late", []),
        (("negated",), "late", ["late"]),
        ((Phrases(("fashionably",)),), "fashionably late", []),
        ((Phrases(("fashionably",)),), "Fashionably so. You are late.", ["late"]),
        ((Regex("^so"),), "so late", []),
        ((Regex("SO", case=True),), "so late", ["late"]),
        ((Regex("SO", case=True),), "SO late", []),
    ],
)
def test_unless(unless: tuple[str | Pattern, ...], text: str, words: list[str]) -> None:
    assert found("late", text, unless=unless) == words


def test_what_a_guard_dropped_is_kept_with_its_name() -> None:
    reader = Reader(rubric(markers=[marker("m", "late", tag="t", unless=("quoted", "negated"))]))
    (reading,) = reader.read(transcript("agent: It is not late."))
    assert [(h.entry, h.kind, h.start, h.end, h.dropped) for h in reading.hits] == [("m", "phrase", 10, 14, "negated")]


CUSTOMER = "customer: My parcel was charged twice."


@pytest.mark.parametrize(
    ("pattern", "before", "text", "words"),
    [
        (Echo(2), (CUSTOMER,), "So you were charged twice.", ["charged", "twice"]),
        (Echo(3), (CUSTOMER,), "So you were charged twice.", []),
        (Echo(2), (CUSTOMER,), "I charged it twice.", []),
        (Echo(2, about_customer=False), (CUSTOMER,), "I charged it twice.", ["charged", "twice"]),
        (Echo(2), (), "So you were charged twice.", []),
        # Only the last block counts, and it counts whole, with bots and notes in between.
        (Echo(2), (CUSTOMER, "agent: Yes.", "customer: And now?"), "So you were charged twice.", []),
        (Echo(2), (CUSTOMER, "bot: Hi.", "internal agent: hm", "customer: Now."), "So you were charged twice.", ["charged", "twice"]),
        # A second agent turn still answers the same block.
        (Echo(2), (CUSTOMER, "agent: Yes."), "So you were charged twice.", ["charged", "twice"]),
    ],
)  # fmt: skip
def test_echo(pattern: Echo, before: tuple[str, ...], text: str, words: list[str]) -> None:
    assert found(pattern, text, *before) == words


def test_markers_are_looked_for_in_agent_turns_and_cues_in_customer_turns() -> None:
    reader = Reader(rubric(markers=[marker("m", "late", tag="t")], cues=[cue("c", "late")]))
    read = reader.read(
        transcript(
            "customer: late", "agent: late", "bot: late", "system: late", "internal agent: late", "unknown: late"
        )
    )
    assert [[hit.entry for hit in reading.hits] for reading in read] == [["c"], ["m"], [], [], [], []]


def test_a_signal_that_is_not_there_finds_nothing() -> None:
    assert found(SignalUse("reflection"), "So you were charged twice.", CUSTOMER) == []


class Learned:
    """A signal that is as sure of a segment as the segment is long, up to 1, and notes which rules fired in it."""

    def __init__(self) -> None:
        self.fired: list[Any] = []

    def labels(self, role: str) -> tuple[str, ...]:
        return ("long",) if role == "agent" else ()

    def learned(self, turns: Any, fired: Any, conversations: Any, asked: Any) -> list[LearnedOfTurn]:
        self.fired = [[sorted(entries) for entries in segments] for segments in fired]
        rows = [
            [[min(1.0, (b - a) / 20)] if t.role == "agent" else [] for a, b in t.segments] if t is not None else []
            for t in turns
        ]
        least = dict(enumerate(at_least for _, at_least in asked["agent"]))
        return [
            LearnedOfTurn(of, [(n, k, p) for n, row in enumerate(of) for p in row for k in least if p >= least[k]])
            for of in rows
        ]


def test_a_signal_counts_from_its_threshold_on_and_covers_its_segment() -> None:
    reader = Reader(rubric(markers=[marker("m", SignalUse("long", 0.5), tag="t")]), Learned())
    (reading,) = reader.read(transcript("agent: Short. Quite a long segment."))
    assert [(h.kind, h.start, h.end, h.probability) for h in reading.hits] == [("signal", 7, 28, 1.0)]


def test_a_signal_may_drop_what_a_rule_found() -> None:
    ours = rubric(markers=[marker("m", "segment", tag="t", unless=(SignalUse("long", 0.5),))])
    (reading,) = Reader(ours, Learned()).read(transcript("agent: Segment. Quite a long segment."))
    assert [(h.start, h.dropped) for h in reading.hits] == [(0, None), (22, "signal long at 1.00")]


def test_below_drops_what_a_signal_doubts() -> None:
    ours = rubric(markers=[marker("m", "segment", tag="t", unless=(SignalUse("long", below=0.5),))])
    (reading,) = Reader(ours, Learned()).read(transcript("agent: Segment. Quite a long segment."))
    assert [(h.start, h.dropped is None) for h in reading.hits] == [(0, False), (22, True)]


def test_a_signal_is_told_which_rules_fired_and_which_were_dropped() -> None:
    learned = Learned()
    ours = rubric(markers=[marker("m", "late", tag="t", unless=("negated",)), marker("n", "today", tag="t")])
    Reader(ours, learned).read(transcript("customer: late", "agent: It is late today. It is not late.", "bot: late"))
    assert learned.fired[1] == [["m", "n"], ["~m"]]


LINES = st.lists(
    st.tuples(
        st.sampled_from(["customer", "agent", "agent Bo", "bot", "internal agent"]),
        st.one_of(
            st.text(max_size=40),
            st.lists(
                st.sampled_from(
                    ["furious", "That must hurt.", "calm down", "not", "So you were still waiting", "!!", "one moment", '"', "İ", "what happened?", "my order number"]
                ),
                max_size=6,
            ).map(" ".join),
        ),
    ).map(": ".join),
    max_size=8,
)  # fmt: skip


@given(LINES)
def test_every_hit_lies_in_its_segment_and_slices_back_to_words(lines: list[str]) -> None:
    spoken = transcript(*lines)
    for turn, reading in zip(spoken.turns, READER.read(spoken), strict=True):
        for hit in reading.hits:
            start, end = reading.segments[hit.segment]
            assert start <= hit.start < hit.end <= end
            words = turn.text[hit.start : hit.end]
            assert words == words.strip()


READER = Reader(DESK)
