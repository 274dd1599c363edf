"""Files in which something is wrong: each mistake is told at its place, and what can be read is read."""

from __future__ import annotations

import json

import pytest
from empathy_audit.errors import TranscriptError
from empathy_audit.macros import MACRO_READERS
from empathy_audit.model.macro import Macro
from empathy_audit.readers import Broken, Limits, UnknownFormat, Unrecognised
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.macros.build import failures, ids, outcomes, reading


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("", "a.yaml", "the file is empty"),
        (" \n ", "a.txt", "the file is empty"),
        (b"\x00\x01\x02\x03" * 50, "a.yaml", "binary"),
        (b"PK\x03\x04\x00\x00" + b"\x00" * 40, "a.csv", "a zip archive"),
        ("key: value\n", "a.yaml", "no reader of macros knows this content"),
        ('{"turns": []}', "a.json", "no reader of macros knows this content"),
        ("speaker,text\na,b\n", "a.csv", "no reader of macros knows this content"),
        ("click>=8", "requirements.txt", "no reader of macros knows this content"),
        ("About these replies.", "README.md", "no reader of macros knows this content"),
    ],
)
def test_what_no_reader_takes(content: str | bytes, name: str, said: str) -> None:
    with pytest.raises(Unrecognised) as error:
        reading(content, name)
    assert said in error.value.message
    assert "; expected " in error.value.message
    assert error.value.place == name


def test_json_that_ends_too_early_is_told_at_its_place() -> None:
    with pytest.raises(Broken) as error:
        reading('{"macros": [\n  {"id": "a", "text": "Hi"', "a.json")
    assert error.value.place == "a.json:2:27"


def test_a_file_over_the_limit() -> None:
    with pytest.raises(TranscriptError, match="larger than 10 bytes"):
        reading("Hello there, this is long.", "a.txt", limits=Limits(file_bytes=10))


def test_a_nul_in_the_midst() -> None:
    with pytest.raises(TranscriptError, match="NUL"):
        reading("a" * 70_000 + "\n\x00", "a.txt")


def test_an_unknown_format_is_told_with_the_near_one() -> None:
    with pytest.raises(UnknownFormat, match="did you mean zendesk"):
        reading("Hello", "a.txt", format="zendesc")


YAML = {
    "macros:\n  - id: a\n   text: x\n": "a.yaml:3:4",
    "macros:\n  - id: a\n    text: 'open\n": "a.yaml:3:11",
    "macros:\n  - id: a\n    text: *nothing\n": "a.yaml:3:11",
    "macros:\n\t- id: a\n": "a.yaml:2:1",
    "macros: word\n": "a.yaml:1:9",
}


@pytest.mark.parametrize("content", sorted(YAML))
def test_yaml_that_cannot_be_read_is_one_failure_with_its_place(content: str) -> None:
    ((source, kind, message),) = failures(content)
    assert (source, kind) == (YAML[content], "malformed")
    assert "; expected " in message or "; check " in message


@pytest.mark.parametrize("indent", ["", "  "])
def test_yaml_is_read_around_a_macro_that_is_none(indent: str) -> None:
    content = """macros:
# the first
- id: a
  text: Hello
- id: b
  text: 'never closed
- id: c
  text: Bye
- id: d
   text: x
- id: e
  text: *nothing
  tags:
  - x
- id: f
  text: Last
"""
    indented = "".join(line if line == "macros:\n" else indent + line for line in content.splitlines(keepends=True))
    found = outcomes(indented)
    assert ids(indented) == ["a", "c", "f"]
    assert [source.split(":")[1] for source, _, _ in failures(indented)] == ["6", "10", "12"]
    last = found[-1]
    assert isinstance(last, Macro)
    assert last.place(0) == (16, 9 + len(indent))


def test_yaml_without_macros_around_it_is_read_around_a_mistake() -> None:
    content = "- id: a\n  text: Hi\n- id: b\n  text: [\n- id: c\n  text: Ho\n"
    for indented in (content, content.replace("- ", "  - ").replace("  text", "    text")):
        assert ids(indented) == ["a", "c"]
        assert len(failures(indented)) == 1


