"""Words of the customer that come back in the agent's turn: the surface of a reflection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, filterfalse

from empathy_audit.language.text import WORD

STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "if",
        "so",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "off",
        "out",
        "over",
        "to",
        "up",
        "with",
        "without",
        "not",
        "no",
        "never",
        "too",
        "very",
        "really",
        "just",
        "more",
        "most",
        "than",
        "then",
        "there",
        "here",
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "her",
        "us",
        "them",
        "my",
        "your",
        "his",
        "our",
        "their",
        "its",
        "mine",
        "yours",
        "this",
        "that",
        "these",
        "those",
        "what",
        "how",
        "why",
        "when",
        "where",
        "who",
        "which",
        "whom",
        "whose",
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "done",
        "doing",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "i'm",
        "i've",
        "i'll",
        "i'd",
        "you're",
        "you've",
        "you'll",
        "you'd",
        "it's",
        "that's",
        "there's",
        "he's",
        "she's",
        "they're",
        "they've",
        "we're",
        "we've",
        "we'll",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "haven't",
        "hasn't",
        "hadn't",
        "won't",
        "can't",
        "cannot",
        "couldn't",
        "wouldn't",
        "shouldn't",
        "let's",
        "what's",
        "how's",
        "ok",
        "okay",
        "yes",
        "yeah",
        "yep",
        "no",
        "nope",
        "oh",
        "well",
        "um",
        "uh",
        "er",
        "hmm",
        "mm",
        "hi",
        "hello",
        "hey",
        "thanks",
        "thank",
        "please",
        "sorry",
        "also",
        "now",
        "again",
        "still",
        "already",
        "get",
        "got",
        "getting",
        "go",
        "going",
        "went",
        "gone",
        "come",
        "came",
        "know",
        "think",
        "like",
        "want",
        "need",
        "see",
        "say",
        "said",
        "tell",
        "told",
        "make",
        "made",
        "take",
        "give",
        "put",
        "one",
        "two",
        "thing",
        "things",
        "something",
        "anything",
        "nothing",
        "everything",
        "way",
        "lot",
        "bit",
        "some",
        "any",
        "all",
        "each",
        "other",
        "another",
        "same",
        "much",
        "many",
        "few",
        "little",
        "good",
        "great",
        "right",
        "sure",
        "actually",
        "basically",
        "about",
        "after",
        "before",
        "because",
        "while",
        "until",
        "since",
        "back",
        "down",
        "only",
        "even",
        "own",
        "such",
        "maybe",
        "kind",
        "sort",
        "stuff",
        "mean",
        "time",
        "day",
        "today",
        "us",
    ]
)
_SUFFIX = re.compile(r"(?:ing|edly|ed|ies|ied|es|s|ly|er)$")
_ABOUT_CUSTOMER = re.compile(
    r"\b(?:you|your|you're|you've|you'd|yourself|yours|u|ur)\b|^(?:so|sounds?|and so|okay so|right so)\b"
)
_INSTRUCTS = re.compile(
    r"\byou (?:can|could|may|might|must|need|should|have to|will|'ll|would need|just need|want to go)\b|\byou'll\b|\bplease\b|\b(?:i'll|we'll|i will|we will|i can|we can|let me|i'd|we'd|i would)\b|"
    r"^(?:go|click|press|try|check|open|send|call|visit|select|follow|restart|turn|make sure|ensure|enter|type|tap|dm|let)\b|\bhttps?:|\bif you\b|\bthank|\bwelcome\b"
)
_ASKS = re.compile(
    r"^(?:(?:and|so|but|or|okay|ok|right|well|also),? )*(?:do|does|did|can|could|would|will|have|has|are|is|was|were|may|what|how|why|when|where|who|which)\b"
)


def stem(word: str) -> str:
    """A crude stem: enough to see that `charged` and `charges` are one word. Words of up to four letters, and what is too long for a word, are left alone."""
    return _stem(word) if len(word) < 40 else word


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 4:
        word = _SUFFIX.sub("", word)
        if len(word) > 3 and word[-1] in "ei":
            word = word[:-1]
    return word


def content_stems(folded: str) -> frozenset[str]:
    """Stems of the words that carry content (three letters or more, no function words, no numbers)."""
    return frozenset(_content(folded))


def may_hold(folded: str, wanted: Iterable[str]) -> list[str]:
    """Those of the stems that a folded text may hold, in order; a quick look, since a stem is how its word begins."""
    return list(filter(folded.__contains__, wanted))


def _content(folded: str) -> Iterator[str]:
    # No word reaches over white space, and what stands between comes again. What is too long for a word is not kept.
    # Much of what is said are function words; to leave those out at once is cheaper than to look up that they have no stems.
    chunks = folded.split()
    long = len(folded) > _LONGEST_KEPT and max(map(len, chunks), default=0) > _LONGEST_KEPT
    return chain.from_iterable(map(_stems_of if long else _kept_stems_of, filterfalse(STOP.__contains__, chunks)))


def _stems_of(chunk: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in WORD.findall(chunk) if len(w) > 2 and w not in STOP and not w[0].isdigit())


_kept_stems_of = lru_cache(maxsize=1 << 14)(_stems_of)
_LONGEST_KEPT = 200


def echoes(folded: str, start: int, end: int, wanted: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where content words of `wanted` stand in `folded[start:end]`, the first occurrence of each, in order."""
    rest, found = set(wanted), []
    for match in WORD.finditer(folded, start, end):
        word = match[0]
        if len(word) > 2 and word not in STOP and (key := stem(word)) in rest:
            rest.discard(key)
            found.append(match.span())
    return tuple(found)


def speaks_of_customer(segment: str) -> bool:
    """Whether a folded segment is a statement about the customer: no plain question, instruction or promise."""
    return (
        _ABOUT_CUSTOMER.search(segment) is not None
        and _INSTRUCTS.search(segment) is None
        and _ASKS.match(segment) is None
    )
