"""Reasons to drop a hit, each a small named function over the folded text around it.

The negation window follows the idea of NegEx (Chapman et al. 2001): a negator within a few words before the hit, in the same segment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple


class Around(NamedTuple):
    """What a guard may look at: the folded turn, the segment's bounds and the hit's."""

    text: str
    segment_start: int
    segment_end: int
    start: int
    end: int

    @property
    def before(self) -> str:
        """The segment up to the hit."""
        return self.text[self.segment_start : self.start]

    @property
    def after(self) -> str:
        """The turn from the end of the hit."""
        return self.text[self.end :]

    @property
    def segment(self) -> str:
        """The whole segment."""
        return self.text[self.segment_start : self.segment_end]


Guard = Callable[[Around], bool]

_NEGATOR = re.compile(
    r"(?:\bnot|n't|\bnever|\bno longer|\bhardly|\bwithout|\bnobody|\bno one|\bnothing|\bnor|\bneither|\bisnt|\bdont|\bno)(?:\s+(?!but\b|only\b|and\b)[\w']+){0,3}\s*$"
)
# "can't believe", "not only", "no wonder" deny nothing.
_FALSE_NEGATOR = re.compile(
    r"(?:can't|cannot|couldn't|can not) (?:believe|tell you|help|even|thank|say)|not (?:only|just|to mention|even)|no (?:wonder|doubt)|why (?:not|don't|can't)|nothing but|nothing (?:is|has|was|works?|happen\w*)|don't (?:know|understand)"
)
_CONDITIONAL = re.compile(
    r"\b(?:if|in case|unless|whether|should you|were you to|in the event|when(?:ever)? you(?:'re| are))\b"
)
_TURNS_BACK = re.compile(
    r"^[^.!?\n]{0,60}[,.!?;\s-]*\s*\b(?:but|however|unfortunately|nevertheless|nonetheless|that said|that being said|having said that|although)\b"
)
_OTHERS = re.compile(
    r"\b(?:he|she|they|people|everyone|everybody|some customers|other customers|others|someone|somebody|(?:my|his|her|their|our) (?:wife|husband|partner|mother|mum|mom|father|dad|son|daughter|"
    r"boss|friend|friends|neighbour|neighbor|colleague|sister|brother|kids?|children|cat|dog))(?:'s|'re)?(?:\s+(?:is|are|was|were|got|gets|felt|feels|looks?|seems?|will be|would be|has been|have been|may be|might be|can be|says?|said))?(?:\s+(?:so|really|very|quite|a bit|still|also|just|all|that))*\s*$"
)
_PAST = re.compile(
    r"\b(?:used to|years ago|months ago|back in the day|last year|when i was (?:young|a (?:kid|child))|in the past|at the time)\b"
)
_QUESTION = re.compile(
    r"\?|^(?:(?:and|so|but|or|okay|ok|right|well),? )*(?:do|does|did|can|could|would|will|have|has|are|is|was|were|may|shall|what|how|why|when|where|who|which)\b"
)


def negated(around: Around) -> bool:
    """A negator stands within three words before the hit ("not at all upset")."""
    before = around.before[-48:]
    found = _NEGATOR.search(before)
    return found is not None and not any(
        f.end() > found.start()
        for f in _FALSE_NEGATOR.finditer(around.text, around.segment_start, around.end)
        if f.start() <= around.segment_start + len(around.before)
    )


def quoted(around: Around) -> bool:
    """The hit lies between double quotes: somebody else's words, a title, a menu entry."""
    before = around.text[: around.start].count('"')
    return before % 2 == 1 and '"' in around.after


def conditional(around: Around) -> bool:
    """The hit is only supposed ("if you are unhappy")."""
    return _CONDITIONAL.search(around.before) is not None


def minimised(around: Around) -> bool:
    """What follows takes the hit back ("I understand, but ...")."""
    return _TURNS_BACK.search(around.after[:120]) is not None


def third_party(around: Around) -> bool:
    """The feeling is somebody else's ("my husband was furious")."""
    return _OTHERS.search(around.before) is not None


def past(around: Around) -> bool:
    """It is long over ("years ago I was angry about it")."""
    return _PAST.search(around.segment) is not None


def question(around: Around) -> bool:
    """The segment asks rather than says it ("are you angry?")."""
    return _QUESTION.search(around.segment) is not None


GUARDS: Mapping[str, Guard] = MappingProxyType(
    {
        "negated": negated,
        "quoted": quoted,
        "conditional": conditional,
        "minimised": minimised,
        "third-party": third_party,
        "past": past,
        "question": question,
    }
)
