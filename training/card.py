"""Writes model-card.md: `python training/card.py [--extra DIR]`.

The figures are of five folds by conversation: each fold is judged by weights that were learned from the other four, with the
settings that the shipped weights have. A label counts from the probability on from which the rubric takes it, or from one half on
where the rubric does not ask for it. What the shipped weights learned from
stands in the card that lies beside them; figures on sets whose text is not here are given when --extra names where they lie.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from empathy_audit.model.rubric import Rubric, SignalUse
from empathy_audit.rubric import load
from empathy_audit.signals import learning, recipe, shipped, taught, training, vectors
from empathy_audit.signals.corpus import CODES, LabelledConversation
from empathy_audit.signals.learning import Settings
from empathy_audit.signals.training import TARGETS
from held_out import FOLDS, HERE, TAUGHT, VECTORS, Agreement, figure, fold_of, from_here, table

LEAST = 25
"""Groups with fewer conversations are put together: their figures would say nothing."""

TEXT = """\
# Model card: english.signals

Written by `python training/card.py`; do not edit.

## What it is

A small network that gives {labels} labels to segments ({agent} of an agent's turn, {customer} of a customer's): embeddings of 64 values for each word, two convolutions of {width} values
over three words each, the largest and the mean over the segment, the largest over its turn and over what the other side said last, and a linear layer over those beside marks of structure
and context and the hits of the rubric's own rules (`empathy_audit/signals/network.py`). All its numbers are small integers, so that it gives the same probabilities on every machine;
`empathy-audit explain` tells what each word, mark and rule does to a probability.

| | |
|---|---|
| file | `empathy_audit/signals/weights/{file}`, {size:.1f} MB, sha256 `{sha256}` |
| words known | {words} |
| learned from | {conversations} conversations |
| rules among the inputs | {rubric} |
| epochs, seed | {epochs}, {seed} |
| words start from | `training/vectors.npz`, sha256 `{vectors}` |
| taught by a larger model | `training/taught.npz`, sha256 `{taught_by}` |
| licence | MIT, as the project; the public sets below and the larger model are Apache-2.0 |

Made to sit beside the rules of the rubric `empathy`, whose thresholds are chosen for it. Not made to judge people, to read minds, or to decide about anybody alone.

## What it learned from

{sources}

The corpus was written for this project: {corpus_talks} conversations with {corpus_turns} turns of customers and agents, every segment labelled by the codebook whose terms
[docs/judgement.md](../docs/judgement.md) gives. It is invented: no real customer or agent is in it. That makes it wide and free to use, and it makes it tidier than life. It was written and
labelled by readers of one kind, so figures on it are an upper bound: see the README for agreement with other people's labels on real conversations.

{kinds}

## How well each label is learned

Five folds by conversation, {folds_of}. `n` is how many segments people gave the label, of {segments} segments of agents and {customer_segments} of customers. `from` is the
probability from which the rubric takes the label; where there is none, the rubric does not ask for it by itself and one half was taken.

{by_label}

## How much a probability means

All labels of a side together: of the segments for which a signal said so much, the share for which people gave the label.

{calibration}

## By channel

All labels of a side together; κ is agreement beyond chance over every pair of segment and label.

{by_channel}

## By industry

Industries with fewer than {least} conversations stand together.

{by_industry}

## By dialect

{by_dialect}

## Known failures

