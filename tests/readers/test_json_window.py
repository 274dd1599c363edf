"""Lists read through a window: whatever its size, the same values, lines and mistakes as from the whole text."""

from __future__ import annotations

import json

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.readers import Limits, Source, json_window
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import LENIENT, STRICT, first, records
from hypothesis import given
from hypothesis import strategies as st

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
HOSTILE = [
    '[{"a": 1} {"b": 2}]',
    "[1, 2, tru]",
    '[{"a": 1}, {"a": "x',
    '[{"a": 1}, {"a": "x\\',
    '["\\ud83d\\ude00", "\\ud83d"]',
    "[12345678, 9",
    "[1,\n 2,\n]",
    "[1] x",
    "[NaN]",
    '[{"a": 1, "a": 2}]',
    "[",
    "[ ]",
    '[{"a": \n"b"\r\n, c}]',
]


def document(text: str, **limits: int) -> Document:
    return Document(Source("a.json", data=text.encode()), Limits(**limits))


def everything(text: str, decoder: json.JSONDecoder = STRICT) -> list[tuple[object, ...] | str]:
    return [
        f"{r.source}: {r.message}" if isinstance(r, Failure) else (repr(r.value), r.place, r.line)
        for r in records(document(text), decoder)
    ]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_a_mistake_is_the_same_in_a_window_of_any_size(text: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = everything(text)
    monkeypatch.setattr(json_window, "PIECE", size)
    assert everything(text) == whole


def test_the_mistakes_themselves() -> None:
    assert everything(HOSTILE[0]) == [
        ("{'a': 1}", "#/0", 1),
        "a.json:1:11: not valid JSON: expecting ',' delimiter; expected a complete JSON value; export it again or mend "
        "it here",
    ]
    assert list(everything("[1,\n 2,\n]")) == [("1", "#/0", 1), ("2", "#/1", 2)]
    assert everything("[1] x")[1].startswith("a.json:1:5: not valid JSON: extra data")  # type: ignore[union-attr]
    assert everything('["\\ud83d\\ude00", "\\ud83d"]') == [("'😀'", "#/0", 1), ("'\ufffd'", "#/1", 1)]
    assert everything("[NaN]") == ["a.json:1: not valid JSON: NaN is not JSON; expected a number or null"]
    assert everything("[NaN]", LENIENT) == [("nan", "#/0", 1)]


@given(values=st.lists(VALUES, max_size=6), indent=st.sampled_from([None, 1]), size=st.integers(1, 40))
def test_values_and_lines_are_those_of_the_whole_text(values: list[object], indent: int | None, size: int) -> None:
    text = json.dumps(values, indent=indent)
    before, json_window.PIECE = json_window.PIECE, size
    try:
        found = list(records(document(text)))
        head = first(document(text))
    finally:
        json_window.PIECE = before
    assert [r.value for r in found if not isinstance(r, Failure)] == values
    assert head == (values[0] if values else None)


def test_an_element_over_the_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from empathy_audit.errors import TranscriptError

    monkeypatch.setattr(json_window, "PIECE", 10)
    rows = records(document('[{"a": 1},\n{"b": "' + "x" * 200 + '"}]', file_bytes=50))
    assert next(rows).place == "#/0"  # type: ignore[union-attr]
    with pytest.raises(TranscriptError) as caught:
        next(rows)
    assert str(caught.value) == "a.json:2: an element of more than 50 characters; split it"
