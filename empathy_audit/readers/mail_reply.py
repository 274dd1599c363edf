"""What a mail's sender wrote in it, without the mail that it answers and without a signature.

Where the quoted mail begins is told by the library mail-parser-reply (MIT), which knows the heads that mail programs
write in thirteen languages. It is given shortened lines and no more than `MOST_LINES` of them, since its patterns take
quadratic time over a line. Its own cutting of signatures is not used: it takes a line that begins with `Thanks,` and
all below it for one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from empathy_audit.extras import EMAIL

MOST_LINES = 1000
WIDTH = 200
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "sv", "da", "cs", "ja", "ko", "zh")
_RULER = re.compile(r"\s*(?:[_=*-]{5,}|-{2,}[^-\n]{1,60}-{2,})\s*")
_LONG_RULER = re.compile(r"[ _-]{32,}")
_SIGNATURE = re.compile(r"--\s*|—\s*|__\s*")
_SENT_FROM = re.compile(
    r"(?:Sent from (?:my |Mail for |Outlook)|Get Outlook for |Von meinem .{1,40} gesendet|Gesendet von (?:meinem |Mail)"
    r"|Envoyé (?:de|depuis) mon |Enviado desde mi |Inviato da )[^\n]{0,80}",
    re.I,
)


@cache
def splitter() -> Any:
    """The library's parser. MissingPackageError when it is not installed."""
    library = EMAIL.needed("reading e-mail")
    return library.EmailReplyParser(languages=list(_LANGUAGES))


def own_text(text: str) -> str:
    """The sender's own words."""
    lines = text.strip("\n\r\t ").split("\n")
    begin, end = _latest(lines)
    own = [line for line in lines[begin:end] if not line.lstrip().startswith(">")]
    signature = next((i for i, line in enumerate(own) if i and _SIGNATURE.fullmatch(line)), len(own))
    own = own[:signature]
    while own and (not own[-1].strip() or _RULER.fullmatch(own[-1]) or _SENT_FROM.fullmatch(own[-1].strip())):
        own.pop()
    return "\n".join(own).strip()


def _latest(lines: list[str]) -> tuple[int, int]:
    """From which line to which the latest of the replies reaches that the text is made of."""
    short = ["" if _LONG_RULER.fullmatch(line[:WIDTH]) else line.strip()[:WIDTH] for line in lines[:MOST_LINES]]
    replies = splitter().read("\n".join(short)).replies
    if not replies or not replies[0].content:
        return 0, len(lines)
    reply = replies[0]
    whole = len(replies) == 1
    begin = reply.headers.count("\n") + 1 if reply.headers else 0
    return begin, len(lines) if whole else reply.content.count("\n") + 1
