"""Line and column of a finding in the original, in the ways in which originals are written."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from empathy_audit.model.audit import Audit, Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.reports import Originals, View
from empathy_audit.reports.json_places import spans
from empathy_audit.reports.locations import Location, location_of_failure, locations
from hypothesis import given
from hypothesis import strategies as st

from tests.build import audit, batch, finding
from tests.reports.cases import broadband
from tests.reports.elsewhere import native_of, reaching


def at(text: str, where: Location) -> str:
    """The part of the text that the location marks."""
    lines = text.splitlines(keepends=True)
    assert where.line is not None
    if where.column is None or where.end_line is None or where.end_column is None:
        return lines[where.line - 1].rstrip("\r\n")
    begin = sum(map(len, lines[: where.line - 1])) + where.column - 1
    end = sum(map(len, lines[: where.end_line - 1])) + where.end_column - 1
    return text[begin:end]


def found(one: Audit, view: View) -> list[Location]:
    locate = locations(batch(one), view.originals)
    return [locate(one, each) for each in one.findings]


WORDS = ["I'm furious!!", "so sick of this", "You need to calm down", "Thank you so much"]


@pytest.mark.parametrize("how", [{}, {"indent": 2}, {"indent": "\t", "ensure_ascii": False}])
def test_a_json_pointer_leads_to_the_words(how):
    text = native_of(broadband(), **how)
    marked = [at(text, where) for where in found(broadband(), reaching(broadband_json=text))]
    assert marked == WORDS


def test_the_path_is_the_one_that_the_reader_has():
    assert {where.file for where in found(broadband(), reaching())} == {"repo/chats/broadband.json"}
    assert {where.file for where in found(broadband(), View())} == {"chats/broadband.json"}


def test_without_the_original_a_pointer_tells_the_file_alone():
    assert set(found(broadband(), View())) == {Location("chats/broadband.json")}


def placed(*lines: tuple[str, str], words: str, source: str = "chats/a.txt") -> Audit:
    """A conversation whose turns stand where they say, with a finding on `words` of the first."""
    said = [text for _, text in lines]
    one = audit(*(f"customer: {text}" for text in said), source=source, findings=[finding("x", 0, words={0: words})])
    turns = tuple(
        type(judged)(Turn("customer", judged.turn.text, source=(place,)))
        for judged, (place, _) in zip(one.turns, lines, strict=True)
    )
    transcript = type(one.transcript)(one.transcript.id, tuple(j.turn for j in turns), source)
    return type(one)(transcript, one.rubric, one.scores, turns, one.findings)


@pytest.mark.parametrize(
    ("text", "line", "said", "words", "place"),
    [
        ("Agent: hi\nCustomer: I am so upset.\n", 2, "I am so upset.", "so upset", (2, 16, 2, 24)),
        ("Agent: so upset?\r\nCustomer: so upset\r\n", 2, "so upset", "so upset", (2, 11, 2, 19)),
        ("Customer: I am so\n  upset.\n", 1, "I am so upset.", "so upset", (1, 16, 2, 8)),
        ('id,text\n1,"a ""very"" bad day"\n', 2, 'a "very" bad day', '"very" bad', (2, 6, 2, 18)),
        ("Customer: 👍🏽 so upset\n", 1, "👍🏽 so upset", "so upset", (1, 14, 1, 22)),
        ("Customer: something else\n", 1, "so upset", "so upset", (1, None, None, None)),
        ("", 1, "so upset", "so upset", (1, None, None, None)),
    ],
    ids=["text", "dos lines", "wrapped", "table", "emoji", "changed", "emptied"],
)
def test_a_line_leads_to_the_words(text, line, said, words, place):
    (where,) = found(placed((f":{line}", said), words=words), reaching(a_txt=text))
    assert (where.line, where.column, where.end_line, where.end_column) == place


def test_a_line_that_the_file_no_longer_has_is_no_place():
    (where,) = found(placed((":9", "so upset"), words="so upset"), reaching(a_txt="short\n"))
    assert where == Location("repo/chats/a.txt")


def test_a_turn_in_a_line_of_json_lines_is_found_in_that_line():
    lines = [json.dumps({"turns": [{"text": "fine"}, {"text": f"so upset {n}"}]}) for n in range(3)]
    text = "\n".join(lines)
    (where,) = found(
        placed(("#/turns/1", "so upset 1"), words="so upset 1", source="chats/a.jsonl:2"), reaching(a_jsonl=text)
    )
    assert where.line == 2
    assert at(text, where) == "so upset 1"


def test_several_conversations_of_one_file_read_it_once():
    asked: list[str] = []

    def text(file: str) -> str:
        asked.append(file)
        return native_of(broadband())

    locate = locations(batch(broadband()), Originals(text=text))
    one = broadband()
    assert len([locate(one, each) for each in one.findings]) == 4
    assert asked == ["chats/broadband.json"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.json", Location("a.json")),
        ("a.json:3", Location("a.json", 3)),
        ("a.json:3:7", Location("a.json", 3, 7, 3, 8)),
        ("a.json#/2", Location("a.json")),
        ("<stdin>", Location("<stdin>")),
    ],
)
def test_failures_are_placed(source, expected):
    assert location_of_failure(Failure(source, "unreadable", "x"), Originals()) == expected


# --- json -----------------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def pointers(value: object, start: str = "") -> dict[str, object]:
    """Every pointer into the value, with what it leads to."""
    inside = {start: value}
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        key = str(step).replace("~", "~0").replace("/", "~1")
        key = "".join("".join(f"%{b:02X}" for b in c.encode()) if c.isspace() else c for c in key)
        inside |= pointers(item, f"{start}/{key}")
    return inside


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_every_pointer_leads_to_its_value(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    wanted = pointers(value)
    where = spans(text, wanted)
    assert {pointer: json.loads(text[a:b]) for pointer, (a, b) in where.items()} == wanted


@pytest.mark.parametrize("text", ["", "{", "}}", "[1,", '{"a" "b"}', "nonsense", '{"a": [1, 2'])
def test_what_is_no_json_gives_what_there_is(text):
    assert set(spans(text, ["/a/0", "/x"])) <= {"/a/0"}


def test_depth_costs_no_recursion_and_no_memory():
    tracemalloc.start()
    assert spans("[" * 100_000 + "]" * 100_000, ["/0/0/0"])["/0/0/0"] == (3, 200_000 - 3)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
