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
from empathy_audit.signals import recipe, shipped, training
from empathy_audit.signals.corpus import CODES, LabelledConversation
from empathy_audit.signals.training import TARGETS
from held_out import CORPUS, FOLDS, HERE, Agreement, figure, fold_of, table

LEAST = 25
"""Groups with fewer conversations are put together: their figures would say nothing."""

TEXT = """\
# Model card: english.signals

Written by `python training/card.py`; do not edit.

## What it is

{labels} linear classifiers ({agent} for segments of an agent's turn, {customer} for a customer's): logistic regressions with a ridge penalty over words, runs of words and word
classes, marks of structure and context, and the hits of the rubric's own rules. Weights are 16-bit integers; a probability is a sum that `empathy-audit explain` takes apart.

| | |
|---|---|
| file | `empathy_audit/signals/weights/{file}`, {size:.1f} MB, sha256 `{sha256}` |
| features with a weight | {features} |
| words known | {words} |
| learned from | {conversations} conversations |
| rules among the features | {rubric} |
| strength (inverse of the penalty) | {strength} |
| licence | MIT, as the project; the public set below is Apache-2.0 |

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


class Judged(NamedTuple):
    """One segment of a held-out conversation with one label: what people said and what the weights say."""

    talk: LabelledConversation
    role: str
    label: str
    people: bool
    tool: bool


def judged(talks: Sequence[LabelledConversation], settings: training.Settings, rubric: Rubric) -> Iterator[Judged]:
    """Every segment and label, each by weights that have not seen its conversation."""
    every = training.rows_of(talks, training.vocabulary_of(talks, settings.least_words), rubric)
    least = defaultdict(lambda: 0.5, thresholds(rubric))
    folds = [fold_of(talk.id) for talk in talks]
    for role, rows in every.items():
        for fold in range(FOLDS):
            learned = training.fit([r for r in rows if folds[r.conversation] != fold], TARGETS[role], settings)
            held_out = [r for r in rows if folds[r.conversation] == fold]
            columns = {int(feature): at for at, feature in enumerate(learned.features)}
            matrix: Any = training.matrix_of([r.features for r in held_out], columns)
            odds = (matrix @ learned.table.astype(np.float64)) * np.array(learned.scales) + np.array(learned.biases)
            for at, label in enumerate(learned.labels):
                threshold = np.log(1 / least[label] - 1)
                for row, said in zip(held_out, odds[:, at] >= -threshold, strict=True):
                    yield Judged(talks[row.conversation], role, label, TARGETS[role][label](row), bool(said))


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
        what = (
            f"{labelled(public[name])} real threads of customer care on Twitter, of which this project has the labels (`training/labels/`) and not the text: "
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
    corpus = recipe.from_folder(CORPUS)
    sets = [corpus] if extra is None else [corpus, recipe.from_public(HERE / "labels", extra)]
    everything = recipe.together(*sets)
    differs = {name for name, sha256 in everything.sources.items() if about["sources"].get(name) != sha256}
    if differs:
        click.echo(f"note: the shipped weights were not learned from these {', '.join(sorted(differs))}", err=True)
    rubric = load("empathy")
    found = list(judged(everything.conversations, training.Settings(strength=about["strength"]), rubric))
    document = shipped.load().document
    one_of_each = Counter(one.role for one in found if one.label in ("open-question", "trouble"))
    text = TEXT.format(
        labels=sum(len(w.labels) for w in document.roles.values()),
        agent=len(document.roles["agent"].labels),
        customer=len(document.roles["customer"].labels),
        file=shipped.WEIGHTS.name,
        size=shipped.WEIGHTS.stat().st_size / 1e6,
        sha256=about["sha256"],
        features=sum(len(w.features) for w in document.roles.values()),
        words=len(document.words),
        conversations=about["conversations"],
        rubric=about["rubric"],
        strength=about["strength"],
        sources=sources(about["sources"]),
        corpus_talks=len(corpus.conversations),
        corpus_turns=sum(t.role in ("agent", "customer") for talk in corpus.conversations for t in talk.turns),
        kinds=kinds(corpus.conversations),
        folds_of=" and ".join(f"{len(s.conversations)} conversations of {next(iter(s.sources))}" for s in sets),
        segments=one_of_each["agent"],
        customer_segments=one_of_each["customer"],
        by_label=by_label(found, rubric),
        by_channel=by(found, "channel"),
        by_industry=by(found, "industry"),
        by_dialect=by(found, "dialect"),
        least=LEAST,
    )
    output_file.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", "utf-8")
    click.echo(f"{output_file.name}: {len(everything.conversations)} conversations in {FOLDS} folds", err=True)


if __name__ == "__main__":
    main()
