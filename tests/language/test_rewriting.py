from __future__ import annotations

import pytest
from empathy_audit.language.rewriting import Rewriter, Rewritten
from empathy_audit.model.macro_rules import Rewrite

REWRITER = Rewriter((Rewrite(r"should you (have|need)", r"if you \1"), Rewrite("kindly", "please")))


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("", 0, 0, None),
        ("nothing here", 0, 12, None),
        ("kindly wait", 7, 11, None),  # the words stand elsewhere
        ("ä Should you need it", 2, 5, Rewritten(2, 17, "if you need")),
        ("kindly, kindly", 8, 14, Rewritten(8, 14, "please")),
        ("\ud83d kindly", 2, 8, Rewritten(2, 8, "please")),
    ],
)
def test_the_match_that_meets_the_place(text: str, start: int, end: int, expected: Rewritten | None) -> None:
    assert REWRITER.meeting(text, start, end) == expected
