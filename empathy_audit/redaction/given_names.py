"""The list of given names, and the words that are no names however they are written."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class GivenNames(NamedTuple):
    """Folded names: `sure` ones are names wherever they stand capitalised, `unsure` ones are ordinary words as well."""

    sure: frozenset[str]
    unsure: frozenset[str]


# The list never changes while the program runs.
@lru_cache(maxsize=1)
def given_names() -> GivenNames:
    """The shipped list."""
    text = Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    cut = lines.index("--")
    return GivenNames(frozenset(" ".join(lines[:cut]).split()), frozenset(" ".join(lines[cut + 1 :]).split()))


NEVER = frozenset(
    """
    a about absolutely account actually admin advisor adviser after afternoon again agent ago all almost already also always am amazing amazon an and android anonymous another any
    anybody anyone anything anyway apologies app apple appreciated are as at available away awful back bad bank bank's be because been before being best bill billing both bot box
    boss but buddy bye call called caller callers calling came can can't cannot card care carefully case chat chatbot cheers christmas claims client closed come coming company
    complaint complaints complete concerned confirm confirmed contact correct could couldn't credit customer customers dad daily day days dear delayed delivery department desk did didn't different
    do does doesn't doing don't done driver due each easter either email english enough ever every everybody everyone everything evening exactly extremely facebook fedex finance fine first
    folks following for friday friend friends from front furious getting given glad go going good goodness google got grateful great guys had happy has hasn't have haven't having he headquarters
    hello help her here hermes hey hi him his hold home hope hopefully how however human i i'd i'll i'm i've if immediately in incorrect indeed info instead into is isn't it it's its
    january february march april june july august september october november december
    just kind kindly know ladies last late later legal let let's like listed live living ll lloyds look looking love lovely ltd ma'am made madam make management manager many mate maybe
    me member message microsoft might mine misspelled miss missing mom monday more morning most mr mrs ms much mum must my name named names neither netflix never new news nice night no
    nobody none nor not nothing now number of off office ok okay on once one online only operator or order orders other our ours out over paypal people per perfect perhaps person phone
    please pleased post pretty previous probably problem product quick quickly quite rather re really receipt reception recently refund regarding regards related rep representative returns
    right royal safe said sale sales same samsung saturday second security see seem seems sent seriously service services several shall she shipping should since sincerely sir
    so some somebody somehow someone something somewhat soon sorry speak speaking spelled spelt spoken staff still store such sunday super supervisor support sure
    take tech technical teams than thank thanks that that's the their them then there there's these they thing things this those though thought three through thursday thus
    to today together tomorrow tonight too totally track tracking trouble truly try trying tuesday twitter two ups under unfortunately unhappy until up upset urgent us used user usps
    valued very via visa visitor vodafone wait waiting want warm warranty was wasn't way we we'd we'll we're we've wednesday week weekend welcome well were what what's whatever
    when where which while who whoever whole whom why will with within without wonderful world would wow wrong year years yes yesterday yet you you'd you'll you're you've your yours
    changed changing written writing registered reading useful useless terrible terrific frustrated frustrating disappointed disappointing annoyed angry sad worried confused
    able asking bit couple checking double entire even expecting feeling few half hoping in interested is its long near next normal old open own paying ready same simply stuck
    supposed talking team teammate therapy that time times unable using unacceptable unbelievable ridiculous outrageous disgusting pathetic outstanding brilliant fantastic excellent awesome
    british english american french german spanish italian irish scottish welsh indian chinese japanese canadian australian european african asian muslim christian jewish catholic hindu
    europe america england scotland wales ireland france germany spain italy india china japan canada australia uk usa eu
    internet broadband wifi router modem website service operations logistics warehouse accounts payments fraud retention collections escalations
    password username usr tv pc mac ios iphone ipad windows linux chrome safari instagram whatsapp youtube uber lyft airbnb ebay walmart target tesco asda costco ikea dhl dpd evri
    assistance attention awaiting bless care concern confusion correction courtesy delay details experience feedback frustration guidance information inconvenience interest issue
    loyalty patience quote reply response situation stay system thoughts trouble trust understanding update updates wishes
    """.split()
)
"""What follows "hi" or "my name is" and is nobody."""

ROLE_WORDS = frozenset(
    """
    agent agents assistant advisor adviser associate bot bots botty caller care chat chatbot client consultant contact customer customers desk guest help helpdesk human inbound
    internal line live machine member operator outbound participant person rep representative sales seller service side spk speaker specialist spokesperson staff supervisor support
    system team tech technical unknown user virtual visitor you me ivr channel left right buyer consumer patient crm csr host manager admin administrator sender recipient external employee
    """.split()
)
"""A speaker's label made of these alone names nobody."""
