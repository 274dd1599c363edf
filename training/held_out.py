"""What card.py and robustness.py share: folds of conversations, what people said of each turn, and figures of agreement.

A conversation belongs to one fold for ever, by a hash of its id: nothing is judged by weights that have seen any turn of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.signals import learning, recipe, taught, vectors
from empathy_audit.signals.corpus import CODES, LabelledConversation, LabelledTurn
from empathy_audit.signals.variants import MARK

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
VECTORS, TAUGHT = HERE / "vectors.npz", HERE / "taught.npz"
FOLDS = 5
UNREAD = HERE / "unread"


def fold_of(id_: str) -> int:
    """The fold of a conversation and of all its variants, 0 to FOLDS - 1."""
    return int.from_bytes(hashlib.sha256(id_.partition(MARK)[0].encode()).digest()[:4], "big") % FOLDS


def from_here() -> list[recipe.TrainingSet]:
    """All that a clone has to learn from: the corpus, what nobody read, and variants, with what the larger model says of each."""
    known = vectors.load(VECTORS, learning.Settings())
    return taught.all_taught([recipe.from_folder(CORPUS), recipe.from_folder(UNREAD)], TAUGHT, known)


def transcript(talk: LabelledConversation) -> Transcript:
    """A labelled conversation as it is judged."""
    return Transcript(talk.id, tuple(Turn(turn.role, turn.text) for turn in talk.turns))


def tags_of(turn: LabelledTurn) -> frozenset[str]:
    """The tags that people gave an agent's turn; a reflection is always active listening too."""
    codes = {code for _, _, codes in turn.spans for code in codes}
    return frozenset(CODES[code] for code in codes | ({"AL"} if "RR" in codes else set()))


class Agreement(NamedTuple):
    """How a yes or no of the tool agrees with people's: counts of both, of either alone, and of neither."""

    both: int
    tool_alone: int
    people_alone: int
    neither: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[bool, bool]]) -> Agreement:
        """From pairs of (people, tool)."""
        counts = [0, 0, 0, 0]
        for people, tool in pairs:
            counts[0 if people and tool else 1 if tool else 2 if people else 3] += 1
        return cls(*counts)

    def __add__(self, other: object) -> Agreement:  # figures add up where tuples are joined
        if not isinstance(other, Agreement):
            return NotImplemented
        return Agreement(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def yes(self) -> int:
        """How often people said yes."""
        return self.both + self.people_alone

    @property
    def precision(self) -> float | None:
        """Of what the tool found, the share that people found too; None when it found nothing."""
        return _share(self.both, self.both + self.tool_alone)

    @property
    def recall(self) -> float | None:
        """Of what people found, the share that the tool found too; None when there was nothing."""
        return _share(self.both, self.yes)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two."""
        return _share(2 * self.both, 2 * self.both + self.tool_alone + self.people_alone)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: agreement beyond what chance gives; None where chance alone would be perfect."""
        total = sum(self)
        if not total:
            return None
        tool = self.both + self.tool_alone
        chance = (self.yes * tool + (total - self.yes) * (total - tool)) / total**2
        return _share((self.both + self.neither) / total - chance, 1 - chance)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def figure(value: float | None) -> str:
    """A figure as tables show it: two decimals, `-` for none."""
    return "-" if value is None else f"{value:.2f}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; numbers stand to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"
