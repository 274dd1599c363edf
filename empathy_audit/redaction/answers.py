"""What was asked for: an answer to "what is your date of birth?" is one, however plain it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction.given_names import NEVER, is_sure, is_unsure
from empathy_audit.redaction.name_words import PARTICLES, is_unknown
from empathy_audit.redaction.places import DATE, SPOKEN_NUMBER
from empathy_audit.redaction.spans import FILLER, LETTER, Span
from empathy_audit.redaction.spoken import SPOKEN_DATE

_ASKS = re.compile(
    r"\?|(?<!\w)(?:please|confirm|provide|tell me|give me|share|need|enter|may i have|can i have|could i have|let me have|send me|what is|what's|who am i)(?!\w)",
    re.IGNORECASE,
)
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(expression, re.IGNORECASE))
    for kind, expression in (
        ("DATE", r"(?<!\w)(?:date of birth|d\.?o\.?b|birth\s?date|birthday|when were you born)(?!\w)"),
        ("POSTCODE", r"(?<!\w)(?:post\s?code|postal code|zip(?: code)?)(?!\w)"),
        ("ADDRESS", r"(?<!\w)(?:your|the|first line of (?:your|the)|full|delivery|billing|shipping|home|postal) (?:address)(?!\w)|where do you live"),
        ("SECRET", r"(?<!\w)(?:security (?:code|word|answer|question)|pass\s?(?:word|code|phrase)|memorable (?:word|date|place|name)|one[- ]time (?:code|password)|verification code|(?:sent|texted|e-?mailed) (?:you )?(?:a|the) (?:code|pin)|pin|cvv2?|cvc2?|\d digit code|\d digits? (?:on|from) the (?:back|front)|first (?:pet|school|car)|favou?rite \w{2,20}|(?:door|gate|alarm|entry|access) code|code (?:you|we|i) (?:sent|texted))(?!\w)"),
        ("WHO", r"(?<!\w)(?:names?|surname|spell|spelt|spelled|who|whom|called|speaking with|calling|passengers?|guests?|holder|initials?)(?!\w)"),
        ("NAME", r"(?<!\w)(?:your|full|first|last|sur|the|account holder'?s?|cardholder'?s?) ?names?(?!\w)|who am i (?:speaking|chatting|talking)|(?<!\w)may i ask who"),
        ("NUMBER", r"(?<!\w)(?:number|digits|reference|code|pin|id|account|passcode|ssn)(?!\w)"),
    )
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,$£€-])[A-Za-z]{0,4}-?\d[\dA-Za-z]{2,20}(?:[ -]\d{2,10}){0,6}(?!\w|[.,:]\d)")
_DURATION = r"(?:working |business |different |other |more )?(?:days?|weeks?|months?|years?|minutes?|hours?|times|people|of|to|and)\b"
_UNIT = re.compile(
    r" ?(?:days?|weeks?|months?|years?|minutes?|hours?|times|am|pm|pounds|dollars|euros|%)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:\s|[,.:;!-]|(?:yes|yeah|yep|sure|ok|okay|of course|certainly|hi|hello|it is|it's|it’s|its|that's|that is|this is|i'm|i am|the name is|name is|name|under|thanks|thank you|please|no problem|absolutely|um|uh|er|i think|maybe|probably|i believe|me|so|and)(?!\w)){1,20}",
    re.IGNORECASE,
)
_NAME = re.compile(
    rf"(?:{LETTER}|['’-]){{2,30}}\.?(?: (?:{LETTER}|['’-]){{1,30}}\.?){{0,3}}(?=\s{{0,3}}(?:$|[.,!\n;(]| and (?:my|the)))"
)
_ADDRESS = re.compile(
    rf"(?<![\w£$€])(?:[A-Z]-?)?(?:\d{{1,5}}[a-z]?|{SPOKEN_NUMBER}),? (?!{_DURATION})(?:[^\n.?!;{FILLER}]|\.(?! |$)){{3,100}}",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"(?<!\w)(?:[A-Z][\w'’.-]{1,30}(?: [A-Z][\w'’.-]{1,30}){0,3}(?:, ?|(?=[.!\n]|\s{0,2}$))){3,8}")
_POSTCODE = re.compile(
    r"(?<![\w.,])(?=[a-z0-9 -]{0,6}\d)[a-z0-9]{2,5}(?:[ -][a-z0-9]{2,4})?(?=\s{0,2}(?:$|[.,!\n]))", re.IGNORECASE
)
_EVEN_SO = ("SECRET", "WHO")
"""Kinds that are as good as asked for when they are spoken of: "I sent a code to that number." """
_SPOKEN_DIGITS = re.compile(
    r"(?<!\w)(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)[ ,-]{0,2}){3,8}(?!\w)", re.IGNORECASE
)
_SECRET = re.compile(r"(?<!Rs )(?<![\w.,$£€₹-])\d{3,8}(?![\w%]|[.,:]\d)")
_PASSWORD = re.compile(
    r"(?<!\w)(?=\S{0,40}[a-z])(?=\S{0,40}[\d!?#$%&*_+@-])(?=\S{0,40}[A-Z\d])[\w!?#$%&*_+@-]{6,40}", re.ASCII
)
_PIECES = re.compile(r"^|[,;]\s{0,2}")
_PIECE_END = re.compile(r"\s{0,2}(?:$|[,;!?.])")
_NAME_WORD = re.compile(rf"(?:{LETTER}|['’-]){{1,40}}\.?")
_BLANK = re.compile(r" {1,2}")
_MOST_WORDS = 6
_WORDS_ALONE = re.compile(rf"{LETTER}{{3,30}}(?: {LETTER}{{2,30}}){{0,2}}[.!]?\s{{0,3}}")
_SHORT = 160
"""Characters of an answer that does nothing but answer."""


def asked(text: str) -> tuple[str, ...]:
    """The kinds that a turn asks for."""
    kinds = tuple(kind for kind, words in _ASKED if words.search(text))
    return kinds if _ASKS.search(text) else tuple(kind for kind in kinds if kind in _EVEN_SO)


def answered(text: str, kinds: tuple[str, ...]) -> Iterator[Span]:
    """What a turn gives of the kinds that were asked for; a long turn talks of other things as well, and is left to the other rules."""
    if len(text) > _SHORT:
        return
    if "DATE" in kinds:
        for expression in (DATE, SPOKEN_DATE):
            yield from (Span(*match.span(), "DATE") for match in expression.finditer(text))
    if "NUMBER" in kinds:
        yield from (
            Span(*match.span(), "NUMBER") for match in _NUMBER.finditer(text) if not _UNIT.match(text, match.end())
        )
    if "ADDRESS" in kinds:
        for expression in (_ADDRESS, _HOUSE):
            for match in expression.finditer(text):
                yield Span(match.start(), match.start() + len(match[0].rstrip(" ,.")), "ADDRESS")
    if "POSTCODE" in kinds:
        yield from (Span(*match.span(), "POSTCODE") for match in _POSTCODE.finditer(text))
    if "SECRET" in kinds:
        yield from _secret(text)
    if "NAME" in kinds:
        yield from _name(text)
    yield from _names_alone(text, "WHO" in kinds or "NAME" in kinds)


def _secret(text: str) -> Iterator[Span]:
    for expression in (_SECRET, _SPOKEN_DIGITS, _PASSWORD):
        for match in expression.finditer(text):
            if not _UNIT.match(text, match.end()):
                yield Span(match.start(), match.start() + len(match[0].rstrip(" ,-")), "SECRET")
    lead = _LEAD.match(text)
    alone = _WORDS_ALONE.fullmatch(text, lead.end() if lead else 0)
    if alone and any(is_unknown(word.strip(".!")) for word in alone[0].split()):
        yield Span(alone.start(), alone.start() + len(alone[0].rstrip(" .!")), "SECRET")


def _names_alone(text: str, due: bool) -> Iterator[Span]:
    """A turn, or one of its pieces between commas, of words that are nobody's but a person's.

    Two such words are enough, one where a name is due.
    """
    for piece in _PIECES.finditer(text):
        lead = _LEAD.match(text, piece.end())
        words = _words_of_a_name(text, lead.end() if lead else piece.end())
        told = [word[0] for word in words if len(word[0]) > 2]
        if not told:
            continue
        whole = _PIECE_END.match(text, words[-1].end()) is not None
        by_list = is_sure(told[0]) or is_unsure(told[0])
        if (len(words) > 1 and (whole or due or by_list)) or (due and whole):
            yield Span(words[0].start(), words[-1].end(), "NAME")


def _words_of_a_name(text: str, at: int) -> list[re.Match[str]]:
    words: list[re.Match[str]] = []
    for word in _NAME_WORD.finditer(text, at, at + _SHORT):
        if (words and not _BLANK.fullmatch(text, words[-1].end(), word.start())) or not _may_be_named(word[0]):
            break
        words.append(word)
    return words[:_MOST_WORDS] if not words or words[0].start() == at else []


def _may_be_named(word: str) -> bool:
    bare = word.strip(".").casefold()
    if len(bare) == 1:
        return bare not in "ai"
    return is_sure(bare) or is_unsure(bare) or is_unknown(bare) or bare in PARTICLES


def _name(text: str) -> Iterator[Span]:
    lead = _LEAD.match(text)
    match = _NAME.match(text, lead.end() if lead else 0)
    if match and not any(word.strip(".").casefold() in NEVER for word in match[0].split()):
        yield Span(*match.span(), "NAME")
