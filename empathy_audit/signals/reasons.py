"""What spoke for and against the signals that an audit rests on: the words behind each probability, for `explain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from empathy_audit.language.reader import Reader, fired
from empathy_audit.language.segmented import segmented_turns
from empathy_audit.model.audit import Step
from empathy_audit.model.rubric import Rubric, SignalUse
from empathy_audit.model.transcript import Transcript
from empathy_audit.signals.model import Reason, SignalModel

FOR, AGAINST = 3, 2
"""How many features are shown on either side."""


def with_reasons(
    steps: Sequence[Step], transcript: Transcript, rubric: Rubric, reader: Reader, model: SignalModel
) -> tuple[Step, ...]:
    """The steps, those of signals with the features that spoke most for them and against them behind their text.

    The conversation is read once more for it, so that judging without an explanation pays nothing.
    """
    parts = segmented_turns(transcript)
    names = [fired(part, hits) for part, hits in zip(parts, reader.by_rules(parts), strict=True)]
    learned = model.probabilities(parts, names)
    uses = {entry.id: [p for p in entry.any if isinstance(p, SignalUse)] for entry in rubric.entries}

    def told(step: Step) -> str:
        part = parts[step.about] if step.about is not None else None
        if step.kind != "signal" or step.about is None or part is None:
            return step.text
        segment = next(n for n, (_, end) in enumerate(part.segments) if step.evidence[0].start < end)
        probability = dict(zip(model.labels(part.role), learned[step.about][segment], strict=True))
        return "; ".join(
            (
                step.text,
                *(
                    f"{use.signal}: {sides(model.reasons(parts, names, step.about, segment, use.signal))}"
                    for use in uses[step.entry]
                    if probability[use.signal] >= use.at_least
                ),
            )
        )

    return tuple(replace(step, text=told(step)) for step in steps)


def sides(reasons: Sequence[Reason]) -> str:
    """`for it "so sorry" +1.20, ...; against it [asks] -0.40`: log odds, the strongest first on either side."""
    ahead = [r for r in reasons if r.log_odds > 0][:FOR]
    behind = [r for r in reversed(reasons) if r.log_odds < 0][:AGAINST]
    return "; ".join(
        f"{side} {', '.join(f'{r.words} {r.log_odds:+.2f}' for r in chosen) or 'nothing'}"
        for side, chosen in (("for it", ahead), ("against it", behind))
    )
