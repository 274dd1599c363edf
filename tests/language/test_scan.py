"""Which expressions occur: a Set, a Filter and every expression by itself say the same."""

from __future__ import annotations

import pytest
import re2
from empathy_audit.language.patterns import expression
from empathy_audit.language.scan import Scan
from empathy_audit.model.rubric import Phrases, Regex
from hypothesis import given
from hypothesis import strategies as st

from tests.rubrics import DESK

SOURCES = (
    *(
        expression(pattern, DESK.words, case=False)
        for cue in DESK.cues
        for pattern in (*cue.any, *cue.unless)
        if isinstance(pattern, Phrases | Regex)
    ),
    *(r"\?", r"^(?:so|and)\b", r"!{2,}$", r"\bLate\b", r"\?", "", r"[😡👎]", r"\b(?:my \w+ )*is (?:late|lost)\b"),
)
OPTIONS = re2.Options()
OPTIONS.case_sensitive = False
FEW, MANY = Scan(SOURCES, case=False, few=len(SOURCES)), Scan(SOURCES, case=False, few=0)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["so", "furious", "my parcel", "is late", "is lost", "?", "!!", "👎", "waited 3 weeks", "thanks", "not", "\n"])
    ).map(" ".join),
)  # fmt: skip


@given(TEXTS)
def test_set_and_filter_name_the_expressions_that_occur(text: str) -> None:
    data = text.encode()
    alone = [n for n, source in enumerate(SOURCES) if re2.search(source, data, OPTIONS) is not None]
    assert FEW.occurring(data) == alone
    assert MANY.occurring(data) == alone


@given(TEXTS, st.integers(0, len(SOURCES) - 1))
def test_an_expression_is_found_at_one_place(text: str, number: int) -> None:
    places = [found and found.span() for found in (s.expression(number).search(text) for s in (FEW, MANY))]
    alone = re2.search(SOURCES[number], text, OPTIONS)
    assert places == [alone and alone.span()] * 2


def test_case_counts_where_it_is_asked_for() -> None:
    assert Scan(["LATE", "late"], case=True).occurring(b"so LATE") == [0]
    assert Scan(["LATE", "late"], case=False).occurring(b"so LATE") == [0, 1]


@pytest.mark.parametrize("few", [0, 40])
def test_what_is_no_expression_is_an_error(few: int) -> None:
    with pytest.raises(re2.error):
        Scan(["late", "(late"], case=False, few=few)


WIDE = [rf"\b(?:\w{{2,{4 + n}}} )*x\b" for n in range(5)]


def test_what_is_too_much_for_one_set_is_filtered() -> None:
    with pytest.raises(re2.error):
        Scan([*WIDE, r"\w{900}"], case=False, memory=4_000)
    scan = Scan(WIDE, case=False, memory=4_000)
    assert scan.occurring(b"we are here x") == [0, 1, 2, 3, 4]


def test_a_set_out_of_memory_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    scan = Scan(["late", "lost"], case=False)
    monkeypatch.setattr(re2.Set, "Match", lambda *_: None)
    assert scan.occurring(b"it is lost") == [1]
    assert scan.occurring(b"it is here") == []
