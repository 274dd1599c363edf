"""Vectors that words start from when signals are learned, so that a word which no labelled conversation shows is seen by its neighbours.

A file of numpy (`.npz`, no pickle): `words`, and `vectors` int8, a row for each word. Where the shipped ones come from stands in training/README.md.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from empathy_audit.errors import InputError
from empathy_audit.signals.learning import Settings

_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class Vectors:
    """Words with their vectors; `sha256` is that of the file."""

    words: tuple[str, ...]
    vectors: NDArray[np.int8]
    sha256: str

    def rows(self, words: Sequence[str], settings: Settings) -> NDArray[np.float32]:
        """A first embedding for each of `words`, the unknown word before them; those without a vector get small random ones."""
        rng = np.random.default_rng(settings.seed + 1)
        rows = rng.normal(0, _SPREAD, (len(words) + 1, settings.depth)).astype(np.float32)
        scaled = self.vectors / max(float(self.vectors.std()), 1e-6) * _SPREAD
        place = {word: number for number, word in enumerate(self.words)}
        rows[0] = 0
        for number, word in enumerate(words, 1):
            if (at := place.get(word)) is not None:
                rows[number] = scaled[at]
        return rows


def load(path: Path, settings: Settings) -> Vectors:
    """The vectors in a file.

    Raises:
        InputError: it cannot be read, or its vectors have another depth than `settings` ask for.
    """
    try:
        data = path.read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            words, vectors = tuple(map(str, found["words"].tolist())), np.asarray(found["vectors"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as trouble:
        raise InputError(
            f"holds no vectors ({trouble}); expected words and vectors in a file of numpy", path.name
        ) from trouble
    if vectors.dtype != np.int8 or vectors.shape != (len(words), settings.depth):
        raise InputError(
            f"holds {vectors.dtype} vectors of shape {vectors.shape}; expected int8, {len(words)} by {settings.depth}",
            path.name,
        )
    return Vectors(words, vectors, hashlib.sha256(data).hexdigest())
