from __future__ import annotations

import pytest
import yaml
from empathy_audit.model.rubric import Place
from empathy_audit.rubric.problems import Problem
from empathy_audit.rubric.source import MAX_BYTES, MAX_DEPTH, MAX_VALUES, decode, parse
from empathy_audit.rubric.tree import mapping, plain, sequence

from tests.rubric.helpers import WHOLE


def problems(source: str) -> list[str]:
    return [str(problem) for problem in parse(source, "r.yaml").problems]


def value(source: str) -> object:
    document = parse(source, "r.yaml")
    assert document.problems == ()
    assert document.root is not None
    return plain(document.root)


def test_words_that_yaml_1_1_takes_for_booleans_stay_words() -> None:
    assert value("[off, on, no, yes, y, n, Off, NO]") == ["off", "on", "no", "yes", "y", "n", "Off", "NO"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("1.0.0", "1.0.0"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("0x1F", "0x1F"),
        ("'24'", "24"),
        ("!!str 24", "24"),
        ("! 24", "24"),
        ("!!int 24", 24),
        ("|\n  24\n", "24\n"),
        ("9" * 5000, float("inf")),
    ],
)
def test_a_plain_word_is_read_as_yaml_1_2_reads_it(word: str, expected: object) -> None:
    assert value(f"key: {word}") == {"key": expected}


def test_every_node_knows_its_place_and_that_of_its_key() -> None:
    root = parse("a:\n  - x\n  - {b: 'ü y', c: 2}\n", "r.yaml").root
    item = sequence(mapping(root)["a"])[1]
    found = [(node.place, node.key_place) for node in (item, mapping(item)["b"], mapping(item)["c"])]
    assert found == [
        (Place("r.yaml", 3, 5), Place("r.yaml", 3, 5)),
        (Place("r.yaml", 3, 9), Place("r.yaml", 3, 6)),
        (Place("r.yaml", 3, 19), Place("r.yaml", 3, 16)),
    ]


def test_an_alias_stands_for_its_anchor_and_keeps_its_own_place() -> None:
    root = parse("a: &x [1]\nb: *x\n", "r.yaml").root
    again = mapping(root)["b"]
    assert (plain(again), again.place) == ([1], Place("r.yaml", 2, 4))


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n"
    expected = f"r.yaml:6:8: more than {MAX_VALUES:,} values once aliases are followed; expected a rubric"
    assert problems(bomb) == [expected]


def test_flat_aliases_are_counted_too() -> None:
    many = "a: &a [" + "x," * 500 + "]\nb: [" + "*a," * 500 + "]\n"
    assert problems(many)[0].endswith("values once aliases are followed; expected a rubric")


BLOCKS = "\n".join(" " * depth + "a:" for depth in range(500))


@pytest.mark.parametrize("source", ["[" * 50_000, "{a: " * 50_000, "- " * 50_000, BLOCKS], ids=range(4))
def test_deep_nesting_is_refused_without_recursion(source: str) -> None:
    assert f"nested deeper than {MAX_DEPTH} levels" in problems(source)[-1]


def test_a_file_above_the_size_bound_is_refused() -> None:
    expected = Problem(Place("r.yaml"), "larger than 1,000,000 bytes; expected a rubric; split it up with extends")
    assert decode(b"#" * (MAX_BYTES + 1), "r.yaml") == expected
    assert decode(b"#" * MAX_BYTES, "r.yaml") == "#" * MAX_BYTES


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbfrubric: x", "r.yaml") == "rubric: x"


def test_a_refused_tag_is_told_and_the_rest_still_read() -> None:
    document = parse("a: !!python/name:os.system x\nb: 1\nb: 2\n", "r.yaml")
    assert document.root is not None
    assert plain(document.root) == {"a": "x", "b": 1}
    assert [problem.place.line for problem in document.problems] == [1, 3]


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert value("a: &a {b: 1}\nc: {<<: *a}") == {"a": {"b": 1}, "c": {"<<": {"b": 1}}}


def test_an_open_quote_is_told_where_it_was_opened() -> None:
    assert problems("a: 1\nb: 'x\nc: 2\n")[0].startswith("r.yaml:2:4: not valid YAML: ")


def test_without_the_c_library_it_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = parse(WHOLE.read_text(encoding="utf-8"), "r.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert parse(WHOLE.read_text(encoding="utf-8"), "r.yaml") == fast


def test_half_a_character_is_refused_by_either_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    escape = 'a: "\\ud800"'
    with_c = problems(escape)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    without = problems(escape)
    assert (with_c[0][:11], without) == (
        "r.yaml:1:4:",
        ["r.yaml:1:4: an escape for half a character; expected text; write the character out"],
    )
