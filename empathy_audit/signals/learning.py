"""Learns the numbers of the network: forward, backward and Adam over batches of conversations, then rounding to small integers.

thinc (spaCy's library, always there with it) gives the optimiser and the operations on runs of different length. To a fixed seed the same
conversations give the same numbers on the same machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from empathy_audit.signals.network import LARGEST, MARKED, MEAN_STEPS, Head, Layer, Network

Floats = NDArray[np.float32]
_SIDES = ("agent", "customer")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn.

    `depth` and `width` are the sizes of an embedding and of a token's values. Words that stand in fewer than `least_words` turns are unknown
    ones; of the others a share of `word_dropout` is hidden while learning, and of all sums `dropout`, of the rules `rule_dropout`.
    """

    depth: int = 64
    width: int = 64
    epochs: int = 10
    batch_tokens: int = 2500
    rate: float = 0.002
    decay: float = 0.01
    dropout: float = 0.3
    word_dropout: float = 0.15
    rule_dropout: float = 0.1
    least_words: int = 2
    seed: int = 1


class Sample(NamedTuple):
    """A conversation to learn from.

    By token: `words`, `classes`, `echoes`, `live` (0 for the stop behind a turn). By segment: `sizes` with the stop counted to a turn's last one,
    `lengths` without, `owners`, `answers` (as in Stream), `marks` and `rules` as ones and zeros, `agents`, and for each side `wanted` (probabilities;
    below 0 where nothing is known) of its own segments. `turns` are the turns' sizes.
    """

    words: NDArray[np.int64]
    classes: NDArray[np.int64]
    echoes: NDArray[np.bool_]
    live: Floats
    sizes: NDArray[np.int32]
    lengths: Floats
    owners: NDArray[np.int64]
    answers: NDArray[np.int64]
    turns: NDArray[np.int32]
    marks: Floats
    rules: Floats
    agents: NDArray[np.bool_]
    wanted: Mapping[str, Floats]
    weight: Floats


class Shape(NamedTuple):
    """How many words, classes, marks and rules there are, and the labels of each side."""

    words: int
    classes: int
    marks: int
    rules: int
    labels: Mapping[str, tuple[str, ...]]


Parameters = dict[str, Floats]


def learned(samples: Sequence[Sample], shape: Shape, settings: Settings, vectors: Floats | None = None) -> Parameters:
    """The running averages of the parameters over all epochs (thinc's Adam keeps them); `vectors` are first embeddings of the words, a row for each, if there are any."""
    from thinc.api import Adam

    rng = np.random.default_rng(settings.seed)
    parameters = _first(shape, settings, rng)
    if vectors is not None:
        parameters["words"][:] = vectors
    optimiser: Any = Adam(settings.rate, L2=settings.decay, L2_is_weight_decay=True, grad_clip=10.0)
    # Words that the conversations never show must keep their first vectors, and those that they do show must stay near them.
    of_words: Any = Adam(settings.rate / 2, L2=0.0, grad_clip=10.0)
    steps = settings.epochs * sum(1 for _ in _batches(samples, np.arange(len(samples)), settings.batch_tokens))
    done = 0
    for _ in range(settings.epochs):
        for batch in _batches(samples, rng.permutation(len(samples)), settings.batch_tokens):
            optimiser.learn_rate = settings.rate * max(0.02, 1 - done / steps)
            of_words.learn_rate = optimiser.learn_rate / 2
            for name, gradient in _gradients(parameters, batch, settings, rng).items():
                step = of_words if name == "words" else optimiser
                parameters[name], _ = step((0, name), parameters[name], gradient)
            done += 1
    return {name: (of_words if name == "words" else optimiser).averages[0, name] for name in parameters}


def _first(shape: Shape, settings: Settings, rng: np.random.Generator) -> Parameters:
    depth, width = settings.depth, settings.width

    def normal(*size: int, scale: float) -> Floats:
        return rng.normal(0, scale, size).astype(np.float32)

    pooled = 4 * width + shape.marks + shape.rules
    found = {
        "words": normal(shape.words, depth, scale=0.1),
        "classes": normal(shape.classes, depth, scale=0.1),
        "echo": normal(1, depth, scale=0.1),
        "kernel 1": normal(3 * depth, width, scale=(2 / (3 * depth)) ** 0.5),
        "bias 1": np.zeros(width, np.float32),
        "kernel 2": normal(3 * width, width, scale=(1 / (3 * width)) ** 0.5),
        "bias 2": np.zeros(width, np.float32),
    }
    for side, labels in shape.labels.items():
        found[f"{side} table"] = normal(pooled, len(labels), scale=0.02)
        found[f"{side} bias"] = np.full(len(labels), -3, np.float32)
    return found


