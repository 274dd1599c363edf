"""The learned weights: what they look like in memory and on disk, and how they turn features into probabilities.

Weights are small integers with one scale for each label, so sums are exact and the same on every machine. On disk: a line of JSON (labels,
scales, where it came from), then words, features and weights, all compressed with zlib; no pickle. The file's sha256 is its identity.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from empathy_audit.errors import InputError
from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.signals.features import KIND, MARK, describe, features_of, keys_of, rule_feature
from empathy_audit.signals.stream import MARKS, Stream, Vocabulary, streams_of

MAGIC = b"empathy-audit signals 1\n"
MOST_BYTES = 64 << 20
_SLOT_BITS = 20


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear weights of one role: `table[feature row, label]` int16, and for each label a scale and a bias in log odds."""

    labels: tuple[str, ...]
    features: NDArray[np.int64]
    table: NDArray[np.int16]
    scales: tuple[float, ...]
    biases: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a weights file holds.

    `words` and `rules` are what features count by number: the vocabulary, and the rubric entries whose hits are features. `about`: corpus hash, counts, seed and settings of the training.
    """

    words: tuple[str, ...]
    rules: tuple[str, ...]
    roles: Mapping[str, Weights]
    about: Mapping[str, Any]


def to_bytes(document: Document) -> bytes:
    """The file for a document; the same document gives the same bytes."""
    head = {
        "about": dict(document.about),
        "words": len(document.words),
        "rules": document.rules,
        "roles": {
            role: {"labels": w.labels, "features": len(w.features), "scales": w.scales, "biases": w.biases}
            for role, w in document.roles.items()
        },
    }
    parts = [json.dumps(head, sort_keys=True).encode(), b"\n", "\n".join(document.words).encode(), b"\n"]
    for _, weights in sorted(document.roles.items()):
        parts += [weights.features.astype("<i8").tobytes(), weights.table.astype("<i2").tobytes()]
    return MAGIC + zlib.compress(b"".join(parts), 9)


def from_bytes(data: bytes, place: str) -> Document:
    """The document in a file.

    Raises:
        InputError: the bytes are no weights file, or one of another version.
    """
    if not data.startswith(MAGIC):
        raise InputError(
            "this is no signals file of this version; expected one that `empathy-audit train-signals` wrote", place
        )
    try:
        return _document(_unpacked(data[len(MAGIC) :]))
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        what = " ".join(str(trouble).split()) or type(trouble).__name__
        raise InputError(f"the signals file is damaged ({what}); fetch or train it again", place) from trouble


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    body = unpacking.decompress(data, MOST_BYTES)
    # Only the end of the stream says that its checksum fits.
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("it is cut short or too large")
    return body


def _document(body: bytes) -> Document:
    line, rest = body.split(b"\n", 1)
    head = json.loads(line)
    *words, rest = rest.split(b"\n", head["words"])
    if len(words) != head["words"]:
        raise ValueError("words are missing")
    roles = {}
    for role, about in sorted(head["roles"].items()):
        roles[role], rest = _weights(about, rest)
    if rest:
        raise ValueError("something is left over")
    return Document(tuple(word.decode() for word in words), tuple(head["rules"]), roles, dict(head["about"]))


def _weights(about: Mapping[str, Any], data: bytes) -> tuple[Weights, bytes]:
    """The weights of one role, and the bytes behind them."""
    size, labels = about["features"], tuple(about["labels"])
    scales, biases = tuple(map(float, about["scales"])), tuple(map(float, about["biases"]))
    if not len(labels) == len(scales) == len(biases) or not np.isfinite((*scales, *biases)).all():
        raise ValueError("labels, scales and biases do not belong together")
    middle, end = 8 * size, 8 * size + 2 * size * len(labels)
    features = np.frombuffer(data[:middle], dtype="<i8")
    table = np.frombuffer(data[middle:end], dtype="<i2").reshape(size, len(labels))
    return Weights(labels, features, table, scales, biases), data[end:]


class Reason(NamedTuple):
    """What one feature of a segment adds to a label's log odds; `words` is the feature as `describe` tells it."""

    words: str
    log_odds: float


