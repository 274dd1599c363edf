"""Exports of help desks: what a customer gets of each, and nothing else. Broken ones first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.macros.build import macros, one, reading, texts


def listed(content: Any) -> str:
    return json.dumps(content, indent=1)


NOTHING: dict[str, Any] = {
    "zendesk": {"macros": [{"id": 1, "title": "T", "actions": [{"field": "status", "value": "solved"}, 7]}]},
    "zendesk-chat": [{"name": "a", "message": None, "options": ""}],
    "intercom": {"data": [{"type": "macro", "id": "1", "name": "a", "body": None}]},
    "chatwoot": [{"id": 1, "short_code": "a", "content": " "}],
    "freshdesk": [{"id": 1, "title": "a", "content": ["no text"]}],
    "help-scout": [{"id": 1, "name": "a", "text": "<br>"}],
    "gorgias": {"data": [{"id": 1, "name": "a", "actions": [{"name": "addTags", "arguments": {"tags": "a"}}]}]},
}


@pytest.mark.parametrize("format_", sorted(NOTHING))
def test_a_macro_without_text_is_counted(format_: str) -> None:
    found = reading(listed(NOTHING[format_]), "a.json")
    assert list(found) == []
    assert found.format == format_
    assert found.left_out["macros without text"] == 1


def zendesk(*actions: tuple[str, Any], **more: Any) -> str:
    made = [{"field": field, "value": value} for field, value in actions]
    return listed({"macros": [{"id": 36, "title": "Refund::Declined", "actions": made, **more}]})


def test_a_zendesk_comment() -> None:
    macro = one(
        zendesk(("status", "open"), ("current_tags", "refund no"), ("comment_value", "Hi {{ticket.requester.name}}")),
        "a.json",
    )
    assert (macro.id, macro.title, macro.tags, macro.format) == ("36", "Refund::Declined", ("refund", "no"), "zendesk")
    assert (macro.pointer, texts(macro)) == ("#/macros/0/actions/2/value", ["Hi Alex"])


def test_a_zendesk_comment_for_a_channel() -> None:
    assert one(zendesk(("comment_value", ["channel:all", "Hi there"])), "a.json").channel is None
    macro = one(zendesk(("comment_value", ["channel:web", "Hi there"])), "a.json")
    assert (macro.channel, macro.original, macro.pointer) == ("web", "Hi there", "#/macros/0/actions/0/value/1")


def test_of_a_zendesk_comment_in_text_and_html_the_html_is_read() -> None:
    macro = one(
        zendesk(("comment_value", "Hi there"), ("comment_value_html", "<p>Hi <b>there</b></p><p>sorry</p>")), "a.json"
    )
    assert macro.original == "Hi there\nsorry"


def test_an_internal_comment_of_zendesk_is_left_out() -> None:
    found = reading(zendesk(("comment_mode_is_public", "false"), ("comment_value", "He is a pain")), "a.json")
    assert list(found) == []
    assert found.left_out == {"internal comments": 1, "macros without text": 1}


def test_a_mail_to_the_requester_is_a_text_and_one_to_colleagues_is_none() -> None:
    content = zendesk(
        ("comment_value", "Hi there"),
        ("notification_user", ["requester_id", "Your request", "We are sorry"]),
        ("notification_user", ["1234", "Look", "An angry one"]),
        ("notification_group", ["5", "Look", "An angry one"]),
    )
    assert [(m.id, m.channel, m.original) for m in macros(content, "a.json")] == [
        ("36", None, "Hi there"),
        ("36#2", "email", "We are sorry"),
    ]


def test_a_zendesk_macro_that_is_not_active_is_counted() -> None:
    found = reading(zendesk(("comment_value", "Hi"), active=False), "a.json")
    assert list(found) == []
    assert found.left_out == {"macros that are not active": 1}


def test_one_zendesk_macro_by_itself_and_in_an_envelope() -> None:
    alone = {"id": 1, "title": "T", "actions": [{"field": "comment_value", "value": "Hi"}]}
    for content in (alone, {"macro": alone}):
        assert one(listed(content), "a.json").original == "Hi"


def test_what_comes_of_applying_a_zendesk_macro() -> None:
    comment = {"body": "Hi", "html_body": "<p>Hi <b>there</b></p>", "public": True}
    assert one(listed({"result": {"ticket": {"comment": comment}}}), "a.json").original == "Hi there"
    assert list(reading(listed({"result": {"ticket": {"comment": {**comment, "public": False}}}}), "a.json")) == []


def test_zendesk_says_that_there_are_more_pages() -> None:
    found = reading(
        listed({"macros": [{"id": 1, "title": "T", "actions": [], "raw_title": "T"}], "next_page": "https://x"}),
        "a.json",
    )
    assert list(found) == []
    assert found.notes == ("a.json: there are more pages than this one; give their files, too",)


def test_shortcuts_of_zendesk_chat() -> None:
    macro = one(listed([{"name": "late", "message": "Sorry, @visitor.", "options": "Yes/No", "tags": ["a"]}]), "a.json")
    assert (macro.id, macro.channel, macro.tags, texts(macro)) == ("late", "chat", ("a",), ["Sorry, Alex."])


def test_intercom() -> None:
    body = '<p>Hi <attribute key="user.name" default="there"/>,</p><p>sorry.</p>'
    content = listed(
        {"type": "list", "data": [{"type": "macro", "id": "1", "name": "Late", "body": body, "body_text": "x"}]}
    )
    macro = one(content, "a.json")
    assert (macro.id, macro.title, texts(macro)) == ("1", "Late", ["Hi Alex,\nsorry."])
    only_text = listed({"type": "macro", "id": "1", "name": "Late", "body": None, "body_text": "Hi {{user.name}}"})
    assert texts(one(only_text, "a.json")) == ["Hi Alex"]


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"payload": x}])
def test_chatwoot(wrap: Any) -> None:
    macro = one(listed(wrap([{"id": 4, "short_code": "late", "content": "Hi {{contact.name}}"}])), "a.json")
    assert (macro.id, macro.title, texts(macro), macro.format) == ("4", "late", ["Hi Alex"], "chatwoot")


def test_freshdesk() -> None:
    entry = {
        "id": 11,
        "title": "Late",
        "content": "Hi x",
        "content_html": "<div>Hi {{ticket.requester.name}}</div>",
        "folder_id": 2,
    }
    macro = one(listed([entry]), "a.json")
    assert (macro.id, macro.title, texts(macro), macro.format) == ("11", "Late", ["Hi Alex"], "freshdesk")


def test_help_scout_has_a_text_for_mails_and_one_for_chats() -> None:
    reply = {"id": 7, "name": "Late", "text": "<p>Hi {%customer.firstName,fallback=there%}</p>", "chatText": "Hi you"}
    mail, chat = macros(listed({"_embedded": {"saved-replies": [reply]}}), "a.json")
    assert [(m.id, m.channel, texts(m)) for m in (mail, chat)] == [
        ("7", "email", ["Hi Alex"]),
        ("7#chat", "chat", ["Hi you"]),
    ]


def test_gorgias() -> None:
    arguments = {"body_text": "Hi x", "body_html": "<div>Hi {{ticket.customer.firstname}},<br>sorry</div>"}
    actions = [
        {"name": "setResponseText", "type": "user", "arguments": arguments},
        {"name": "addTags", "type": "user", "arguments": {"tags": "late,shipping"}},
        {"name": "addInternalNote", "type": "user", "arguments": {"body_text": "He is a pain"}},
    ]
    content = listed(
        {"data": [{"id": 3, "name": "Late", "intent": "shipping/delay", "language": "en", "actions": actions}]}
    )
    macro = one(content, "a.json")
    assert (macro.id, macro.language, macro.tags) == ("3", "en", ("shipping/delay", "late", "shipping"))
    assert (texts(macro), macro.pointer) == (["Hi Alex,\nsorry"], "#/data/0/actions/0/arguments/body_html")


def test_the_same_id_twice_is_told() -> None:
    content = listed([{"id": 4, "short_code": "late", "content": "Hi"}, {"id": 4, "short_code": "b", "content": "Ho"}])
    first, second = reading(content, "a.json")
    assert (first.id, second.kind, second.source) == ("4", "duplicate-id", "a.json:7:2")  # type: ignore[union-attr]
