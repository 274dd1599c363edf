"""Documents in an unknown format, read by a mapping."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from empathy_audit.mapping import load
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Limits, Plan, Reading, Source, Unrecognised, read
from empathy_audit.readers.mapped_values import flag, time
from empathy_audit.readers.paths import absence, find, route
from empathy_audit.readers.plan import Field

DESK = """\
conversations: data.tickets
id: ref
channel: {value: chat}
started_at: opened
turns: log
text: msg
role: {path: from.kind, values: {op: agent, usr: customer, auto: bot}}
speaker: from.name
time: {path: ts, unit: ms}
internal: {path: private, optional: true}
skip: {path: type, values: [join]}
meta: {queue: {path: queue.name, optional: true}}
"""
LOG: list[dict[str, Any]] = [
    {"type": "join", "from": {"kind": "op", "name": "Dana"}, "ts": 1772446500000},
    {"type": "msg", "from": {"kind": "OP", "name": "Dana"}, "ts": 1772446700000, "msg": "Oh no."},
    {"type": "msg", "from": {"kind": "usr", "name": "Lee"}, "ts": 1772446600000, "msg": "It is late!"},
    {"type": "msg", "from": {"kind": "op", "name": "Dana"}, "ts": 1772446800000, "msg": "asked depot", "private": True},
    {"type": "msg", "from": {"kind": "auto", "name": "Router"}, "ts": 1772446900000, "msg": "Rate us"},
]
TICKET: dict[str, Any] = {"ref": 7, "opened": "2026-03-02T10:15:00Z", "queue": {"name": "returns"}, "log": LOG}


@pytest.fixture
def plan(tmp_path: Path) -> Any:
    """A mapping from its text."""

    def from_text(text: str) -> Plan:
        (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
        return load(tmp_path / "m.yaml")

    return from_text


def by(mapping: Plan, content: Any, name: str = "a.json", **options: Any) -> Reading:
    data = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    return read(Source(name, data=data), mapping=mapping, **options)


def failures(mapping: Plan, content: Any, name: str = "a.json") -> list[tuple[str, str]]:
    return [(f.source, f.message) for f in by(mapping, content, name) if isinstance(f, Failure)]


REMEDY = "correct the path, or say `optional: true` beside it"

# --- what the mapping does not find -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        ({"ref": 8, "lgo": []}, "#/data/tickets/1", 'nothing at "log": the record has the keys ref, lgo; did you mean "lgo"?; correct `turns`'),
        ({"ref": 8, "log": {}}, "#/data/tickets/1", 'nothing at "log" that can be used: it is an empty object; correct `turns`'),
        ({"ref": 8, "log": None}, "#/data/tickets/1", 'nothing at "log" that can be used: it is nothing; correct `turns`'),
        (5, "#/data/tickets/1", 'nothing at "log": the record is a single value; correct `turns`'),
        (
            {"ref": 8, "log": [{"type": "m", "from": {}, "msg": None}]},
            "#/data/tickets/1/log/0",
            f'nothing at "from.kind": from is an empty object; {REMEDY}',
        ),
        (
            {"ref": 8, "log": [{"type": "m", "from": {"kind": "op"}, "massage": ""}]},
            "#/data/tickets/1/log/0",
            f'nothing at "msg": the record has the keys type, from, massage; did you mean "massage"?; {REMEDY}',
        ),
        ({"ref": 8, "log": [{"from": {"kind": "op"}, "msg": "a"}]}, "#/data/tickets/1/log/0", f'nothing at "type": the record has the keys from, msg; {REMEDY}'),
        ({"ref": 8, "log": []}, "#/data/tickets/1", "the conversation has no turns; expected at least one; check the export"),
    ],
)  # fmt: skip
def test_a_conversation_without_what_it_needs_is_a_failure_that_names_the_path(
    plan: Any, change: Any, place: str, message: str
) -> None:
    found = list(by(plan(DESK), {"data": {"tickets": [TICKET, change]}}))
    assert isinstance(found[0], Transcript)
    assert found[1] == Failure("a.json" + place, "malformed", message)


def test_conversations_that_are_not_where_the_mapping_says(plan: Any) -> None:
    assert failures(plan(DESK), {"data": {"ticket": []}}) == [
        (
            "a.json",
            'nothing at "data.tickets": data has the keys ticket; did you mean "data.ticket"?; correct `conversations`',
        )
    ]
    assert failures(plan(DESK), [5, "x"]) == [
        ("a.json#/0", 'nothing at "data.tickets": the record is a single value; correct `conversations`'),
        ("a.json#/1", 'nothing at "data.tickets": the record is a single value; correct `conversations`'),
    ]
    assert failures(plan(DESK), '{"data": [}')[0][0] == "a.json:1:11"


def test_other_paths_that_lead_nowhere_in_the_whole_file_are_told_at_its_end(plan: Any) -> None:
    text = (
        DESK.replace("id: ref", "id: rf").replace("from.name", "from.nmae").replace("queue.name, optional: true", "q")
    )
    found = list(by(plan(text), {"data": {"tickets": [TICKET, {**TICKET, "opened": None}]}}))
    assert [f.id for f in found[:2] if isinstance(f, Transcript)] == ["a.json:1", "a.json#/data/tickets/1"]
    assert [(f.source, f.message) for f in found[2:] if isinstance(f, Failure)] == [
        (
            "a.json#/data/tickets/0",
            'nothing at "rf": the record has the keys ref, opened, queue, log; did you mean "ref"?, nor elsewhere in the '
            f"file; {REMEDY}",
        ),
        (
            "a.json#/data/tickets/0/log/1",
            'nothing at "from.nmae": from has the keys kind, name; did you mean "from.name"?, nor elsewhere in the file; '
            f"{REMEDY}",
        ),
        (
            "a.json#/data/tickets/0",
            f'nothing at "q": the record has the keys ref, opened, queue, log, nor elsewhere in the file; {REMEDY}',
        ),
    ]


def test_a_note_whose_flag_is_misspelt_never_passes_for_said_to_the_customer(plan: Any) -> None:
    found = failures(plan(DESK.replace("{path: private, optional: true}", "privat")), {"data": {"tickets": [TICKET]}})
    assert found == [
        (
            "a.json#/data/tickets/0/log/1",
            f'nothing at "privat": the record has the keys type, from, ts, msg; {REMEDY}',
        )
    ]


def test_what_is_neither_json_nor_a_table_of_the_mapping_is_nobodys(plan: Any) -> None:
    for content, name in (
        ("Agent: hi\nCustomer: late\n", "a.txt"),
        ("a,b\n1,2\n", "a.csv"),
        ("# Notes, of Monday\n", "a.md"),
    ):
        with pytest.raises(
            Unrecognised, match=r"expected JSON, JSON lines, or a table with the column msg, as m\.yaml says"
        ):
            by(plan(DESK), content, name)
    with pytest.raises(Unrecognised, match="the file is a PDF"):
        by(plan(DESK), b"%PDF\x00\x01", "a.pdf")


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_a_whole_conversation(plan: Any) -> None:
    found = by(plan(DESK), {"data": {"tickets": [TICKET]}})
    (transcript,) = found
    assert transcript == Transcript(
        id="7",
        turns=(
            Turn("customer", "It is late!", "Lee", "2026-03-02T10:16:40+00:00", source=("#/data/tickets/0/log/2",)),
            Turn("agent", "Oh no.", "Dana", "2026-03-02T10:18:20+00:00", source=("#/data/tickets/0/log/1",)),
            Turn("agent", "asked depot", "Dana", "2026-03-02T10:20:00+00:00", visibility="internal", source=("#/data/tickets/0/log/3",)),
            Turn("bot", "Rate us", "Router", "2026-03-02T10:21:40+00:00", source=("#/data/tickets/0/log/4",)),
        ),
        source="a.json#/data/tickets/0",
        format="mapping",
        channel="chat",
        started_at="2026-03-02T10:15:00Z",
        meta={"queue": "returns"},
    )  # fmt: skip
    assert (found.why, found.counts.left_out) == ("JSON, read by m.yaml", {"records that the mapping skips": 1})


def test_records_one_a_line_and_one_a_list(plan: Any) -> None:
    mapping = plan("turns: log\ntext: msg\nrole: {path: from.kind, values: {op: agent, usr: customer}}\n")
    log = [LOG[2], LOG[1]]
    lines = by(mapping, "".join(json.dumps({"log": log}) + "\n" for _ in range(2)), "a.jsonl")
    assert [(t.id, t.source, t.turns[0].source) for t in lines if isinstance(t, Transcript)] == [
        ("a.jsonl:1", "a.jsonl:1", ("#/log/0",)),
        ("a.jsonl:2", "a.jsonl:2", ("#/log/0",)),
    ]
    listed = by(mapping, [{"log": log}])
    assert [(t.source, t.turns[1].source) for t in listed if isinstance(t, Transcript)] == [
        ("a.json#/0", ("#/0/log/1",))
    ]


def test_turns_that_name_their_conversation(plan: Any) -> None:
    rows = [{"c": 1, "w": "A", "t": "two", "n": 2}, {"c": 2, "w": "A", "t": "x", "n": 1}, {"c": 1, "w": "B", "t": "one", "n": 1}, {"w": "B", "t": "lost"}]  # fmt: skip
    mapping = plan("turns: rows\ngroup: c\norder: n\ntext: t\nrole: {path: w, values: {a: agent, b: customer}}\n")
    found = by(mapping, {"rows": rows})
    failure, first, second = found
    assert failure == Failure("a.json#/rows/3", "malformed", f'nothing at "c": the record has the keys w, t; {REMEDY}')
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert [(t.role, t.text) for t in first.turns] == [("customer", "one"), ("agent", "two")]
    assert [first.id, second.id] == ["1", "2"]
    assert found.counts.left_out == {"turns without a conversation": 1}


def test_a_list_of_turns_is_one_conversation(plan: Any) -> None:
    mapping = plan("text: t\nspeaker: w\n")
    (found,) = by(mapping, [{"w": "agent", "t": "hi"}, {"w": "Lee", "t": "late"}])
    assert isinstance(found, Transcript)
    assert [(t.role, t.speaker, t.text, t.source) for t in found.turns] == [
        ("agent", None, "hi", ("#/0",)),
        ("customer", "Lee", "late", ("#/1",)),
    ]


def test_roles_and_names_from_a_list_of_people(plan: Any) -> None:
    text = (
        "turns: log\ntext: '[1]'\n"
        "role: {path: '[0]', lookup: {in: people, key: id, take: kind}, values: {staff: agent, buyer: customer}}\n"
        "speaker: {path: '[0]', lookup: {in: names, take: $}}\n"
    )
    people = [{"id": 1, "kind": "staff"}, {"id": "2", "kind": "buyer"}]
    record = {"people": people, "names": {"1": "Dana", "2": "Lee"}, "log": [[2, "late"], [1, "oh"], [9, "psst"]]}
    (found,) = by(plan(text), record)
    assert isinstance(found, Transcript)
    assert [(t.role, t.speaker, t.text) for t in found.turns] == [
        ("customer", "Lee", "late"),
        ("agent", "Dana", "oh"),
        ("unknown", None, "psst"),
    ]


def test_texts_of_several_shapes_and_json_in_text(plan: Any) -> None:
    log = [
        {"w": "agent", "html": "<p>It&nbsp;is<br>late</p>"},
        {"w": "agent", "html": None, "plain": [{"text": "a"}, "b"]},
        {"w": "agent", "html": 5},
    ]
    mapping = plan("turns: log\nrole: w\ntext: {path: [html, plain], html: true}\n")
    (found,) = by(mapping, {"log": json.dumps(log)})
    assert isinstance(found, Transcript)
    assert [t.text for t in found.turns] == ["It is\nlate", "a\nb", "5"]


def test_a_role_that_the_mapping_does_not_know_stays_unknown_and_is_told_once(plan: Any) -> None:
    mapping = plan("turns: log\ntext: t\nrole: {path: w, values: {a: agent}}\n")
    found = by(
        mapping, {"log": [{"w": "a", "t": "1"}, {"w": "x9", "t": "2"}, {"w": "x9", "t": "3"}, {"w": "z", "t": "4"}]}
    )
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker) for t in transcript.turns] == [("agent", None), ("unknown", "x9"), ("unknown", "x9"), ("unknown", "z")]  # fmt: skip
    assert found.notes[:2] == (
        'a.json#/log/1: the role "x9" is in no `values` of the mapping',
        'a.json#/log/3: the role "z" is in no `values` of the mapping',
    )


def test_keep_is_the_other_side_of_skip(plan: Any) -> None:
    mapping = plan("turns: log\ntext: t\nrole: w\nkeep: {path: k, values: [msg]}\n")
    (found,) = by(mapping, {"log": [{"w": "agent", "t": "1", "k": "msg"}, {"w": "agent", "t": "2", "k": "ev"}, {"w": "agent", "t": "3"}]})  # fmt: skip
    assert isinstance(found, Transcript)
    assert [t.text for t in found.turns] == ["1"]


@pytest.mark.parametrize(
    "odd", [None, [], {}, "", "x", 5, 1e400, True, "\x00", ["a", None, 5], {"kind": []}, 10**400, "{"]
)
def test_values_of_any_type(plan: Any, odd: Any) -> None:
    record = {"msg": odd, "from": odd, "ts": odd, "private": odd, "type": odd}
    content = json.dumps({"data": {"tickets": [{"ref": odd, "opened": odd, "log": [record, LOG[1]]}]}})
    found = list(by(plan(DESK), content.replace("Infinity", "1e400")))
    assert len(found) == 1
    assert isinstance(found[0], Transcript)
    assert found[0].turns[-1].text == "Oh no."


# --- tables -----------------------------------------------------------------------------------------------------------

ROWS = "group: Ticket No\norder: Line\ntext: Message Text\nrole: {path: Side, values: {A: agent, B: customer}}\ninternal: {path: Note, values: [x]}\n"  # fmt: skip


def test_a_table_with_columns_of_its_own(plan: Any) -> None:
    content = (
        'Ticket No;Line;Side;Note;Message Text\nT1;2;A;;"Oh no; sorry"\nT2;1;A;;hello\nT1;1;B;;late\nT1;3;A;x;psst\n'
    )
    first, second = by(plan(ROWS), content, "a.csv")
    assert first == Transcript(
        id="T1",
        turns=(
            Turn("customer", "late", source=(":4",)),
            Turn("agent", "Oh no; sorry", source=(":2",)),
            Turn("agent", "psst", visibility="internal", source=(":5",)),
        ),
        source="a.csv:2",
        format="mapping",
    )
    assert isinstance(second, Transcript)
    assert second.id == "T2"


def test_a_row_that_was_not_quoted(plan: Any) -> None:
    content = "Ticket No;Line;Side;Note;Message Text\nT1;2;A;;Oh no; sorry\nT1;1;B;;late\n"
    assert failures(plan(ROWS), content, "a.csv") == [
        (
            "a.csv:2",
            "a row of 6 cells under a header of 5; expected as many; a text that holds the delimiter must stand in "
            "quotation marks",
        )
    ]


def test_a_column_that_is_not_there(plan: Any) -> None:
    assert failures(plan(ROWS), "Ticket No;Line;Side;Note;Message\nT1;2;A;;Oh\n", "a.csv") == [
        (
            "a.csv:2",
            'nothing at "Message Text": the record has the keys Ticket No, Line, Side, Note, Message; did you mean '
            f'"Message"?; {REMEDY}',
        )
    ]


def test_a_table_without_a_header(plan: Any) -> None:
    mapping = plan('header: [c, w, t]\ndelimiter: "|"\ngroup: c\ntext: t\nrole: w\n')
    (found,) = by(mapping, "1|agent|hi\n\n1|client|late\n", "a.csv")
    assert isinstance(found, Transcript)
    assert [(t.role, t.text, t.source) for t in found.turns] == [
        ("agent", "hi", (":1",)),
        ("customer", "late", (":3",)),
    ]


def test_a_row_a_conversation_with_json_in_a_cell(plan: Any) -> None:
    mapping = plan("id: case\nturns: dump.m\ntext: t\nrole: w\n")
    content = 'case,dump\nC1,"{""m"": [{""w"": ""agent"", ""t"": ""hi""}]}"\nC2,nothing\n'
    first, second = by(mapping, content, "a.csv")
    assert isinstance(first, Transcript)
    assert (first.id, first.source, first.turns) == ("C1", "a.csv:2", (Turn("agent", "hi", source=(":2",)),))
    assert second == Failure("a.csv:3", "malformed", 'nothing at "dump.m": dump is a single value; correct `turns`')


def test_limits_hold(plan: Any) -> None:
    mapping = plan("text: t\nrole: w\n")
    (found,) = by(mapping, [{"w": "agent", "t": "x" * 11}], limits=Limits(turn_characters=10))
    assert isinstance(found, Failure)
    assert (found.source, found.kind) == ("a.json#/0", "too-large")


# --- values and paths -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "value", "found"),
    [
        ({}, "2026-03-02 10:15:00", (None, "2026-03-02 10:15:00")),
        ({}, "00:01:02.5", (62_500, None)),
        ({}, 1772446500, (None, "2026-03-02T10:15:00+00:00")),
        ({}, "1772446500000", (None, "2026-03-02T10:15:00+00:00")),
        ({}, 1772446500000000, (None, "2026-03-02T10:15:00+00:00")),
        ({}, 1.5, (1500, None)),
        ({"unit": "ms"}, 1500, (1500, None)),
        ({"unit": "ms", "since": "epoch"}, 1500, (None, "1970-01-01T00:00:01.500000+00:00")),
        ({"unit": "s", "since": "start"}, 1772446500, (1772446500000, None)),
        ({"unit": "ticks"}, 15_000_000, (1500, None)),
        ({"unit": "us"}, 1_500_000, (1500, None)),
        ({"unit": "ns"}, 1_500_000_000, (1500, None)),
        ({"unit": "iso"}, 20260302, (None, "20260302")),
        ({"layout": "%d/%m/%Y %H:%M"}, "02/03/2026 10:15", (None, "2026-03-02T10:15:00")),
        ({"layout": "%d/%m/%Y"}, "soon", None),
        ({}, "soon", None),
        ({}, "nan", None),
        ({}, "1e400", None),
        ({}, [], None),
        ({"unit": "s", "since": "epoch"}, 1e25, None),
    ],
)
def test_times(more: dict[str, Any], value: Any, found: tuple[int | None, str | None] | None) -> None:
    got = time(Field("time", **more), value)
    assert got == found or (value == 20260302 and got is None)  # before Python 3.11 such a date is none


@pytest.mark.parametrize(
    ("value", "yes"),
    [(True, True), ("yes", True), ("note", True), (1, True), (2, True), (False, False), ("no", False), (0, False), ("", False), (None, False), ("other", False)],
)  # fmt: skip
def test_flags(value: Any, yes: bool) -> None:
    assert flag(Field("internal"), value) is yes
    assert flag(Field("internal", values=frozenset(("other", "true"))), value) is ((value in (True, "other") and value != 1) or value is True)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a.b", [1]),
        ("$.a.b", [1]),
        ("$", [{"a": {"b": 1}, "l": [{"n": 2}, {"n": 3}], "x.y": 4, "j": '{"k": [5]}', "o": {"p": {"q": 6}}}]),
        ("l[1].n", [3]),
        ("l[*].n", [2, 3]),
        ("l[9].n", []),
        ("x.y", [4]),
        ("'x.y'", [4]),
        ('"x.y"', [4]),
        ("j.k[0]", [5]),
        ("o[*].q", [6]),
        ("a.b.c", []),
    ],
)
def test_paths(path: str, values: list[Any]) -> None:
    value = {"a": {"b": 1}, "l": [{"n": 2}, {"n": 3}], "x.y": 4, "j": '{"k": [5]}', "o": {"p": {"q": 6}}}
    assert [f.value for f in find(value, route(path))] == values


def test_an_absence_tells_how_far_a_path_leads() -> None:
    value: dict[str, Any] = {"a": {"b.c": [], **{f"k{n}": n for n in range(20)}}, "l": [1]}
    assert absence(value, route("a.'b.c'[0]")) == "nothing at \"a.'b.c'[0]\": a.'b.c' is an empty list"
    assert absence(value, route("l.x")) == 'nothing at "l.x": l is a list of 1; say [*] for each of them'
    assert absence(value, route("a.bc")).startswith('nothing at "a.bc": a has the keys b.c, k0, k1, ')
    assert absence(value, route("a.bc")).endswith("k10 …; did you mean \"a.'b.c'\"?")
