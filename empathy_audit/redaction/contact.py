"""Mail addresses, links that give somebody away, network addresses and secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction.spans import FILLER, Pattern, Span, found, pattern

_NO = f"\\s<>\"'()\\[\\]{{}}{FILLER}"
_LOCAL = f"[^\\W{FILLER}]"
_TELLING = re.compile(
    r"[?=@]|%40|\d{5}|[\w-]{20}|/(?:u|user|users|account|profile|orders?|t|track|tracking)/\w", re.IGNORECASE
)
_KEY = 6
"""Characters of a part of a path that holds a digit and is somebody's; a year or a version has fewer."""
_VERSION = re.compile(
    r"\b(?:v|ver|version|versions|release|build|firmware|update|driver|software)\.?:?\s{0,2}$", re.IGNORECASE
)
_SECRETS = (
    r"(?:password|passcode|passphrase|pass\s?code|memorable word|security (?:word|answer)|pin(?: code| number)?|otp|one[- ]time (?:code|password|passcode)"
    r"|cvv2?|cvc2?|security code|verification code|access code|login code|auth(?:entication)? code|api key|access token|secret key|token)"
)

_NO_SECRET = "".join(
    rf"(?<!{word} )"
    for word in [
        "error",
        "promo",
        "discount",
        "voucher",
        "style",
        "product",
        "colour",
        "color",
        "status",
        "fault",
        "country",
        "dress",
        "model",
        "area",
        "item",
        "zip",
        "bar",
        "qr",
        "exit",
    ]
)


def _no_hex(text: str) -> str:
    return "" if text.lower().startswith("0x") else text


_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"


def _telling(link: str) -> str:
    """The link without the punctuation behind it, where it holds more than the address of a page; else nothing."""
    link = link.rstrip(".,;:!?*_~")
    path = link.split("//", 1)[-1].partition("/")[2]
    named = any(len(part) >= _KEY and any(c.isdecimal() for c in part) for part in path.split("/"))
    return link if named or _TELLING.search(path) or "@" in link or "?" in link else ""


def _secret(word: str) -> str:
    """The word, where it may be a secret: it holds a digit, a sign or capitals inside."""
    word = word.rstrip(".,;:!?")
    odd = (
        any(not c.isalpha() for c in word[1:])
        or any(c.isdigit() for c in word)
        or (word[1:].lower() != word[1:] and len(word) > 4)
    )
    return word if odd and len(word) > 2 else ""


_PATTERNS: tuple[Pattern, ...] = (
    pattern("URL", rf"(?<![\w@])(?:https?://|ftp://|www\.)[^{_NO}]{{1,2000}}", _telling),
    pattern("URL", rf"(?<![\w@./-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}[a-z]{{2,12}}/[^{_NO}]{{1,2000}}", _telling),
    pattern("SECRET", rf"\b{_SECRETS}(?: for [\w ]{{1,30}}?)?(?: is| was|'s|:|=|\s?-| of| ->){{1,2}}\s{{0,2}}[\"'“‘]?(?P<it>[^\s\"'”’,;{FILLER}]{{3,80}})", _secret),
    pattern("SECRET", rf"\b(?:{_SECRETS}|\d digit code)(?: is| was|:)?\s(?P<it>\d{{3,8}}|{_DIGIT}(?:[ -]{_DIGIT}){{2,7}})(?!\w)"),
    pattern("SECRET", r"\bpass(?:word|phrase|code)\b(?:[^\n]{0,80}?\s(?:is|it's|it’s|was|try|use|:))?\s(?P<it>(?=\S{0,40}[a-z])(?=\S{0,40}[A-Z\d])(?=\S{0,40}[\d!?#$%&*_+@-])[\w!?#$%&*_+@-]{6,40})"),
    pattern("SECRET", rf"{_NO_SECRET}\bcode(?: for (?:the|my|our|your) \w{{2,20}})?(?: is|:)?\s(?P<it>(?=\S{{0,12}}\d)(?-i:[A-Z0-9#*]){{4,12}})(?![\w])", _no_hex),
    pattern("SECRET", r"(?<!\w)(?:eyJ[\w-]{8,2000}(?:\.[\w-]{1,2000}){1,2}|(?:sk|pk|rk)_(?:live|test)_\w{8,200}|gh[pousr]_\w{20,200}|xox[abprs]-[\w-]{10,200}|AKIA[A-Z0-9]{16})(?!\w)", case=True),
)  # fmt: skip
_EMAIL = pattern(
    "EMAIL",
    rf"(?<![\w.%+'-])(?:{_LOCAL}|[.%+'-]){{1,64}}@(?:{_LOCAL}|-){{1,63}}(?:\.(?:{_LOCAL}|-){{1,63}}){{1,5}}(?!\w)",
)
_MAY_HOLD = re.compile(
    r"[/=\d]|www\.|pass|pin|code|word|token|key|otp|cv[cv]|eyJ|[sprg][kh]p?_|xox|AKIA|security|secret", re.IGNORECASE
)
"""What a text holds in which one of the patterns may find something: most texts hold none of it."""
_IP = pattern(
    "IP", r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\w]|\.\d)"
)
_IP6 = pattern("IP", r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:])")


def contact(text: str) -> Iterator[Span]:
    """Spans of the kinds EMAIL, URL, IP and SECRET."""
    if "@" in text:
        yield from found((_EMAIL,), text)
    if _MAY_HOLD.search(text):
        yield from found(_PATTERNS, text)
    for span in found((_IP,), text):
        # A version has the same shape; the word before it tells.
        if not _VERSION.search(text[max(0, span.start - 14) : span.start]):
            yield span
    for span in found((_IP6,), text):
        if sum(c == ":" for c in text[span.start : span.end]) >= 4 or "::" in text[span.start : span.end]:
            yield span
