"""A library of canned replies in one Markdown page: under each heading, the reply in a fence or as a quotation.

    ### 3. Refund declined
    **Short Code:** `/refund-no`
    **Tags:** refund, policy

    ```
    Hi {{contact.name}}, I know that this is not what you hoped for.
    ```

    ## Order late
    > Hi {customer_name},
    >
    > I am sorry that it is late.

What stands outside is for those who read the page. A second fence or quotation under one heading is a second reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from empathy_audit.macros.base import Draft, File, MacroReader, Outcome
from empathy_audit.macros.located import Located, Writing
from empathy_audit.readers.decoding import LINE_END

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?:\d{1,4}[.)][ \t]+)?([^\r\n]{1,300}?)[ \t#]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([\w-]{0,30})[ \t]*$")
_QUOTED = re.compile(r" {0,3}> ?")
_NOTE = re.compile(r"\[![A-Z]+\]")
_FIELD = re.compile(r"[ \t>*-]{0,9}\*{0,2}([A-Za-z][A-Za-z ]{1,30}?):?\*{0,2}:?[ \t]{1,9}`?([^`\r\n]{1,300}?)`?[ \t]*$")
_FIELDS = {
    "short code": "id", "shortcode": "id", "shortcut": "id", "id": "id", "situation": "situation", "emotion": "emotion",
    "channel": "channel", "language": "language", "tags": "tags", "tag": "tags", "category": "tags",
}  # fmt: skip
_CODE = frozenset(
    ("bash", "sh", "shell", "json", "yaml", "yml", "python", "js", "javascript", "ts", "sql", "toml", "console")
)
_SUFFIXES = (".md", ".markdown", ".mdx")


@dataclass(slots=True)
class _Section:
    """A heading and what is known of the replies under it."""

    title: str
    line: int
    known: dict[str, str] = field(default_factory=dict)
    replies: int = 0


@dataclass(frozen=True, slots=True)
class _Reply:
    """A text under a heading; `closed` is false for a fence that goes on to the end of the file."""

    section: _Section
    line: int
    text: Located
    closed: bool = True


def sniff(file: File) -> str | None:
    """Taken for two headings or more with a reply under them, or one with a short code."""
    if file.suffix not in _SUFFIXES or not _may_be(file.document.head):
        return None
    found = list(_Page(file).replies())
    if any("id" in reply.section.known for reply in found):
        return "replies with a short code under headings"
    several = len({reply.section.line for reply in found}) > 1
    return "replies under headings" if several and not file.is_about_others else None


def _may_be(head: str) -> bool:
    return "#" in head and any(sign in head for sign in ("```", "~~~", "\n>", "\r>"))


def read(file: File) -> Iterator[Outcome]:
    """One draft a fence or quotation."""
    for reply in _Page(file).replies():
        section, known = reply.section, reply.section.known
        if not reply.closed:
            at = file.lines.start(reply.line)
            yield file.failure(at, "a fence that is never closed; expected ``` under the reply; close it")
            continue
        section.replies += 1
        id_ = known.get("id")
        yield Draft(
            reply.text.stripped(),
            at=file.lines.start(section.line),
            id=f"{id_}#{section.replies}" if id_ and section.replies > 1 else id_,
            title=section.title,
            situation=known.get("situation"),
            emotion=known.get("emotion"),
            channel=known.get("channel"),
            language=known.get("language"),
            tags=tuple(tag.strip(" `#") for tag in known.get("tags", "").split(",") if tag.strip(" `#")),
        )


class _Page:
    """The section that was reached, and the fence or quotation that is open."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._section = _Section("", 1)
        self._fence = ""
        self._is_code = False
        self._opened = 0
        self._text: Writing | None = None

    def replies(self) -> Iterator[_Reply]:
        """Every reply of the page, in its order."""
        lines = LINE_END.split(self._file.text)
        for number, line in enumerate(lines, start=1):
            start = self._file.lines.start(number)
            mark = _FENCE.match(line) if line.lstrip()[:1] in ("`", "~") else None
            if self._fence:
                if mark and not mark[2] and mark[1].startswith(self._fence):
                    yield from self._done()
                    self._fence = ""
                else:
                    self._add(line + "\n", start)
            elif quoted := _QUOTED.match(line):
                if self._text is None:
                    self._begin(number, is_code=bool(_NOTE.match(line, quoted.end())))
                self._add(line[quoted.end() :] + "\n", start + quoted.end())
            elif line.strip():
                yield from self._done()
                if mark:
                    self._begin(number, fence=mark[1], is_code=mark[2].lower() in _CODE)
                else:
                    self._learn(line, number)
        yield from self._done(closed=not self._fence)

    def _begin(self, line: int, *, fence: str = "", is_code: bool) -> None:
        self._fence, self._is_code, self._opened, self._text = fence, is_code, line, Writing()

    def _add(self, piece: str, offset: int) -> None:
        if self._text is not None:
            self._text.add(piece, offset)

    def _done(self, *, closed: bool = True) -> Iterator[_Reply]:
        text, self._text = self._text, None
        if text is not None and self._section.title and not self._is_code:
            yield _Reply(self._section, self._opened, text.done(), closed)

    def _learn(self, line: str, number: int) -> None:
        """What a line outside of replies tells of them: a heading, or a field under it."""
        if line.lstrip()[:1] == "#" and (heading := _HEADING.match(line)):
            self._section = _Section(heading[1].strip("* "), number)
        elif told := _FIELD.match(line[:400]):
            name = _FIELDS.get(told[1].strip().lower())
            if name:
                self._section.known[name] = told[2].strip().lstrip("/") if name == "id" else told[2].strip()


READER = MacroReader(
    name="library",
    about="one Markdown page with a reply in a fence, or as a quotation, under each heading",
    suffixes=_SUFFIXES,
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
