"""Other ways to say what labelled turns say: nobody reads them, a larger model says what they show, and the signals learn wider words from it.

A variant is one turn with what the other side said before it. Sentences are left out, one is borrowed from another turn, words change places
with words of near meaning, small letters and missing signs come in. Most variants are clumsy, and some mean something else: that is why
their labels are the larger model's, and why they weigh less than what people read.

The same conversations and vectors give the same variants on every machine: nearness is counted in whole numbers.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from empathy_audit.language.echo import STOP
from empathy_audit.signals.corpus import LabelledConversation, LabelledTurn, segmented
from empathy_audit.signals.recipe import REAL, UNREAD, TrainingSet
from empathy_audit.signals.vectors import Vectors

MARK = "~"
"""What stands between the id of a conversation and the number of its variant."""
OF_CUSTOMERS, OF_AGENTS = 2, 1
"""How many variants a written turn of either side gets; a real one gets twice as many."""
NEAREST, NEAR = 12, 0.45
"""How many neighbours a word may change places with, and how near (cosine) they must be."""

_WORD = re.compile(r"[A-Za-z']+")
_SIGNS = re.compile(r"[.,!?]")


class Spoken(NamedTuple):
    """A turn to vary: the sentences of it, and the turn of the other side before it, if any."""

    talk: LabelledConversation
    turn: LabelledTurn
    sentences: tuple[str, ...]
    before: LabelledTurn | None


class Neighbours:
    """Words of near meaning, looked up when first asked for."""

    def __init__(self, vectors: Vectors) -> None:
        self._words = vectors.words
        self._place = {word: number for number, word in enumerate(vectors.words)}
        self._rows = vectors.vectors.astype(np.float64)
        self._squares = np.maximum((self._rows**2).sum(axis=1), 1.0)
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, word: str) -> tuple[str, ...]:
        """The nearest other words, nearest first; none for a word without a vector."""
        if word not in self._known:
            self._known[word] = self._found(word)
        return self._known[word]

    def _found(self, word: str) -> tuple[str, ...]:
        place = self._place.get(word)
        if place is None:
            return ()
        # Sums of products of small integers are exact in floats, whatever the order in which a machine adds them.
        near = (self._rows @ self._rows[place]) / np.sqrt(self._squares * self._squares[place])
        order = np.argsort(-near, kind="stable")[: NEAREST + 1]
        return tuple(self._words[n] for n in order if n != place and near[n] > NEAR)


def variants_of(found: TrainingSet, vectors: Vectors, seed: int = 0) -> TrainingSet:
    """Variants of every turn of one source, as a source of its own; its sha256 is that of their texts."""
    (name, _), *others = found.sources.items()
    assert not others  # noqa: S101 - sets are varied before they are put together
    rng, near = random.Random(seed), Neighbours(vectors)  # noqa: S311 - chance, no secret
    turns = [spoken for talk in found.conversations for spoken in _spoken(talk)]
    pools = {role: [s for s in turns if s.turn.role == role] for role in ("agent", "customer")}
    talks: list[LabelledConversation] = []
    digest = hashlib.sha256()
    for spoken in turns:
        many = OF_CUSTOMERS if spoken.turn.role == "customer" else OF_AGENTS
        for number in range(many * (2 if spoken.talk.weight == REAL else 1)):
            text = _varied(spoken, pools[spoken.turn.role], near, rng)
            if not text:
                continue
            said = (LabelledTurn(t.role, t.text) for t in (spoken.before,) if t is not None)
            made = LabelledConversation(
                f"{spoken.talk.id}{MARK}{len(talks)}.{number}",
                spoken.talk.industry,
                spoken.talk.channel,
                spoken.talk.dialect,
                (*said, LabelledTurn(spoken.turn.role, text)),
                UNREAD,
                read=False,
            )
            digest.update(text.encode() + b"\n")
            talks.append(made)
    return TrainingSet(tuple(talks), {f"{name} variants": digest.hexdigest()})


def _spoken(talk: LabelledConversation) -> Iterator[Spoken]:
    last: dict[str, LabelledTurn] = {}
    for turn, seen in zip(talk.turns, segmented(talk), strict=True):
        if seen is None or not seen.segments:
            continue
        other = "agent" if turn.role == "customer" else "customer"
        yield Spoken(talk, turn, tuple(turn.text[a:b] for a, b in seen.segments), last.get(other))
        last[turn.role] = turn


def _varied(spoken: Spoken, pool: Sequence[Spoken], near: Neighbours, rng: random.Random) -> str:
    sentences = list(spoken.sentences)
    if len(sentences) > 1 and rng.random() < 0.5:
        sentences = [s for s in sentences if rng.random() < 0.7] or [rng.choice(sentences)]
    if rng.random() < 0.3:
        sentences.insert(rng.randint(0, len(sentences)), rng.choice(rng.choice(pool).sentences))
    text = " ".join(_WORD.sub(lambda word: _other(word[0], near, rng), s) for s in sentences)
    if rng.random() < 0.15:
        text = text.lower()
    if rng.random() < 0.1:
        text = _SIGNS.sub("", text)
    return " ".join(text.split())


def _other(word: str, near: Neighbours, rng: random.Random) -> str:
    """The word itself, most often; one of near meaning, or none."""
    small = word.lower()
    if len(small) > 3 and small not in STOP and rng.random() < 0.3:
        others = near.of(small)
        if others:
            return rng.choice(others)
    return "" if rng.random() < 0.03 else word
