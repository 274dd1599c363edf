"""People's names: where the words around them say so, and where a given name is capitalised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction.given_names import NEVER, given_names
from empathy_audit.redaction.spans import LETTER, Span

_WORD = re.compile(rf"(?:{LETTER}|['’](?={LETTER}{{2}})|-(?={LETTER})){{1,40}}")
_INITIAL = re.compile(rf"{LETTER}\.")
_GAP = re.compile(r" {1,2}|, (?=(?:Jr|Sr)\b)")
_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|herr|frau|monsieur|madame|señora?|signora?|rev|sgt|officer)"
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "del",
        "della",
        "la",
        "le",
        "du",
        "dos",
        "das",
        "bin",
        "binti",
        "ibn",
        "al",
        "el",
        "ter",
        "ten",
        "st",
        "o",
        "mc",
        "mac",
        "y",
        "e",
    ]
)
_BEFORE_CAPITAL = re.compile(rf" {{1,2}}(?:(?:{'|'.join(sorted(_PARTICLES))}) {{1,2}}){{0,2}}(?=[^\W\d_a-zß-öø-ÿ])")
"""What stands between a particle and the capital of the name that it belongs to."""
_MONTHS = frozenset(("april", "may", "june", "august", "january", "march"))
_MOST = 6
"""Words of a name."""

# Each of these ends where a name begins. After the plain ones any word may follow that can be a name; after the others only a capitalised one.
_PLAIN = re.compile(
    r"(?<!\w)(?:(?:my|her|his|their|the|full|first|last|sur|given|maiden|account holder'?s?|customer'?s?|cardholder'?s?|your|for) ?name(?:'s| is| was|:)(?: is)?|name:|names?'s"
    r"|(?:i am|i'm|i’m|who is|who's|he is|he's|she is|she's|is|was|agent|guy|man|woman|lady|someone|somebody|girl|person|one) (?:called|named)|call me|you can call me|under the name(?: of)?"
    r"|in the name of|(?:first|last|full|middle|sur) ?name(?: is|:|'s)?|name on (?:the )?(?:account|card|order|booking)(?: is|:))\s{1,2}[\"“'‘]?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?<!\w)(?:hi|hello|hiya|hey|heya|dear|good (?:morning|afternoon|evening|day)|welcome(?: back)?|nice to meet you|pleased to meet you|hi there|hello there|greetings)"
    rf"(?: again)?,?\s{{1,2}}(?:{_TITLES}\b\.? )?",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"(?<!\w)(?:thanks|thank you|thank you so much|thank you very much|thanks so much|many thanks|thanks a lot|thanks again|cheers|sorry|so sorry|apologies|bye|goodbye|good bye|ok|okay|yes|no|sure"
    rf"|great|perfect|lovely|of course|certainly|absolutely|alright|all right|right|well|please|sure thing|understood|i see|got it|take care|have a (?:great|nice|good|lovely) (?:day|one|evening|weekend)),?\s{{1,2}}(?:{_TITLES}\b\.? )?",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?<!\w)(?:(?:spoke|speak|speaking|spoken|talk|talked|talking|chat|chatted|chatting|connected|connect you|dealt|dealing|working|met|transferred|transfer you|passed|passed on|escalated) "
    r"(?:to|with|by|over to)(?: a| an| your| the| my)?(?: (?:colleague|agent|rep|representative|manager|supervisor|lady|man|woman|guy|advisor|adviser|person))?(?: named| called|,)?"
    r"|(?:agent|advisor|adviser|rep|representative|colleague|manager|supervisor|technician|driver|courier|engineer|operator|assistant|specialist|consultant|husband|wife|son|daughter|mother|mom"
    r"|mum|father|dad|brother|sister|partner|fianc[ée]e?|boyfriend|girlfriend|baby|aunt|uncle|auntie|grandmother|grandma|nan|granny|grandfather|grandad|grandpa|cousin|niece|nephew|neighbou?r|roommate|flatmate"
    r"|landlord|tenant|boss|friend|doctor|nurse|teacher|carer|caller|holder|cardholder|recipient|passenger|guest|patient|user|attendee|beneficiary|executor|solicitor|lawyer)s?,?(?: is| was| named| called|:)?"
    rf"|c/o|attn:?|attention:?|on behalf of|ask(?:ed)? for|signed by|regards to|belongs to|registered to|addressed to|name of|cc|{_TITLES}\.?(?: and {_TITLES}\.?)?)\s{{1,2}}[\"“]?",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"(?<!\w)(?:this is|it is|it's|it’s|i am|i'm|i’m|here is|you're (?:speaking|chatting) (?:with|to)|you are (?:speaking|chatting) (?:with|to)|you've reached|and)\s{1,2}",
    re.IGNORECASE,
)
_SELF_BEHIND = re.compile(
    r",? {0,1}(?:from|with|here|speaking|calling|at your service|and i(?:'m|’m| am|'ll|’ll| will)|in (?:the )?(?:billing|support|sales|customer|tech)|your (?:agent|advisor|adviser|assistant))\b",
    re.IGNORECASE,
)
_HERE = re.compile(
    rf"(?:(?<=^)|(?<=[\n.!?,] )|(?<=[\n]))(?=((?:{LETTER}|['’-]){{2,20}}(?: (?:{LETTER}|['’-]){{2,20}})?),? (?:here|speaking)\b(?! is| are| was| and there| on| in| at| at| to me))",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?<!\w)(?:(?:kind(?:est)?|best|warm(?:est)?|many|with) )?(?:regards|thanks|thanks again|thank you|sincerely|yours (?:sincerely|faithfully|truly)|best(?: wishes)?|cheers|love|respectfully|cordially|ta|yours|xx?|grüße|saludos)"
    r"(?: and regards| in advance| so much)?[,.!]{0,2}\s{0,2}(?:\n\s{0,4}|(?<=[,.!] )|(?<=  ))(?:[-–—~*]\s{0,2})?",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?:^|\n|[.!?)]\s{1,2})[-–—~^*]{1,2}\s{0,2}(?=[^\W\d_])")
_ENDS = re.compile(r"\s{0,3}(?:[,.!x]{0,3}\s{0,2}(?:$|\n)|[,(|/])")
_GOES_ON = re.compile(
    r"\s{0,2}(?:$|[\n,.!?;:)–—-]|\s(?:and|but|i|i'm|i’m|from|calling|here|speaking|my|the|with|on)(?!\w))",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"\s{0,2}(?:$|[\n,.!?;:)–—-])")
_SPELLED = re.compile(r"(?<!\w)(?:[a-z](?:-[a-z]){2,20}|(?-i:[A-Z])(?:[ .] ?(?-i:[A-Z])){3,20}\.?|(?-i:[A-Z]) as in \w{2,20}(?:,? (?:and )?(?-i:[A-Z]) as in \w{2,20}){0,20})(?!\w)", re.IGNORECASE)  # fmt: skip
_INITIALS = re.compile(r"(?<=\s)\^\s?(?P<it>[A-Za-z]{2,12})(?=\s{0,3}$)")
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z0-9_]{2,30}(?!\w|\.\w)")
_SURE_PREFIX = re.compile(r"(?<!\w)(?:saint|st\.?|king|queen|pope|hurricane|storm|project)\s$", re.IGNORECASE)
_FIRM = re.compile(
    r"['’]s (?=[A-Z])|s? (?:street|road|avenue|lane|hotel|bank|inc|ltd|airport|hospital|university|college|school|stadium)\b",
    re.IGNORECASE,
)


def names(text: str) -> Iterator[Span]:
    """Spans of the kind NAME that the text shows by itself; names known from elsewhere are `people.py`'s."""
    yield from (Span(start, end, "NAME") for start, end in _all(text))


