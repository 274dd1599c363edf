"""The weights file: a line of JSON that says what is in it, then words and numbers, all compressed with zlib; no pickle.

The file's sha256 is its identity. The same document gives the same bytes.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from empathy_audit.errors import InputError
from empathy_audit.signals.lexicon import CLASSES
from empathy_audit.signals.marks import MARKS
from empathy_audit.signals.network import Head, Layer, Network

MAGIC = b"empathy-audit signals 2\n"
MOST_BYTES = 64 << 20
_TYPES: Final = {
    "words": "<i1",
    "classes": "<i1",
    "echo": "<i1",
    "weights": "<i1",
    "bias": "<i4",
    "scale": "<f4",
    "table": "<i2",
}


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a weights file holds.

    `words` are the known words, by id from 1; `rules` the rubric entries whose hits are inputs. `about`: corpus hash, counts, seed and settings
    of the training, and figures of calibration.
    """

    words: tuple[str, ...]
    rules: tuple[str, ...]
    network: Network
    about: Mapping[str, Any]


def to_bytes(document: Document) -> bytes:
    """The file for a document."""
    network = document.network
    arrays = list(_arrays(network))
    head = {
        "about": dict(document.about),
        "words": len(document.words),
        "rules": document.rules,
        "arrays": {name: list(values.shape) for name, values in arrays},
        "heads": {side: {"labels": h.labels, "scales": h.scales} for side, h in sorted(network.heads.items())},
    }
    parts = [json.dumps(head, sort_keys=True).encode(), b"\n", "\n".join(document.words).encode(), b"\n"]
    parts += [values.astype(_type_of(name)).tobytes() for name, values in arrays]
    return MAGIC + zlib.compress(b"".join(parts), 9)


def _arrays(network: Network) -> Iterator[tuple[str, NDArray[Any]]]:
    yield from (("words", network.words), ("classes", network.classes), ("echo", network.echo))
    for name, layer in (("first", network.first), ("second", network.second)):
        yield from ((f"{name} weights", layer.weights), (f"{name} bias", layer.bias), (f"{name} scale", layer.scale))
    for side, head in sorted(network.heads.items()):
        yield from ((f"{side} table", head.table), (f"{side} bias", head.biases))


def _type_of(name: str) -> str:
    return _TYPES[name.rsplit(" ", 1)[-1]]


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
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as trouble:
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
    *words, rest = rest.split(b"\n", max(head["words"], 1))
    if len(words) != max(head["words"], 1):
        raise ValueError("words are missing")
    arrays = {}
    for name, shape in _in_order(head):
        size = math.prod(shape) * np.dtype(_type_of(name)).itemsize
        if min(shape) < 0 or size > len(rest):
            raise ValueError(f"{name} is cut short")
        arrays[name] = np.frombuffer(rest[:size], dtype=_type_of(name)).reshape(shape)
        rest = rest[size:]
    if rest:
        raise ValueError("something is left over")
    known = tuple(word.decode() for word in words)[: head["words"]]
    network = _network(arrays, head)
    _fit_together(network, len(known), len(head["rules"]))
    return Document(known, tuple(head["rules"]), network, dict(head["about"]))


def _in_order(head: Mapping[str, Any]) -> Iterator[tuple[str, list[int]]]:
    """The arrays in the order in which they were written; JSON's keys are sorted."""
    names = ["words", "classes", "echo"]
    names += [f"{layer} {part}" for layer in ("first", "second") for part in ("weights", "bias", "scale")]
    names += [f"{side} {part}" for side in sorted(head["heads"]) for part in ("table", "bias")]
    return ((name, [int(n) for n in head["arrays"][name]]) for name in names)


def _network(arrays: Mapping[str, NDArray[Any]], head: Mapping[str, Any]) -> Network:
    first, second = (
        Layer(arrays[f"{name} weights"], arrays[f"{name} bias"], arrays[f"{name} scale"])
        for name in ("first", "second")
    )
    heads = {
        side: Head(
            tuple(about["labels"]), arrays[f"{side} table"], arrays[f"{side} bias"], tuple(map(float, about["scales"]))
        )
        for side, about in sorted(head["heads"].items())
    }
    return Network(arrays["words"], arrays["classes"], arrays["echo"], first, second, heads)


def _fit_together(network: Network, words: int, rules: int) -> None:
    depth, width = network.echo.shape[0], network.width
    if network.words.shape != (words + 1, depth) or network.classes.ndim != 2 or network.classes.shape[1] != depth:
        raise ValueError("words and embeddings do not belong together")
    if len(network.classes) < len(CLASSES):
        raise ValueError("classes are missing")
    for layer, entering in ((network.first, depth), (network.second, width)):
        if layer.weights.shape != (3, entering, width) or not layer.bias.shape == layer.scale.shape == (width,):
            raise ValueError("a layer's numbers do not belong together")
        if not np.isfinite(layer.scale).all():
            raise ValueError("a scale is no number")
    for head in network.heads.values():
        size = len(head.labels)
        if head.table.shape != (4 * width + len(MARKS) + rules, size) or head.biases.shape != (size,):
            raise ValueError("labels and weights do not belong together")
        if len(head.scales) != size or not np.isfinite(head.scales).all():
            raise ValueError("labels and scales do not belong together")
