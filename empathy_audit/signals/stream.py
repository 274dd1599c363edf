"""A conversation as a stream of tokens, each token one integer that says all that signals ask of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from empathy_audit.language.echo import STOP, stem
from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.signals.lexicon import CLASSES, class_of

_LETTERS = r"[a-z\u00c0-\u1fff\u3040-\ud7a3]+"  # of every script, so that no name falls apart or away
TOKEN = re.compile(rf"https?://\S+|[@#]\w+|{_LETTERS}(?:'{_LETTERS})?|\d+|[^\w\s]")
UNKNOWN = 0
"""The word id of every word that training did not keep; such a word is seen by its class alone."""

# What a token is, as bits above its word and class.
YOU, ME, QUESTION, EXCLAIMS, OPENS, ASKING, CONTENT, SIGN, REQUEST, TROUBLE, GLAD, ECHO = (1 << n for n in range(12))
CLASS_SHIFT, FLAGS_SHIFT, _STEM = 19, 28, 40
WORD_MASK, CLASS_MASK = (1 << CLASS_SHIFT) - 1, (1 << (FLAGS_SHIFT - CLASS_SHIFT)) - 1
"""Where the parts of a token lie: word in the lowest bits, then class, flags, and the id of its stem."""
_CLASS_NUMBER = {name: number for number, name in enumerate(CLASSES)}
_ECHOES = ECHO << FLAGS_SHIFT
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

MARKS = (
    *(f"length {n}" for n in ("1-2", "3-5", "6-9", "10-15", "16-27", "28+")),
    *(f"echoes {n}" for n in range(5)),
    *(f"echo share {n}/4" for n in range(4)),
    *(f"speaks of you, echoes {n}" for n in range(4)),
    *("asks", "opens asking", "opens asking, marked", "you", "I", "you and I", "nobody", "you, asking", "you, telling"),
    *("you only", "unsigned", "first", "later", "last", "single", "opening", "goes on", "shouts", "exclaims"),
    *("exclaims twice", "exclaims more", "questions", "after a question"),
    *(f"turn of {n} words" for n in ("1-3", "4-7", "8-15", "16-30", "31+")),
    *("nobody answered yet", "answers a question", "answers a request", "answers a statement", "speaks again"),
    *("hears trouble", "hears delight", "hears neither"),
)
"""Names of the marks; a mark's bit is its place here, so there are at most 63."""
MARK_BIT = {name: 1 << number for number, name in enumerate(MARKS)}


class Vocabulary(dict[str, int]):
    """Token → its integer: word id, class, flags, and an id of its stem if it carries content.

    Word ids count the words that training kept from 1; every other word is 0. What was looked up is kept, up to a bound.
    """

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)
        self._ids = {word: number for number, word in enumerate(words, 1)}
        self._stems: dict[str, int] = {}

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
            content = self._stems.setdefault(stem(plain), len(self._stems) % ((1 << 22) - 1) + 1)
        known = self._ids.get(plain, UNKNOWN)
        if known == UNKNOWN and name[0] == "-" and len(name) > 1:
            name = "word"  # an unknown word may be a name, and "Emily" must be no other word than "Taylor"
        code = known | (_CLASS_NUMBER[name] << CLASS_SHIFT) | (flags << FLAGS_SHIFT) | (content << _STEM)
        self[token] = code
        return code


def plain_token(token: str) -> str:
    """Numbers, links and handles become one token each."""
    if token[0].isdigit():
        return "0"
    if token[0] == "@" and len(token) > 1:
        return "@"
    return "http" if token.startswith("http") and "/" in token else token


class Stream:
    """The spoken turns of a conversation as one row of tokens, with a stop behind each turn, and where their segments lie in it.

    `codes` are the tokens. For each segment: `starts`, `sizes` in tokens, `marks` of context, its turn's place among `turns`, and whether an
    agent speaks. For each turn: its number in the conversation, where it starts, and the place of the last turn of the other side before it,
    or -1.
    """

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.starts: list[int] = []
        self.sizes: list[int] = []
        self.marks: list[int] = []
        self.owners: list[int] = []
        self.agents: list[bool] = []
        self.turns: list[int] = []
        self.turn_starts: list[int] = []
        self.answers: list[int] = []

    def add_turn(
        self, number: int, agent: bool, pieces: Sequence[Sequence[int]], marks: Sequence[int], answers: int
    ) -> None:
        """One more turn: the tokens and marks of its segments."""
        owner = len(self.turns)
        self.turns.append(number)
        self.turn_starts.append(len(self.codes))
        self.answers.append(answers)
        for piece in pieces:
            self.starts.append(len(self.codes))
            # A segment of underscores has no token; it is given one that says nothing.
            self.codes += piece or (STOP_CODE,)
            self.sizes.append(len(piece) or 1)
        self.marks += marks
        self.owners += [owner] * len(pieces)
        self.agents += [agent] * len(pieces)
        self.codes.append(STOP_CODE)


