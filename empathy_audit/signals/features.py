"""Features of a segment: its words, runs of word classes, and a few marks of structure and context.

Structure travels between domains better than words do: how long a segment is, how it opens and ends, whether it speaks of "you", and how many
of the customer's own words come back in it. A feature is one integer: its kind in the high bits, ids of words or classes in the low ones, so that
no text is built in the hot path; `describe` turns it back into words for explanations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from empathy_audit.language.echo import STOP, stem
from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.signals.lexicon import CLASSES, class_of

TOKEN = re.compile(r"https?://\S+|[@#]\w+|[a-z]+(?:'[a-z]+)?|\d+|[^\w\s]")
WORD, PAIR, TRIPLE, CLASS, CLASS_PAIR, CLASS_TRIPLE, CLASS_GAP, MARK, OPENER, OPENER_PAIR, RULE = range(1, 12)
_KIND = 57
_WIDE, _NARROW = 19, 9
_UNKNOWN, _START, _END = 0, 1, 2
SPECIAL = ("?", "^", "$")
"""The first three words of every vocabulary: unknown, start and end of a segment."""

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
_YOU = frozenset(["you", "your", "you're", "you've", "you'd", "you'll", "yourself", "yours", "u", "ur"])
_I = frozenset(["i", "i'm", "i've", "i'll", "i'd", "me", "my", "we", "we're", "we've", "we'll", "we'd", "us", "our"])
_ASKING = frozenset(
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
MARKS = (
    *(f"length {n}" for n in ("1-2", "3-5", "6-9", "10-15", "16-27", "28+")),
    *(f"echoes {n}" for n in range(5)),
    *(f"echo share {n}/4" for n in range(4)),
    *(f"speaks of you, echoes {n}" for n in range(4)),
    "asks", "opens asking", "opens asking, marked", "you", "I", "you and I", "nobody", "you, asking", "you, telling", "you, first", "you, later", "you only", "unsigned",
    "first", "later", "last", "single", "opening", "goes on", "shouts", "exclaims", "exclaims twice", "exclaims more", "questions", "after a question",
    *(f"turn of {n} words" for n in ("1-3", "4-7", "8-15", "16-30", "31+")), "nobody answered yet", "answers a question", "answers a request", "answers a statement", "speaks again",
    "hears trouble", "hears delight", "hears neither",
)  # fmt: skip
"""Names of the marks; a mark's id is its place here."""
_MARK = {name: (MARK << _KIND) | number for number, name in enumerate(MARKS)}
_CLASS_NUMBER = {name: number for number, name in enumerate(CLASSES)}
_ECHOED = len(CLASSES)


