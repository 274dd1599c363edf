"""Linted files as JSON values: everything comes back, whatever is in it."""

from __future__ import annotations

import json

import pytest
from empathy_audit.batch.lint.values import from_values, to_values
from empathy_audit.model.audit import SEVERITIES, Failure
from empathy_audit.model.lint import Allowed, Edit, LintedFile, LintedMacro, LintFinding, Span
from empathy_audit.model.macro import Situation
from hypothesis import given
from hypothesis import strategies as st

texts = st.text(st.characters(), max_size=20)  # lone surrogates too
numbers = st.integers(1, 10**6)
spans = st.builds(Span, numbers, numbers, numbers, numbers)
files = st.builds(
    LintedFile,
    name=texts,
    format=texts,
    macros=st.lists(
        st.builds(
            LintedMacro,
            id=texts,
            title=texts,
            line=numbers,
            end_line=numbers,
            situation=st.none() | st.builds(Situation, texts, st.floats(0, 1), texts),
            unjudged=st.sampled_from([None, "no-words", "language"]),
        ),
        max_size=3,
    ).map(tuple),
    findings=st.lists(
        st.builds(
            LintFinding,
            code=texts,
            severity=st.sampled_from(SEVERITIES),
            confidence=st.floats(0, 1),
            macro=texts,
            message=texts,
            suggestion=texts,
            span=spans,
            fingerprint=texts,
            edit=st.none() | st.builds(Edit, spans, texts, texts, st.booleans()),
        ),
        max_size=3,
    ).map(tuple),
    failures=st.lists(st.builds(Failure, texts, texts, texts), max_size=3).map(tuple),
    allowed=st.lists(st.builds(Allowed, texts, texts, numbers), max_size=3).map(tuple),
    left_out=st.dictionaries(texts, numbers, max_size=3),
)


@pytest.mark.parametrize("values", [{}, {"name": "a"}, None, [], "file", {"name": "a", "format": "b", "macros": 3}])
def test_anything_else_is_refused(values: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_values(values)  # type: ignore[arg-type]


@given(files)
def test_a_file_comes_back_from_json(file: LintedFile) -> None:
    assert from_values(json.loads(json.dumps(to_values(file)))) == file
