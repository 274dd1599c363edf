"""However a text is written in its file, each word of it is found there."""

from __future__ import annotations

import csv
import io
import json
from typing import Literal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.macros.build import macros, one, texts

WORDS = st.sampled_from(
    [
        "I",
        "am",
        "sorry",
        "that",
        "it's",
        "late",
        "\n",
        "\n\n",
        " ",
        "  ",
        "é",
        "“",
        "😀",
        '"no"',
        "'",
        "\\",
        "\\n",
        "#",
        ":",
        "- a",
        "x: y",
        "\t",
        "\u00a0",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=25).map(lambda words: "Dear " + " ".join(words) + " end")


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.booleans(), st.sampled_from([None, 2]))
def test_json_strings(text: str, ascii_only: bool, indent: int | None) -> None:
    file = json.dumps(
        {"macros": [{"id": "b", "text": "Hello"}, {"id": "a", "text": text}]}, ensure_ascii=ascii_only, indent=indent
    )
    assert macros(file, "a.json")[1].original == text


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from([None, '"', "'", "|", ">"]), st.sampled_from([20, 80, 10_000]))
def test_yaml_scalars(text: str, style: str | None, width: int) -> None:
    file = yaml.safe_dump(
        {"macros": [{"id": "a", "text": text}]}, default_style=style, width=width, allow_unicode=width > 20
    )
    assert one(file).original == text


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_cells(text: str, title: str, delimiter: Literal[",", ";", "\t"], ends: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=ends)
    writer.writerows([["title", "text", "tags"], [title, text, "a"], ["2", "Hello there", ""]])
    read = macros(file.getvalue(), "a.csv")
    assert [macro.original for macro in read] == [text, "Hello there"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_literal_block_with_any_line_ends(ends: str) -> None:
    file = "macros:\n- id: a\n  text: |2 # indented\n     Hi {{name}},\n\n    we are sorry.\n".replace("\n", ends)
    macro = one(file)
    assert texts(macro) == ["Hi Alex,\n\nwe are sorry."]
    assert macro.place(macro.original.index("sorry")) == (6, 12)


def test_a_folded_block_with_a_longer_indented_line() -> None:
    macro = one("macros:\n- id: a\n  text: >-\n    We are\n    sorry.\n\n      * Really\n    so\n")
    assert macro.place(macro.original.index("Really")) == (7, 9)
    assert macro.place(macro.original.index("so", 20)) == (8, 5)


def test_an_escaped_line_end_is_no_part_of_the_text() -> None:
    macro = one('macros:\n- id: a\n  text: "We are\\\n     \\ very \\x21\n    \\u2019sorry"\n')
    assert macro.original == "We are very ! ’sorry"
    assert macro.place(macro.original.index("sorry")) == (5, 11)


def test_an_anchor_is_where_its_text_stands() -> None:
    file = "macros:\n- id: a\n  text: &bye 'Thanks, and goodbye.'\n- id: b\n  text: *bye\n"
    first, second = macros(file)
    assert first.place(0) == second.place(0) == (3, 15)


def test_a_byte_order_mark_takes_no_column() -> None:
    macro = one(b"\xef\xbb\xbfHi there", "a.txt")
    assert (macro.original, macro.place(3)) == ("Hi there", (1, 4))
