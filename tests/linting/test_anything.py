"""Whatever a macro holds, it is judged, and every place lies in it."""

from __future__ import annotations

from empathy_audit.linting import Linter
from empathy_audit.rubric import load
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.linting.build import macro

LINTER = Linter(load("empathy"))
PIECES = st.sampled_from(
    [
        "Hi <<Alex>>,", "\n", " ", "<<?item>>", "<<", ">>", "We apologise for any inconvenience", "calm down", ". ", "KINDLY", "but",
        "Please do not\nhesitate to", "your refund request has been denied", "i̇", "😀", "\u2028", "\x00", "\ud83d", "’", "Dear valued customer",
        "I know how frustrating this is", "as per our policy", "have a great day!", "word " * 40, "reimbursement eligibility " * 20,
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, title=TEXTS, situation=st.none() | TEXTS, tags=st.lists(TEXTS, max_size=2))
def test_every_place_lies_in_the_macro(text: str, title: str, situation: str | None, tags: list[str]) -> None:
    judged = macro(text, title=title, situation=situation, tags=tuple(tags))
    result = LINTER.lint(judged)
    assert result == LINTER.lint(judged)
    assert [f.start for f in result.findings] == sorted(f.start for f in result.findings)
    assert len({f.fingerprint for f in result.findings}) == len(result.findings)
    for finding in result.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert 1 <= finding.line <= finding.end_line
        assert 0 <= finding.confidence <= 1
        if finding.fix is not None:
            assert 0 <= finding.fix.start < finding.fix.end <= len(text)
            assert "<<" not in text[finding.fix.start : finding.fix.end]
