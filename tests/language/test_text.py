"""Folding and segments: where a turn divides into parts that do one thing each, with offsets that hold."""

from __future__ import annotations

import time

import pytest
from empathy_audit.language.text import WORD, count_words, fold, segments, words_of
from hypothesis import example, given
from hypothesis import strategies as st

# Words that the divider looks at, signs, and anything else: plain random text would never reach the clauses.
WORDS = (
    "i'm sorry", "can you", "what happened", "thank you", "so you", "please", "but we", "however", "e.g.", "Dr.", "3.5",
    "tell me", "the parcel", "…", "!!", ", ", " - ", "\n", "\r\n", "?", ".", "\u00a0", "İ", "ß", "“", "👍", "that must be", "",
)  # fmt: skip
TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=16).map(" ".join),
)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in segments(fold(text))]


@given(TEXT)
@example("İİİ")
@example("ŉ ǰ ΐ ﬁ ẞ")
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("I’m “SO” Tired…", 'i\'m "so" tired.'),
        ("It`s\u00a0fine", "it's fine"),
        ("Straße", "straße"),
        ("İ am", "İ am"),
        ("plain", "plain"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXT)
@example("")
@example(" \n\t ")
@example("!!!")
@example("so you " * 30)
def test_segments_stand_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    folded = fold(text)
    spans = segments(folded)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert not folded[start].isspace()
        assert not folded[end - 1].isspace()
        last = end


@given(TEXT)
def test_no_letter_or_digit_is_left_out_of_the_segments(text: str) -> None:
    folded = fold(text)
    inside = {n for start, end in segments(folded) for n in range(start, end)}
    assert {n for n, char in enumerate(folded) if char.isalnum()} <= inside


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("Hello.", ["Hello."]),
        ("I see. What happened?", ["I see.", "What happened?"]),
        ("It cost 3.50 on Mon. 4th, e.g. in town.", ["It cost 3.50 on Mon.", "4th, e.g. in town."]),
        ("Dr. Smith called.", ["Dr. Smith called."]),
        ("one\ntwo", ["one", "two"]),
        ("Late again!!! 👍", ["Late again!!! 👍"]),
        ("I understand that this is hard, but you can call them.", ["I understand that this is hard", "but you can call them."]),
        ("I have sent it to you today, can you check it?", ["I have sent it to you today", "can you check it?"]),
        ("Can I have your order number, please?", ["Can I have your order number, please?"]),
        ("ok", ["ok"]),
    ],
)  # fmt: skip
def test_signs_divide(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "i'm sorry about the wait that must be frustrating can i take your postcode",
            ["i'm sorry about the wait", "that must be frustrating", "can i take your postcode"],
        ),
        (
            "the parcel left the depot on monday thank you for the number what happened after that",
            ["the parcel left the depot on monday", "thank you for the number", "what happened after that"],
        ),
        # A courtesy at the end belongs to what it is said to.
        ("i have your account here can i take your postcode please", ["i have your account here", "can i take your postcode please"]),
        # The words before take the clause along.
        ("could you tell me what happened when you opened the box", ["could you tell me what happened when you opened the box"]),
        ("so i want to know how you would like us to go on with it", ["so i want to know how you would like us to go on with it"]),
    ],
)  # fmt: skip
def test_speech_without_signs_divides_where_something_new_opens(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(("text", "count"), [("", 0), ("  ", 0), ("one", 1), ("it's  two\nlines", 3), ("a - b", 3)])
def test_words_are_runs_between_white_space(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    "stretch", ["what do you know can you ", "so you ", "i'm sorry that you ", "a, but ", "word ", "... "]
)
def test_time_grows_with_the_text_and_not_with_its_square(stretch: str) -> None:
    """A turn may have a million characters and not one sign; this many take a fraction of a second when all is well."""
    folded = stretch * (60_000 // len(stretch))
    begun = time.process_time()
    segments(folded)
    assert time.process_time() - begun < 3


@given(st.one_of(TEXT, st.text("aB1'_ \t\x1c-.’é\x00\x7f", max_size=12)))
@example("it's the 'late' one, rock''n'roll")
def test_words_are_those_of_the_pattern(text: str) -> None:
    assert words_of(text) == WORD.findall(fold(text))
