"""Labelled conversations to learn from, in the project's own text format (training/README.md shows it).

    @ telecom-call-001 | telecom | call | en-GB | angry customer; scripted agent
    C2 anger | i have rung four times now {1} | it is an absolute joke {2}
    A solve | i do apologise for any inconvenience {AP} | can i take your account number please {CQ}

Segments stand between bars, their labels in braces behind them; joined by one space they are the turn. In a conversation that nobody read,
heads are `A` and `C` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from empathy_audit.errors import InputError
from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.language.segmented import segmented as segmented_turn
from empathy_audit.model.transcript import Role

CODES = {
    "OQ": "open-question",
    "CQ": "closed-question",
    "EA": "emotional-acknowledgement",
    "AP": "bare-apology",
    "RR": "reflective-response",
    "AL": "active-listening",
    "VA": "validation",
    "OW": "ownership",
    "NG": "counter-empathy",
}
REPLIES = ("ack", "ask", "solve", "ignore", "dismiss", "-")
_HEADS: Mapping[str, Role] = {"A": "agent", "C": "customer", "B": "bot", "S": "system"}
_BARE = {"A": "A -", "C": "C0 none"}
"""Heads of turns that nobody read, and what stands for them."""
_SEGMENT = re.compile(r"(.*?)\s*(?:\{([^{}]*)\})?")


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """A turn with its labels: `spans` are `(start, end, codes)` over `text`. `reply` for agents; `level` 0..2 and `emotion` for customers."""

    role: Role
    text: str
    spans: tuple[tuple[int, int, frozenset[str]], ...] = ()
    reply: str = "-"
    level: int = 0
    emotion: str = "none"


@dataclass(frozen=True, slots=True)
class LabelledConversation:
    """A conversation to learn from; `industry`, `channel` and `dialect` are what the model card reports by, `weight` how much it counts.

    `read` is False where nobody read it, and its labels mean nothing. `taught` are a larger model's probabilities by side, a row for each segment in order, beside people's labels; what nobody read is
    taught alone.
    """

    id: str
    industry: str
    channel: str
    dialect: str
    turns: tuple[LabelledTurn, ...]
    weight: float = 1.0
    taught: Mapping[str, Any] | None = None
    read: bool = True


def parse(text: str, name: str) -> Iterator[LabelledConversation]:
    """The conversations of one file.

    Raises:
        InputError: a line that is none of the format's, with its place.
    """
    head: list[str] = []
    turns: list[LabelledTurn] = []
    read: bool | None = None  # not known before the first turn of either side
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("@ "):
            if head:
                yield LabelledConversation(head[0], head[1], head[2], head[3], tuple(turns), read=read is not False)
            head, turns, read = [field.strip() for field in line[2:].split("|")], [], None
            if len(head) != 5:
                raise InputError("a header needs id | industry | channel | dialect | note", f"{name}:{number}")
        elif line.strip():
            if not head:
                raise InputError("a turn stands before any header line `@ id | ...`", f"{name}:{number}")
            bare = line.partition("|")[0].strip() in _BARE
            if line[0] in "AC" and read is bare:
                raise InputError(
                    "labelled turns and turns that nobody read stand in one conversation", f"{name}:{number}"
                )
            if line[0] in "AC":
                read = not bare
            turns.append(_turn(_labelless(line) if bare else line, f"{name}:{number}"))
    if head:
        yield LabelledConversation(head[0], head[1], head[2], head[3], tuple(turns), read=read is not False)


def _labelless(line: str) -> str:
    head, _, text = line.partition("|")
    return f"{_BARE[head.strip()]} |{text}"


def _turn(line: str, place: str) -> LabelledTurn:
    head, _, rest = line.partition("|")
    words = head.split()
    role = _HEADS.get(words[0][0]) if words else None
    if role is None:
        raise InputError(f"{head.strip()!r} begins no turn; expected A, B, C0, C1, C2 or S", place)
    text, spans = "", []
    for part in rest.split("|"):
        match = _SEGMENT.fullmatch(part.strip())
        if match is None or not match[1]:
            raise InputError(f"{part.strip()!r} is no segment; expected text with labels in braces behind it", place)
        text += " " * bool(text)
        spans.append((len(text), len(text) + len(match[1]), frozenset((match[2] or "").split())))
        text += match[1]
    if role == "agent":
        if len(words) != 2 or words[1] not in REPLIES:
            raise InputError(
                f"{head.strip()!r} names no reply class; expected A and one of {', '.join(REPLIES)}", place
            )
        return LabelledTurn(role, text, tuple(spans), reply=words[1])
    if role == "customer":
        if len(words) != 2 or words[0] not in ("C0", "C1", "C2"):
            raise InputError(f"{head.strip()!r} is no customer's turn; expected C0, C1 or C2 and an emotion", place)
        return LabelledTurn(role, text, tuple(spans), level=int(words[0][1]), emotion=words[1])
    return LabelledTurn(role, text)


def segmented(conversation: LabelledConversation) -> list[SegmentedTurn | None]:
    """The conversation as the reader would see it; None for bots and system lines."""
    return [segmented_turn(t.role, t.text) if t.role in ("agent", "customer") else None for t in conversation.turns]


def codes_of(turn: LabelledTurn, pieces: Iterable[tuple[int, int]]) -> list[frozenset[str]]:
    """The codes of each segment that the reader makes of a turn: those of the labelled ones it shares half of either's length with."""
    found = []
    for start, end in pieces:
        codes: set[str] = set()
        for left, right, labels in turn.spans:
            shared = min(end, right) - max(start, left)
            if shared > 0 and 2 * shared >= min(right - left, end - start):
                codes |= labels
        found.append(frozenset(codes))
    return found


