"""Blocks: runs of turns of one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from empathy_audit.model.transcript import Turn


@dataclass(frozen=True, slots=True)
class Block:
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
    side, agent = "", None
    run: list[int] = []
    for index, turn in enumerate(turns):
        if not turn.spoken or not turn.text.strip():
            continue
        speaker = turn.speaker if turn.role == "agent" else None
        if run and (turn.role != side or (turn.role == "agent" and speaker != agent)):
            blocks.append(_block(side, run, agent))
            run = []
        side, agent = turn.role, speaker
        run.append(index)
    if run:
        blocks.append(_block(side, run, agent))
    return tuple(blocks)


def _block(side: str, run: list[int], agent: str | None) -> Block:
    return Block("agent" if side == "agent" else "customer", tuple(run), agent)
