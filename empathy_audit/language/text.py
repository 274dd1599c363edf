"""Folding, words and segments of one turn. Every function keeps code-point offsets, so that evidence slices back to the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Typographic signs that people and platforms use for the same thing; each maps to one character, so offsets stay.
_SIGNS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "…": ".",
    }
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# An ASCII letter in lower case, a digit or an apostrophe as it is, a space for all else.
_PLAIN = bytes(code if chr(code).isalnum() or chr(code) == "'" else 32 for code in range(128)).lower().ljust(256)
_WHITE = re.compile(r"\S+")

# A clause that starts here does something of its own, even where speech recognition printed no sign before it.
_AUXILIARY = r"(?:can|could|would|will|shall|should|may|might|do|does|did|have|has|had|don't|doesn't|didn't|haven't|hasn't|won't|can't|couldn't|wouldn't)"
_SUBJECT = r"(?:i|you|we|they|it|he|she|that|this|there|your|the|my|anyone|somebody|someone|those|these)"
# Inverted order always opens a clause; "the problem is that" does not, hence the shorter list of subjects after be.
_INVERTED = rf"(?:{_AUXILIARY}\s+{_SUBJECT}|(?:are|were)\s+(?:you|we|they|there)|(?:is|was)\s+(?:it|there|this|that\s+(?:right|correct|okay|ok|alright)))\b"
_ASKING = rf"(?:what|how|why|when|where|who|which)(?:'s|'re|'d)?\s+(?:{_AUXILIARY}|is|are|was|were|about|come|long|many|much|often|kind|sort|time|exactly|else|made|makes|happened)\b|what's\b|how's\b|where's\b"
_OPENING = (
    r"(?:i'm|i am|we're|we are)\s+(?:so |really |very |terribly |truly |just |ever so )*sorry|(?:my|our)\s+apologies|i\s+(?:do\s+)?apologi[sz]e|"
    r"i\s+(?:can|do|could|completely|totally|fully|really)?\s*(?:understand|appreciate|see|hear|imagine)\b|"
    r"(?:that|it)\s+(?:must|sounds)\b|sounds\s+like|thank\s+you|thanks\b|let\s+me\b|let's\b|please\s+\w|bear\s+with\b|tell\s+me\b|"
    r"i'll\b|i\s+will\b|we'll\b|we\s+will\b|i've\b|what\s+i\s+can|so\s+(?:you|what|how|it|that|the|i|we|basically|just)\b"
)
# Signs end a sentence; an abbreviation, a decimal or an initial does not ("e.g. ", "3.5", "J. Smith").
_END = re.compile(
    r"(?:(?<!\be\.g)(?<!\bi\.e)(?<!\b[md]r)(?<!\bmrs)(?<!\bms)(?<!\bst)[.]+|[!?]+)[)\"'”’\]]*(?=\s|$)|[\n\r]+|;\s|\.{3,}|…"
)
_DASH = re.compile(r"\s+[-–—]+\s+")
# Every end holds one of these; to look for them first is several times faster than to try all of the above at every letter.
_SIGN = re.compile(r"[.!?\n\r;…\-–—]")
_AFTER_COMMA = rf",\s+(?:and\s+|but\s+|so\s+|then\s+|or\s+)?(?=(?:{_INVERTED}|{_ASKING}|{_OPENING}))"
# A comma to begin with is looked for at once; where nothing else can divide, all other places need not be tried.
_COMMA = re.compile(_AFTER_COMMA)
_COMMA_OR_BUT = re.compile(
    rf"{_AFTER_COMMA}|,\s+(?=but\b|however\b)|\s+(?=but\s+(?:i|you|we|they|it|that|the|our|there)\b|however\b)"
)
_BARE = re.compile(
    rf"\s+(?:(?P<inverted>(?={_INVERTED}))|(?=(?:(?:and|but|or|okay|ok|right|alright|well)\s+)?(?:{_INVERTED}|{_ASKING}|{_OPENING})|(?:okay|alright)\s+(?:so|and|then)\b))"
)
# So few characters are left whole.
_BRIEF = 24
_WH = re.compile(r"\b(?:what|which|how|who|where|when|why|if|whether)\b[^,.]{0,32}$")
# Behind these "do it" is a verb with its object, no question ("you could do it by card").
_BEFORE_VERB = frozenset(
    [
        "to",
        "could",
        "can",
        "would",
        "will",
        "should",
        "might",
        "may",
        "must",
        "i'll",
        "you'll",
        "we'll",
        "they'll",
        "i'd",
        "you'd",
        "we'd",
        "they'd",
        "don't",
        "didn't",
        "can't",
        "couldn't",
        "won't",
        "gonna",
        "wanna",
    ]
)
# Words that take the clause after them along: "tell me what happened" is one segment.
_TAKES = frozenset(
    [
        "know",
        "tell",
        "me",
        "see",
        "understand",
        "explain",
        "about",
        "of",
        "is",
        "that's",
        "if",
        "and",
        "or",
        "but",
        "so",
        "sure",
        "whether",
        "exactly",
        "reason",
        "reasons",
        "wonder",
        "wondering",
        "ask",
        "asked",
        "say",
        "said",
        "saying",
        "show",
        "us",
        "remember",
        "imagine",
        "what",
        "how",
        "why",
        "when",
        "where",
        "who",
        "which",
        "that",
        "think",
        "thought",
        "because",
        "for",
        "to",
        "with",
        "was",
        "are",
        "be",
        "just",
        "sorry",
        "let",
        "matter",
        "on",
        "in",
        "by",
        "from",
        "than",
        "as",
        "like",
        "the",
        "a",
        "an",
        "my",
        "your",
        "our",
        "well",
        "okay",
        "ok",
        "right",
        "alright",
        "then",
        "not",
        "really",
        "do",
        "did",
        "does",
        "can",
        "could",
        "would",
        "will",
        "you",
        "i",
        "we",
        "they",
        "it",
        "he",
        "she",
        "please",
        "also",
        "never",
        "always",
        "only",
        "even",
        "yes",
        "no",
        "hi",
        "hello",
        "hey",
        "describe",
        "appreciate",
        "hear",
        "guess",
        "believe",
        "hope",
        "feel",
        "found",
        "find",
        "out",
        "into",
        "at",
        "after",
        "before",
        "until",
        "while",
    ]
)


def fold(text: str) -> str:
    """Lower case with plain quotes and spaces, the same length as `text`, so that offsets hold in both."""
    if text.isascii():
        return text.lower()
    folded = text.translate(_SIGNS).lower()
    if len(folded) == len(text):
        return folded
    # A few letters grow when lowered (İ); those stay as they are.
    return "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_SIGNS))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, as WORD finds them; several times as quick where the text is ASCII without quotes."""
    if text.isascii():
        plain = text.encode("ascii").translate(_PLAIN).decode("ascii")
        # An apostrophe belongs to a word only between letters; elsewhere it is a quote.
        if "'" not in plain or not any(quote in f" {plain} " for quote in (" '", "' ", "''")):
            return plain.split()
    return WORD.findall(fold(text))


