"""The text format of labelled conversations: broken lines with their places, and what the good ones say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from empathy_audit.errors import InputError
from empathy_audit.model.rubric import EMOTIONS
from empathy_audit.signals.corpus import (
    CODES,
    REPLIES,
    LabelledConversation,
    LabelledTurn,
    codes_of,
    parse,
    parse_labels,
    segmented,
)
from empathy_audit.signals.recipe import from_folder

TRAINING = Path(__file__).parent.parent.parent / "training"
HEAD = "@ a-1 | retail | chat | en-GB | a note"

# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@ a-1 | retail | chat", "c.txt:1: a header needs id | industry | channel | dialect | note"),
        (f"{HEAD}\n@ b | c", "c.txt:2: a header needs id | industry | channel | dialect | note"),
        ("\n\nA - | hello", "c.txt:3: a turn stands before any header line `@ id | ...`"),
        (f"{HEAD}\nhello", "c.txt:2: 'hello' begins no turn; expected A, B, C0, C1, C2 or S"),
        (f"{HEAD}\n| hello", "c.txt:2: '' begins no turn; expected A, B, C0, C1, C2 or S"),
        (
            f"{HEAD}\nA thank | hello",
            "c.txt:2: 'A thank' names no reply class; expected A and one of ack, ask, solve, ",
        ),
        (f"{HEAD}\nA ask | hi\nC | ho", "c.txt:3: labelled turns and turns that nobody read stand in one conversation"),
        (f"{HEAD}\nB | beep\nA | hi\nC0 none | ho", "c.txt:4: labelled turns and turns that nobody read stand in one "),
        (f"{HEAD}\nA ack ask | hello", "c.txt:2: 'A ack ask' names no reply class; "),
        (f"{HEAD}\nC3 anger | hello", "c.txt:2: 'C3 anger' is no customer's turn; expected C0, C1 or C2 and an emo"),
        (f"{HEAD}\nC1 | hello", "c.txt:2: 'C1' is no customer's turn; "),
        (f"{HEAD}\nC anger | hello", "c.txt:2: 'C anger' is no customer's turn; "),
        (f"{HEAD}\nA -", "c.txt:2: '' is no segment; expected text with labels in braces behind it"),
        (f"{HEAD}\nA - | a | | b", "c.txt:2: '' is no segment; "),
        (f"{HEAD}\nA - | {{CQ}}", "c.txt:2: '{CQ}' is no segment; "),
    ],
)
def test_a_broken_line_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        list(parse(text, "c.txt"))
    assert str(caught.value).startswith(told)


def test_a_conversation_that_nobody_read_has_bare_heads() -> None:
    unread, labelled = parse(f"{HEAD}\nB | beep\nC | my box is broken\nA | oh\n{HEAD}\nA - | hello", "c.txt")
    assert [(t.role, t.text) for t in unread.turns] == [
        ("bot", "beep"),
        ("customer", "my box is broken"),
        ("agent", "oh"),
    ]
    assert not unread.read
    assert labelled.read


def test_what_stands_before_a_broken_line_is_given() -> None:
    found = parse(f"{HEAD}\nA - | hello\n{HEAD}\nrubbish", "c.txt")
    assert next(found).id == "a-1"
    with pytest.raises(InputError):
        next(found)


TEXTS = {"t-1": [("customer", "I am cross."), ("agent", "Sorry. Which one?")]}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2A ack", "list index out of range"),
        ("xA ack", "invalid literal"),
        ("0X 1 anger", "'X'"),
        ("0A ack", "the turn is the customer's"),
        ("1C 1 anger", "the turn is the agent's"),
        ("0C", "list index out of range"),
        ("0C many anger", "invalid literal"),
        ("1A ack 0-99:AP", "place 0-99 lies outside the turn"),
        ("1A ack 5-5:AP", "place 5-5 lies outside the turn"),
        ("1A ack 3:AP", "not enough values"),
        ("1A ack 0-5", "not enough values"),
    ],
)
def test_labels_that_fit_no_turn_are_told_with_their_place(line: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        list(parse_labels(f"# a note\n## t-1\n{line}\n", TEXTS, "l.txt", "x", "social"))  # type: ignore[arg-type]
    assert str(caught.value).startswith(f"l.txt:3: {line!r} labels no turn of t-1 (")
    assert told in str(caught.value)


# --- what is read ----------------------------------------------------------------------------------------------------


def test_the_whole_of_a_conversation() -> None:
    text = f"""\
{HEAD}
B | Welcome | to Nook
C2 anger | i have rung four times now {{1}} | it is a joke {{2}}

