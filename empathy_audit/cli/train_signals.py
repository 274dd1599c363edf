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
@click.option("--strength", type=click.FloatRange(0.001, 100), help="Inverse of the ridge penalty.")
@click.option(
    "-o", "--output-file", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The weights."
)
def command(
    corpus: tuple[Path, ...],
    labels: tuple[Path, ...],
    extra: Path | None,
    extra_labels: Path | None,
    rubric_name: str,
    strength: float | None,
    output_file: Path,
) -> int:
    """Learn signals from labelled conversations; the same input gives the same bytes."""
    from empathy_audit.rubric import load
    from empathy_audit.signals import recipe, training
    from empathy_audit.signals.model import to_bytes

    sets = [*map(recipe.from_folder, corpus), *map(recipe.from_csv, labels)]
    if not sets:
        raise click.UsageError("nothing to learn from; give --corpus DIR or --labels CSV")
    if extra is not None:
        beside = extra_labels or (corpus[0].parent / "labels" if corpus else None)
        if beside is None:
            raise InputError("--extra needs --extra-labels DIR, or a --corpus with labels beside it", str(extra))
        sets.append(recipe.from_public(beside, extra))
    everything = recipe.together(*sets)
    training.enough(everything.conversations)
    settings = training.Settings(strength=strength) if strength is not None else training.Settings()
    rubric = load(rubric_name)
    about = {
        "sources": dict(everything.sources),
        "rubric": f"{rubric.id} {rubric.version}",
        "strength": settings.strength,
    }
    document = training.train(everything.conversations, rubric, settings, about)
    data = to_bytes(document)
    output_file.write_bytes(data)
    card = {"sha256": hashlib.sha256(data).hexdigest(), **document.about}
    output_file.with_suffix(".json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", "utf-8")
    turns = sum(len(talk.turns) for talk in everything.conversations)
    click.echo(
        f"{output_file.name}: {len(data) / 1e6:.1f} MB from {len(everything.conversations)} conversations, {turns} turns; "
        f"{sum(len(w.features) for w in document.roles.values())} weighted features",
        err=True,
    )
    return 0
