"""Streets, postcodes and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction.spans import FILLER, LETTER, Pattern, Span, found, pattern

_WORD = rf"(?:{LETTER}|['’.-]){{1,30}}"
_KINDS = (
    "street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|close|way|place|pl|boulevard|blvd|terrace|crescent|gardens|grove|square|sq|parkway|pkwy|highway|hwy"
    "|circle|cir|row|hill|mews|walk|quay|wharf|trail|loop|park|view|rise|green|alley|plaza"
)
_SURE = "street|road|rd|avenue|ave|lane|boulevard|blvd|crescent|terrace|parkway|pkwy|gardens|st\\."
_PART = r"(?:, ?|,?\n ?| )(?:(?:flat|apt\.?|apartment|unit|suite|ste|floor|room|#) ?[\w-]{1,6})"
_PIECE = rf"(?-i:[A-ZÀ-ÖØ-Þ0-9])(?:{LETTER}|\d|['’./-]){{1,30}}"
_TOWN = rf"(?:,\s?{_PIECE}(?: {_PIECE}| (?-i:[A-Z\d])(?!\w)){{0,3}}(?=\s{{0,2}}(?:[,.;!?)\n]|$))){{0,5}}"
"""Pieces behind a street, up to the next comma or stop: house, part of town, town, county, postcode."""
_ZIP = r"(?:(?:,? (?-i:[A-Z][a-z]{2,20}))?,? (?-i:[A-Z]{2,3}),? \d{4,5}(?:-\d{4})?(?!\w)|,? \d{5}(?:-\d{4})?(?!\w))?"
NO_DURATION = r"(?!(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|miles?|km|people|times?|of|in|on|the|to|or|and|for|out|from|at|more|stars?|cars?|feet|am|pm|way|steps?|different|other|separate)\b)"
_AREA = r"(?:[A-PR-UWYZ][A-HK-Y]?\d[A-HJKP-UW-Y0-9]?)"
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
_DATE = rf"(?:{_DAY}[ /.-](?:of )?(?:{_MONTH}|\d{{1,2}})(?:,? ?[/.-]? ?{_YEAR})?|{_MONTH} {_DAY}(?:,? {_YEAR})?|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?!\w)"
_PAST = r"(?:19\d\d|200\d|201[0-2])"
"""A full date in one of these years is hardly that of an order."""

SPOKEN_NUMBER = r"(?:(?:number|flat) one|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?: [a-d])?"
"""A house number as it is said."""
DATE = re.compile(rf"(?<!\w){_DATE}", re.IGNORECASE)
"""Any date, for where it was asked for."""


def _postcode(text: str) -> str:
    """The postcode, unless the words only look like one: `a4 3rd`."""
    mixed = " " not in text and not text.isupper() and not text.islower()
    return "" if mixed or re.search(r"(?:1st|2nd|3rd|\dth)$", text, re.IGNORECASE) else text


_PATTERNS: tuple[Pattern, ...] = (
    pattern("ADDRESS", rf"(?<![\w.,$£€-])(?:(?:flat|apt\.?|apartment|unit|suite) [\w-]{{1,6}},? )?\d{{1,5}}[a-d]?(?:[-/]\d{{1,5}})?,? (?:(?:north|south|east|west|[nsew]\.?) )?"
            rf"(?:(?-i:[A-Z]|\d{{1,3}}(?=st|nd|rd|th)){_WORD} ){{0,3}}(?-i:[A-Z0-9]){_WORD} (?:{_KINDS})\b\.?(?:{_PART})?{_ZIP}{_TOWN}"),
    pattern("ADDRESS", rf"(?<![\w.,$£€-])\d{{1,5}}[a-d]?,? (?:{NO_DURATION}{LETTER}{{2,20}} ){{1,3}}(?:{_SURE})(?!\w)(?:{_PART})?(?!\w)"),
    pattern("ADDRESS", rf"\b(?:my|our|the|new|old|delivery|billing|shipping|home|postal|correct) address (?:is|was|:|should be|to)\s{{0,2}}(?P<it>[^\n?!;{FILLER}]{{0,20}}\d[^\n.?!;{FILLER}]{{3,80}})"),
    pattern("ADDRESS", rf"(?<!\w)(?:(?:flat|apt\.?|apartment|unit|suite) ?\d{{1,4}}[a-z]?|(?:the )?(?-i:[A-Z]){_WORD} (?:house|cottage|court|lodge|mill|farm|villa|apartments|mansions|tower)),\s?(?:{_PIECE}(?: {_PIECE}){{0,3}},\s?){{0,3}}(?:{_PIECE}(?: {_PIECE}){{0,2}}){_TOWN}"),
    pattern("ADDRESS", rf"(?<!\w)(?-i:[A-ZÄÖÜ])(?:{LETTER}|-){{2,30}}(?:straße|strasse|str\.|weg|allee|gasse|laan|straat) \d{{1,4}}[a-z]?(?:-[\dIVX]{{1,4}})?(?!\w){_TOWN}"),
    pattern("ADDRESS", rf"(?<!\w)(?:ul|al|os|pl)\. (?-i:[^\W\da-z_])(?:{LETTER}|[ -]){{2,40}} \d{{1,4}}[a-z]?(?:/\d{{1,4}})?{_TOWN}"),
    pattern("ADDRESS", rf"(?<!\w)\d{{1,4}},? (?:rue|avenue|boulevard|place|calle|via|viale|piazza) (?:{_WORD} ){{0,3}}{_WORD}"),
    pattern("ADDRESS", r"(?<!\w)(?:flat|apt\.?|apartment) \d{1,4}[a-z]?(?!\w)"),
    pattern("POSTCODE", rf"(?<![\w-]){_AREA} ?\d[ABD-HJLNP-UW-Z]{{2}}(?![\w-])", _postcode),
    pattern("POSTCODE", r"(?<![\w-])[AC-FHKNPRTV-Y](?:\d\d|6W) ?(?=[A-Z\d]{0,3}\d)[AC-FHKNPRTV-Y\d]{4}(?![\w-])", case=True),
    pattern("POSTCODE", r"(?<!\w)[ABCEGHJ-NPR-TVXY]\d[ABCEGHJ-NPR-TV-Z][ -]?\d[ABCEGHJ-NPR-TV-Z]\d(?!\w)", case=True),
    pattern("POSTCODE", r"(?<!\w)(?P<it>(?-i:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \d{5}(?:-\d{4})?)(?!\w)"),
    pattern("POSTCODE", r"\b(?:zip|postal code|post\s?code|postcode|plz)(?: code)?(?: is|'s|:| was| will be){0,2}\s{0,2}(?P<it>[a-z0-9]{2,5}(?:[ -][a-z0-9]{3,4})?)(?!\w)", lambda text: text if any(c.isdecimal() for c in text) else ""),
    pattern("DATE", rf"\b(?:born(?: on)?|date of birth|d\.?o\.?b\.?|birth\s?date|birthday)(?: is| was|'s|:| on)?:?\s{{0,2}}(?:the )?(?P<it>{_DATE})"),
    pattern("DATE", rf"(?<![\w/.-])(?:{_DAY}[ /.-](?:of )?(?:{_MONTH}|\d{{1,2}})[ ,/.-]{{1,2}}{_PAST}|{_MONTH} {_DAY},? {_PAST}|{_PAST}[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?![\w/-])"),
)  # fmt: skip
_SAID: tuple[Pattern, ...] = (
    pattern("ADDRESS", rf"\b(?:live|living|lives|lived|reside|resides|moved|moving|deliver|delivered|house|flat) (?:on|in|at|to|near) (?P<it>(?-i:[A-Z]){_WORD} (?:(?-i:[A-Z]){_WORD} )?(?:street|road|avenue|lane|close|crescent|terrace|drive))(?!\w)"),
    pattern("ADDRESS", rf"(?<!\w)p\.?\s?o\.? ?box (?:\d{{1,8}}|(?:(?:one|two|three|four|five|six|seven|eight|nine|oh|zero) ?){{2,6}})(?!\w){_TOWN}"),
    pattern("ADDRESS", rf"(?<!\w)(?:{{n}}) (?:{LETTER}{{{{2,20}}}} ){{{{1,4}}}}(?:{_SURE}|close|drive|grove|way|square|place|court|hill)(?!\w)(?: {LETTER}{{{{3,20}}}}){{{{0,3}}}}(?=\s{{{{0,2}}}}(?:$|[.,!?\n]))".format(n=SPOKEN_NUMBER)),
)  # fmt: skip


def places(text: str) -> Iterator[Span]:
    """Spans of the kinds ADDRESS, POSTCODE and DATE."""
    yield from found(_SAID, text)
    if any(map(str.isdecimal, text)):
        yield from found(_PATTERNS, text)
