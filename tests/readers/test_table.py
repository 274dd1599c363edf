"""Tables with one row a turn."""

from __future__ import annotations

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Unrecognised

from tests.readers.build import Speakers, failed, one, outcomes, reading, said, short

# --- broken -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "name,price\nTea,3\n", "text\nhello\n", "text,price\nhello,3\n"])
def test_other_tables_are_not_taken(content: str) -> None:
    with pytest.raises(Unrecognised):
        reading(content, "a.csv")


def test_asked_for_without_the_columns_it_needs() -> None:
    assert failed("name,price\nTea,3\n", "a.csv", format="table")[0] == "a.csv:1"
    assert failed("text,price\nTea,3\n", "a.csv", format="table") == (
        "a.csv:1",
        "malformed",
        "no column for who speaks; expected speaker, role, sender, direction or is_agent; rename one",
    )


def test_a_text_that_was_not_quoted_is_a_failure_and_the_rest_goes_on() -> None:
    content = "conversation_id,speaker,text\na,agent,Hello, Lee\nb,agent,Hi\nc,agent\nd,client,Yes\n"
    found = outcomes(content, "a.csv")
    message = (
        "a row of {} cells under a header of 3; expected as many; a text that holds the delimiter must stand in "
        "quotation marks"
    )
    assert found[0] == Failure("a.csv:2", "malformed", message.format(4))
    assert found[2] == Failure("a.csv:4", "malformed", message.format(2))
    assert [o.id for o in found if isinstance(o, Transcript)] == ["b", "d"]


def test_a_quotation_mark_that_is_never_closed() -> None:
    content = 'conversation_id,speaker,text\na,agent,Hello\nb,agent,Fine\nb,client,"Hi\nc,client,Yes\n'
    good, failure = outcomes(content, "a.csv")
    assert isinstance(good, Transcript)
    assert failure == Failure(
        "a.csv:4",
        "malformed",
        "a quotation mark that is never closed; close or double it; nothing from line 3 on was read",
    )


def test_only_a_header_is_no_conversation() -> None:
    assert outcomes("conversation_id,speaker,text\n", "a.csv") == []


# --- shapes -----------------------------------------------------------------------------------------------------------

PLAIN = [("agent", None, "Hello, Lee."), ("customer", None, 'He said "no".')]


@pytest.mark.parametrize(
    "content",
    [
        'conversation_id,speaker,text\nc,agent,"Hello, Lee."\nc,client,"He said ""no""."\n',
        'conversation_id\tspeaker\ttext\r\nc\tagent\tHello, Lee.\r\nc\tclient\t"He said ""no""."\r\n',
        'sep=;\nConversation ID;Participant Role;Message Text\nc;AGENT;Hello, Lee.\nc;CUSTOMER;"He said ""no""."\n',
        'convoId|Sender Type|utterance\rc|rep|Hello, Lee.\rc|end_user|"He said ""no""."\r',
        '\ufeffrole,content\nassistant,"Hello, Lee."\nuser,"He said ""no""."\n',
        'direction,body\noutbound,"Hello, Lee."\ninbound,"He said ""no""."\n',
        'tweet_id,inbound,text\n1,False,"Hello, Lee."\n2,True,"He said ""no""."\n',
        'is_agent,message\n1,"Hello, Lee."\n0,"He said ""no""."\n',
        '\n,,\nspeaker,text,x\nagent,"Hello, Lee.",\n,,\ncaller,"He said ""no"".",,\n',
    ],
)
def test_delimiters_and_column_names(content: str) -> None:
    assert said(content, "a.csv") == PLAIN


def test_a_whole_table() -> None:
    content = (
        "ticket_id,author,role,created_at,agent_name,internal,channel,language,message\n"
        "T1,Lee,end-user,2026-03-02 10:15:00,,false,chat,en,My parcel is late\n"
        "T1,Dana,agent,2026-03-02 10:16:00,Dana,true,chat,en,angry\n"
        "T1,Dana,agent,2026-03-02 10:17:00,Dana,false,chat,en,\"Two\nlines\"\n"
        "T1,,system,2026-03-02 10:18:00,,false,chat,en,closed\n"
    )  # fmt: skip
    assert one(content, "dir/a.csv") == Transcript(
        id="T1",
        turns=(
            Turn("customer", "My parcel is late", "Lee", at="2026-03-02 10:15:00", source=(":2",)),
            Turn("agent", "angry", "Dana", at="2026-03-02 10:16:00", visibility="internal", source=(":3",)),
            Turn("agent", "Two\nlines", "Dana", at="2026-03-02 10:17:00", source=(":4",)),
            Turn("system", "closed", at="2026-03-02 10:18:00", source=(":6",)),
        ),
        source="dir/a.csv:2",
        format="table",
        channel="chat",
        language="en",
    )


