"""Weights by hand, for tests that must not move when the shipped ones are trained anew.

    weights(agent={"open-question": {"what": 3.0}}, customer={"trouble": {"furious": 3.0}})

Labels by role, each with the log odds of the words that speak for or against it; the bias is -1.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from empathy_audit.signals.features import KIND, WORD
from empathy_audit.signals.model import Document, Weights, to_bytes
from empathy_audit.signals.stream import SPECIAL

SCALE = 0.001
Labels = Mapping[str, Mapping[str, float]]


def document(agent: Labels | None = None, customer: Labels | None = None) -> Document:
    sides = {role: labels for role, labels in (("agent", agent), ("customer", customer)) if labels}
    every = {word for labels in sides.values() for odds in labels.values() for word in odds}
    words = (*SPECIAL, *sorted(every))
    return Document(words, (), {role: _side(labels, words) for role, labels in sides.items()}, {"made": "by hand"})


def weights(agent: Labels | None = None, customer: Labels | None = None) -> bytes:
    """The file for such a document."""
    return to_bytes(document(agent, customer))


def _side(labels: Labels, words: tuple[str, ...]) -> Weights:
    used = sorted({word for odds in labels.values() for word in odds})
    table = [[round(odds.get(word, 0.0) / SCALE) for odds in labels.values()] for word in used]
    return Weights(
        tuple(labels),
        np.array([(WORD << KIND) | words.index(word) for word in used], dtype=np.int64),
        np.array(table, dtype=np.int16),
        (SCALE,) * len(labels),
        (-1.0,) * len(labels),
    )
