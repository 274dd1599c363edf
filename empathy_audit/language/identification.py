"""A cheap test whether a conversation is in the rubric's language.

Function words are the most frequent words of any text and differ between languages, so the share of them tells (the idea of
Grefenstette 1995, "Comparing two language identification schemes"). A script other than Latin tells at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from empathy_audit.language.text import words_of

_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        [
            "the",
            "and",
            "to",
            "of",
            "a",
            "in",
            "is",
            "you",
            "that",
            "it",
            "for",
            "i",
            "on",
            "with",
            "my",
            "your",
            "have",
            "this",
            "be",
            "are",
            "can",
            "not",
            "was",
            "but",
            "will",
            "we",
            "me",
            "please",
            "do",
            "what",
            "how",
            "no",
            "yes",
            "just",
            "it's",
            "i'm",
            "don't",
            "can't",
            "they",
            "has",
            "had",
            "or",
            "if",
            "an",
            "at",
            "so",
            "there",
            "from",
            "thanks",
            "thank",
            "ok",
            "okay",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "de",
            "que",
            "y",
            "en",
            "un",
            "una",
            "los",
            "las",
            "por",
            "con",
            "para",
            "se",
            "lo",
            "mi",
            "su",
            "es",
            "no",
            "te",
            "me",
            "está",
            "como",
            "pero",
            "más",
            "al",
            "del",
            "si",
            "esta",
            "este",
            "muy",
            "porque",
            "gracias",
            "hola",
            "tengo",
            "puede",
            "sin",
            "usted",
            "ya",
            "hay",
            "cuando",
            "todo",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "de",
            "des",
            "et",
            "en",
            "un",
            "une",
            "je",
            "vous",
            "que",
            "est",
            "pas",
            "pour",
            "dans",
            "sur",
            "avec",
            "mon",
            "votre",
            "ce",
            "il",
            "elle",
            "ne",
            "mais",
            "au",
            "du",
            "nous",
            "plus",
            "à",
            "qui",
            "c'est",
            "j'ai",
            "bonjour",
            "merci",
            "très",
            "suis",
            "être",
            "vos",
            "été",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ich",
            "ist",
            "nicht",
            "sie",
            "zu",
            "den",
            "mit",
            "ein",
            "eine",
            "auf",
            "für",
            "es",
            "von",
            "im",
            "wir",
            "mein",
            "ihr",
            "dass",
            "habe",
            "haben",
            "wie",
            "aber",
            "noch",
            "auch",
            "bei",
            "ja",
            "nein",
            "mir",
            "uns",
            "dem",
            "sind",
            "wird",
            "kann",
            "bitte",
            "danke",
        ]
    ),
    "it": frozenset(
        [
            "il",
            "lo",
            "la",
            "di",
            "che",
            "e",
            "un",
            "una",
            "per",
            "non",
            "sono",
            "mi",
            "con",
            "del",
            "della",
            "ma",
            "ho",
            "è",
            "le",
            "si",
            "come",
            "anche",
            "più",
            "questo",
            "ci",
            "grazie",
            "buongiorno",
            "molto",
            "nel",
            "alla",
            "gli",
            "da",
        ]
    ),
    "pt": frozenset(
        [
            "o",
            "a",
            "os",
            "as",
            "de",
            "que",
            "e",
            "em",
            "um",
            "uma",
            "para",
            "com",
            "não",
            "por",
            "mais",
            "meu",
            "minha",
            "do",
            "da",
            "no",
            "na",
            "se",
            "eu",
            "você",
            "está",
            "foi",
            "mas",
            "como",
            "ao",
            "obrigado",
            "olá",
            "já",
            "muito",
            "ou",
            "isso",
            "dos",
        ]
    ),
    "nl": frozenset(
        [
            "de",
            "het",
            "een",
            "en",
            "van",
            "ik",
            "is",
            "niet",
            "je",
            "dat",
            "op",
            "te",
            "zijn",
            "voor",
            "met",
            "maar",
            "er",
            "aan",
            "mijn",
            "bij",
            "heb",
            "u",
            "we",
            "dit",
            "ook",
            "nog",
            "wel",
            "naar",
            "kan",
            "hebben",
            "wat",
            "om",
            "geen",
            "uw",
        ]
    ),
}
_ENOUGH_WORDS = 12
_AT_HOME = 0.15
_SAMPLE_WORDS = 400


def is_foreign_to(language: str, declared: str | None, texts: Iterable[str]) -> bool:
    """Whether texts are declared to be, or plainly are, in another language than `language`, the rubric's."""
    code = (declared or "").replace("_", "-").split("-", 1)[0].lower()
    # Only two-letter codes are compared: "und", "eng" or "English" say too little, and the words decide.
    if len(code) == 2 and code.isalpha() and code != language.split("-", 1)[0].lower():
        return True
    return seems_foreign(texts, language)


def seems_foreign(texts: Iterable[str], language: str) -> bool:
    """Whether the texts are plainly in another language than `language` (its two-letter code).

    Below 12 words, or for a language without a list here, the answer is False: too little to tell is never a verdict.
    """
    own = _FUNCTION_WORDS.get(language.split("-", 1)[0].lower())
    if own is None:
        return False
    words: list[str] = []
    sample: list[str] = []
    for text in texts:
        sample.append(text)
        words += words_of(text)
        if len(words) >= _SAMPLE_WORDS:
            break
    if not all(map(str.isascii, sample)) and _strange_script(sample):
        return True
    if len(words) < _ENOUGH_WORDS:
        return False
    mine = sum(map(own.__contains__, words)) / len(words)
    # Nearly every conversation is in the rubric's language, and then the others need no count.
    if mine >= _AT_HOME:
        return False
    others = max(sum(map(known.__contains__, words)) for known in _FUNCTION_WORDS.values()) / len(words)
    return others > max(2 * mine, 0.12)


def _strange_script(texts: Iterable[str]) -> bool:
    """Whether most letters are of no Latin alphabet."""
    letters = strange = 0
    for text in texts:
        letters += sum(map(str.isalpha, text))
        if not text.isascii():
            strange += sum(char.isalpha() and ord(char) > 0x24F for char in text)
    return letters >= _ENOUGH_WORDS and strange > letters / 2
