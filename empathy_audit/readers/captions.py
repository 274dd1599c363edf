"""Captions to turns, for every caption format: who speaks inside one, and neighbours of one speaker as one turn.

    <v Dana>Hello</v>      <v.loud Lee>Hi         Dana: hello         (Dana)        - Hello           >> Hello
                                                                      hello         - Hi yourself     >> LEE: Hi

A caption in which nobody is named stays apart: two of them may be two people.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk
from empathy_audit.readers.sequences import merge_neighbours
from empathy_audit.readers.speakers import read_label

# Bounded, so that an endless row of half-open tags costs no more than its length.
_VOICE = re.compile(r"<v(?:\.[^\s<>.]{0,40}){0,8}(?:[ \t]+([^<>]{0,200}))?>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>", re.I)
_ASS = re.compile(r"\{\\[^{}]*\}")
_COLON = re.compile(
    r"(?:(?:-|>>>?)\s*)?(?:\[(?P<bracket>[^\[\]\n]{1,40})\]:?|(?P<name>[^\W_][^:\n\[\](){}<>?!,;\"]{0,38}|spk_\w+):)\s+(?=\S)|"
    r"(?:(?:-|>>>?)\s*)?(?:\[(?P<bracket2>[^\[\]\n]{1,40})\]:?|(?P<name2>[^\W_][^:\n\[\](){}<>?!,;\"]{0,38}|spk_\w+):)\s*$"
)
_DASH = re.compile(r"[-–—](?:\s|$)|>>>?")  # somebody else speaks
_PARENTHESIS = re.compile(r"\((?P<name>[^()\n]{1,40})\)\s*")
_ASIDE = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\)|♪.*|\*[^*]+\*)\s*")


class Caption(NamedTuple):
    """One caption: its lines as written, its times in milliseconds, and the line of its times in the file (1-based)."""

    lines: tuple[str, ...]
    start_ms: int
    end_ms: int
    line: int


class _Piece(NamedTuple):
    speaker: str | None
    text: str


def turns_of(captions: Sequence[Caption], desk: Desk) -> list[Turn]:
    """The captions by start, each cut where the speaker changes, neighbours of one speaker merged."""
    ordered = sorted(captions, key=lambda c: c.start_ms)
    names = _names(ordered)
    turns = []
    for caption in ordered:
        pieces = list(_pieces(caption.lines, names))
        for number, (speaker, text) in enumerate(pieces):
            if not text.strip():
                desk.tally.leave_out("empty turns")
            elif _ASIDE.fullmatch(text) and speaker is None:
                desk.tally.leave_out("sounds and stage directions")
            else:
                label = read_label(speaker) if speaker else None
                turns.append(
                    Turn(
                        role=(label.role if label else None) or "unknown",
                        text=text,
                        # The whole label stands in for the name until neighbours are merged: a bare "Agent" has none.
                        speaker=speaker,
                        start_ms=caption.start_ms,
                        end_ms=caption.end_ms,
                        visibility=label.visibility if label else "public",
                        source=(f":{caption.line}",) if number == 0 or len(pieces) > 1 else (),
                    )
                )
    return [replace(t, speaker=read_label(t.speaker).name) if t.speaker else t for t in merge_neighbours(turns)]


def _names(captions: Sequence[Caption]) -> frozenset[str]:
    """What stands before a colon (or in brackets) and is a speaker: role words, and names that come twice.

    Where half of the captions begin with one, words in capitals that come once are a name, too.
    """
    seen: Counter[str] = Counter()
    with_name = 0
    for caption in captions:
        found = [n for n in (_before_colon(_plain(line)) for line in caption.lines) if n]
        seen.update(n for n, _ in found)
        with_name += bool(found)
    usual = with_name * 2 >= len(captions)
    return frozenset(
        n
        for n, count in seen.items()
        if read_label(n).role or count > 1 or (usual and all(w[:1].isupper() for w in n.split()))
    )


def _before_colon(line: str) -> tuple[str, int] | None:
    found = _COLON.match(line[:80])
    if not found:
        return None
    bracket = found["bracket"] or found["bracket2"]
    name = (bracket or found["name"] or found["name2"]).strip()
    known = read_label(name).role is not None
    if bracket and not known and not found[0].rstrip().endswith(":"):
        return None  # [Music]
    if not known and (len(name.split()) > 4 or (not name[:1].isupper() and not name.startswith("spk_"))):
        return None
    return name, found.end()


def _pieces(lines: Sequence[str], names: frozenset[str]) -> Iterator[_Piece]:
    """Who says what in one caption, in order."""
    raw = "\n".join(lines)
    if _VOICE.search(raw):
        yield from _voices(raw)
        return
    speaker: str | None = None
    said: list[str] = []
    for line in (_plain(x) for x in lines):
        bare = line.strip()
        found = _before_colon(bare)
        parenthesis = _PARENTHESIS.fullmatch(bare)
        dash = _DASH.match(bare)
        if found and found[0] in names:
            if said or speaker:
                yield _Piece(speaker, " ".join(said))
            speaker, said = found[0], [bare[found[1] :].strip()]
        elif parenthesis and parenthesis["name"][:1].isupper():
            if said:
                yield _Piece(speaker, " ".join(said))
            speaker, said = parenthesis["name"].strip(), []
        elif dash:
            if said:
                yield _Piece(speaker, " ".join(said))
            rest = bare[dash.end() :].strip()
            speaker, said = None, [rest] if rest else []
        elif bare:
            said.append(bare)
    yield _Piece(speaker, " ".join(filter(None, said)))


def _voices(raw: str) -> Iterator[_Piece]:
    """`<v Name>` spans; one that is not closed runs to the next or to the end of the caption."""
    starts = list(_VOICE.finditer(raw))
    before = _plain(raw[: starts[0].start()]).strip()
    if before:
        yield _Piece(None, _one_line(before))
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(raw)
        span, closed, after = raw[start.end() : end].partition("</v>")
        yield _Piece(_one_line(html.unescape(start[1] or "")).strip() or None, _one_line(_plain(span)))
        if closed and _plain(after).strip():
            yield _Piece(None, _one_line(_plain(after)))


def _plain(text: str) -> str:
    """The text without tags and entities."""
    return html.unescape(_ASS.sub("", _TAG.sub("", text))).replace("\u200e", "").replace("\u200f", "")


def _one_line(text: str) -> str:
    return " ".join(part.strip() for part in text.split("\n") if part.strip())
