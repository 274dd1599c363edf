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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from empathy_audit.errors import InputError
from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.signals.features import Vocabulary, conversation, rule_feature

MAGIC = b"empathy-audit signals 1\n"
MOST_BYTES = 64 << 20


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
        body = zlib.decompressobj().decompress(data[len(MAGIC) :], MOST_BYTES)
        line, rest = body.split(b"\n", 1)
        head = json.loads(line)
        pieces = rest.split(b"\n", head["words"])
        words, rest = [w.decode() for w in pieces[:-1]], pieces[-1]
        roles = {}
        for role in sorted(head["roles"]):
            about = head["roles"][role]
            size, labels = about["features"], tuple(about["labels"])
            features = np.frombuffer(rest[: 8 * size], dtype="<i8")
            table = np.frombuffer(rest[8 * size : 8 * size + 2 * size * len(labels)], dtype="<i2").reshape(
                size, len(labels)
            )
            rest = rest[8 * size + 2 * size * len(labels) :]
            roles[role] = Weights(labels, features, table, tuple(about["scales"]), tuple(about["biases"]))
    except (zlib.error, ValueError, KeyError, UnicodeDecodeError) as trouble:
        raise InputError(f"the signals file is damaged ({trouble}); fetch or train it again", place) from trouble
    return Document(tuple(words), tuple(head["rules"]), roles, head["about"])


class SignalModel:
    """Signals made ready for reading; `id` is the first 12 digits of the file's sha256."""

    def __init__(self, data: bytes, place: str = "") -> None:
        document = from_bytes(data, place)
        self.id = hashlib.sha256(data).hexdigest()[:12]
        self.document = document
        self._vocabulary = Vocabulary(document.words)
        self._rules = {name: rule_feature(number) for number, name in enumerate(document.rules)}
        self._rows = {
            role: dict(zip(w.features.tolist(), range(len(w.features)), strict=True))
            for role, w in document.roles.items()
        }
        # One more row of zeros: every segment then has at least one row to sum.
        self._tables = {
            role: np.vstack([w.table.astype(np.int32), np.zeros((1, len(w.labels)), np.int32)])
            for role, w in document.roles.items()
        }
        self._scales = {role: np.array(w.scales) for role, w in document.roles.items()}
        self._biases = {role: np.array(w.biases) for role, w in document.roles.items()}

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
        gathered = {role: _Gathered(rows, len(rows)) for role, rows in self._rows.items()}
        for role, turn, at, features in conversation(turns, self._vocabulary):
            if role in gathered:
                features.update(rule for name in fired[turn][at] if (rule := self._rules.get(name)) is not None)
                gathered[role].add(turn, features)
        for role, some in gathered.items():
            if some.turns:
                sums = np.add.reduceat(self._tables[role][np.array(some.flat)], np.array(some.starts), axis=0)
                odds = np.clip(sums * self._scales[role] + self._biases[role], -30, 30)
                for turn, row in zip(some.turns, (1 / (1 + np.exp(-odds))).round(3).tolist(), strict=True):
                    found[turn].append(row)
        return found


class _Gathered:
    """Feature rows of many segments, laid end to end for one look into the table."""

    def __init__(self, rows: Mapping[int, int], nothing: int) -> None:
        self._row, self._nothing = rows.get, nothing
        self.turns: list[int] = []
        self.starts: list[int] = []
        self.flat: list[int] = []

    def add(self, turn: int, features: set[int]) -> None:
        self.turns.append(turn)
        self.starts.append(len(self.flat))
        self.flat.append(self._nothing)
        self.flat += [row for row in map(self._row, features) if row is not None]
