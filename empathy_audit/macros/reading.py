"""From drafts to macros: what happens to every text after its reader has found it, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from empathy_audit.errors import TranscriptError
from empathy_audit.macros.base import Draft, File, MacroReader
from empathy_audit.macros.branches import understand
from empathy_audit.model.audit import TOO_LARGE, Failure
from empathy_audit.model.macro import Macro
from empathy_audit.readers.base import DUPLICATE_ID, MALFORMED

_SPARE = 1_000_000


class MacroReading:
    """A file that is being read: iterate it once for Macros and Failures, then ask for `left_out` and `notes`.

    `format` is the reader's name and `why` the reason it was taken. Trouble inside the file comes as Failures, never as
    an exception.
    """

    def __init__(self, file: File, reader: MacroReader, why: str) -> None:
        self.format = reader.name
        self.why = why
        self._file = file
        self._reader = reader
        self._ids: set[str] = set()
        self._characters = 0

    def __iter__(self) -> Iterator[Macro | Failure]:
        try:
            for number, draft in enumerate(self._reader.read(self._file)):
                if number >= self._file.document.limits.turns:
                    yield self._too_many(number)
                    return
                if isinstance(draft, Failure):
                    yield draft
                    continue
                self._characters += len(draft.text.text)
                if self._characters > len(self._file.text) + _SPARE:
                    yield self._bomb(draft)
                    return
                yield self._finish(draft)
        except TranscriptError as error:
            yield Failure(error.place or self._file.name, MALFORMED, error.message)

    @property
    def left_out(self) -> Mapping[str, int]:
        """What did not come back so far, by reason."""
        return MappingProxyType(dict(sorted(self._file.tally.left_out.items())))

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks so far, each `place: text`."""
        return tuple(self._file.tally.notes)

    @property
    def text(self) -> str:
        """The whole text of the file."""
        return self._file.text

    def _finish(self, draft: Draft) -> Macro | Failure:
        file, located = self._file, draft.text.with_plain_ends()
        original = located.text
        most = file.document.limits.turn_characters
        if not original.strip():
            return file.failure(
                draft.at, "a macro without text; expected what a customer gets to read; write it, or take it out"
            )
        if len(original) > most:
            message = f"a text of {len(original):,} characters; expected at most {most:,}; split or shorten it"
            return file.failure(located.offset(0), message, TOO_LARGE)
        id_ = self._id(draft)
        if id_ in self._ids:
            message = f'the id "{id_}" has been used before in this file; expected unique ids; give this one another'
            return file.failure(draft.at, message, DUPLICATE_ID)
        self._ids.add(id_)
        understood = understand(original)
        return Macro(
            id=id_,
            title=str(draft.title or draft.id or ""),
            original=original,
            spots=file.lines.spots(located),
            branches=understood.branches,
            placeholders=understood.placeholders,
            problems=understood.problems,
            situation=_plain(draft.situation),
            emotion=_plain(draft.emotion),
            channel=_plain(draft.channel),
            language=_plain(draft.language),
            tags=tuple(map(str, draft.tags)),
            source=file.name,
            pointer=draft.pointer,
            format=self.format,
        )

    def _id(self, draft: Draft) -> str:
        """The macro's own id; else its title, counted where several have one; else the file and line."""
        if draft.id:
            return str(draft.id)
        if not draft.title:
            return f"{self._file.document.source.base}:{self._file.lines.place(draft.at)[0]}"
        found, number = str(draft.title), 1
        while found in self._ids:
            number += 1
            found = f"{draft.title}#{number}"
        return found

    def _too_many(self, number: int) -> Failure:
        return Failure(self._file.name, TOO_LARGE, f"more than {number:,} macros; expected fewer; split the file")

    def _bomb(self, draft: Draft) -> Failure:
        message = "more text in the macros up to here than the file holds; expected no aliases; write each text out"
        return self._file.failure(draft.at, message, TOO_LARGE)


def _plain(text: str | None) -> str | None:
    return str(text) if text else None