def test_a_domain_is_read_around_a_mistake_in_its_responses_alone() -> None:
    content = "intents:\n- greet\nresponses:\n  utter_a:\n  - text: Hi\n  utter_b:\n  - text: *no\n  utter_c:\n  - text: Ho\nslots: {}\n"
    assert ids(content, "domain.yml") == ["utter_a", "utter_c"]
    assert [source for source, _, _ in failures(content, "domain.yml")] == ["domain.yml:7:11"]
    assert ids(content.replace("- greet", "- [greet"), "domain.yml") == []


def test_a_mistake_in_one_macro_leaves_the_others() -> None:
    content = """macros:
  - id: a
    text: Hello
  - id: b
  - just words
  - id: a
    text: Again
  - id: c
    text: [no, text]
  - id: d
    txet: Hello
    text: !custom Hi
    text: Twice
  - {id: e, situation: 3, text: Five}
  - id: f
    text: "  "
  - id: g
    text: Last
"""
    assert ids(content) == ["a", "d", "e", "g"]
    assert [(source, message.split(";")[0]) for source, _, message in failures(content)] == [
        ("a.yaml:12:11", "the YAML tag '!custom'"),
        ("a.yaml:13:5", "the key 'text' stands here again, first in line 12"),
        ("a.yaml:4:5", "a macro without text"),
        ("a.yaml:5:5", "#/macros/2 is no macro"),
        ("a.yaml:6:5", 'the id "a" has been used before in this file'),
        ("a.yaml:8:5", "a text that is no text"),
        ("a.yaml:10:5", 'unknown key "txet"'),
        ("a.yaml:14:5", "a situation that is no text"),
        ("a.yaml:15:5", "a macro without text"),
    ]


def test_what_is_no_macro_in_json_is_told_where_the_list_is() -> None:
    ((source, _, message),) = failures('\n{"macros": [7, {"id": 1, "text": "Hi"}]}', "a.json")
    assert (source, message.split(";")[0]) == ("a.json:2:1", "#/macros/0 is no macro")


def test_a_mistake_in_json_leaves_what_stands_before_it() -> None:
    content = '[{"id": "a", "title": "A", "text": "Hello"},\n {"id": "b", "title": "B", "text": "Hi", "text": "Ho"},\n {"id": ]'
    assert ids(content, "a.json") == ["a", "b"]
    assert [(source, kind) for source, kind, _ in failures(content, "a.json")] == [
        ("a.json:2:2", "malformed"),
        ("a.json:3:9", "malformed"),
    ]


def test_a_broken_line_of_json_lines_leaves_the_others() -> None:
    lines = [json.dumps({"id": n, "title": "T", "text": f"Hello {n}"}) for n in range(3)]
    lines[1] = lines[1][:-5]
    assert ids("\n".join(lines), "a.jsonl") == ["0", "2"]
    assert [source for source, _, _ in failures("\n".join(lines), "a.jsonl")] == ["a.jsonl:2:38"]


def test_a_text_over_the_limit_leaves_the_others() -> None:
    content = f"macros:\n- id: a\n  text: {'x' * 200}\n- id: b\n  text: Hi\n"
    assert ids(content, limits=Limits(turn_characters=100)) == ["b"]
    assert failures(content, limits=Limits(turn_characters=100))[0][:2] == ("a.yaml:3:9", "too-large")


def test_too_many_macros_are_told() -> None:
    content = "macros:\n" + "".join(f"- id: m{n}\n  text: Hi\n" for n in range(30))
    assert len(ids(content, limits=Limits(turns=20))) == 20
    assert failures(content, limits=Limits(turns=20))[0][1] == "too-large"


def test_a_table_with_an_open_quotation_mark() -> None:
    content = 'id,title,text\n1,A,Hello\n2,B,"never closed\n3,C,Hi\n'
    assert ids(content, "a.csv") == ["1"]
    assert failures(content, "a.csv")[0][0] == "a.csv:3"


