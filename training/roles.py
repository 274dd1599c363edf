"""How often the wording of the first turns tells who is the agent: hides the roles of the corpus and asks for them again.

python training/roles.py          # as shipped, by channel: what docs/transcripts.md says
python training/roles.py --fit    # weights fitted anew, each fold judged by those of the other four; needs scikit-learn
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Speakers
from empathy_audit.readers.cue_words import LIGHTEST
from empathy_audit.readers.cues import CUES, Cue, Evidence, confidence, found_in
from empathy_audit.readers.roles import settle
from empathy_audit.signals.corpus import LabelledConversation, parse

CORPUS = Path(__file__).parent / "corpus"
SIDES: Mapping[Role, str] = {"agent": "Speaker 1", "customer": "Speaker 2"}
BOUND = 2.5
# How far the regression may follow the corpus: other kinds of talk keep to it better than with the usual 1.0.
STRENGTH = 0.5
Verdict = Literal["right", "wrong", "undecided"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "undecided")


def conversations() -> Iterator[LabelledConversation]:
    """Those of the corpus in which both sides speak."""
    for path in sorted(CORPUS.glob("*.txt")):
        for talk in parse(path.read_text(encoding="utf-8"), path.name):
            if SIDES.keys() <= {turn.role for turn in talk.turns}:
                yield talk


def verdict(talk: LabelledConversation) -> Verdict:
    """What becomes of a conversation whose roles are hidden."""
    hidden = [Turn("unknown" if t.role in SIDES else t.role, t.text, SIDES.get(t.role)) for t in talk.turns]
    found = settle(hidden, Speakers(), {}).turns
    pairs = [(told.role, turn.role) for told, turn in zip(found, talk.turns, strict=True) if turn.role in SIDES]
    if any(told not in ("unknown", role) for told, role in pairs):
        return "wrong"
    return "right" if all(told == role for told, role in pairs) else "undecided"


def measured() -> dict[str, dict[Verdict, int]]:
    """Counts by channel, and `all`."""
    counts: dict[str, dict[Verdict, int]] = {}
    for talk in conversations():
        found = verdict(talk)
        for row in (talk.channel, "all"):
            counts.setdefault(row, dict.fromkeys(VERDICTS, 0))[found] += 1
    return {row: counts[row] for row in (*sorted(counts.keys() - {"all"}), "all")}


def table(counts: Mapping[str, Mapping[Verdict, int]]) -> str:
    """The counts as the page shows them."""
    rows = [f"| {row} | {' | '.join(str(found[v]) for v in VERDICTS)} |\n" for row, found in counts.items()]
    return f"| channel | {' | '.join(VERDICTS)} |\n|---|---|---|---|\n{''.join(rows)}"


def crossed() -> dict[Verdict, int]:
    """Counts where each fold is judged by weights fitted on the others: what new conversations of this kind may bring."""
    from held_out import FOLDS, fold_of

    sides = [(fold_of(talk.id), _sides(talk)) for talk in conversations()]
    counts = dict.fromkeys(VERDICTS, 0)
    for fold in range(FOLDS):
        weights = fitted([pair for number, pair in sides if number != fold])
        for number, pair in sides:
            if number == fold:
                counts[_judged(*pair, weights)] += 1
    return counts


Sides = tuple[list[bool], list[bool]]


def _sides(talk: LabelledConversation) -> Sides:
    """Which cues the agent and the customer of a conversation say."""
    agent, customer = (found_in([t.text for t in talk.turns if t.role == role]) for role in SIDES)
    return [cue in agent for cue in CUES], [cue in customer for cue in CUES]


def fitted(pairs: Sequence[Sides]) -> list[float]:
    """A weight for each cue: that of a logistic regression, in steps of a tenth, but for those set by hand."""
    from sklearn.linear_model import LogisticRegression

    ways = [[int(a) - int(c) for a, c in zip(agent, customer, strict=True)] for agent, customer in pairs]
    rows = [*ways, *([-n for n in way] for way in ways)]
    labels = [1] * len(ways) + [0] * len(ways)
    found = LogisticRegression(fit_intercept=False, max_iter=3000, C=STRENGTH).fit(rows, labels).coef_[0]
    return [_weight(cue, round(max(-BOUND, min(BOUND, float(w))), 1)) for w, cue in zip(found, CUES, strict=True)]


def _weight(cue: Cue, found: float) -> float:
    if cue.by_hand:
        return cue.weight
    if cue.formula:
        return max(found, LIGHTEST)
    # A weight against the side that the cue was written for is chance.
    return found if found * cue.weight > 0 else 0.0


def _judged(agent: Sequence[bool], customer: Sequence[bool], weights: Sequence[float]) -> Verdict:
    """The verdict of `settle` on two people, by other weights."""
    sides = [_evidence(there, weights) for there in (agent, customer)]
    odds = sides[0].odds - sides[1].odds
    if not sides[0 if odds > 0 else 1].makes_agent(confidence(abs(odds))):
        return "undecided"
    return "right" if odds > 0 else "wrong"


def _evidence(there: Sequence[bool], weights: Sequence[float]) -> Evidence:
    said = [w for w, found in zip(weights, there, strict=True) if found]
    formula = any(cue.formula for cue, found in zip(CUES, there, strict=True) if found)
    return Evidence(sum(said), sum(w for w in said if w > 0), formula)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--fit", action="store_true", help="fit the weights anew, fold by fold")
    if parser.parse_args().fit:
        print(*(f"{count} {name}" for name, count in crossed().items()), sep=", ")  # noqa: T201
        for weight, cue in zip(fitted([_sides(talk) for talk in conversations()]), CUES, strict=True):
            print(f"{weight:+.1f} (was {cue.weight:+.1f})  {cue.pattern.pattern[:90]}")  # noqa: T201
    else:
        print(table(measured()), end="")  # noqa: T201


if __name__ == "__main__":
    main()
