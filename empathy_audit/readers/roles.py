"""Who is the agent and who the customer, when not every label says so.

In this order: the label itself (or another part of the file) → `--agent`/`--customer` → the configuration → with two
public speakers and one role known, the other is its opposite → who writes first, where the format makes that likely
(e-mail) → wording of the first turns, with a stated confidence → unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Speakers

Way = Literal["label", "option", "configuration", "opposite", "order", "cues", "unknown"]
WAYS: tuple[Way, ...] = ("label", "option", "configuration", "opposite", "order", "cues", "unknown")

FIRST_TURNS = 12
ENOUGH = 0.6
NOBODY: Mapping[str, Any] = {}
_OPPOSITE: Mapping[Role, Role] = {"agent": "customer", "customer": "agent"}

# Each wording with how far it speaks for its role by itself, 0..1. They are formulas of the trade, not of any one
# company.
_AGENT_WORDING = (
    (
        0.75,
        r"\bthank(s| you)( so much| very much)? for (calling|contacting|reaching out|getting in touch"
        r"|chatting|holding|ringing)\b",
    ),
    (0.75, r"\bhow (can|may|might|could) (i|we) (help|assist|be of)\b"),
    (
        0.65,
        r"\b(this is|my name is|you're speaking (with|to)|you are speaking (with|to)) \w+( \w+)? (from|with|at|in) \w+",
    ),
    (
        0.7,
        r"\b(can|could|may) i (please )?(have|get|take|grab) (your|the) (\w+ ){0,3}(number|name|address"
        r"|email|postcode|zip|birth|id)\b",
    ),
    (0.6, r"\b(call|chat)s? (is|are|may be|will be) (being )?(recorded|monitored)\b"),
    (
        0.6,
        r"\b(let me|i'll|i will) (just )?(pull|bring|look) (that |it |this )?up\b.*\b(account|order"
        r"|booking|file|record|case)\b",
    ),
    (0.6, r"\bis there anything else (i|we) can\b"),
    (0.5, r"\b(happy|glad) to (help|assist|look into)\b"),
    (
        0.5,
        r"\b(on|under) your account\b.*\bi (can )?see\b|\bi (can )?see\b.*\b(on|in|under) your (account"
        r"|order|booking)\b",
    ),
)
_CUSTOMER_WORDING = (
    (
        0.7,
        r"\bi('m| am|m) (calling|ringing|writing|messaging|contacting you|phoning)( you)? (about|because"
        r"|regarding|to|as|in)\b",
    ),
    (0.6, r"\bi('d| would)? (want|need|like) (a refund|to cancel|my money|to speak|to talk|to complain|to return)\b"),
    (0.6, r"\bi('ve| have)? (been (charged|billed|waiting|on hold|double)|ordered|bought|purchased)\b"),
    (
        0.5,
        r"\bmy (\w+ ){0,2}(order|bill|account|card|parcel|package|internet|flight|booking|delivery"
        r"|subscription|claim|refund)"
        r" (is|was|has|hasn't|isn't|still|never|won't|keeps)\b",
    ),
    (0.5, r"\bi('m| am) having (a |some )?(trouble|problem|problems|issue|issues)\b"),
)


def _compiled(wordings: Iterable[tuple[float, str]]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern, re.IGNORECASE)) for weight, pattern in wordings)


_WORDING: Mapping[Role, tuple[tuple[float, re.Pattern[str]], ...]] = {
    "agent": _compiled(_AGENT_WORDING),
    "customer": _compiled(_CUSTOMER_WORDING),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """Turns with their roles, how many roles were found which way, who was guessed with which confidence (0..1)."""

    turns: tuple[Turn, ...]
    ways: Mapping[Way, int]
    guessed: Mapping[str, tuple[Role, float]]


def settle(
    turns: Sequence[Turn],
    speakers: Speakers,
    known: Mapping[str, Role],
    exact: bool = False,
    likely: Mapping[str, Role] = NOBODY,
    aliases: Mapping[str, Sequence[str]] = NOBODY,
) -> Settled:
    """Give every turn of role `unknown` the role that can be told.

    `exact`: roles were stated turn by turn (the native format), so nothing is guessed from wording, and turns without a
    speaker are one person. `likely`, `aliases`: see Draft.
    """
    if all(t.role != "unknown" for t in turns):
        return Settled(tuple(turns), {"label": len(turns)} if turns else {}, {})
    found = _told(turns, speakers, known, aliases)
    _opposite(turns, found, "opposite", exact)
    told = {role for role, _ in found.values()}
    found |= {_key(n): (r, "order") for n, r in likely.items() if _key(n) not in found and r not in told}
    _opposite(turns, found, "order", exact)
    guessed: dict[str, tuple[Role, float]] = {}
    if not exact:
        guessed = _guess(turns, found)
        found.update({_key(name): (role, "cues") for name, (role, _) in guessed.items()})
        _opposite(turns, found, "cues", exact)
    ways: dict[Way, int] = {}
    settled = []
    for turn in turns:
        way: Way = "label"
        if turn.role == "unknown":
            role, way = found.get(_key(turn.speaker), ("unknown", "unknown"))
            turn = replace(turn, role=role) if role != "unknown" else turn
        ways[way] = ways.get(way, 0) + 1
        settled.append(turn)
    return Settled(tuple(settled), ways, guessed)


def _key(name: str | None) -> str:
    return " ".join((name or "").casefold().split())


def _told(
    turns: Sequence[Turn], speakers: Speakers, known: Mapping[str, Role], aliases: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Role, Way]]:
    """Roles by name that the file or the user tells.

    A first name answers to the full name that the file gives elsewhere.
    """
    elsewhere = {_key(name): role for name, role in known.items()}
    for name, role in tuple(elsewhere.items()):
        elsewhere.setdefault(name.split(" ")[0], role)
    found: dict[str, tuple[Role, Way]] = {}
    for name in dict.fromkeys(t.speaker for t in turns if t.role == "unknown" and t.speaker):
        told = next(filter(None, map(speakers.role, (name, *aliases.get(name, ())))), None)
        if _key(name) in elsewhere:
            found[_key(name)] = (elsewhere[_key(name)], "label")
        elif told:
            found[_key(name)] = (told[0], "option" if told[1] == "option" else "configuration")
    return found


def _opposite(turns: Sequence[Turn], found: dict[str, tuple[Role, Way]], way: Way, exact: bool) -> None:
    """Two public speakers, one role known: the other is its opposite. Anything else stays as it is."""
    people: dict[str, Role] = {}
    for turn in turns:
        if turn.visibility == "internal" or turn.role in ("bot", "system"):
            continue
        key = _key(turn.speaker)
        role = found[key][0] if turn.role == "unknown" and key in found else turn.role
        if role in ("bot", "system"):
            continue
        if not key and role == "unknown" and not exact:
            return
        people[f"{role}:{key}" if role != "unknown" else key] = role
    if len(people) != 2:
        return
    (one, first), (other, second) = people.items()
    for mine, key, theirs in ((first, one, second), (second, other, first)):
        if mine == "unknown" and theirs in _OPPOSITE:
            found[key] = (_OPPOSITE[theirs], way)


def _guess(turns: Sequence[Turn], found: Mapping[str, tuple[Role, Way]]) -> dict[str, tuple[Role, float]]:
    """Speakers whose wording in the first turns tells their role with enough confidence, at most one for a role.

    Confidence: how far their own words speak for the role, times how little anybody else's do and how little theirs for
    the other role.
    """
    public = [t for t in turns if t.visibility == "public" and t.text.strip()][:FIRST_TURNS]
    names = dict.fromkeys(
        t.speaker for t in public if t.role == "unknown" and t.speaker and _key(t.speaker) not in found
    )
    said = {name: "\n".join(t.text[:1000].replace("’", "'") for t in public if t.speaker == name) for name in names}
    guesses: dict[str, tuple[Role, float]] = {}
    for role, other in _OPPOSITE.items():
        if any(t.role == role for t in turns) or any(r == role for r, _ in found.values()):
            continue
        speaks = {name: _weight(text, role) for name, text in said.items()}
        best = max(speaks, key=lambda n: speaks[n], default=None)
        if best is None or best in guesses:
            continue
        rival = max((w for n, w in speaks.items() if n != best), default=0.0)
        confidence = round(speaks[best] * (1 - rival) * (1 - _weight(said[best], other)), 2)
        if confidence >= ENOUGH:
            guesses[best] = (role, confidence)
    return guesses


def _weight(text: str, role: Role) -> float:
    """0..1: the wordings found, each as independent evidence."""
    doubt = 1.0
    for weight, pattern in _WORDING[role]:
        if pattern.search(text):
            doubt *= 1 - weight
    return 1 - doubt
