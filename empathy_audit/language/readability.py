"""How easily a text reads: Flesch's formula, which has no package as light as its three lines.

R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948): 206.835 - 1.015 x (words a sentence) -
84.6 x (syllables a word); 60 to 70 is plain English, below 50 is hard. Syllables are counted as groups of vowels with the usual
silent endings, which is right for about nine words in ten and wrong in both directions, so that a text's mean hardly moves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_VOWELS = re.compile(r"[aeiouy]+")
# "make", "makes", "asked": the e is not heard; in "table", "boxes" and "wanted" it is.
_SILENT = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|(?:[^aeiouysxzcg]|[^cs]h)es$|[^aeioudt]ed$")
# Two vowels that are said one after the other: "client", "carrier", "being", "create".
_APART = re.compile(r"i(?:a|o(?!n|us)|u)|ua|eo|[eou]ing|ying|(?:[nvl]|(?<!f)r)ien|[aeiou][^aeiou]+ier|creat")


def syllables(word: str) -> int:
    """How many syllables an English word has, at least 1."""
    folded = word.lower()
    groups = len(_VOWELS.findall(folded)) + len(_APART.findall(folded))
    if _SILENT.search(folded):
        groups -= 1
    return max(1, groups)


def reading_ease(sentences: Sequence[Sequence[str]]) -> float | None:
    """The figure of a text given as sentences of words, about 0..100 and higher where it is easier; None without words."""
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    spoken = sum(1 for sentence in sentences if sentence)
    return 206.835 - 1.015 * len(words) / spoken - 84.6 * sum(map(syllables, words)) / len(words)
