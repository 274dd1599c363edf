"""Conversations as a stream of tokens: what their segments are made of, who speaks, and whom each turn answers."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.signals.tokens import ECHO, FLAGS_SHIFT, MOST_STEMS, STEM_SHIFT, STOP_CODE, Vocabulary

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]
_CAPITALS = ascii_uppercase.encode()
_FEW = 5
"""So many capitals are no shouting, whatever stands beside them."""


class Stream(NamedTuple):
    """The spoken turns of conversations as one row of tokens, with a stop behind each turn, and where their segments lie in it.

    `codes` are the tokens. For each segment: `starts`, `sizes` in tokens, its turn's place among `turns`, whether an agent speaks, and whether
    it is shouted (asked of customers alone). For each turn: its number among the turns given, where it starts, how many words and signs it has, the
    place of the first turn of its conversation, of the last turn of the other side before it, or -1, the number of its block (turns of one side
    in a row), and for agents whether anything of content was heard before.
    """

    codes: Longs
    starts: Longs
    sizes: Longs
    owners: Longs
    agents: Bools
    shouts: Bools
    turns: Longs
    turn_starts: Longs
    words: Longs
    begins: Longs
    answers: Longs
    blocks: Longs
    heard: Bools


def stream_of(
    turns: Sequence[SegmentedTurn | None], vocabulary: Vocabulary, conversations: Sequence[int] = (0,)
) -> Stream:
    """The stream of one conversation, or of several behind each other.

    `turns` holds None where nothing is spoken between agent and customer; `conversations` are the places in it where one begins, in order.
    Nothing in a stream depends on what other conversations are in it.
    """
    spoken = [(number, turn) for number, turn in enumerate(turns) if turn is not None and turn.segments]
    pieces = [turn.folded[a:b] for _, turn in spoken for a, b in turn.segments]
    tokens, words = vocabulary.codes(pieces)
    counts = _longs(len(turn.segments) for _, turn in spoken)
    # A segment of underscores has no token; it is given one that says nothing.
    sizes = np.maximum(words, 1)
    owners = np.repeat(np.arange(len(spoken)), counts)
    starts = np.cumsum(sizes) - sizes + owners
    firsts = np.cumsum(counts) - counts
    agents = np.array([turn.role == "agent" for _, turn in spoken], dtype=np.bool_)
    numbers = _longs(number for number, _ in spoken)
    of_conversation = np.searchsorted(np.array(conversations), numbers, side="right")
    begins = np.searchsorted(of_conversation, of_conversation)
    blocks = _blocks(agents, begins)
    stream = Stream(
        codes=_laid_out(tokens, words, starts, len(spoken)),
        starts=starts,
        sizes=sizes,
        owners=owners,
        agents=agents[owners],
        shouts=_shouted([turn for _, turn in spoken], firsts, len(starts)),
        turns=numbers,
        turn_starts=starts[firsts],
        words=np.add.reduceat(words, firsts) if len(firsts) else words,
        begins=begins,
        answers=_answers(agents, begins),
        blocks=blocks,
        heard=np.zeros(len(spoken), dtype=np.bool_),
    )
    return _with_echoes(stream, agents)


def _laid_out(tokens: Longs, words: Longs, starts: Longs, turns: int) -> Longs:
    """The tokens of all segments at their places, and stops everywhere else."""
    codes = np.full(np.maximum(words, 1).sum() + turns, STOP_CODE, dtype=np.int64)
    codes[np.repeat(starts - (np.cumsum(words) - words), words) + np.arange(len(tokens))] = tokens
    return codes


def _longs(numbers: object) -> Longs:
    return np.fromiter(numbers, dtype=np.int64)  # type: ignore[call-overload, no-any-return]


def _blocks(agents: Bools, begins: Longs) -> Longs:
    """The number of each turn's block, counted from 0; no block reaches into another conversation."""
    opens = np.ones(len(agents), dtype=np.bool_)
    opens[1:] = (agents[1:] != agents[:-1]) | (begins[1:] != begins[:-1])
    return np.cumsum(opens) - 1


def _last(where: Bools) -> Longs:
    """For each place the last one before it, or at it, that is marked; -1 before the first."""
    return np.maximum.accumulate(np.where(where, np.arange(len(where)), -1))


def _answers(agents: Bools, begins: Longs) -> Longs:
    found = np.where(agents, _last(~agents), _last(agents))
    return np.where(found >= begins, found, -1)


def _with_echoes(stream: Stream, agents: Bools) -> Stream:
    """The stream with those tokens of agents marked whose stems the last block of the customer had, of those that had any word at all."""
    if not len(agents):
        return stream
    told = _last(~agents & (stream.words > 0))
    of_block = np.where(told >= stream.begins, stream.blocks[told], -1)
    place = np.flatnonzero(stream.codes >> STEM_SHIFT)
    turn = np.searchsorted(stream.turn_starts, place, side="right") - 1
    # A stem in a block is one number, so that blocks are told apart without a set for each.
    key = np.where(agents, of_block, stream.blocks)[turn] * MOST_STEMS + (stream.codes[place] >> STEM_SHIFT)
    by_agent = agents[turn]
    # Behind the largest that was said stands one that no agent says, so that each of theirs has a place before one.
    said = np.append(np.sort(key[~by_agent]), np.iinfo(np.int64).max)
    of_agents = key[by_agent]
    echoes = said[np.searchsorted(said, of_agents)] == of_agents
    stream.codes[place[by_agent][echoes]] |= ECHO << FLAGS_SHIFT
    content = np.zeros(
        stream.blocks[-1] + 2, dtype=np.bool_
    )  # the last one is read by turns before which nothing was told
    content[stream.blocks[turn[~by_agent]]] = True
    return stream._replace(heard=agents & content[of_block])


def _shouted(turns: Sequence[SegmentedTurn], firsts: Longs, size: int) -> Bools:
    """Which of `size` segments a customer shouts; `firsts` are the places of the first segment of each turn."""
    found = np.zeros(size, dtype=np.bool_)
    for first, turn in zip(firsts.tolist(), turns, strict=True):
        text = turn.text
        # Few turns have so many capitals; of all others no segment needs a look.
        if turn.role == "customer" and _capitals(text) > _FEW:
            for number, (start, end) in enumerate(turn.segments, first):
                found[number] = _shouts(text[start:end])
    return found


def _shouts(text: str) -> bool:
    capitals = _capitals(text)
    return capitals > _FEW and capitals > 0.6 * sum(map(str.isalpha, text))


def _capitals(text: str) -> int:
    if not text.isascii():
        return sum(map(str.isupper, text))
    return len(text) - len(text.encode().translate(None, _CAPITALS))
