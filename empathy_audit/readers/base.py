"""The shared words of all readers: what comes in, what a format module offers (Reader) and hands over (Draft).

A format module holds one `READER` and two functions: `sniff` tells why a document is of this format, `read` yields one
`Draft` a conversation. Everything that all formats have in common happens to the drafts afterwards, in reading.py:
roles, ids, limits, counts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from empathy_audit.errors import SettingsError, TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn

if TYPE_CHECKING:
    from empathy_audit.readers.decoding import Document

MALFORMED = "malformed"
DUPLICATE_ID = "duplicate-id"
MISSING_PACKAGE = "missing-package"
MOST_NOTES = 200

_BLANK = re.compile(r"\s")


class Unrecognised(TranscriptError):  # noqa: N818 - it says what the file is, which may be no error
    """No reader takes this file. A folder scan skips it; a file that was named outright is a failure."""


class Broken(Unrecognised):
    """No reader takes this file, and what it was meant to be is plain (JSON by its first sign, captions by suffix): a failure everywhere."""


class UnknownFormat(SettingsError):  # noqa: N818 - as above
    """A format was asked for that no reader has."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes come from. `name` is the label shown in every place.

    `data` stands in for a file (standard input, a test). `opened` is shown each stream that a file is read through, and
    may look how far it is.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    opened: Callable[[BinaryIO], None] | None = field(default=None, compare=False)

    def open(self) -> BinaryIO:
        """A new stream from the first byte. Raises OSError."""
        if self.data is not None:
            return io.BytesIO(self.data)
        stream = (self.path or Path(self.name)).open("rb")
        if self.opened is not None:
            self.opened(stream)
        return stream

    @property
    def size(self) -> int | None:
        """How many bytes there are; None for a pipe or device, which does not tell. Raises OSError."""
        if self.data is not None:
            return len(self.data)
        path = self.path or Path(self.name)
        return path.stat().st_size if path.is_file() else None

    @property
    def base(self) -> str:
        """The name without folders: ids must outlive a move of the file."""
        return PurePath(self.name.replace("\\", "/")).name or self.name

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, `.json`; empty when there is none."""
        return PurePath(self.base).suffix.lower()


@dataclass(frozen=True, slots=True)
class Speakers:
    """Names or labels of people whose role the user has told; letter case does not matter.

    `otherwise` is asked for names that are not in here: the command line stands before the configuration.
    """

    agents: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    origin: Literal["option", "configuration"] = "option"
    otherwise: Speakers | None = None

    def role(self, name: str) -> tuple[Role, str] | None:
        """The role told for `name` and where it was told; None when it was not."""
        folded = " ".join(name.casefold().split())
        for role, names in (("agent", self.agents), ("customer", self.customers)):
            if any(" ".join(n.casefold().split()) == folded for n in names):
                return ("agent" if role == "agent" else "customer"), self.origin
        return self.otherwise.role(name) if self.otherwise else None

    def __bool__(self) -> bool:
        return bool(self.agents or self.customers or self.otherwise)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes over which a conversation is a located failure; nothing is ever cut silently.

    `file_bytes` holds for what must be in memory at once: a file of a format that is read as a whole (text, captions, one
    JSON object), all of a pipe, and else one row, one line of JSON lines, or one element of a JSON list.
    """

    turn_characters: int = 1_000_000
    characters: int = 20_000_000
    turns: int = 200_000
    file_bytes: int = 256 * 1024 * 1024


@dataclass(slots=True)
class Draft:
    """One conversation as a reader found it, before roles are settled.

    `line` (1-based) is its first line; `place` is what follows the file's name (`:48`, `#/3`), empty when the file
    holds only this one. `known` gives roles by name where another part of the file tells them, `likely` those that hold
    unless the user tells otherwise, `aliases` what else a speaker goes by (an id, an address) when the user tells.
    `exact`: every turn stays, empty ones too, and no role is guessed. `settled`: all that can be told of roles has been
    told before.
    """

    turns: list[Turn]
    id: str | None = None
    line: int = 1
    place: str = ""
    channel: str | None = None
    started_at: str | None = None
    language: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, Role] = field(default_factory=dict)
    likely: Mapping[str, Role] = field(default_factory=dict)
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exact: bool = False
    settled: bool = False


@dataclass(slots=True)
class Tally:
    """What a reader counts on its way: what was left out by reason, and notes (`place: text`) for `-v`."""

    left_out: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def leave_out(self, reason: str, count: int = 1) -> None:
        """Count something that does not come back in the transcript."""
        if count:
            self.left_out[reason] = self.left_out.get(reason, 0) + count

    def note(self, text: str) -> None:
        """Remember a remark; of a file that gives very many, the first ones and how many followed."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append(text)
        else:
            self.leave_out("further notes")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reader gets beside the document."""

    name: str
    limits: Limits
    tally: Tally

    def failure(self, place: str, message: str, kind: str = MALFORMED) -> Failure:
        """A failure in this file; `place` is `:line`, `:line:column`, `#/pointer` or empty."""
        return Failure(self.name + place, kind, message)


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    `verified` says honestly what stands behind it (real files, documentation, memory). `sniff` returns why the document
    is taken, or None. `read` yields a Draft or a located Failure for each conversation, in file order; it may raise
    TranscriptError where the rest of the file cannot be read. `binary`: the format is no text, so the reader is asked
    for documents that are none, and for no others.
    """

    name: str
    about: str
    suffixes: tuple[str, ...]
    verified: str
    sniff: Callable[[Document], str | None]
    read: Callable[[Document, Desk], Iterator[Draft | Failure]]
    binary: bool = False


def pointer(*parts: str | int) -> str:
    """A JSON pointer as a place, `#/turns/3` for "turns" and 3.

    Blanks are percent-encoded so that places never hold any.
    """
    return "#" + "".join(f"/{p}" if isinstance(p, int) else "/" + _escaped(p) for p in parts)


def _escaped(key: str) -> str:
    # Nearly every key is a plain name, and a word of speech recognition has a pointer of five.
    if key.isidentifier():
        return key
    return _BLANK.sub(_encoded, key.replace("~", "~0").replace("/", "~1"))


def _encoded(blank: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in blank[0].encode())


def listed(names: Sequence[str]) -> str:
    """Names for a message: `a, b or c`."""
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
