"""The inside of a placeholder → what it is: a value, the beginning, middle or end of a condition, or nothing at all."""

from __future__ import annotations

import re

from empathy_audit.macros.tokens import Token

_BLOCKS = frozenset(("if", "unless", "case", "for", "tablerow", "ifchanged", "capture", "each", "with", "block"))
_ELSE = frozenset(("else", "elsif", "elseif", "elif", "when"))
_SILENT = frozenset(
    ("assign", "increment", "decrement", "cycle", "break", "continue", "set", "layout", "liquid", "extends", "import")
)
_GO = frozenset(("if", "range", "with", "else", "end", "block", "define"))
_EDGES = " \t\r\n-~"


def tag(start: int, end: int, inner: str) -> Token:
    """What `{% inner %}` is: Liquid, Jinja and Twig, or a value as Help Scout writes them (`{%customer.firstName%}`)."""
    inner = inner.strip(_EDGES)
    word, rest = _split(inner)
    if word in _BLOCKS:
        return Token(start, end, "open", rest, word, "tags")
    if word in _ELSE:
        return Token(start, end, "else", rest, word, "tags")
    if word.startswith("end") and word[3:] in _BLOCKS:
        return Token(start, end, "close", rest, word[3:], "tags")
    if word in _SILENT or not inner:
        return Token(start, end, "drop", inner)
    return Token(start, end, "value", inner)


def bars(start: int, end: int, inner: str) -> Token:
    """What `{{inner}}` is: Handlebars, Mustache and Go templates, or a value in any of the many languages that write so."""
    inner = inner.strip(_EDGES)
    if inner[:1] == "!" or inner[:2] == "/*":
        return Token(start, end, "comment", inner)
    if inner[:1] == "#":
        word, rest = _split(inner[1:].strip())
        known = word in _BLOCKS
        return Token(start, end, "open", rest if known else word, word, "bars")
    if inner[:1] == "^" and len(inner) > 1:
        name = inner[1:].strip()
        return Token(start, end, "open", name, f"^{name}", "bars")
    if inner[:1] == "/":
        return Token(start, end, "close", "", inner[1:].strip(), "bars")
    word, rest = _split(inner)
    if word == "else" or inner == "^":
        return Token(start, end, "else", rest.removeprefix("if").strip(), "else", "bars")
    if word in _GO and (rest or word == "end"):
        return Token(start, end, "close" if word == "end" else "open", rest, word, "go")
    return Token(start, end, "drop" if not inner else "value", inner.lstrip("=&>. "))


def attribute(start: int, end: int, inner: str) -> Token:
    """What Intercom's `<attribute key="user.name" default="there"/>` is: the value of its key."""
    key = re.search(r"\bkey\s?=\s?[\"']([^\"']{0,200})", inner)
    return Token(start, end, "value", key[1] if key else "")


def _split(inner: str) -> tuple[str, str]:
    parts = inner.split(None, 1)
    return (parts[0] if parts else ""), (parts[1] if len(parts) > 1 else "")
