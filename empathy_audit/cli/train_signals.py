"""`empathy-audit train-signals`: labelled conversations → weights for the `signal` patterns of a rubric."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import click

from empathy_audit.errors import InputError

EPILOG = """\b
Examples:
  empathy-audit train-signals --corpus training/corpus -o english.signals
  empathy-audit train-signals --labels our-labels.csv -o ours.signals
  empathy-audit score chats/ --signals ours.signals
"""
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("train-signals", epilog=EPILOG, short_help="Learn signals from labelled conversations.")
@click.option("--corpus", multiple=True, type=_FOLDER, metavar="DIR", help="Labelled conversations as text files.")
@click.option("--labels", multiple=True, type=_FILE, metavar="CSV", help="Own labels: conversation, role, text, tags.")
@click.option("--extra", type=_FOLDER, metavar="DIR", help="Public sets that the project has labels for.")
@click.option(
    "--extra-labels", type=_FOLDER, metavar="DIR", help="Where those labels lie (default: beside the corpus)."
)
@click.option("--rubric", "rubric_name", default="empathy", metavar="NAME|FILE", help="Its rules are features too.")
@click.option("--vectors", "vectors_path", type=_FILE, metavar="NPZ", help="Vectors that words start from.")
@click.option(
    "--taught", "taught_path", type=_FILE, metavar="NPZ", help="What a larger model says of the conversations."
)
@click.option("--epochs", type=click.IntRange(1, 1000), default=10, show_default=True, help="How often all is seen.")
@click.option(
    "-o", "--output-file", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The weights."
)
def command(
    corpus: tuple[Path, ...],
    labels: tuple[Path, ...],
    extra: Path | None,
    extra_labels: Path | None,
    rubric_name: str,
    vectors_path: Path | None,
    taught_path: Path | None,
    epochs: int,
    output_file: Path,
) -> int:
    """Learn signals from labelled conversations; the same input gives the same bytes."""
    from empathy_audit.rubric import load
    from empathy_audit.signals import learning, recipe, taught, training, vectors
    from empathy_audit.signals.document import to_bytes

    sets = [*map(recipe.from_folder, corpus), *map(recipe.from_csv, labels)]
    if not sets:
        raise click.UsageError("nothing to learn from; give --corpus DIR or --labels CSV")
    if extra is not None:
        beside = extra_labels or (corpus[0].parent / "labels" if corpus else None)
        if beside is None:
            raise InputError("--extra needs --extra-labels DIR, or a --corpus with labels beside it", str(extra))
        sets.append(recipe.from_public(beside, extra))
        if taught_path is not None and (extra / recipe.COMMENTS).exists():
            sets.append(recipe.from_comments(extra / recipe.COMMENTS))
    settings = learning.Settings(epochs=epochs)
    known = vectors.load(vectors_path, settings) if vectors_path is not None else None
    if taught_path is not None:
        sets = taught.all_taught(sets, taught_path, known)
    everything = recipe.together(*sets)
    training.enough(everything.conversations)
    rubric = load(rubric_name)
    about = {
        "sources": dict(everything.sources),
        "rubric": f"{rubric.id} {rubric.version}",
        "epochs": settings.epochs,
        "seed": settings.seed,
        "vectors": known.sha256 if known is not None else None,
        "taught": hashlib.sha256(taught_path.read_bytes()).hexdigest() if taught_path is not None else None,
    }
    document = training.train(everything.conversations, rubric, settings, about, known)
    data = to_bytes(document)
    output_file.write_bytes(data)
    card = {"sha256": hashlib.sha256(data).hexdigest(), **document.about}
    output_file.with_suffix(".json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", "utf-8")
    turns = sum(len(talk.turns) for talk in everything.conversations)
    click.echo(
        f"{output_file.name}: {len(data) / 1e6:.1f} MB from {len(everything.conversations)} conversations, {turns} turns; "
        f"{len(document.words)} words known",
        err=True,
    )
    return 0
