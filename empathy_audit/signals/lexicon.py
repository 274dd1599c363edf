"""Word classes that let a signal see past single words: "that must be ROUGH" whatever the word was.

Lists are the project's own. `*` at the end stands for any ending. A word belongs to the first class that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from empathy_audit.language.echo import STOP

_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "NOT": "not never no nobody nothing none nor neither without hardly barely cannot can't cant won't wont don't dont doesn't doesnt didn't didnt isn't isnt "
        "aren't arent wasn't wasnt weren't haven't havent hasn't hasnt hadn't couldn't couldnt wouldn't wouldnt shouldn't ain't noone unable",
        "SWEAR": "fuck* f*** wtf ffs shit* bullshit bs crap* damn* dammit bloody hell arse* ass asshole* bastard* bitch* piss* sod sodding bollocks effing "
        "frigging freaking stfu jfc goddamn screw* suck sucks sucked sucky wanker* dickhead* prick* twat* crappy",
        "ANGER": "angry anger angered mad furious fuming livid irate seething rage raging outrage* infuriat* enrag* incens* disgust* disgrace* appall* appal* shameful shame "
        "ashamed despicable scandal* unacceptable inexcusable incompeten* pathetic useless joke clown* idiot* moron* liar* lied lying lie scam* thieves thief theft robbery robbed crook* "
        "cheat* fraud* garbage trash rubbish worst hate hated hates horrendous atrocious abysmal shambles ridiculous absurd insult* rude rudest disrespect* terrible awful horrible dreadful "
        "lawyer sue ombudsman unprofessional unethical criminal illegal shocking shambolic woeful diabolical stupid dumb evil greedy vile hostile arrogant condescending cross boiling",
        "FRUST": "frustrat* annoy* irritat* aggravat* exasperat* hassle* headache nightmare ugh* argh* grr* smh omg seriously unhappy dissatisf* impossible pointless maddening "
        "ludicrous farce unbelievable unreal poor* bad badly useless mess messed messing circles runaround sick tired fed wits hopelessly unhelpful tedious infuriated unimpressed fobbed waste wasted wasting",
        "DISAPP": "disappoint* gutted letdown underwhelm* downhill regret* ruin* spoil* bummed bummer sadly shame unfortunate* deflated crestfallen",
        "WORRY": "worr* anxious anxiet* nervous* scared scary scares scare afraid frighten* terrif* panic* stress* dread* desperate* unsafe paranoid concern* fear* alarm* tensed uneasy "
        "vulnerable threatened threatening suspicious nerve* petrified sleepless urgent* urgency emergency danger* shaking trembling",
        "SAD": "sad sadness sadder upset* heartbr* devastat* crying cried cry tears grie* depress* miserable lonely loneliness alone hopeless died dead death funeral bereave* widow* passed hurt* "
        "embarrass* humiliat* worthless suicid* struggl* suffer* exhaust* overwhelm* discourag* dishearten* ashamed guilty guilt pain* broken ache mourning loss cancer drained burnt numb isolated",
        "CONFUSED": "confus* baffl* bewilder* puzzl* perplex* unclear unsure clueless muddled lost stumped mystified idea",
        "JOY": "happy happily happier delight* thrill* love loved loves loving lovely amazing amazed awesome fantastic brilliant wonderful excellent fabulous perfect superb best great "
        "impressed yay* woo* hooray outstanding stellar lifesaver beautiful excit* glad pleased chuffed stoked relieved relief enjoy* fun good nice kudos pumped proud pleasure joy sweet cute cool congrat*",
        "THANK": "thank thanks thankyou thx ty cheers ta grateful gratitude appreciat* bless blessed",
        "ROUGH": "hard difficult* tough rough rotten unpleasant unsettling stuck helpless shock* distress* troubl* inconvenien* unfair uncomfortable trying bewildering daunting demoralis* demoraliz* "
        "disheartening gross hectic wearing heavy bleak cruel brutal harsh grim lousy painful stressful upsetting disruptive costly disconcerting agonising awkward tricky",
        "SORRY": "sorry apolog* apologies apologise apologize condolences sympathies pardon regret regrets oops",
        "FAIL": "broken broke breaks breaking damaged damage faulty fault defective smashed cracked shattered leak* crash* froze* freez* glitch* lag* hack* hijack* stolen missing lost lose disappear* vanish* "
        "deleted erased wiped wrong overcharg* charged charging charges charge fail* error* bug* outage dead expired rotten mould* mold* stale raw cold burnt dirty stain* torn ripped scratched declined rejected refused denied "
        "blocked suspended disabled issue* problem* cancel* delay* late overdue stop* stuck stranded incorrect mistake* bounced disconnect* drop* slow unresolved refund* complain* compensat* penalty fee fees debt evict* redundan* "
        "ignored ignoring ignore unanswered stood empty damp noise noisy broke malfunction* spinning hung hangs jammed blank miss missed",
        "REPEAT": "again already still twice thrice repeatedly repeat* keeps keep kept another third fourth fifth sixth second 3rd 4th 5th several multiple numerous countless every constantly always continually",
        "TIME": "minute minutes mins min hour hours hrs day days week weeks month months year years ages forever weekend monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight "
        "morning afternoon evening night january february march april june july august september october november december fortnight decades",
        "WAIT": "wait waiting waited waits hold queue* queuing sat sitting promised promise supposed meant told said expecting",
        "NUMBER": "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand dozen half double triple zero",
        "DATUM": "name names number numbers digits code postcode zip zipcode address addresses email e-mail account username id dob birthday date version model serial imei barcode confirmation reference ref pnr booking ticket "
        "tracking pin password passcode surname initials screenshot screenshots photo photos picture pictures link url handle phone mobile device os browser location postal receipt dm pm extension details info information card invoice order",
        "PROMISE": "i'll we'll",
        "DONE": "refunded credited waived escalated upgraded extended arranged booked reserved passed forwarded logged raised reported flagged notified removed reversed submitted rebooked replaced reordered resent",
        "ACT": "refund credit waive escalate arrange book replace pass forward raise report follow chase call ring phone email text update send post ship order fix sort contact speak check ensure stay personally myself",
        "GRASP": "understand understood understanding hear hearing heard see imagine appreciate realise realize recognise recognize know sense feel get gather acknowledge tell",
        "SEEM": "sounds seems feels looks sound seem feel look seemed felt sounded must",
        "FAIR": "right understandable understandably reasonable fair valid legitimate justified natural sense deserve* entitled rightly normal blame wonder",
        "EXPLORE": "happened happening happens happen going tell describe explain share walk talk more bit think feel mean like important matters help change hope hoping want noticed tried",
        "POLICY": "policy policies rules terms conditions procedure procedures guidelines system unfortunately unable allowed eligible entitled require* contract",
        "BLAME": "should calm relax yourself fault responsibility obviously clearly actually simply overreact* dramatic whatever patient patience",
        "MORE": "so very really extremely incredibly truly terribly quite pretty deeply genuinely totally absolutely completely entirely rather especially particularly such utterly literally honestly ever whatsoever too",
        "KIN": "mum mom mother dad father son daughter wife husband partner baby kids children child nan gran* grandma brother sister family friend dog cat boss doctor neighbour neighbor",
        "WH": "what how why",
        "WHICH": "when where who which whose whereabouts whether",
        "AUX": "do does did can could would will have has are is was were shall may might",
        "YOU": "you your you're you've you'd you'll yourself yours u ur",
        "ME": "i i'm i've i'd me my myself mine",
        "WE": "we we're we've we'd us our ours",
        "BUT": "but however although though yet",
        "IF": "if unless once when",
        "PLEASE": "please kindly pls plz",
        "FORMULA": "welcome contacting reaching choosing assist assistance inconvenience patience feedback hesitate further anything else touch valued",
    }
)


_EMOJI: Mapping[str, str] = MappingProxyType(
    {
        "FRUST": "😡😠🤬😤😒🙄😑👎🤦💩🖕😾😩😫😖",
        "DISAPP": "😞😔😕🙁☹😟",
        "SAD": "😢😭💔😿",
        "JOY": "😍😊😀😁😃😄🥰🎉🙌👏💕😎🤩🥳❤👍😂🤗",
        "WORRY": "😰😨😱😥😓",
        "THANK": "🙏",
    }
)
_FORMS = ("ing", "ed", "ly", "n't", "s")


def _tables() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Exact word → class, and the beginnings by their first two letters; the first class that names a word wins."""
    exact: dict[str, str] = {}
    beginnings: dict[str, list[tuple[str, str]]] = {}
    for name, words in _CLASSES.items():
        for word in words.split():
            if word.endswith("*") and len(word) > 3:
                beginnings.setdefault(word[:2], []).append((word.rstrip("*"), name))
            else:
                exact.setdefault(word, name)
    for name, signs in _EMOJI.items():
        for sign in signs:
            exact.setdefault(sign, name)
    return exact, beginnings


_EXACT, _BEGINNINGS = _tables()
CLASSES: tuple[str, ...] = (
    "^",
    "$",
    *_CLASSES,
    *sorted(STOP - _EXACT.keys()),
    *".,!?:;'\"()-@#",
    "0",
    "http",
    "sign",
    *(f"-{f}" for f in _FORMS),
    "word",
)
"""Every class, by number: start and end, the lists above, function words that are their own class, signs, and words by their ending."""
_KNOWN = frozenset(CLASSES)


def class_of(word: str) -> str:
    """The class of a folded word or sign."""
    if (name := _EXACT.get(word)) is not None:
        return name
    for beginning, name in _BEGINNINGS.get(word[:2], ()):
        if word.startswith(beginning):
            return name
    if word in _KNOWN and word not in _CLASSES:
        return word
    if not word[0].isalpha():
        return word[0] if word[0] in "@#" else "sign"
    return next((f"-{form}" for form in _FORMS if word.endswith(form)), "word")
