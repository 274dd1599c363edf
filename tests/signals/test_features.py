"""Features of segments: what a conversation becomes, and that each feature can be told in words again."""

from __future__ import annotations

from collections import Counter

import pytest
from empathy_audit.language.segmented import SegmentedTurn, segmented
from empathy_audit.model.transcript import Role
from empathy_audit.signals.features import (
    CLASS,
    CLASS_PAIR,
    KIND,
    MARK,
    OPENER,
    PAIR,
    RULE,
    TRIPLE,
    WIDE,
    WORD,
    describe,
    features_of,
    keys_of,
    rule_feature,
)
from empathy_audit.signals.lexicon import CLASSES
from empathy_audit.signals.stream import MARKS, SPECIAL, Vocabulary, streams_of
from hypothesis import given
from hypothesis import strategies as st

WORDS = (*SPECIAL, "how", "i", "sorry", "that", "you")
VOCABULARY = Vocabulary(WORDS)


def told(*turns: tuple[Role, str], role: Role = "agent", vocabulary: Vocabulary = VOCABULARY) -> list[Counter[str]]:
    """The features of each segment of a role, in words."""
    stream = streams_of([segmented(*turn) for turn in turns], vocabulary)[role]
    found: list[Counter[str]] = [Counter() for _ in stream.turns]
    for segment, key in zip(*(values.tolist() for values in keys_of(features_of(stream))), strict=True):
        found[segment][describe(key, vocabulary.words)] += 1
    return found


def test_the_whole_of_a_segment() -> None:
    (found,) = told(("customer", "my parcel is lost"), ("agent", "So sorry, you lost a zebra?"))
    assert found == Counter({
        # runs of words: what training did not know is "?"
        '"^"': 1, '"$"': 1, '"sorry"': 1, '"you"': 1, '"?"': 6,
        '"^ ?"': 1, '"? sorry"': 1, '"sorry ?"': 1, '"? you"': 1, '"you ?"': 1, '"? ?"': 3, '"? $"': 1,
        '"^ ? sorry"': 1, '"? sorry ?"': 1, '"sorry ? you"': 1, '"? you ?"': 1, '"you ? ?"': 1, '"? ? ?"': 2, '"? ? $"': 1,
        # runs of classes: what the customer said is ECHO
        "^": 1, "$": 1, "MORE": 1, "SORRY": 1, ",": 1, "YOU": 1, "ECHO": 1, "a": 1, "word": 1, "?": 1,
        "^ MORE": 1, "MORE SORRY": 1, "SORRY ,": 1, ", YOU": 1, "YOU ECHO": 1, "ECHO a": 1, "a word": 1, "word ?": 1, "? $": 1,
        "^ MORE SORRY": 1, "MORE SORRY ,": 1, "SORRY , YOU": 1, ", YOU ECHO": 1, "YOU ECHO a": 1, "ECHO a word": 1, "a word ?": 1, "word ? $": 1,
        "^ .. SORRY": 1, "MORE .. ,": 1, "SORRY .. YOU": 1, ", .. ECHO": 1, "YOU .. a": 1, "ECHO .. word": 1, "a .. ?": 1, "word .. $": 1,
        # marks of structure and context
        "[length 6-9]": 1, "[turn of 8-15 words]": 1, "[first]": 1, "[last]": 1, "[hears trouble]": 1,
        "[asks]": 1, "[you]": 1, "[you, asking]": 1, "[echoes 1]": 1, "[echo share 2/4]": 1,
        # the first word that is no filler
        'opens "you"': 1, 'opens "you ?"': 1,
    })  # fmt: skip


def test_runs_end_with_their_segment() -> None:
    first, second = told(("agent", "Sorry. You?"))
    assert '"sorry ?"' in first
    assert not any("you" in words for words in first)
    assert '"^ you"' in second


