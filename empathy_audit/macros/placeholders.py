"""A macro's text → the placeholders, conditions and comments in it, in every syntax that help desks use.

    Hi {{ticket.requester.first_name}}, {% if late %}I am sorry.{% endif %} %{order} <attribute key="user.name"/> [DATE]

One walk over the text from one sign that may open something to the next. What closes it is looked for by searches that
only ever move on, or within a fixed reach, so that hostile text costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from empathy_audit.macros import blocks, kinds, plurals
from empathy_audit.macros.tokens import Token, never_closed, never_opened, uneven
from empathy_audit.model.macro import MacroProblem

_SIGN = re.compile(
    r"(?P<comment><!--|\{#)|(?P<tag>\{%)|(?P<bars>\{\{\{?)|(?P<prefixed>\{!|[%$#]\{(?!\{))|(?P<printf>%\()"
    r"|(?P<attribute><attribute(?=[\s/]))|(?P<angled><<|«)|(?P<bracket>\[)|(?P<brace>\{)|(?P<close>\}{1,3}|%\})"
    r"|(?P<capitals>%(?=[A-Z]))|(?P<at>@(?=visitor\b|agent\b))|(?P<hash>#)"
    r"|(?P<bold>\*\*(?=[^\s*])|(?<=[^\s*])\*\*)"
)
_NAME = re.compile(r"\s{0,3}[A-Za-z_.][\w.]{0,80}")
_SIMPLE = re.compile(r"\{ ?[A-Za-z_][^{}\n:;\"<>=]{0,100}\}")
_PRINTF = re.compile(r"%\(\w{1,80}\)[sdif]")
_ANGLED = re.compile(r"<<[^<>\n]{1,80}>>|«[^«»\n]{1,80}»")
_BRACKET = re.compile(r"\[[A-Za-z][^\[\]\n]{0,100}\](?![(\[:])")
_CAPITALS = re.compile(r"%[A-Z][A-Z0-9_]{1,60}%")
_AT = re.compile(r"@(?:visitor|agent)(?:_\w{1,40})?")
_END_TAG = {
    "comment": re.compile(r"\{%-?\s{0,9}endcomment\s{0,9}-?%\}"),
    "raw": re.compile(r"\{%-?\s{0,9}endraw\s{0,9}-?%\}"),
}
_GLUED = 80
"""Characters before a stray closing sign that are looked at for the name that it was to close."""


def scan(text: str) -> tuple[tuple[Token, ...], tuple[MacroProblem, ...]]:
    """Everything in the text that is no plain word, in order and never overlapping, and what is wrong with it."""
    walk = _Walk(text)
    walk.run()
    return tuple(walk.tokens), tuple(walk.problems)


class _Walk:
    """The tokens so far, the place that was reached, and where each closing sign stands next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tokens: list[Token] = []
        self.problems: list[MacroProblem] = []
        self._next: dict[str, int] = {}
        self._ends: dict[str, re.Match[str] | None] = {}
        self._literal = 0  # braces that were opened as plain text
        self._plurals = plurals.Plurals(text)
        self._ways: dict[str, Callable[[int, str], bool]] = {
            "comment": self._comment,
            "tag": self._tag,
            "bars": self._bars,
            "prefixed": self._prefixed,
            "attribute": self._attribute,
            "brace": self._brace,
            "close": self._close,
            "printf": lambda at, _: self._whole(_PRINTF, at, 2, -2),
            "angled": self._angled,
            "bracket": self._bracket,
            "capitals": lambda at, _: self._whole(_CAPITALS, at, 1, -1),
            "at": lambda at, _: self._whole(_AT, at, 1, None),
            "hash": lambda at, _: False,
            "bold": lambda at, sign: self._put(Token(at, at + len(sign), "markup")),
        }

    def run(self) -> None:
        """Take sign after sign; one that opens nothing is text."""
        while sign := _SIGN.search(self.text, self.at):
            start = sign.start()
            planned = self._plurals.planned.get(start)
            if planned is not None and planned.start >= self.at:
                self._put(planned)
            elif not self._ways[sign.lastgroup or ""](start, sign[0]):
                self.at = max(self.at, start + 1)

    def _put(self, token: Token) -> bool:
        self.tokens.append(token)
        self.at = token.end
        return True

    def _find(self, closer: str, at: int) -> int:
        """Where `closer` stands next from `at` on, -1 for nowhere. Places only grow, so nothing is searched twice."""
        known = self._next.get(closer)
        if known is None or -1 < known < at:
            known = self._next[closer] = self.text.find(closer, at)
        return known

    def _inner(self, at: int, opener: str, closer: str) -> str | None:
        """What stands between the opener at `at` and its closer; None when another placeholder comes before that."""
        start = at + len(opener)
        end = self._find(closer, start)
        if end < 0:
            return None
        for other in ("{{", "{%"):
            if 0 <= self._find(other, start) < end:
                return None
        return self.text[start:end]

    def _broken(self, at: int, opener: str, closer: str) -> bool:
        """An opener that nothing closes: it and the name behind it are no words either."""
        name = _NAME.match(self.text, at + len(opener))
        end = name.end() if name else at + len(opener)
        found = next((sign for sign in ("}}", "}", "%}") if self.text.startswith(sign, end)), "")
        end += len(found)
        problem = uneven(at, end, opener, found, closer) if found else never_closed(at, end, opener, closer)
        self.problems.append(problem)
        return self._put(_found(at, end, name[0].strip() if name else ""))

    def _comment(self, at: int, opener: str) -> bool:
        closer = "-->" if opener == "<!--" else "#}"
        end = self._find(closer, at + len(opener))
        if end < 0:
            return self._brace(at, "{") if opener == "{#" else False
        return self._put(Token(at, end + len(closer), "comment", self.text[at + len(opener) : end].strip()))

    def _tag(self, at: int, opener: str) -> bool:
        inner = self._inner(at, opener, "%}")
        if inner is None:
            return self._broken(at, opener, "%}")
        word = inner.strip(" \t\r\n-")
        end = at + len(inner) + 4
        if word not in _END_TAG:
            return self._put(blocks.tag(at, end, inner))
        ended = self._end_tag(word, end)
        if ended is None:
            self.problems.append(never_closed(at, end, f"{{% {word} %}}", f"{{% end{word} %}}"))
            return self._put(Token(at, end, "drop", word))
        if word == "comment":
            return self._put(Token(at, ended.end(), "comment", self.text[end : ended.start()].strip()))
        self._put(Token(at, end, "drop", word))
        return self._put(Token(ended.start(), ended.end(), "drop", word))

    def _end_tag(self, word: str, at: int) -> re.Match[str] | None:
        known = self._ends.get(word)
        if word not in self._ends or (known and known.start() < at):
            known = self._ends[word] = _END_TAG[word].search(self.text, at)
        return known

    def _bars(self, at: int, opener: str) -> bool:
        if self.text.startswith("{{!--", at):
            end = self._find("--}}", at + 5)
            if end >= 0:
                return self._put(Token(at, end + 4, "comment", self.text[at + 5 : end].strip()))
        closer = "}" * len(opener)
        inner = self._inner(at, opener, closer)
        if inner is None or "{" in inner or "}" in inner or "\n\n" in inner:
            return self._broken(at, opener, closer)
        return self._put(blocks.bars(at, at + len(inner) + 2 * len(opener), inner))

    def _prefixed(self, at: int, opener: str) -> bool:
        inner = self._inner(at, opener, "}")
        if inner is not None and inner.strip() and "\n" not in inner and "{" not in inner:
            return self._put(Token(at, at + len(opener) + len(inner) + 1, "value", inner.strip()))
        if opener != "#{" and _NAME.match(self.text, at + len(opener)):
            return self._broken(at, opener, "}")
        return False

    def _attribute(self, at: int, opener: str) -> bool:
        end = self._find(">", at)
        if end < 0 or "<" in self.text[at + 1 : min(end, at + 2000)]:
            end = at + len(opener)
            self.problems.append(never_closed(at, end, "<attribute", "/>"))
            return self._put(Token(at, end, "drop"))
        return self._put(blocks.attribute(at, end + 1, self.text[at : min(end, at + 2000)]))

    def _angled(self, at: int, opener: str) -> bool:
        return self._whole(_ANGLED, at, len(opener), -len(opener))

    def _bracket(self, at: int, opener: str) -> bool:
        found = _BRACKET.match(self.text, at)
        return bool(found and kinds.is_blank(found[0][1:-1])) and self._whole(_BRACKET, at, 1, -1)

    def _whole(self, shape: re.Pattern[str], at: int, left: int, right: int | None) -> bool:
        found = shape.match(self.text, at)
        return (
            bool(found) and self._put(Token(at, found.end(), "value", found[0][left:right].strip())) if found else False
        )

    def _brace(self, at: int, opener: str) -> bool:
        planned = self._plurals.plan(at)
        if planned is not None:
            return self._put(planned)
        found = _SIMPLE.match(self.text, at)
        if found and self.text.startswith("}", found.end()) and found.end() not in self._plurals.planned:
            self.problems.append(uneven(at, found.end() + 1, "{", "}}", "}"))
            return self._put(Token(at, found.end() + 1, "value", found[0][1:-1].strip()))
        if found:
            return self._put(Token(at, found.end(), "value", found[0][1:-1].strip()))
        line = self._find("\n", at)
        end = self._find("}", at)
        if (end < 0 or -1 < line < end) and _NAME.match(self.text, at + 1):
            return self._broken(at, "{", "}")
        self._literal += 1
        return False

    def _close(self, at: int, closer: str) -> bool:
        if self._plurals.planned or (self._literal and closer != "%}"):
            closer = closer[0] if closer != "%}" else closer
        if closer == "}" and self._literal:
            self._literal -= 1
            return False
        if closer == "}" and not self.text[at - 1 : at].isalnum():
            return False
        start = self._named_before(at)
        opener = {"%}": "{%"}.get(closer, "{" * len(closer))
        self.problems.append(never_opened(start, at + len(closer), closer, opener))
        return self._put(_found(start, at + len(closer), self.text[start:at]))

    def _named_before(self, at: int) -> int:
        """Where the name begins that a stray closing sign at `at` was to close; `at` when a plain word stands there."""
        start, least = at, max(self.at, at - _GLUED)
        while start > least and (self.text[start - 1].isalnum() or self.text[start - 1] in "_."):
            start -= 1
        name = self.text[start:at]
        is_name = name[-1:] not in (".", "") and ("_" in name or "." in name or kinds.meaning_of(name).kind != "text")
        return start if is_name else at


def _found(start: int, end: int, name: str) -> Token:
    """What is left of a broken placeholder: a value when it has a name."""
    return Token(start, end, "value", name) if name else Token(start, end, "drop")
