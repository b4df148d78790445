"""What people say that means the same in every conversation: yes, no, thanks, bye, a human please.

Rows are matched against a whole clause with its fillers taken off, so that "no" inside "no reply yet" is no refusal.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, GOODBYE, GREETING, HUMAN, REPEAT, THANKS
from bythebook.reading import persons
from bythebook.reading.common import listed

_FILLER: Final = (
    r"(?:(?:to (?:make|cut) a )?long story short|in short|to be (?:honest|frank|clear|precise)|(?:as|"
    r"like) i (?:said|wrote|"
    r"mentioned)|as (?:mentioned|stated|written)(?: (?:above|before|earlier))?|for the record|for what it is worth|"
    r"frankly|(?:i am )?(?:just|only) asking|"
    r"um+|uh+|uhm|er|erm|hmm+|hm|well|so|just|please|basically|oh|ah|aha|also|and|then|anyway|anyways|btw|"
    r"fyi|like|(?:a |just |only |simple |please )*yes or no(?! (?:to|for|on)\b)|"
    r"by the way|kindly|though|tho|lol|haha|honestly|actually|ok so|alright so|quick question|quick one|"
    r"one more thing|one more question|one last thing|another question|"
    r"i have (?:a|one|another) (?:quick )?question|my question is|the question is|question|"
    r"(?:i|we) (?:am|was|were|are) (?:just )?wondering(?: if)?|just wondering(?: if)?|wondering(?: if)?|"
    r"(?:i|we) (?:would like|want|need) to know(?: if)?|let me know(?: if)?|"
    r"(?:can|could|would|will) (?:you|someone|anyone) (?:please )?(?:tell|explain|remind|advise|"
    r"clarify)(?: (?:me|us|to me|to us))?(?: if)?|"
    r"(?:please )?tell (?:me|us)|do you know|may i ask|can i ask(?: you)?|i want to ask|i would like to ask|"
    r"excuse me|sir|madam|guys|folks|mate|man|dude|buddy)"
)
_FILLERS_FRONT: Final = re.compile(rf"^(?:{_FILLER}\b ?)+")
_FILLERS_BACK: Final = re.compile(
    r"(?: (?:please|then|though|tho|lol|haha|man|mate|sir|dude|guys|folks|for now|if possible|asap|to be honest|"
    r"honestly|i am afraid|thank you|your (?:honou?r|majesty|highness|lordship)|my (?:friend|dear|lord)|captain|"
    r"chief|"
    r"thanks))+$"
)

_ASKED_AGAIN: Final = re.compile(r"^((?:what|where|which|who|how) (?:is|was|were|are|long was)\b.*) again$")
""" "What was the address again?": the question is the same as the first time."""

_OK: Final = (
    r"(?:ok|alright|all right|fine|got it|gotcha|i see|understood|noted|great|perfect|cool|nice|good|"
    r"excellent|awesome|"
    r"wonderful|sounds good|sounds great|that is (?:great|good|fine|perfect|helpful|ok|cool|clear|awesome)|"
    r"makes sense|that makes sense|(?:great|good|nice|cool) (?:stuff|work|one)|good to know|very well|will do|"
    r"i understand|we understand|right|very good|"
    r"super|brilliant|splendid|lovely|terrific|superb|amazing|marvell?ous|sweet|neat|understood|roger|copy that|"
    r"will look into it|finally|at last|hurray|hooray|interesting|i understand now|thumbs up)"
)
_YES: Final = (
    r"(?:yes|sure(?: thing)?|of course|absolutely|definitely|certainly|correct|exactly|indeed|affirmative|"
    r"i do|we do|i would|we would|that is (?:right|correct|it exactly)|please do|go ahead|yes i do|yes we do|"
    r"by all means|(?:yes )?there is(?: (?:one|something|another))*(?: (?:thing|more|else))*|"
    r"that would be (?:great|good|nice|lovely|helpful|perfect)|why not|i would like that|do it|do that)"
)
_ALL: Final = r"(?:all|it|everything)"
_NOW: Final = (
    r"(?: (?:for (?:now|today|me|us|the moment|the time being|this time)|right now|now|today|tonight|at (?:the|this) "
    r"(?:moment|point|time|stage|juncture)|at present|currently|from (?:me|us|here|(?:my|our) (?:side|end|part))|"
    r"on (?:my|"
    r"our) (?:side|end|part)|here|so far|yet|at all|really|then|i think|i guess|i believe|i am afraid))*"
)
_HELP_NOUN: Final = (
    r"(?:questions?|queries|inquiries|enquiries|help|assistance|requests?|issues?|concerns?|needs?|info|information|"
    r"details|"
    r"matters?|topics?|points?|things?)"
)
_DONE: Final = (
    rf"(?:that (?:is|was|will be|would be|should be) (?:about |really |pretty much )?{_ALL}(?: (?:i|he|she|they|"
    rf"my \w+|"
    rf"we) (?:need|needed|wanted|have|had|wanted to know)(?: to know)?)?(?: (?:for|from) (?:now|today|me|us|"
    rf"my side|my end|our side))*"
    r"|(?:i|we) (?:am|are) (?:all )?(?:good|fine|set|done|ok|sorted|happy|finished|through)(?: (?:for )?(?:now|"
    r"today|here))?"
    r"|all (?:good|set|done|clear|sorted|fine)(?: (?:for )?(?:now|today|here))?"
    r"|(?:it is |that is )?all good(?: here)?|(?:i think )?(?:i|we) (?:can|will) (?:take it from here|manage)"
    rf"|(?:(?:i|we) have )?nothing(?: (?:else|more|further|other|additional|to add|specific))*{_NOW}"
    r"|(?:(?:i|we) have )?nothing (?:else|more|further)(?: (?!about|on|for|with|but|than)\w+){1,4}"
    rf"|(?:(?:i|we) have )?no {_HELP_NOUN}(?: (?:left|remaining|remain|any ?more|whatsoever))?{_NOW}"
    r"|(?:(?:it|that|this) is )?no longer (?:needed|required|necessary|relevant|of interest)|"
    r"(?:that is )?(?:the )?end of "
    r"(?:the |my |our )?(?:questions?|story|list|conversation)"
    rf"|(?:(?:i|we) have )?no (?:more|other|further|additional|open|remaining)(?: {_HELP_NOUN})?(?: (?:needed|"
    rf"required|"
    rf"necessary|to ask|of mine|pending))?{_NOW}"
    r"|(?:that|this|it) (?:is|was) (?:exactly |just |all |precisely |pretty much |basically )*what (?:i|"
    r"we) (?:needed|wanted|"
    r"was looking for|were looking for|need|want|came for|was after|were after|was hoping for|"
    r"had in mind)(?: to (?:know|"
    r"hear|find out|learn|ask))?"
    r"|not (?:now|today|really|at the moment|right now|at this time|for now|that i (?:can think|know|am aware) of)"
    r"|(?:that|this|it|you) (?:covers|answers|does|answered|settles|covered|sorts|solves|solved|did) (?:it all|it|"
    r"everything|all(?: of)?(?: my| our)?(?: questions)?|my questions?|our questions?|that|"
    r"the trick)(?: for (?:me|us|now))?"
    r"|(?:(?:you|we) (?:can|could|may) |please |feel free to |let us |go ahead and )*(?:close|end|finish|"
    r"wrap up|resolve)(?: (?:it|this|the|my|our))*(?: (?:case|ticket|chat|conversation|request|matter|"
    r"one))?(?: (?:now|out|up|off))*|(?:you|we) (?:can|could|may) (?:now )?mark (?:it|this|the case) as "
    r"(?:resolved|solved|"
    r"done)|(?:please )?(?:stop|quit|exit|cancel|abort)(?: (?:it|this|here|now|the chat|this chat))*"
    r"|(?:i|we) (?:do not|did not|would not) (?:need|have|want|require) (?:any|anything)(?: (?:more|thing|"
    r"things))*(?: (?:else|further|more|help|questions?|other|other questions|more help|"
    r"more questions))*(?: (?:for now|right now|today|at the moment|for the (?:moment|time being)|at (?:this|"
    r"present)(?: \w+)?))*"
    r"|(?:we|i) (?:consider|deem|regard) (?:this|the|that|it)(?: \w+)? (?:as )?(?:concluded|closed|settled|"
    r"resolved|done|finished)|enough for (?:one day|today|now|me)"
    r"|(?:i|we) (?:have|got|have got) (?:everything|all|what)(?: that)?(?: (?:i|we))? (?:need|needed|want|"
    r"wanted|require|came for)(?: (?:now|today|for now))*|(?:i|we) (?:have|got) (?:everything|it all)"
    r"|(?:i|we) (?:do not|would not)(?: (?:think|believe|guess|suppose))?|do not (?:need|think so|think|"
    r"worry)(?: (?:anything|any more|"
    r"about it))*(?: else)?|i (?:do not )?think (?:not|that is (?:it|all|everything)|so not|we are (?:good|"
    r"done)|i am (?:good|done|all set)|that covers (?:it|everything))"
    r"|leave it(?: be)?|let it (?:be|go)|(?:i|we) will leave you (?:to it|in peace|alone)|(?:i|we) will (?:be "
    r"in touch|get "
    r"in touch|reach out|write|let you know|come back|be back|get back)(?: (?:to you|again))* (?:if|when|should|"
    r"once) "
    r"(?:i|we|anything|something|there|more)\b.{0,40}|i am happy with (?:that|this|it)"
    r"|i do not think so|nothing i can think of|(?:case|chat|ticket) (?:closed|solved|resolved)|"
    r"problem solved|issue resolved|we can (?:stop|leave it) (?:here|there)|(?:i will|let us|"
    r"we will) leave it (?:here|there|at that)"
    r"|no need(?: for (?:any|anything|more|further|that|it)(?: (?:more|else|further|help|questions|assistance))*)?|"
    r"no that is ok|that (?:will|should|would|ought to) (?:do(?: it)?|be (?:all|it|enough|fine|"
    r"everything))(?: (?:for )?(?:now|today|then))?|"
    r"none|nada|i am good no|enough|that is enough|forget (?:it|about it)|never mind(?: the rest| that| it| me)?|"
    r"(?:i am |"
    r"we are )?not interested(?: any ?more)?|that is plenty|resolved|solved|done(?: and (?:done|dusted))?|(?:that|"
    r"this) (?:wraps|sums|rounds|closes) (?:it|things|this|everything) (?:up|off)|finito|"
    r"basta|finis|"
    r"(?:there is )?(?:nothing|not anything)(?: (?:is|really))? left(?: (?:to|for) \w+)?(?: (?:from|on) (?:my|our) "
    r"(?:side|"
    r"end))?|(?:i|we) do not think (?:there is|(?:i|we) (?:need|have)) (?:anything|any|more)(?: (?:more|else|left|"
    r"further|"
    r"questions?|help|to ask))*)"
)
_NO: Final = (
    r"(?:(?:yes )?no(?: no)*|no not really|not really|absolutely not|definitely not|of course not|no way|"
    r"(?:i would )?(?:rather|prefer|better) not(?: to)?|not (?:needed|necessary|required)|negative|"
    r"no i do not|no we do not|no sir|no maam)"
)
_THANKS: Final = (
    r"(?:(?:ok |great |perfect |good |cool |super )?(?:many |much |big |huge |sincere )?(?:thanks|thank you|"
    r"thank u|cheers)(?: (?:a lot|a million|a bunch|a ton|so much|so very much|very much|again|loads|both|"
    r"all|everyone|kindly|ever so much|i guess|i suppose|as well|too|"
    r"tons|much|for (?:the|your|all|all the|all of|everything|this|that|helping|letting|being|getting|such|"
    r"clarifying|explaining|answering|sharing|taking|a|looking|any|providing|coming)\b(?: [\w']+){0,6}|"
    r"for (?:\w+ing)(?: [\w']+){0,4}|"
    r"in advance|anyway|then|indeed|guys|team|you|mate))*"
    r"|(?:i|we) thank you(?: (?:kindly|for (?:the|your|all)(?: [\w']+){1,6}))?"
    r"|(?:i |we |really |very |that is |it is |i am |we are |so )*(?:much |very much |"
    r"really )?(?:appreciated|appreciate (?:it|that|this|you|(?:your|the|all the|all your) (?:\w+ ?){1,3})|"
    r"grateful|thankful)(?: (?:it|so much|a lot|for .*))?"
    r"|(?:you are|you have been|this was|that was|that is|this is|it was|very|super|so|really|"
    r"extremely) (?:very |super |so |really |extremely |most )?(?:helpful|useful|kind|informative|"
    r"clear)(?: (?:thanks|"
    r"thank you|indeed|of you|for (?:me|us)))*"
    r"|(?:great|good|nice|excellent) (?:help|job|work|service)|that helps(?: a lot)?|that helped(?: a lot)?|"
    r"(?:i am |we are )?(?:much |most |greatly )?obliged(?: to you)?|you (?:saved|made) (?:my|our) day|tyvm|"
    r"you rock|you are (?:the best|awesome|a star|great|a lifesaver)|much obliged|bless you)"
)
_BYE: Final = (
    r"(?:(?:(?:and|i) remain )?yours (?:faithfully|sincerely|truly)|sincerely|faithfully|cheerio|"
    r"(?:good)?bye(?: (?:bye|now|for now|then))*|good bye|see (?:you|ya|yes|u)(?: (?:later|soon|around|"
    r"next time))?|cya|so long|farewell|"
    r"(?:have|enjoy) (?:a|an|the|your) (?:\w+ ){0,2}(?:day|one|evening|night|weekend|week|afternoon|morning|"
    r"time|rest of (?:your|the) (?:day|week))(?: (?:ahead|too|as well))*|"
    r"take (?:care|it easy)|(?:talk|speak|chat) (?:to you )?(?:later|soon)|later|laters|until next time|"
    r"good night|all the best|"
    r"(?:best|kind|warm) (?:regards|wishes)|regards|you too|same to you|ttyl|signing off|i (?:will be|"
    r"am) (?:off|going|leaving|out(?: of here)?|gone)(?: now)?|wish (?:me|us) luck|over and out|fingers crossed|(?:i "
    r")?(?:have got|have|got|must|need|should) (?:to )?(?:go|run|dash|leave|be off)(?: now)?|gtg)"
)
_HI: Final = (
    r"(?:my name is \w+(?: \w+)?|(?:this is|i am) (?!not\b|the\b|an?\b)\w+(?: \w+)? (?:from|at|of|with|"
    r"calling from) (?!the api|(?:that|this|it|the|you|your)\b)[\w ]{2,30}|(?:why |well )?(?:hi+|hello+|hey+|"
    r"heya|hiya|howdy|yo|greetings|hullo|"
    r"helo|hallo|sup|"
    r"good (?:morning|afternoon|evening|"
    r"day)|morning|afternoon|evening|dear)"
    r"(?: (?:hi|hello|there|all|everyone|everybody|team|support|support team|folks|guys|friend|friends|bot|"
    r"again|you|to you|to all|both|assistant|sir|madam|sir or madam|sir madam|customer service|people))*"
    r"|(?:how are you(?: (?:doing|feeling|keeping))?(?: (?:today|all|now|there|this \w+|guys))*|how is it "
    r"going(?: today)?|how are things|what is up|whats up|hope (?:you are|"
    r"all is|this finds|you all are) .*|i hope (?:you|this) .*|nice to meet you|to whom it may concern|"
    r"(?:is )?(?:anyone|anybody|someone|somebody) (?:there|here|around|home)|are you there|you there))"
)
_HELP: Final = (
    r"(?:(?:i|we) (?:need|want|could use|would like|am looking for|are looking for|require) (?:some |your |"
    r"a bit of |a little )?(?:help|assistance|support|info|information|advice)(?: here)?|(?:can|could|would|"
    r"will) you (?:help|assist)(?: (?:me|us))?(?: (?:again|once more|out|here|with something|with this|today))?|"
    r"help(?: me| us)?(?: out)?|(?:a |one |another )?(?:quick |short |small )?(?:question|query|enquiry|"
    r"inquiry)(?: for you| please)?|(?:i|we) have (?:a|some|a few|another|one|"
    r"a couple of) (?:more )?(?:question|questions|query|request|issue|problem)s?|(?:may|can|could) (?:i|"
    r"we) ask (?:you )?(?:a|something|some)(?: (?:question|questions|thing))?|"
    r"(?:who|what) (?:can|do) i ask|i am new here|start|begin|let us start|let us begin)"
)

_PRESENCE: Final = (
    r"(?:(?:is|are) )?(?:there )?(?:anyone|anybody|someone|somebody|any one|you|you guys)(?: (?:still|really|"
    r"actually|even|"
    r"out|over|up|in))* (?:there|here|around|home|online|awake|listening)(?: (?:today|now|right now|yet|at all|"
    r"or not))*"
)
_REPEAT: Final = (
    r"(?:(?:can|could|would) (?:you|u) (?:please )?)?(?:say|repeat|tell|show|send|write|give|explain|post|"
    r"state)(?: (?:me|us))?(?: (?:that|this|it|the (?:last|previous) (?:message|part|bit|thing|answer)|"
    r"what you (?:just )?said|your(?:self)?(?: (?:last|previous) \w+)?|the question|"
    r"your question))?(?: (?:to me|to us|for me|for us))? (?:again|once more|one more time|another time)"
    r"|(?:(?:can|could|would) (?:you|u) (?:please )?)?repeat(?: (?:that|this|it|yourself|please|the question|"
    r"your question|what you (?:just )?said|the (?:last|previous) \w+|your (?:last|previous)? ?\w+|all that|"
    r"everything))*"
    r"|(?:once more|one more time|again|come again|pardon(?: me)?|say what|what did you (?:just )?(?:say|"
    r"ask)(?: (?:me|us))?|what was (?:that|the question|your question|it)(?: (?:again|you said))?|"
    r"sorry what(?: was that)?|"
    r"(?:i )?(?:missed|did not (?:catch|get|hear|see|read|understand)) (?:that|it|what you said|the question|"
    r"your (?:last )?\w+)(?: (?:last )?(?:bit|part|one))?|what is (?:the|your) question(?: again)?|come back|"
    r"huh|eh|(?:(?:please |just |only |can you |could you )*(?:(?:say|answer|tell (?:me|us)|reply|give (?:me|"
    r"us)) )?(?:with )?(?:a "
    r"|an )?(?:simple |plain |straight |clear |quick )*)?(?:is (?:it|that) (?:a )?)?yes or (?:a )?no)"
)
ACTS: Final = tuple(
    (choices, re.compile(rf"^(?:{pattern})$"))
    for choices, pattern in (
        ((GREETING,), _PRESENCE),
        ((HUMAN,), persons.WHOLE),
        ((REPEAT,), _REPEAT),
        ((THANKS,), _THANKS),
        ((DENY,), rf"(?:i think |i guess |i believe |guess |think )?{_DONE}"),
        ((DENY,), _NO),
        ((AFFIRM,), rf"{_YES}(?: please)?|please"),
        ((GOODBYE,), _BYE),
        ((GREETING,), _HI),
        ((), _OK),
    )
)
"""Rows in order: the first that matches a whole stretch says what it means."""

_GLUE: Final = listed("phew whew yay and so then well oh ah um uh just but for now really actually sorry indeed")
STRETCH_WORDS_MAX: Final = 12
"""Words of the longest stretch that is one act."""

POLITE_NO: Final = re.compile(rf"^{_NO} (?:thanks|thank you)(?: (?:so much|very much|a lot))?$")
_POLITE_START: Final = re.compile(rf"^{_NO} (?:thanks|thank you)\b")
_TO_FOLKS: Final = re.compile(r"^(?!.*\b(?:to|with|real|actual|get|any|some|the|a)\b).+ (?:folks|people|team|guys)$")
_UNDECIDED: Final = re.compile(
    r"^(?:(?:i|we) )?(?:really |honestly |still )?(?:do not know(?: (?:yet|that|which(?: one)?|what i need|"
    r"what we need|either|for sure|what (?:these|those|they|that) (?:are|is|means?)))*|have no (?:idea|clue)|"
    r"am not sure|are not sure|not sure|no idea|no clue|not certain|cannot say|can not (?:say|tell|decide)|"
    r"(?:do not|why) (?:ask|look at) me(?: (?:that|about (?:it|that)))?|(?:have not|have) (?:the|not the) "
    r"(?:faintest|"
    r"slightest|foggiest|least)(?: (?:idea|clue|notion))?(?: (?:which|what)(?: .*)?)?|am not the one who (?:knows|"
    r"decides)|hard to say|(?:you|u) (?:tell me|decide|choose)|"
    r"either(?: (?:one|of (?:them|those|these|the two)))?(?! both)(?: (?:is|would|will|could) .{0,16})?|"
    r"whichever(?: .*)?|"
    r"whatever(?: .*)?|(?:it )?(?:does|would|should) not (?:really )?matter(?: (?:to me|to us|"
    r"much))?|"
    r"do not (?:care|mind)|any(?: of (?:them|those|these))?(?: is fine)?|what is the difference(?: between "
    r"(?:them|the two|those|these|"
    r"these two|those two))?|what (?:do|would|can) (?:you|u) (?:recommend|suggest|advise|think)(?: .{0,20})?|"
    r"(?:which|what)(?: one| option)?"
    r" (?:do|would|should|is|will) (?:you|u|i|we|better|best|right)(?: (?:recommend|suggest|choose|pick|take|"
    r"need|use|better|"
    r"best|advise|for (?:me|us)|prefer|go for|go with))*|(?:can |could |please )*(?:you )?help (?:me|us) "
    r"(?:choose|decide|pick)(?: one)?|"
    r"what (?:are|were) (?:my|the|our) options(?: again)?|(?:can |could |please )*(?:you )?explain(?: (?:to )?(?:me|"
    r"us))? (?:the |both |"
    r"these |those |my |our )?(?:options|choices|difference|two|both|alternatives)|no preference|unsure|depends|"
    r"it depends|"
    r"maybe|perhaps|possibly|not sure (?:yet|which(?: one)?|what i need|what we need|about that))(?: (?:what|"
    r"which|why|who|how)\b.{0,40})?$"
)
HELP: Final = re.compile(rf"^{_HELP}(?: {_HELP})*$")

_PEEL: Final = re.compile(
    rf"^(?P<human>(?:(?:i|we) (?:want|need|would like|prefer) |(?:get|give) me |connect me (?:to|with) )?(?:a |"
    rf"an |the )?"
    r"(?:(?:real|live|human|actual) )*(?:human(?: being)?|person|agent|representative|rep|operator|supervisor)"
    r"(?:(?: (?:please|now|first))+(?= (?:and|for|,))|(?= ,)))"
    rf"|^(?P<yes>yes(?: please)?|sure|of course|absolutely)\b|^(?P<hi>{_HI})\b"
    r"|^(?P<no>no(?: no)*)(?= ,| (?:i|we|you|it|that|this|the|sorry|wait|actually|thanks|thank|how|"
    r"what|when|"
    r"where|which|who|why|is|are|do|does|can|could|but|just|only|please|not|for|my|our|let)\b)"
    r"|^(?P<thanks>(?:many )?(?:thanks|thank you)(?: (?:a lot|so much|very much|again|for (?:the|"
    r"your) (?:\w+ ){0,2}(?:info|information|help|reply|response|answer|clarification|explanation|update|"
    r"details|link|list|address|number|contact|speed|patience|time|honesty|offer)|"
    r"for (?:that|this|clarifying|explaining|reaching out)))*)\b"
    rf"|^(?P<ok>{_OK})(?= ,| (?:i|we|so|but|then|and|how|what|when|where|which|is|are|do|does|can|could|now|"
    rf"thanks|thank|the|for|let)\b)"
)
"""What may open a clause and stand apart from the rest of it."""


def strip_fillers(plain: str) -> str:
    """Return a clause without the words people put around what they say."""
    core = _ASKED_AGAIN.sub(r"\1", _FILLERS_FRONT.sub("", plain).strip())
    shorter = _FILLERS_BACK.sub("", core).strip()
    return shorter or core


def acts(plain: str) -> tuple[str, ...] | None:
    """Return the acts a whole clause performs ("ok thanks bye": thanks, goodbye); None when it says more than acts.

    A bare "ok" performs none: it comes back empty.
    """
    words = _unrepeated(plain.split())
    if not words:
        return None
    if POLITE_NO.match(" ".join(words)):
        return (DENY, THANKS)
    if _TO_FOLKS.search(plain):
        words = words[:-1]  # "that's it, folks": whom it is said to, and nobody who is asked for
    if persons.refuses_human(plain):
        return (DENY,) if persons.only_refuses_human(plain) else None
    found = _stretches(words)
    if found is None:
        core = strip_fillers(" ".join(words)).split()
        found = _stretches(core) if core else None
    return found


def _stretches(words: list[str]) -> tuple[str, ...] | None:
    """Cut words into stretches that are each one act, from the left, the longest first."""
    reached: dict[int, tuple[str, ...] | None] = {len(words): ()}

    def after(start: int) -> tuple[str, ...] | None:
        if start in reached:
            return reached[start]
        reached[start] = None
        for end in range(min(len(words), start + STRETCH_WORDS_MAX), start, -1):
            choices = _act(" ".join(words[start:end]))
            if choices is None:
                continue
            rest = after(end)
            if rest is not None:
                reached[start] = tuple(dict.fromkeys((*choices, *rest)))
                return reached[start]
        if words[start] in _GLUE and (start > 0 or len(words) > 1):
            reached[start] = after(start + 1)
        return reached[start]

    return after(0)


def _act(stretch: str) -> tuple[str, ...] | None:
    return next((choices for choices, pattern in ACTS if pattern.match(stretch)), None)


def _unrepeated(words: list[str]) -> list[str]:
    return [word for at, word in enumerate(words) if at == 0 or word != words[at - 1]]


def is_polite_no(plain: str) -> bool:
    """Whether the thanks in the clause belong to a no ("no thanks")."""
    return bool(_POLITE_START.match(plain))


def is_undecided(plain: str) -> bool:
    """Whether the clause says that the customer does not know."""
    return bool(_UNDECIDED.match(plain) or _UNDECIDED.match(strip_fillers(plain)))


def asks_for_help(plain: str) -> bool:
    """Whether the clause says only that help is wanted, and not with what."""
    return bool(HELP.match(plain) or HELP.match(strip_fillers(plain)))


def peel(marked: str) -> tuple[str, str]:
    """Return the act that opens a clause (`human`, `yes`, `no`, `hi`, `thanks`, `ok`, or empty) and the rest."""
    found = _PEEL.match(marked)
    if found is None or found.lastgroup is None or not marked[found.end() :].strip(" ,"):
        return "", marked
    return found.lastgroup, marked[found.end() :].strip(" ,")
