"""E-mail messages and mailboxes."""

from __future__ import annotations

import contextlib
import sys

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Speakers, Unrecognised

from tests.readers.build import failed, one, outcomes, reading, said

try:
    import mailparser_reply  # noqa: F401
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True
needs_package = pytest.mark.skipif(not INSTALLED, reason="needs the extra email")

Fields = dict[str, str]


def mail(body: str = "My parcel never came!", **fields: str | None) -> str:
    given = {
        "From": "Lee Chan <lee@home.example>",
        "To": "Support <help@shop.example>",
        "Date": "Mon, 2 Mar 2026 10:15:00 +0000",
        "Message_ID": "<1@home.example>",
        "Subject": "Parcel",
        "MIME_Version": "1.0",
        **fields,
    }
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in given.items() if value is not None)
    return f"{head}\n{body}\n"


ANSWER = mail(
    "Oh no, Lee!\n\nOn Mon, 2 Mar 2026 at 10:15, Lee Chan\n<lee@home.example> wrote:\n\n> My parcel never came!\n",
    From="Dana <dana@shop.example>",
    To="lee@home.example",
    Date="Mon, 2 Mar 2026 12:00:00 +0100",
    Message_ID="<2@shop.example>",
    Subject="Re: Parcel",
    In_Reply_To="<1@home.example>",
    References="<1@home.example>",
)


def mailbox(*mails: str) -> str:
    return "".join(f"From lee@home.example Mon Mar  2 10:15:00 2026\n{m}\n" for m in mails)


# --- broken and foreign -----------------------------------------------------------------------------------------------


def test_without_the_package_one_file_fails_and_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from empathy_audit.readers.mail_reply import splitter

    splitter.cache_clear()
    monkeypatch.setitem(sys.modules, "mailparser_reply", None)
    assert failed(mail(), "a.eml") == (
        "a.eml",
        "missing-package",
        "reading e-mail needs the package mail-parser-reply; install it with: pip install 'empathy-audit[email]'",
    )
    splitter.cache_clear()


@pytest.mark.parametrize(
    "content",
    [
        "From: Lee\nTo: Dana\n\nhello\n",
        "Subject: a\nMIME-Version: 1.0\n\nhello\n",
        "From the start\nMessage-ID: <a@b>\n",
        "Date: 2026-03-02\nAgent: hello there\nCustomer: it is late\n",
    ],
)
def test_what_only_looks_like_mail_is_not_taken(content: str) -> None:
    with contextlib.suppress(Unrecognised):
        assert reading(content).format != "email"


@needs_package
def test_a_message_without_a_sender_is_a_failure_and_the_others_are_read() -> None:
    box = mailbox(mail(From=None), mail())
    failure, transcript = outcomes(box, "a.mbox", format="email")
    assert failure == Failure("a.mbox:2", "malformed", "the message has no sender; expected a field From")
    assert isinstance(transcript, Transcript)
    assert failed("hello\n", "a.eml", format="email")[2] == (
        "no fields such as From and Date at the beginning; expected an e-mail message"
    )


@needs_package
@pytest.mark.parametrize(
    "changes",
    [
        {"Date": "yesterday"},
        {"Date": None},
        {"Message_ID": "none"},
        {"From": "<<<>>>@@ lee@home.example"},
        {"From": "=?utf-9?q?Lee?= <lee@home.example>"},
        {"Subject": "=?utf-8?b?!!!?="},
        {"Content_Type": "text/plain; charset=klingon"},
        {"Content_Type": "multipart/mixed"},
        {"Content_Type": "nonsense"},
        {"Content_Transfer_Encoding": "base64"},
        {"References": "<a> " * 5000},
        {"To": "(" * 3000},
    ],
)
def test_fields_of_any_shape(changes: Fields) -> None:
    (found,) = outcomes(mail(**changes), "a.eml", format="email")
    if isinstance(found, Failure):
        assert found.message == "the conversation has no turns; expected at least one; check the export"
    else:
        assert (found.turns[0].role, len(found.turns)) == ("customer", 1)


# --- whole ------------------------------------------------------------------------------------------------------------


