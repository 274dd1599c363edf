"""Text of strangers in Markdown that GitHub and GitLab draw: it stays text, links nowhere and calls nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from empathy_audit.reports.quoting import Excerpt
from empathy_audit.reports.visible import visible

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[\\`*_{}\[\]|~$]")
# Mentions, references to issues, milestones and labels, and bare addresses are looked for in the text that is left when
# all markup is gone, so that no backslash helps: an empty comment parts them.
_CALLS = re.compile(r"(?<=[@#!%~])(?=\w)|(?<=:)(?=//)|(?<=\w)(?=@)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_NOTHING = "<!-- -->"


def text(words: str) -> str:
    """`words` on one line, to be read as they are, wherever inline text may stand."""
    parted = _CALLS.sub("\0", visible(" ".join(words.split())))
    escaped = _MARKUP.sub(r"\\\g<0>", "".join(_HTML.get(c, c) for c in parted))
    return escaped.replace("\0", _NOTHING)


def quoted(words: Excerpt) -> str:
    """An excerpt in quotation marks, its evidence in bold."""
    out, at = "", 0
    for start, end in words.marked:
        out += f"{_plain(words.text[at:start])}<b>{_plain(words.text[start:end])}</b>"
        at = end
    return f"“{out}{_plain(words.text[at:])}”"


def _plain(words: str) -> str:
    """As `text`, with the spaces at its ends."""
    inner = words.strip(" ")
    if not inner:
        return words
    before, _, after = words.partition(inner)
    return f"{before}{text(inner)}{after}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> list[str]:
    """The lines of a table whose cells are Markdown already. `align` holds `l` or `r` for the first columns; others are `r`."""
    sides = [":---" if side == "l" else "---:" for side in align.ljust(len(head), "r")]
    return [f"| {' | '.join(line)} |" for line in (head, sides, *rows)]
