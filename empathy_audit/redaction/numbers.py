"""Cards, accounts, telephone numbers, and the numbers that name an order, a ticket or a person.

Amounts, times, years, versions and names of products stay: a number is masked for its length, its check digits or the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction.checks import digits_of, is_card, is_iban
from empathy_audit.redaction.spans import Pattern, Span, found, pattern

_CALLED = (
    r"(?:order|ticket|case|account|acct|a/c|reference|ref|booking|reservation|confirmation|invoice|policy|customer|client|member|membership|tracking|parcel|shipment"
    r"|claim|contract|serial|passport|licen[cs]e|driver'?s licen[cs]e|tax|insurance|national insurance|social security|ssn|ni|nhs|sort code|routing|employee|staff|badge"
    r"|loyalty|ticket|voucher|coupon|gift card|student|patient|device|transaction|payment|return|rma|pnr|iban|bic|imei|meter|vat|incident|request|registration|reg|plate)"
)
_NUMBER = r"(?:numbers?|nos?\.?|num|nr\.?|id|code|ref(?:erence)?|#|№)"
_MONEY = re.compile(r"(?:[$£€¥₹]|\b(?:usd|eur|gbp|chf|inr|rs|aud|cad|us\$|r))\.?\s?-?$", re.IGNORECASE)
_UNIT = re.compile(
    r"^[\s-]?(?:[$£€¥₹%]|(?:dollars?|bucks|pounds?|quid|euros?|cents?|pence|usd|eur|gbp|rupees|yen|points?|miles|km|kilomet\w+|metres|meters|feet|steps|times|people|customers|users|followers|units|words"
    r"|hours?|minutes?|seconds?|days?|mah|mb|gb|kb|tb|mbps|kbps|rpm|watts?|volts?|hz|khz|kwh|btu|kg|grams?|lbs?|ml|litres?|percent)\b)",
    re.IGNORECASE,
)


def _code(text: str) -> str:
    """A token that names something: it holds a digit, or is a code of capitals such as a booking's."""
    text = text.rstrip("-/.")
    enough = sum(c.isdecimal() for c in text) >= 2 or (len(text) in (5, 6) and text.isupper() and text.isascii())
    return text if enough else ""


def _digits(least: int, most: int) -> re.Pattern[str]:
    return re.compile(rf"^(?:\D*\d){{{least},{most}}}\D*$")


_PHONE_LONG = _digits(8, 15)


def _phone(text: str) -> str:
    return text if _PHONE_LONG.match(text) else ""


