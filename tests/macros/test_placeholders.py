"""Placeholders of every syntax, unbalanced ones first: what stands in for them, and what is said of them."""

from __future__ import annotations

import time

import pytest
from empathy_audit.macros import understand


def text(original: str) -> str:
    """The only text that comes of the original, in which nothing is wrong."""
    understood = understand(original)
    assert understood.problems == ()
    (branch,) = understood.branches
    return branch.text


BROKEN = {
    "Hi {{name, welcome": ("Hi Alex, welcome", ["{{name"]),
    "Hi {{name}, welcome": ("Hi Alex, welcome", ["{{name}"]),
    "Hi {name}}, welcome": ("Hi Alex, welcome", ["{name}}"]),
    "Hi {{{name}}, welcome": ("Hi Alex, welcome", ["{{{name}}"]),
    "Hi name}}, welcome": ("Hi Alex, welcome", ["name}}"]),
    "Hi name}, welcome": ("Hi Alex, welcome", ["name}"]),
    "Hi {name, welcome\nto us}": ("Hi Alex, welcome\nto us", ["{name", "}"]),
    "Hi {{name and {{name}}": ("Hi Alex and Alex", ["{{name"]),
    "Hi {{name\n\nWe are sorry.}}": ("Hi Alex\n\nWe are sorry.", ["{{name", "}}"]),
    "Hi {%name, welcome": ("Hi Alex, welcome", ["{%name"]),
    "Hi name %}, welcome": ("Hi name , welcome", ["%}"]),
    "Hi ${name, welcome": ("Hi Alex, welcome", ["${name"]),
    "Hi %{name, welcome": ("Hi Alex, welcome", ["%{name"]),
    "Hi {!Contact.Name, welcome": ("Hi Alex, welcome", ["{!Contact.Name"]),
    'Hi <attribute key="user.name", welcome': ('Hi  key="user.name", welcome', ["<attribute"]),
    "{{": ("", ["{{"]),
    "}}": ("", ["}}"]),
    "ok}}": ("ok", ["}}"]),
    "a {% raw %} b": ("a  b", ["{% raw %}"]),
    "a {% comment %} b": ("a  b", ["{% comment %}"]),
}


@pytest.mark.parametrize("original", sorted(BROKEN))
def test_an_unbalanced_placeholder_is_a_problem_at_its_place_and_no_word(original: str) -> None:
    understood = understand(original)
    expected, wrong = BROKEN[original]
    assert [branch.text for branch in understood.branches] == [expected]
    assert [original[p.start : p.end] for p in understood.problems] == wrong
    assert {p.code for p in understood.problems} == {"unbalanced-placeholder"}
    assert all("; expected " in p.message and p.suggestion for p in understood.problems)


SYNTAXES = (
    "{{ticket.requester.first_name}}",
    '{{ user.name | fallback: "there" }}',
    "{{user.name|fallback:'there'}}",
    "{{- contact.name -}}",
    "{{{Recipient.Name}}}",
    "{{ .Recipient.FullName }}",
    "{{=name}}",
    "{{&name}}",
    "{%customer.firstName,fallback=there%}",
    "{!Contact.FirstName}",
    "%{name}",
    "%(first_name)s",
    "%FIRSTNAME%",
    "${name}",
    "#{customer_name}",
    "{name}",
    "{ first-name }",
    "<<name>>",
    "«Name»",
    "[NAME]",
    "[First Name]",
    "[FirstName]",
    "[customer's name]",
    '<attribute key="user.first_name" default="there"/>',
    "@visitor",
)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_name_in_every_syntax(syntax: str) -> None:
    understood = understand(f"Hi {syntax}, welcome")
    assert [branch.text for branch in understood.branches] == ["Hi Alex, welcome"]
    assert [(p.kind, p.source) for p in understood.placeholders] == [("name", syntax)]
    assert understood.problems == ()
    assert understood.branches[0].stand_ins() == ((3, 7),)


KINDS = {
    "order {{order.number}}": "order 12345",
    "order {orderNo}": "order 12345",
    "case {!Case.CaseNumber}": "case 12345",
    "within {{ delivery_days }} days": "within 3 days",
    "on {{delivery_date}}": "on Monday",
    "on {{ ticket.created_at | date: '%B %d' }}": "on Monday",
    "at {appointment_time}": "at 3 pm",
    "pay {{invoice.total}}": "pay $25",
    "pay {currency}{amount-of-money}": "pay $25",
    "pay {currency}10": "pay $10",
    "pay ${{amount}}": "pay $25",
    "see {{tracking_url}}": "see https://example.com",
    "write to {{company.email}}": "write to help@example.com",
    "the {{company_name}} team": "the Acme team",
    "your {{product_name}}": "your item",
    "about {{subject}}": "about this item",
    "{{dc.opening_hours_text}}": "item",
    "Dear {{contact.salutation}} {{contact.last_name}}": "Dear Ms Alex",
    "{percentage}% off": "3% off",
    "I am waiting for {team/partner}": "I am waiting for this item",
    "I have {brief description of fix}": "I have this item",
    "[KB link if available]": "item",
    "refund of **{amount}** to **you**": "refund of $25 to you",
    "(case#{{ticket.id}})": "(case#12345)",
}


@pytest.mark.parametrize("original", sorted(KINDS))
def test_a_stand_in_of_the_right_kind(original: str) -> None:
    assert text(original) == KINDS[original]


@pytest.mark.parametrize(
    "original",
    [
        "See [our page](https://example.com) or [this][1].",
        "He said [sic] that it is 100% true",
        "p {color: red} and { } and {}",
        "#1 in 50% of cases, mail me@visitors.org, a < b << c",
        "Type {yes: no}, or :} if you like",
    ],
)
def test_what_looks_like_a_placeholder_and_is_none(original: str) -> None:
    assert text(original) == original
    assert understand(original).placeholders == ()


def test_comments_and_assignments_are_dropped() -> None:
    original = "A{{! x }}B{{!-- {{x}} --}}C{# x #}D{% comment %}{{x}}{% endcomment %}E<!-- x -->F{% assign a = 1 %}G{{/* x */}}"
    assert text(original) == "ABCDEFG"
    assert [p.kind for p in understand(original).placeholders] == ["comment"] * 5 + ["condition", "comment"]


def test_raw_text_is_no_placeholder() -> None:
    assert text("{% raw %}{{name}}{% endraw %} {{name}}") == "{{name}} Alex"


def test_a_number_format_is_a_value() -> None:
    assert text("{order, number} on {when, date, short}") == "12345 on Monday"


HOSTILE = ("{{", "}}", "{%", "{", "{a", "{{a", "<attribute ", "[A", "<<a", "${a", "{{!--", "<!--", "{#", "{% comment %}", "{% raw %}",
           "{% comment %}endcomment", "{n, plural, one {", "{n, plural, one {#} other {#}}", "{{#if a}}", "{{/if}}", "{% else %}",
           "{% if a %}{% else %}", "{{#if a}}b{{else}}c{{/if}}", "%AAAA", "{% case a %}{% when b %}")  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        best = float("inf")
        for _ in range(2):
            before = time.process_time()
            understand(piece * (length // len(piece)))
            best = min(best, time.process_time() - before)
        return best

    short, long = seconds(3_000), seconds(24_000)
    assert long < max(24 * short, 0.3), (short, long)
