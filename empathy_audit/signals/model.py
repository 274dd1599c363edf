"""Signals ready for reading: a weights file made into probabilities, and what spoke for and against each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.signals.document import Document, from_bytes
from empathy_audit.signals.marks import marks_of, unpacked
from empathy_audit.signals.network import MARKED, Head, Pooled, Prepared
from empathy_audit.signals.stream import MARKS, TOKEN, Stream, Vocabulary, stream_of

Fired = Sequence[Sequence[Sequence[str]]]
"""For each turn and segment the rubric entries whose rules hit; `~` before the name of one that a guard dropped."""


class Reason(NamedTuple):
    """What something in or about a segment adds to a label's log odds; `words` tells it as explanations do."""

    words: str
    log_odds: float


class _Head:
    """The linear layer of one side, ready to be summed; whole numbers in floats, so that every sum is exact."""

    def __init__(self, head: Head, width: int, rules: Sequence[str]) -> None:
        self.labels = head.labels
        table = head.table.astype(np.float64)
        self._pooled, rest = table[: 4 * width], table[4 * width :] * MARKED
        self._marks, self._rules = rest[: len(MARKS)], dict(zip(rules, rest[len(MARKS) :], strict=True))
        self._scales, self._biases = np.array(head.scales), head.biases.astype(np.float64)

    def odds(
        self, pooled: NDArray[np.float64], marks: NDArray[np.float64], fired: Sequence[Sequence[str]]
    ) -> NDArray[np.float64]:
        """Log odds, a row a segment and a column a label."""
        sums = pooled @ self._pooled + marks @ self._marks
        for number, names in enumerate(fired):
            for name in set(names):
                if (rule := self._rules.get(name)) is not None:
                    sums[number] += rule
        odds: NDArray[np.float64] = np.clip((sums + self._biases) * self._scales, -30, 30)
        return odds

    def of_marks(self, marks: NDArray[np.float64], column: int) -> dict[str, float]:
        """What each mark that is there adds to a label."""
        added = marks * self._marks[:, column] * self._scales[column]
        return {f"[{name}]": float(x) for name, x in zip(MARKS, added, strict=True) if x}

    def of_rules(self, fired: Sequence[str], column: int) -> dict[str, float]:
        """What each rule that hit adds to a label."""
        known = {
            name: float(self._rules[name][column] * self._scales[column]) for name in set(fired) if name in self._rules
        }
        return {f"rule {name}": x for name, x in known.items() if x}


class SignalModel:
    """Signals made ready for reading; `id` is the first 12 digits of the file's sha256."""

    def __init__(self, data: bytes, place: str = "") -> None:
        self.document: Document = from_bytes(data, place)
        self.id = hashlib.sha256(data).hexdigest()[:12]
        network = self.document.network
        self._vocabulary = Vocabulary(self.document.words)
        self._prepared = Prepared(network)
        self._heads = {side: _Head(head, network.width, self.document.rules) for side, head in network.heads.items()}

    def labels(self, role: str) -> tuple[str, ...]:
        """The labels known for turns of a role, in the order of `probabilities`."""
        head = self._heads.get(role)
        return head.labels if head is not None else ()

    def probabilities(self, turns: Sequence[SegmentedTurn | None], fired: Fired) -> list[list[list[float]]]:
        """For each turn, for each of its segments, a probability for each label of its role, rounded to 3 decimals.

        Entries in `fired` that training did not know are passed over.
        """
        found: list[list[list[float]]] = [[] for _ in turns]
        stream = stream_of(turns, self._vocabulary)
        if not stream.turns:
            return found
        pooled, marks = self._prepared.pooled(stream).together(), unpacked(marks_of(stream))
        names = [segment for turn in stream.turns for segment in fired[turn]]
        agents = np.array(stream.agents)
        for side, chosen in (("agent", agents), ("customer", ~agents)):
            head, rows = self._heads.get(side), np.flatnonzero(chosen)
            if head is None or not len(rows):
                continue
            odds = head.odds(pooled[rows], marks[rows], [names[row] for row in rows.tolist()])
            values = (1 / (1 + np.exp(-odds))).round(3).tolist()
            for row, probabilities in zip(rows.tolist(), values, strict=True):
                found[stream.turns[stream.owners[row]]].append(probabilities)
        return found

    def reasons(
        self, turns: Sequence[SegmentedTurn | None], fired: Fired, turn: int, segment: int, label: str
    ) -> list[Reason]:
        """What speaks for a label in one segment of one turn, from what raises its odds most to what lowers them most.

        A word's share is what the log odds would lose if it were not there; so is that of the rest of the turn, and of what the other side said
        before. Marks and rules have the weight that they have. It is slow, and meant for explanations.
        """
        stream = stream_of(turns, self._vocabulary)
        if turns[turn] is None or turn not in stream.turns:
            return []
        owner = stream.turns.index(turn)
        row = stream.owners.index(owner) + segment
        head = self._heads["agent" if stream.agents[row] else "customer"]
        column = head.labels.index(label)
        pooled, marks = self._prepared.pooled(stream), unpacked(marks_of(stream))[row]

        def odds(sums: Pooled) -> float:
            return float(head.odds(sums.together()[row : row + 1], marks[None], [fired[turn][segment]])[0, column])

        whole = odds(pooled)
        shares = head.of_marks(marks, column) | head.of_rules(fired[turn][segment], column)
        for word, token in _words(turns[turn], stream, owner, row):
            shares[word] = shares.get(word, 0.0) + whole - odds(self._prepared.without(stream, token))
        shares["[what was said before]"] = whole - odds(pooled._replace(heard=np.zeros_like(pooled.heard)))
        shares["[the rest of the turn]"] = whole - odds(pooled._replace(turn=pooled.segment))
        reasons = (Reason(words, round(x, 6)) for words, x in shares.items())
        return sorted((r for r in reasons if r.log_odds), key=lambda r: (-r.log_odds, r.words))


def _words(turn: SegmentedTurn | None, stream: Stream, owner: int, row: int) -> list[tuple[str, int]]:
    """The words of a segment as they were written, in quotes, with the places of their tokens in the stream."""
    assert turn is not None  # noqa: S101 - the stream holds it
    start, end = turn.segments[row - stream.owners.index(owner)]
    return [(f'"{word}"', stream.starts[row] + n) for n, word in enumerate(TOKEN.findall(turn.folded, start, end))]
