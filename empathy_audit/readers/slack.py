"""A Slack workspace as Slack exports it: a zip archive with a folder a channel and a file a day.

    users.json                  [{"id": "U1", "name": "dana", "profile": {"display_name": "Dana"}, "is_bot": false}]
    channels.json               [{"id": "C1", "name": "support"}]
    support/2026-03-02.json     [{"type": "message", "user": "U2", "text": "My parcel &amp; bill are late <@U1>",
                                  "ts": "1772446500.000100", "thread_ts": "1772446500.000100"}]

Defined by Slack's help pages and developer documentation. A conversation is a thread; what stands in no thread is one
conversation a channel, a direct message all of it. `ts` is a message's time and its id: none comes twice. Joins, leaves
and other subtypes are left out and counted. Messages of apps and bots have the role bot. Who the agents are must be
told, by any of a person's names, by id or by e-mail address.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers import archives
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import complaint, parse
from empathy_audit.readers.slack_text import plain
from empathy_audit.readers.times import from_epoch

_DAY = re.compile(r"(?P<root>(?:[^/]+/)?)(?P<channel>[^/]+)/(?P<day>\d{4}-\d\d-\d\d)\.json")
_USERS = ("users.json", "org_users.json")
_LISTS = ("channels.json", "groups.json", "dms.json", "mpims.json")
# `/me`, and a reply that was shown to the channel as well, are said by somebody.
_SAID = (None, "", "thread_broadcast", "me_message", "bot_message")


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    bot: bool
    aliases: tuple[str, ...]


@dataclass(slots=True)
class _Thread:
    """Messages of one conversation, each with its place."""

    id: str
    channel: str
    messages: list[tuple[float, Mapping[str, Any], str]] = field(default_factory=list)


def sniff(document: Document) -> str | None:
    """Taken for a zip archive with the people of a workspace and a folder with a file a day."""
    names = archives.names(document)
    days = [found for name in names if (found := _DAY.fullmatch(name))]
    known = any(d["root"] + name in names for d in days for name in (*_USERS, *_LISTS))
    return "a zip archive with users and days of channels" if known else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a thread, channel after channel."""
    with archives.opened(document) as archive:
        days = sorted(name for name in archive.namelist() if _DAY.fullmatch(name))
        if not days:
            yield desk.failure("", "no days of channels in the archive; expected an export of a Slack workspace")
            return
        root = next(d["root"] for name in days if (d := _DAY.fullmatch(name)))
        people = _people(archive, root, document, desk)
        channels: dict[str, list[str]] = {}
        for name in days:
            channels.setdefault(name.rpartition("/")[0], []).append(name)
        for folder, names in channels.items():
            threads: dict[str, _Thread] = {}
            seen: set[str] = set()
            for name in names:
                try:
                    _sort(_list(archive, name, document), name, folder.removeprefix(root), threads, seen)
                except TranscriptError as error:
                    yield Failure(error.place, "malformed", error.message)
            for thread in threads.values():
                draft = _conversation(thread, people, desk)
                if draft.turns:
                    yield draft
                else:
                    desk.tally.leave_out("threads in which nobody speaks")


def _list(archive: zipfile.ZipFile, name: str, document: Document) -> list[Any]:
    """The JSON list in an entry. TranscriptError where there is none."""
    place = f"{document.source.name}#/{name.replace(' ', '%20')}"
    try:
        value = parse(archives.content(archive, name, document).decode("utf-8-sig", "replace"))
    except ValueError as error:
        found = complaint(error, place)
        raise TranscriptError(found.message, found.source) from error
    if not isinstance(value, list):
        raise TranscriptError("no list; expected the messages of a day; export the workspace again", place)
    return value


def _people(archive: zipfile.ZipFile, root: str, document: Document, desk: Desk) -> dict[str, _Person]:
    found: dict[str, _Person] = {}
    for entry in (root + name for name in _USERS if root + name in archive.namelist()):
        try:
            users = _list(archive, entry, document)
        except TranscriptError as error:
            desk.tally.note(f"{error.place}: {error.message}; people go by their ids")
            continue
        for user in users:
            if isinstance(user, dict) and isinstance(user.get("id"), str):
                found.setdefault(user["id"], _person(user))
    return found


def _object(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _person(user: Mapping[str, Any]) -> _Person:
    profile = _object(user, "profile")
    names = [
        profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"), user["id"],
    ]  # fmt: skip
    known = [n.strip() for n in (*names, profile.get("email")) if isinstance(n, str) and n.strip()]
    return _Person(known[0], user.get("is_bot") is True or user["id"] == "USLACKBOT", tuple(dict.fromkeys(known)))


def _sort(messages: list[Any], name: str, channel: str, threads: dict[str, _Thread], seen: set[str]) -> None:
    """Put the messages of a day to their threads; `seen` holds the ids of the channel."""
    for number, message in enumerate(messages):
        if not isinstance(message, dict):
            continue
        ts = str(message.get("ts") or "")
        if ts and ts in seen:
            continue
        seen.add(ts)
        root = message.get("thread_ts")
        id_ = f"{channel}:{root}" if isinstance(root, str) and root else channel
        place = f"#/{name.replace(' ', '%20')}/{number}"
        threads.setdefault(id_, _Thread(id_, channel)).messages.append((_seconds(ts), message, place))


def _seconds(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        return 0.0


def _conversation(thread: _Thread, people: Mapping[str, _Person], desk: Desk) -> Draft:
    thread.messages.sort(key=lambda m: m[0])
    names = {id_: person.name for id_, person in people.items()}
    turns, aliases = [], {}
    for seconds, message, place in thread.messages:
        if message.get("subtype") not in _SAID or message.get("hidden") is True:
            desk.tally.leave_out("joins, leaves and other events")
            continue
        text = _text(message, names)
        if not text.strip():
            desk.tally.leave_out("messages without text")
            continue
        role, name, known = _speaker(message, people)
        if name and known:
            aliases[name] = known
        turns.append(Turn(role, text, name, from_epoch(seconds) if seconds else None, source=(place,)))
    return Draft(
        turns,
        id=thread.id,
        place=thread.messages[0][2],
        channel="chat",
        started_at=next((t.at for t in turns if t.at), None),
        meta={"slack_channel": thread.channel},
        aliases=aliases,
    )


def _text(message: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What is said; apps often put it into attachments alone."""
    text = plain(message.get("text"), names)
    attached = message.get("attachments")
    if text.strip() or not isinstance(attached, list):
        return text
    parts = (plain(a.get("text") or a.get("fallback"), names) for a in attached if isinstance(a, dict))
    return "\n".join(filter(None, parts))


def _speaker(message: Mapping[str, Any], people: Mapping[str, _Person]) -> tuple[Role, str | None, tuple[str, ...]]:
    """Role, name, and the names by which the user may tell who it is."""
    user = message.get("user")
    person = people.get(user) if isinstance(user, str) else None
    given = [message.get("username"), _object(message, "bot_profile").get("name")]
    own = _object(message, "user_profile")
    names = [person.name if person else None, *given, own.get("display_name"), own.get("real_name"), user]
    name = next((n for n in names if isinstance(n, str) and n.strip()), None)
    bot = bool(message.get("bot_id")) or message.get("subtype") == "bot_message" or bool(person and person.bot)
    return "bot" if bot else "unknown", name, person.aliases if person else ()


READER = Reader(
    name="slack",
    about="exports of Slack workspaces, zip archives; each thread is a conversation",
    suffixes=(".zip",),
    verified="sample seen: an export that a public viewer tests with; threads from Slack's documentation",
    sniff=sniff,
    read=read,
    binary=True,
)
