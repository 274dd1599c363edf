"""The network: whole numbers all the way, nothing that reaches over a turn's end, and the same sums in whatever company."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from empathy_audit.language.segmented import SegmentedTurn, segmented
from empathy_audit.signals import shipped
from empathy_audit.signals.network import LARGEST, Pooled, Prepared
from empathy_audit.signals.stream import stream_of
from empathy_audit.signals.tokens import Vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

MODEL = shipped.load()
NETWORK = MODEL.document.network
PREPARED = Prepared(NETWORK)
VOCABULARY = Vocabulary(MODEL.document.words)


def pooled(*turns: tuple[str, str]) -> Pooled:
    parts: list[SegmentedTurn | None] = [segmented(role, text) for role, text in turns]  # type: ignore[arg-type]
    return PREPARED.pooled(stream_of(parts, VOCABULARY))


def slow(*turns: tuple[str, str]) -> np.ndarray:  # type: ignore[type-arg]
    """The same by the definition, token by token, in Python's own integers: largest and mean of each segment."""
    parts: list[SegmentedTurn | None] = [segmented(role, text) for role, text in turns]  # type: ignore[arg-type]
    stream = stream_of(parts, VOCABULARY)
    bounds = [*stream.turn_starts, len(stream.codes)]
    first, second, found = NETWORK.first, NETWORK.second, {}
    for start, stop in pairwise(bounds):
        embedded = {}
        for at in range(start, stop - 1):
            word, class_ = stream.codes[at] & ((1 << 19) - 1), (stream.codes[at] >> 19) & 511
            vector = (NETWORK.words[word] if word else NETWORK.classes[class_]).astype(int)
            embedded[at] = vector + ((stream.codes[at] >> 28) >> 11 & 1) * NETWORK.echo.astype(int)
        one = {at: _cell(embedded, at, first) for at in embedded}
        for at in embedded:
            found[at] = one[at] + _cell(one, at, second)
    rows = []
    for start, size in zip(stream.starts, stream.sizes, strict=True):
        values = np.array([found[at] for at in range(start, start + size)])
        rows.append(np.concatenate([values.max(axis=0), 8 * values.sum(axis=0) // size]))
    return np.array(rows)


def _cell(values: dict, at: int, layer) -> np.ndarray:  # type: ignore[no-untyped-def,type-arg]
    total = layer.bias.astype(int).copy()
    for place, neighbour in enumerate((at - 1, at, at + 1)):
        if neighbour in values:
            total += values[neighbour] @ layer.weights[place].astype(int)
    return np.clip(np.rint(total.astype(np.float32) * layer.scale), 0, LARGEST).astype(int)


TALK = (
    ("customer", "My parcel is lost and nobody called me back!! Where is it?"),
    ("agent", "I'm so sorry your parcel is lost. What happened when you called?"),
    ("customer", "zyzzyva 42 _ 😡"),
)


def test_it_is_what_its_definition_says() -> None:
    sums = pooled(*TALK)
    assert np.concatenate([sums.segment, sums.mean], axis=1).tolist() == slow(*TALK).tolist()


def test_every_value_is_a_whole_number_that_a_float_holds_exactly() -> None:
    for values in pooled(*TALK):
        assert (values == np.rint(values)).all()
        assert values.min() >= 0
        assert values.max() <= 16 * LARGEST
    kernel = np.abs(NETWORK.first.weights.astype(int)).sum(axis=(0, 1)).max()
    most = np.abs(NETWORK.words.astype(int)).max() + np.abs(NETWORK.echo.astype(int)).max()
    assert kernel * most + np.abs(NETWORK.first.bias).max() < 1 << 24
    kernel = np.abs(NETWORK.second.weights.astype(int)).sum(axis=(0, 1)).max()
    assert kernel * LARGEST + np.abs(NETWORK.second.bias).max() < 1 << 24


def test_a_turn_sees_nothing_of_its_neighbours_but_what_was_heard() -> None:
    alone = pooled(("agent", TALK[1][1]))
    among = pooled(("customer", "it is a disgrace"), TALK[1], ("customer", "thank you"))
    assert among.turn[1].tolist() == alone.turn[0].tolist()
    assert alone.heard.max() == 0
    assert among.heard[1].tolist() == among.turn[0].tolist()


def test_rounding_is_the_same_for_every_order_of_adding() -> None:
    rng = np.random.default_rng(0)
    values = rng.integers(0, 256, (50, NETWORK.width)).astype(np.float32)
    kernel = NETWORK.second.weights[1].astype(np.float32)
    order = rng.permutation(NETWORK.width)
    assert (values @ kernel == values[:, order] @ kernel[order]).all()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["agent", "customer"]), st.text("ab lost?! 😡é_", max_size=30)),
        min_size=1,
        max_size=4,
    )
)
def test_any_conversation_by_the_definition(turns: list[tuple[str, str]]) -> None:
    parts = [segmented(role, text) for role, text in turns]  # type: ignore[arg-type]
    if any(part.segments for part in parts):
        sums = pooled(*turns)
        assert np.concatenate([sums.segment, sums.mean], axis=1).tolist() == slow(*turns).tolist()


@pytest.mark.parametrize("token", [0, 3])
def test_without_a_token_it_says_nothing(token: int) -> None:
    stream = stream_of([segmented("customer", "I am so furious today")], VOCABULARY)
    assert PREPARED.without(stream, token).segment.tolist() != PREPARED.pooled(stream).segment.tolist()
