"""Which messages belong together: by what they refer to, or by subject between the same people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timezone

from empathy_audit.readers.base import Tally
from empathy_audit.readers.mail_message import Mail
from empathy_audit.readers.times import moment

_PREFIX = re.compile(
    r"\s*(?:(?:re|aw|sv|antw|fw|fwd|wg|tr|rv|res|odp|vs|rif|ynt)(?:\[\d+\])?\s*:|\[[^\]]{1,40}\])\s*", re.I
)
LATEST_OF_SUBJECT = 200
_LATEST = datetime.max.replace(tzinfo=timezone.utc)


def threads(mails: Sequence[Mail], tally: Tally) -> list[list[Mail]]:
    """The messages by thread, threads and messages in file order; of a message that is there twice, the first."""
    once: dict[object, Mail] = {}
    for number, mail in enumerate(mails):
        if mail.id in once:
            tally.leave_out("copies of a message")
        else:
            once[mail.id or number] = mail
    above: dict[object, object] = {}

    def root(key: object) -> object:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for key, mail in once.items():
        for reference in mail.references:
            above[root(reference)] = root(key)
    _by_subject(once, above, root)
    found: dict[object, list[Mail]] = {}
    for key, mail in once.items():
        found.setdefault(root(key), []).append(mail)
    return list(found.values())


def _by_subject(once: dict[object, Mail], above: dict[object, object], root: Callable[[object], object]) -> None:
    """Join answers that refer to nothing to the latest earlier message of that subject between the same people."""
    started: dict[str, list[tuple[object, Mail]]] = {}
    for key, mail in sorted(once.items(), key=lambda item: _when(item[1])):
        subject, answers = _base(mail.subject)
        if not subject:
            continue
        if answers and not mail.references:
            for other, earlier in started.get(subject, [])[: -LATEST_OF_SUBJECT - 1 : -1]:
                if mail.address in earlier.to or earlier.address in mail.to or mail.address == earlier.address:
                    above[root(other)] = root(key)
                    break
        started.setdefault(subject, []).append((key, mail))


def _base(subject: str) -> tuple[str, bool]:
    """The subject without `Re:` and the like, and whether it had any."""
    rest = subject[:500]
    while found := _PREFIX.match(rest):
        rest = rest[found.end() :]
    return rest.strip().casefold(), rest.strip() != subject[:500].strip()


def _when(mail: Mail) -> datetime:
    return (moment(mail.at) if mail.at else None) or _LATEST