def test_context_of_agent_and_customer() -> None:
    turns: tuple[tuple[Role, str], ...] = (
        ("customer", "hello"),
        ("agent", "How are you?"),
        ("customer", "BROKEN AGAIN!!"),
        ("customer", "Thanks"),
        ("agent", "Could you send it?"),
        ("agent", "Right."),
    )
    agents = [{word for word in found if word.startswith("[")} for found in told(*turns)]
    assert "[hears neither]" in agents[0]
    assert {"[hears trouble]", "[asks]", "[opens asking, marked]"} <= agents[1]
    assert {"[hears trouble]", "[goes on]"} <= agents[2]
    customers = [{word for word in found if word.startswith("[")} for found in told(*turns, role="customer")]
    assert {"[nobody answered yet]", "[single]"} <= customers[0]
    assert {"[answers a question]", "[shouts]", "[exclaims twice]"} <= customers[1]
    assert "[speaks again]" in customers[2]


def test_unknown_words_keep_their_class() -> None:
    one, other = (told(("agent", f"That is {word}.")) for word in ("infuriating", "irritating"))
    assert '"? ?"' in one[0]
    assert {"ANGER"} == set(one[0]) - set(other[0]) - {w for w in one[0] if " " in w}
    assert {"FRUST"} == set(other[0]) - set(one[0]) - {w for w in other[0] if " " in w}


@pytest.mark.parametrize("text", ["see 42 https://x.y/z @dana_7", "see 7 https://other.example @bo"])
def test_numbers_links_and_handles_are_each_one_word(text: str) -> None:
    vocabulary = Vocabulary((*SPECIAL, "0", "@", "http", "see"))
    (found,) = told(("agent", text), vocabulary=vocabulary)
    assert {'"see 0 http"', '"0 http @"', '"http @ $"'} <= set(found)


def test_ids_do_not_run_into_each_other() -> None:
    assert len(CLASSES) < 1 << 9
    assert len(MARKS) <= 63
    assert len(set(MARKS)) == len(MARKS)
    words = (*SPECIAL, *(f"w{n}" for n in range(50_000)))
    last = len(words) - 1
    assert (
        describe((TRIPLE << KIND) | (last << 2 * WIDE) | (3 << WIDE) | last, words) == f'"{words[-1]} w0 {words[-1]}"'
    )
    assert (TRIPLE << KIND) | ((1 << 3 * WIDE) - 1) < (TRIPLE + 1) << KIND


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ((WORD << KIND) | 5, '"sorry"'),
        ((PAIR << KIND) | (5 << WIDE) | 7, '"sorry you"'),
        ((TRIPLE << KIND) | (1 << 2 * WIDE) | (5 << WIDE) | 2, '"^ sorry $"'),
        ((CLASS << KIND) | CLASSES.index("SORRY"), "SORRY"),
        ((CLASS_PAIR << KIND) | (CLASSES.index("SORRY") << 9) | len(CLASSES), "SORRY ECHO"),
        ((MARK << KIND) | MARKS.index("asks"), "[asks]"),
        ((OPENER << KIND) | 3, 'opens "how"'),
        (rule_feature(1), "rule ~two"),
    ],
)
def test_a_feature_in_words(feature: int, words: str) -> None:
    assert describe(feature, WORDS, ("one", "~two")) == words


def test_a_rules_feature_is_its_own_kind() -> None:
    assert rule_feature(7) >> KIND == RULE


ANY_TURN = st.tuples(
    st.sampled_from(["agent", "customer"]), st.one_of(st.text(max_size=40), st.text("aı'?!.I 0@#£😡\n", max_size=20))
)


@given(st.lists(ANY_TURN, max_size=6))
def test_any_conversation_has_features_for_each_of_its_segments(turns: list[tuple[Role, str]]) -> None:
    parts: list[SegmentedTurn | None] = [segmented(*turn) for turn in turns]
    for role, stream in streams_of(parts, VOCABULARY).items():
        expected = [n for n, part in enumerate(parts) if part and part.role == role for _ in part.segments]
        assert stream.turns == expected
        if not stream.turns:
            continue
        segments, keys = keys_of(features_of(stream))
        assert set(segments.tolist()) == set(range(len(expected)))
        assert all(describe(key, WORDS) for key in keys.tolist())


def test_turns_that_nobody_speaks_leave_no_trace() -> None:
    spoken = [segmented("customer", "it is lost"), segmented("agent", "Lost?")]
    apart: list[SegmentedTurn | None] = [spoken[0], None, spoken[1]]
    assert streams_of(apart, VOCABULARY)["agent"].codes == streams_of(spoken, VOCABULARY)["agent"].codes