@needs_package
def test_a_thread_of_a_mailbox() -> None:
    other = mail("Another thing.", Message_ID="<9@x.example>", Subject="Bill", From="kim@x.example")
    box = mailbox(ANSWER, other, mail("From here:\n>From there\n"))
    found = reading(box, "a.mbox")
    thread, alone = found
    assert [box.splitlines()[line - 1][:9] for line in (2, 30)] == ["From: Dan", "From: Lee"]
    assert thread == Transcript(
        id="1@home.example",
        turns=(
            Turn("customer", "From here:\nFrom there", "Lee Chan", "2026-03-02T10:15:00+00:00", source=(":30",)),
            Turn("agent", "Oh no, Lee!", "Dana", "2026-03-02T12:00:00+01:00", source=(":2",)),
        ),
        source="a.mbox:2",
        format="email",
        channel="email",
        started_at="2026-03-02T10:15:00+00:00",
        meta={"subject": "Parcel"},
    )
    assert isinstance(alone, Transcript)
    assert [(t.role, t.speaker, t.text) for t in alone.turns] == [("customer", "kim@x.example", "Another thing.")]
    assert (found.why, found.counts.left_out, found.counts.roles) == ("a mailbox", {}, {"order": 3})


@needs_package
def test_one_message() -> None:
    found = one(mail(), "a.eml")
    assert (found.id, found.source, found.turns[0].source) == ("1@home.example", "a.eml", (":1",))
    assert said(mail().replace("\n", "\r\n"), "a.eml") == [("customer", "Lee Chan", "My parcel never came!")]


@needs_package
@pytest.mark.parametrize(
    ("told", "roles"),
    [
        (Speakers(), ["customer", "agent"]),
        (Speakers(agents=("lee@home.example",)), ["agent", "customer"]),
        (Speakers(agents=("home.example",)), ["agent", "customer"]),
        (Speakers(agents=("@home.example",)), ["agent", "customer"]),
        (Speakers(agents=("Lee Chan",)), ["agent", "customer"]),
        (Speakers(customers=("dana@shop.example",)), ["agent", "customer"]),
    ],
)
def test_roles_by_address_unless_told(told: Speakers, roles: list[str]) -> None:
    assert [r for r, _, _ in said(mailbox(mail(), ANSWER), "a.mbox", speakers=told)] == roles


@needs_package
def test_several_agents_and_somebody_else() -> None:
    second = mail("I am on it.", From="Ravi <ravi@shop.example>", Message_ID="<3@x>", References="<1@home.example>", Date="Mon, 2 Mar 2026 13:00:00 +0000")  # fmt: skip
    third = mail("Same here!", From="Sam <sam@gmail.com>", Message_ID="<4@x>", References="<1@home.example>", Date="Mon, 2 Mar 2026 14:00:00 +0000")  # fmt: skip
    assert [(r, s) for r, s, _ in said(mailbox(mail(), ANSWER, second, third), "a.mbox")] == [
        ("customer", "Lee Chan"),
        ("agent", "Dana"),
        ("agent", "Ravi"),
        ("unknown", "Sam"),
    ]


@needs_package
def test_two_people_of_one_name_are_told_apart() -> None:
    answer = ANSWER.replace("Dana <", "Lee Chan <")
    assert [s for _, s, _ in said(mailbox(mail(), answer), "a.mbox")] == [
        "Lee Chan <lee@home.example>",
        "Lee Chan <dana@shop.example>",
    ]


@needs_package
def test_answers_without_references_join_by_subject_and_people() -> None:
    plain = mail("Oh no!", From="help@shop.example", To="lee@home.example", Message_ID="<5@x>", Subject="AW: [Shop] Re: Parcel", Date="Mon, 2 Mar 2026 13:00:00 +0000")  # fmt: skip
    stranger = mail("Me too", From="kim@x.example", To="kim@y.example", Message_ID="<6@x>", Subject="Re: Parcel", Date="Mon, 2 Mar 2026 14:00:00 +0000")  # fmt: skip
    assert [
        len(t.turns) for t in outcomes(mailbox(mail(), plain, stranger), "a.mbox") if isinstance(t, Transcript)
    ] == [2, 1]


@needs_package
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatic replies and bounces"),
        ({"Precedence": "auto_reply"}, "automatic replies and bounces"),
        ({"X_Autoreply": "yes"}, "automatic replies and bounces"),
        ({"Return_Path": "<>"}, "automatic replies and bounces"),
        ({"From": "Mail Delivery <MAILER-DAEMON@home.example>"}, "automatic replies and bounces"),
        ({"Content_Type": "multipart/report; report-type=delivery-status"}, "automatic replies and bounces"),
        ({"Message_ID": "<1@home.example>"}, "copies of a message"),
    ],
)
def test_every_marker_of_an_event_is_left_out_and_counted(changes: Fields, reason: str) -> None:
    event = mail("I am away.", **{"Message_ID": "<7@x>", "References": "<1@home.example>", **changes})
    found = reading(mailbox(mail(), event), "a.mbox")
    assert [t.text for f in found if isinstance(f, Transcript) for t in f.turns] == ["My parcel never came!"]
    assert found.counts.left_out == {reason: 1}


