"""Tokens: the words and signs of folded text, each one integer that says all that signals ask of it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from empathy_audit.language.echo import STOP, stem
from empathy_audit.signals.lexicon import CLASSES, class_of

_LETTERS = r"[a-z\u00c0-\u1fff\u3040-\ud7a3]+"  # of every script, so that no name falls apart or away
TOKEN = re.compile(rf"https?://\S+|[@#]\w+|{_LETTERS}(?:'{_LETTERS})?|\d+|[^\w\s]")
_OGHAM_SPACE = "\u1680"
"""The one white space that TOKEN takes for a letter."""
_END, _END_CODE = "END", -1
"""Between texts; no word of a folded text has capitals."""
UNKNOWN = 0
"""The word id of every word that training did not keep; such a word is seen by its class alone."""

# What a token is, as bits above its word and class.
YOU, ME, QUESTION, EXCLAIMS, OPENS, ASKING, CONTENT, SIGN, REQUEST, TROUBLE, GLAD, ECHO = (1 << n for n in range(12))
CLASS_SHIFT, FLAGS_SHIFT, STEM_SHIFT = 19, 28, 40
MOST_STEMS = 1 << 22
WORD_MASK, CLASS_MASK = (1 << CLASS_SHIFT) - 1, (1 << (FLAGS_SHIFT - CLASS_SHIFT)) - 1
"""Where the parts of a token lie: word in the lowest bits, then class, flags, and the id of its stem."""
_CLASS_NUMBER = {name: number for number, name in enumerate(CLASSES)}
_MOST_KEPT, _LONGEST_KEPT = 40_000, 40
STOP_CODE = _CLASS_NUMBER["$"] << CLASS_SHIFT
"""The token behind the last one of a turn: no word, no flag."""

_FILLERS = frozenset(
    [
        "and",
        "so",
        "but",
        "or",
        "okay",
        "ok",
        "right",
        "well",
        "um",
        "uh",
        "er",
        "oh",
        "ah",
        "now",
        "then",
        "yeah",
        "yes",
        "alright",
        "hi",
        "hello",
        "hey",
        "just",
        "like",
        "mm",
        "mhm",
        "hmm",
        "no",
        "sorry",
        "also",
        "sure",
        "please",
    ]
)
# A title that comes back is no word of the customer's: "Mrs" must weigh no more than "Mr".
_TITLES = frozenset(["mrs", "miss", "sir", "madam", "ma'am", "doctor", "prof", "professor", "rev", "reverend"])
_ASKING_WORDS = frozenset(
    [
        "what",
        "how",
        "why",
        "when",
        "where",
        "who",
        "which",
        "whose",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "will",
        "have",
        "has",
        "are",
        "is",
        "was",
        "were",
        "shall",
        "should",
        "may",
        "might",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "isn't",
        "aren't",
        "haven't",
        "hasn't",
    ]
)
_WORDS = {
    YOU: frozenset(["you", "your", "you're", "you've", "you'd", "you'll", "yourself", "yours", "u", "ur"]),
    ME: frozenset(
        ["i", "i'm", "i've", "i'll", "i'd", "me", "my", "we", "we're", "we've", "we'll", "we'd", "us", "our"]
    ),
    QUESTION: frozenset("?"),
    EXCLAIMS: frozenset("!"),
    ASKING: _ASKING_WORDS,
    SIGN: frozenset("?!.,:"),
    REQUEST: frozenset(["dm", "pm", "send", "confirm", "provide", "share", "advise", "email", "let"]),
}
_TROUBLED = frozenset(("SWEAR", "ANGER", "FRUST", "DISAPP", "WORRY", "SAD", "ROUGH", "FAIL", "CONFUSED"))
_PLEASED = frozenset(("JOY", "THANK"))


class Vocabulary(dict[str, int]):
    """Token → its integer: word id, class, flags, and an id of its stem if it carries content.

    Word ids count the words that training kept from 1; every other word is 0. What was looked up is kept, up to a bound.
    """

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)
        self._ids = {word: number for number, word in enumerate(words, 1)}
        self._stems: dict[str, int] = {}
        self._chunks = _Chunks(self)

    def codes(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The tokens of folded texts, one text behind the other, and how many each has."""
        # No token reaches over white space, and words come again far more often than they are new: they are looked up whole, all at once.
        joined = f" {_END} ".join((*texts, ""))
        if _OGHAM_SPACE not in joined:
            chunks = joined.split()
        else:
            chunks = [c for t in texts for c in (*([t] if _OGHAM_SPACE in t else t.split()), _END)]
        found = np.frombuffer(b"".join(map(self._chunks.__getitem__, chunks)), dtype=np.int64)
        ends = np.flatnonzero(found == _END_CODE)
        return found[found != _END_CODE], np.diff(ends, prepend=-1) - 1

    def __missing__(self, token: str) -> int:
        if len(self) > 100_000:
            self.clear()
        plain = plain_token(token)
        name = class_of(plain)
        flags = sum(flag for flag, words in _WORDS.items() if plain in words)
        flags |= TROUBLE if name in _TROUBLED else GLAD if name in _PLEASED else 0
        if plain[0].isalpha() and plain not in _FILLERS:
            flags |= OPENS
        content = 0
        if len(plain) > 2 and plain not in STOP and plain not in _TITLES and plain[0].isalpha():
            flags |= CONTENT
            content = self._stems.setdefault(stem(plain), len(self._stems) % (MOST_STEMS - 1) + 1)
        known = self._ids.get(plain, UNKNOWN)
        if known == UNKNOWN and name[0] == "-" and len(name) > 1:
            name = "word"  # an unknown word may be a name, and "Emily" must be no other word than "Taylor"
        code = known | (_CLASS_NUMBER[name] << CLASS_SHIFT) | (flags << FLAGS_SHIFT) | (content << STEM_SHIFT)
        self[token] = code
        return code


class _Chunks(dict[str, bytes]):
    """What stands between white space → its tokens, as the bytes of an array. What was looked up is kept, up to a bound, unless it is too long for words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._code = vocabulary.__getitem__

    def __missing__(self, chunk: str) -> bytes:
        tokens = map(self._code, TOKEN.findall(chunk)) if chunk != _END else (_END_CODE,)
        codes = array("q", tokens).tobytes()
        if len(chunk) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[chunk] = codes
        return codes


def plain_token(token: str) -> str:
    """Numbers, links and handles become one token each."""
    if token[0].isdigit():
        return "0"
    if token[0] == "@" and len(token) > 1:
        return "@"
    return "http" if token.startswith("http") and "/" in token else token
