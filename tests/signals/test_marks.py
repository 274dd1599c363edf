"""What a conversation becomes before the network sees it: tokens, segments, and the marks of each."""

from __future__ import annotations

from itertools import accumulate, chain

import numpy as np
import pytest
from empathy_audit.language.segmented import SegmentedTurn, segmented
from empathy_audit.language.text import fold
from empathy_audit.model.transcript import Role
from empathy_audit.signals.lexicon import CLASSES
from empathy_audit.signals.marks import MARKS, marks_of, unpacked
from empathy_audit.signals.stream import stream_of
from empathy_audit.signals.tokens import ECHO, STOP_CODE, TOKEN, Vocabulary
from hypothesis import given
from hypothesis import strategies as st

VOCABULARY = Vocabulary(("how", "i", "sorry", "that", "you"))
_WORD, _CLASS = (1 << 19) - 1, (1 << 9) - 1


def told(*turns: tuple[Role, str], role: Role = "agent") -> list[set[str]]:
    """The marks of each segment of a role, by name."""
    stream = stream_of([segmented(*turn) for turn in turns], VOCABULARY)
    rows = unpacked(marks_of(stream))
    return [
        {name for name, there in zip(MARKS, row, strict=True) if there}
        for row, agent in zip(rows, stream.agents, strict=True)
        if agent == (role == "agent")
    ]


def test_the_whole_of_a_segment() -> None:
    (found,) = told(("customer", "my parcel is lost"), ("agent", "So sorry, you lost a zebra?"))
    assert found == {
        *("length 6-9", "turn of 8-15 words", "first", "last", "hears trouble"),
        *("asks", "you", "you, asking", "echoes 1", "echo share 2/4"),
    }


def test_the_tokens_of_a_conversation() -> None:
    stream = stream_of(
        [segmented("customer", "my lost parcel"), segmented("agent", "You lost it. Sorry 42!")], VOCABULARY
    )
    words = [code & _WORD for code in stream.codes]
    classes = [CLASSES[(code >> 19) & _CLASS] for code in stream.codes]
    assert words == [0, 0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0]
    assert classes == ["ME", "CONFUSED", "word", "$", "YOU", "CONFUSED", "it", ".", "SORRY", "0", "!", "$"]
    assert [n for n, code in enumerate(stream.codes) if (code >> 28) & ECHO] == [5]
    assert [part.tolist() for part in (stream.starts, stream.sizes, stream.owners)] == [[0, 4, 8], [3, 4, 3], [0, 1, 1]]
    assert [part.tolist() for part in (stream.turns, stream.turn_starts, stream.answers)] == [[0, 1], [0, 4], [-1, 0]]
    assert [stream.codes[n] for n in (3, 11)] == [STOP_CODE, STOP_CODE]


def test_context_of_agent_and_customer() -> None:
    turns: tuple[tuple[Role, str], ...] = (
        ("customer", "hello"),
        ("agent", "How are you?"),
        ("customer", "BROKEN AGAIN!!"),
        ("customer", "Thanks"),
        ("agent", "Could you send it?"),
        ("agent", "Right."),
    )
    agents = told(*turns)
    assert "hears neither" in agents[0]
    assert {"hears trouble", "asks", "opens asking, marked"} <= agents[1]
    assert {"hears trouble", "goes on"} <= agents[2]
    customers = told(*turns, role="customer")
    assert {"nobody answered yet", "single"} <= customers[0]
    assert {"answers a question", "shouts", "exclaims twice"} <= customers[1]
    assert "speaks again" in customers[2]


@pytest.mark.parametrize("text", ["see 42 https://x.y/z @dana_7", "see 7 https://other.example @bo"])
def test_numbers_links_and_handles_are_each_one_word(text: str) -> None:
    vocabulary = Vocabulary(("0", "@", "http", "see"))
    stream = stream_of([segmented("agent", text)], vocabulary)
    assert [code & _WORD for code in stream.codes] == [4, 1, 3, 2, 0]


def test_ids_do_not_run_into_each_other() -> None:
    assert len(CLASSES) < 1 << 9
    assert len(MARKS) <= 63
    assert len(set(MARKS)) == len(MARKS)


def test_what_was_looked_up_is_forgotten_in_bounds() -> None:
    vocabulary = Vocabulary(())
    for n in range(100_500):
        vocabulary[f"w{n}"]
    assert len(vocabulary) <= 100_001


