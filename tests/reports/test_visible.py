"""Whatever a transcript holds, what is printed is text."""

from __future__ import annotations

import unicodedata

import pytest
from empathy_audit.reports import visible
from hypothesis import given
from hypothesis import strategies as st

CASES = {
    "\x1b[31mred\x1b[0m": r"\x1b[31mred\x1b[0m",
    "a\nb\tc\rd": r"a\nb\tc\rd",
    "\x00\x07\x7f\x9b2J": r"\x00\x07\x7f\x9b2J",
    "\u202eevil\u202c \u2066x\u2069 \u200f": r"\u202eevil\u202c \u2066x\u2069 \u200f",
    "\u2028\u2029\ufeff\u200b\xad": r"\u2028\u2029\ufeff\u200b\xad",
    "\U000e0067": r"\U000e0067",
    "lone \ud800 surrogate": r"lone \ud800 surrogate",
    "[red]markup[/red] :smile:": "[red]markup[/red] :smile:",
    "naïve “quotes”, 漢字, שלום, 👩🏽‍💻 ❤️": "naïve “quotes”, 漢字, שלום, 👩🏽‍💻 ❤️",
}


@pytest.mark.parametrize("text", CASES, ids=lambda text: text.encode("unicode_escape").decode()[:20])
def test_controls_are_shown_and_text_is_left_alone(text):
    assert visible(text) == CASES[text]


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_that_controls_a_terminal_or_breaks_a_line_is_left(text):
    shown = visible(text)
    assert not {
        c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in "\u202a\u202e\u2066\u2069"
    }
    assert len(shown.splitlines()) <= 1
    shown.encode()
    assert visible(shown) == shown