def _batches(samples: Sequence[Sample], order: Sequence[int] | NDArray[np.int64], tokens: int) -> Iterator[Sample]:
    chosen: list[Sample] = []
    size = 0
    for number in order:
        sample = samples[number]
        if chosen and size + len(sample.words) > tokens:
            yield _joined(chosen)
            chosen, size = [], 0
        chosen.append(sample)
        size += len(sample.words)
    if chosen:
        yield _joined(chosen)


def _joined(samples: Sequence[Sample]) -> Sample:
    """Several conversations as one: turns are counted on."""
    before = np.cumsum([0, *(len(s.turns) for s in samples)])
    owners = [s.owners + n for s, n in zip(samples, before, strict=False)]
    answers = [np.where(s.answers >= 0, s.answers + n, -1) for s, n in zip(samples, before, strict=False)]
    plain = {
        name: np.concatenate([getattr(s, name) for s in samples])
        for name in Sample._fields
        if name not in ("owners", "answers", "wanted")
    }
    wanted = {side: np.concatenate([s.wanted[side] for s in samples]) for side in _SIDES}
    return Sample(**plain, owners=np.concatenate(owners), answers=np.concatenate(answers), wanted=wanted)


class _Forward(NamedTuple):
    """What the backward pass needs of the forward one."""

    columns: Floats
    one: Floats
    columns_two: Floats
    two: Floats
    values: Floats
    segment: Floats
    which_segment: NDArray[np.int32]
    mean: Floats
    turn: Floats
    which_turn: NDArray[np.int32]


def _forward(p: Parameters, s: Sample, words: NDArray[np.int64], ops: Any) -> _Forward:
    live = s.live[:, None]
    embedded = (p["words"][words] + p["classes"][s.classes] + s.echoes[:, None] * p["echo"]) * live
    columns = ops.seq2col(embedded, 1)
    one = np.maximum(columns @ p["kernel 1"] + p["bias 1"], 0) * live
    columns_two = ops.seq2col(one, 1)
    two = np.maximum(columns_two @ p["kernel 2"] + p["bias 2"], 0) * live
    values = one + two
    segment, which_segment = ops.reduce_max(values, s.sizes)
    mean = ops.reduce_sum(values, s.sizes) / s.lengths[:, None]
    turn, which_turn = ops.reduce_max(values, s.turns)
    return _Forward(columns, one, columns_two, two, values, segment, which_segment, mean, turn, which_turn)


def _sums(f: _Forward, s: Sample) -> Floats:
    heard = np.where(s.answers[s.owners][:, None] >= 0, f.turn[s.answers[s.owners]], np.float32(0))
    return np.concatenate([f.segment, f.mean, f.turn[s.owners], heard], axis=1)


def _gradients(p: Parameters, s: Sample, settings: Settings, rng: np.random.Generator) -> Parameters:
    from thinc.api import NumpyOps

    ops: Any = NumpyOps()
    hidden = rng.random(len(s.words)) < settings.word_dropout
    words = np.where(hidden, 0, s.words)
    f = _forward(p, s, words, ops)
    sums = _sums(f, s)
    kept = ((rng.random(sums.shape) >= settings.dropout) / (1 - settings.dropout)).astype(np.float32)
    rules = s.rules * (rng.random((len(s.rules), 1)) >= settings.rule_dropout)
    inputs = np.concatenate([sums * kept, s.marks, rules], axis=1, dtype=np.float32)
    found: Parameters = {}
    back = np.zeros_like(sums)
    for side, rows in (("agent", s.agents), ("customer", ~s.agents)):
        table = p[f"{side} table"]
        odds = inputs[rows] @ table + p[f"{side} bias"]
        wanted = s.wanted[side]
        error = (1 / (1 + np.exp(-odds)) - wanted) * (wanted >= 0) * s.weight[rows][:, None] / len(s.agents)
        error = error.astype(np.float32)
        found[f"{side} table"] = inputs[rows].T @ error
        found[f"{side} bias"] = error.sum(axis=0)
        back[rows] = (error @ table.T)[:, : sums.shape[1]] * kept[rows]
    return {**found, **_backward(p, s, words, f, back, ops)}


