"""Regular and common irregular forms of a word, for phrases that ask for `inflect`."""

from __future__ import annotations

_IRREGULAR = {
    "be": ("be", "am", "is", "are", "was", "were", "been", "being"),
    "have": ("have", "has", "had", "having"),
    "do": ("do", "does", "did", "done", "doing"),
    "go": ("go", "goes", "went", "gone", "going"),
    "get": ("get", "gets", "got", "gotten", "getting"),
    "make": ("make", "makes", "made", "making"),
    "take": ("take", "takes", "took", "taken", "taking"),
    "give": ("give", "gives", "gave", "given", "giving"),
    "feel": ("feel", "feels", "felt", "feeling"),
    "hear": ("hear", "hears", "heard", "hearing"),
    "say": ("say", "says", "said", "saying"),
    "tell": ("tell", "tells", "told", "telling"),
    "know": ("know", "knows", "knew", "known", "knowing"),
    "think": ("think", "thinks", "thought", "thinking"),
    "see": ("see", "sees", "saw", "seen", "seeing"),
    "lose": ("lose", "loses", "lost", "losing"),
    "leave": ("leave", "leaves", "left", "leaving"),
    "pay": ("pay", "pays", "paid", "paying"),
    "break": ("break", "breaks", "broke", "broken", "breaking"),
    "send": ("send", "sends", "sent", "sending"),
    "spend": ("spend", "spends", "spent", "spending"),
    "wait": ("wait", "waits", "waited", "waiting"),
    "ring": ("ring", "rings", "rang", "rung", "ringing"),
    "keep": ("keep", "keeps", "kept", "keeping"),
    "understand": ("understand", "understands", "understood", "understanding"),
    "let": ("let", "lets", "letting"),
    "put": ("put", "puts", "putting"),
    "find": ("find", "finds", "found", "finding"),
    "bring": ("bring", "brings", "brought", "bringing"),
    "cost": ("cost", "costs", "costing"),
    "cut": ("cut", "cuts", "cutting"),
}
_FIXED = frozenset(
    [
        "a",
        "an",
        "the",
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
        "this",
        "that",
        "these",
        "those",
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
        "what",
        "how",
        "why",
        "when",
        "where",
        "who",
        "which",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "am",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "has",
        "had",
        "having",
        "does",
        "did",
        "done",
        "doing",
    ]
)
_VOWELS = "aeiou"


def forms(word: str) -> tuple[str, ...]:
    """The word and its forms, sorted; a word of a closed class, or one with signs in it, is only itself."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _FIXED or len(word) < 3 or not word.isalpha():
        return (word,)
    if word.endswith("e"):
        return (word, word + "s", word + "d", word[:-1] + "ing")
    if word.endswith("y") and word[-2] not in _VOWELS:
        return (word, word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word, word + "es", word + "ed", word + "ing")
    found = [word, word + "s", word + "ed", word + "ing"]
    if word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        found += [word + word[-1] + "ed", word + word[-1] + "ing"]
    return tuple(found)
