"""Chats that WhatsApp exports as text."""

from __future__ import annotations

import io
import zipfile

import pytest
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Speakers, Unrecognised

from tests.readers.build import failed, one, reading, said

ANDROID = (
    "02/03/2026, 10:15 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
    "02/03/2026, 10:15 - Lee: My parcel never came!\n"
    "It should have been here: Monday.\n"
    "\n"
    "13/03/2026, 10:17 - Dana (Support): Oh no, Lee.\n"
)
LRM = "\u200e"


# --- broken and foreign -----------------------------------------------------------------------------------------------


def test_asked_for_without_any_head() -> None:
    assert failed("Lee: hello\n", format="whatsapp") == (
        "a.txt",
        "malformed",
        "no line begins as in a WhatsApp export; expected such as `02/03/2026, 10:15 - Name: text`; export it again",
    )


@pytest.mark.parametrize(
    "content",
    [
        "2026-03-02 10:15:00 - root: started\n2026-03-02 10:15:01 - root: stopped\n",
        "2026-03-02 10:15:00,123 - INFO - root: started\n",
        "02/03/2026, 10:15 - You were added\n",
        "02/03/2026 was a Monday: it rained\n",
        "1/2 - a: b\n",
    ],
)
def test_logs_and_notes_are_not_taken(content: str) -> None:
    with pytest.raises(Unrecognised):
        reading(content)


def test_labelled_text_with_iso_times_stays_labelled_text() -> None:
    content = "[2026-03-02 10:15:00] Agent: hello\n[2026-03-02 10:15:09] Customer: it is late\n"
    assert reading(content).format == "text"
    marked = "[2026-03-02, 10:15:00] Lee: hello\n[2026-03-02, 10:15:09] Lee: \u200eimage omitted\n"
    assert reading(marked).format == "whatsapp"


def test_dates_that_exist_in_no_order_leave_the_time_out() -> None:
    assert one("32/13/2026, 10:15 - Lee: hello\n", format="whatsapp").turns[0].at is None


# --- whole ------------------------------------------------------------------------------------------------------------


def test_a_whole_chat() -> None:
    found = reading(ANDROID, "WhatsApp Chat with Lee.txt")
    (transcript,) = found
    assert transcript == Transcript(
        id="WhatsApp Chat with Lee.txt:1",
        turns=(
            Turn(
                "customer",
                "My parcel never came!\nIt should have been here: Monday.",
                "Lee",
                "2026-03-02T10:15:00",
                source=(":2",),
            ),
            Turn("agent", "Oh no, Lee.", "Dana", "2026-03-13T10:17:00", source=(":5",)),
        ),
        source="WhatsApp Chat with Lee.txt",
        format="whatsapp",
        channel="chat",
        started_at="2026-03-02T10:15:00",
    )
    assert (found.why, found.counts.left_out) == (
        "lines that begin with date and time, as in 02/03/2026",
        {"system lines": 1},
    )


def test_the_agent_is_told() -> None:
    content = "1/3/26, 9:05 - Ann: hello\n2/3/26, 9:05 - Bo: hi\n"
    assert said(content) == [("unknown", "Ann", "hello"), ("unknown", "Bo", "hi")]
    assert said(content, speakers=Speakers(agents=("Bo",))) == [("customer", "Ann", "hello"), ("agent", "Bo", "hi")]


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ("02/03/26, 10:15 - ", "2026-03-02T10:15:00"),
        ("02/03/2026, 10:15 am - ", "2026-03-02T10:15:00"),
        ("02/03/2026 22:15 - ", "2026-03-02T22:15:00"),
        ("02.03.26, 22:15 - ", "2026-03-02T22:15:00"),
        ("02-03-26 22:15 - ", "2026-03-02T22:15:00"),
        ("02-03-26 22:15:09: ", "2026-03-02T22:15:09"),
        ("[02.03.26, 22:15:09] ", "2026-03-02T22:15:09"),
        ("[02/03/2026 22:15] ", "2026-03-02T22:15:00"),
        ("\u200e[02/03/26, 10:15:09\u202fPM] ", "2026-03-03T22:15:09"),
        ("02/03/2026, 12:15 a. m. - ", "2026-03-02T00:15:00"),
        ("02/03/2026, 10:15 p.\xa0m. - ", "2026-03-02T22:15:00"),
        ("2026/03/02, 22:15 - ", "2026-03-02T22:15:00"),
        ("2026.03.02, 22:15 - ", "2026-03-02T22:15:00"),
        ("2026-03-02, 22:15 - ", "2026-03-02T22:15:00"),
        ("2026. 03. 02. 22:15 - ", "2026-03-02T22:15:00"),
        ("2.3.2026 klo 22.15 - ", "2026-03-02T22:15:00"),
    ],
)
def test_heads(head: str, at: str) -> None:
    at = at.replace("03-03", "02-03")  # the American one
    assert [(t.at, t.text) for t in one(f"{head}Lee: a: b\n").turns] == [(at, "a: b")]


