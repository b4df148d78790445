"""What a question is after, whatever it is about: how long, how to get it, whether one is on offer, what it costs.

The words for these are the same in every trade; which part of the document answers them is found in the document.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.reading.text import level
from bythebook.routine.model import Article, Topic

TELL: Final = re.compile(
    r"^(?:(?:please|can you|could you|i want to|i need to|i would like to|we need to|we want to) )*"
    r"(?:show|list|give|send|tell|see|name|provide|explain|share|get me|print|point me|"
    r"(?:confirm|clarify|state|advise|specify|indicate|say|check|know)(?: to (?:me|us))? (?:whether|if|what|which|"
    r"how|when|who|that))\b"
)
"""Orders that ask a question."""

_TIMING: Final = re.compile(
    r"\bhow (?:long|quick(?:ly)?|fast|soon|many (?:\w+ )?(?:days?|weeks?|hours?|months?))\b|\bwhen (?:will|"
    r"can|would|do|should|might|could|is|are|does) (?:i|we|you|it|this|that|the|your|my|our|someone|somebody|"
    r"they|there)\b(?!.*\b(?:need|necessary|required|have to|should we use|refuse|reject|deny|decline)\b)|"
    r"\bperiod (?:with)?in which\b|\bturn ?around\b|\btime ?(?:line|frame|scale|lines|frames)\b|\beta\b|"
    r"\b(?:processing|response|waiting|wait|lead|reply|review) times?\b|\bhow much time\b|\bby when\b|"
    r"\bwhat (?:is|are) the (?:usual |typical |normal |expected |average )?(?:wait|delay|duration|deadline|"
    r"sla)\b|\b(?:within|in) (?:how many|what time)\b|\bhow (?:much|far) longer\b|\b(?:take|takes|"
    r"taking) (?:long|forever|ages|a while|days|weeks|months)\b|"
    r"\b(?:average|typical|usual|expected|total) (?:\w+ )?time\b|\btime (?:until|till)\b|"
    r"\b(?:usually|normally|typically) take\b|\b(?:expedite|speed (?:it|this|things|the process) up|"
    r"fast ?track|rush (?:it|this|our|the|my))\b|\bduration\b|\b(?:days?|weeks?|months?|hours?|monday|friday|"
    r"tomorrow|deadline|month end|quarter)\b.{0,30}\b(?:realistic|feasible|possible|enough|doable|"
    r"too (?:long|short|optimistic|late|soon)|achievable|manageable|sufficient|make it)\b|\bhow (?:many|"
    r"much) (?:business |working )?(?:days|time)\b|\bhow slow\b|\b(?:will|would|can|could|is|does) (?:it|this|that|"
    r"the \w+) (?:\w+ ){0,2}?(?:ready|done|signed|finished|complete|"
    r"in place)\b.* (?:by|before|until|till|in time|on time)\b|\b(?:minutes|hours|days|weeks) or (?:hours|days|"
    r"weeks|months|longer|more)\b"
)
_IN_TIME: Final = re.compile(
    r"^(?:(?:and|so|but|or|well|ok|please) )*(?:can|could|will|would|is|are|does|do|may|might)\b.*\b(?:in|within|in "
    r"under|under|by|before) "
    r"(?:an?|one|two|three|\d+|the|this|next|tomorrow|monday|tuesday|wednesday|thursday|friday|end)\b(?: \w+){0,2}?"
    r"(?: (?:hours?|days?|weeks?|months?|tomorrow|monday|tuesday|wednesday|thursday|friday|week ?end|year))?$"
)
_UNITS: Final = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|weekend)\b"
)
_SOON: Final = re.compile(
    r"^(?:(?:and|so|but|or|well|ok|please) )*(?:can|could|may) (?:i|we) (?:already |still |just )?(?:sign|get|have|"
    r"start|begin|receive|expect)\b.*\b(?:today|tomorrow|this (?:week|month)|next (?:week|month)|tonight|by \w+day)$"
)
_TIME_ALONE: Final = re.compile(r"^(?:(?:and|so|the|expected|total) )*(?:time|duration|timing|wait)$")
_HAD: Final = re.compile(
    r"\bhow long (?:have|has|is it valid|does (?:it|the \w+) (?:last|stay|remain)|is (?:it|the \w+) (?:valid|"
    r"good))|\bhow long (?:do|are|is|will) (?:you|your) (?:store|stores|keep|keeps|retain|hold|save)|"
    r"\bhow long (?:is|are|will|do|does) (?:\w+ ){1,4}(?:kept|stored|retained|saved|held|deleted)\b|"
    r"\b(?:retained|stored|kept|retention) (?:for|period|time)\b|\bexpire"
)
_DURATION: Final = re.compile(
    r"\b(?:\d+(?:-\d+)?|few|within|several) (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?)\b"
)
_COST: Final = re.compile(
    r"\b(?:is|are) (?:the |your |this |that )?\w+(?: \w+)? (?:for )?free\b(?! of)|\bhow much (?:does|is|do|are|"
    r"would|will|for|money|it)\b(?! time)|\b(?:price|prices|pricing|cost|costs|"
    r"fee|fees|discount|discounts|surcharge|cheaper|expensive|for free|free of charge)\b|\bis it free\b|"
    r"\bpay (?:for|extra|anything)\b"
)
_GET: Final = (
    r"(?:get|obtain|request|requesting|getting|obtaining|apply(?:ing)? for|apply|sign(?:ing)? up|"
    r"start(?:ed|ing)?|begin|set(?:ting)? up|set up|acquire|receive|arrange|initiate|go about|"
    r"proceed|execute|order|secure|put in place|have|enter into|sign|ask for|procure|organi[sz]e|"
    r"establish|file|file for|submit|do this|do it|move forward|complete|make)"
)
_HOW_TO_GET: Final = re.compile(
    rf"\b(?:how|where) (?:can|do|does|could|should|would|might|shall|may|to|must|are|am|is)(?: (?:i|we|one|"
    rf"someone|a company|our company|my company|you|our \w+|my \w+|a customer|a startup|go about|best|even|"
    rf"actually|then|now|someone like us))*(?: (?:supposed to|go about|able to|going to|to|best|please|start|"
    rf"begin|even|actually|properly|proceed))*(?: {_GET})\b"
    r"|\b(?:what|which) (?:is|are|would be|steps?|process|procedure)(?: (?:the|your|next|first|right|"
    r"required|are|is|do|usual|correct))* (?:process|steps?|procedure|way|path|route|requirements?|next|"
    r"paperwork|flow|to (?:get|take|do|follow))\b|\b(?:steps|process|procedure|way|instructions|requirements|"
    r"guide) (?:to|for|of) (?:get|getting|obtain|obtaining|apply|applying|request|requesting|sign|signing|"
    r"starting|setting|an?|the|our)\b"
    r"|\bwhat (?:do|should|must|would|shall|can|else do) (?:i|we) (?:need to |have to )?(?:do|provide|submit|"
    r"send|fill|need)\b|\bwho (?:do|should|can|shall|must|would) (?:i|we) (?:contact|email|write|talk|speak|call|"
    r"phone|ring|"
    r"ask|send|reach|get in touch|approach|turn|go)\b|\bwhere (?:do|can|should) (?:i|we) (?:sign|apply|start|"
    r"send|submit|find|get|go|begin|request|email|write)\b|\bhow does (?:it|this|the process|that|"
    r"one) (?:work|get started|go about)\b|\bhow (?:to|do i|do we|can we|can i) (?:get going|kick off|"
    r"onboard|go ahead|get this going|get it done|get one|get that)\b"
)
_ON_OFFER: Final = re.compile(
    r"\b(?:do|does|can|could|will|would) (?:you|your company|you guys|they|y all)(?: (?:please|also|"
    r"even|currently|still|guys|ever|by any chance|be able to|be willing to))* (?:offer|sign|provide|have|do|"
    r"support|give|issue|execute|send|make|enter into|accept|set up|prepare|supply)\b|\b(?:can|could|may|"
    r"might|would it be possible for|is it possible for) (?:i|we|us|me|you|our \w+|my \w+)(?: (?:please|also|"
    r"even|still|perhaps|just|to|be able to|possibly))* (?:get|have|obtain|sign|request|receive|arrange|"
    r"apply|set up|execute|do|start|enter|secure|proceed|put|order|ask|add|include|extend)\b"
    r"|\bis (?:it|there|this|a|an|the)(?: \w+){0,3} (?:possible|available|option|way|offered|chance)\b|"
    r"\bis it possible\b|\bavailable\b|\bany (?:chance|way|possibility)\b|\bare (?:you|we) (?:able|willing|"
    r"allowed|eligible) to\b|\bwould you (?:be willing|sign|offer)\b|\bis there (?:a|an|any|some)\b"
)
_WANT: Final = re.compile(
    r"\b(?:need|needs|needed|want|wants|wanted|require|requires|required|requiring|looking (?:for|to|into|"
    r"at)|like|interested|after|seeking|request|requesting|apply|applying|get|getting|obtain|obtaining|sign|"
    r"signing|signed|set ?up|arrange|trying to|try to|inquiring|enquiring|inquiry|question (?:about|"
    r"regarding|on)|about|regarding|concerning|hoping to|hope to|must have|have to|help with|asking for|"
    r"ask for|go for|start|pursue|exploring|explore|plan(?:ning)? (?:to|on)|here (?:for|about|to)|please|"
    r"send me|give me|wish|missing|lack|lacking|no|without|not have|due|purposes?)\b"
)
_WHAT_ABOUT: Final = re.compile(
    r"^(?:and |or |so |ok |but |then |also )*(?:what about|how about|and|what if (?:i|we) (?:use|used|need|"
    r"wanted|want|choose|chose|go|went|have)|same (?:question|thing|for)|does the same (?:hold|apply|go|work|"
    r"count)|is it the same|also|plus|now|then|next|as for|"
    r"regarding|about|for|with|using|does that (?:apply|go|work) for|the same for)\b"
)
_COVERAGE: Final = re.compile(
    r"^(?:(?:and|so|but|also|then|well|oh|wait|hmm|sorry|actually|ok|hold on|"
    r"please) )*(?:is|are|does|do|will|would|can|did|was|were|am|could|should|"
    r"what about|how about)\b.*\b(?:covered|cover|covers|included|include|includes|eligible|excluded|exclude|"
    r"excludes|in scope|part of (?:it|the|this|that|what)|fall (?:under|within)|falls (?:under|within)|"
    r"extend to|extends to|carved out|(?:under|within) (?:the|your|our|this|an?) (?:application|agreement)|"
    r"come under|comes under|(?:apply|applies) to (?:all|every|each|any|the|both|everything)|encompass\w*|"
    r"(?:in|on|under|within) (?:it|there|that|the list|that list)$|within the scope|under the scope|count(?:s|"
    r"ed)?)\b|\b(?:what|which things|anything|something|"
    r"everything) (?:is|are|else is) (?:not |also )?(?:covered|included|excluded|in scope|carved out)\b|"
    r"\bhow (?:far|much|wide) .*\b(?:cover|covers|covered|coverage)\b|\b(?:scope|extent|"
    r"limits) of (?:the )?(?:coverage|cover)\b"
)
_IF_COVERED: Final = re.compile(
    r"\b(?:tell (?:me|us)|know|confirm|check|see|say|asks?|asked|asking|wonder\w*|find out|clarify|hear|verify)(?: "
    r"\w+){0,2}? (?:if|"
    r"whether) (?:all|every|each|any|everything|the|your|our)\b(?:.* (?:covered|included|eligible|in scope)|(?: "
    r"(?!we\b|i\b)\w+){0,4} "
    r"(?:is|are) (?:all )?(?:in|in (?:it|there|that)))$"
)
_OF_PEOPLE: Final = re.compile(
    r"^(?:(?:and|so|but|also|then|well|oh|wait|sorry|actually|ok|please) )*(?:is|are|am|would|will|can|could|"
    r"does|do) (?:we|i|us|"
    r"he|she|my (?:company|clinic|practice|team|hospital)|our (?:company|clinic|practice|team|hospital|"
    r"organi[sz]ation))(?: "
    r"(?:then|also|still|already|now|be|get))* (?:covered|included|eligible)\b(?!.*\b(?:use|using|service|"
    r"feature|endpoint)\w*)"
)
""" "Are we covered through them?" asks who is, not what."""

_WHICH: Final = re.compile(
    r"\b(?:which|send me|send us|give me|give us|lists?|listing|page|table|show|name|enumerate|where)\b"
)
_THAT_COVERS: Final = re.compile(r"\b(?:that|which) (?:covers?|includes?)\b")
_ADJECTIVE: Final = re.compile(r"\ba (?:\w+ )?(?:covered|eligible|included)\b")
_DEFINITION: Final = re.compile(
    r"\b(?:tell|explain(?: to)?|show|know|understand|teach) (?:me |us )?(?:just |exactly |again )?what (?:an?|"
    r"the|this|that|your) (?:\w+ ){1,4}?"
    r"(?:is|are|means?|stands? for)(?: (?:then|about|for|exactly|really|please|actually|now))*$|"
    r"\bwhat (?:is|are) the (?:point|purpose|benefit|use|reason|sense) of\b|^(?:what (?:is|are|does|"
    r"exactly is|do you mean by) (?:an? |the |exactly )*(?:\w+ ){1,4}?(?:stand for|"
    r"mean|for|about|exactly|$)|what (?:is|are) (?:an? |the )?(?:\w+ ?){1,3}$|(?:can you )?(?:define|"
    r"explain)(?: (?:to me|me))?(?: what)? |meaning of)|\bwhy (?:do|does|would|should|is|are|must|"
    r"have) .{0,30}\b(?:need|needed|necessary|required|require|sign|have)\b"
)


_PROCEDURE: Final = re.compile(
    r"\bwhat (?:is|are|would be) (?:the|your) (?:\w+ )?(?:process|procedure|procedures|protocol|steps?|way|path|"
    r"route|"
    r"requirements?) (?:to|for|of|in)\b"
)
_WHAT_IT_IS: Final = (
    r"^(?:(?:and|so|but|ok|sorry|also|well|hi|hello|exactly) )*(?:(?:what|who)(?: exactly)? (?:is|are|does|"
    r"do)(?: (?:exactly|even|"
    r"actually|you mean by|is))*|(?:can you |could you |please )*(?:explain|define|describe)(?: to (?:me|"
    r"us))?(?: what)?|"
    r"what (?:do you|is) mean(?:t)? (?:by|with)|i do not know what)(?: (?:a|an|the|this|that|your|is))* {name}"
    r"(?: (?:is|are|mean|means|do|does|exactly|anyway|again|even|about|for|thing|stand for|actually|please|in simple "
    r"terms))*$"
)
_USE: Final = (
    r"^(?:(?:and|so|but|ok|sorry|also|well|hi|hello) )*(?:how (?:do|can|could|should|would|to)(?: (?:i|we|you|"
    r"one|someone))?|"
    r"(?:can|could) you (?:show|teach|tell|explain to) (?:me|us) how to)(?: (?:best|actually|properly))* "
    r"(?:use|operate|work with|install|download|log ?in(?:to| to)?|access|open|set up|configure|learn|uninstall|"
    r"update|"
    r"upgrade|cancel)(?: (?:a|an|the|your|this))* {name}(?: (?:please|properly|well|at all|better|correctly|"
    r"effectively))*$"
)
_HANDLE: Final = (
    r"\b(?:cancel|upgrade|downgrade|renew|uninstall|install|debug|fix|restart|reset|delete|deactivate|"
    r"unsubscribe)(?: (?:us|me|our|my|the|to|from|into|an?|this|that))* {name}\b"
)
_PERMISSION: Final = re.compile(
    r"^(?:(?:so|and|but|then|now|please) )*(?:(?:may|can|could|should|are|am) (?:we|i)(?: (?:allowed|permitted|able|"
    r"free) to| still|"
    r" legally| just)* (?:do|use|send|put|upload|keep|store|share|process|go on|continue|paste|work)\b|is (?:that|"
    r"this|it)(?: still| "
    r"even| really)? (?:ok|allowed|fine|permitted|legal|possible|a problem|safe|acceptable|all right|compliant|"
    r"in order)\b)"
)
_REQUIRED: Final = re.compile(
    r"\b(?:needed|required|necessary|mandatory|obligatory|compulsory|a must|optional)(?: (?:for .*|at all|too|"
    r"as well|then|anyway))?$"
)
_RIGHT_HERE: Final = re.compile(
    r"\b(?:right|correct|proper|wrong) (?:place|address|department|desk|team|person|people|channel|chat|contact)\b|"
    r"\b(?:can|could|do|are) you (?:be able to )?(?:help|assist|deal|handle|responsible|the one|the people)\b"
)
_NEED: Final = re.compile(
    r"\b(?:do|does|would|will|must|should) (?:i|we|one|they|my \w+|our \w+)(?: (?:also|really|actually|even|"
    r"still|first))* "
    r"(?:need|require|have to (?:have|get|sign|request)|get|sign|request)\b"
)
_MUST_BUY: Final = re.compile(
    r"\b(?:have|need|required?|must|got|forced|obliged|necessary|mandatory|supposed|precondition|prerequisite|"
    r"condition|requirement)\b(?: \w+){0,3}? (?:buy|purchase|"
    r"upgrade|subscribe|(?:be|become) an?|be on|own|move up|switch to an?)\b"
)


def asks_timing(plain: str) -> bool:
    """Whether it asks how long something takes or when it comes."""
    asked = _TIMING.search(plain) or _SOON.match(plain) or _TIME_ALONE.match(plain)
    return bool(asked or (_IN_TIME.match(plain) and _UNITS.search(plain))) and not _HAD.search(plain)


def asks_cost(plain: str) -> bool:
    """Whether it asks what something costs."""
    return bool(_COST.search(plain))


def asks_how_to_get(plain: str) -> bool:
    """Whether it asks for the way to what the document gives."""
    return bool(_HOW_TO_GET.search(plain))


def asks_whether_offered(plain: str) -> bool:
    """Whether it asks if that can be had."""
    return bool(_ON_OFFER.search(plain))


def wants(plain: str) -> bool:
    """Whether it says that something is wanted."""
    return bool(_WANT.search(plain))


def asks_of_another(plain: str) -> bool:
    """Whether it turns what is being spoken of to another thing ("what about Y?")."""
    return bool(_WHAT_ABOUT.search(plain))


def asks_meaning(plain: str) -> bool:
    """Whether it asks what a word means."""
    return bool(_DEFINITION.search(plain)) and not _PROCEDURE.search(plain)


def asks_what_it_is(plain: str, name: str) -> bool:
    """Whether it asks no more than what the thing of this name is."""
    return bool(re.match(_WHAT_IT_IS.format(name=re.escape(name)), plain))


def asks_use(plain: str, name: str) -> bool:
    """Whether it asks how the thing of this name is used, and nothing about getting it."""
    return bool(re.match(_USE.format(name=re.escape(name)), plain))


def handles(plain: str, name: str) -> bool:
    """Whether something is to be done with the thing of this name that has nothing to do with getting it."""
    return bool(re.search(_HANDLE.format(name=re.escape(name)), plain))


def asks_permission(plain: str) -> bool:
    """Whether it asks if something may be done, and not what that is."""
    return bool(_PERMISSION.match(plain))


def asks_if_right_here(plain: str) -> bool:
    """Whether it asks if this is where such a thing is dealt with."""
    return bool(_RIGHT_HERE.search(plain))


def asks_need(plain: str) -> bool:
    """Whether it asks if something is needed."""
    return bool(_NEED.search(plain))


def asks_if_to_buy(plain: str) -> bool:
    """Whether it asks if a thing must be bought, or had, before."""
    return bool(_MUST_BUY.search(plain))


def asks_coverage(plain: str) -> bool:
    """Whether it asks if some thing is covered, and not for the list of those that are."""
    said = _ADJECTIVE.sub("", plain)
    return (
        bool(_COVERAGE.search(said) or _IF_COVERED.search(said))
        and not _OF_PEOPLE.match(plain)
        and not _WHICH.search(plain)
        and not _THAT_COVERS.search(plain)
    )


def asks_if_required(plain: str) -> bool:
    """Whether it asks if a thing is needed."""
    return bool(_REQUIRED.search(plain))


def asks_list(plain: str) -> bool:
    """Whether it asks for a list, or which ones."""
    return bool(_WHICH.search(plain))


def coverage_topic(article: Article) -> Topic | None:
    """Return the question of the article that asks what is covered, if it has one."""
    return next((topic for topic in article.topics if asks_coverage(level(topic.question).lower())), None)


def timing_topic(article: Article) -> Topic | None:
    """Return the question of the article whose answer gives durations; None where no answer does."""
    counts = [(len(_DURATION.findall(level(topic.text).lower())), -topic.number, topic) for topic in article.topics]
    best = max(counts, key=lambda count: count[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None


def speaks_of_cost(article: Article) -> bool:
    """Whether any question of the article is about cost."""
    return any(asks_cost(level(topic.question).lower()) for topic in article.topics)