ANY_TURN = st.tuples(
    st.sampled_from(["agent", "customer"]), st.one_of(st.text(max_size=40), st.text("aı'?!.I 0@#£😡\n_", max_size=20))
)


@given(st.lists(ANY_TURN, max_size=6))
def test_any_conversation_has_marks_for_each_of_its_segments(turns: list[tuple[Role, str]]) -> None:
    parts: list[SegmentedTurn | None] = [segmented(*turn) for turn in turns]
    stream = stream_of(parts, VOCABULARY)
    assert stream.turns.tolist() == [n for n, part in enumerate(parts) if part and part.segments]
    assert len(stream.starts) == sum(len(part.segments) for part in parts if part)
    assert len(stream.codes) == sum(stream.sizes) + len(stream.turns)
    if not len(stream.turns):
        return
    marks = marks_of(stream)
    assert marks.shape == (len(stream.starts),)
    for part, row in zip([p for p in parts if p for _ in p.segments], unpacked(marks), strict=True):
        sizes = [name for name, there in zip(MARKS, row, strict=True) if there and name.startswith("length ")]
        assert len(sizes) == 1
        assert part is not None
    assert all(stream.answers[n] < n for n in range(len(stream.turns)))


@given(st.lists(st.lists(ANY_TURN, max_size=4), max_size=4))
def test_conversations_behind_each_other_have_the_marks_that_each_has_alone(
    talks: list[list[tuple[Role, str]]],
) -> None:
    parts: list[list[SegmentedTurn | None]] = [[segmented(*turn) for turn in talk] for talk in talks]
    streams = [stream for talk in parts if len((stream := stream_of(talk, VOCABULARY)).turns)]
    begins = list(accumulate(map(len, parts), initial=0))[:-1]
    together = stream_of(list(chain(*parts)), VOCABULARY, begins)
    assert together.codes.tolist() == [code for stream in streams for code in stream.codes.tolist()]
    if streams:
        assert marks_of(together).tolist() == [bits for stream in streams for bits in marks_of(stream).tolist()]


def test_what_came_before_counts_until_the_customer_says_something() -> None:
    turns: tuple[tuple[Role, str], ...] = (
        ("customer", "lost"),
        ("agent", "Hm."),
        ("customer", "___"),
        ("agent", "Lost?"),
    )
    assert "echoes 1" in told(*turns)[1]
    stream = stream_of([segmented(*turn) for turn in turns], VOCABULARY, [0, 3])
    assert [bool(code >> 28 & ECHO) for code in stream.codes[stream.turn_starts[3] :]] == [False] * 3


@given(st.text(max_size=60))
def test_the_tokens_of_a_text_are_those_that_the_expression_finds(text: str) -> None:
    vocabulary = Vocabulary(("how", "lost"))
    folded = fold(text)
    codes, sizes = vocabulary.codes([folded, "", folded])
    found = [vocabulary[token] for token in TOKEN.findall(folded)]
    assert (codes.tolist(), sizes.tolist()) == (found * 2, [len(found), 0, len(found)])


@pytest.mark.parametrize("text", ["a\u1680b c", "https://x.y/z\u00a0you", "x" * 50 + " y"])
def test_tokens_between_any_white_space(text: str) -> None:
    vocabulary = Vocabulary(())
    assert vocabulary.codes([text])[0].tolist() == [vocabulary[token] for token in TOKEN.findall(text)]


def test_turns_that_nobody_speaks_leave_no_trace() -> None:
    spoken = [segmented("customer", "it is lost"), segmented("agent", "Lost?")]
    apart: list[SegmentedTurn | None] = [spoken[0], None, spoken[1]]
    assert stream_of(apart, VOCABULARY).codes.tolist() == stream_of(spoken, VOCABULARY).codes.tolist()
    assert stream_of(apart, VOCABULARY).turns.tolist() == [0, 2]


@pytest.mark.parametrize("text", ["Bjørn", "Παναγιώτης", "王伟", "محمد"])
def test_names_of_every_script_are_one_word(text: str) -> None:
    assert len(TOKEN.findall(text.lower())) in (1, len(text))
    assert np.array(stream_of([segmented("agent", text)], VOCABULARY).sizes).sum() >= 1
