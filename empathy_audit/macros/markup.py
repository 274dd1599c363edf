"""HTML → the text that a customer sees, with the way back to the file.

    <p>Hi <attribute key="user.name"/>,</p><p>it&#39;s late.</p>   →   Hi <attribute key="user.name"/>,⏎it's late.

What is text and where lines end is the readers' to say (readers/html_text.py). Each word goes through it as one sign of
the private use area, so that whatever is dropped or moved, the words that come out are known again. Intercom's
placeholders and HTML comments (a waiver may stand in one) come through as words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from empathy_audit.macros.located import Located, Writing
from empathy_audit.readers.html_text import between_tags, html_text, is_html

_KEPT = re.compile(r"<attribute(?=[\s/])[^<>]{0,2000}>|<!--.{0,2000}?-->", re.DOTALL)
_WORD = re.compile(r"(?:[^\s&]|&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?|&)+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?")
_BLANK_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#32|#[xX][aA]0|#10|#13|#9);?")
_FIRST_PLANE, _SECOND_PLANE, _IN_PLANE = 0xF0000, 0x100000, 0xFFFD
_MOST_WORDS = 2 * _IN_PLANE


def seen(source: Located) -> Located:
    """What is seen of a text that may be HTML; plain text without the blanks around it."""
    return page(source) if is_html(source.text) else source.stripped()


def page(source: Located) -> Located:
    """What is seen of HTML."""
    words = list(_words(source.text))[:_MOST_WORDS]
    marked, at = [], 0
    for number, (start, end) in enumerate(words):
        marked += [source.text[at:start], _sign(number)]
        at = end
    marked.append(source.text[at:])
    return _named(html_text("".join(marked)), words, source)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """The words of a page, each a range."""
    at = 0
    for kept in _KEPT.finditer(text):
        yield from _plain_words(text, at, kept.start())
        yield kept.span()
        at = kept.end()
    yield from _plain_words(text, at, len(text))


def _plain_words(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    part = text[begin:stop]
    for start, end in between_tags(part):
        at = start
        for blank in _BLANK_ENTITY.finditer(part, start, end):
            yield from ((begin + m.start(), begin + m.end()) for m in _WORD.finditer(part, at, blank.start()))
            at = blank.end()
        yield from ((begin + m.start(), begin + m.end()) for m in _WORD.finditer(part, at, end))


def _sign(number: int) -> str:
    return chr(_FIRST_PLANE + number if number < _IN_PLANE else _SECOND_PLANE + number - _IN_PLANE)


def _number(sign: str) -> int:
    code = ord(sign)
    if code < _FIRST_PLANE:
        return -1
    return code - _FIRST_PLANE if code < _SECOND_PLANE else code - _SECOND_PLANE + _IN_PLANE


def _named(text: str, words: list[tuple[int, int]], source: Located) -> Located:
    """The words in the place of their signs; a blank stands where the word before it ends."""
    found, behind = Writing(), 0
    for sign in text:
        number = _number(sign)
        if not 0 <= number < len(words):
            found.add(sign, source.offset(behind))
            continue
        start, behind = words[number]
        if source.text[start] == "<" and _KEPT.match(source.text, start):
            found.copy(source, start, behind)
        else:
            _write(found, source, start, behind)
    return found.done()


def _write(found: Writing, source: Located, start: int, end: int) -> None:
    at = start
    for entity in _ENTITY.finditer(source.text, start, end):
        found.copy(source, at, entity.start())
        at = entity.end()
        sign = html.unescape(entity[0])
        if sign == entity[0]:
            found.copy(source, entity.start(), at)
        else:
            for letter in sign:
                found.add(letter, source.offset(entity.start()))
    found.copy(source, at, end)
