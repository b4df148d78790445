"""Matters of other desks that sound like ours: billing, logins, outages, other papers, small talk.

A row counts only where the release has none of its words, so a document about billing loses the billing row.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.reading.common import FUNCTION_WORDS, listed

_ROWS: Final = (
    r"(?:my |our |the |a |wrong |double |credit |debit )*(?:billing|invoices?|(?:re|over|double )?billed|charged|"
    r"overcharged|refunds?|"
    r"refunded|chargeback|credit cards?|debit cards?|payment(?:s| method)?|receipts?|vat|tax|taxes|bill is|"
    r"my bill|our bill|paypal|bank details|money back)",
    r"(?:cards?|payments?|transfers?|transactions?|withdrawals?|top up|bookings?|cash|deposit|"
    r"purchase)(?: \w+){0,4} (?:declined|denied|rejected|refused|failed|reverted|unsuccessful|bounced|"
    r"pending|accepted)",
    r"(?:password|(?:my|the) log ?in|log ?in (?:page|problems?|issues?|fails?|failed|error)|(?:can not|"
    r"unable to|trying to|could not) (?:log|sign) ?in|logging in|logged out|locked out|two factor|2fa|mfa|"
    r"otp|verification code|captcha|username|reset my|account (?:is |was |has been )?(?:hacked|locked|"
    r"suspended|banned|deleted|disabled)|delete (?:my|our) account|close my account|change my email|sso)",
    r"(?:cancel|upgrade|downgrade|renew) (?:my|our|the|a) (?:\w+ )?(?:subscription|plan|membership|account|"
    r"trial)|(?:my|our) subscription|free trial|promo code|coupon|gift card",
    r"(?:rate limits?|quota|timeouts?|error (?:code )?\d+|\d+ errors?|getting (?:an )?errors?|stack trace|"
    r"latency|outage|is down|went down|not loading|crash(?:es|ed|ing)?|bug(?:s|gy)?|does not (?:load|work|"
    r"open)|not working|stopped working|keeps (?:failing|crashing)|slow responses?|(?:so|very|too|really|"
    r"super) slow|status page|500 error)",
    r"(?:ndas?|dpas?|sccs?|data processing (?:agreement|addendum)|msas?|slas?|soc ?2|iso ?27001|gdpr|ccpa|"
    r"pci|fedramp|"
    r"hitrust|w ?9|penetration test|pen test|security questionnaire|vendor (?:form|onboarding)|"
    r"purchase order|certificate of insurance|subprocessors?)",
    r"(?:weather|forecast|joke|poem|song|recipe|story|football|soccer|basketball|world cup|movie|film|"
    r"lottery|horoscope|stock price|bitcoin|crypto|president|election|capital of|meaning of life|homework|"
    r"essay|translate (?:this|the|a|to)|pizza|dinner|lunch|restaurant|flight|hotel|what time is it|"
    r"what day is it|2 ?\+ ?2|plus two|solve|riddle|birthday)",
    r"(?:data |security )?(?:leaks?|leaked|breach(?:es|ed)?|vulnerabilit(?:y|ies))|(?:report|raise|file|"
    r"log) (?:an? |the )?(?:\w+ )?"
    r"(?:bug|incident|problem|abuse|outage)",
    r"who is (?:your|the) (?:ceo|boss|owner|founder|president|cto)|your (?:ceo|founders?|investors?|headquarters)",
    r"(?:job|jobs|careers?|hiring|internships?|vacanc(?:y|ies)|resume|investors?|invest in|press (?:inquiry|"
    r"release|kit)|journalist|interview|partnership program|affiliate program|sponsorship|merch)",
    r"(?:write|debug|fix|generate|draft) (?:me )?(?:a|an|my|some|the|this) (?:\w+ )?(?:python|javascript|"
    r"code|script|program|function|email|letter|essay|image|picture|logo|regex|sql)\b|fine ?tun(?:e|ing)|"
    r"hallucinat\w+|training data|which model (?:is|should)|context (?:window|length)|max tokens|streaming|"
    r"temperature",
    r"(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)|are u) (?:an? )?(?:real|human|bot|"
    r"robot|ai|machine|chatbot|person|automated|computer|someone real|alive|sentient)\b.*|"
    r"who (?:are|r) you|what is your name|your name|who (?:made|built|created) you|what (?:can|do) you do|"
    r"what are you|how old are you|do you (?:like|love|sleep|eat|dream|have feelings)|i love you|"
    r"will you marry me|tell me about yourself|where are you (?:from|based|located)|how can you help(?: me)?|"
    r"what can you help (?:me )?with",
    r"(?:personal|private|home|recreational|leisure|non ?commercial) (?:use|usage|purposes?|projects?|life|hobby)",
    r"(?:do|can|could|would) (?:you|u|you guys) (?:also )?(?:sell|rent|ship|stock|repair|lend|cook|bake|deliver|"
    r"manufacture) "
    r"\w+",
    r"(?:recommend|suggest)(?: (?:me|us))? (?:a|an|any|some|which|good)(?: good)? \w+",
    r"(?:shipping|shipment|deliver(?:y|ed)|parcel|(?:my|our|the|a) package|tracking number|order number|return "
    r"policy|"
    r"warranty|my order|broken screen|spare parts?|store hours|opening hours|appointment)",
)
_PAIRS: Final = tuple(re.compile(rf"\b(?:{row})\b") for row in _ROWS)


_OUT_OF_ORDER: Final = re.compile(
    r"\b(?:is|are|was|were|been|being|seems?|why is|since)(?: \w+){0,4}? (?:down|offline|unavailable|broken|slow|"
    r"laggy|"
    r"unreachable|overloaded|unresponsive|unstable|not responding|not working|acting up)"
    r"(?: (?:right|now|today|again|currently|at the moment|this morning|for hours|all day|these days))*$"
    r"|\b(?:does|do|did|will|would) not (?:even )?(?:work|load|open|start|respond|connect|show up|"
    r"function)(?: (?:any ?more|today|now|"
    r"at all|for (?:me|us)|properly|correctly))*$"
    r"|\b(?:calls?|requests?|uploads?|it|they|everything|jobs?) (?:\w+ )?(?:times? out|timing out|hangs?|fails?|"
    r"failing|"
    r"breaks?|crash(?:es)?)(?: (?:since|every|all|after|again|constantly|randomly|today|now)\b.*)?$"
    r"|\b(?:gives?|gave|returns?|returned|throws?|threw|shows?|get|getting|got|keeps? giving)(?: me| us)? (?:an? |"
    r"the |this )?(?:\w+ )?"
    r"(?:errors?|exceptions?|timeouts?|[45]\d\d|wrong \w+|garbage)\b"
)


_ANOTHER_PAPER: Final = re.compile(
    r"^(?:(?:and|so|but|also|ok|well) )*(?:is|are|does|do|will) (?:the |your |our |an? )?(?:gdpr|ccpa|soc ?2|iso "
    r"?27001|pci|fedramp|hitrust|"
    r"dpas?|ndas?|sccs?)\b"
)


def is_of_another_paper(plain: str) -> bool:
    """Whether a question of what is covered is about another law or paper ("is GDPR covered?")."""
    return bool(_ANOTHER_PAPER.match(plain))


def out_of_order(plain: str) -> bool:
    """Whether the clause says or asks that something does not run, whatever it is."""
    return bool(_OUT_OF_ORDER.search(plain))


def matter_elsewhere(plain: str, own: frozenset[str]) -> bool:
    """Whether the clause speaks of a matter that some other desk deals with; `own` are the release's words."""
    for row in _PAIRS:
        found = row.search(plain)
        words = set(found.group().split()) - _SMALL - FUNCTION_WORDS if found is not None else own
        if found is not None and not (words and words <= own):
            return True
    return False


_SMALL: Final = listed(
    "the a an my our me you is are it this that what who how to do can your of not was help declined denied "
    "rejected refused failed accepted pending"
)
