"""How far what somebody says speaks for the agent or the customer, by the wordings of cue_words.py.

    "thank you for calling"  +1.8 (a formula)     "you're"    +1.5     "my"      -1.6
    "how can i help"         +1.5 (a formula)     "for you"   +2.0     "my son"  -1.4

Each cue is log-odds: positive for the agent, negative for the customer, counted once a speaker. Who says a formula of the
trade is the agent from ENOUGH on; manners alone, such as speaking of "you" rather than of "me", must weigh more (SURE).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from empathy_audit.readers.cue_words import CODE, CUSTOMERS, FORMULAS, INITIALS, MANNERS, OPENINGS

FIRST_TURNS = 6
"""So many turns of a speaker are looked at, so that the second agent of a call is heard, too."""
FIRST_CHARACTERS = 1000
"""So much of a turn is looked at."""
ENOUGH = 0.95
"""The confidence from which on a role is taken."""
SURE = 0.99
"""The confidence from which on it is taken where nobody says a formula."""
OWN = 1.0
"""An agent says at least this much that agents say: whom only the other side's words make an agent stays unknown."""


class Cue(NamedTuple):
    """A wording and the log-odds with which it speaks for the agent.

    `as_written`: capitals count. `formula`: hardly anybody but an agent says it. `by_hand`: the weight is not fitted.
    """

    weight: float
    pattern: re.Pattern[str]
    as_written: bool = False
    formula: bool = False
    by_hand: bool = False

    def stands_in(self, said: str, lowered: str) -> bool:
        """Whether it is found in what somebody said, given as it was written and in lower case."""
        return self.pattern.search(said if self.as_written else lowered) is not None


def _cue(weight: float, pattern: str, as_written: bool = False, formula: bool = False, by_hand: bool = False) -> Cue:
    return Cue(weight, re.compile(pattern, re.MULTILINE), as_written, formula, by_hand)


CUES: tuple[Cue, ...] = (
    *(_cue(weight, pattern, formula=weight > 0, by_hand=True) for weight, pattern in OPENINGS),
    *(_cue(weight, pattern, formula=True) for weight, pattern in FORMULAS),
    _cue(*INITIALS, as_written=True, formula=True),
    *(_cue(weight, pattern) for weight, pattern in MANNERS),
    *(_cue(-weight, pattern) for weight, pattern in CUSTOMERS),
    _cue(-CODE[0], CODE[1], as_written=True),
)


class Evidence(NamedTuple):
    """What a speaker's first turns say.

    Log-odds for the agent, how much of it is the agent's own wording, and whether a formula is among that.
    """

    odds: float
    own: float
    formula: bool

    def makes_agent(self, sure: float) -> bool:
        """Whether a confidence of `sure` is enough to take the speaker for the agent."""
        return self.own >= OWN and sure >= (ENOUGH if self.formula else SURE)


def found_in(texts: Sequence[str]) -> list[Cue]:
    """The cues in a speaker's turns, of which the first ones are looked at."""
    said = "\n".join(text[:FIRST_CHARACTERS].replace("’", "'") for text in texts[:FIRST_TURNS])
    lowered = said.lower()
    return [cue for cue in CUES if cue.stands_in(said, lowered)]


def heard(texts: Sequence[str]) -> Evidence:
    """The evidence in a speaker's turns."""
    found = found_in(texts)
    weights = [cue.weight for cue in found]
    # In steps of a tenth, as the weights are: sums must not depend on their order.
    odds, own = round(sum(weights), 1), round(sum(weight for weight in weights if weight > 0), 1)
    return Evidence(odds, own, any(cue.formula for cue in found))


def confidence(odds: float) -> float:
    """Log-odds as 0..1, never quite certain."""
    return min(round(1 / (1 + math.exp(-min(odds, 50.0))), 2), 0.99)