def count_words(text: str) -> int:
    """Words as a reader would count them: runs between white space."""
    return len(text.split())


def segments(folded: str) -> tuple[tuple[int, int], ...]:
    """Where a folded turn divides into parts that do one thing each, as `(start, end)` without surrounding white space.

    Signs divide first; a comma divides before a clause that opens anew; a stretch without signs divides before the openings of
    questions, apologies, thanks, acknowledgements and promises, unless the word before takes the clause along.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(folded):
        _clauses(folded, start, end, spans)
        start = end
    if start < len(folded):
        _clauses(folded, start, len(folded), spans)
    return tuple(spans)


def _ends(folded: str) -> Iterator[int]:
    """Behind each place where signs end a part."""
    done = 0
    for sign in _SIGN.finditer(folded):
        at = sign.start()
        if at < done:
            continue
        end = None
        if folded[at] in "-–—\n\r":
            space = at
            while space > done and folded[space - 1].isspace():
                space -= 1
            end = _DASH.match(folded, space) if space < at else None
        end = end or _END.match(folded, at)
        if end is not None:
            done = end.end()
            yield done


def _clauses(folded: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    if end - start <= _BRIEF:
        _trim(folded, start, end, spans)
        return
    if folded.find("but", start, end) >= 0 or folded.find("however", start, end) >= 0:
        cuts = _COMMA_OR_BUT.finditer(folded, start, end)
    elif folded.find(",", start, end) >= 0:
        cuts = _COMMA.finditer(folded, start, end)
    else:
        _speech(folded, start, end, spans)
        return
    for cut in cuts:
        if cut.start() - start >= 4:
            _speech(folded, start, cut.start(), spans)
            start = cut.end() if folded[cut.start()] == "," else cut.start()
    _speech(folded, start, end, spans)


def _speech(folded: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Divide a stretch without signs; short ones, and sentences whose end is marked, are left whole."""
    if end - start > 40 and folded[end - 1] not in ".?!":
        for cut in _BARE.finditer(folded, start, end):
            # A bounded look back: an endless stretch without signs must not cost its square.
            before = folded[max(start, cut.start() - 80) : cut.start()].strip()
            last = before.rsplit(None, 1)[-1].strip(",") if before else ""
            if cut["inverted"] is not None:
                opens = last not in _BEFORE_VERB and _WH.search(before) is None
            else:
                opens = bool(before) and last not in _TAKES
            if opens and before.count(" ") >= 2:
                _trim(folded, start, cut.start(), spans)
                start = cut.start()
    _trim(folded, start, end, spans)


def _trim(folded: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and folded[start].isspace():
        start += 1
    if start < end and folded[start].isalnum() and (folded[end - 1] in ".?!" or folded[end - 1].isalnum()):
        spans.append((start, end))  # nearly all are of this kind
        return
    piece = folded[start:end]
    stripped = piece.strip().strip("-–—;,").strip()
    if any(map(str.isalnum, stripped)):
        start += piece.index(stripped)
        spans.append((start, start + len(stripped)))
    elif stripped and spans:
        # Signs without words ("!!", an emoji) belong to what they follow.
        spans[-1] = (spans[-1][0], start + piece.index(stripped) + len(stripped))
    elif stripped:
        start += piece.index(stripped)
        spans.append((start, start + len(stripped)))
