"""What is lost when text is rough: `python training/robustness.py [GOLD.jsonl ...]`.

Without files, the project's own held-out conversations are judged: fold 0, by weights learned from the other four. With files, those: native
JSONL whose turns carry `gold`, judged by the shipped weights. A gold is `{"tags": [..], "opportunity": 0..2}` with the codebook's codes or tag
names, or `{TAG: true or false}` for some tags.

Each set is judged as it is, in lower case without signs (as speech recognition writes), and with a typo in 3 % of the words.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import click
from empathy_audit.audit import Auditor
from empathy_audit.model.audit import JudgedTurn
from empathy_audit.model.rubric import TAGS
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.rubric import load
from empathy_audit.signals import learning, recipe, training, vectors
from empathy_audit.signals.corpus import CODES, LabelledTurn
from empathy_audit.signals.document import to_bytes
from held_out import VECTORS, Agreement, figure, fold_of, from_here, table, tags_of, transcript

SEED = 7
TYPOS = 0.03
HELD_OUT = 0
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

Gold = Mapping[str, bool]
"""What people said of a turn: tag, `opportunity` or `explicit opportunity` → whether it is there; what is not named was not asked."""
Change = Callable[[str], str]


class Conversation(NamedTuple):
    """A conversation to judge, and what people said of each of its turns."""

    transcript: Transcript
    gold: tuple[Gold, ...]


def without_signs(text: str) -> str:
    """Lower case, no signs; apostrophes inside words stay."""
    plain = re.sub(r"(?<=\w)['’](?=\w)", "'", text.lower())
    return " ".join(re.sub(r"[^\w\s']|(?<!\w)'|'(?!\w)", " ", plain).split())


def with_typos(rng: random.Random) -> Change:
    """A typo in 3 % of the words of four letters or more: two letters swapped, one dropped, one doubled, or a neighbour's key."""

    def mistyped(found: re.Match[str]) -> str:
        word = found[0]
        if rng.random() >= TYPOS:
            return word
        at = rng.randrange(1, len(word) - 1)
        before, here, after = word[:at], word[at], word[at + 1 :]
        return rng.choice(
            (
                f"{before}{after[0]}{here}{after[1:]}",
                before + after,
                f"{before}{here}{here}{after}",
                before + _beside(here, rng) + after,
            )
        )

    return lambda text: re.sub(r"[A-Za-z]{4,}", mistyped, text)


def _beside(letter: str, rng: random.Random) -> str:
    row = next((row for row in _ROWS if letter.lower() in row), letter)
    at = row.find(letter.lower())
    return row[max(0, min(len(row) - 1, at + rng.choice((-1, 1))))]


def changed(talks: Sequence[Conversation], change: Change) -> list[Conversation]:
    """The same conversations with every turn's text changed."""
    return [
        talk._replace(
            transcript=replace(
                talk.transcript, turns=tuple(replace(turn, text=change(turn.text)) for turn in talk.transcript.turns)
            )
        )
        for talk in talks
    ]


def said(turn: JudgedTurn, asked: str) -> bool:
    """What the tool says to one question about a turn."""
    if asked == "opportunity":
        return turn.opportunity is not None
    if asked == "explicit opportunity":
        return turn.opportunity is not None and turn.opportunity.kind == "explicit"
    return any(tag.tag == asked for tag in turn.tags)


def measured(talks: Sequence[Conversation], auditor: Auditor) -> dict[str, Agreement]:
    """Agreement on each question over all turns that people were asked it of."""
    pairs: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for talk in talks:
        for turn, gold in zip(auditor.audit(talk.transcript).turns, talk.gold, strict=True):
            for asked, people in gold.items():
                pairs[asked].append((people, said(turn, asked)))
    return {asked: Agreement.of(found) for asked, found in pairs.items()}


