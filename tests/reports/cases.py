"""Hand-made conversations that the tests of the reports draw: a mixed one, one without a score, hostile ones."""

from __future__ import annotations

from empathy_audit.model.audit import AgentScore, Audit, Failure, OutcomeCounts, Ratios, Step

from tests.build import audit, evidence, finding, opportunity, tag

PRINCIPLES = {
    "active-listening": 66.667,
    "open-questions": 50.0,
    "emotional-acknowledgement": 61.25,
    "reflective-response": 33.333,
    "validation": 40.0,
    "ownership": 100.0,
    "genuine-interest": None,
}

BROADBAND = (
    "bot: Hi! I am Robo. In a few words, what is this about?",
    "customer: No internet since Monday. This is the third time I've called and nobody rang me back.",
    "agent Dana: You've called three times and were promised a call that never came, that's not how it should be. "
    "I'll stay on this with you until you're back online. What happens when you plug the router in?",
    "customer: The light goes red. I work from home, I've lost two days of pay over this, I'm furious!!",
    "agent Dana: Please unplug the router, wait thirty seconds, and plug it back in.",
    "customer: I did that with your colleague. Twice. I am so sick of this.",
    "agent Dana: You need to calm down. It's our policy to run all the checks first.",
    "internal agent Dana: customer getting rude, passing on",
    "customer: Great. Just great.",
    "agent Lee: This is Lee, I've read the whole chat. You've done every check twice, and two days of pay is a real "
    "loss; anyone would be furious. I've booked an engineer for tomorrow at 9 and I'll call you at 10.",
    "customer: Thank you so much, finally somebody listens!",
    "agent Lee: You're welcome. Is there anything else?",
    "customer: And what about the two days I lost?",
)


def broadband() -> Audit:
    """Every outcome, two agents, a bot before the human, an internal note."""
    return audit(
        *BROADBAND,
        id="c-17",
        source="chats/broadband.json",
        channel="chat",
        started_at="2026-03-02T09:14:00Z",
        overall=58.34,
        principles=PRINCIPLES,
        ratios=Ratios(0.5, 0.333, 0.614),
        agents=(
            AgentScore("Dana", 41.667, PRINCIPLES, OutcomeCounts(met=1, partial=1, missed=1)),
            AgentScore("Lee", 91.0, {**PRINCIPLES, "validation": None}, OutcomeCounts(delayed=1)),
        ),
        opportunities={
            1: opportunity("implicit", "frustration", 0.45, "third time", "nobody rang", outcome="met", answered_by=2),
            3: opportunity("explicit", "anger", 0.9, "I'm furious!!", outcome="partial", answered_by=4),
            5: opportunity("explicit", "frustration", 1.0, "so sick of this", outcome="missed", answered_by=6),
            8: opportunity("implicit", "anger", 0.6, "Just great", outcome="delayed", answered_by=9),
            10: opportunity("explicit", "gratitude", 0.7, "Thank you so much", outcome="missed", answered_by=11),
            12: opportunity("implicit", None, 0.2, "two days I lost", outcome="open"),
        },
        tags={
            2: [
                tag("reflective-response", "called three times", principle="reflective-response"),
                tag("validation", "not how it should be", principle="validation"),
                tag("ownership", "I'll stay on this with you", principle="ownership"),
                tag("open-question", "What happens when", principle="open-questions"),
            ],
            6: [tag("counter-empathy", "calm down")],
            9: [
                tag("emotional-acknowledgement", "anyone would be furious", principle="emotional-acknowledgement"),
                tag("ownership", "I'll call you at 10", principle="ownership"),
            ],
        },
        responses={2: (1, 5, "ack"), 4: (3, 2, "solve"), 6: (5, 0, "dismiss"), 9: (8, 5, "ack"), 11: (10, 1, "ignore")},
        findings=[
            finding(
                "distress-partial",
                3,
                4,
                message="anger was stated, and the answer goes straight to the procedure",
                suggestion="Two days without pay over this: I can hear how angry you are, and you have reason to be.",
                words={3: "I'm furious!!"},
            ),
            finding(
                "distress-missed",
                5,
                6,
                severity="error",
                message="frustration was stated and was waved away",
                suggestion="You've already done this twice, and being asked a third time must be exhausting.",
                words={5: "so sick of this", 6: "calm down"},
            ),
            finding(
                "calm-down",
                6,
                severity="error",
                message="tells the customer how to feel",
                suggestion="I'd be upset in your place too; let's get this sorted.",
                words={6: "You need to calm down"},
            ),
            finding(
                "delight-missed",
                10,
                11,
                severity="suggestion",
                message="gratitude was met with a formula",
                suggestion="I'm so glad this is moving at last.",
                words={10: "Thank you so much"},
            ),
        ],
    )


def explained() -> Audit:
    """A short conversation with the steps of its reasoning."""
    customer = "I'm not angry, but I've been waiting for three weeks."
    agent = "Please send me your order number. You have been patient, but that is our policy."
    return audit(
        f"customer: {customer}",
        f"agent Dana: {agent}",
        id="c-2",
        source="calls/two.json",
        overall=22.5,
        opportunities={0: opportunity("implicit", "frustration", 0.5, "three weeks", outcome="missed", answered_by=1)},
        tags={1: [tag("counter-empathy", "our policy", marker="policy-wall")]},
        responses={1: (0, 0, "dismiss")},
        steps=(
            Step(0, "dropped", "names-anger", "negated by “not”", evidence(customer, "angry")),
            Step(0, "hit", "long-wait", "implicit frustration, 0.5", evidence(customer, "waiting for three weeks")),
            Step(0, "opportunity", "", "strongest turn of its block"),
            Step(1, "hit", "policy-wall", "counter-empathy, costs 10 points", evidence(agent, "our policy")),
            Step(1, "reply", "policy-wall", "counter-empathy without an acknowledgement: dismiss, level 0"),
            Step(None, "score", "opportunities", "0 of 1 credit × 0.75 = 0"),
            Step(None, "score", "counter", "10 points of at most 40"),
        ),
    )


def unscored() -> Audit:
    """Nothing to judge."""
    return audit(
        "customer: What are your opening hours?",
        "agent Lee: Nine to five.",
        id="c-3",
        source="chats/hours.json",
        reason="no-opportunity",
    )


def hostile() -> Audit:
    """A transcript that tries to drive the terminal, to be markup, and to break the layout."""
    attack = "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 [bold red]markup[/] [link=https://evil.example]x[/link]"
    return audit(
        f"customer [b]Eve[/b]\x1b[2J: I'm furious {attack} \u202eevil\u202c :smile: \r\n\t\u2028 {'x' * 300}",
        f"agent 王小明王小明王小明: 我明白您的感受👍🏽👨‍👩‍👧 {'很抱歉' * 60} [/red] {attack}",
        id=f"{attack}\n\u2066",
        source="chats/[red]evil[/red]\x1b[2K.json",
        channel="[blink]",
        overall=0.0,
        principles={"[red]a[/red]": 0.0, "open-questions": None},
        opportunities={0: opportunity("explicit", "anger", 0.8, "furious", outcome="missed", answered_by=1)},
        responses={1: (0, 0, "ignore")},
        findings=[
            finding("[x]", 0, 1, message=f"{attack}\nsecond line", suggestion=attack, words={0: "furious", 1: "[/red]"})
        ],
    )


BROKEN = Failure("chats/broken.json:3:1", "unreadable", "not JSON: a value was expected; mend the file or leave it out")
EVIL_FAILURE = Failure("[red]\x1b[2J.txt", "unreadable", "line\nbreak \x1b]0;title\x07 [bold]")
