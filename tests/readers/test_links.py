"""Tables whose messages name those that they answer."""

from __future__ import annotations

import random

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers.links import Message, Threads, link, links
from empathy_audit.readers.shelf import Row
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.build import outcomes, reading

HEAD = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
NEWEST_FIRST = HEAD + (
    "9,acme,False,Tue Oct 31 22:20:00 +0000 2017,@8 Sent.,,7\n"
    "6,acme,False,Tue Oct 31 22:15:00 +0000 2017,@5 Where?,7,5\n"
    "3,acme,False,Tue Oct 31 22:12:00 +0000 2017,@115 Which town?,4,2\n"
    "7,8,True,Tue Oct 31 22:16:00 +0000 2017,@acme Here.,9,6\n"
    "4,115,True,Tue Oct 31 22:13:00 +0000 2017,@acme Dayton,,3\n"
    "5,8,True,Tue Oct 31 22:14:00 +0000 2017,@acme No parcel!,6,\n"
    "2,115,True,Tue Oct 31 22:10:00 +0000 2017,@acme no signal,3,\n"
)


def parted(*messages: tuple[str, str, tuple[str, ...]]) -> tuple[list[list[str]], int]:
    """Ids by thread, and how many were there twice."""
    made = [Message(Row([], line), id_, parent, answers) for line, (id_, parent, answers) in enumerate(messages, 2)]
    threads = Threads(made)
    try:
        return [[m.id for m in thread] for thread in threads], threads.doubles
    finally:
        threads.close()


def test_a_ring_a_self_answer_and_a_double_lose_nothing() -> None:
    assert parted(("a", "b", ()), ("b", "a", ()), ("c", "c", ()), ("c", "", ()), ("d", "b", ())) == (
        [["a", "b", "d"], ["c"]],
        1,
    )


def test_another_message_under_the_same_id_is_kept() -> None:
    threads = Threads(Message(Row([text], n), id_, "", ()) for n, (id_, text) in enumerate((("a", "x"), ("a", "y"))))
    assert ([[m.row.cells for m in thread] for thread in threads], threads.doubles) == ([[["x"]], [["y"]]], 0)
    threads.close()


def test_answers_to_one_missing_message_belong_together() -> None:
    assert parted(("a", "x", ()), ("b", "y", ()), ("c", "x", ())) == ([["a", "c"], ["b"]], 0)


def test_a_message_is_found_by_the_one_that_names_its_answer() -> None:
    assert parted(("b", "", ()), ("a", "", ("b", "z")), ("", "a", ())) == ([["a", "b", ""]], 0)


def test_links_as_spreadsheets_write_them() -> None:
    assert [link(c) for c in (" 3.0 ", "nan", "", "t1", "3.5")] == ["3", "", "", "t1", "3.5"]
    assert links("5.0,7") == ("5", "7")
    assert links("[5; 7]") == ("5", "7")
    assert links("nan") == ()


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 15)), max_size=30))
def test_every_message_comes_back_once_behind_the_one_that_it_answers(pairs: list[tuple[int, int]]) -> None:
    messages = [(str(id_), "" if parent > 13 else str(parent), ()) for id_, parent in pairs]
    threads, doubles = parted(*messages)
    ids = [id_ for thread in threads for id_ in thread]
    assert sorted(ids) == sorted({id_ for id_, _, _ in messages})
    assert doubles == len(messages) - len(ids)
    kept: dict[str, str] = {}
    for id_, parent, _ in messages:
        kept.setdefault(id_, parent)
    for thread in threads:
        for place, id_ in enumerate(thread):
            if kept[id_] in thread[place + 1 :]:  # only within a ring
                step, seen = kept[id_], {id_}
                while step in kept and step not in seen:
                    seen.add(step)
                    step = kept[step]
                assert step in seen


def test_threads_newest_first_become_conversations_with_roles() -> None:
    found = reading(NEWEST_FIRST, "t.csv")
    first, second = found
    assert first == Transcript(
        id="5",
        turns=(
            Turn("customer", "@acme No parcel!", "8", at="2017-10-31T22:14:00+00:00", source=(":7",)),
            Turn("agent", "@5 Where?", "acme", at="2017-10-31T22:15:00+00:00", source=(":3",)),
            Turn("customer", "@acme Here.", "8", at="2017-10-31T22:16:00+00:00", source=(":5",)),
            Turn("agent", "@8 Sent.", "acme", at="2017-10-31T22:20:00+00:00", source=(":2",)),
        ),
        source="t.csv:7",
        format="table",
    )
    assert isinstance(second, Transcript)
    assert (second.id, [t.source for t in second.turns]) == ("2", [(":8",), (":4",), (":6",)])
    assert found.notes == ('t.csv: conversations are threads by "in_response_to_tweet_id"',)


def test_ids_of_data_frames_and_a_column_of_row_numbers() -> None:
    rows = NEWEST_FIRST.splitlines()
    again = ["," + rows[0]]
    for number, row in enumerate(rows[1:]):
        cells = row.split(",")
        cells[6] = cells[6] and cells[6] + ".0"
        again.append(f"{number},{','.join(cells)}")
    found = outcomes("\n".join(again) + "\n", "t.csv")
    assert [[t.text for t in o.turns] for o in found if isinstance(o, Transcript)] == [
        [t.text for t in o.turns] for o in outcomes(NEWEST_FIRST, "t.csv") if isinstance(o, Transcript)
    ]


def test_the_order_of_rows_changes_nothing_but_the_places() -> None:
    head, *rows = NEWEST_FIRST.splitlines(keepends=True)
    random.Random(1).shuffle(rows)
    found = {o.id: [t.text for t in o.turns] for o in outcomes(head + "".join(rows)) if isinstance(o, Transcript)}
    assert found["5"] == ["@acme No parcel!", "@5 Where?", "@acme Here.", "@8 Sent."]
    assert found["2"] == ["@acme no signal", "@115 Which town?", "@acme Dayton"]


def test_a_double_is_counted_and_a_broken_row_costs_all() -> None:
    found = reading(NEWEST_FIRST + NEWEST_FIRST.splitlines()[-1] + "\n", "t.csv")
    assert [len(o.turns) for o in found if isinstance(o, Transcript)] == [4, 3]
    assert found.counts.left_out == {"duplicate messages": 1}
    assert outcomes(NEWEST_FIRST + '1,2,True,,"never closed,,\n0,2,True,,x,,\n', "t.csv") == [
        Failure(
            "t.csv:9",
            "malformed",
            "a quotation mark that is never closed; close or double it; rows of a conversation stand apart here, so "
            "nothing was read",
        )
    ]


def test_now_and_then_a_quoted_message_is_no_thread() -> None:
    rows = [f"{n},{'Dana' if n % 2 else 'Lee'},text {n},{n - 3 if n == 5 else ''}" for n in range(1, 9)]
    (transcript,) = outcomes("message_id,author,text,reply_to\n" + "\n".join(rows) + "\n", "t.csv")
    assert isinstance(transcript, Transcript)
    assert len(transcript.turns) == 8