def stream_of(turns: Sequence[SegmentedTurn | None], vocabulary: Vocabulary) -> Stream:
    """The stream of a conversation; `turns` holds None where nothing is spoken between agent and customer."""
    stream = Stream()
    heard: set[int] = set()
    since: set[int] = set()
    before, mood, asked_for = "", "hears neither", "nobody answered yet"
    last = {"agent": -1, "customer": -1}
    code = vocabulary.__getitem__
    for number, turn in enumerate(turns):
        if turn is None or not turn.segments:
            continue
        pieces = [list(map(code, TOKEN.findall(turn.folded, a, b))) for a, b in turn.segments]
        every = [reduce(or_, piece, 0) >> FLAGS_SHIFT for piece in pieces]
        size = _size_mark(sum(map(len, pieces)))
        agent = turn.role == "agent"
        if agent:
            if since:
                heard, since = since - {0}, set()
            asked_for = _asked_for(pieces, every)
            context = size | MARK_BIT[mood] | (0 if heard else MARK_BIT["opening"])
            context |= MARK_BIT["goes on"] if before == "agent" else 0
            marks = _agent_marks(every, context)
            if heard:
                pieces = [[c | _ECHOES if c >> _STEM in heard else c for c in piece] for piece in pieces]
        else:
            if before != "customer":
                since, mood = set(), "hears neither"
            since.update(c >> _STEM for piece in pieces for c in piece)
            mood = _mood(reduce(or_, every, 0), mood)
            context = size | MARK_BIT["speaks again" if before == "customer" else asked_for]
            marks = _customer_marks(turn, context)
        stream.add_turn(number, agent, pieces, marks, last["customer" if agent else "agent"])
        last[turn.role] = len(stream.turns) - 1
        before = turn.role
    return stream


def _customer_marks(turn: SegmentedTurn, context: int) -> list[int]:
    shouting = any(map(str.isupper, turn.text))
    single = len(turn.segments) == 1
    marks = [context | MARK_BIT["single" if single else "later" if at else "first"] for at in range(len(turn.segments))]
    if shouting:
        for at, (start, end) in enumerate(turn.segments):
            if _shouts(turn.text[start:end]):
                marks[at] |= MARK_BIT["shouts"]
    return marks


def _agent_marks(every: Sequence[int], context: int) -> list[int]:
    marks = [context | MARK_BIT["later" if at else "first"] for at in range(len(every))]
    marks[-1] |= MARK_BIT["last"]
    for at in range(1, len(every)):
        if every[at - 1] & QUESTION:
            marks[at] |= MARK_BIT["after a question"]
    return marks


def _shouts(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return capitals > 5 and capitals > 0.6 * sum(map(str.isalpha, text))


def _mood(flags: int, mood: str) -> str:
    """What the words of a customer turn speak of, trouble before delight; `mood` is that of the turns before it in the block."""
    if mood == "hears trouble" or flags & TROUBLE:
        return "hears trouble"
    return "hears delight" if mood == "hears delight" or flags & GLAD else "hears neither"


def _asked_for(pieces: Sequence[Sequence[int]], every: Sequence[int]) -> str:
    """What an agent turn leaves the customer to do."""
    if any(
        flags & QUESTION or (piece and (piece[0] >> FLAGS_SHIFT) & ASKING)
        for piece, flags in zip(pieces, every, strict=True)
    ):
        return "answers a question"
    return "answers a request" if any(flags & REQUEST for flags in every) else "answers a statement"


def _size_mark(size: int) -> int:
    return MARK_BIT[
        f"turn of {'1-3' if size < 4 else '4-7' if size < 8 else '8-15' if size < 16 else '16-30' if size < 31 else '31+'} words"
    ]
