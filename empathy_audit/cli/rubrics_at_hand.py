"""Finding the rubric that judged stored results, for what they do not carry: its minimum and its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from empathy_audit.errors import EmpathyAuditError
from empathy_audit.model.audit import RubricStamp

if TYPE_CHECKING:
    from empathy_audit.model.rubric import Rubric
    from empathy_audit.settings import Settings


def at_hand(stamp: RubricStamp, settings: Settings) -> Rubric | None:
    """The rubric that judged, if it is the one of the settings or a shipped one."""
    from empathy_audit import rubric

    # The id comes with the results: only if it is a shipped one is it a name, and never a path.
    for name in dict.fromkeys((settings.rubric, *(n for n in rubric.shipped() if n == stamp.id))):
        try:
            found = rubric.load(name)
        except (EmpathyAuditError, OSError):
            continue
        if found.hash == stamp.hash:
            return found
    return None
