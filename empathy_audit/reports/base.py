"""What a report is: a function from a batch to text, with a name and a suffix. Only the command line opens files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from empathy_audit.model.audit import Audit, Batch, Failure


@dataclass(frozen=True, slots=True)
class View:
    """How the text is going to be looked at.

    `width` is in columns of a terminal, `color` allows ANSI styles, `verbose` counts the `-v` given: from 1 on
    nothing is left out. Formats for machines ignore all three.
    """

    width: int = 80
    color: bool = False
    verbose: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One output format.

    `suffix` is the file suffix that chooses it (empty: only its name does). `render` gives the whole report, ending
    in a line break. `line` is set for formats that can be written outcome by outcome: it gives the whole lines that
    one outcome adds, possibly none, and `render` is then all of them one after the other, failures last.
    """

    name: str
    suffix: str
    about: str
    render: Callable[[Batch, View], str]
    line: Callable[[Audit | Failure], str] | None = None


def rendered_by_line(line: Callable[[Audit | Failure], str]) -> Callable[[Batch, View], str]:
    """The `render` of a format that is written outcome by outcome."""

    def render(batch: Batch, view: View) -> str:
        outcomes: tuple[Audit | Failure, ...] = (*batch.audits, *batch.failures)
        return "".join(line(outcome) for outcome in outcomes)

    return render
