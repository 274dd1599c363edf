"""Tables with one row a conversation."""

from __future__ import annotations

import csv
import io
import json

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, outcomes, reading, said, short, talk


def table(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


TALK = "Agent: How can I help?\nCustomer: My parcel is late,\nagain."


def test_no_column_with_conversations() -> None:
    assert failed("a,text\n1,hello\n", "a.csv", format="wide-table") == (
        "a.csv:1",
        "malformed",
        "no column with conversations; expected cells with lines such as `Agent: ...` and `Customer: ...`",
    )


def test_one_bad_cell_among_good_ones() -> None:
    bad = json.dumps(talk("Hi.")["turns"])[:-4]
    content = table(
        ("case_id", "transcript"), ("1", TALK), ("2", "no labels\nhere"), ("3", bad), ("4", TALK), ("5", TALK)
    )
    found = outcomes(content, "a.csv")
    assert found[1:3] == [
        Failure(
            "a.csv:5",
            "malformed",
            "no line of the cell begins with a speaker label; expected such as `Agent: ...` and `Customer: ...`",
        ),
        Failure(
            "a.csv:7",
            "malformed",
            "the cell's JSON ends too early; expected a complete JSON value; export it again or mend it here",
        ),
    ]
    assert [o.id for o in found if isinstance(o, Transcript)] == ["1", "4", "5"]


def test_labelled_text_in_a_cell() -> None:
    content = table(
        ("Case ID", "agent", "csat", "Date", "Conversation log"),
        ("C-9", "Dana", "2", "2026-03-02", TALK),
        ("C-10", "", "", "", TALK),
    )
    first, second = outcomes(content, "a.csv")
    assert first == Transcript(
        id="C-9",
        turns=(
            Turn("agent", "How can I help?", "Dana", source=(":2",)),
            Turn("customer", "My parcel is late, again.", source=(":3",)),
        ),
        source="a.csv:2",
        format="wide-table",
        started_at="2026-03-02",
        meta={"agent": "Dana", "csat": "2", "Date": "2026-03-02"},
    )
    assert isinstance(second, Transcript)
    assert (second.id, second.source, second.turns[0].source, second.meta) == ("C-10", "a.csv:5", (":5",), {})


def test_line_ends_written_out_and_rulers_inside_a_cell() -> None:
    for cell in (r"Agent: Hi.\nCustomer: Yes.", "Agent: Hi.<br>Customer: Yes.", "Agent: Hi.\n---\nCustomer: Yes."):
        assert said(table(("id", "transcript"), ("1", cell)), "a.csv") == [
            ("agent", None, "Hi."),
            ("customer", None, "Yes."),
        ]


def test_names_in_a_cell_take_their_role_from_the_agent_column() -> None:
    cell = "Dana: Hi.\nLee: Yes.\nDana: Fine.\nLee: Bye."
    content = table(("id", "agent", "chat"), ("1", "Dana", cell), delimiter=";")
    assert [t[:2] for t in said(content, "a.csv")] == [("agent", "Dana"), ("customer", "Lee")] * 2


def test_a_column_with_conversations_counts_for_more_than_one_that_names_somebody() -> None:
    assert reading(table(("user", "body"), ("Lee", TALK)), "a.csv").format == "wide-table"


def test_json_in_a_cell() -> None:
    messages = [
        {"sender": "Agent", "name": "Dana", "message": "Hi."},
        {"sender": "Customer", "message": "Yes."},
        {"sender": "Agent", "name": "Dana", "message": "angry", "internal": True},
    ]
    for value in (messages, {"messages": messages}):
        transcript = one(table(("id", "log"), ("1", json.dumps(value))), "a.csv")
        assert [(t.role, t.speaker, t.text, t.visibility) for t in transcript.turns] == [
            ("agent", "Dana", "Hi.", "public"),
            ("customer", None, "Yes.", "public"),
            ("agent", "Dana", "angry", "internal"),
        ]


def test_a_cell_that_a_spreadsheet_has_cut_is_noted() -> None:
    cell = "Agent: Hi.\nCustomer: ".ljust(32_767, "x")
    found = reading(table(("id", "transcript"), ("1", cell)), "a.csv")
    assert [t[0] for t in short(next(iter(found)))] == ["agent", "customer"]
    assert found.notes == ("a.csv:2: the cell is exactly 32,767 characters long: a spreadsheet has probably cut it",)


def test_what_is_left_out_of_a_cell_is_counted_however_its_lines_are_written() -> None:
    for end in ("\n", "\\n", "<br>"):
        cell = end.join(("Agent: Hello.", "[hold music]", "Customer: Hi.", "Agent: Bye."))
        found = reading(f'id,transcript\n1,"{cell}"\n', "a.csv")
        assert [len(t.turns) for t in found if isinstance(t, Transcript)] == [3]
        assert found.counts.left_out == {"stage directions": 1}
