"""Learns the weights of the signals from labelled conversations: one logistic regression a label, to a fixed result.

scikit-learn (the `[train]` extra) does the fitting; what is kept is rounded to small integers, so that reading needs numpy alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from empathy_audit.errors import InputError, MissingPackageError
from empathy_audit.language.reader import Reader, fired
from empathy_audit.model.rubric import Rubric
from empathy_audit.signals.corpus import CODES, LabelledConversation, LabelledTurn, codes_of, segmented
from empathy_audit.signals.features import features_of, keys_of, rule_feature
from empathy_audit.signals.model import Document, Weights, without_collisions
from empathy_audit.signals.stream import SPECIAL, TOKEN, Stream, Vocabulary, plain_token, streams_of

_STEPS = 2000
_PLEASANT = frozenset(("joy", "gratitude"))
_EMOTIONS = ("anger", "frustration", "disappointment", "anxiety", "sadness", "confusion", "joy", "gratitude")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn. `strength` is the inverse of the ridge penalty; rarer words and features than the least counts are left out."""

    strength: float = 0.05
    least_words: int = 2
    least_features: int = 2
    smallest_weight: float = 0.01


@dataclass(frozen=True, slots=True)
class Row:
    """One segment to learn from: conversation number, features with their counts, and the codes of the segment beside what its turn is."""

    conversation: int
    turn: int
    features: Mapping[int, int]
    codes: frozenset[str]
    labelled: LabelledTurn
    weight: float = 1.0


Target = Callable[[Row], bool]


def _has(code: str) -> Target:
    return lambda row: code in row.codes


def _troubled(row: Row) -> bool:
    return bool(row.codes & {"1", "2"}) and row.labelled.emotion not in _PLEASANT


def _delighted(row: Row) -> bool:
    return "2" in row.codes and row.labelled.emotion in _PLEASANT


def _emotion(name: str) -> Target:
    return lambda row: bool(row.codes & {"1", "2"}) and row.labelled.emotion == name


def _explores(row: Row) -> bool:
    return bool(row.codes & {"OQ", "CQ"}) and row.labelled.reply == "ask"


def _brushes_off(row: Row) -> bool:
    return row.labelled.reply == "ignore"


TARGETS: Mapping[str, Mapping[str, Target]] = {
    "agent": {
        **{tag: _has(code) for code, tag in CODES.items()},
        "question": lambda row: bool(row.codes & {"OQ", "CQ"}),
        "acknowledging": lambda row: row.labelled.reply == "ack" and bool(row.codes & {"EA", "VA", "RR"}),
        "exploring": _explores,
        "brush-off": _brushes_off,
    },
    "customer": {
        "trouble": _troubled,
        "feeling": lambda row: "2" in row.codes and row.labelled.emotion not in _PLEASANT,
        "delight": _delighted,
        **{name: _emotion(name) for name in _EMOTIONS},
    },
}
"""What is learned, by role: the label and how a segment earns it."""


def vocabulary_of(conversations: Iterable[LabelledConversation], least: int) -> Vocabulary:
    """Words that stand in at least `least` turns, in alphabetical order behind the special ones."""
    counts: Counter[str] = Counter()
    for talk in conversations:
        for turn in segmented(talk):
            if turn is not None:
                counts.update({plain_token(token) for token in TOKEN.findall(turn.folded)})
    return Vocabulary(
        (*SPECIAL, *sorted(w for w, n in counts.items() if n >= least and w not in SPECIAL and "\n" not in w))
    )


def rules_of(rubric: Rubric) -> tuple[str, ...]:
    """The names that a rubric's entries have as features: each as it is, and with `~` for a hit that a guard dropped."""
    return tuple(name for entry in rubric.entries for name in (entry.id, f"~{entry.id}"))


def rows_of(
    conversations: Sequence[LabelledConversation], vocabulary: Vocabulary, rubric: Rubric
) -> dict[str, list[Row]]:
    """Every segment of every conversation by role, with the rubric's rules that hit it among its features."""
    rows: dict[str, list[Row]] = {"agent": [], "customer": []}
    reader = Reader(rubric.without_signals())
    rules = {name: rule_feature(number) for number, name in enumerate(rules_of(rubric))}
    for number, talk in enumerate(conversations):
        turns = segmented(talk)
        codes = [
            codes_of(turn, seen.segments) if seen is not None else []
            for turn, seen in zip(talk.turns, turns, strict=True)
        ]
        names = [fired(part, hits) for part, hits in zip(turns, reader.by_rules(turns), strict=True)]
        for role, stream in streams_of(turns, vocabulary).items():
            if stream.turns:
                rows[role] += _rows(number, talk, stream, codes, names, rules)
    return rows


