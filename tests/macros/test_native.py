"""The project's own macros: YAML, JSON, and Markdown with fields above it. Broken ones are in test_broken.py."""

from __future__ import annotations

import json

import pytest
from empathy_audit.readers.base import Unrecognised

from tests.macros.build import macros, one, reading, texts

YAML = """# Replies of the night shift
macros:
  - id: refund-declined
    title: Refund declined
    situation: refund-declined
    emotion: angry
    channel: email
    language: en
    tags: [refund, policy, 2024]
    text: |
      Hi {{customer.first_name}},

      I know this is not what you hoped for.
  - title: Order late
    text: "Sorry about {{order.number}}."
  - title: Order late
    text: Sorry.
"""


def test_every_field_of_the_own_format() -> None:
    first, second, third = macros(YAML)
    assert (first.id, first.title, first.situation, first.emotion) == (
        "refund-declined", "Refund declined", "refund-declined", "angry",
    )  # fmt: skip
    assert (first.channel, first.language, first.tags) == ("email", "en", ("refund", "policy", "2024"))
    assert (first.source, first.pointer, first.format) == ("a.yaml", "#/macros/0/text", "macros")
    assert texts(first) == ["Hi Alex,\n\nI know this is not what you hoped for."]
    assert first.place(first.original.index("know")) == (13, 9)
    assert [second.id, third.id] == ["Order late", "Order late#2"]
    assert second.place(second.original.index("{{")) == (15, 24)


def test_values_are_plain() -> None:
    macro = macros(YAML)[0]
    assert {type(value) for value in (macro.id, macro.title, macro.original, macro.situation, *macro.tags)} == {str}


def test_json_lines_and_lists_and_objects() -> None:
    entries = [{"id": n, "title": "T", "text": f"Hello {n}", "tags": "a, b"} for n in (1, 2)]
    whole, listed, lines = (
        json.dumps({"macros": entries}, indent=2), json.dumps(entries), "\n".join(map(json.dumps, entries))
    )  # fmt: skip
    for content, name in ((whole, "a.json"), (listed, "a.json"), (lines, "a.jsonl")):
        assert [(m.id, m.original, m.tags) for m in macros(content, name)] == [
            ("1", "Hello 1", ("a", "b")),
            ("2", "Hello 2", ("a", "b")),
        ]
    assert macros(lines, "a.jsonl")[1].place(0) == (2, 34)


def test_a_yaml_list_without_macros_around_it() -> None:
    assert [m.id for m in macros("- id: a\n  text: Hi\n- id: b\n  text: Ho\n")] == ["a", "b"]


def test_fields_of_others_are_counted() -> None:
    found = reading("macros:\n- id: a\n  text: Hi\n  owner: Dana\n")
    assert len(list(found)) == 1
    assert found.left_out == {"fields that say nothing to this tool": 1}


def test_windows_line_ends() -> None:
    first = macros(YAML.replace("\n", "\r\n"))[0]
    assert first.place(first.original.index("know")) == (13, 9)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_a_text_is_the_same_whatever_ends_its_lines(ends: str) -> None:
    macro = one(f"Hi there,{ends}{ends}we are sorry.", "a.txt")
    assert macro.original == "Hi there,\n\nwe are sorry."
    assert macro.place(macro.original.index("sorry")) == (3, 8)


def test_fields_above_a_text() -> None:
    content = "---\ntitle: Order late\nsituation: order-delayed\ntags: [late]\n---\n\n  Hi {{name}},\nwe are sorry.\n---\nBye\n"
    macro = one(content, "canned/order-late.md")
    assert (macro.id, macro.title, macro.situation, macro.tags) == (
        "order-late",
        "Order late",
        "order-delayed",
        ("late",),
    )
    assert texts(macro) == ["Hi Alex,\nwe are sorry.\n---\nBye"]
    assert (macro.place(0), macro.format, macro.pointer) == ((7, 3), "front-matter", "")


def test_a_file_that_is_a_macro() -> None:
    macro = one("\n\nHi {{name}}, {% if a %}sorry{% endif %}.\n", "late_order.txt")
    assert (macro.id, macro.title, macro.place(0), macro.format) == ("late_order", "late order", (3, 1), "text")
    assert texts(macro) == ["Hi Alex, sorry.", "Hi Alex, ."]


def test_a_heading_on_top_of_markdown_is_the_title() -> None:
    macro = one("# Order *late*\n\nWe are sorry.\n", "a.md")
    assert (macro.title, macro.original, macro.place(0)) == ("Order *late*", "We are sorry.", (3, 1))


def test_a_page_of_html() -> None:
    macro = one("<html><body>\n<p>We are <b>sorry</b>.</p></body></html>", "a.html")
    assert (macro.original, macro.place(7)) == ("We are sorry.", (2, 14))


def test_a_text_that_begins_with_a_placeholder_is_no_json() -> None:
    for content in ("{{name}}, hello", "[NAME], hello", "{%customer.firstName%}, hello", "{name}, hello"):
        assert texts(one(content, "a.txt")) == ["Alex, hello"]


def test_a_format_that_was_asked_for() -> None:
    assert one("title,text\nA,Hi there\n", "a.txt", format="text").original == "title,text\nA,Hi there"


def test_a_rubric_beside_the_macros_is_none() -> None:
    with pytest.raises(Unrecognised):
        reading("# ours\nrubric: ours\nversion: 1.0.0\nmacros:\n  checks:\n    - id: wall\n", "ours.yaml")
