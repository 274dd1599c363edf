"""What `empathy-audit rubric init` writes: a small rubric that extends the shipped one and shows what can change."""

from __future__ import annotations

import re

from empathy_audit.model.rubric import Place
from empathy_audit.rubric.names import KEBAB
from empathy_audit.rubric.problems import Problem, rubric_error, shown


def starter(id_: str) -> str:
    """The text of a rubric file named `id_`, which loads as it is. Raises RubricError when `id_` is no rubric name."""
    if not re.fullmatch(KEBAB, id_):
        message = (
            f"{shown(id_)} cannot name a rubric; expected lower-case letters, digits and hyphens, such as 'our-team'"
        )
        raise rubric_error([Problem(Place(), message)])
    return _TEXT.replace("RUBRIC-ID", id_)


_TEXT = """\
# A rubric of your own, on top of the shipped one. Check it and run its examples:
#   empathy-audit rubric validate RUBRIC-ID.yaml
#   empathy-audit rubric test RUBRIC-ID.yaml
# `empathy-audit rubric show` lists everything that can be changed or turned off.
rubric: RUBRIC-ID
version: 0.1.0          # raise the middle number when a change can move scores
extends: empathy
title: Our own rubric
why: What good looks like in our team.

# Word lists: <worried> below stands for any of these; `*` at the end of a word takes any ending.
# `name: [...]` replaces a list of the shipped rubric, `name+: [...]` adds to it.
words:
  worried: [worr*, nervous, on edge]

# Entries with an id of the shipped rubric change it: what is not named here stays as it is.
principles:
  - id: ownership
    weight: 2

# Entries with a new id are added. Each one proves itself: `rubric test` runs the examples.
markers:
  - id: stays-in-touch
    tag: ownership
    principle: ownership
    why: A promise with a name and a time tells the customer that nobody has to chase it.
    any:
      - phrases: ["i will call you back", "i'll call you back"]
      - regex: '\\bi(?: will|[''’]ll) (?:check|look) in (?:on|with) you\\b'
    unless: [negated, quoted]
    examples:
      hits: ["I'll call you back before five today."]
      misses: ["Our office will contact you in due course."]

cues:
  - id: says-worried
    kind: explicit
    emotion: anxiety
    intensity: 0.6
    why: A stated worry asks for an answer before any procedure.
    any:
      - phrases: ["i am <worried>", "i'm <worried>", "so <worried>"]
    unless: [negated, quoted]
    examples:
      hits: ["I'm worried it will not get here in time."]
      misses: ["My order number is 1234."]

# To turn an entry off, name its id:
# counter:
#   - id: calm-down
#     off: true
"""
