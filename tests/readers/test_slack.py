"""Exports of Slack workspaces."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Limits, Speakers, Unrecognised
from empathy_audit.readers.slack_text import plain

from tests.readers.build import failed, outcomes, reading

USERS = [
    {
        "id": "U1",
        "name": "dana.m",
        "real_name": "Dana Meyer",
        "profile": {"display_name": "Dana", "email": "dana@shop.example"},
    },
    {"id": "U2", "name": "lee", "profile": {"display_name": "", "real_name": "Lee Chan"}},
    {"id": "U3", "name": "helper", "is_bot": True},
    {"name": "no id"},
    5,
]


def message(ts: str, user: str | None, text: Any, **more: Any) -> dict[str, Any]:
    return {"type": "message", "ts": ts, "user": user, "text": text, **more}


def export(root: str = "", **entries: Any) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, value in {"users.json": USERS, "channels.json": [{"id": "C1", "name": "support"}], **entries}.items():
            written.writestr(root + name, value if isinstance(value, str | bytes) else json.dumps(value))
    return stream.getvalue()


FIRST = [
    message("1772446500.000100", "U2", "My parcel &amp; bill are late <@U1>", thread_ts="1772446500.000100"),
    message("1772446400.000100", "U2", "good morning"),
    message("1772446300.000100", "U2", "has joined", subtype="channel_join"),
    message(
        "1772446510.000100",
        None,
        "",
        subtype="bot_message",
        bot_id="B1",
        username="Router",
        attachments=[{"text": "Ticket 5"}, 7],
    ),
]
SECOND = [
    message("1772532900.000100", "U1", "Oh no, Lee!", thread_ts="1772446500.000100", subtype="thread_broadcast"),
    message("1772446500.000100", "U2", "My parcel &amp; bill are late <@U1>", thread_ts="1772446500.000100"),
    message("1772532910.000100", "U3", "Anything else?", thread_ts="1772446500.000100"),
]
WHOLE = {"support/2026-03-02.json": FIRST, "support/2026-03-03.json": SECOND}


# --- broken -----------------------------------------------------------------------------------------------------------


def test_an_archive_that_is_cut_off_says_so() -> None:
    whole = export(**WHOLE)
    for cut in (whole[: len(whole) // 2], whole[:-30]):
        with pytest.raises(Unrecognised, match=r"a\.zip: the zip archive is damaged or cut off"):
            reading(cut, "a.zip")
    spoilt = whole[:60] + bytes(20) + whole[80:]
    assert all("negative" not in str(o) for o in outcomes(spoilt, "a.zip"))


def test_other_archives_are_not_taken() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        written.writestr("support/2026-03-02.json", "[]")
    with pytest.raises(Unrecognised, match="a zip archive"):
        reading(stream.getvalue(), "a.zip")
    with pytest.raises(Unrecognised):
        reading(export()[:200], "a.zip")


def test_a_broken_day_is_told_and_the_others_are_read() -> None:
    content = export(**{"a/2026-03-01.json": '[{"ts": 1,]', "a/2026-03-02.json": "{}", "a/2026-03-03.json": FIRST})
    broken, no_list, *rest = outcomes(content, "s.zip")
    assert isinstance(broken, Failure)
    assert (broken.source, broken.message[:14]) == ("s.zip#/a/2026-03-01.json:1:11", "not valid JSON")
    assert no_list == Failure(
        "s.zip#/a/2026-03-02.json", "malformed", "no list; expected the messages of a day; export the workspace again"
    )
    assert len(rest) == 2


def test_an_archive_that_unpacks_to_too_much_is_refused_unread() -> None:
    content = export(**{"a/2026-03-01.json": b"[" + b" " * 4_000_000 + b"]"})
    assert len(content) < 10_000
    source, kind, message_ = failed(content, "s.zip", limits=Limits(file_bytes=100_000))
    assert (source, kind) == ("s.zip", "malformed")
    assert message_.startswith("the archive unpacks to 4,000,")
    source, _, message_ = failed(content, "s.zip", limits=Limits(file_bytes=3_000_000))
    assert (source, message_) == (
        "s.zip#/a/2026-03-01.json",
        "a file of 4,000,002 bytes in the archive; expected at most 3,000,000",
    )


def test_people_that_cannot_be_read_go_by_their_ids() -> None:
    found = reading(export(**WHOLE, **{"users.json": "nobody"}), "s.zip")
    transcripts = [t for t in found if isinstance(t, Transcript)]
    assert transcripts[1].turns[0].speaker == "U2"
    assert "people go by their ids" in found.notes[0]


@pytest.mark.parametrize(
    "odd",
    [
        5,
        None,
        {},
        {"type": "message", "ts": [], "text": {}},
        message("x", "U2", "a", thread_ts=5),
        message("1e400", "U2", None),
    ],
)
def test_messages_of_any_shape(odd: Any) -> None:
    found = outcomes(export(**{"a/2026-03-01.json": [odd, message("5.0", "U2", "hello", user_profile=7)]}), "s.zip")
    assert all(isinstance(t, Transcript) for t in found)
    assert "hello" in [t.text for f in found if isinstance(f, Transcript) for t in f.turns]


# --- whole ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["", "My Workspace export/"])
def test_threads_are_conversations_over_days_and_nothing_comes_twice(root: str) -> None:
    found = reading(export(root, **WHOLE), "s.zip", speakers=Speakers(agents=("Dana",)))
    thread, channel = sorted(found, key=lambda t: getattr(t, "id", ""), reverse=True)
    at = "#/" + root.replace(" ", "%20")
    assert thread == Transcript(
        id="support:1772446500.000100",
        turns=(
            Turn("customer", "My parcel & bill are late @Dana", "Lee Chan", "2026-03-02T10:15:00.000100+00:00", source=(f"{at}support/2026-03-02.json/0",)),
            Turn("agent", "Oh no, Lee!", "Dana", "2026-03-03T10:15:00.000100+00:00", source=(f"{at}support/2026-03-03.json/0",)),
            Turn("bot", "Anything else?", "helper", "2026-03-03T10:15:10.000100+00:00", source=(f"{at}support/2026-03-03.json/2",)),
        ),
        source=f"s.zip{at}support/2026-03-02.json/0",
        format="slack",
        channel="chat",
        started_at="2026-03-02T10:15:00.000100+00:00",
        meta={"slack_channel": "support"},
    )  # fmt: skip
    assert isinstance(channel, Transcript)
    assert [(t.role, t.speaker, t.text) for t in channel.turns] == [
        ("unknown", "Lee Chan", "good morning"),
        ("bot", "Router", "Ticket 5"),
    ]
    assert found.counts.left_out == {"joins, leaves and other events": 1}


@pytest.mark.parametrize("name", ["Dana", "Dana Meyer", "dana.m", "U1", "dana@shop.example"])
def test_a_person_is_told_by_any_name(name: str) -> None:
    found = outcomes(export(**WHOLE), "s.zip", speakers=Speakers(agents=(name,)))
    assert [[t.role for t in f.turns] for f in found if isinstance(f, Transcript) and ":" in f.id] == [
        ["customer", "agent", "bot"]
    ]


@pytest.mark.parametrize(
    "subtype", ["channel_join", "channel_leave", "file_share", "bot_add", "message_deleted", "tombstone"]
)
def test_every_other_subtype_is_an_event(subtype: str) -> None:
    found = reading(
        export(**{"a/2026-03-01.json": [message("1.0", "U2", "a", subtype=subtype), message("2.0", "U2", "b")]}),
        "s.zip",
    )
    assert [t.text for f in found if isinstance(f, Transcript) for t in f.turns] == ["b"]
    assert found.counts.left_out == {"joins, leaves and other events": 1}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<@U1|dana> <@U9>", "@dana @U9"),
        ("<https://a.example/b|the form> <https://a.example>", "the form https://a.example"),
        (
            "<#C1|support> <!here> <!subteam^S1|@desk> <mailto:a@b.example|a@b.example>",
            "#support @here @desk a@b.example",
        ),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;", "1 < 2 && 3 > 2 &lt;"),
        (None, ""),
    ],
)
def test_mark_up_becomes_plain_text(text: Any, shown: str) -> None:
    assert plain(text, {"U1": "Dana"}) == shown
