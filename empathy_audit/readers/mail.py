"""E-mail: a message as it was sent (.eml, RFC 5322), or many of them in a mailbox file (mbox, RFC 4155).

    From: Lee <lee@home.example>
    To: Support <help@shop.example>
    Date: Mon, 2 Mar 2026 10:15:00 +0000
    Message-ID: <1@home.example>
    Subject: Parcel

    My parcel never came!

Each message is a turn: its text without what it quotes (mail_reply.py, which needs the extra `email`). Messages are put
to threads by their references, or by subject between the same people, and in the order of their dates. Whoever writes
first is the customer, and who writes from the address or the company's domain that they wrote to is an agent, unless
the user tells by name, address or domain. Automatic replies and bounces are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.mail_message import Mail, read_message
from empathy_audit.readers.mail_reply import own_text, splitter
from empathy_audit.readers.mail_threads import threads
from empathy_audit.readers.sequences import in_time_order

_FIELD = re.compile(r"([!-9;-~]+):(?:[ \t]|$)")
_OWN_TO_MAIL = frozenset(
    [
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "dkim-signature",
        "x-mailer",
        "content-transfer-encoding",
    ]
)
_POSTMARK = re.compile(rb"(?:\A|(?<=\n)\r?\n)From [^\r\n]{1,300}\r?\n(?=[!-9;-~]{1,80}:)")
_QUOTED_FROM = re.compile(rb"(?m)^>(?=>*From )")
# At these, everybody is somebody else: they are no company's.
_PUBLIC = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "aol.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "proton.me",
        "protonmail.com",
        "mail.com",
        "zoho.com",
        "yandex.ru",
        "qq.com",
        "163.com",
        "t-online.de",
        "orange.fr",
    ]
)


def sniff(document: Document) -> str | None:
    """Taken for a head of mail fields such as nothing but mail has; a mailbox has `From ` above them."""
    lines = document.head.replace("\r\n", "\n").split("\n")
    start = 1 if lines[0].startswith("From ") and not lines[0].rstrip().endswith(":") else 0
    fields = set()
    for line in lines[start : start + 200]:
        found = _FIELD.match(line)
        if found:
            fields.add(found[1].casefold())
        elif not line.startswith((" ", "\t")):
            break
    own = len(fields & _OWN_TO_MAIL) + (document.source.suffix in READER.suffixes)
    if "from" not in fields or not (own > 1 or (own and {"date", "subject"} & fields)):
        return None
    return "a mailbox" if start else "the fields of an e-mail message"


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a thread."""
    splitter()  # a missing package is told once, before anything is read
    mails: list[Mail] = []
    for data, line in _messages(document.whole()):
        place = f":{line}"
        try:
            found = read_message(data, place)
        except TranscriptError as error:
            yield desk.failure(place, error.message)
            continue
        if found.automatic:
            desk.tally.leave_out("automatic replies and bounces")
        else:
            mails.append(found)
    groups = threads(mails, desk.tally)
    for group in groups:
        yield _conversation(group, desk, alone=len(groups) == 1)


def _messages(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Each message with the line (1-based) on which it begins."""
    starts = [(m.start(), m.end()) for m in _POSTMARK.finditer(data)] if data.startswith(b"From ") else []
    if not starts:
        yield data.removeprefix(b"\xef\xbb\xbf"), 1
        return
    line, counted = 1, 0
    for number, (_, begin) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(data)
        line += data.count(b"\n", counted, begin)
        counted = begin
        yield _QUOTED_FROM.sub(b"", data[begin:end]), line


def _conversation(mails: Sequence[Mail], desk: Desk, alone: bool) -> Draft:
    names = _names(mails)
    pairs = []
    for mail in mails:
        turn = Turn("unknown", own_text(mail.text), names[mail.address], mail.at, source=(mail.place,))
        pairs.append((turn, mail))
    places = {mail.place: mail for mail in mails}
    ordered = in_time_order([turn for turn, _ in pairs])
    first = places[ordered[0].source[0]]
    return Draft(
        ordered,
        id=first.id,
        line=int(mails[0].place[1:]),
        place="" if alone else mails[0].place,
        channel="email",
        started_at=ordered[0].at,
        meta={"subject": first.subject} if first.subject else {},
        likely=_likely(first, mails, names),
        aliases={
            names[m.address]: (m.address, _domain(m.address), "@" + _domain(m.address), m.name)
            for m in mails
            if m.address
        },
    )


def _names(mails: Sequence[Mail]) -> dict[str, str]:
    """What each address is called: its first name, with the address where two go by one name."""
    named: dict[str, str] = {}
    for mail in mails:
        named[mail.address] = named.get(mail.address) or mail.name
    taken = list(named.values())
    return {a: n if n and taken.count(n) == 1 else f"{n} <{a}>" if n else a or "unknown" for a, n in named.items()}


def _likely(first: Mail, mails: Sequence[Mail], names: dict[str, str]) -> dict[str, Role]:
    """The first sender is the customer; agents write from the addresses written to, or from their company's domain."""
    found: dict[str, Role] = {names[first.address]: "customer"}
    theirs = _domain(first.address)
    companies = {_domain(a) for a in first.to} - _PUBLIC - {theirs}
    for mail in mails:
        if mail.address != first.address and (mail.address in first.to or _domain(mail.address) in companies):
            found.setdefault(names[mail.address], "agent")
    return found


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


READER = Reader(
    name="email",
    about="e-mail, single messages and mailboxes (needs the extra email)",
    suffixes=(".eml", ".mbox"),
    verified="sample seen: a message that a public help desk tests with; mailboxes from the specification",
    sniff=sniff,
    read=read,
)
