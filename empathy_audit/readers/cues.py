"""How far what somebody says speaks for the agent or the customer, by formulas of the trade and of those who call.

    "thank you for calling"  +2.5     "how can i help"  +2.2     "what's your order number"  +1.2
    "i'm calling about"      -1.2     "my parcel"       -2.5     "my son"                    -2.5

Each cue is log-odds: positive for the agent, negative for the customer, counted once a speaker. They were fitted on
`training/corpus` with hidden roles (`training/roles.py` measures them there), rounded, and bounded so that no cue decides
alone; those of formulas that are rare there are set by hand. None is of any one company.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

FIRST_TURNS = 6
"""So many turns of a speaker are looked at, so that the second agent of a call is heard, too."""
FIRST_CHARACTERS = 1000
"""So much of a turn is looked at."""
ENOUGH = 0.95
"""The confidence from which on a role is taken."""
OWN = 1.0
"""An agent says at least this much that agents say: whom only the other side's words make an agent stays unknown."""

_AGENT = (
    (
        2.5,
        r"\bthank(s| you)( so much| very much)? for (calling(?! me| back)|contacting|reaching out|getting in touch"
        r"|chatting|ringing(?! me| back)|writing|messaging|your (call|message|email|patience|enquiry|inquiry))\b",
    ),
    (2.2, r"\bhow (can|may|might|could) (i|we) (help|assist|be of)\b|\bwhat can (i|we) do for you\b"),
    (
        1.6,
        r"\b(this is|my name is|my name's|you're (speaking|chatting|through) (with|to)|you are (speaking|through)"
        r" (with|to)|speaking with) \w+( \w+)? (from|with|at|in|speaking)\b|\byou're (speaking|through) to\b"
        r"|\bspeaking how\b",
    ),
    (
        1.6,
        r"\b(can|could|may|might) i (please |just )*(have|get|take|grab|ask for|confirm|check) (your|the) (\w+ ){0,3}"
        r"(number|name|address|email|postcode|zip|birth|reference|id|details)\b",
    ),
    (0.8, r"\b(can|could|may|might) i (please |just )*(have|get|take|grab|ask|confirm) (you|a|what|which|who)\b"),
    (
        1.2,
        r"\bwhat('s| is| was) (your|the) (\w+ ){0,3}(number|name|address|email|postcode|post code|zip|birth|reference"
        r"|code|id|account|username|ref|model|date)\b",
    ),
    (
        1.1,
        r"\bbear with me\b|\b(one|just a) (moment|second|sec|minute)\b|\bhold on (a|one|for)\b"
        r"|\blet me (just |quickly )*(check|look|see|pull|have a|find|bring|get|take|go)\b",
    ),
    (
        2.0,
        r"\bi('ll| will|'ve| have| can)( \w+)? (arranged?|book(ed)?|sen[dt]|refund(ed)?|put|raised?|log(ged)?"
        r"|pass(ed)?|process(ed)?|credit(ed)?|cancel(led)?|order(ed)?|check|escalated?|transfer|reset|moved?|mark"
        r"|noted?|flag(ged)?|get|got|make|hold|held) (\w+ ){0,6}your?\b",
    ),
    (1.2, r"\bsorry (to hear|for (the|any|your|that|this)|about (the|that|this|your)|you('re|'ve| have| are| had))\b"),
    (0.8, r"\banything else (i|we|you|at all|today)\b|\banything else\?|\b(happy|glad) to (help|assist)\b"),
    (
        0.5,
        r"\b(dm|message|email|pm|contact|call) us\b|\b(send|drop) us (a|an) (\w+ )?(dm|pm|message|note|email)\b"
        r"|\bvia dm\b|\bfollow us\b|\breach out to us\b|\blet us know\b",
    ),
    (
        2.0,
        r"\bthank(s| you) for (waiting|holding|letting|sharing|telling|your|bearing|bringing|confirming|being|the"
        r"|explaining|checking|trying|flagging|going|sticking|saying|coming)\b",
    ),
    (1.6, r"\bdear [a-z]+\b|\b(kind|best|warm) regards\b|\bsincerely\b"),
    (
        1.0,
        r"\b(date of birth|for security|security (question|check)|verify|verification|first line of (your|the) address"
        r"|confirm (your|the|that|a))\b|\bcalls? (is|are|may be|will be) (being )?(recorded|monitored)\b",
    ),
    (
        1.7,
        r"\b(have|did|do|are|were|can|could|would|is|when|where|which|what) your? (\w+ ){0,4}(seeing|using|getting"
        r"|tried|try|restart(ed)?|receive|received|notice|noticed|check|checked|device|model|version|phone|browser|app"
        r"|town|store|branch|order|account)\b",
    ),
    (
        0.8,
        r"\bwhich (\w+ )?(model|version|device|town|store|branch|phone|browser|app|account|order|station|hotel|route"
        r"|train|flight|size|date|day|area|one)\b",
    ),
    (
        2.2,
        r"\bi (can |could )?(completely |totally |fully |really |do )?(understand|see|hear|appreciate|imagine|get)"
        r" (that|how|why|your|you|what|it)\b|\bi can imagine\b",
    ),
    (
        2.2,
        r"\b(that|this|it) (must|sounds|would) (be|have|like|really|so|very)\b|\bit sounds (like|as)\b"
        r"|\bsounds like you\b|\bso you('re|'ve| feel| were| had| have)\b|\byou (feel|felt|sound|seem)\b",
    ),
    (1.9, r"\b(we|i)( do| sincerely| really)? apologi[sz]e\b|\b(my|our|sincere) apologies\b|\bapologies for\b"),
    (1.4, r"\b(on|at) (my|our) (screen|system|side|end|records)\b|\bthe system (says|shows|is|has)\b"),
    (1.0, r"\byou('re| are) (very |most )?welcome\b|\b(my|our) pleasure\b"),
    (
        0.9,
        r"\b(we|our team|our \w+ team|the team)('d|'ll| would| will| are| can|'re)( \w+)? (like to|love to|want to|look"
        r"|help|be|get|here|check|make|need|happy)\b",
    ),
    (
        0.6,
        r"\b(our|company) policy\b|\bour (terms|records|agents|advisors|technicians)\b|\bunfortunately (we|your|the|i)\b",
    ),
    (
        0.4,
        r"\bplease (be advised|allow|note|provide|confirm|send|share|dm|try|check|make sure|let|visit|contact|reply"
        r"|see|find|ensure|click|go)\b",
    ),
    (
        0.9,
        r"\byour (order|parcel|refund|booking|claim|reservation|appointment|flight|account|payment|ticket|case|policy"
        r"|request|application|line|call) (is|was|has|will|should|shows|went|for|on|and|in|to)\b",
    ),
    (1.1, r"\b(hi|hello|hey) there\b"),
    (
        1.9,
        r"\bgood (morning|afternoon|evening) \w+ (\w+ )?(services?|operator|enquiries|helpline|support|desk|reception"
        r"|speaking|line|care|bank|hotel|energy|team)\b|\b(services|enquiries|helpline|support|faults?|reporting"
        r"|directories|operator|reception|desk|helpdesk|bookings|reservations|claims|billing|accounts|complaints"
        r"|returns) (how|which|speaking|you're|\w+ speaking|what)\b",
    ),
)
_INITIALS = (2.5, r"\^ ?[A-Z]{1,3}\b|\^[A-Z][a-z]+\b|(?<= )[-/*][A-Z]{2}$|\*[A-Z]{2,3}\b")  # ^HB
_CUSTOMER = (
    (
        1.2,
        r"\bi('m| am|m| was)? (calling|ringing|writing|messaging|contacting you|phoning)( you| in)? (about|because"
        r"|regarding|to|as|cos)\b",
    ),
    (
        2.5,
        r"\bmy (\w+ ){0,2}(order|bill|account|card|parcel|package|internet|flight|booking|delivery|subscription|claim"
        r"|refund|phone|line|money|payment|statement|ticket|luggage|bags?|room|app|laptop|battery|wifi|broadband"
        r"|prescription|appointment|policy|rent|password|email|contract|car|seat|train|connection)\b",
    ),
    (
        1.4,
        r"\b(i('ve)?|i have|we('ve)?|we have) (just |already |now |only )?(been|ordered|bought|paid|waited|tried|called"
        r"|rung|rang|emailed|booked|returned|received|got|had|phoned|moved|purchased|cancelled|sent|asked|written"
        r"|reported)\b",
    ),
    (
        1.7,
        r"\bi('d| would)?( just| really)? (want|need|like|wanted|needed) (a|to|my|you|some|it|someone|somebody|this|the"
        r"|answers|that)\b",
    ),
    (0.4, r"\bwhy (is|did|was|have|has|am|are|do|does|would|can't|isn't|not|should|the)\b"),
    (2.5, r"(?<!\w)@\w+"),
    (
        0.5,
        r"\b(nobody|no one|no-one|ridiculous|joke|disgusting|disgrace|unacceptable|wtf|furious|fed up|livid|appalling"
        r"|shambles|useless|rubbish|terrible|awful|worst|absolute|wth|ffs|damn|pathetic)\b",
    ),
    (
        2.4,
        r"\bi('m| am|m)( just| so| really| a bit| getting| very| absolutely)? (angry|upset|worried|scared|frustrated"
        r"|frightened|confused|stuck|lost|trying|having|stressed|devastated|exhausted|desperate|tired|not happy"
        r"|disappointed|sick|struggling|pregnant|stranded|locked|looking|just)\b",
    ),
    (
        2.5,
        r"\bmy (late |elderly )?(son|daughter|wife|husband|mum|mother|mom|dad|father|kids?|baby|boss|landlord|neighbour"
        r"|partner|sister|brother|nan|gran|grandma|dog|cat|girl|boy|child|children|family|friend|granddaughter"
        r"|grandson)\b",
    ),
    (
        0.9,
        r"(?m)^(yes please|yes|yeah|yep|ok|okay|no|nope|speaking|thanks|thank you|thx|ty|right|fine|done|cheers|mm|er|um"
        r"|oh|nothing|sure|lol)\b",
    ),
    (
        1.5,
        r"\bi (still |just |really |honestly )*(haven't|never|didn't|can't|cant|havent|didnt|don't know|dont know"
        r"|couldn't|don't understand|cannot)\b",
    ),
    (
        1.3,
        r"\b(hi|hello|hey|hiya|good morning|good afternoon|good evening|morning|evening|yeah)[,. ]*( there)?[,. ]*"
        r"(er |um |yeah |yes |so )*(i|i'm|im|i've|my|could|can|is|do|we|our)\b",
    ),
)
_CODE = (2.0, r"(?m)^\W{0,3}(?=[A-Z\d\- ]*\d)[A-Z\d][A-Z\d\- ]{2,20}[.!]?$")  # an answer that is a number or a code


