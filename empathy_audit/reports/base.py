"""What a report is: a function from a batch to text or bytes, with a name and a suffix. Only the command line opens files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from empathy_audit.extras import Extra
from empathy_audit.model.audit import Audit, Batch, Failure

Rows = Literal["findings", "turns", "conversations", "agents"]
ROWS: tuple[Rows, ...] = get_args(Rows)
Partition = Literal["week", "agent"]
PARTITIONS: tuple[Partition, ...] = get_args(Partition)

Files = Iterable[tuple[str, "str | bytes"]]
"""Files of a folder: the path in it, with `/`, and the content."""


@dataclass(frozen=True, slots=True)
class Originals:
    """The files that the transcripts came from, for reports that point into them.

    `path` turns a file's name in results into the path under which the report's reader has it; `text` gives what is in it,
    None where it is out of reach. By default nothing is within reach and names stay as they are.
    """

    path: Callable[[str], str] = str
    text: Callable[[str], str | None] = lambda file: None


@dataclass(frozen=True, slots=True)
class View:
    """How the report is going to be looked at.

    `width` is in columns of a terminal, `color` allows ANSI styles, `verbose` counts the `-v` given: from 1 on
    nothing is left out; `plain` leaves out what is drawn of characters, for screen readers. Formats for machines
    ignore these four; those that annotate files look into `originals`.
    """

    width: int = 80
    color: bool = False
    verbose: int = 0
    plain: bool = False
    originals: Originals = field(default=Originals())


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of the formats that are tables. `rows` None is the format's own default; `partition_by` splits a folder."""

    rows: Rows | None = None
    partition_by: Partition | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One output format.

    `suffix` is the file suffix that chooses it (empty: only its name does). `render` gives the whole report: text that
    ends in a line break, or bytes if `binary`. `line` is set for formats that can be written outcome by outcome: it
    gives the whole lines that one outcome adds, possibly none, and `render` is then `head` and all of them one after the
    other, failures last. `folder` is set for formats that can also be written as several files. `extra` has to be
    installed for any of these. `choose` gives the same format with other choices, for the formats that have some;
    it raises InputError for choices that exclude each other. `figures` asks for the figures of the batch; without
    `conversations` it draws no single one, and `Batch.audits` may be empty.
    """

    name: str
    suffix: str
    about: str
    render: Callable[[Batch, View], str | bytes]
    line: Callable[[Audit | Failure], str] | None = None
    head: str = ""
    folder: Callable[[Batch, View], Files] | None = None
    extra: Extra | None = None
    binary: bool = False
    choose: Callable[[Choices], Report] | None = None
    figures: bool = False
    conversations: bool = True

    def check(self) -> None:
        """Raise MissingPackageError if the extra that the format needs is not installed."""
        if self.extra is not None:
            self.extra.needed(f"writing {self.name}")


def rendered_by_line(line: Callable[[Audit | Failure], str], head: str = "") -> Callable[[Batch, View], str]:
    """The `render` of a format that is written outcome by outcome."""

    def render(batch: Batch, view: View) -> str:
        outcomes: tuple[Audit | Failure, ...] = (*batch.audits, *batch.failures)
        return head + "".join(line(outcome) for outcome in outcomes)

    return render