def test_a_row_that_is_too_short() -> None:
    content = "id,title,text\n1,A,Hello\n2,B\n3,C,Hi\n"
    assert ids(content, "a.csv") == ["1", "3"]
    assert failures(content, "a.csv")[0][0] == "a.csv:3:1"


def test_front_matter_that_is_no_yaml_leaves_the_text() -> None:
    content = "---\nid: [a\ntitle: b\n---\nHello there\n"
    assert ids(content, "late.md") == ["late"]
    assert failures(content, "late.md")[0][0].startswith("late.md:3")


def test_front_matter_without_a_text() -> None:
    assert failures("---\nid: a\n---\n\n", "late.md")[0][2].startswith("a macro without text")


def test_a_fence_that_is_never_closed() -> None:
    content = "# A\n```\nHello\n```\n# B\n```\nHi there\n"
    assert len(ids(content, "a.md")) == 1
    assert failures(content, "a.md")[0][0] == "a.md:6:1"


def test_aliases_that_explode_are_bounded() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for last, this in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{this}: &{this} [{', '.join([f'*{last}'] * 10)}]\n"
    ((_, _, message),) = failures(bomb + "macros:\n- id: x\n  text: *i\n")
    assert "once aliases are followed" in message


def test_a_long_text_by_many_aliases_is_bounded() -> None:
    content = f"macros:\n- id: a\n  text: &long {'very ' * 2_000}\n" + "".join(
        f"- id: m{n}\n  text: *long\n" for n in range(2_000)
    )
    assert len(ids(content)) < 120
    assert failures(content)[-1][1] == "too-large"


@pytest.mark.parametrize("deep", ["[" * 50_000, '{"a":' * 50_000, "[" * 50_000 + "]" * 50_000])
def test_deep_json_is_refused(deep: str) -> None:
    with pytest.raises(Unrecognised):
        reading(deep, "a.json")


@pytest.mark.parametrize(
    "deep", ["macros:\n" + "- " * 5_000 + "x", "macros: " + "[" * 5_000, "macros: " + "{a: " * 500]
)
def test_deep_yaml_is_a_failure(deep: str) -> None:
    ((_, kind, message),) = failures(deep)
    assert kind == "malformed"
    assert "nested deeper" in message


def test_a_tag_builds_nothing() -> None:
    content = "macros:\n- id: a\n  text: !!python/object/apply:os.system ['false']\n"
    assert ids(content) == []
    assert {kind for _, kind, _ in failures(content)} == {"malformed"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "macros",
                    "id",
                    "title",
                    "text",
                    "name",
                    "body",
                    "body_text",
                    "type",
                    "content",
                    "content_html",
                    "short_code",
                    "actions",
                    "field",
                    "value",
                    "arguments",
                    "responses",
                    "utter_a",
                    "message",
                    "options",
                    "tags",
                    "data",
                    "payload",
                    "channel",
                    "situation",
                    "chatText",
                    "_embedded",
                    "result",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(ANYTHING, st.sampled_from(sorted(reader.name for reader in MACRO_READERS)))
def test_any_value_under_any_reader_ends_in_macros_and_failures(value: object, format_: str) -> None:
    outcomes(json.dumps(value) + " ", "a.json", format=format_)


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=120), st.sampled_from(sorted(reader.name for reader in MACRO_READERS)))
def test_any_text_under_any_reader_ends_in_macros_and_failures(text: str, format_: str) -> None:
    for prefix in (
        "",
        "macros:\n- text: ",
        "---\nid: a\n---\n",
        "title,text\n",
        "# A\n```\n",
        "responses:\n  utter_a:\n  - text: ",
    ):
        try:
            outcomes("x" + text if not prefix else prefix + text, "a.md", format=format_)
        except Unrecognised as error:
            assert "binary" in error.message  # noqa: PT017 - a text of control characters is none
        except TranscriptError as error:
            assert "NUL" in error.message  # noqa: PT017 - as above
