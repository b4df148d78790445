"""Names where a name is asked for: bare, behind "my name is" or "it's under", turned about, of a person or a firm.

Whether a slot asks for one is told by the document's own words for it ("full name", "name of the account holder").
"""

import re
from typing import Final

from bythebook.reading.common import FUNCTION_WORDS, listed


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# --- slots that ask for a name ---

_HOLDER: Final = (
    r"(?:(?:account|card|policy|ticket|licen[cs]e|plan|contract|booking|subscription)[ -]?(?:holder|owner)"
    r"|cardholder|policyholder)"
)
_PERSON: Final = (
    rf"(?:{_HOLDER}|customer|client|user|guest|passenger|patient|caller|employee|member|owner|holder|tenant|student"
    r"|travell?er|driver|subscriber|buyer|seller|recipient|contact(?: person)?|person|manager|supervisor|doctor"
    r"|spouse|partner|beneficiary|applicant|witness|teacher|colleague|technician|representative)"
)
PERSON_WORDS: Final = _re(
    rf"^(?:(?:full|first and last|complete|whole|your|their|the|legal|own|preferred|main|primary|registered|billing"
    rf"|emergency|{_PERSON}(?:['’]?s\b['’]?)?) )*names?"
    rf"(?: of (?:(?:the|their|your|an?|main|primary|emergency) )*{_PERSON}\b.{{0,40}}"
    r"| (?:on|for|under|in|that|which|as) .{1,60})?$"
    rf"|^(?:(?:main|primary|billing|technical|emergency|the|their|your) )*(?:contact|contact person|{_HOLDER})$"
)
_FIRM: Final = r"(?:company|business|organi[sz]ation|employer|firm|agency|institution|school)"
_OTHERS: Final = _re(
    rf"\b(?:{_HOLDER}|{_FIRM}|guest|passenger|patient|owner|holder|driver|recipient|contact|person|manager|supervisor"
    r"|doctor|spouse|partner|beneficiary|witness|teacher|colleague|technician|representative|student|employee|on|under)\b"
)
"""Words of slots that may ask for the name of somebody else than the customer."""

FIRM_WORDS: Final = _re(
    rf"\b{_FIRM}(?:['’]s)?(?: name)?$|\bnames? of (?:(?:the|their|your|an?) )*(?:[\w-]+ )?{_FIRM}$"
)

# --- what leads in to a name, and what follows it ---

_IS: Final = r"(?:['’]s|\s(?:is|was|would be|should be|will be))"
_MINE: Final = r"(?:my|the|our|your)"
_WHOSE: Final = r"(?:my|the|our|his|her|their|your|its)"
_RELATED: Final = (
    r"(?:wife|husband|partner|spouse|mother|mum|mom|father|dad|son|daughter|brother|sister|boss|manager|colleague"
    r"|co-?worker|assistant|friend|employer|firm|company|daughter-in-law|son-in-law|roommate|flatmate|landlord)"
)
_LEAD: Final = (
    rf"(?:{_MINE}\s)?(?:[\w-]+\s){{0,3}}(?:name|holder|owner|person|contact|{_FIRM}|manager)(?:\shere)?"
    rf"(?:{_IS}(?:\s(?:called|named|under|in))?|:|\s-)"
    r"|(?:(?:it|that|this|you)(?:['’](?:s|ll|d)|\s(?:is|was|will|would|should))?\s)?(?:(?:be|find it|find me|all)\s)?"
    r"(?:booked|registered|listed|filed|saved|set up|opened|signed up|recorded|made|running)?\s?"
    rf"(?:under|in|by|on)\s(?:(?:{_MINE}|a)\s)?(?:[\w-]+\s)?(?:names?)(?:\sof)?"
    r"|(?:(?:it|that|this)(?:['’]s|\s(?:is|was|would be|should be))\s)?"
    r"(?:(?:booked|registered|listed|filed|saved)\s)?under"
    r"|(?:(?:i|we|it)\s)?(?:go|goes)\sby(?:\sthe name(?:\sof)?)?"
    r"|(?:(?:i|we|it)(?:['’](?:m|re|s)|\s(?:am|are|is))\s)?(?:called|named)"
    r"|(?:that|it|this)\s(?:would|will|should|must)\sbe|(?:that|it|this)(?:['’]s|\sis)"
)
_OF_ANOTHER: Final = (
    rf"|(?:(?:it|that|this)(?:['’]s|\s(?:is|would be))\s)?(?:(?:in|under)\s)?{_WHOSE}\s{_RELATED}(?:['’]s name)?"
    rf"(?:,|{_IS}|\s(?:called|named))?|{_WHOSE}\s(?:[\w-]+\s)?name{_IS}"
    r"|(?:(?:please|just|you can|you could|you should|best|you may)\s)*(?:contact|reach|call|ask for"
    r"|put down|write down|put)"
)
_LEAD_OWN: Final = _re(rf"(?:{_LEAD})[\s,:]\s*")
_LEAD_ANY: Final = _re(rf"(?:{_LEAD}{_OF_ANOTHER})[\s,:]\s*")
_BEHIND: Final = _re(
    rf",?\s(?:here|speaking|calling)\W*$|\s(?:is|was)\s(?:(?:on|under)\s)?{_WHOSE}\s[\w' -]{{2,40}}$"
    rf"|,?\s(?:my|our|the)\s(?:\w+\s)?{_RELATED}$|,?\s(?:and|but)\s(?:i|i['’]m|my|we|it|please|can|could)\b.*$"
)
LEADS_MAX: Final = 3
SHOWN: Final = 160
"""Characters of an answer in which lead-ins are looked for."""


def bare_name(answer: str, asked: str) -> str:
    """Return the name in an answer, without what leads in to it and what is said behind it.

    `asked` is the document's words: where the customer's own name is asked for, "my son is Tim" gives none.
    """
    leads = _LEAD_ANY if _OTHERS.search(asked) else _LEAD_OWN
    name = answer[:SHOWN]
    for _ in range(LEADS_MAX):
        lead = leads.match(name)
        if lead is None or not name[lead.end() :].strip():
            break
        name = name[lead.end() :]
    behind = _BEHIND.search(name)
    return (name[: behind.start()] if behind and behind.start() else name).strip(" ,:;!\"'")


_PARTICLES: Final = listed(
    "a al an and da de del della der di do dos du e el i in la las le les of may or the to van von will y"
)
_OTHER_MATTERS: Final = listed(
    """
    account accounts already anything app broken charged closed code email error everything failed forgot found gone
    got happened invoice issue later locked login lost money need nobody nothing order paid password payment phone
    problem really refund someone somebody something still stole stolen stopped stuck subscription website working
    waiting wants wrong yesterday today tomorrow unknown never maybe again broke expired cancelled canceled
    card declined monday tuesday wednesday thursday friday saturday sunday
    """
)
_A_THING: Final = _re(r"(?:the|an?|some|this|that|it|there)\s")
"""Begins a sentence on some thing, where what follows is not capitalised ("the locker opened")."""

_NO_NAME: Final = FUNCTION_WORDS - _PARTICLES | _OTHER_MATTERS
"""What is in no person's name that is typed in small letters, or as a sentence is."""


def may_be_name(text: str) -> bool:
    """Whether words may name a person: where not each is capitalised, none is a word of other matters."""
    words = re.findall(r"[^\W\d_]+", text)
    as_sentence = all(word.islower() for word in words[1:])
    unlike = _NO_NAME if len(words) > 1 or text.islower() else _OTHER_MATTERS
    if as_sentence and _A_THING.match(text):
        return False
    return not as_sentence or not {word.lower() for word in words} & unlike
