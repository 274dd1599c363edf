"""What was asked for: an answer to "what is your date of birth?" is one, however plain it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction.given_names import NEVER
from empathy_audit.redaction.places import DATE
from empathy_audit.redaction.spans import FILLER, LETTER, Span

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
        ("NAME", r"(?<!\w)(?:your|full|first|last|sur|the|account holder'?s?|cardholder'?s?) ?names?(?!\w)|who am i (?:speaking|chatting|talking)|(?<!\w)may i ask who"),
        ("NUMBER", r"(?<!\w)(?:number|digits|reference|code|pin|id|account|passcode|ssn)(?!\w)"),
    )
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,$£€-])[A-Za-z]{0,4}-?\d[\dA-Za-z]{2,20}(?:[ -]\d{2,10}){0,6}(?!\w|[.,:]\d)")
_UNIT = re.compile(
    r" ?(?:days?|weeks?|months?|years?|minutes?|hours?|times|am|pm|pounds|dollars|euros|%)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:\s|[,.:;!-]|(?:yes|yeah|yep|sure|ok|okay|of course|certainly|hi|hello|it is|it's|it’s|its|that's|that is|this is|i'm|i am|the name is|name is|name|under|thanks|thank you|please|no problem|absolutely|um|uh|er)(?!\w)){1,20}",
    re.IGNORECASE,
)
_NAME = re.compile(
    rf"(?:{LETTER}|['’-]){{2,30}}\.?(?: (?:{LETTER}|['’-]){{1,30}}\.?){{0,3}}(?=\s{{0,3}}(?:$|[.,!\n;(]| and (?:my|the)))"
)
_ADDRESS = re.compile(rf"(?<!\w)\d{{1,5}}[a-z]?,? [^\n.?!;{FILLER}]{{3,80}}", re.IGNORECASE)
_POSTCODE = re.compile(
    r"(?<!\w)(?=[a-z0-9 -]{0,6}\d)[a-z0-9]{2,5}(?:[ -][a-z0-9]{2,4})?(?=\s{0,2}(?:$|[.,!\n]))", re.IGNORECASE
)
_SHORT = 160
"""Characters of an answer that does nothing but answer."""


def asked(text: str) -> tuple[str, ...]:
    """The kinds that a turn asks for."""
    return tuple(kind for kind, words in _ASKED if words.search(text)) if _ASKS.search(text) else ()


def answered(text: str, kinds: tuple[str, ...]) -> Iterator[Span]:
    """What a turn gives of the kinds that were asked for; a long turn talks of other things as well, and is left to the other rules."""
    if len(text) > _SHORT:
        return
    if "DATE" in kinds:
        yield from (Span(*match.span(), "DATE") for match in DATE.finditer(text))
    if "NUMBER" in kinds:
        yield from (
            Span(*match.span(), "NUMBER") for match in _NUMBER.finditer(text) if not _UNIT.match(text, match.end())
        )
    if "ADDRESS" in kinds:
        yield from (Span(*match.span(), "ADDRESS") for match in _ADDRESS.finditer(text))
    if "POSTCODE" in kinds:
        yield from (Span(*match.span(), "POSTCODE") for match in _POSTCODE.finditer(text))
    if "NAME" in kinds:
        yield from _name(text)


def _name(text: str) -> Iterator[Span]:
    lead = _LEAD.match(text)
    match = _NAME.match(text, lead.end() if lead else 0)
    if match and not any(word.strip(".").casefold() in NEVER for word in match[0].split()):
        yield Span(*match.span(), "NAME")