def _rows(
    number: int,
    talk: LabelledConversation,
    stream: Stream,
    codes: Sequence[Sequence[frozenset[str]]],
    names: Sequence[Sequence[Sequence[str]]],
    rules: Mapping[str, int],
) -> list[Row]:
    found: list[Counter[int]] = [Counter() for _ in stream.turns]
    for segment, key in zip(*(values.tolist() for values in keys_of(features_of(stream))), strict=True):
        found[segment][key] += 1
    seen: Counter[int] = Counter()
    rows = []
    for turn, features in zip(stream.turns, found, strict=True):
        at = seen[turn]
        seen[turn] += 1
        features.update({rules[name] for name in names[turn][at]})
        rows.append(Row(number, turn, features, codes[turn][at], talk.turns[turn], talk.weight))
    return rows


def train(
    conversations: Sequence[LabelledConversation], rubric: Rubric, settings: Settings, about: Mapping[str, Any]
) -> Document:
    """The weights learned from the conversations, with the rubric's rules among the features.

    Raises:
        MissingPackageError: scikit-learn is not installed.
        InputError: a label has too few examples to learn from.
    """
    vocabulary = vocabulary_of(conversations, settings.least_words)
    roles = {
        role: fit(rows, TARGETS[role], settings)
        for role, rows in rows_of(conversations, vocabulary, rubric).items()
        if rows
    }
    return Document(vocabulary.words, rules_of(rubric), roles, {**about, "conversations": len(conversations)})


def fit(rows: Sequence[Row], targets: Mapping[str, Target], settings: Settings) -> Weights:
    """One regression a label over the rows; labels that no row has are left out."""
    counts: Counter[int] = Counter(f for row in rows for f in row.features)
    features = sorted(f for f, n in counts.items() if n >= settings.least_features)
    matrix = matrix_of([row.features for row in rows], {f: i for i, f in enumerate(features)})
    labels, columns, biases = [], [], []
    for label, target in targets.items():
        wanted = np.array([target(row) for row in rows])
        if wanted.any() and not wanted.all():
            weights, bias = regression(matrix, wanted, settings.strength, [row.weight for row in rows])
            labels.append(label)
            columns.append(weights)
            biases.append(bias)
    return _rounded(
        np.array(features, dtype=np.int64), np.column_stack(columns), labels, biases, settings.smallest_weight
    )


def matrix_of(rows: Sequence[Mapping[int, int]], columns: Mapping[int, int]) -> Any:
    """A sparse matrix of counts, one row a segment."""
    from scipy.sparse import csr_matrix

    indices, counts, starts = [], [], [0]
    for features in rows:
        kept = sorted((column, n) for f, n in features.items() if (column := columns.get(f)) is not None)
        indices += [column for column, _ in kept]
        counts += [n for _, n in kept]
        starts.append(len(indices))
    return csr_matrix((np.array(counts, dtype=np.float64), indices, starts), shape=(len(rows), len(columns)))


def regression(
    matrix: Any, wanted: NDArray[np.bool_], strength: float, importance: Sequence[float]
) -> tuple[NDArray[np.float64], float]:
    """Ridge-penalised logistic regression over rows of the given importance: weights and bias."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as missing:
        raise MissingPackageError(
            "training needs scikit-learn; install it with `pip install 'empathy-audit[train]'`"
        ) from missing
    fitted = LogisticRegression(C=strength, max_iter=_STEPS, tol=1e-6).fit(
        matrix, wanted, sample_weight=np.array(importance)
    )
    return fitted.coef_[0], float(fitted.intercept_[0])


def _rounded(
    features: NDArray[np.int64],
    weights: NDArray[np.float64],
    labels: Sequence[str],
    biases: Sequence[float],
    smallest: float,
) -> Weights:
    largest = np.abs(weights).max(axis=1)
    keep = (largest >= smallest) & without_collisions(features, largest)
    kept = weights[keep]
    scales = np.maximum(np.abs(kept).max(axis=0), 1e-9) / 2000
    return Weights(
        tuple(labels),
        features[keep],
        np.rint(kept / scales).astype(np.int16),
        tuple(float(s) for s in scales),
        tuple(round(b, 6) for b in biases),
    )


def corpus_hash(texts: Iterable[str]) -> str:
    """sha256 over the corpus files in order; the model card and the weights name it."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(len(text.encode()).to_bytes(8, "big") + text.encode())
    return digest.hexdigest()


def enough(conversations: Sequence[LabelledConversation], least: int = 40) -> None:
    """Refuses a corpus with too few examples of a label that it has at all.

    Raises:
        InputError: names each such label, how many segments it has and how many it needs.
    """
    counts: Counter[str] = Counter()
    for talk in conversations:
        for turn in talk.turns:
            for _, _, codes in turn.spans:
                counts.update(codes & CODES.keys())
    poor = [
        f"{CODES[code]} has {n} labelled segments and needs {least}" for code, n in sorted(counts.items()) if n < least
    ]
    if not counts or poor:
        raise InputError("too little to learn from: " + ("; ".join(poor) or "no labelled segment at all"))