def parse_labels(
    text: str, texts: Mapping[str, Sequence[tuple[Role, str]]], name: str, industry: str, channel: str
) -> Iterator[LabelledConversation]:
    """Conversations whose text lies elsewhere: `texts` maps an id to its `(role, text)` turns; an id that it lacks is left out.

    A line `## id` opens a conversation; then `0C 2 anger 10-42:2` or `1A solve 0-25:AP,CQ`: number and side of the turn, its head as in
    the corpus, and the labelled places in code points. Turns without a line carry no label.

    Raises:
        InputError: a line that is none of these, or a place outside its turn.
    """
    current, turns = "", list[LabelledTurn]()
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] == "##":
            if turns:
                yield LabelledConversation(current, industry, channel, "unknown", tuple(turns))
            current = words[1]
            turns = [LabelledTurn(role, said) for role, said in texts.get(current, ())]
        elif turns:
            try:
                at = int(words[0][:-1])
                turns[at] = _labelled(turns[at], words[0][-1], words[1:])
            except (ValueError, IndexError, KeyError) as trouble:
                raise InputError(f"{line!r} labels no turn of {current} ({trouble})", f"{name}:{number}") from trouble
    if turns:
        yield LabelledConversation(current, industry, channel, "unknown", tuple(turns))


def _labelled(turn: LabelledTurn, side: str, words: Sequence[str]) -> LabelledTurn:
    if _HEADS[side] != turn.role:
        raise ValueError(f"the turn is the {turn.role}'s")
    heads = 2 if side == "C" else 1
    spans = []
    for place in words[heads:]:
        where, codes = place.split(":")
        start, end = map(int, where.split("-"))
        if not 0 <= start < end <= len(turn.text):
            raise ValueError(f"place {where} lies outside the turn")
        spans.append((start, end, frozenset(codes.split(","))))
    if side == "C":
        return LabelledTurn(turn.role, turn.text, tuple(spans), level=int(words[0]), emotion=words[1])
    return LabelledTurn(turn.role, turn.text, tuple(spans), reply=words[0])
