"""One conversation: what is masked in each turn, and which stand-in goes where."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.redaction.answers import answered, asked
from empathy_audit.redaction.contact import contact
from empathy_audit.redaction.masked import Masked
from empathy_audit.redaction.names import names
from empathy_audit.redaction.numbers import numbers
from empathy_audit.redaction.people import People, is_generic, spread
from empathy_audit.redaction.places import places
from empathy_audit.redaction.spans import AGENT, STAND_IN, Finder, Span, filled, merged, opaque
from empathy_audit.redaction.spoken import spoken

_MOST_ROUNDS = 8
"""Masking a span can lay bare another beside it; texts of people need two rounds."""


def patterns(text: str) -> list[Span]:
    """Everything but names that a text shows by itself."""
    return merged((*contact(text), *numbers(text), *places(text), *spoken(text)))


def agent_stand_in(name: str) -> str:
    """The stand-in of an agent, the same in every conversation and every run, so that results can be grouped by agent."""
    if is_generic(name):
        return name
    folded = " ".join(name.casefold().split())
    return f"[{AGENT}-{hashlib.sha256(folded.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}]"


class StandIns:
    """Gives out stand-ins: the same words get the same one, and numbers count in the order of their coming."""

    def __init__(self, people: People, agents: dict[int, str], taken: Iterable[str]) -> None:
        self._people = people
        self._agents = agents
        self._given: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        for text in taken:  # what was masked before keeps its numbers
            for found in STAND_IN.finditer(text):
                if found["number"].isdecimal() and len(found["number"]) < 6:
                    self._counts[found["kind"]] = max(self._counts.get(found["kind"], 0), int(found["number"]))

    def of(self, kind: str, words: str) -> str:
        """The stand-in for these words."""
        key = "".join(c for c in words.casefold() if c.isalnum())
        if kind == "NAME" and (person := self._people.who(words)) is not None:
            if person in self._agents:
                return self._agents[person]
            key = f"\0{person}"
        if (kind, key) not in self._given:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._given[kind, key] = f"[{kind}-{self._counts[kind]}]"
        return self._given[kind, key]


@dataclass(frozen=True, slots=True)
class Redacted:
    """A conversation's turns masked, and what else has to be masked alike. `speakers` stand beside `texts`, one a turn."""

    texts: tuple[Masked, ...]
    speakers: tuple[str | None, ...]
    people: People
    stand_ins: StandIns

    def text(self, text: str) -> str:
        """Other words about this conversation, masked with the same stand-ins."""
        seen = opaque(text)
        spans = _found(seen, self.people, (), _first(seen, (), _nothing))
        return Masked.of(text, spans, [self.stand_ins.of(s.kind, text[s.start : s.end]) for s in spans]).text


def redact_turns(transcript: Transcript, also: Finder | None = None) -> Redacted:
    """Mask every turn. `also` finds spans beyond the built-in ones, in the original text of one turn at a time."""
    seen = [opaque(turn.text) for turn in transcript.turns]
    asks = _asks(transcript.turns, seen)
    more = also or _nothing
    firsts = [_first(text, kinds, more) for text, kinds in zip(seen, asks, strict=True)]
    people, agents = _people(transcript, seen, firsts)
    found = [_found(text, people, kinds, first) for text, kinds, first in zip(seen, asks, firsts, strict=True)]
    stand_ins = StandIns(people, agents, (t for turn in transcript.turns for t in (turn.text, turn.speaker or "")))
    texts: list[Masked] = []
    speakers: list[str | None] = []
    for turn, spans in zip(transcript.turns, found, strict=True):
        speakers.append(_speaker(turn, stand_ins))
        texts.append(Masked.of(turn.text, spans, [stand_ins.of(s.kind, turn.text[s.start : s.end]) for s in spans]))
    return Redacted(tuple(texts), tuple(speakers), people, stand_ins)


def _nothing(text: str) -> tuple[Span, ...]:
    return ()


def _asks(turns: Sequence[Turn], texts: Sequence[str]) -> list[tuple[str, ...]]:
    """What each turn was asked for: by the last turn of anybody else."""
    out: list[tuple[str, ...]] = []
    for at, turn in enumerate(turns):
        kinds: tuple[str, ...] = ()
        if at and (turns[at - 1].role != turn.role or turns[at - 1].speaker != turn.speaker):
            kinds = asked(texts[at - 1])
        out.append(kinds)
    return out


class _Look(NamedTuple):
    """What one look at a text shows: spans of all kinds, and the names beside them."""

    spans: list[Span]
    names: list[Span]


def _first(text: str, kinds: tuple[str, ...], also: Finder) -> _Look:
    spans = merged((*patterns(text), *answered(text, kinds), *also(text)))
    return _Look(spans, merged(names(filled(text, spans))))


def _people(transcript: Transcript, texts: Sequence[str], firsts: Sequence[_Look]) -> tuple[People, dict[int, str]]:
    """Everybody who is named, and the stand-ins of those who are agents."""
    people = People()
    agents: dict[int, str] = {}
    for turn in transcript.turns:
        if turn.role == "agent" and turn.speaker and not is_generic(turn.speaker):
            agents.setdefault(people.add(turn.speaker), agent_stand_in(turn.speaker))
    for turn in transcript.turns:
        if turn.role != "agent" and turn.speaker and not is_generic(turn.speaker) and not patterns(turn.speaker):
            people.add(turn.speaker)
    for text, first in zip(texts, firsts, strict=True):
        said = (*(span for span in first.spans if span.kind == "NAME"), *first.names)
        for span in merged(said):
            if any(c.isalpha() for c in text[span.start : span.end]) and text[span.start] != "@":
                people.add(text[span.start : span.end])
    return people, agents


def _found(text: str, people: People, kinds: tuple[str, ...], first: _Look) -> list[Span]:
    out: list[Span] = []
    look = first
    for _ in range(_MOST_ROUNDS):
        text = filled(text, look.spans)
        said = merged(spread(merged((*look.names, *people.find(text))), text))
        if not look.spans and not said:
            break
        out += (*look.spans, *said)
        text = filled(text, said)
        look = _first(text, kinds, _nothing)
    return merged(out)


def _speaker(turn: Turn, stand_ins: StandIns) -> str | None:
    if not turn.speaker or is_generic(turn.speaker):
        return turn.speaker
    if turn.role == "agent":
        return agent_stand_in(turn.speaker)
    kinds = [span.kind for span in patterns(turn.speaker)]
    return stand_ins.of(kinds[0] if kinds else "NAME", turn.speaker)
