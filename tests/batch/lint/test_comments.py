"""Waivers written as comments: any comment sign of any format will do."""

from __future__ import annotations

import pytest
from empathy_audit.batch.lint.comments import allowed_in
from empathy_audit.model.lint import Allowed
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("empathy-audit: allow", []),
        ("empathy-audit: deny policy-wall because no", []),
        ("empathy-audit allow policy-wall because no colon", []),
        ("# empathy-audit: allow policy-wall", [("policy-wall", "", 1)]),
        ("# empathy-audit: allow policy-wall because", [("policy-wall", "", 1)]),
        ("# empathy-audit: allow policy-wall because   ", [("policy-wall", "", 1)]),
        ("# empathy-audit: allow policy-wall because legal wrote it", [("policy-wall", "legal wrote it", 1)]),
        ("#EMPATHY-AUDIT:ALLOW Policy-Wall BECAUSE x", [("policy-wall", "x", 1)]),
        ("# EMPATHY-AUDIT: ALLOW Policy-Wall BECAUSE x", [("policy-wall", "x", 1)]),
        ("a\n\n// empathy-audit: allow a, b ,c because x", [("a", "x", 3), ("b", "x", 3), ("c", "x", 3)]),
        ("<!-- empathy-audit: allow a because legal -->", [("a", "legal", 1)]),
        ("<!-- empathy-audit: allow a -->", [("a", "", 1)]),
        ("<!-- empathy-audit: allow a because -->", [("a", "", 1)]),
        ("{# empathy-audit: allow a because x #}", [("a", "x", 1)]),
        ("{{!-- empathy-audit: allow a because x --}} text", [("a", "x", 1)]),
        ("{% comment %} empathy-audit: allow a because x {% endcomment %}", [("a", "x {% endcomment", 1)]),
        ("/* empathy-audit: allow a because x */", [("a", "x", 1)]),
    ],
)
def test_what_is_read_of_a_comment(text: str, found: list[tuple[str, str, int]]) -> None:
    assert allowed_in(text) == tuple(Allowed(*each) for each in found)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_where_readers_say_they_do(end: str) -> None:
    text = f"a\u2028b\x0cc\x85d{end}{end}# empathy-audit: allow x because y{end}"
    assert allowed_in(text) == (Allowed("x", "y", 3),)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in allowed_in(f"{text}\n# empathy-audit: allow {text} because {text}"):
        assert found.code == found.code.strip() != ""
        assert found.reason == found.reason.strip()
