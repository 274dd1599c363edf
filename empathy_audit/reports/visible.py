"""Text of strangers, made harmless: what could drive a terminal, reorder a line or hide is written as an escape."""

from __future__ import annotations

import re

# C0 and C1 controls, soft hyphen, bidi marks, overrides and isolates, zero-width space, line and paragraph separators,
# invisible operators, byte order mark, interlinear annotations, tag characters, and lone surrogates, which no encoding
# could write. The zero-width joiner and the variation selectors stay: emoji and several scripts need them, and they
# cannot do more than join.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)

FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
"""Text that begins so stays text in a spreadsheet only if the spreadsheet is told: with a ' in front, or in the cell's style."""


def visible(text: str) -> str:
    r"""`text` on one line: tabs, line breaks, control and hidden characters become `\t`, `\n`, `\x1b`, `\u202e`.

    Idempotent. What is left is text: it must still not be read as markup by whatever prints it.
    """
    return _HIDDEN.sub(_escape, text)


def harmless(text: str) -> str:
    r"""`text` with its tabs and line breaks, and everything else that `visible` escapes escaped."""
    return _HIDDEN.sub(lambda match: match[0] if match[0] in "\n\r\t" else _escape(match), text)


def valid_in_xml(text: str) -> str:
    r"""What `visible` or `harmless` leaves, with the two characters escaped that are the rest of what XML 1.0 does not allow."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\n\r\t":
        return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}[match[0]]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