class _Table:
    """The weights of a role, ready to be summed: features are found by hash, and compared, so that none is taken for another."""

    def __init__(self, weights: Weights, rules: Sequence[str]) -> None:
        # Row 0 is all zeros: what training did not keep weighs nothing.
        self._weights = np.vstack([np.zeros((1, len(weights.labels)), np.int16), weights.table])
        self._features = np.concatenate([np.zeros(1, np.int64), weights.features])
        self._slots = np.zeros(1 << _SLOT_BITS, dtype=np.int32)
        self._slots[_slot(weights.features)] = np.arange(1, len(weights.features) + 1, dtype=np.int32)
        self._marks = self._rows(np.array([(MARK << KIND) | n for n in range(len(MARKS))])).astype(np.int32)
        self._rules = dict(
            zip(rules, self._rows(np.array([rule_feature(n) for n in range(len(rules))], dtype=np.int64)), strict=True)
        )
        self._scales, self._biases = np.array(weights.scales), np.array(weights.biases)

    def _rows(self, features: NDArray[np.int64]) -> NDArray[np.int16]:
        rows = self._slots[_slot(features)]
        found: NDArray[np.int16] = self._weights[np.where(self._features[rows] == features, rows, 0)]
        return found

    def probabilities(self, stream: Stream, fired: Sequence[Sequence[str]]) -> list[list[float]]:
        """One row of probabilities a segment; `fired` are the rules that hit it."""
        features = features_of(stream)
        runs = self._rows(features.runs * features.valid).sum(axis=0, dtype=np.int32)
        sums = np.add.reduceat(runs, features.starts, axis=0)
        sums += self._rows(features.openers).sum(axis=0, dtype=np.int32)
        sums += ((features.marks[:, None] >> np.arange(len(MARKS))) & 1).astype(np.int32) @ self._marks
        for number, names in enumerate(fired):
            for name in set(names):
                if (rule := self._rules.get(name)) is not None:
                    sums[number] += rule
        odds = np.clip(sums * self._scales + self._biases, -30, 30)
        rows: list[list[float]] = (1 / (1 + np.exp(-odds))).round(3).tolist()
        return rows

    def contributions(self, stream: Stream, fired: Sequence[str], segment: int, column: int) -> dict[int, float]:
        """Feature → what it adds to a label's log odds in one segment of the stream; those that weigh nothing are left out."""
        segments, keys = keys_of(features_of(stream))
        features, counts = np.unique(keys[segments == segment], return_counts=True)
        sums = dict(zip(features.tolist(), (self._rows(features)[:, column] * counts).tolist(), strict=True))
        for number, name in enumerate(self._rules):
            if name in fired:
                sums[rule_feature(number)] = int(self._rules[name][column])
        return {feature: total * self._scales[column] for feature, total in sums.items() if total}


def _slot(features: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a feature stands in the table of slots: the high bits of a product with a large odd number (Knuth's multiplicative hash)."""
    mixed = (features ^ (features >> 29)) * np.int64(-7046029254386353131)
    slots: NDArray[np.int64] = (mixed >> (64 - _SLOT_BITS)) & ((1 << _SLOT_BITS) - 1)
    return slots


def without_collisions(features: NDArray[np.int64], importance: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which features to keep so that no two share a slot: the more important of each pair."""
    order = np.argsort(importance, kind="stable")
    owner = np.full(1 << _SLOT_BITS, -1, dtype=np.int64)
    owner[_slot(features[order])] = order
    kept: NDArray[np.bool_] = owner[_slot(features)] == np.arange(len(features))
    return kept


class SignalModel:
    """Signals made ready for reading; `id` is the first 12 digits of the file's sha256."""

    def __init__(self, data: bytes, place: str = "") -> None:
        self.document = from_bytes(data, place)
        self.id = hashlib.sha256(data).hexdigest()[:12]
        self._vocabulary = Vocabulary(self.document.words)
        self._tables = {role: _Table(weights, self.document.rules) for role, weights in self.document.roles.items()}

    def labels(self, role: str) -> tuple[str, ...]:
        """The labels known for turns of a role, in the order of `probabilities`."""
        weights = self.document.roles.get(role)
        return weights.labels if weights is not None else ()

    def probabilities(
        self, turns: Sequence[SegmentedTurn | None], fired: Sequence[Sequence[Sequence[str]]]
    ) -> list[list[list[float]]]:
        """For each turn, for each of its segments, a probability for each label of its role, rounded to 3 decimals.

        `fired`: for each turn and segment the rubric entries whose rules hit; entries that training did not know are passed over.
        """
        found: list[list[list[float]]] = [[] for _ in turns]
        for role, stream in streams_of(turns, self._vocabulary).items():
            table = self._tables.get(role)
            if table is None or not stream.turns:
                continue
            names = [segment for turn in dict.fromkeys(stream.turns) for segment in fired[turn]]
            for turn, row in zip(stream.turns, table.probabilities(stream, names), strict=True):
                found[turn].append(row)
        return found

    def reasons(
        self,
        turns: Sequence[SegmentedTurn | None],
        fired: Sequence[Sequence[Sequence[str]]],
        turn: int,
        segment: int,
        label: str,
    ) -> list[Reason]:
        """What speaks for a label in one segment of one turn, from what raises its odds most to what lowers them most.

        Arguments are those of `probabilities`. Every feature that weighs anything is there; it is slow, and meant for explanations.
        """
        spoken = turns[turn]
        if spoken is None:
            return []
        stream = streams_of(turns, self._vocabulary)[spoken.role]
        sums = self._tables[spoken.role].contributions(
            stream, fired[turn][segment], stream.turns.index(turn) + segment, self.labels(spoken.role).index(label)
        )
        document = self.document
        reasons = (Reason(describe(f, document.words, document.rules), float(x)) for f, x in sums.items())
        return sorted(reasons, key=lambda r: (-r.log_odds, r.words))