@pytest.mark.parametrize(
    ("dates", "second"),
    [
        (("01/02/2026", "13/02/2026"), "2026-02-13"),
        (("01/02/2026", "01/13/2026"), "2026-01-13"),
        (("26/01/02", "26/01/13"), "2026-01-13"),
        (("2026/02/01", "2026/13/01"), "2026-01-13"),
        (("03/01/2026", "02/02/2026"), "2026-02-02"),  # 3 January, 2 February: time runs forwards
        (("01/03/2026", "02/02/2026"), "2026-02-02"),
        (("31/12/25", "01/01/26"), "2026-01-01"),
    ],
)
def test_the_order_of_day_and_month_is_the_files(dates: tuple[str, str], second: str) -> None:
    found = reading("".join(f"{date}, 10:15 - Lee: hello\n" for date in dates))
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert transcript.turns[1].at == f"{second}T10:15:00"
    assert not [n for n in found.notes if "days from months" in n]


def test_an_order_that_the_file_does_not_tell_is_said_to_be_a_guess() -> None:
    found = reading("02/03/2026, 10:15 - Lee: hello\n")
    assert [t.turns[0].at for t in found if isinstance(t, Transcript)] == ["2026-03-02T10:15:00"]
    assert found.notes[0] == "a.txt: no date in it tells days from months; they are read as DMY, which may be wrong"
    assert one("2/3/26, 1:05 PM - Lee: hello\n").turns[0].at == "2026-02-03T13:05:00"


# --- what nobody said -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Ann created group “Returns: urgent”", "system lines"),
        ('Ann changed the subject from "A: b" to "C: d"', "system lines"),
        ("Ann left", "system lines"),
        ("Your security code with Lee changed.", "system lines"),
        ("Returns: \u200eMessages and calls are end-to-end encrypted.", "system lines"),
        ("Lee: \u200eMissed voice call", "system lines"),
        ("Lee: Missed voice call", "system lines"),
        ("Lee: Waiting for this message. This may take a while.", "system lines"),
        ("Lee: <Media omitted>", "media"),
        ("Lee: <Medien ausgeschlossen>", "media"),
        ("Lee: \u200eimage omitted", "media"),
        ("Lee: sticker omitted", "media"),
        ("Lee: \u200e<attached: 00000012-PHOTO.jpg>", "media"),
        ("Lee: \u200eIMG-20260302-WA0001.jpg (file attached)", "media"),
        ("Lee: This message was deleted", "deleted messages"),
        ("Lee: \u200eYou deleted this message.", "deleted messages"),
        ("Lee: null", "deleted messages"),
        ("Lee:", "empty turns"),
    ],
)
def test_every_marker_of_an_event_is_left_out_and_counted(line: str, reason: str) -> None:
    found = reading(f"13/03/2026, 10:15 - {line}\n13/03/2026, 10:16 - Lee: hello\n", format="whatsapp")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [t.text for t in transcript.turns] == ["hello"]
    assert found.counts.left_out == {reason: 1}


def test_words_beside_media_and_edited_messages_stay() -> None:
    content = (
        "13/03/2026, 10:15 - Lee: IMG-1.jpg (file attached)\nlook at this\n"
        "13/03/2026, 10:16 - Lee: broken \u200e<attached: 1-PHOTO.jpg>\n"
        "13/03/2026, 10:17 - Lee: really broken \u200e<This message was edited>\n"
        "13/03/2026, 10:18 - ~\u202fLee: I deleted the image you omitted\n"
    )
    assert said(content) == [
        ("unknown", "Lee", "look at this"),
        ("unknown", "Lee", "broken"),
        ("unknown", "Lee", "really broken"),
        ("unknown", "Lee", "I deleted the image you omitted"),
    ]


@pytest.mark.parametrize("noise", ["\u200e", " ", "<a ", "a.jpg (file ", "a:"])
def test_long_messages_take_no_time(noise: str) -> None:
    from time import process_time

    before = process_time()
    assert len(one(f"13/03/2026, 10:15 - Lee: x{noise * 60_000}y\n").turns) == 1
    assert process_time() - before < 5


# --- the archive ------------------------------------------------------------------------------------------------------


def archive(**entries: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        for name, text in entries.items():
            written.writestr(name, text)
    return stream.getvalue()


def test_the_archive_is_read_like_the_text_in_it() -> None:
    content = archive(**{"_chat.txt": ANDROID, "1-PHOTO.jpg": "\x00"})
    found = one(content, "chat.zip")
    assert (found.source, found.format, found.turns[1].source) == (
        "chat.zip#/_chat.txt",
        "whatsapp-zip",
        ("#/_chat.txt:5",),
    )
    assert [(t.role, t.speaker) for t in found.turns] == [("customer", "Lee"), ("agent", "Dana")]


def test_an_archive_without_a_chat() -> None:
    content = archive(**{"a.txt": ANDROID})
    with pytest.raises(Unrecognised):
        reading(content, "chat.zip")
    assert failed(content, "chat.zip", format="whatsapp-zip")[2].startswith(
        "no chat in the archive; expected _chat.txt"
    )
    assert failed(archive(**{"_chat.txt": "hello"}), "chat.zip")[0] == "chat.zip#/_chat.txt"
