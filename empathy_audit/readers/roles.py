"""Who is the agent and who the customer, when not every label says so.

In this order: the label itself (or another part of the file) → `--agent`/`--customer` → the configuration → with two
public speakers and one role known, the other is its opposite → who writes first, where the format makes that likely
(e-mail) → wording of the first turns (cues.py), with a stated confidence → unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Literal

from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Speakers
from empathy_audit.readers.cues import ENOUGH, SURE, Evidence, confidence, heard

Way = Literal["label", "option", "configuration", "opposite", "order", "cues", "unknown"]
WAYS: tuple[Way, ...] = ("label", "option", "configuration", "opposite", "order", "cues", "unknown")

NOBODY: Mapping[str, Any] = {}
_OPPOSITE: Mapping[Role, Role] = {"agent": "customer", "customer": "agent"}


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
    settled: bool = False,
) -> Settled:
    """Give every turn of role `unknown` the role that can be told.

    `exact`: roles were stated turn by turn (the native format), so nothing is guessed from wording, and turns without a
    speaker are one person. `settled`: what is unknown stays so unless the user tells more. `likely`, `aliases`: see Draft.
    """
    if "unknown" not in [t.role for t in turns]:
        return Settled(tuple(turns), {"label": len(turns)} if turns else {}, {})
    found = _told(turns, speakers, known, aliases)
    if found or not settled:
        _opposite(turns, found, "opposite", exact)
    if likely:
        told = {role for role, _ in found.values()}
        found |= {_key(n): (r, "order") for n, r in likely.items() if _key(n) not in found and r not in told}
        _opposite(turns, found, "order", exact)
    guessed: dict[str, tuple[Role, float]] = {}
    if not exact:
        guessed = _guess(turns, found)
        found.update({_key(name): (role, "cues") for name, (role, _) in guessed.items()})
    ways: dict[Way, int] = {}
    done = []
    for turn in turns:
        way: Way = "label"
        if turn.role == "unknown":
            role, way = found.get(_key(turn.speaker), ("unknown", "unknown"))
            turn = replace(turn, role=role) if role != "unknown" else turn
        ways[way] = ways.get(way, 0) + 1
        done.append(turn)
    return Settled(tuple(done), ways, guessed)


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
    """Speakers whose wording in their first turns tells their role, with the confidence.

    Of two people, what both say counts together. Of more, each is judged alone, since a call may have several agents.
    """
    public = [t for t in turns if t.visibility == "public" and t.text.strip()]
    said: dict[str, list[str]] = {}
    for turn in public:
        if turn.role == "unknown" and turn.speaker and _key(turn.speaker) not in found:
            said.setdefault(turn.speaker, []).append(turn.text)
    if not said:
        return {}
    sides = {t.role for t in public if t.role in _OPPOSITE} | {role for role, _ in found.values() if role in _OPPOSITE}
    evidence = {name: heard(texts) for name, texts in said.items()}
    alone = not sides and all(t.speaker for t in public if t.role == "unknown")
    return _of_two(evidence) if len(said) == 2 and alone else _of_many(evidence, sides)


def _of_two(evidence: Mapping[str, Evidence]) -> dict[str, tuple[Role, float]]:
    """Two people, no role known: who speaks more like an agent is the agent, if the distance is great enough."""
    agent, customer = sorted(evidence, key=lambda name: -evidence[name].odds)
    sure = confidence(evidence[agent].odds - evidence[customer].odds)
    if not evidence[agent].makes_agent(sure):
        return {}
    return {name: ("agent" if name == agent else "customer", sure) for name in evidence}


def _of_many(evidence: Mapping[str, Evidence], sides: Set[Role]) -> dict[str, tuple[Role, float]]:
    """Each by their own words, and no role that the file or the user has already given to somebody.

    Where nobody is the customer, an agent must be SURE: talks among colleagues are full of such words, and of everybody
    in one role there is nothing to tell.
    """
    guesses: dict[str, tuple[Role, float]] = {}
    for name, found in evidence.items():
        sure = confidence(abs(found.odds))
        role: Role = "agent" if found.odds > 0 else "customer"
        if role not in sides and (found.makes_agent(sure) if role == "agent" else sure >= ENOUGH):
            guesses[name] = (role, sure)
    roles = {role for role, _ in guesses.values()} | sides
    if len(roles) > 1:
        return guesses
    alone = {name: guess for name, guess in guesses.items() if guess[1] >= SURE and evidence[name].formula}
    return alone if roles == {"agent"} and len(guesses) < len(evidence) else {}
