"""Measures how much more conversations still bring: `python training/curve.py`.

Fold 0 of the corpus is held out; the signals learn from growing shares of the rest, the smaller ones part of the larger, and each is measured by
κ over every pair of segment and label, the whole tool's tags and opportunities beside it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from empathy_audit.audit import Auditor
from empathy_audit.rubric import load
from empathy_audit.signals import learning, recipe, taught, training, vectors
from empathy_audit.signals.document import to_bytes
from held_out import CORPUS, TAUGHT, VECTORS, Agreement, figure, fold_of, table, transcript
from robustness import HELD_OUT, Conversation, gold_of, measured

SHARES = (8, 4, 2, 1)
GROUPS = {
    "questions": ("open-question", "closed-question"),
    "acknowledgement, validation": ("emotional-acknowledgement", "validation"),
    "reflection, listening": ("reflective-response", "active-listening"),
    "opportunities": ("opportunity", "explicit opportunity"),
}


@click.command()
def main() -> None:
    """Print the curve."""
    talks = taught.with_taught(recipe.from_folder(CORPUS), TAUGHT).conversations  # alone, since it is what may grow
    rest = sorted((t for t in talks if fold_of(t.id) != HELD_OUT), key=lambda t: t.id[::-1])
    judged = [Conversation(transcript(t), tuple(map(gold_of, t.turns))) for t in talks if fold_of(t.id) == HELD_OUT]
    rubric, settings = load("empathy"), learning.Settings()
    known = vectors.load(VECTORS, settings)
    rows = []
    for share in SHARES:
        seen = rest[::share]
        document = training.train(seen, rubric, settings, {"share": share}, known)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "part.signals"
            path.write_bytes(to_bytes(document))
            found = measured(judged, Auditor(rubric, path))
        groups = [figure(sum((found[t] for t in tags), Agreement(0, 0, 0, 0)).kappa) for tags in GROUPS.values()]
        whole = sum(found.values(), Agreement(0, 0, 0, 0)).kappa
        turns = sum(turn.role in ("agent", "customer") for talk in seen for turn in talk.turns)
        rows.append((len(seen), turns, *groups, "-" if whole is None else f"{whole:.3f}"))
    click.echo(table(("conversations", "turns", *GROUPS, "all, κ"), rows))


if __name__ == "__main__":
    main()