def _backward(p: Parameters, s: Sample, words: NDArray[np.int64], f: _Forward, back: Floats, ops: Any) -> Parameters:
    width = f.values.shape[1]
    segment, mean, turn, heard = (np.ascontiguousarray(back[:, n * width : (n + 1) * width]) for n in range(4))
    turns = np.zeros_like(f.turn)
    ops.scatter_add(turns, s.owners.astype(np.int32), turn)
    answered = s.answers[s.owners]
    ops.scatter_add(turns, answered[answered >= 0].astype(np.int32), heard[answered >= 0])
    values = ops.backprop_reduce_max(segment, f.which_segment, s.sizes)
    values += ops.backprop_reduce_sum(mean / s.lengths[:, None], s.sizes)
    values += ops.backprop_reduce_max(turns, f.which_turn, s.turns)
    two = values * (f.two > 0)
    one = (values + ops.backprop_seq2col(two @ p["kernel 2"].T, 1)) * (f.one > 0)
    embedded = ops.backprop_seq2col(one @ p["kernel 1"].T, 1) * s.live[:, None]
    found = {name: np.zeros_like(p[name]) for name in ("words", "classes")}
    ops.scatter_add(found["words"], words.astype(np.int32), embedded)
    ops.scatter_add(found["classes"], s.classes.astype(np.int32), embedded)
    return {
        **found,
        "echo": embedded[s.echoes].sum(axis=0, keepdims=True),
        "kernel 1": f.columns.T @ one,
        "bias 1": one.sum(axis=0),
        "kernel 2": f.columns_two.T @ two,
        "bias 2": two.sum(axis=0),
    }


def odds(parameters: Parameters, samples: Sequence[Sample]) -> dict[str, Floats]:
    """Log odds of every segment by side, before any rounding; for measuring what the rounding costs."""
    from thinc.api import NumpyOps

    rows: dict[str, list[Floats]] = {side: [] for side in _SIDES}
    for sample in samples:
        f = _forward(parameters, sample, sample.words, NumpyOps())
        inputs = np.concatenate([_sums(f, sample), sample.marks, sample.rules], axis=1)
        for side, chosen in (("agent", sample.agents), ("customer", ~sample.agents)):
            rows[side].append(inputs[chosen] @ parameters[f"{side} table"] + parameters[f"{side} bias"])
    return {side: np.concatenate(found) for side, found in rows.items()}


def rounded(p: Parameters, class_of_word: Sequence[int], shape: Shape, samples: Sequence[Sample]) -> Network:
    """The parameters as small integers; `class_of_word` gives the class of each known word, from word 1 on.

    How large the values of tokens become is seen on the samples.
    """
    from thinc.api import NumpyOps

    passes = (_forward(p, s, s.words, NumpyOps()) for s in _batches(samples, range(len(samples)), 20_000))
    step = max(float(np.quantile(values, 0.9999)) for f in passes for values in (f.one, f.two)) / LARGEST
    depth = p["echo"].shape[1]
    words = p["words"] + np.concatenate([np.zeros((1, depth), np.float32), p["classes"][np.array(class_of_word)]])
    classes = p["classes"] + p["words"][0]
    table = np.concatenate([words[1:], classes, p["echo"]])
    unit = float(np.quantile(np.abs(table), 0.9999)) / 127
    width = len(p["bias 1"])
    first = _layer(p["kernel 1"].reshape(3, depth, width), p["bias 1"], unit, step)
    second = _layer(p["kernel 2"].reshape(3, width, width), p["bias 2"], step, step)
    heads = {
        side: _head(labels, p[f"{side} table"], p[f"{side} bias"], step, width) for side, labels in shape.labels.items()
    }
    return Network(_small(words, unit), _small(classes, unit), _small(p["echo"][0], unit), first, second, heads)


def _small(values: Floats, unit: float) -> NDArray[np.int8]:
    small: NDArray[np.int8] = np.clip(np.rint(values / unit), -127, 127).astype(np.int8)
    return small


def _layer(kernel: Floats, bias: Floats, unit: float, step: float) -> Layer:
    """Each column with a unit of its own, so that the largest weight of each is 127."""
    units = np.maximum(np.abs(kernel).max(axis=(0, 1)), 1e-6) / 127
    weights = np.rint(kernel / units).astype(np.int8)
    return Layer(weights, np.rint(bias / (units * unit)).astype(np.int32), (units * unit / step).astype(np.float32))


def _head(labels: tuple[str, ...], table: Floats, bias: Floats, step: float, width: int) -> Head:
    weights = table.astype(np.float64)
    weights[: 4 * width] *= step
    weights[width : 2 * width] /= MEAN_STEPS
    weights[4 * width :] /= MARKED
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 32_000
    return Head(
        labels,
        np.rint(weights / scales).astype(np.int16),
        np.rint(bias / scales).astype(np.int32),
        tuple(float(s) for s in scales),
    )


def only(network: Network, labels: Mapping[str, Sequence[str]]) -> Network:
    """The network with just these labels; a side without any has no head."""
    heads = {}
    for side, head in network.heads.items():
        columns = [number for number, label in enumerate(head.labels) if label in labels[side]]
        if columns:
            heads[side] = Head(
                tuple(head.labels[n] for n in columns),
                np.ascontiguousarray(head.table[:, columns]),
                head.biases[columns],
                tuple(head.scales[n] for n in columns),
            )
    return replace(network, heads=heads)