def gold_of(turn: LabelledTurn) -> Gold:
    """What the corpus says of a turn."""
    if turn.role == "agent":
        there = tags_of(turn)
        return {tag: tag in there for tag in TAGS}
    if turn.role == "customer":
        return {"opportunity": turn.level > 0, "explicit opportunity": turn.level == 2}
    return {}


def own() -> tuple[list[Conversation], Auditor]:
    """The held-out fold of the corpus, and an Auditor whose weights have seen the rest of it."""
    talks = recipe.together(*from_here()).conversations
    rubric, settings = load("empathy"), learning.Settings()
    seen = [talk for talk in talks if fold_of(talk.id) != HELD_OUT]
    document = training.train(seen, rubric, settings, {"held out": HELD_OUT}, vectors.load(VECTORS, settings))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "held-out.signals"
        path.write_bytes(to_bytes(document))
        auditor = Auditor(rubric, path)
    rest = [talk for talk in talks if talk.read and fold_of(talk.id) == HELD_OUT]
    return [Conversation(transcript(talk), tuple(map(gold_of, talk.turns))) for talk in rest], auditor


def from_jsonl(path: Path) -> Iterator[Conversation]:
    """The conversations of a native JSONL file with gold."""
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            record = json.loads(line)
            turns = tuple(Turn(turn["role"], turn["text"]) for turn in record["turns"])
            golds = tuple(_gold(turn["role"], turn.get("gold") or {}) for turn in record["turns"])
            yield Conversation(Transcript(record["id"], turns), golds)


def _gold(role: str, given: Mapping[str, Any]) -> Gold:
    found: dict[str, bool] = {tag: given[tag] for tag in TAGS if isinstance(given.get(tag), bool)}
    if role == "agent" and "tags" in given:
        there = {CODES.get(tag, tag) for tag in given["tags"]}
        found.update({tag: tag in there for tag in TAGS})
    if role == "customer" and "opportunity" in given:
        found |= {"opportunity": given["opportunity"] > 0, "explicit opportunity": given["opportunity"] == 2}
    return found


def report(name: str, talks: Sequence[Conversation], auditor: Auditor) -> str:
    """Precision, recall and F1 of every question on the text as it is and on each rough version of it."""
    versions = {
        "as it is": measured(talks, auditor),
        "lower case, no signs": measured(changed(talks, without_signs), auditor),
        f"typos in {TYPOS:.0%} of words": measured(changed(talks, with_typos(random.Random(SEED))), auditor),  # noqa: S311
    }
    plain, *rough = versions.values()
    rows = []
    for asked, usual in plain.items():
        cells = [
            f"{figure(a.precision)} {figure(a.recall)} {figure(a.f1)}" for a in (usual, *(v[asked] for v in rough))
        ]
        lost = [figure(None if usual.f1 is None else (v[asked].f1 or 0.0) - usual.f1) for v in rough]
        rows.append((asked, usual.yes, *cells, *lost))
    total = [sum(v.values(), Agreement(0, 0, 0, 0)).f1 or 0.0 for v in versions.values()]
    rows.append(
        (
            "all of them",
            sum(a.yes for a in plain.values()),
            *map(figure, total),
            *(figure(t - total[0]) for t in total[1:]),
        )
    )
    head = ("P R F1", "n", *versions, *(f"F1 lost or won: {name}" for name in tuple(versions)[1:]))
    return f"{name}: {len(talks)} conversations\n\n{table(head, rows)}"


@click.command()
@click.argument(
    "gold", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="[GOLD.jsonl]..."
)
@click.option("--signals", type=click.Path(path_type=Path), help="Weights for the files instead of the shipped ones.")
def main(gold: tuple[Path, ...], signals: Path | None) -> None:
    """Judge each set three times and print what was lost."""
    if not gold:
        click.echo(report("held-out conversations of training/corpus", *own()))
        return
    auditor = Auditor(load("empathy"), signals)
    for path in gold:
        click.echo(report(path.name, list(from_jsonl(path)), auditor))


if __name__ == "__main__":
    main()
