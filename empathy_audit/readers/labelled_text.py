"""Lines to conversations: which labels are labels, where a conversation begins, what continues a turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from empathy_audit.readers.labelled_lines import Line, read_line, read_stamp
from empathy_audit.readers.text_layout import FIELDS, better_title, field_of, is_aside, is_break, numbered, scope, title

_LIST_ITEM = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s")
_SPEAKER_NUMBER = re.compile(r"(?:spk|speaker|participant|person|voice|channel)[ _-]?\w{1,3}", re.IGNORECASE)
# Package lists and licences have repeated labels, too; people who talk say I, you and yes, and ask.
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|i'll|you|you're|your|my|me|we|yes|no|hi|hello|hey|thanks|thank|ok|okay|yeah)\b|\?", re.IGNORECASE
)


@dataclass(slots=True)
class Said:
    """A turn in the making: its line (1-based), label and lines of text, and how many words stand at the label."""

    line: int
    head: Line
    parts: list[str]
    near: int = 0


@dataclass(slots=True)
class Piece:
    """A conversation in the making: the heading over it, the fields of its head by lower-case key, its turns."""

    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    turns: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Assembly:
    """All conversations of a text; what was left out by reason; how many words are nobody's."""

    pieces: list[Piece] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    stray: int = 0


def labelled(lines: Sequence[str]) -> str | None:
    """Why these lines are labelled text, or None.

    Enough is: labels that are role words, and six words in ten right at a label; or, without such labels, four turns of
    two names who speak as people do to each other.
    """
    found = assemble(lines)
    said = [s for p in found.pieces for s in p.turns]
    roles = sum(1 for s in said if s.head.label.role and not s.head.label.weak)
    near = sum(s.near for s in said)
    every = found.stray + sum(max(s.near, sum(len(p.split()) for p in s.parts)) for s in said)
    covered = near / every if every else 0.0
    # `User: ...` and `Assistant: ...` are no strong labels one by one, and are as a pair.
    pair = {"agent", "customer"} <= {s.head.label.role for s in said}
    if (roles >= 2 and covered >= 0.6) or ((roles == 1 or pair) and covered >= 0.9):
        return f"{len(said)} turns begin with a speaker label" if len(said) > 1 else "it begins with a speaker label"
    names = Counter(s.head.key for s in said)
    repeated = sum(count >= 2 for count in names.values())
    personal = sum(bool(_PERSONAL.search(" ".join(s.parts)[:500])) for s in said)
    if len(said) >= 4 and repeated >= 2 and len(names) <= 8 and covered >= 0.8 and personal * 5 >= len(said) * 2:
        return f"{len(said)} turns begin with one of {len(names)} names"
    return None


def assemble(lines: Sequence[str]) -> Assembly:
    """The turns of each conversation. A blank line, a break or the next label ends what stands right at a label."""
    inside = scope(lines)
    found = [read_line(line) if i else None for line, i in zip(lines, inside, strict=True)]
    fields = _head_fields(found, lines)
    heads = _accepted(found, fields)
    whole = Assembly()
    piece, said, gap = Piece(), None, False
    stamp: tuple[int | None, str | None] | None = None
    first = next((n for n, head in enumerate(heads) if head), len(heads))
    openings = {numbered(line) for line in lines[:first]} - {""}
    for number, (line, may, head) in enumerate(zip(lines, inside, heads, strict=True), start=1):
        bare = line.strip()
        if head:
            if stamp and not head.stamped:
                head = head._replace(start_ms=stamp[0], at=stamp[1])
            said = Said(number, head, [head.text] if head.text else [], 1 + len(head.text.split()))
            piece.turns.append(said)
            stamp, gap = None, False
        elif not bare:
            gap = True
        elif is_break(line) or numbered(line) in openings:
            if piece.turns:
                whole.pieces.append(piece)
                piece = Piece()
            _over(piece, line)
            said = None
        elif not may or not piece.turns:
            _outside(line, may, number - 1 in fields, piece, whole)
        elif read_stamp(line):
            stamp, gap = read_stamp(line), False
        elif is_aside(bare):
            whole.left_out["stage directions"] += 1
        elif said is None:
            whole.left_out["lines outside of turns"] += 1
            whole.stray += len(bare.split())
        else:
            _continue(said, bare, gap, found[number - 1] is None)
            gap = False
    if piece.turns:
        whole.pieces.append(piece)
    return whole