_PATTERNS: tuple[Pattern, ...] = (
    pattern("CARD", r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w]|[.,]\d)", lambda text: text if is_card(text) else ""),
    pattern("CARD", r"(?<!\w)(?:[*x•#]{2,4}[ -]?){1,4}\d{4}(?!\w)"),
    pattern("CARD", r"(?<![\w.-])\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}(?![\w-])"),
    pattern("CARD", r"\b(?:ending|ends|end)(?: in| with)?\s(?P<it>\d{3,4})(?!\w)"),
    pattern("CARD", r"\blast (?:4|four|three|3)(?: digits| numbers)?(?: of [\w' ]{1,30}?)?(?: are| is|:| being)?\s(?P<it>\d{3,4})(?!\w)"),
    pattern("ACCOUNT", r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", lambda text: text if is_iban(text) else "", case=True),
    pattern("ACCOUNT", r"(?<![\w-])\d\d-\d\d-\d\d(?=[,;]?\s\d{8}(?!\w))"),
    pattern("ACCOUNT", r"(?<![\w.@-])[\w.-]{2,40}@[a-z]{3,20}(?![\w@-]|\.\w)"),
    pattern("ACCOUNT", r"\bsort\s?code(?: is|:|'s)?\s{0,2}(?P<it>\d\d[- ]?\d\d[- ]?\d\d)(?!\w)"),
    pattern("ACCOUNT", r"\b(?:account|acct|a/c|routing)\s?(?:number|no\.?|num|#)?(?: is| was|:|'s|\s?#){0,2}\s{0,2}(?P<it>\d[\d -]{4,20}\d)(?!\w)"),
    pattern("PHONE", r"(?<![\w+])(?:\+|00)\d{1,3}[ .()/-]{0,3}(?:\d[ .()/-]{0,2}){5,12}\d(?!\w)"),
    pattern("PHONE", r"(?<![\w.+,-])(?!\d{3}-\d\d-\d{4})\(?0\d{1,4}\)?(?:[ ./-]?\d){6,9}(?![\w]|[.,-]\d)", _phone),
    pattern("PHONE", r"(?<![\w.+,-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?![\w-])"),
    pattern("PHONE", r"(?<![\w.,/-])[2-9]\d\d-\d{4}(?![\w-])"),
    pattern("PHONE", r"\b(?:phone|mobile|cell|tel|telephone|landline|whatsapp|call me (?:back )?(?:on|at)|reach me (?:on|at)|ring me on|text me (?:on|at)|contact number|callback number)"
            r"(?: number| no\.?)?(?: is|'s|:|\.){0,2}\s{0,2}(?P<it>\+?\(?\d[\d ().-]{5,18}\d)(?!\w)"),
    pattern("NUMBER", r"(?<![\w.-])[A-Z]{2}\d\d ?[A-Z]{3}(?![\w-])", case=True),
    pattern("NUMBER", r"(?<![\w.-])[A-Z]{3,6}\d{4,10}[A-Z]{0,2}(?![\w-])", case=True),
    pattern("NUMBER", r"(?<![\w.-])(?=(?:[A-Z ]{0,8}\d){6})[A-Z]{1,4} ?\d{1,6}(?:[ ./-]\d{1,6}){1,5}[A-Z]{0,3}(?![\w]|[.,:]\d)", case=True),
    pattern("NUMBER", r"(?<![\w.,-])\d{3,5}\.\d{3}\.\d{3,5}(?![\w]|[.,:]\d)"),
    pattern("NUMBER", rf"\b{_CALLED}\s?{_NUMBER}?(?: is| was|'s|:|\s?=|\s?-|\s?#| of){{0,2}}\s{{0,2}}[\"'(#]{{0,2}}(?P<it>(?-i:[A-Z0-9])(?:(?-i:[A-Z0-9])|[/-](?=\w)){{2,40}})(?!\w)", _code),
    pattern("NUMBER", rf"\b{_CALLED}\s?{_NUMBER}(?: is| was|'s|:|\s?=|\s?-|\s?#| of){{0,2}}\s{{0,2}}[\"'(#]{{0,2}}(?P<it>[a-z]{{0,6}}\d[a-z0-9]{{1,30}}(?:[/-][a-z0-9]{{1,30}}){{0,5}})(?!\w)", _code),
    pattern("NUMBER", r"(?<!\w)\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])"),
    pattern("NUMBER", r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)", case=True),
    pattern("NUMBER", r"(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])"),
    pattern("NUMBER", r"(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])"),
    pattern("NUMBER", r"(?<![\w/&])#\s?(?P<it>[a-z]{0,4}-?\d{3,40})(?!\w)"),
)  # fmt: skip
# A run of letters, digits and single hyphens, or of digits in groups: long enough to name one thing among many.
_TOKEN = re.compile(r"(?<![\w.,:/-])[^\W_]{1,40}(?:[-/][^\W_]{1,40}){0,8}(?![\w]|[.,:]\d)")
_GROUPS = re.compile(r"(?<![\w.,:/-])\d{2,6}(?:[ -]\d{2,6}){2,6}(?![\w]|[.,:]\d)")
_DATE = re.compile(
    r"^(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}[-/]\d{4}|\d{4}[-/]\d{1,2}|\d{1,2}[-/]\d{4})$"
)
_HEX = re.compile(r"0x[0-9a-f]{1,16}", re.IGNORECASE)
"""A code that programs give to an error."""
_RUN = re.compile(r"\d{1,40}")
_LONG, _MANY = 5, 7
"""How many digits on end, or how many in all, make a token the name of something; fewer are a model (`WH-1000XM4`)."""


def numbers(text: str) -> Iterator[Span]:
    """Spans of the kinds CARD, ACCOUNT, PHONE and NUMBER."""
    if not any(map(str.isdecimal, text)):
        return
    yield from found(_PATTERNS, text)
    for expression in (_TOKEN, _GROUPS):
        for match in expression.finditer(text):
            start, end = match.span()
            if not match[0].isalpha() and _names_something(match[0]) and not _amount(text, start, end):
                yield Span(start, end, "NUMBER")


def _names_something(token: str) -> bool:
    # ASCII digits or any other decimal ones; ranges of years and dates have their own rules.
    digits = digits_of(token)
    enough = len(digits) >= _MANY or any(len(run) >= _LONG for run in _RUN.findall(token))
    return enough and not _DATE.match(token) and not _HEX.fullmatch(token) and not digits.endswith("000000")


def _amount(text: str, start: int, end: int) -> bool:
    return bool(_MONEY.search(text[max(0, start - 6) : start]) or _UNIT.match(text[end : end + 16]))
