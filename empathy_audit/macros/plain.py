"""A file that is a macro, in a folder of such: its name is the title, and all of it is the text.

    canned/order-late.txt:

    Hi {{customer.first_name}},
    your parcel is late, and that is on us.

In Markdown, a heading on top is the title and no part of the text; pages that tell about the folder are no macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from empathy_audit.macros import markup
from empathy_audit.macros.base import Draft, File, MacroReader, Outcome
from empathy_audit.macros.located import Writing
from empathy_audit.macros.values import is_json

_MARKDOWN = (".md", ".markdown")
_MARKUP = (".html", ".htm")
_SUFFIXES = (".txt", *_MARKDOWN, *_MARKUP, ".liquid", ".hbs", ".mustache")
_STDIN = "<stdin>"
_HEADING = re.compile(r"\s{0,99}# +([^\r\n]{1,300}?)[ \t#]*(?:\r\n|\n|\r)")


def sniff(file: File) -> str | None:
    """Taken for the suffix of a text, unless the name says that the file is about others; or for words on standard input."""
    if file.document.source.base == _STDIN and not is_json(file.document):
        return "words on standard input"
    if file.suffix not in _SUFFIXES or file.is_about_others:
        return None
    return "a text by itself"


def read(file: File) -> Iterator[Outcome]:
    """The one draft."""
    heading = _HEADING.match(file.text) if file.suffix in _MARKDOWN else None
    begin = heading.end() if heading else 0
    body = Writing()
    body.add(file.text[begin:], begin)
    text = markup.page(body.done()) if file.suffix in _MARKUP else body.done().stripped()
    stem = PurePath(file.document.source.base).stem
    yield Draft(text, id=stem, title=heading[1] if heading else re.sub(r"[-_]+", " ", stem).strip())


READER = MacroReader(
    name="text",
    about="folders of texts, each file a macro",
    suffixes=_SUFFIXES,
    verified="defined here",
    sniff=sniff,
    read=read,
)
