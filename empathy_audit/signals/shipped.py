"""The weights that travel with the package, checked by their hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from empathy_audit.errors import InputError
from empathy_audit.signals.model import SignalModel

WEIGHTS = Path(__file__).parent / "weights" / "english.signals"


def load(path: Path = WEIGHTS) -> SignalModel:
    """The signals of a weights file; the shipped ones without a path.

    A file `<name>.json` beside it names its sha256; without one, the file is taken as it is.

    Raises:
        InputError: there is no such file, it is damaged, or it is not the one its hash names.
    """
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise InputError(
            f"cannot read the signals ({trouble.strerror}); expected a file that `empathy-audit train-signals` wrote",
            path.name,
        ) from trouble
    card = path.with_suffix(".json")
    if card != path and card.exists() and _named(card) != hashlib.sha256(data).hexdigest():
        raise InputError(
            f"the signals are not the ones that {card.name} names by sha256; install the package or train them again",
            path.name,
        )
    return SignalModel(data, path.name)


def _named(card: Path) -> object:
    """The sha256 that a card names; None when it names none."""
    try:
        return json.loads(card.read_bytes())["sha256"]
    except (ValueError, KeyError, TypeError):
        return None
