"""Quotes: short, on one line, with the evidence in them."""

from __future__ import annotations

from empathy_audit.reports.quoting import Excerpt, excerpt
from hypothesis import given
from hypothesis import strategies as st

LONG = "one two three four five six seven eight nine ten"


def test_a_short_text_stays_whole_and_white_space_shrinks():
    assert excerpt("  so \n\n sick\tof  this ", [(8, 12)]) == Excerpt("so sick of this", ((3, 7),))


def test_a_long_text_is_cut_around_the_evidence_between_words():
    start = LONG.index("five")
    assert excerpt(LONG, [(start, start + 4)], limit=24) == Excerpt("… four five six seven …", ((7, 11),))


def test_without_evidence_the_beginning_is_shown():
    assert excerpt(LONG, limit=12) == Excerpt("one two …")


def test_evidence_at_the_end_shows_the_end():
    assert excerpt(LONG, [(len(LONG) - 3, len(LONG))], limit=12) == Excerpt("… nine ten", ((7, 10),))


def test_a_text_without_spaces_is_cut_anywhere():
    assert excerpt("x" * 50, [(20, 22)], limit=10) == Excerpt("…xxxxxxxxxx…", ((5, 7),))


def test_hidden_characters_are_shown_and_the_evidence_still_fits():
    assert excerpt("a\x1bb c", [(1, 3)]) == Excerpt("a\\x1bb c", ((1, 6),))


def test_an_empty_text_is_an_empty_quote():
    assert excerpt("", [(0, 4)]) == Excerpt("")


@given(st.text("ab \n\x1b漢", max_size=80), st.data())
def test_the_marked_parts_lie_in_the_quote_and_it_is_never_much_longer_than_the_limit(text, data):
    spans = data.draw(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=3))
    limit = data.draw(st.integers(10, 60))
    words = excerpt(text, spans, limit)
    assert all(0 <= start < end <= len(words.text) for start, end in words.marked)
    assert len(words.text.replace("\\x1b", "\x1b")) <= limit + 4


@given(st.text("ab c", min_size=60, max_size=200), st.integers(0, 50))
def test_the_first_evidence_is_always_shown_and_marked(text, start):
    text = text[:start] + "XYZ" + text[start:]
    words = excerpt(text, [(start, start + 3)], limit=20)
    assert [words.text[a:b] for a, b in words.marked] == ["XYZ"]
