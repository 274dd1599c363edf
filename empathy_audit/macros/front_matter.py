"""One macro a file: Markdown (or any text) under the project's own fields.

    ---
    id: order-delayed
    title: Order delayed
    situation: order-delayed
    ---
    Hi {{customer.first_name}}, your parcel is late, and that is on us.

Without an id, the file's name is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from empathy_audit.macros import native
from empathy_audit.macros.base import File, MacroReader, Outcome
from empathy_audit.macros.located import Writing
from empathy_audit.macros.yaml_values import yaml_record
from empathy_audit.readers.json_fields import mapping

_TOP = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_END = re.compile(r"(?:\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_KEY = re.compile(r"^(?:id|title|situation|emotion|channel|tags|language)[ \t]*:", re.MULTILINE)


def sniff(file: File) -> str | None:
    """Taken for `---` around one of the project's own fields."""
    head = file.document.head
    top = _TOP.match(head)
    end = _END.search(head, top.end() - 1) if top else None
    return "fields above a text" if top and end and _KEY.search(head, top.end(), end.start()) else None


def read(file: File) -> Iterator[Outcome]:
    """The one draft; fields that cannot be read are failures, and the text is read with the others."""
    end = _END.search(file.text, 3)
    if end is None:
        yield file.failure(0, "fields that never end; expected a line '---' under them")
        return
    record, failures = yaml_record(file.text[: end.start()] + "\n", file.name, "head of fields")
    yield from failures
    body = Writing()
    body.add(file.text[end.end() :], end.end())
    value = dict(mapping(record.value if record else None))
    value.setdefault("id", PurePath(file.document.source.base).stem)
    yield native.draft(value, body.done().stripped(), at=0, where="")


READER = MacroReader(
    name="front-matter",
    about="one macro a file: its fields between two lines ---, then its text",
    suffixes=(".md", ".markdown", ".txt"),
    verified="defined here",
    sniff=sniff,
    read=read,
)
