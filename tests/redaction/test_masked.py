"""Offsets of an original lead to the same words in the masked text."""

from __future__ import annotations

from empathy_audit.redaction.masked import Masked
from empathy_audit.redaction.spans import Span
from hypothesis import given
from hypothesis import strategies as st


def test_offsets_move_with_the_text() -> None:
    masked = Masked.of("I am Jo Fox, upset", [Span(5, 11, "NAME")], ["[NAME-1]"])
    assert masked.text == "I am [NAME-1], upset"
    assert [masked.text[slice(*masked.range(a, b))] for a, b in ((0, 4), (13, 18), (0, 18))] == [
        "I am",
        " upset"[1:],
        "I am [NAME-1], upset",
    ]


def test_evidence_that_touches_a_stand_in_covers_it_whole() -> None:
    masked = Masked.of("I am Jo Fox, upset", [Span(5, 11, "NAME")], ["[NAME-1]"])
    assert masked.text[slice(*masked.range(8, 18))] == "[NAME-1], upset"
    assert masked.text[slice(*masked.range(0, 7))] == "I am [NAME-1]"


def test_evidence_that_ends_where_a_stand_in_begins_does_not_cover_it() -> None:
    masked = Masked.of("I am Jo Fox, upset", [Span(5, 11, "NAME")], ["[NAME-1]"])
    assert masked.text[slice(*masked.range(0, 5))] == "I am "
    assert masked.text[slice(*masked.range(11, 18))] == ", upset"


@st.composite
def maskings(draw: st.DrawFn) -> tuple[str, list[Span], list[str]]:
    pieces = draw(st.lists(st.tuples(st.text(max_size=5), st.text(min_size=1, max_size=5)), max_size=5))
    text, spans = "", []
    for plain, gone in pieces:
        spans.append(Span(len(text) + len(plain), len(text) + len(plain) + len(gone), "NAME"))
        text += plain + gone
    text += draw(st.text(max_size=5))
    return text, spans, [f"[NAME-{at}]" for at in range(len(spans))]


@given(maskings(), st.data())
def test_words_outside_the_spans_stay_under_their_offsets(
    masking: tuple[str, list[Span], list[str]], data: st.DataObject
) -> None:
    text, spans, stand_ins = masking
    masked = Masked.of(text, spans, stand_ins)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new_start, new_end = masked.range(start, end)
    assert 0 <= new_start <= new_end <= len(masked.text)
    if not any(span.start < end and start < span.end for span in spans):
        assert masked.text[new_start:new_end] == text[start:end] or start == end
