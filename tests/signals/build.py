"""Weights by hand, for tests that must not move when the shipped ones are trained anew.

    weights(agent={"open-question": {"what": 3.0}}, customer={"trouble": {"furious": 3.0}})

Labels by role, each with the log odds of the words that speak for or against it; the bias is -1. Each word has a value of its own in the
network, which passes through both convolutions as it is, and only the segment's largest values weigh.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from empathy_audit.signals.document import Document, to_bytes
from empathy_audit.signals.lexicon import CLASSES
from empathy_audit.signals.marks import MARKS
from empathy_audit.signals.network import Head, Layer, Network

VALUE, SCALE = 100, 1e-5
Labels = Mapping[str, Mapping[str, float]]


def document(
    agent: Labels | None = None, customer: Labels | None = None, rules: tuple[str, ...] = (), about: str = "by hand"
) -> Document:
    sides = {role: labels for role, labels in (("agent", agent), ("customer", customer)) if labels}
    words = tuple(sorted({w for labels in sides.values() for odds in labels.values() for w in odds} - set(rules)))
    size = len(words) or 1
    known = np.zeros((len(words) + 1, size), np.int8)
    known[1:] = VALUE * np.eye(size, dtype=np.int8)[: len(words)]
    straight = np.zeros((3, size, size), np.int8)
    straight[1] = np.eye(size, dtype=np.int8)
    ones, none = np.ones(size, np.float32), np.zeros(size, np.int32)
    network = Network(
        known,
        np.zeros((len(CLASSES), size), np.int8),
        np.zeros(size, np.int8),
        Layer(straight, none, ones),
        Layer(np.zeros_like(straight), none, ones),
        {role: _head(labels, words, rules, size) for role, labels in sides.items()},
    )
    return Document(words, rules, network, {"made": about})


def weights(agent: Labels | None = None, customer: Labels | None = None, rules: tuple[str, ...] = ()) -> bytes:
    """The file for such a document."""
    return to_bytes(document(agent, customer, rules))


def _head(labels: Labels, words: tuple[str, ...], rules: tuple[str, ...], size: int) -> Head:
    table = np.zeros((4 * size + len(MARKS) + len(rules), len(labels)), np.int16)
    for column, odds in enumerate(labels.values()):
        for word, worth in odds.items():
            if word in rules:
                table[4 * size + len(MARKS) + rules.index(word), column] = round(worth / SCALE / 64)
            else:
                table[words.index(word), column] = round(worth / SCALE / VALUE)
    return Head(tuple(labels), table, np.full(len(labels), round(-1 / SCALE), np.int32), (SCALE,) * len(labels))
