"""The words with which files label speakers, and the role that each stands for.

    "Agent" · "AGENT (Dana)" · "Dana (Support)" · "csr_12" · "Virtual Agent" · "Customer Service" · "Internal note"

A label that says no role is a name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from empathy_audit.model.transcript import Role, Visibility

_WORDS: tuple[tuple[Role, str], ...] = (
    (
        "agent",
        "agent, rep, representative, advisor, adviser, associate, operator, csr, support, specialist, staff, "
        "assistant, consultant, support agent, support team, support rep, support representative, support "
        "specialist, support engineer, tech support, technical support, service agent, service rep, service "
        "representative, service desk, help desk, helpdesk, live agent, human agent, call agent, call center "
        "agent, call centre agent, chat agent, customer service, customer support, customer care, customer "
        "success, customer service agent, customer service rep, customer service representative, customer "
        "service advisor, customer support agent, customer support rep, customer support representative, "
        "customer support specialist, customer care agent, customer care representative, receptionist, "
        "reception, front desk, concierge, claims handler, "
        "supervisor, team leader, account manager, client services, client support, guest services, guest "
        "relations, customer relations, member services, member support, patient services, user support, "
        "contact center, contact centre, contact center agent, contact centre agent, call center, call centre",
    ),
    (
        "customer",
        "customer, client, caller, user, visitor, guest, member, patient, contact, end user, enduser, "
        "consumer, shopper, buyer, passenger, subscriber, tenant, policyholder, policy holder, account "
        "holder, cardholder, requester",
    ),
    (
        "bot",
        "bot, ivr, virtual agent, virtual assistant, ai, ai agent, ai assistant, system bot, va, chatbot, "
        "chat bot, automated agent, automated assistant, voice bot, voicebot, auto attendant, automated "
        "system, automated message",
    ),
    (
        "system",
        "system, note, event, system message, system event",
    ),
)
_INTERNAL = "internal note, private note, agent note, internal comment, private comment, internal, whisper"

# Ordinary words of a text that stand before a colon now and then: they count as labels only when more speaks for it.
_WEAK = frozenset(
    [
        "note",
        "event",
        "contact",
        "ai",
        "user",
        "member",
        "guest",
        "support",
        "staff",
        "assistant",
        "system",
        "internal",
        "va",
        "associate",
        "whisper",
    ]
)

ROLE_WORDS: dict[str, Role] = {word.strip(): role for role, words in _WORDS for word in words.split(",")}
_INTERNAL_WORDS = frozenset(word.strip() for word in _INTERNAL.split(","))
# A label of more characters is no role word, and not worth a search.
MOST_LABEL = 200
_LONGEST = max(word.count(" ") + 1 for word in ROLE_WORDS)

_PARENTHESIS = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_JOINT = re.compile(r"[\s_\-/.#]+")
_NUMBER = re.compile(r"\s*#?\d+$")


class Label(NamedTuple):
    """What a label says. `role` None: nothing. `weak`: the word is as likely part of a text."""

    role: Role | None
    name: str | None
    visibility: Visibility = "public"
    weak: bool = False


def role_of(label: str) -> Role | None:
    """The role that a label or value stands for by itself (`CSR`, `end_user`, `agent 2`), or None."""
    return read_label(label).role


def read_label(label: str) -> Label:
    """Role and name of a speaker label. A label that says no role is a name."""
    label = label.strip().strip("*_").strip()
    if len(label) > MOST_LABEL:
        return Label(None, label)
    around = _PARENTHESIS.match(label)
    if around:
        outside, inside = around.groups()
        return _together(_plain(outside), outside, _plain(inside), inside) if outside else read_label(inside)
    return _plain(label)


def _together(first: Label, outside: str, second: Label, inside: str) -> Label:
    """`Agent (Dana)` and `Dana (Agent)`; where both say a role, the one outside holds."""
    if first.role:
        return first._replace(name=first.name or (None if second.role else inside.strip()), weak=False)
    if second.role:
        return second._replace(name=outside.strip() or None, weak=False)
    return Label(None, f"{outside.strip()} ({inside.strip()})")


def _plain(label: str) -> Label:
    label = label.strip()
    key = _JOINT.sub(" ", label.casefold()).strip()
    bare = _NUMBER.sub("", key)
    if bare in _INTERNAL_WORDS:
        return Label("agent", None, "internal", bare in _WEAK)
    if bare in ROLE_WORDS:
        return Label(ROLE_WORDS[bare], label if bare != key else None, weak=bare in _WEAK)
    # "Agent Dana", "Customer Service Rep Lee": the longest role word in front, and a capital after it.
    words = label.split()
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        front, rest = (
            _JOINT.sub(" ", " ".join(words[:size]).casefold()).strip(" -:"),
            " ".join(words[size:]).strip("-– "),
        )
        if rest[:1].isupper() and len(rest.split()) <= 3 and not _plain_word(rest):
            if front in _INTERNAL_WORDS:
                return Label("agent", rest, "internal")
            if front in ROLE_WORDS:
                return Label(ROLE_WORDS[front], rest, weak=front in _WEAK)
    return Label(None, label or None)


def _plain_word(text: str) -> bool:
    return _JOINT.sub(" ", text.casefold()).strip() in ROLE_WORDS
