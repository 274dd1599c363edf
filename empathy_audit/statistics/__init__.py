"""Audits → what a batch adds up to: groups, intervals, habits. Pure and seeded: the same audits in any order give the same figures.

`Gathering` takes audits one by one and keeps a few numbers of each; `figures` gives the values of model/figures.py. numpy is loaded
when an interval is made.
"""

from __future__ import annotations

from empathy_audit.statistics.figures import Gathering, Member, figures
from empathy_audit.statistics.trends import Trending

__all__ = ["Gathering", "Member", "Trending", "figures"]