@needs_package
def test_what_a_help_desk_generates_is_said_by_its_agents() -> None:
    content = mailbox(mail(), ANSWER.replace("\nSubject", "\nAuto-Submitted: auto-generated\nSubject"))
    assert [r for r, _, _ in said(content, "a.mbox")] == ["customer", "agent"]


# --- bodies -----------------------------------------------------------------------------------------------------------


@needs_package
def test_html_alone_becomes_text() -> None:
    html = "<div>It is <b>late</b>&hellip;<br>Help!</div><blockquote class='gmail_quote'>Hello</blockquote>"
    assert said(mail(html, Content_Type="text/html; charset=utf-8"), "a.eml")[0][2] == "It is late…\nHelp!"


@needs_package
def test_the_plain_part_comes_first_and_attachments_are_no_text() -> None:
    parts = (
        '--x\nContent-Type: multipart/alternative; boundary="y"\n\n--y\nContent-Type: text/plain; charset=iso-8859-1\n'
        "Content-Transfer-Encoding: quoted-printable\n\nCaf=E9 late=\n again\n--y\nContent-Type: text/html\n\n<p>no</p>\n--y--\n"
        "--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached\n--x--\n"
    )
    assert said(mail(parts, Content_Type='multipart/mixed; boundary="x"'), "a.eml")[0][2] == "Café late again"


@needs_package
@pytest.mark.parametrize(
    ("body", "own"),
    [
        ("Thanks, that helped.\nBut I am upset.\n\n-- \nLee\n+1 555\n", "Thanks, that helped.\nBut I am upset."),
        ("Two things:\n- one\n- two\n\nSent from my iPhone\n", "Two things:\n- one\n- two"),
        (
            "No.\n\n________________________________\nFrom: Dana <d@x.example>\nSent: Monday\nTo: Lee\nSubject: a\n\nold\n",
            "No.",
        ),
        ("No.\n\n-----Original Message-----\nFrom: Dana\nSent: Monday\n\nold\n", "No."),
        ("Nein.\n\nAm 02.03.2026 um 10:15 schrieb Dana <d@x.example>:\n> alt\n", "Nein."),
        ("On Mon, 2 Mar 2026 at 10:15, Dana <d@x.example> wrote:\n> old\n\nBelow.\n", "Below."),
        ("> Did it come?\nNo.\n> Since when?\nMonday.\n", "No.\nMonday."),
        ("word " * 100 + "\n" + "On " + "a b " * 5000 + "\n", "word " * 99 + "word \n" + "On " + "a b " * 4999 + "a b"),
    ],
)
def test_only_the_senders_own_words_are_said(body: str, own: str) -> None:
    assert said(mail(body), "a.eml")[0][2] == own


@needs_package
def test_flowing_lines_are_joined() -> None:
    body = "I have been \nwaiting.\nStill.\n"
    assert said(mail(body, Content_Type="text/plain; format=flowed"), "a.eml")[0][2] == "I have been waiting.\nStill."


@needs_package
@pytest.mark.parametrize(
    "changes",
    [
        {"Subject": "=?utf-8?q?a?= " * 20_000},
        {"Content_Type": "text/plain; " + "a=b; " * 50_000},
        {"Content_Type": 'text/plain; a="' + '"' * 50_000},
        {"Content_Transfer_Encoding": "(" * 50_000},
        {"From": "(" * 50_000},
        {"To": "a@b.example, " * 50_000},
    ],
)
def test_fields_of_absurd_length_take_no_time(changes: Fields) -> None:
    from time import process_time

    before = process_time()
    assert len(outcomes(mail(**changes), "a.eml", format="email")) == 1
    assert process_time() - before < 5  # some took minutes


@needs_package
def test_parts_inside_parts_without_end() -> None:
    for inner in ("Content-Type: message/rfc822\n\n" * 3000, "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(300))):  # fmt: skip
        assert len(outcomes(f"From: lee@home.example\nDate: x\n{inner}\nhi\n", "a.eml", format="email")) == 1
