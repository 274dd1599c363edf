"""Signals ready for reading: a weights file made into probabilities, and what spoke for and against each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from empathy_audit.language.segmented import NOTHING_LEARNED, Learned, SegmentedTurn
from empathy_audit.signals.document import Document, from_bytes
from empathy_audit.signals.marks import MARKS, marks_of, unpacked
from empathy_audit.signals.network import MARKED, Floats, Head, Pooled, Prepared
from empathy_audit.signals.stream import Stream, stream_of
from empathy_audit.signals.tokens import TOKEN, Vocabulary

Doubles = NDArray[np.float64]
Longs = NDArray[np.int64]
Fired = Sequence[Sequence[Sequence[str]]]
"""For each turn and segment the rubric entries whose rules hit; `~` before the name of one that a guard dropped."""


class Reason(NamedTuple):
    """What something in or about a segment adds to a label's log odds; `words` tells it as explanations do."""

    words: str
    log_odds: float


class _Inputs(NamedTuple):
    """What the linear layers read: `own` of each segment (its two sums, its marks, the rules that hit it), `shared` of each turn (its sums)."""

    own: Floats
    shared: Floats


class _Head:
    """The linear layer of one side, ready to be summed; whole numbers in floats, so that every sum is exact."""

    def __init__(self, head: Head, width: int) -> None:
        self.labels = head.labels
        table = head.table.astype(np.float64)
        table[4 * width :] *= MARKED
        self._shared = table[2 * width : 4 * width]
        self._own = np.concatenate([table[: 2 * width], table[4 * width :]])
        self._marks = slice(2 * width, 2 * width + len(MARKS))
        self._scales, self._biases = np.array(head.scales), head.biases.astype(np.float64)

    def odds(self, inputs: _Inputs, rows: Longs, owners: Longs) -> Doubles:
        """Log odds, a row for each segment in `rows` and a column a label; `owners` are the turns of all segments, in order."""
        of = owners[rows]
        first = np.diff(of, prepend=-1) > 0
        sums = inputs.own[rows].astype(np.float64) @ self._own
        sums += (inputs.shared[of[first]].astype(np.float64) @ self._shared)[np.cumsum(first) - 1]
        sums += self._biases
        sums *= self._scales
        odds: Doubles = np.clip(sums, -30, 30, out=sums)
        return odds

    def of_marks(self, own: Doubles, column: int) -> dict[str, float]:
        """What each mark that is there adds to a label, in one segment."""
        added = own[self._marks] * self._own[self._marks, column] * self._scales[column]
        return {f"[{name}]": float(x) for name, x in zip(MARKS, added, strict=True) if x}

    def of_rules(self, own: Doubles, column: int, rules: Sequence[str]) -> dict[str, float]:
        """What each rule that hit adds to a label, in one segment."""
        start = self._marks.stop
        added = own[start:] * self._own[start:, column] * self._scales[column]
        return {f"rule {name}": float(x) for name, x in zip(rules, added, strict=True) if x}