class Cue(NamedTuple):
    """A wording and the log-odds with which it speaks for the agent. `as_written`: capitals count."""

    weight: float
    pattern: re.Pattern[str]
    as_written: bool = False

    def stands_in(self, said: str, lowered: str) -> bool:
        """Whether it is found in what somebody said, given as it was written and in lower case."""
        return self.pattern.search(said if self.as_written else lowered) is not None


CUES: tuple[Cue, ...] = (
    *(Cue(weight, re.compile(pattern)) for weight, pattern in _AGENT),
    Cue(_INITIALS[0], re.compile(_INITIALS[1], re.MULTILINE), as_written=True),
    *(Cue(-weight, re.compile(pattern)) for weight, pattern in _CUSTOMER),
    Cue(-_CODE[0], re.compile(_CODE[1]), as_written=True),
)


class Evidence(NamedTuple):
    """What a speaker's first turns say: log-odds for the agent, and how much of it is the agent's own wording."""

    odds: float
    own: float


def found_in(texts: Sequence[str]) -> list[Cue]:
    """The cues in a speaker's turns, of which the first ones are looked at."""
    said = "\n".join(text[:FIRST_CHARACTERS].replace("’", "'") for text in texts[:FIRST_TURNS])
    lowered = said.lower()
    return [cue for cue in CUES if cue.stands_in(said, lowered)]


def heard(texts: Sequence[str]) -> Evidence:
    """The evidence in a speaker's turns."""
    weights = [cue.weight for cue in found_in(texts)]
    return Evidence(sum(weights), sum(weight for weight in weights if weight > 0))


def confidence(odds: float) -> float:
    """Log-odds as 0..1, never quite certain."""
    return min(round(1 / (1 + math.exp(-min(odds, 50.0))), 2), 0.99)