class Vocabulary:
    """Word → id, for the words that training kept; everything else is one unknown word. Remembers what it looked up, up to a bound."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._ids = {word: number for number, word in enumerate(words)}
        self._seen: dict[str, tuple[int, int, str | None]] = {}

    def look_up(self, token: str) -> tuple[int, int, str | None]:
        """`(word id, class number, stem of a content word or None)` of a token."""
        known = self._seen.get(token)
        if known is None:
            plain = plain_token(token)
            content = stem(plain) if len(plain) > 2 and plain not in STOP and plain[0].isalpha() else None
            known = (self._ids.get(plain, _UNKNOWN), _CLASS_NUMBER[class_of(plain)], content)
            if len(self._seen) > 200_000:
                self._seen.clear()
            self._seen[token] = known
        return known


def plain_token(token: str) -> str:
    """Numbers, links and handles become one token each."""
    if token[0].isdigit():
        return "0"
    if token[0] == "@" and len(token) > 1:
        return "@"
    return "http" if token.startswith("http") and "/" in token else token


def conversation(
    turns: Sequence[SegmentedTurn | None], vocabulary: Vocabulary
) -> Iterator[tuple[str, int, int, set[int]]]:
    """`(role, turn, segment, features)` for every segment, in order.

    `turns` holds None where nothing is spoken between customer and agent.
    """
    heard: set[str] = set()
    since: set[str] = set()
    before = ""
    mood = "hears neither"
    asked_for = "nobody answered yet"
    for number, turn in enumerate(turns):
        if turn is None:
            continue
        pieces = [TOKEN.findall(turn.folded[a:b]) for a, b in turn.segments]
        looked_up = [[vocabulary.look_up(token) for token in piece] for piece in pieces]
        if turn.role == "customer":
            if before != "customer":
                since, mood = set(), "hears neither"
            mood = _mood(looked_up, mood)
            context = [_MARK["speaks again" if before == "customer" else asked_for], _size_mark(pieces)]
            since.update(content for piece in looked_up for _, _, content in piece if content is not None)
            for at, (piece, known) in enumerate(zip(pieces, looked_up, strict=True)):
                found = _runs(known, None)
                found.update(_structure(piece, known))
                found.update(_customer_marks(turn, at, piece, len(pieces)))
                found.update(context)
                yield turn.role, number, at, found
        else:
            if since:
                heard, since = since, set()
            asked_for = _asked_for(pieces)
            context = [_MARK[mood], _size_mark(pieces)]
            asked = False
            for at, (piece, known) in enumerate(zip(pieces, looked_up, strict=True)):
                found = _runs(known, heard)
                found.update(_structure(piece, known))
                found.update(_agent_marks(piece, known, at, len(pieces), heard, before))
                found.update(context)
                if asked:
                    found.add(_MARK["after a question"])
                asked = "?" in piece
                yield turn.role, number, at, found
        before = turn.role


_TROUBLED = frozenset(
    _CLASS_NUMBER[name] for name in ("SWEAR", "ANGER", "FRUST", "DISAPP", "WORRY", "SAD", "ROUGH", "FAIL", "CONFUSED")
)
_GLAD = frozenset(_CLASS_NUMBER[name] for name in ("JOY", "THANK"))
_REQUESTS = frozenset(["dm", "pm", "send", "confirm", "provide", "share", "advise", "email", "let"])


def _mood(looked_up: Sequence[Sequence[tuple[int, int, str | None]]], mood: str) -> str:
    """What the words of a customer turn speak of, trouble before delight; `mood` is that of the turns before it in the block."""
    classes = {number for piece in looked_up for _, number, _ in piece}
    if mood == "hears trouble" or classes & _TROUBLED:
        return "hears trouble"
    return "hears delight" if mood == "hears delight" or classes & _GLAD else "hears neither"


def _asked_for(pieces: Sequence[Sequence[str]]) -> str:
    """What an agent turn leaves the customer to do."""
    if any("?" in piece or (piece and piece[0] in _ASKING) for piece in pieces):
        return "answers a question"
    return "answers a request" if any(not _REQUESTS.isdisjoint(piece) for piece in pieces) else "answers a statement"


def _size_mark(pieces: Sequence[Sequence[str]]) -> int:
    size = sum(map(len, pieces))
    return _MARK[
        f"turn of {'1-3' if size < 4 else '4-7' if size < 8 else '8-15' if size < 16 else '16-30' if size < 31 else '31+'} words"
    ]


def _runs(known: Sequence[tuple[int, int, str | None]], heard: set[str] | None) -> set[int]:
    """Words and classes, alone, in pairs and in triples; echoed content words have a class of their own."""
    words = [_START, *[word for word, _, _ in known], _END]
    if heard:
        classes = [0, *[_ECHOED if content in heard else number for _, number, content in known], 1]
    else:
        classes = [0, *[number for _, number, _ in known], 1]
    found = {(WORD << _KIND) | word for word in words}
    found.update([(PAIR << _KIND) | (a << _WIDE) | b for a, b in pairwise(words)])
    found.update(
        [
            (TRIPLE << _KIND) | (a << 2 * _WIDE) | (b << _WIDE) | c
            for a, b, c in zip(words, words[1:], words[2:], strict=False)
        ]
    )
    found.update([(CLASS << _KIND) | a for a in classes])
    found.update([(CLASS_PAIR << _KIND) | (a << _NARROW) | b for a, b in pairwise(classes)])
    for a, b, c in zip(classes, classes[1:], classes[2:], strict=False):
        found.add((CLASS_TRIPLE << _KIND) | (a << 2 * _NARROW) | (b << _NARROW) | c)
        found.add((CLASS_GAP << _KIND) | (a << _NARROW) | c)
    return found


def _structure(piece: Sequence[str], known: Sequence[tuple[int, int, str | None]]) -> Iterator[int]:
    size = len(piece)
    yield (MARK << _KIND) | (
        0 if size < 3 else 1 if size < 6 else 2 if size < 10 else 3 if size < 16 else 4 if size < 28 else 5
    )
    asks = "?" in piece
    if asks:
        yield _MARK["asks"]
    at = next((n for n, t in enumerate(piece) if t not in _FILLERS and t[0].isalpha()), None)
    if at is not None:
        yield (OPENER << _KIND) | known[at][0]
        yield (OPENER_PAIR << _KIND) | (known[at][0] << _WIDE) | (known[at + 1][0] if at + 1 < size else _END)
        if piece[at] in _ASKING:
            yield _MARK["opens asking, marked" if asks else "opens asking"]
    you, me = not _YOU.isdisjoint(piece), not _I.isdisjoint(piece)
    yield _MARK["you and I" if you and me else "you" if you else "I" if me else "nobody"]
    if you:
        yield _MARK["you, asking" if asks else "you, telling"]
    if not piece or piece[-1] not in "?!.,:":
        yield _MARK["unsigned"]


def _agent_marks(
    piece: Sequence[str], known: Sequence[tuple[int, int, str | None]], at: int, size: int, heard: set[str], before: str
) -> Iterator[int]:
    content = [c for _, _, c in known if c is not None]
    echoed = len(heard.intersection(content))
    yield _MARK[f"echoes {min(echoed, 4)}"]
    if content:
        yield _MARK[f"echo share {min(4 * echoed // len(content), 3)}/4"]
    if "?" not in piece and not _YOU.isdisjoint(piece):
        yield _MARK[f"speaks of you, echoes {min(echoed, 3)}"]
        yield _MARK["you, first" if at == 0 else "you, later"]
        if _I.isdisjoint(piece):
            yield _MARK["you only"]
    yield _MARK["first" if at == 0 else "later"]
    if at == size - 1:
        yield _MARK["last"]
    if not heard:
        yield _MARK["opening"]
    if before == "agent":
        yield _MARK["goes on"]


def _customer_marks(turn: SegmentedTurn, at: int, piece: Sequence[str], size: int) -> Iterator[int]:
    start, end = turn.segments[at]
    text = turn.text[start:end]
    capitals = sum(map(str.isupper, text))
    if capitals > 5 and capitals > 0.6 * sum(map(str.isalpha, text)):
        yield _MARK["shouts"]
    exclaims = piece.count("!")
    if exclaims:
        yield _MARK[("exclaims", "exclaims twice", "exclaims more")[min(exclaims, 3) - 1]]
    if piece.count("?") > 1:
        yield _MARK["questions"]
    yield _MARK["single" if size == 1 else "first" if at == 0 else "later"]


def rule_feature(number: int) -> int:
    """The feature that says that a rubric entry's rules hit the segment; `number` is its place in the list kept with the weights."""
    return (RULE << _KIND) | number


def describe(feature: int, words: Sequence[str], rules: Sequence[str] = ()) -> str:
    """A feature in words, as explanations and the model card show it."""
    kind, low = feature >> _KIND, feature & ((1 << _KIND) - 1)

    def word(shift: int) -> str:
        return words[(low >> shift * _WIDE) & ((1 << _WIDE) - 1)]

    def name(shift: int) -> str:
        number = (low >> shift * _NARROW) & ((1 << _NARROW) - 1)
        return "ECHO" if number == _ECHOED else CLASSES[number]

    if kind == MARK:
        return f"[{MARKS[low]}]"
    if kind == RULE:
        return f"rule {rules[low]}"
    if kind in (WORD, PAIR, TRIPLE):
        return f'"{" ".join(word(s) for s in range(kind - WORD, -1, -1))}"'
    if kind in (OPENER, OPENER_PAIR):
        return f'opens "{" ".join(word(s) for s in range(kind - OPENER, -1, -1))}"'
    if kind == CLASS_GAP:
        return f"{name(1)} .. {name(0)}"
    return " ".join(name(s) for s in range(kind - CLASS, -1, -1))
