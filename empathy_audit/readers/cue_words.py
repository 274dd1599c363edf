"""The wordings by which cues.py tells agents from customers, each with its log-odds. None is of any one company.

Patterns are looked for in lower case, `^` at the beginning of a turn or line. The weights were fitted on `training/corpus`
with hidden roles (`training/roles.py --fit` fits them anew), rounded, and bounded so that no wording decides alone.
"""

# What the corpus has too few of: opens most calls and chats, and is set by hand. Positive speaks for the agent.
OPENINGS: tuple[tuple[float, str], ...] = (
    (1.8,
        r"\bthank(s| you)( so much| very much)? for (calling(?! me| back)|contacting|reaching out|getting in touch"
        r"|chatting|ringing(?! me| back)|writing|messaging|your (call|message|email|patience|enquiry|inquiry))\b"),
    (1.5, r"\bhow (can|may|might|could) (i|we) (help|assist|be of)\b|\bwhat can (i|we) do for you\b"),
    (-0.8,
        r"\bi('m| am|m| was)? (calling|ringing|writing|messaging|contacting you|phoning)( you| in)? (about|because"
        r"|regarding|to|as|cos)\b"),
)  # fmt: skip
# What hardly anybody but an agent says. No lighter than LIGHTEST, however few of them the corpus has.
LIGHTEST = 0.5
FORMULAS: tuple[tuple[float, str], ...] = (
    (0.5,
        r"\b(this is|my name is|my name's|you're (speaking|chatting|through) (with|to)|you are (speaking"
        r"|through) (with|to)|speaking with) \w+( \w+)? (from|with|at|in|speaking)\b|\byou're (speaking"
        r"|through) to\b|\bspeaking how\b"),
    (0.5,
        r"\b(can|could|may|might) i (please |just )*(have|get|take|grab|ask for|confirm|check) (your"
        r"|the) (\w+ ){0,3}(number|name|address|email|postcode|zip|birth|reference|id|details)\b"),
    (0.5,
        r"\bwhat('s| is| was) (your|the) (\w+ ){0,3}(number|name|address|email|postcode|post code|zip|birth"
        r"|reference|code|id|account|username|ref|model|date)\b"),
    (0.7,
        r"\bbear with me\b|\b(one|just a) (moment|second|sec|minute)\b|\bhold on (a|one|for)\b|\blet me (just "
        r"|quickly )*(check|look|see|pull|have a|find|bring|get|take|go)\b"),
    (0.5,
        r"\bi('ll| will|'ve| have| can)( \w+)? (arranged?|book(ed)?|sen[dt]|refund(ed)?|put|raised?|log(ged)?"
        r"|pass(ed)?|process(ed)?|credit(ed)?|cancel(led)?|order(ed)?|check|escalated?|transfer|reset|moved?|mark"
        r"|noted?|flag(ged)?|get|got|make|hold|held) (\w+ ){0,6}your?\b"),
    (0.5,
        r"\bsorry (to hear|for (the|any|your|that|this)|about (the|that|this|your)|you('re|'ve| have| are| had))\b"),
    (0.5, r"\banything else (i|we|you|at all|today)\b|\banything else\?|\b(happy|glad) to (help|assist)\b"),
    (0.5,
        r"\b(date of birth|for security|security (question|check)|verify|verification|first line of (your"
        r"|the) address|confirm (your|the|that|a))\b|\bcalls? (is|are|may be|will be) (being )?(recorded"
        r"|monitored)\b"),
    (0.9,
        r"\b(have|did|do|are|were|can|could|would|is|when|where|which|what) your? (\w+ ){0,4}(seeing|using|getting"
        r"|tried|try|restart(ed)?|receive|received|notice|noticed|check|checked|device|model|version|phone|browser"
        r"|app|town|store|branch|order|account)\b"),
    (0.9,
        r"\bi (can |could )?(completely |totally |fully |really |do )?(understand|see|hear|appreciate|imagine"
        r"|get) (that|how|why|your|you|what|it)\b|\bi can imagine\b"),
    (0.5,
        r"\b(that|this|it) (must|sounds|would) (be|have|like|really|so|very)\b|\bit sounds (like|as)\b"
        r"|\bsounds like you\b|\bso you('re|'ve| feel| were| had| have)\b|\byou (feel|felt|sound|seem)\b"),
    (0.5, r"\b(we|i)( do| sincerely| really)? apologi[sz]e\b|\b(my|our|sincere) apologies\b|\bapologies for\b"),
    (0.5, r"\b(on|at) (my|our) (screen|system|side|end|records)\b|\bthe system (says|shows|is|has)\b"),
    (0.5, r"\byou('re| are) (very |most )?welcome\b|\b(my|our) pleasure\b"),
    (0.5,
        r"\b(our|company) policy\b|\bour (terms|records|agents|advisors|technicians)\b|\bunfortunately (we|your|the"
        r"|i)\b"),
    (0.5,
        r"\byour (order|parcel|refund|booking|claim|reservation|appointment|flight|account|payment|ticket|case"
        r"|policy|request|application|line|call) (is|was|has|will|should|shows|went|for|on|and|in|to)\b"),
    (0.5,
        r"\bgood (morning|afternoon|evening) \w+ (\w+ )?(services?|operator|enquiries|helpline|support|desk"
        r"|reception|speaking|line|care|bank|hotel|energy|team)\b|\b(services|enquiries|helpline|support|faults?"
        r"|reporting|directories|operator|reception|desk|helpdesk|bookings|reservations|claims|billing|accounts"
        r"|complaints|returns) (how|which|speaking|you're|\w+ speaking|what)\b"),
)  # fmt: skip
INITIALS = (1.1, r"\^ ?[A-Z]{1,3}\b|\^[A-Z][a-z]+\b|(?<= )[-/*][A-Z]{2}$|\*[A-Z]{2,3}\b")
# How agents speak, and others may, too.
MANNERS: tuple[tuple[float, str], ...] = (
    (0.6, r"\bdear [a-z]+\b|\b(kind|best|warm) regards\b|\bsincerely\b"),
    (1.2, r"\byour\b"),
    (1.5, r"\b(you're|you've|you were|you had|you'd|you got|you did|you don't|you'll)\b"),
    (2.0, r"\b(for|with|to|of|on|and|so|when|what|if|that|or) you\b"),
    (1.2, r"\b(have|did|do|are|would|were|will) you\b"),
    (0.4, r"\b(i'll|we'll|i will|let me)\b"),
    (0.9, r"\b(our|us|we can|we do|we don't|we have)\b"),
    (0.9, r"\bno wonder\b|\binconvenience\b|\bapolog"),
    (0.6, r"\b(what|which|when|where|who|how)('s| is| was| did| does| do|) [^.\n]{0,60}\?"),
    (0.5, r"\bwould you (like|prefer|be)\b|\bmay i\b|\byou like\b|\bdo you want\b"),
    (0.6, r"\b(you can|you could|you may|you should|you'll need|you need|if you)\b"),
    (0.7, r"^right\b|\bright to\b|^(thanks|thank you) for\b(?! (calling|ringing) (me )?back)"),
)  # fmt: skip
CUSTOMERS: tuple[tuple[float, str], ...] = (
    (0.7,
        r"\bmy (\w+ ){0,2}(order|bill|account|card|parcel|package|internet|flight|booking|delivery|subscription"
        r"|claim|refund|phone|line|money|payment|statement|ticket|luggage|bags?|room|app|laptop|battery|wifi"
        r"|broadband|prescription|appointment|policy|rent|password|email|contract|car|seat|train|connection)\b"),
    (0.7,
        r"\b(i('ve)?|i have|we('ve)?|we have) (just |already |now |only )?(been|ordered|bought|paid|waited|tried"
        r"|called|rung|rang|emailed|booked|returned|received|got|had|phoned|moved|purchased|cancelled|sent|asked"
        r"|written|reported)\b"),
    (0.9,
        r"\bi('d| would)?( just| really)? (want|need|like|wanted|needed) (a|to|my|you|some|it|someone|somebody|this"
        r"|the|answers|that)\b"),
    (2.3, r"(?<!\w)@\w+"),
    (0.2,
        r"\b(nobody|no one|no-one|ridiculous|joke|disgusting|disgrace|unacceptable|wtf|furious|fed up|livid"
        r"|appalling|shambles|useless|rubbish|terrible|awful|worst|absolute|wth|ffs|damn|pathetic)\b"),
    (0.8,
        r"\bi('m| am|m)( just| so| really| a bit| getting| very| absolutely)? (angry|upset|worried|scared|frustrated"
        r"|frightened|confused|stuck|lost|trying|having|stressed|devastated|exhausted|desperate|tired|not happy"
        r"|disappointed|sick|struggling|pregnant|stranded|locked|looking|just)\b"),
    (1.4,
        r"\bmy (late |elderly )?(son|daughter|wife|husband|mum|mother|mom|dad|father|kids?|baby|boss|landlord"
        r"|neighbour|partner|sister|brother|nan|gran|grandma|dog|cat|girl|boy|child|children|family|friend"
        r"|granddaughter|grandson)\b"),
    (0.7,
        r"^(yes please|yes|yeah|yep|ok|okay|no|nope|speaking|thanks|thank you|thx|ty|right|fine|done|cheers|mm|er|um"
        r"|oh|nothing|sure|lol)\b"),
    (0.7,
        r"\b(hi|hello|hey|hiya|good morning|good afternoon|good evening|morning|evening"
        r"|yeah)[,. ]*( there)?[,. ]*(er |um |yeah |yes |so )*(i|i'm|im|i've|my|could|can|is|do|we|our)\b"),
    (1.6, r"\bmy\b"),
    (0.9, r"^my\b"),
    (0.3, r"\bi (want|feel|don't know|could|guess|mean|thought|said|told|asked|need)\b"),
    (0.8, r"\b(i've been|i was|i had|i've got|i got|i did|i just|i think|i don't)\b"),
    (0.3, r"^(ok|um|er|uh|oh)\b"),
    (0.7, r"^\W{0,2}\d"),
    (0.2, r"\?\?|!!|\b(lol|omg|wtf|ffs|smh)\b"),
    (2.1, r"\b(thanks|thank you|ta|cheers)[.! ]*$"),
    (0.5, r"\b(do i|can i|should i|am i|is my|where is|where's|why)\b"),
    (0.8, r"\bsince\b|\bsaid\b|\bsays\b"),
)  # fmt: skip
CODE = (1.0, r"^\W{0,3}(?=[A-Z\d\- ]*\d)[A-Z\d][A-Z\d\- ]{2,20}[.!]?$")
