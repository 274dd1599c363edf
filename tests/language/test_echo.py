"""Echo: content words of the customer that come back, in a statement about the customer."""

from __future__ import annotations

import pytest
from empathy_audit.language.echo import STOP, content_stems, echoes, may_hold, speaks_of_customer, stem
from empathy_audit.language.text import WORD
from hypothesis import given
from hypothesis import strategies as st

WORDS_TO_ECHO = (
    "charged",
    "charges",
    "parcel's",
    "parcels",
    "the",
    "3rd",
    "worried",
    "rou-ter",
    "x" * 250,
    "bill,bike",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("charged", "charges"), ("parcel", "parcels"), ("cancelled", "cancelling"), ("worries", "worried"), ("router", "router's")],
)  # fmt: skip
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("parcel", "parent"), ("bill", "bike"), ("cash", "case")])
def test_different_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_content_words_are_those_that_carry_the_matter() -> None:
    text = "hello i was charged twice for the parcel in room 101, thanks"
    assert content_stems(text) == {stem("charged"), stem("twice"), stem("parcel"), stem("room")}


def test_echoes_are_the_first_places_of_wanted_stems_inside_the_bounds() -> None:
    text = "parcel. the parcels were late, late, and charged"
    wanted = content_stems("my parcel is late and i was charged and charged")
    spans = echoes(text, 8, len(text), wanted)
    assert [text[a:b] for a, b in spans] == ["parcels", "late", "charged"]
    assert echoes(text, 0, 6, wanted) == ((0, 6),)
    assert echoes(text, 0, len(text), ()) == ()


@given(st.text("abcdeinglys' ", max_size=60), st.text("abcdeinglys' ", max_size=60))
def test_echoes_slice_back_to_words_of_the_customer(customer: str, agent: str) -> None:
    wanted = content_stems(customer)
    found = [stem(agent[a:b]) for a, b in echoes(agent, 0, len(agent), wanted)]
    assert set(found) <= wanted
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "segment",
    [
        "you were charged twice",
        "so the parcel never came",
        "your parcel is three weeks late",
        "sounds like the refund got lost",
    ],
)
def test_statements_about_the_customer(segment: str) -> None:
    assert speaks_of_customer(segment)


@pytest.mark.parametrize(
    "segment",
    [
        "the parcel is late",  # about nobody
        "did you get the parcel",  # a question
        "you can call the depot about your parcel",  # an instruction
        "please check your parcel",
        "i'll check your parcel",  # a promise
        "thank you for your parcel number",  # a formula
        "if you send your parcel back",  # a condition
    ],
)
def test_no_statements_about_the_customer(segment: str) -> None:
    assert not speaks_of_customer(segment)


@given(st.lists(st.sampled_from(WORDS_TO_ECHO), max_size=12), st.lists(st.sampled_from(WORDS_TO_ECHO), max_size=12))
def test_what_is_echoed_may_be(said: list[str], answered: list[str]) -> None:
    wanted, text = content_stems(" ".join(said)), " ".join(answered)
    spans = echoes(text, 0, len(text), wanted)
    may = may_hold(text, wanted)
    assert {stem(text[a:b]) for a, b in spans} <= set(may) <= wanted
    assert echoes(text, 0, len(text), may) == spans


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS_TO_ECHO), max_size=8).map(" ".join)))
def test_content_stems_are_those_of_the_words_one_by_one(text: str) -> None:
    words = [w for w in WORD.findall(text) if len(w) > 2 and w not in STOP and not w[0].isdigit()]
    assert content_stems(text) == {stem(word) for word in words}
