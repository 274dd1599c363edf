"""A library of canned replies in one Markdown page: under each heading, the reply in a fence.

    ### 3. Refund declined
    **Short Code:** `/refund-no`
    **Tags:** refund, policy

    ```
    Hi {{contact.name}}, I know that this is not what you hoped for.
    ```

What stands outside of fences is for those who read the page. A second fence under one heading is a second reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from empathy_audit.macros.base import Draft, File, MacroReader, Outcome
from empathy_audit.macros.located import Writing
from empathy_audit.readers.decoding import LINE_END

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?:\d{1,4}[.)][ \t]+)?([^\r\n]{1,300}?)[ \t#]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([\w-]{0,30})[ \t]*$")
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


def sniff(file: File) -> str | None:
    """Taken for two headings or more with a fenced text under them, or one with a short code."""
    if file.suffix not in _SUFFIXES or not _may_be(file.document.head):
        return None
    found = list(_replies(file))
    told = any("id" in section.known for section, _, _, _ in found)
    return "replies in fences under headings" if len(found) > 1 or told else None


def _may_be(head: str) -> bool:
    return ("```" in head or "~~~" in head) and "#" in head


def read(file: File) -> Iterator[Outcome]:
    """One draft a fence."""
    for section, line, start, end in _replies(file):
        if end is None:
            at = file.lines.start(line)
            yield file.failure(at, "a fence that is never closed; expected ``` under the reply; close it")
            continue
        section.replies += 1
        body = Writing()
        body.add(file.text[start:end], start)
        known = section.known
        yield Draft(
            body.done().stripped(),
            at=file.lines.start(section.line),
            id=_numbered(known.get("id"), section.replies),
            title=section.title,
            situation=known.get("situation"),
            emotion=known.get("emotion"),
            channel=known.get("channel"),
            language=known.get("language"),
            tags=tuple(tag.strip(" `#") for tag in known.get("tags", "").split(",") if tag.strip(" `#")),
        )


def _numbered(id_: str | None, number: int) -> str | None:
    return f"{id_}#{number}" if id_ and number > 1 else id_


def _replies(file: File) -> Iterator[tuple[_Section, int, int, int | None]]:
    """Section, line of the fence, and the range of the text in it; no end when the fence is never closed."""
    section, fence, opened, start = _Section("", 1), "", 0, 0
    code = False
    for number, line in enumerate(LINE_END.split(file.text), start=1):
        begin = file.lines.start(number)
        mark = _FENCE.match(line) if line.lstrip()[:1] in ("`", "~") else None
        if fence:
            if mark and not mark[2] and mark[1][0] == fence[0] and len(mark[1]) >= len(fence):
                if not code and section.title:
                    yield section, opened, start, max(start, begin - 1)
                fence = ""
        elif mark:
            fence, opened, code = mark[1], number, mark[2].lower() in _CODE
            start = file.lines.start(number + 1)
        elif heading := _HEADING.match(line) if line.lstrip()[:1] == "#" else None:
            section = _Section(heading[1].strip("* "), number)
        elif told := _FIELD.match(line[:400]):
            name = _FIELDS.get(told[1].strip().lower())
            if name:
                section.known[name] = told[2].strip().lstrip("/") if name == "id" else told[2].strip()
    if fence and not code and section.title:
        yield section, opened, start, None


READER = MacroReader(
    name="library",
    about="one Markdown page with a reply in a fence under each heading",
    suffixes=_SUFFIXES,
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
