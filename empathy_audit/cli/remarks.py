"""What a run says on stderr beside its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from empathy_audit.batch.events import Done, Skipped
from empathy_audit.cli import exits
from empathy_audit.cli.verbose import describe
from empathy_audit.model.audit import Failure
from empathy_audit.redaction import Redactor

if TYPE_CHECKING:
    from empathy_audit.cli.progress import Meter

_NAMED = 5
"""How many skipped files are named."""


@dataclass
class Remarks:
    """Speaks on stderr. `quiet` leaves failures only, `verbose` adds how files were read; what names files is masked by `redactor`."""

    quiet: bool
    verbose: int
    redactor: Redactor = field(default=Redactor(on=False))
    skipped: list[str] = field(default_factory=list)
    meter: Meter | None = None

    def file(self, event: Done | Skipped) -> None:
        """A file is done, or was left out."""
        event = replace(event, name=self.redactor.path(event.name))
        if isinstance(event, Skipped):
            self.skipped.append(event.name)
        if self.verbose and not self.quiet:
            self._clear()
            for line in describe(event):
                exits.remark(self.redactor.message(line))

    def failure(self, failure: Failure) -> None:
        """Something could not be judged: always told. The failure is masked already."""
        self._clear()
        exits.complain(f"{failure.source}: {failure.message}")

    def bar(self, where: str, reasons: Sequence[str]) -> None:
        """A bar was missed."""
        for reason in () if self.quiet else reasons:
            self._clear()
            exits.remark(f"{where}: {reason}")

    def unused(self, signals: str, rubric: str) -> None:
        """A signals file was named that changes nothing."""
        if not self.quiet:
            exits.remark(f"{signals} is not used: the rubric {rubric} asks for no signal")

    def results(self, again: int, versions: int, signals: int) -> None:
        """What concerns stored results: how many stand twice, and by how many versions and signals they were judged."""
        if self.quiet:
            return
        if again:
            exits.remark(f"{again} result{'s'[: again > 1]} left out: the same stood before")
        if versions > 1:
            exits.remark(f"these results are of {versions} versions of empathy-audit, which may judge differently")
        if signals > 1:
            exits.remark("these results were judged by different signals, so that their scores do not compare")

    def left_out(self, reasons: Mapping[str, int]) -> None:
        """Conversations that were not asked for, by reason."""
        if reasons and not self.quiet:
            count = sum(reasons.values())
            each = ", ".join(f"{reasons[reason]:,} {reason}" for reason in sorted(reasons))
            exits.remark(f"{count:,} conversation{'s'[: count > 1]} left out: {each}")

    def end(self, why: str = "no reader recognises it", why_several: str = "no reader recognises them") -> None:
        """Whatever concerns the whole batch; `why` a file was skipped, and several."""
        count = len(self.skipped)
        if count and not self.quiet:
            some = ", ".join(self.skipped[:_NAMED]) + (f" and {count - _NAMED} more" if count > _NAMED else "")
            exits.remark(f"{count} file{'s'[: count > 1]} skipped: {why_several if count > 1 else why} ({some})")

    def _clear(self) -> None:
        if self.meter is not None:
            self.meter.clear()
