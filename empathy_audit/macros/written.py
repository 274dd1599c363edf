r"""How a text is written in its file → which code point of it stands where.

    JSON    "It\u2019s late.\nSorry"         YAML    > and |, 'it''s', "it\u2019s", plain words over several lines
    CSV     "he said ""no"", again"

The parsers have read the value; here it is laid beside what the file says, code point by code point.
"""

from __future__ import annotations

import re

from empathy_audit.macros.located import Located, Writing
from empathy_audit.macros.values import Text

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_BREAKS = "\r\n\x85\u2028\u2029"
_BLANKS = " \t" + _BREAKS
_ALIAS = re.compile(r"(?<=\*)[^\s,\[\]{}]{1,100}")
_REACH = 20_000
"""Characters before an alias in which its anchor is looked for."""
_LINE_END = re.compile(r"\r\n|[\r\n\x85]")
_HEX = {"x": 2, "u": 4, "U": 8}
_ESCAPED_BREAK = re.compile(r"\\(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*")
_JSON_RUN = re.compile(r"[^\\]+")
_QUOTED_RUN = re.compile(r"[^\\\r\n\x85\u2028\u2029]+")
_SINGLE_RUN = re.compile(r"[^'\r\n\x85\u2028\u2029]+")
_LINE_RUN = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def written(value: Text, file: str) -> Located:
    """The text with its places in the file that it was read from."""
    if value.way == "json":
        return _with_escapes(value, file, value.at + 1, "json")
    start = _PROPERTIES.match(file, value.at)
    at = start.end() if start else value.at
    sign = file[at : at + 1]
    if sign == "*":
        return _named_elsewhere(value, file, at)
    if sign == '"':
        return _with_escapes(value, file, at + 1, "yaml")
    if sign == "'":
        return _beside(value, file, at + 1, doubled="'")
    if sign in ("|", ">"):
        header = _LINE_END.search(file, at)
        begin = header.end() if header else len(file)
        return _literal(value, file, begin) if sign == "|" else _beside(value, file, begin)
    return _beside(value, file, at)


def _named_elsewhere(value: Text, file: str, at: int) -> Located:
    """An alias is written where its anchor stands, if that is near enough; else all of it at the alias."""
    name = _ALIAS.match(file, at + 1)
    anchor = file.rfind(f"&{name[0]}", max(0, at - _REACH), at) if name else -1
    if name is None or anchor < 0 or not file[anchor + 1 + len(name[0])].isspace():
        found = Writing()
        found.add(value, at)
        return found.done()
    return written(Text.of(value, anchor, "yaml"), file)


def _with_escapes(value: str, file: str, at: int, way: str) -> Located:
    r"""Between quotation marks: `\n`, `\u2019`, halves of a character; in YAML, lines are folded as well."""
    found = Writing()
    done = 0
    while done < len(value) and at < len(file):
        run = _plain_run(value, done, file, at, _JSON_RUN if way == "json" else _QUOTED_RUN)
        if run:
            found.add(value[done : done + run], at)
            at, done = at + run, done + run
        elif file[at] != "\\":
            at, done = _fold(found, value, done, file, at)
        elif way == "yaml" and (broken := _ESCAPED_BREAK.match(file, at)):
            at = broken.end()
        else:
            found.add(value[done], at)
            at, done = at + _width(file, at, way), done + 1
    found.add(value[done:], at)
    return found.done()


def _plain_run(value: str, done: int, file: str, at: int, shape: re.Pattern[str]) -> int:
    """How many code points go on as in the file: as far as the shape allows, or one, or none."""
    run = shape.match(file, at, at + len(value) - done)
    length = len(run[0]) if run else 0
    if length and value.startswith(file[at : at + length], done):
        return length
    return int(length > 0 and value[done] == file[at])


def _width(file: str, at: int, way: str) -> int:
    """How many code points an escape takes."""
    if way == "json" and _PAIR.match(file, at):
        return 12
    return 2 + _HEX.get(file[at + 1 : at + 2], 0)


def _fold(found: Writing, value: str, done: int, file: str, at: int) -> tuple[int, int]:
    """One step where value and file differ: a break that became a space, or indentation and breaks that are not in the value."""
    sign = file[at]
    if sign in _BREAKS and value[done] in " \n":
        found.add(value[done], at)
        return at + (2 if file.startswith("\r\n", at) else 1), done + 1
    if sign in _BLANKS:
        return at + 1, done
    found.add(value[done], at)  # the parser knows better; go on beside it
    return at + 1, done + 1


def _beside(value: str, file: str, at: int, doubled: str = "") -> Located:
    """Plain words, folded blocks and single quotation marks: the value with breaks folded and blanks left out."""
    found = Writing()
    done = 0
    while done < len(value) and at < len(file):
        run = _plain_run(value, done, file, at, _SINGLE_RUN if doubled else _LINE_RUN)
        if run:
            found.add(value[done : done + run], at)
            at, done = at + run, done + run
        elif doubled and file[at] == doubled == value[done]:
            found.add(doubled, at)
            at, done = at + 2, done + 1
        else:
            at, done = _fold(found, value, done, file, at)
    found.add(value[done:], at)
    return found.done()


def _literal(value: str, file: str, at: int) -> Located:
    """A literal block: each line of the value ends as its line in the file does."""
    found = Writing()
    lines = value.split("\n")
    for number, line in enumerate(lines):
        end = _LINE_END.search(file, at)
        stop = end.start() if end else len(file)
        begin = max(at, stop - len(line))
        found.add(line + ("\n" if number + 1 < len(lines) else ""), begin)
        at = end.end() if end else stop
    return found.done()


def cell(value: str, file: str, at: int) -> tuple[Located, int]:
    """A table's cell that begins at `at`, and where it ends; quotation marks inside quotation marks are doubled."""
    found = Writing()
    quoted = file[at : at + 1] == '"'
    at += quoted
    done = 0
    while done < len(value):
        if quoted and file[at : at + 1] == '"':
            if file[at + 1 : at + 2] == '"':
                found.add('"', at)
                at, done = at + 2, done + 1
            else:
                quoted, at = False, at + 1  # what follows the closing mark belongs to the cell, too
            continue
        stop = file.find('"', at, at + len(value) - done) if quoted else -1
        end = len(value) if stop < 0 else min(len(value), done + stop - at)
        found.add(value[done:end], at)
        at, done = at + end - done, end
    return found.done(), at + (quoted and file[at : at + 1] == '"')
