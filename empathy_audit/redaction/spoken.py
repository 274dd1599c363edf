"""Letters, digits, dates and mail addresses as they are said, and as speech recognition writes them down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction.given_names import is_ordinary
from empathy_audit.redaction.spans import FILLER, LETTER, Span

_DIGIT = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|\d)"
_MANY = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)"
_RADIO = (
    "alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo"
    "|sierra|tango|uniform|victor|whisky|whiskey|xray|x-ray|yankee|zulu"
)
_SIGN = "dash|hyphen|slash|dot|stroke|double|triple|treble|capital|space|underscore"
_SAID = re.compile(rf"(?<![\w'’.-])(?:{_DIGIT}|{_MANY}|{_RADIO}|{_SIGN}|[a-z])(?![\w'’])", re.IGNORECASE)
_GAP = re.compile(r"[ ,-]{1,2}")
_IS_DIGIT = re.compile(rf"(?:{_DIGIT}|{_MANY})", re.IGNORECASE)
_IS_ONE_DIGIT = re.compile(_DIGIT, re.IGNORECASE)
_IS_SIGN = re.compile(rf"(?:{_SIGN})", re.IGNORECASE)
_FEWEST = 4
"""Letters and digits that are said one by one: fewer are an amount, or a name of three letters."""
_ARTICLE = re.compile(
    r"a (?!(?:and|at|dash|that|that's|then|is|for|as|yes|yeah|okay|ok|in|with|on|my|it's)\b)\w|i (?:a?m|can|could|have|had|will|would|need|want|said|think|got|was|do|don't|did|just)\b|i['’]",
    re.IGNORECASE,
)
"""An `a` or `i` behind spelled letters that is a word of its own."""
_SHORTHAND = frozenset(("imei", "iban", "asap", "wifi", "isbn", "html", "aarp", "usps", "dvla", "hmrc"))
_AMOUNT = re.compile(
    r",? (?:pounds?|dollars?|euros?|pence|cents?|percent|per cent|point|years?|months?|weeks?|days?|hours?|minutes?|times|people|megs?|gigs?|thousand|million|degrees|miles)\b",
    re.IGNORECASE,
)

_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_UNIT_TH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
_NTH = (
    rf"(?:(?:{_TENS}[ -])?{_UNIT_TH}|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
    r"|twentieth|thirtieth)"
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_SHORT = rf"(?:{_TENS}(?:[ -]{_UNIT})?|{_TEEN}|(?:oh|nought) {_UNIT})"
_YEAR = rf"(?:nineteen(?: hundred(?: and)?)? {_SHORT}|two thousand(?: and)?(?: {_UNIT}| ten| eleven| twelve)?|{_SHORT})"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_NTH})"
_DATE = re.compile(
    rf"(?<!\w)(?:(?:the )?{_DAY}(?: of)?(?: the)? (?:{_MONTH}|{_NTH})|{_MONTH} (?:the )?{_DAY}),? {_YEAR}(?!\w)",
    re.IGNORECASE,
)

_NUMBER = rf"(?:{_NTH}|{_TENS}|{_TEEN}|{_UNIT}|eleven|twelve|oh|zero|nought|hundred|thousand|\d{{1,4}}(?:st|nd|rd|th)?)"
SPOKEN_DATE = re.compile(
    rf"(?<!\w)(?:the )?(?:{_NUMBER}|{_MONTH})(?:(?:[ ,-]| of | the | and | of the ){{1,2}}(?:{_NUMBER}|{_MONTH})){{1,9}}(?!\w)",
    re.IGNORECASE,
)
"""A date in words and numbers, for where one was asked for."""

_AT = re.compile(
    rf"\s?(?:[\[(]at[\])]| at )\s?(?P<host>{LETTER}[a-z0-9-]{{1,40}}(?: {LETTER}{{3,20}}(?= dot))?(?:(?: dot | ?[\[(]dot[\])] ?|\.)[a-z]{{1,12}}(?: [a-z](?!\w)){{0,2}}){{1,3}})(?!\w)",
    re.IGNORECASE,
)
_LOCAL = re.compile(rf"[^\s{FILLER}@,;:!?()]{{1,40}}")
_NO_LOCAL = frozenset(
    [
        "it",
        "us",
        "me",
        "them",
        "out",
        "that",
        "this",
        "you",
        "more",
        "here",
        "online",
        "look",
        "available",
        "work",
        "shop",
        "order",
        "item",
        "track",
        "see",
        "find",
    ]
)
_JOINS = frozenset(("dot", "underscore", "dash", "hyphen", "period", "minus", "plus", "point"))
_MOST_LOCAL = 12


def spoken(text: str) -> Iterator[Span]:
    """Spans of the kinds NAME, NUMBER, DATE and EMAIL."""
    yield from (Span(*match.span(), "DATE") for match in _DATE.finditer(text))
    yield from _runs(text)
    yield from _mail(text)


def _runs(text: str) -> Iterator[Span]:
    """Letters and digits one after the other: spelled names, and numbers of anything."""
    run: list[re.Match[str]] = []
    for word in _SAID.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), word.start()):
            yield from _run(text, run)
            run = []
        run.append(word)
    yield from _run(text, run)


def _run(text: str, run: list[re.Match[str]]) -> Iterator[Span]:
    while run and (_IS_SIGN.fullmatch(run[-1][0]) or _ARTICLE.match(text, run[-1].start())):
        run = run[:-1]
    kept = [word[0] for word in run if not _IS_SIGN.fullmatch(word[0])]
    # An `o` is a digit among digits and a letter among letters.
    digits = sum(_IS_DIGIT.fullmatch(word) is not None and word.casefold() != "o" for word in kept)
    if digits:
        digits += sum(word.casefold() == "o" for word in kept)
    single = sum(_IS_ONE_DIGIT.fullmatch(word) is not None for word in kept)
    if len(kept) < _FEWEST or (digits == len(kept) and single < _FEWEST):
        return
    start, end = run[0].start(), run[-1].end()
    if digits == len(kept) and _AMOUNT.match(text, end):
        return
    if "".join(kept).casefold() in _SHORTHAND:
        return
    if digits or all(len(word) == 1 for word in kept):
        yield Span(start, end, "NUMBER" if digits else "NAME")


def _mail(text: str) -> Iterator[Span]:
    """`fatima dot al mansouri at gmail dot com`: back from the `at` as long as the words are no ordinary ones."""
    for at in _AT.finditer(text):
        if at["host"].startswith("www"):
            continue
        words = list(_LOCAL.finditer(text, max(0, at.start() - 200), at.start()))[-_MOST_LOCAL:]
        start = at.start()
        joined = not words or words[-1][0].casefold() not in _NO_LOCAL
        for word in reversed(words):
            folded = word[0].casefold()
            if (
                not joined
                and folded not in _JOINS
                and len(folded) > 1
                and is_ordinary(folded)
                and not _IS_DIGIT.fullmatch(folded)
            ):
                break
            start, joined = word.start(), folded in _JOINS
        if start < at.start():
            yield Span(start, at.end("host"), "EMAIL")
