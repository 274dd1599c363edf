from __future__ import annotations

import pytest
from empathy_audit.language.readability import reading_ease, syllables


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("", 1), ("x", 1), ("the", 1), ("cat", 1), ("make", 1), ("makes", 1), ("table", 2), ("boxes", 2), ("wanted", 2),
        ("asked", 1), ("loved", 1), ("refund", 2), ("delivery", 4), ("apologize", 4), ("inconvenience", 5), ("creation", 3),
        ("being", 2), ("don't", 1), ("customer", 3), ("YES", 1), ("courier", 3), ("little", 2), ("please", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, expected: int) -> None:
    assert syllables(word) == expected


def test_no_words_have_no_figure() -> None:
    assert reading_ease([]) is None
    assert reading_ease([[], []]) is None


def test_the_figure_is_fleschs() -> None:
    # 206.835 - 1.015 * 3 - 84.6 * 1 by hand; empty sentences count for nothing.
    assert reading_ease([["the", "cat", "sat"], []]) == pytest.approx(119.19)
    assert reading_ease([["inconvenience"]]) == pytest.approx(206.835 - 1.015 - 84.6 * 5)