def _all(text: str) -> Iterator[tuple[int, int]]:
    for cue in _PLAIN.finditer(text):
        yield from _name(text, cue.end(), any_case=True)
    for cue in _GREETING.finditer(text):
        yield from _name(text, cue.end(), listed_lower=True)
    for cue in _PERSON.finditer(text):
        yield from _name(text, cue.end(), unsure=True)
    for cue in _ADDRESSED.finditer(text):
        for start, end in _name(text, cue.end(), listed_lower=True):
            if _PAUSE.match(text, end):
                yield start, end
    for cue in _SELF.finditer(text):
        for start, end in _name(text, cue.end(), listed_lower=True):
            if _listed(text[start:end]) or _SELF_BEHIND.match(text, end):
                yield start, end
    for cue in _HERE.finditer(text):
        for start, end in _name(text, cue.end(), listed_lower=True):
            if end == cue.end(1):
                yield start, end
    for cue in (*_SIGN_OFF.finditer(text), *_DASHED.finditer(text)):
        for start, end in _name(text, cue.end(), any_case=True):
            if _ENDS.match(text, end) or end == len(text):
                yield start, end
    yield from (match.span() for match in _SPELLED.finditer(text))
    yield from (match.span("it") for match in _INITIALS.finditer(text))
    yield from (match.span() for match in _HANDLE.finditer(text))
    yield from _by_list(text)


