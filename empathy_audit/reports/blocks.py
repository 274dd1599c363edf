"""Which turns stand together: what a report needs to quote an answer that runs over several turns."""

from __future__ import annotations

from empathy_audit.model.audit import Audit, JudgedTurn, Response


def block(audit: Audit, index: int) -> tuple[int, ...]:
    """Indices of the block that turn `index` belongs to, whatever bots or notes stand between.

    A block is spoken turns of one side, an agent's of one agent.

    A turn that nobody speaks to the other (bot, system, internal, unknown) is alone.
    """
    turns = audit.turns
    if not turns[index].turn.spoken:
        return (index,)
    before = _run(turns, range(index - 1, -1, -1), turns[index])
    after = _run(turns, range(index + 1, len(turns)), turns[index])
    return (*reversed(before), index, *after)


def response_to(audit: Audit, index: int) -> tuple[int, Response] | None:
    """The agent turn that carries the response to the opportunity of turn `index`, and the response."""
    opportunity = audit.turns[index].opportunity
    first = opportunity.answered_by if opportunity else None
    places = range(len(audit.turns)) if first is None else (first, *range(len(audit.turns)))
    for at in places:
        found = audit.turns[at].response
        if found is not None and found.to == index:
            return at, found
    return None


def next_answer(audit: Audit, index: int) -> int | None:
    """The first spoken agent turn after turn `index`."""
    return next((at for at in range(index + 1, len(audit.turns)) if _side(audit.turns[at]) == "agent"), None)


def _run(turns: tuple[JudgedTurn, ...], indices: range, start: JudgedTurn) -> list[int]:
    found: list[int] = []
    for at in indices:
        if not turns[at].turn.spoken:
            continue
        if _who(turns[at]) != _who(start):
            break
        found.append(at)
    return found


def _side(judged: JudgedTurn) -> str:
    return judged.turn.role if judged.turn.spoken else ""


def _who(judged: JudgedTurn) -> tuple[str, str | None]:
    return judged.turn.role, judged.turn.speaker if judged.turn.role == "agent" else None
