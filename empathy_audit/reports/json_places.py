"""Where in the text of a JSON document the values stand that JSON pointers lead to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

_BLANK = re.compile(r"\s")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def spans(text: str, pointers: Iterable[str], start: int = 0, end: int | None = None) -> dict[str, tuple[int, int]]:
    """Pointer → the part of `text` that its value takes, for those of `pointers` that lead somewhere.

    `start` and `end` cut a document out of the text, such as one line of JSON lines. The document is gone through once
    and no deeper than it is written: nesting costs no recursion, and below the deepest pointer no memory. What is no JSON gives what was found before it broke.
    """
    wanted = set(pointers)
    deepest = max((pointer.count("/") for pointer in wanted), default=0)
    found: dict[str, tuple[int, int]] = {}
    # Pointer of the container (none where no wanted one leads), whether it is an object, where it starts.
    stack: list[tuple[str | None, bool, int]] = []
    steps: list[str | int] = []  # the key or index at which each container of the stack stands
    key: str | None = None

    def done(pointer: str | None, begin: int, stop: int) -> None:
        if pointer is not None and pointer in wanted:
            found[pointer] = begin, stop

    def here() -> str | None:
        if not stack:
            return ""
        return None if len(stack) > deepest else f"{stack[-1][0]}/{_escaped(steps[-1])}"

    for token in _TOKEN.finditer(text, start, len(text) if end is None else end):
        sign = token[0]
        if sign in "{[":
            pointer = here()
            stack.append((pointer, sign == "{", token.start()))
            steps.append("" if sign == "{" else 0)
            key = None
        elif sign in "}]":
            if not stack:
                break
            pointer, _, begin = stack.pop()
            steps.pop()
            done(pointer, begin, token.end())
        elif sign == ",":
            if stack and not stack[-1][1]:
                steps[-1] = int(steps[-1]) + 1
            key = None
        elif sign == ":":
            continue
        elif stack and stack[-1][1] and key is None:
            key = _string(sign)
            steps[-1] = key
        else:
            done(here(), token.start(), token.end())
        if len(found) == len(wanted):
            break
    return found


def _escaped(step: str | int) -> str:
    # As the readers write pointers: blanks are percent-encoded.
    return _BLANK.sub(lambda found: quote(found[0]), str(step).replace("~", "~0").replace("/", "~1"))


def _string(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token
