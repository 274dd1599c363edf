"""What a report of `lint` is, and what all of them tell alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import LintBatch, LintFinding
from empathy_audit.reports.base import View


@dataclass(frozen=True, slots=True)
class LintReport:
    """One output format; `suffix` as in Report. `render` gives text that ends in a line break, or nothing."""

    name: str
    suffix: str
    about: str
    render: Callable[[LintBatch, View], str]


def told(batch: LintBatch) -> Iterator[tuple[str, LintFinding]]:
    """Every finding with the name of its file; those about the run itself come last."""
    yield from batch.findings


def failures(batch: LintBatch) -> tuple[Failure, ...]:
    """Everything that could not be judged: files, and macros in files."""
    return (*batch.failures, *(failure for file in batch.files for failure in file.failures))


def located(failure: Failure) -> tuple[str, int]:
    """The file and line (1-based, 1 where it is not known) of a failure, whose source is `file`, `file:line` or `file:line:column`."""
    name = failure.source
    numbers: list[int] = []
    while len(numbers) < _NUMBERS:
        head, colon, tail = name.rpartition(":")
        if not colon or not tail.isdecimal():
            break
        name, numbers = head, [int(tail), *numbers]
    return name, max(1, numbers[0]) if numbers else 1


_NUMBERS = 2


def why(batch: LintBatch, code: str) -> str:
    """Why the rubric, or lint itself, looks for that code."""
    return batch.why.get(code) or OWN.get(code, "")


def by_code(batch: LintBatch) -> str:
    """How many findings there are of each code and severity, a line each, the most frequent first; nothing where none is."""
    counts = Counter((finding.code, finding.severity) for _, finding in batch.findings)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = max((len(str(count)) for count in counts.values()), default=1)
    return "".join(f"{count:>{width}}  {severity:<10}  {code}\n" for (code, severity), count in order)


def known_codes(batch: LintBatch) -> tuple[str, ...]:
    """Every code that a finding of the batch could have, sorted; none of a rubric's where nothing was judged."""
    return tuple(sorted({*batch.why, *OWN}))


OWN: Mapping[str, str] = {
    "unbalanced-placeholder": "A placeholder that is not closed reaches the customer as it is written.",
    "unknown-situation": "A macro that declares a situation which the rubric does not know is judged by no situation.",
    "unknown-emotion": "A macro that declares an emotion which the rubric does not know is judged by none.",
    "unused-waiver": "A waiver that waives nothing will one day waive what nobody has looked at.",
    "expired-waiver": "Somebody has set this day to look at it again.",
    "waiver-without-reason": "Who comes after you has to know why a finding was let through.",
    "left-over-baseline": "An entry that nothing is found for any more would hide the same mistake when it comes back.",
}
"""Codes that are no rubric's, and why each is told."""


def advised(finding: LintFinding) -> str:
    """The message and what to do, in two sentences."""
    message = finding.message[:1].upper() + finding.message[1:]
    return f"{message}. {finding.suggestion}" if finding.suggestion else f"{message}."