def test_offsets_in_seconds_milliseconds_and_clock_times() -> None:
    for column, values in (
        ("start", ("1.5", "62")),
        ("start_ms", ("1500", "62000")),
        ("time", ("00:01.500", "0:01:02")),
    ):
        content = f"speaker,{column},text\nagent,{values[0]},a\nclient,{values[1]},b\n"
        assert [t.start_ms for t in one(content, "a.csv").turns] == [1500, 62000]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("turn_index", ("10", "9", "1")),
        ("created_at", ("2026-03-02T10:00:03Z", "2026-03-02T10:00:02Z", "2026-03-02T10:00:01.5Z")),
        (
            "created_at",
            ("Tue Oct 31 22:10:47 +0000 2017", "Tue Oct 31 22:10:46 +0000 2017", "Tue Oct 31 22:10:45 +0000 2017"),
        ),
        ("start_ms", ("3", "2", "1")),
    ],
)
def test_rows_are_put_in_order(column: str, values: tuple[str, str, str]) -> None:
    content = f"speaker,text,{column}\nagent,c,{values[0]}\nclient,b,{values[1]}\nagent,a,{values[2]}\n"
    assert [t[2] for t in said(content, "a.csv")] == ["a", "b", "c"]


def test_rows_without_times_that_can_be_compared_stay_in_file_order() -> None:
    content = "speaker,text,date\nagent,b,yesterday\nclient,a,2020-01-01\n"
    assert [t[2] for t in said(content, "a.csv")] == ["b", "a"]


def test_rows_of_one_conversation_that_are_apart_are_put_together() -> None:
    content = "conversation_id,speaker,text\na,agent,1\nb,agent,2\na,client,3\nb,client,4\nc,agent,5\n"
    found = outcomes(content, "a.csv")
    assert [[t[2] for t in short(o)] for o in found] == [["1", "3"], ["2", "4"], ["5"]]
    assert [o.source for o in found] == ["a.csv:2", "a.csv:3", "a.csv:6"]


def test_an_empty_id_repeats_the_one_above() -> None:
    content = "conversation_id,speaker,text\na,agent,1\n,client,2\nb,agent,3\n"
    assert [[t[2] for t in short(o)] for o in outcomes(content, "a.csv")] == [["1", "2"], ["3"]]


def test_empty_rows_and_empty_texts() -> None:
    found = reading("speaker,text\nagent,Hi\n,\nclient,\nclient,Yes\n", "a.csv")
    assert [t[2] for t in short(next(iter(found)))] == ["Hi", "Yes"]
    assert found.counts.left_out == {"empty turns": 1}


def test_names_and_recording_channels_get_roles_from_the_user() -> None:
    names = "speaker,text\nDana,Hi\nLee,Yes\n"
    assert [t[0] for t in said(names, "a.csv", speakers=Speakers(customers=("lee",)))] == ["agent", "customer"]
    channels = "channel,text\n0,Hi\n1,Yes\n"
    assert said(channels, "a.csv", speakers=Speakers(agents=("Channel 0",))) == [
        ("agent", "channel 0", "Hi"),
        ("customer", "channel 1", "Yes"),
    ]


def test_cells_over_the_limit_of_the_csv_module_are_read() -> None:
    import csv

    before = csv.field_size_limit()
    assert len(said(f'speaker,text\nagent,"{"x" * 300_000}"\n', "a.csv")[0][2]) == 300_000
    assert csv.field_size_limit() == before


def test_rows_that_stand_together_are_read_one_conversation_at_a_time() -> None:
    rows = "".join(f"c{i},agent,Hi\nc{i},client,Yes\n" for i in range(3))
    found = iter(reading("conversation_id,speaker,text\n" + rows, "a.csv"))
    assert [t[2] for t in short(next(found))] == ["Hi", "Yes"]


def test_an_id_that_comes_back_on_other_rows_is_the_conversation() -> None:
    content = "id,speaker,text\n1,agent,a\n1,client,b\n2,agent,c\n2,client,d\n"
    assert [o.id for o in outcomes(content, "a.csv") if isinstance(o, Transcript)] == ["1", "2"]
    numbered = "id,speaker,text\n1,agent,a\n2,client,b\n3,agent,c\n"
    assert [len(o.turns) for o in outcomes(numbered, "a.csv") if isinstance(o, Transcript)] == [3]


def test_times_since_1970_put_rows_in_order() -> None:
    content = "speaker,text,timestamp\nagent,b,1700000001\nclient,a,1700000000\n"
    assert [(t.text, t.at, t.start_ms) for t in one(content, "a.csv").turns] == [
        ("a", "2023-11-14T22:13:20+00:00", None),
        ("b", "2023-11-14T22:13:21+00:00", None),
    ]


def test_rows_that_stand_apart_are_put_in_order_too_and_that_is_told() -> None:
    found = reading(
        "call_id,role,time,text\n"
        "b,agent,2026-03-02T10:03:00Z,b3\na,client,2026-03-02T10:02:00Z,a2\n"
        "b,client,2026-03-02T10:01:00Z,b1\n,agent,2026-03-02T10:02:00Z,b2\na,agent,2026-03-02T10:01:00Z,a1\n",
        "a.csv",
    )
    assert [[(t.text, t.source) for t in o.turns] for o in found if isinstance(o, Transcript)] == [
        [("b1", (":4",)), ("b2", (":5",)), ("b3", (":2",))],
        [("a1", (":6",)), ("a2", (":3",))],
    ]
    assert found.notes == ("a.csv: rows of a conversation stand apart; they were put together",)
