"""The text of a message that was written as HTML, without what its sender did not write there.

    <div>No, it never came.<br>Please help&hellip;</div>
    <blockquote class="gmail_quote"><p>Did it come?</p></blockquote>

    No, it never came.
    Please help…

Scripts, styles, images, hidden elements and the quoted mail below an answer are dropped; any other quotation keeps a
`> ` before each line. The scanner is written for this because the standard library's HTML parser takes quadratic time
over tags that are never closed (half a minute for 60 kB); here every step is linear, whatever the input.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

# An element that never ends swallows the rest, as in a browser; so no place is looked at twice.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|svg|iframe|object|noframes)(?=[\s/>])[^<>]*>.*?(?:</\1[^<>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# A quoted value may hold `>`. A `<` ends every attempt, which keeps all attempts together linear.
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][\w-]*(?::[A-Za-z][\w-]*)?)(?=[\s/>])"""
    r"""(?P<attributes>[^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*|[^<>]*)>"""
    r"""|<[!?][^<>]*>"""
)
_QUOTE = re.compile(
    r"""\b(?:class|id)\s{0,9}=\s{0,9}["']?[^"'>]{0,200}?(?<![\w-])"""
    r"(?:gmail_quote|gmail_attr|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote|freshdesk_quote|zmail_extra"
    r"""|front-blockquote|tutanota_quote|OutlookMessageHeader|wordsection1_quote)(?![\w-])|\btype\s?=\s?["']?cite\b""",
    re.IGNORECASE,
)
# What stands before these is the answer, and everything after them the mail that it answers.
_QUOTED_REST = re.compile(r"""\bid\s?=\s?["']?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message)""", re.I)
_HIDDEN = re.compile(r"\bdisplay\s?:\s?none\b|\bmso-hide\s?:\s?all\b|(?:^|\s)hidden(?=[\s/]|$)", re.IGNORECASE)
_LOOKED_AT = 2000  # characters of a tag's attributes; class and style stand far before that

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|"
    "h[1-6r]|header|html|legend|li|main|nav|[ou]l|p|pre|section|summary|table|tbody|tfoot|thead|tr"
)
_CELLS = ("td", "th")
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
_HOLLOW = frozenset(("audio", "canvas", "head", "math", "noscript", "select", "template", "textarea", "video"))
_DEEPEST = 3

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_INNER = re.compile(r"[ \t\xa0]+")
_HUGE = re.compile(r"&#(?:[xX][0-9a-fA-F]{9,}|[0-9]{9,});?")
_TOLD_BY = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|strong|em|ul|ol|li|html|body|table|blockquote|font|h[1-6]|img|pre|code)"
    r"(?:\s[^<>]*|/)?>|<!doctype html|&(?:nbsp|amp|lt|gt|quot|#39|#x27);",
    re.IGNORECASE,
)


def html_text(html: str) -> str:
    """The text that a reader of this HTML sees its sender say, one line a block or `<br>`; at most one blank line."""
    return _Page().read(html)


def body_text(body: str) -> str:
    """The text of a body that may be HTML or plain: plain text keeps its lines and its `<`."""
    return html_text(body) if is_html(body) else body.strip()


def is_html(body: str) -> bool:
    """Whether a body that may be HTML or plain holds a tag or an entity that help desks write."""
    return bool(_TOLD_BY.search(body))


def between_tags(html: str) -> Iterator[tuple[int, int]]:
    """The parts of a page outside of its tags, comments and scripts, none of them empty."""
    at = 0
    for tag in _TAG.finditer(_UNSEEN.sub(lambda unseen: "<!" + " " * (len(unseen[0]) - 3) + ">", html)):
        if tag.start() > at:
            yield at, tag.start()
        at = tag.end()
    if at < len(html):
        yield at, len(html)


class _Page:
    """The lines so far, and the element inside which nothing is taken."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._kept_as_is = 0
        self._left_out = ""
        self._inside = 0

    def read(self, source: str) -> str:
        source, at = _UNSEEN.sub("", source), 0
        for tag in _TAG.finditer(source):
            self._say(source[at : tag.start()])
            at = tag.end()
            name = (tag["name"] or "").lower()
            attributes = tag["attributes"] or ""
            if name == "div" and not tag["end"] and _QUOTED_REST.search(attributes[:_LOOKED_AT]):
                break
            if self._left_out:
                self._pass_over(name, bool(tag["end"]), attributes)
            elif name:
                self._meet(name, bool(tag["end"]), attributes)
        else:
            self._say(source[at:])
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip()

    def _say(self, piece: str) -> None:
        if not piece or self._left_out:
            return
        if not self._kept_as_is:
            self._line.append(_plain(_BLANKS.sub(" ", piece)))
            return
        first, *others = piece.replace("\r\n", "\n").split("\n")
        self._line.append(_plain(first))
        for other in others:
            self._end_line(blank=True)
            self._line.append(_plain(other))

    def _meet(self, name: str, end: bool, attributes: str) -> None:
        if name == "br":
            self._end_line(blank=True)
        elif not end and self._is_left_out(name, attributes):
            self._left_out, self._inside = name, 1
            if _BLOCK.fullmatch(name):
                self._end_line()
        elif _BLOCK.fullmatch(name):
            self._end_line()
            step = -1 if end else 1
            if name == "blockquote":
                self._quoted = max(0, self._quoted + step)
            elif name == "pre":
                self._kept_as_is = max(0, self._kept_as_is + step)
        elif name in _CELLS:
            self._line.append(" ")

    def _is_left_out(self, name: str, attributes: str) -> bool:
        if _VOID.fullmatch(name):
            return False
        seen = attributes[:_LOOKED_AT]
        return name in _HOLLOW or bool(seen and (_QUOTE.search(seen) or _HIDDEN.search(seen)))

    def _pass_over(self, name: str, end: bool, attributes: str) -> None:
        """Elements of the same name are counted, so that the right end tag ends the passing over."""
        if name == self._left_out:
            self._inside += -1 if end else 1
        if self._inside <= 0 or (self._left_out == "head" and name == "body"):
            self._left_out = ""

    def _end_line(self, blank: bool = False) -> None:
        """End the line. One without text counts only when a `<br>` made it."""
        joined = "".join(self._line)
        text = joined.rstrip() if self._kept_as_is else _INNER.sub(" ", joined).strip()
        self._line.clear()
        if text or blank:
            self._lines.append("> " * min(self._quoted, _DEEPEST) + text if text else "")


def _plain(piece: str) -> str:
    """Entities as characters. One with more digits than any character has is none, and slow to convert."""
    return html.unescape(_HUGE.sub("\ufffd", piece)) if "&" in piece else piece
