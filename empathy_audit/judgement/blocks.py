"""Blocks: runs of turns of one side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from empathy_audit.model.transcript import Turn


class Block(NamedTuple):
    """Turn indices of one side in order; `agent` is the speaker of an agent block, where known."""

    side: Literal["customer", "agent"]
    turns: tuple[int, ...]
    agent: str | None = None


def divide(turns: Sequence[Turn]) -> tuple[Block, ...]:
    """The blocks of a conversation, in order.

    Bot, system and internal turns neither split a block nor belong to one, and so do turns without words. A change of agent starts a
    new block.
    """
    blocks: list[Block] = []
    side: Literal["customer", "agent"] = "customer"
    agent: str | None = None
    run: list[int] = []
    for index, turn in enumerate(turns):
        role = turn.role
        if (role != "customer" and role != "agent") or turn.visibility != "public" or not turn.text.strip():
            continue
        speaker = turn.speaker if role == "agent" else None
        if run and (role != side or speaker != agent):
            blocks.append(Block(side, tuple(run), agent))
            run = []
        side, agent = role, speaker
        run.append(index)
    if run:
        blocks.append(Block(side, tuple(run), agent))
    return tuple(blocks)