def _by_list(text: str) -> Iterator[tuple[int, int]]:
    """Capitalised given names that are nothing else, with the surname behind them."""
    sure = given_names().sure
    for word in _WORD.finditer(text):
        first = word[0].split("-")[0].casefold()
        if first in sure and word[0][:1].isupper() and not _firm(text, word.start(), word.end()):
            yield from _name(text, word.start())


def _firm(text: str, start: int, end: int) -> bool:
    # "St. Thomas" and "Thomas Street" are places.
    return bool(_SURE_PREFIX.search(text[max(0, start - 12) : start]) or _FIRM.match(text, end))


def _name(
    text: str, at: int, *, any_case: bool = False, listed_lower: bool = False, unsure: bool = False
) -> Iterator[tuple[int, int]]:
    """The name that begins at `at`, if one does: capitalised words, initials and particles, at most six.

    `any_case` takes words in lower case too, `listed_lower` only those of the list; `unsure` takes a capitalised
    `Hope` or `Will`, but no month.
    """
    if unsure and (word := _WORD.match(text, at)) and word[0][:1].isupper() and _is_unsure(word[0]):
        any_case = True
    start = end = at
    words = 0
    while words < _MOST:
        initial = _INITIAL.match(text, at)
        if initial and text[at].isupper() and (words or _next_is_capital(text, initial.end())):
            at = initial.end()
        else:
            word = _WORD.match(text, at)
            if word is None or not _fits(word[0], text, word.end(), words, any_case, listed_lower):
                break
            at = word.end()
            if word[0].casefold() not in _PARTICLES or word[0][:1].isupper():
                end = at
        words += 1
        gap = _GAP.match(text, at)
        if gap is None:
            break
        at = gap.end()
    if end > start:
        yield start, end


def _fits(word: str, text: str, end: int, words: int, any_case: bool, listed_lower: bool) -> bool:
    folded = word.casefold()
    if folded in _PARTICLES and not word[:1].isupper():
        return _BEFORE_CAPITAL.match(text, end) is not None
    if folded in NEVER or folded.split("'")[0].split("’")[0] in NEVER:
        return words == 0 and any_case and folded in given_names().unsure and word[:1].isupper()
    if word[:1].isupper():
        return len(word) > 1 or words > 0
    if not _cased(word):
        return words == 0
    listed = folded in given_names().sure or folded in given_names().unsure
    return (any_case and (words == 0 or (words == 1 and _GOES_ON.match(text, end) is not None))) or (
        listed_lower and words == 0 and listed and folded in given_names().sure
    )


def _is_unsure(word: str) -> bool:
    folded = word.casefold()
    return folded in given_names().unsure and folded not in _MONTHS


def _next_is_capital(text: str, at: int) -> bool:
    rest = text[at : at + 3].lstrip(" ")
    return rest[:1].isupper()


def _cased(word: str) -> bool:
    return word.lower() != word.upper()


def _listed(name: str) -> bool:
    first = re.split(r"[ -]", name, maxsplit=1)[0].casefold()
    return first in given_names().sure or (first in given_names().unsure and name[:1].isupper())