def _outside(line: str, may: bool, in_head: bool, piece: Piece, whole: Assembly) -> None:
    """A line that is no part of a turn: a field of the head, or something to be left out."""
    pair = field_of(line)
    if pair and not piece.turns:
        piece.fields.setdefault(*pair)
        whole.stray += len(line.split()) if may and not in_head else 0
    elif not line.lstrip().startswith(("```", "~~~")):
        whole.left_out["lines outside of turns" if piece.turns else "lines before the first speaker"] += 1
        whole.stray += len(line.split()) if may else 0


def _over(piece: Piece, line: str) -> None:
    """A break's title or number goes to the conversation under it."""
    pair = field_of(line)
    if pair and pair[0] in FIELDS:
        piece.fields.setdefault(*pair)
    else:
        piece.title = better_title(piece.title, title(line) or (line.strip("*_ \t") if numbered(line) else ""))


def _continue(said: Said, bare: str, gap: bool, plain: bool) -> None:
    """Add a line to a turn. One that looks like `key: value` (not `plain`) does not speak for labelled text."""
    bare = bare[1:].strip() if bare.startswith(">") else bare
    if plain and (not gap or not said.parts):
        said.near += len(bare.split())
    if said.parts and (gap or _LIST_ITEM.match(bare)):
        said.parts.append("\n" + bare)
    elif bare:
        said.parts.append(bare)


def _accepted(found: Sequence[Line | None], fields: frozenset[int]) -> list[Line | None]:
    """The labels that are labels: role words, and names seen twice, in the style (times, bold) of most role words."""
    strong = [f for n, f in enumerate(found) if f and f.label.role and not f.label.weak and n not in fields]
    stamped = sum(f.stamped for f in strong) * 10 >= len(strong) * 7 > 0
    marked = sum(f.marked for f in strong) * 10 >= len(strong) * 7 > 0
    seen = Counter(f.key for n, f in enumerate(found) if f and n not in fields)
    # `Guest: 2 adults` is text where the customer is called so elsewhere, and a turn where nobody else is the customer.
    sides = {f.label.role for f in strong} | {"system"}

    def holds(number: int, line: Line) -> bool:
        if number in fields or ((stamped or marked) and not (line.stamped or line.marked)):
            return False
        if line.label.role:
            alone = line.label.role not in sides and line.label.visibility == "public"
            # Between people who are labelled by role, the system is one more; `Note: ...` may still be what they say.
            alone = alone or (line.key == "system" and {"agent", "customer"} <= sides)
            return not line.label.weak or line.stamped or line.marked or seen[line.key] > 1 or alone
        return (seen[line.key] > 1 or (line.stamped and stamped)) and _may_speak(line, {"agent", "customer"} <= sides)

    return [line if line and holds(number, line) else None for number, line in enumerate(found)]


def _may_speak(line: Line, both: bool) -> bool:
    """Whether a repeated label can be somebody: no field of a head, and written as a name.

    A short one if both roles are labelled.
    """
    if line.key in FIELDS or line.key.rstrip("s") in FIELDS:
        return False
    name = line.label.name or ""
    if name.startswith("@") or _SPEAKER_NUMBER.fullmatch(name):
        return True
    capitals = all(w[:1].isupper() or w[:1] in "(@" or (w.islower() and len(w) < 4) for w in name.split())
    return capitals and name[:1].isupper() and (len(name.split()) <= 3 or not both)


def _head_fields(found: Sequence[Line | None], lines: Sequence[str]) -> frozenset[int]:
    """Lines of `key: value` blocks that describe a conversation: each key once, some a field's name, people by name.

    `Agent: Sarah Mitchell` in such a block is no turn, and `Agent: Hello.` makes it none.
    """
    fields: set[int] = set()
    run: list[tuple[int, Line]] = []
    for number, line in enumerate([*found, None]):
        if line is not None and not line.stamped and line.key not in {r.key for _, r in run} and _describes(line):
            run.append((number, line))
            continue
        named = [n for n, r in run if r.key in FIELDS]
        if len(named) * 3 >= len(run) > 0:
            ends = number >= len(lines) or not lines[number].strip() or is_break(lines[number])
            fields.update(n for n, _ in run if ends or n <= named[-1])
        run = []
    return frozenset(fields)


def _describes(line: Line) -> bool:
    """Whether a line may stand in a head: a field, or somebody's name."""
    words = line.text.split()
    return len(words) <= (30 if line.key in FIELDS else 4) and (
        line.key in FIELDS or not line.text.endswith((".", "?", "!"))
    )