A ack | That is too often. {{VA EA}} | Which order? {{CQ}}
S | Chat closed
@ b-2 | bank | call | en-US | none
C0 none | hi
"""
    assert list(parse(text, "c.txt")) == [
        LabelledConversation(
            "a-1",
            "retail",
            "chat",
            "en-GB",
            (
                LabelledTurn("bot", "Welcome to Nook"),
                LabelledTurn(
                    "customer",
                    "i have rung four times now it is a joke",
                    ((0, 26, frozenset("1")), (27, 39, frozenset("2"))),
                    level=2,
                    emotion="anger",
                ),
                LabelledTurn(
                    "agent",
                    "That is too often. Which order?",
                    ((0, 18, frozenset(("VA", "EA"))), (19, 31, frozenset(("CQ",)))),
                    reply="ack",
                ),
                LabelledTurn("system", "Chat closed"),
            ),
        ),
        LabelledConversation(
            "b-2", "bank", "call", "en-US", (LabelledTurn("customer", "hi", ((0, 2, frozenset()),), level=0),)
        ),
    ]


def test_bots_and_systems_are_spoken_past() -> None:
    (talk,) = parse(f"{HEAD}\nB | Welcome\nC0 none | hi\nS | closed\nA - | Hello.", "c.txt")
    assert [part and part.text for part in segmented(talk)] == [None, "hi", None, "Hello."]


@pytest.mark.parametrize(
    ("pieces", "codes"),
    [
        ([(0, 18), (19, 31)], [{"VA"}, {"CQ"}]),  # as it was labelled
        ([(0, 31)], [{"VA", "CQ"}]),  # read as one: both are half of it or lie in it whole
        ([(0, 9), (10, 18), (19, 31)], [{"VA"}, {"VA"}, {"CQ"}]),  # read in more pieces
        ([(0, 22), (23, 31)], [{"VA"}, {"CQ"}]),  # divided elsewhere
        ([(31, 40)], [set()]),
    ],
)
def test_a_segment_has_the_codes_of_the_labelled_places_that_it_shares(
    pieces: list[tuple[int, int]], codes: list[set[str]]
) -> None:
    spans = ((0, 18, frozenset(("VA",))), (19, 31, frozenset(("CQ",))))
    assert codes_of(LabelledTurn("agent", "That is too often. Which order?", spans), pieces) == codes


def test_labels_join_texts_that_lie_elsewhere() -> None:
    lines = "# a note\n## t-1\n0C 2 anger 0-11:2\n1A ask 0-6:AP 7-17:CQ,OW\n## not-there\n0C 1 anger 0-3:1\n"
    assert list(parse_labels(lines, TEXTS, "l.txt", "tweets", "social")) == [  # type: ignore[arg-type]
        LabelledConversation(
            "t-1",
            "tweets",
            "social",
            "unknown",
            (
                LabelledTurn("customer", "I am cross.", ((0, 11, frozenset("2")),), level=2, emotion="anger"),
                LabelledTurn(
                    "agent", "Sorry. Which one?", ((0, 6, frozenset(("AP",))), (7, 17, frozenset(("CQ", "OW")))), reply="ask"
                ),
            ),
        )
    ]  # fmt: skip


# --- the corpus itself -----------------------------------------------------------------------------------------------

CORPUS = from_folder(TRAINING / "corpus").conversations
RUN = 6
"""Words in a row that two conversations have in common only when they are copies, or both use a formula."""


def test_the_corpus_parses_whole_and_is_as_large_and_wide_as_promised() -> None:
    turns = [turn for talk in CORPUS for turn in talk.turns if turn.role in ("agent", "customer")]
    assert len(turns) >= 5000
    assert len({talk.id for talk in CORPUS}) == len(CORPUS)
    assert {talk.channel for talk in CORPUS} == {"chat", "call", "email", "social"}
    assert len({talk.industry for talk in CORPUS}) > 30
    assert len({talk.dialect for talk in CORPUS}) > 5


def test_every_label_of_the_corpus_is_known() -> None:
    turns = [(talk.id, turn) for talk in CORPUS for turn in talk.turns]
    known = {"agent": {*CODES}, "customer": {"1", "2"}}
    strange = [(id_, code) for id_, t in turns for *_, codes in t.spans for code in codes if code not in known[t.role]]
    assert strange == []
    assert {turn.reply for _, turn in turns} == {*REPLIES}
    assert {turn.emotion for _, turn in turns} == {"none", *EMOTIONS}


def test_every_label_of_the_public_set_is_known_and_none_of_its_text_is_here() -> None:
    for path in sorted((TRAINING / "labels").glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            shape = r"#.*|## \S+|\d+C [012] [a-z]+( \d+-\d+:[12])*|\d+A ([a-z]+|-)( \d+-\d+:[A-Z]{2}(,[A-Z]{2})*)*|"
            assert re.fullmatch(shape, line), f"{path.name}:{number}"


def runs_of(talk: LabelledConversation) -> set[tuple[str, ...]]:
    return {run for turn in talk.turns if turn.role in ("agent", "customer") for run in _runs(turn.text)}


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return zip(*(words[at:] for at in range(RUN)), strict=False)


def test_conversations_are_no_copies_of_each_other() -> None:
    runs = {talk.id: runs_of(talk) for talk in CORPUS}
    homes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_, found in runs.items():
        for run in found:
            homes[run].append(id_)
    shared = Counter(id_ for ids in homes.values() if len(ids) > 1 for id_ in ids)
    pairs = Counter(pair for ids in homes.values() for pair in combinations(sorted(ids), 2))
    # Measured: 0.5 % of all runs; 12 % of the worst conversation of 40 runs or more; 5 of the worst pair.
    assert sum(shared.values()) / sum(map(len, runs.values())) < 0.01
    assert {id_: n for id_, n in shared.items() if len(runs[id_]) >= 40 and n / len(runs[id_]) > 0.2} == {}
    assert {pair: n for pair, n in pairs.items() if n > 8} == {}


def test_a_copy_would_be_noticed() -> None:
    copied = sum(len(runs_of(talk)) > 8 for talk in CORPUS)
    assert copied / len(CORPUS) > 0.95
