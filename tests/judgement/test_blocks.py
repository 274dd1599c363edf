"""Blocks: runs of turns of one side, whatever bots, notes and silence lie between."""

from __future__ import annotations

import itertools

import pytest
from empathy_audit.judgement.blocks import divide
from hypothesis import given
from hypothesis import strategies as st

from tests.build import turns


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        ((), []),
        (("system: joined", "bot: hello", "internal agent: angry one", "unknown: hm"), []),
        (("customer: a", "customer: b", "agent: c"), [("customer", (0, 1), None), ("agent", (2,), None)]),
        (
            ("customer: a", "bot: b", "system: c", "internal agent Bo: d", "customer: e", "agent Bo: f"),
            [("customer", (0, 4), None), ("agent", (5,), "Bo")],
        ),
        (
            ("agent Bo: a", "agent Bo: b", "agent Cy: c", "agent: d"),
            [("agent", (0, 1), "Bo"), ("agent", (2,), "Cy"), ("agent", (3,), None)],
        ),
        (("customer Al: a", "customer Di: b"), [("customer", (0, 1), None)]),
        (("customer: a", "agent:   ", "customer:", "customer: b"), [("customer", (0, 3), None)]),
    ],
)
def test_blocks(lines: tuple[str, ...], blocks: list[tuple[str, tuple[int, ...], str | None]]) -> None:
    assert [(b.side, b.turns, b.agent) for b in divide(turns(*lines))] == blocks


@given(
    st.lists(
        st.sampled_from(["customer: a", "agent: b", "agent Bo: c", "agent Cy: d", "bot: e", "agent:", "system: f"])
    )
)
def test_every_spoken_turn_is_in_one_block_and_neighbours_differ(lines: list[str]) -> None:
    given_turns = turns(*lines)
    blocks = divide(given_turns)
    inside = [index for block in blocks for index in block.turns]
    assert inside == [n for n, t in enumerate(given_turns) if t.spoken and t.text.strip()]
    assert all((a.side, a.agent) != (b.side, b.agent) for a, b in itertools.pairwise(blocks))