- **It knows English**, most of it British and American. Where the table by dialect shows few conversations, it has hardly been tried.
- **Sarcasm** without a word that shows it ("lovely, another Saturday at home") is found by luck; so is grief that is told plainly.
- **Validation and counter-empathy** have many wordings and few examples: their recall is the lowest of the tags. The rules of the rubric carry what formulas there are.
- **Emotions** are told apart worst where they overlap: disappointment from frustration, and anxiety from plain urgency. That there is trouble is far surer than which.
- **Segments, not conversations.** It sees a segment, the size of its turn, and which words the customer said before. What a pronoun points at, or what a promise came to, it cannot know.
- **Names and hyphens.** A name that the agent repeats is an echo like any other word. [docs/fairness.md](../docs/fairness.md) says what was tried.
- **Misspellings and speech recognition** cost recall; `python training/robustness.py` measures how much.
"""


OTHERS = {
    "unread": "conversations written for this project that nobody labelled, `training/unread/`, MIT: what they show is taught",
    "goemotions.jsonl": "54,263 comments of Reddit (GoEmotions, Google Research, Apache-2.0), whose own labels are not used: what they show is taught",
}
"""Sets that this project has no labels of."""


class Judged(NamedTuple):
    """One segment of a held-out conversation with one label: what people said and what the weights say."""

    talk: LabelledConversation
    role: str
    label: str
    people: bool
    tool: bool
    chance: float


def judged(talks: Sequence[LabelledConversation], settings: Settings, rubric: Rubric) -> Iterator[Judged]:
    """Every segment and label, each by weights that have not seen its conversation."""
    known = vectors.load(VECTORS, settings)
    words = tuple(sorted(known.words))
    shape, first = training.shape_of(words, rubric), known.rows(words, settings)
    every = training.samples_of(talks, words, rubric)
    least = defaultdict(lambda: 0.5, thresholds(rubric))
    for fold in range(FOLDS):
        apart = [fold_of(talks[rows[0].conversation].id) == fold for _, rows in every]
        seen = [sample for (sample, _), there in zip(every, apart, strict=True) if not there]
        parameters = learning.learned(seen, shape, settings, first)
        for (sample, rows), there in zip(every, apart, strict=True):
            if there and talks[rows[0].conversation].read:
                yield from _judged(learning.odds(parameters, [sample]), sample, rows, talks, least)


def _judged(
    odds: Mapping[str, Any],
    sample: learning.Sample,
    rows: Sequence[training.Row],
    talks: Sequence[LabelledConversation],
    least: Mapping[str, float],
) -> Iterator[Judged]:
    for side, targets in TARGETS.items():
        of_side = [row for row, agent in zip(rows, sample.agents, strict=True) if agent == (side == "agent")]
        for row, values in zip(of_side, odds[side], strict=True):
            for (label, target), value in zip(targets.items(), values, strict=True):
                people = target(row)
                if people is not None:
                    chance = float(1 / (1 + np.exp(-value)))
                    yield Judged(talks[row.conversation], side, label, people, chance >= least[label], chance)


def calibration(found: Sequence[Judged]) -> str:
    """How often people gave a label where the signal was about so sure, by side."""
    rows = []
    for low in range(10):
        cells: list[object] = []
        for side in TARGETS:
            part = [one for one in found if one.role == side and min(int(one.chance * 10), 9) == low]
            mean = sum(one.chance for one in part) / len(part) if part else None
            said = sum(one.people for one in part) / len(part) if part else None
            cells += [len(part), figure(mean), figure(said)]
        rows.append((f"{low / 10:.1f} to {(low + 1) / 10:.1f}", *cells))
    return table(("probability", "agents n", "mean", "people said so", "customers n", "mean", "people said so"), rows)


def thresholds(rubric: Rubric) -> dict[str, float]:
    """The lowest probability from which an entry of the rubric takes each label."""
    found: dict[str, float] = {}
    for entry in rubric.entries:
        for use in entry.any:
            if isinstance(use, SignalUse):
                found[use.signal] = min(use.at_least, found.get(use.signal, 1.0))
    return found


def by(found: Sequence[Judged], key: str) -> str:
    """A table of both sides by a property of the conversation."""
    talks: dict[str, set[str]] = defaultdict(set)
    for one in found:
        talks[getattr(one.talk, key)].add(one.talk.id)
    rare = {name for name, ids in talks.items() if len(ids) < LEAST}
    sums: dict[str, dict[str, Agreement]] = defaultdict(lambda: defaultdict(lambda: Agreement(0, 0, 0, 0)))
    for one in found:
        name = getattr(one.talk, key)
        sums[f"{len(rare)} others" if name in rare else name][one.role] += Agreement.of([(one.people, one.tool)])
    sizes: Counter[str] = Counter()
    for name, ids in talks.items():
        sizes[f"{len(rare)} others" if name in rare else name] += len(ids)
    rows = []
    for name, size in sorted(sizes.items(), key=lambda item: (item[0].endswith("others"), -item[1], item[0])):
        cells = [
            figure(value) for role in TARGETS for a in (sums[name][role],) for value in (a.precision, a.recall, a.kappa)
        ]
        rows.append((name, size, *cells))
    head = ("agents P", "agents R", "agents κ", "customers P", "customers R", "customers κ")
    return table((key, "conversations", *head), rows)


def by_label(found: Sequence[Judged], rubric: Rubric) -> str:
    """A row a label, in the order of TARGETS."""
    pairs: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for one in found:
        pairs[one.role, one.label].append((one.people, one.tool))
    used = thresholds(rubric)
    rows = []
    for role, targets in TARGETS.items():
        for label in targets:
            a = Agreement.of(pairs[role, label])
            figures = map(figure, (a.precision, a.recall, a.f1, a.kappa))
            rows.append((f"`{label}`", role, f"{used[label]:g}" if label in used else "", a.yes, *figures))
    return table(("label", "side", "from", "n", "precision", "recall", "F1", "κ"), rows)


def kinds(talks: Sequence[LabelledConversation]) -> str:
    """How often each label stands in the corpus."""
    counts = Counter(code for talk in talks for turn in talk.turns for *_, codes in turn.spans for code in codes)
    levels = Counter(turn.level for talk in talks for turn in talk.turns if turn.role == "customer")
    rows = [*((f"`{tag}`", counts[code]) for code, tag in CODES.items())]
    rows += [
        (f"customer turns: {name}", levels[n]) for n, name in enumerate(("no concern", "a concern", "a feeling shown"))
    ]
    return table(("in the corpus", "n"), rows)


def sources(names: Mapping[str, str]) -> str:
    """What the shipped weights learned from, with the sha256 of each."""
    public = {file: name for name, file in recipe.PUBLIC.items()}
    lines = []
    for name, sha256 in names.items():
        what = OTHERS.get(name) or (
            f"made of {name.removesuffix(' variants')} by machine (`empathy_audit/signals/variants.py`): what they show is taught"
            if name.endswith(" variants")
            else f"{labelled(public[name])} real threads of customer care on Twitter, of which this project has the labels (`training/labels/`) and not the text: "
            "IBM's repository `twitter-customer-care-document-prediction`, Apache-2.0"
            if name in public
            else "this project's own corpus, `training/corpus/`, MIT"
        )
        lines.append(f"- **{public.get(name, name)}**: {what}; sha256 `{sha256}`")
    return "\n".join(lines)


def labelled(name: str) -> int:
    """How many conversations of a public set have labels here."""
    lines = (HERE / "labels" / f"{name}.txt").read_text("utf-8").splitlines()
    return sum(line.startswith("## ") for line in lines)


@click.command()
@click.option("--extra", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Public sets with labels.")
@click.option("-o", "--output-file", type=click.Path(path_type=Path), default=HERE / "model-card.md", show_default=True)
def main(extra: Path | None, output_file: Path) -> None:
    """Measure on five folds and write the card."""
    about = json.loads(shipped.WEIGHTS.with_suffix(".json").read_text("utf-8"))
    known = vectors.load(VECTORS, Settings())
    sets = from_here()
    if extra is not None:
        sets += taught.all_taught([recipe.from_public(HERE / "labels", extra)], TAUGHT, known)
    corpus = sets[0]
    read = [s for s in sets if any(talk.read for talk in s.conversations)]
    everything = recipe.together(*sets)
    differs = {name for name, sha256 in everything.sources.items() if about["sources"].get(name) != sha256}
    if differs:
        click.echo(f"note: the shipped weights were not learned from these {', '.join(sorted(differs))}", err=True)
    rubric = load("empathy")
    found = list(judged(everything.conversations, Settings(epochs=about["epochs"]), rubric))
    document = shipped.load().document
    one_of_each = Counter(one.role for one in found if one.label in ("open-question", "trouble"))
    text = TEXT.format(
        labels=sum(len(h.labels) for h in document.network.heads.values()),
        agent=len(document.network.heads["agent"].labels),
        customer=len(document.network.heads["customer"].labels),
        file=shipped.WEIGHTS.name,
        size=shipped.WEIGHTS.stat().st_size / 1e6,
        sha256=about["sha256"],
        width=document.network.width,
        words=len(document.words),
        conversations=about["conversations"],
        rubric=about["rubric"],
        epochs=about["epochs"],
        seed=about["seed"],
        vectors=about["vectors"],
        taught_by=about["taught"],
        sources=sources(about["sources"]),
        corpus_talks=len(corpus.conversations),
        corpus_turns=sum(t.role in ("agent", "customer") for talk in corpus.conversations for t in talk.turns),
        kinds=kinds(corpus.conversations),
        folds_of=" and ".join(f"{len(s.conversations)} conversations of {next(iter(s.sources))}" for s in read),
        segments=one_of_each["agent"],
        customer_segments=one_of_each["customer"],
        by_label=by_label(found, rubric),
        calibration=calibration(found),
        by_channel=by(found, "channel"),
        by_industry=by(found, "industry"),
        by_dialect=by(found, "dialect"),
        least=LEAST,
    )
    output_file.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", "utf-8")
    click.echo(
        f"{output_file.name}: {sum(talk.read for talk in everything.conversations)} conversations in {FOLDS} folds",
        err=True,
    )


if __name__ == "__main__":
    main()
