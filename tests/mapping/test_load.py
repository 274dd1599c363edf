"""Mapping files: every mistake at once, with its place and a hint."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from empathy_audit.errors import InputError, MappingError
from empathy_audit.mapping import load
from empathy_audit.mapping.check import KEYS, OPTIONS
from empathy_audit.readers.paths import Route
from empathy_audit.readers.plan import Field, Lookup, Plan


def problems(folder: Path, text: str | bytes) -> list[str]:
    """The mistakes in a mapping, without the folder."""
    file = folder / "m.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(MappingError) as caught:
        load(file)
    return [p.removeprefix(f"{folder}/") for p in caught.value.problems]


ALL_AT_ONCE = """\
conversations: 5
turn: log
txt: msg
role: {path: a..b, values: {op: agnet, usr: customer}, uses: x}
time: {path: ts, unit: milli, from: end}
internal: {values: [a]}
meta: [a]
delimiter: tab
id: {value: a, path: b}
speaker: []
end: {path: x, lookup: {in: people}}
order: {path: n, optional: 3}
"""


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    keys = ", ".join(KEYS)
    assert problems(tmp_path, ALL_AT_ONCE) == [
        "m.yaml:1:1: no `text`; expected the path of what was said, such as `text: body`",
        "m.yaml:1:16: `conversations` without `turns`; expected the path of the turns in a conversation; where the turns "
        "themselves name their conversation, say `turns` and `group`",
        f"m.yaml:2:1: unknown key 'turn'; expected one of {keys}; did you mean 'turns'?",
        f"m.yaml:3:1: unknown key 'txt'; expected one of {keys}; did you mean 'text'?",
        "m.yaml:4:14: the path cannot be read from '..b' on; expected keys with dots between them, [0] or [*]; quote keys "
        "that hold dots",
        "m.yaml:4:33: unknown role 'agnet'; expected one of customer, agent, bot, system, unknown; did you mean 'agent'?",
        "m.yaml:4:56: unknown key of role 'uses'; expected one of path, optional, lookup, value, values; did you mean "
        "'values'?",
        "m.yaml:5:24: unknown unit of time 'milli'; expected one of iso, s, ms, us, ns, ticks",
        "m.yaml:5:37: unknown beginning of times 'end'; expected one of start, epoch",
        "m.yaml:6:11: internal has no `path`; expected such as `internal: {path: a.b}`, or `internal: a.b`",
        "m.yaml:7:7: meta is a list; expected names with paths, such as `queue: a.b`",
        'm.yaml:8:12: the text \'tab\'; expected one character in quotes, such as ";" or "\\t"',
        "m.yaml:9:13: `value` beside `path`; expected one of them; take one out",
        "m.yaml:10:10: an empty list of paths; expected at least one",
        "m.yaml:11:24: lookup is incomplete; expected `{in: participants, key: id, take: kind}`",
        "m.yaml:12:28: the number 3; expected true or false",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "m.yaml:1:1: an empty file; expected a mapping with `text`, and `role` or `speaker`"),
        ("- a\n", "m.yaml:1:1: a list; expected a mapping with `text`, and `role` or `speaker`"),
        (
            "text: a\n",
            "m.yaml:1:1: neither `role` nor `speaker`; expected the path of who says it, such as `role: from`",
        ),
        (
            "text: a\nrole: [\n",
            "m.yaml:3:1: not valid YAML: while parsing a flow node did not find expected node content; ",
        ),
        (
            "text: a\ntext: b\nrole: c\n",
            "m.yaml:2:1: the key 'text' stands here again, first in line 1; expected each key once; ",
        ),
        ("text: ''\nrole: c\n", "m.yaml:1:7: the text ''; expected a path such as `from.name` or `parts[0].text`"),
        ("text: a[x]\nrole: c\n", "m.yaml:1:7: the path cannot be read from '[x]' on; "),
        ("text: .a\nrole: c\n", "m.yaml:1:7: the path cannot be read from '.a' on; "),
        ("text: !!python/object:os.system a\nrole: c\n", "m.yaml:1:7: the YAML tag "),
        ("text: a\nrole: c\n---\ntext: b\n", "m.yaml:3:1: a second YAML document; expected one mapping a file; "),
        (b"text: \xff\nrole: c\n", "m.yaml:1:1: not UTF-8 text; expected a YAML file; save it as UTF-8"),
        (b"#" * 1_000_001, "m.yaml: larger than 1,000,000 bytes; expected a mapping; check that it is one"),
    ],
)
def test_what_is_no_mapping(tmp_path: Path, text: str | bytes, told: str) -> None:
    found = problems(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MappingError) as caught:
        load(tmp_path / "none.yaml")
    assert str(caught.value) == f"{tmp_path}/none.yaml: cannot be read: No such file or directory; check the path"
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), again.problems, isinstance(again, InputError)) == (MappingError, caught.value.problems, True)


WHOLE = """\
conversations: data.tickets
turns: $.log[*]
id: ref
channel: {value: chat}
text: {path: [html, "'a.b'.c"], html: true}
role: {path: who, lookup: {in: people, key: id, take: kind}, values: {OP: agent, 1: customer}}
time: {path: ts, unit: ms, from: epoch}
end: {path: [0], layout: "%H:%M", optional: true}
internal: {path: flag, values: [YES, 1, true]}
meta: {queue: q.name, team: {value: A}}
delimiter: ";"
header: [a, b]
"""


def test_a_whole_mapping(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(WHOLE, encoding="utf-8")
    people = Lookup(Route("people", ("people",)), Route("id", ("id",)), Route("kind", ("kind",)))
    assert load(tmp_path / "m.yaml") == Plan(
        file="m.yaml",
        conversations=Route("data.tickets", ("data", "tickets")),
        turns=Route("$.log[*]", ("log", None)),
        fields={
            "id": Field("id", (Route("ref", ("ref",)),)),
            "channel": Field("channel", constant="chat"),
            "text": Field("text", (Route("html", ("html",)), Route("'a.b'.c", ("a.b", "c"))), html=True),
            "role": Field("role", (Route("who", ("who",)),), lookup=people, roles={"op": "agent", "1": "customer"}),
            "time": Field("time", (Route("ts", ("ts",)),), unit="ms", since="epoch"),
            "end": Field("end", (Route("0", ("0",)),), optional=True, layout="%H:%M"),
            "internal": Field("internal", (Route("flag", ("flag",)),), values=frozenset(("yes", "1", "true"))),
        },
        meta={"queue": Field("queue", (Route("q.name", ("q", "name")),)), "team": Field("team", constant="A")},
        delimiter=";",
        header=("a", "b"),
    )


def test_every_field_has_its_options() -> None:
    assert set(OPTIONS) == set(KEYS) - {"conversations", "turns", "meta", "delimiter", "header"}
