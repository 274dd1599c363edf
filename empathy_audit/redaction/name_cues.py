"""Words beside which names stand: greetings, titles, relations, sign-offs."""

from __future__ import annotations

import re

from empathy_audit.redaction.spans import LETTER

_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|herr|frau|monsieur|madame|señora?|signora?|rev|sgt|officer|mister|doctor|nurse)"

# Each of these ends where a name begins. After the plain ones any word may follow that can be a name; after the others only a capitalised one.
PLAIN = re.compile(
    r"(?<!\w)(?:(?:my|her|his|their|the|full|first|last|sur|given|maiden|account holder'?s?|customer'?s?|cardholder'?s?|your|for) ?name(?:'s| is| was|:)(?: is)?|name:|names?'s"
    r"|(?:i am|i'm|i’m|who is|who's|he is|he's|she is|she's|is|was|agent|guy|man|woman|lady|someone|somebody|girl|person|one) (?:called|named)|call me|you can call me|under the name(?: of)?"
    r"|in the name of|(?:first|last|full|middle|sur) ?name(?: is|:|'s)?|name on (?:the )?(?:account|card|order|booking)(?: is|:))\s{1,2}[\"“'‘]?",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"(?<!\w)(?:hi|hello|hiya|hey|heya|dear|good (?:morning|afternoon|evening|day)|welcome(?: back)?|nice to meet you|pleased to meet you|hi there|hello there|greetings)"
    rf"(?: again)?,?\s{{1,2}}(?:{_TITLES}\b\.? )?",
    re.IGNORECASE,
)
ADDRESSED = re.compile(
    r"(?<!\w)(?:thanks|thank you|thank you so much|thank you very much|thanks so much|many thanks|thanks a lot|thanks again|cheers|sorry|so sorry|apologies|bye|goodbye|good bye|ok|okay|yes|no|sure"
    rf"|great|perfect|lovely|of course|certainly|absolutely|alright|all right|right|well|please|sure thing|understood|i see|got it|take care|have a (?:great|nice|good|lovely) (?:day|one|evening|weekend)),?\s{{1,2}}(?:{_TITLES}\b\.? )?",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"(?<!\w)(?:(?:spoke|speak|speaking|spoken|talk|talked|talking|chat|chatted|chatting|connected|connect you|dealt|dealing|working|met|transferred|transfer you|passed|passed on|escalated) "
    r"(?:to|with|by|over to)(?: a| an| your| the| my)?(?: (?:colleague|agent|rep|representative|manager|supervisor|lady|man|woman|guy|advisor|adviser|person))?(?: named| called|,)?"
    r"|(?:agent|advisor|adviser|rep|representative|colleague|manager|supervisor|technician|driver|courier|engineer|operator|assistant|specialist|consultant|husband|wife|son|daughter|mother|mom"
    r"|mum|father|dad|brother|sister|partner|fianc[ée]e?|boyfriend|girlfriend|baby|aunt|uncle|auntie|grandmother|grandma|nan|granny|grandfather|grandad|grandpa|cousin|niece|nephew|neighbou?r|roommate|flatmate"
    r"|landlord|tenant|boss|friend|teacher|accountant|guy|bro|sis|mate|child|kid|fella|bloke|carer|caller|holder|cardholder|recipient|passenger|guest|patient|user|attendee|beneficiary|executor|solicitor|lawyer)(?:['’]?s)?,?(?: is| was| named| called|:)?"
    r"|c/o|attn:?|attention:?|on behalf of|ask(?:ed)? for|signed(?: for)? by(?: an?)?|through to|shoutout to|shout-out to|kudos to|credit to|under|everyone calls me|regards to|belongs to|registered to|addressed to|name of|cc|(?<=[,.] )name|and name|my name|with name)\s{1,2}[\"“]?",
    re.IGNORECASE,
)
TITLE = re.compile(rf"(?<!\w){_TITLES}\.?(?: and {_TITLES}\.?)?\s{{1,2}}", re.IGNORECASE)
SELF = re.compile(
    r"(?<!\w)(?:this is|it is|it's|it’s|its|i am|i'm|i’m|i was|im|here is|you're (?:speaking|chatting) (?:with|to)|you are (?:speaking|chatting) (?:with|to)|you've reached)\s{1,2}",
    re.IGNORECASE,
)
SELF_BEHIND = re.compile(
    r",? {0,1}(?:from|with|here|speaking|calling|at your service|and i(?:'m|’m| am|'ll|’ll| will)|in (?:the )?(?:billing|support|sales|customer|tech)|your (?:agent|advisor|adviser|assistant))\b",
    re.IGNORECASE,
)
HERE = re.compile(
    rf"(?:(?<=^)|(?<=[\n.!?,] )|(?<=[\n]))(?=((?:{LETTER}|['’-]){{2,20}}(?: (?:{LETTER}|['’-]){{2,20}})?),? (?:here|speaking)\b(?! is| are| was| and there| on| in| at| at| to me))",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(
    r"(?<!\w)(?:(?:kind(?:est)?|best|warm(?:est)?|many|with) )?(?:regards|thanks|thanks again|thank you|sincerely|yours (?:sincerely|faithfully|truly)|best(?: wishes)?|cheers|love|respectfully|cordially|ta|yours|xx?|grüße|saludos)"
    r"(?: and regards| in advance| so much)?[,.!]{0,2}\s{0,2}(?:\n\s{0,4}|(?<=[,.!] )|(?<=  ))(?:[-–—~*]\s{0,2})?",
    re.IGNORECASE,
)
DASHED = re.compile(r"(?:^|\n|[.!?)]\s{1,2})[-–—~^*]{1,2}\s{0,2}(?=[^\W\d_])")
ENDS = re.compile(r"\s{0,3}(?:[,.!x]{0,3}\s{0,2}(?:$|\n)|[,(|/])")
PAUSE = re.compile(r"\s{0,2}(?:$|[\n,.!?;:)–—-])")
SPELLED = re.compile(r"(?<!\w)(?:[a-z](?:-[a-z]){2,20}|(?-i:[A-Z])(?:[ .] ?(?-i:[A-Z])){3,20}\.?|(?-i:[A-Z]) as in \w{2,20}(?:,? (?:and )?(?-i:[A-Z]) as in \w{2,20}){0,20})(?!\w)", re.IGNORECASE)  # fmt: skip
INITIALS = re.compile(r"(?<=\s)\^\s?(?P<it>[A-Za-z]{2,12})(?=\s{0,3}$)")
HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z0-9_]{2,30}(?!\w|\.\w)")
LAST_WORDS = re.compile(
    rf"(?:[.!?)…]\s{{1,3}}|\n\s{{0,4}}|\b(?i:yours|regards|thanks|cheers), )(?P<it>(?-i:[^\W\d_a-zß-öø-ÿ])(?:{LETTER}|['’-]){{0,30}}\.?"
    rf"(?: (?:(?:van|von|der|de|da|di|del|la|bin|al|el|y) ){{0,2}}(?-i:[^\W\d_a-zß-öø-ÿ])(?:{LETTER}|['’-]){{0,30}}\.?){{0,3}})\s{{0,3}}$"
)
CALLED_ON = re.compile(
    rf"(?:(?<=[a-z], )|^(?=(?:{LETTER}|['’-]){{3,30}},\s))(?P<it>(?-i:[^\W\d_a-zß-öø-ÿ])(?:{LETTER}|['’-]){{2,30}})(?=[.!?,](?:\s|$))"
)
GOES_ON = re.compile(
    r"\s{0,2}(?:$|[\n,.!?;:)–—-])|,? (?:it's|it is|this is|i'm|i am|i've|i|my|how|thanks|thank|can|could|what|and|you|your|we|let|sorry)\b",
    re.IGNORECASE,
)
