"""Spans that overlap become one; stand-ins are opaque to every rule."""

from __future__ import annotations

from itertools import pairwise

import pytest
from empathy_audit.redaction.conversation import patterns
from empathy_audit.redaction.names import names
from empathy_audit.redaction.spans import FILLER, KINDS, Span, filled, merged, opaque
from hypothesis import given
from hypothesis import strategies as st


def test_overlapping_spans_become_one_named_by_the_longest() -> None:
    spans = [Span(8, 12, "NUMBER"), Span(0, 5, "NAME"), Span(4, 10, "EMAIL"), Span(3, 3, "CARD"), Span(12, 14, "IP")]
    assert merged(spans) == [Span(0, 12, "EMAIL"), Span(12, 14, "IP")]


def test_of_two_readings_of_the_same_words_the_first_kind_names_them() -> None:
    assert merged([Span(0, 5, "NUMBER"), Span(0, 5, "CARD")]) == [Span(0, 5, "CARD")]


def test_a_stand_in_is_filled_in_and_keeps_its_width() -> None:
    assert opaque("I am [NAME-1].") == f"I am {FILLER * 8}."
    assert opaque("[PERSON-1] [NAME-x]") == "[PERSON-1] [NAME-x]"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found_in_a_stand_in_or_right_beside_it(kind: str) -> None:
    text = opaque(f"Dear [{kind}-12], my name is [{kind}-3]4 1111")
    assert [*patterns(text), *names(text)] == []


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(KINDS))))
def test_merged_spans_are_in_order_apart_and_cover_the_same(triples: list[tuple[int, int, str]]) -> None:
    spans = [Span(*triple) for triple in triples]
    out = merged(spans)
    assert all(a.end <= b.start for a, b in pairwise(out))
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert {i for s in out for i in range(s.start, s.end)} == covered
    assert [i for i, c in enumerate(filled("x" * 20, out)) if c == FILLER] == sorted(covered)
