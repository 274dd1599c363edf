"""The zip archive in which WhatsApp hands out an export: the chat as text, and perhaps media beside it.

    _chat.txt                      [3/2/26, 10:15:04 PM] Lee: My parcel never came!
    00000012-PHOTO-2026-03-02.jpg  (media, if they were exported)
    00000013-AUDIO-2026-03-02.opus

iOS names the text `_chat.txt`, Android `WhatsApp Chat with Lee.txt`. It is read as whatsapp.py does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers import archives, whatsapp
from empathy_audit.readers.base import Desk, Draft, Reader, Source
from empathy_audit.readers.decoding import Document

_CHAT = re.compile(r"(?:[^/]+/)?(?:_chat|WhatsApp[^/]{1,200})\.txt", re.I)


def sniff(document: Document) -> str | None:
    """Taken for a zip archive with the text of a chat at its top."""
    return "a zip archive with a chat of WhatsApp" if _chats(archives.names(document)) else None


def _chats(names: frozenset[str]) -> list[str]:
    return sorted(name for name in names if _CHAT.fullmatch(name) and not name.startswith("__MACOSX/"))


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a chat."""
    with archives.opened(document) as archive:
        chats = _chats(frozenset(archive.namelist()))
        if not chats:
            yield desk.failure("", "no chat in the archive; expected _chat.txt or `WhatsApp Chat with ....txt`")
        for name in chats:
            data = archives.content(archive, name, document)
            inner = Document(Source(f"{document.source.name}#/{name}", data=data), document.limits)
            yield whatsapp.conversation(inner.lines, desk, "#/" + name.replace(" ", "%20"))


READER = Reader(
    name="whatsapp-zip",
    about="the zip archives in which WhatsApp hands out exports",
    suffixes=(".zip",),
    verified="documented: descriptions of the archive only",
    sniff=sniff,
    read=read,
    binary=True,
)