class SignalModel:
    """Signals made ready for reading; `id` is the first 12 digits of the file's sha256."""

    def __init__(self, data: bytes, place: str = "") -> None:
        self.document: Document = from_bytes(data, place)
        self.id = hashlib.sha256(data).hexdigest()[:12]
        network = self.document.network
        self._vocabulary = Vocabulary(self.document.words)
        self._prepared = Prepared(network)
        self._rules = {name: number for number, name in enumerate(self.document.rules)}
        self._heads = {side: _Head(head, network.width) for side, head in network.heads.items()}

    def labels(self, role: str) -> tuple[str, ...]:
        """The labels known for turns of a role, in the order of `probabilities`."""
        head = self._heads.get(role)
        return head.labels if head is not None else ()

    def probabilities(self, turns: Sequence[SegmentedTurn | None], fired: Fired) -> list[list[Sequence[float]]]:
        """For each turn, for each of its segments, a probability for each label of its role, rounded to 3 decimals.

        Entries in `fired` that training did not know are passed over.
        """
        return [list(said.rows) for said in self.learned(turns, fired, (0,), {})]

    def learned(
        self,
        turns: Sequence[SegmentedTurn | None],
        fired: Fired,
        conversations: Sequence[int],
        asked: Mapping[str, Sequence[tuple[int, float]]],
    ) -> list[Learned]:
        """What is learned of each turn of one conversation or several; `conversations` are the places in `turns` where one begins.

        The same, whatever other conversations are beside it: to work them out together only saves time.
        """
        found: list[Learned] = [NOTHING_LEARNED] * len(turns)
        stream = stream_of(turns, self._vocabulary, conversations)
        if not len(stream.turns):
            return found
        inputs = self._inputs(stream, self._prepared.pooled(stream), fired)
        owners, numbers = stream.owners, stream.turns.tolist()
        for side, chosen in (("agent", stream.agents), ("customer", ~stream.agents)):
            head, rows = self._heads.get(side), np.flatnonzero(chosen)
            if head is None or not len(rows):
                continue
            values = (1 / (1 + np.exp(-head.odds(inputs, rows, owners)))).round(3)
            starts = np.flatnonzero(np.diff(owners[rows], prepend=-1))
            ends = np.append(starts[1:], len(rows))
            sure = _sure(values, asked.get(side, ()), starts, ends)
            for place, start, end, above in zip(
                owners[rows[starts]].tolist(), starts.tolist(), ends.tolist(), sure, strict=True
            ):
                found[numbers[place]] = Learned(_Rows(values[start:end]), above)
        return found

    def _inputs(self, stream: Stream, pooled: Pooled, fired: Fired) -> _Inputs:
        hit = np.zeros((len(stream.starts), len(self._rules)), dtype=np.float32)
        names = (segment for turn in stream.turns.tolist() for segment in fired[turn])
        known = [(row, n) for row, of in enumerate(names) for name in of if (n := self._rules.get(name)) is not None]
        if known:
            hit[tuple(zip(*known, strict=True))] = 1
        marks = unpacked(marks_of(stream))
        own = np.concatenate([pooled.segment, pooled.mean, marks, hit], axis=1, dtype=np.float32)
        return _Inputs(own, np.concatenate([pooled.turn, pooled.heard], axis=1))

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
        owner = int(np.searchsorted(stream.turns, turn))
        first = int(np.searchsorted(stream.owners, owner))
        row = first + segment
        head = self._heads["agent" if stream.agents[row] else "customer"]
        column = head.labels.index(label)
        pooled = self._prepared.pooled(stream)
        inputs = self._inputs(stream, pooled, fired)
        own = inputs.own[row]

        def odds(sums: Pooled) -> float:
            rest = own[len(sums.segment[row]) + len(sums.mean[row]) :]
            of_segment = np.concatenate([sums.segment[row], sums.mean[row], rest])[None]
            of_turn = np.concatenate([sums.turn[owner], sums.heard[owner]])[None]
            only = np.zeros(1, dtype=np.int64)
            return float(head.odds(_Inputs(of_segment, of_turn), only, only)[0, column])

        whole = odds(pooled)
        shares = head.of_marks(own, column) | head.of_rules(own, column, tuple(self._rules))
        for word, token in _words(turns[turn], segment, int(stream.starts[row])):
            shares[word] = shares.get(word, 0.0) + whole - odds(self._prepared.without(stream, token))
        shares["[what was said before]"] = whole - odds(pooled._replace(heard=np.zeros_like(pooled.heard)))
        shares["[the rest of the turn]"] = whole - odds(
            pooled._replace(turn=np.broadcast_to(pooled.segment[row], pooled.turn.shape))
        )
        reasons = (Reason(words, round(x, 6)) for words, x in shares.items())
        return sorted((r for r in reasons if r.log_odds), key=lambda r: (-r.log_odds, r.words))


class _Rows(Sequence[Sequence[float]]):
    """The rows of an array, each a list once it is asked for: of most turns none ever is."""

    __slots__ = ("_values",)

    def __init__(self, values: Doubles) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, row: Any) -> Any:
        return self._values[row].tolist()


def _sure(
    values: Doubles, asked: Sequence[tuple[int, float]], starts: Longs, ends: Longs
) -> list[list[tuple[int, int, float]]]:
    """For each turn (rows `starts` to `ends`) the `(segment, number of what was asked, probability)` that reach what was asked."""
    columns = [column for column, _ in asked]
    of_asked = values[:, columns]
    rows, numbers = np.nonzero(of_asked >= [at_least for _, at_least in asked])
    segments = np.arange(len(values)) - np.repeat(starts, ends - starts)
    above = list(zip(segments[rows].tolist(), numbers.tolist(), of_asked[rows, numbers].tolist(), strict=True))
    bounds = np.searchsorted(rows, [starts, ends]).tolist()
    return [above[first:last] for first, last in zip(*bounds, strict=True)]


def _words(turn: SegmentedTurn | None, segment: int, place: int) -> list[tuple[str, int]]:
    """The words of a segment as they were written, in quotes, with the places of their tokens in the stream; its first is at `place`."""
    assert turn is not None  # noqa: S101 - the stream holds it
    return [(f'"{word}"', place + n) for n, word in enumerate(TOKEN.findall(turn.folded, *turn.segments[segment]))]
