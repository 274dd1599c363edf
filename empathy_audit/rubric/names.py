"""The names that rubric files are made of: one visible tuple each, for checks, hints and the JSON Schema."""

from __future__ import annotations

from typing import Final

LISTS: Final = ("principles", "markers", "cues", "counter", "replies", "opportunities")
"""The lists whose entries have an id and merge by it."""

ENTRY_LISTS: Final = ("markers", "cues", "counter", "replies")
"""Those whose entries match words."""

MACRO_LISTS: Final = ("situations", "needs", "checks")
"""The lists of the `macros:` section, whose entries have an id and merge by it too."""

NOUNS: Final = {
    "principles": "principle",
    "markers": "marker",
    "cues": "cue",
    "counter": "counter entry",
    "replies": "reply mark",
    "opportunities": "opportunity",
    "situations": "situation",
    "needs": "need",
    "checks": "check",
}

PATTERN_KINDS: Final = ("phrases", "regex", "tokens", "dependency", "echo", "signal")

DEFAULT_CREDITS: Final = {"missed": 0.0, "partial": 0.4, "delayed": 0.6, "met": 1.0}
"""What outcomes are worth unless the rubric says otherwise, the worst first."""

KEBAB: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
LIST_NAME: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*\+?$"
VERSION: Final = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$"
LANGUAGE: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
NOT_BLANK: Final = r"\S"

TOKEN_TEXT: Final = ("ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "LEMMA", "POS", "TAG", "DEP", "MORPH")
TOKEN_ENTITY: Final = ("ENT_TYPE", "ENT_IOB", "ENT_ID", "ENT_KB_ID")
TOKEN_FLAGS: Final = (
    "IS_ALPHA",
    "IS_ASCII",
    "IS_DIGIT",
    "IS_LOWER",
    "IS_UPPER",
    "IS_TITLE",
    "IS_PUNCT",
    "IS_SPACE",
    "IS_BRACKET",
    "IS_QUOTE",
    "IS_LEFT_PUNCT",
    "IS_RIGHT_PUNCT",
    "IS_CURRENCY",
    "IS_STOP",
    "IS_SENT_START",
    "SENT_START",
    "LIKE_NUM",
    "LIKE_URL",
    "LIKE_EMAIL",
    "SPACY",
)
TOKEN_ATTRIBUTES: Final = (*TOKEN_TEXT, *TOKEN_ENTITY, *TOKEN_FLAGS, "LENGTH", "OP")
"""What spaCy's Matcher takes in a token description, without `_`: the pipeline sets no extension attributes."""

TOKEN_PREDICATES: Final = (
    *("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS", "REGEX"),
    *("==", "!=", ">=", "<=", ">", "<"),
    *("FUZZY", *(f"FUZZY{distance}" for distance in range(1, 10))),
)
SET_PREDICATES: Final = ("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
COMPARISONS: Final = ("==", "!=", ">=", "<=", ">", "<")

DEPENDENCY_KEYS: Final = ("LEFT_ID", "REL_OP", "RIGHT_ID", "RIGHT_ATTRS")
DEPENDENCY_OPERATORS: Final = (
    *("<", ">", "<<", ">>", ".", ".*", ";", ";*", "$+", "$-", "$++", "$--"),
    *(">+", ">-", ">++", ">--", "<+", "<-", "<++", "<--"),
)
