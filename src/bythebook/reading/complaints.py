"""Complaints: about the service in strong words, and about an answer that did not answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.reading.outcomes import Sense, outcomes

_STRONG: Final = (
    r"ridiculous|unacceptable|outrageous|appalling|horrible|horrendous|pathetic|disgraceful|disgusting|absurd|"
    r"infuriating|"
    r"a joke|joke of a|what a joke|nonsense|bullshit|bs|crap|crappy|wtf|ffs|damn|useless|worthless|worst|terrible|"
    r"awful|"
    r"garbage|rubbish|shambles|scandal|shame on you|hopeless|clueless|amateurs?|unbelievable|incompetent|idiots?|"
    r"stupid|dumb|"
    r"hilarious|very funny|sucks?|ugh+|unfair|not fair|joke"
)
"""Words that nobody uses of a service they are content with."""

_FELT: Final = (
    r"frustrat(?:ed|ing|es)|fed up|had it with|sick of|tired of|had enough|lost (?:my )?patience|annoy(?:ed|ing)|"
    r"angry|furious|"
    r"upset|mad at|unhappy|dissatisfied|unsatisfied|displeased|disappoint(?:ed|ing)|hate (?:this|you|it)|"
    r"complain(?:t|ing)?|"
    r"not (?:happy|impressed|satisfied|acceptable|good enough)"
)
"""What customers say of themselves."""

_OF_SERVICE: Final = (
    r"wast(?:e of|ed|ing) (?:(?:all|half|most) )?(?:of )?(?:(?:my|our|a whole) )?(?:whole )?(?:time|morning|day|"
    r"afternoon|hour|evening)|"
    r"not (?:helping|helpful|what i asked|an answer)|no help|unhelpful|less helpful|not what (?:i|we) (?:asked|"
    r"wanted|meant|needed|was looking for|came for)|poor service|bad service|"
    r"(?:does|did) not (?:help|answer)|thank(?:s| you)(?: \w+){0,3} for (?:absolutely |literally |precisely "
    r")?nothing|"
    r"you (?:do not|are not) (?:even )?(?:understand|listen|listening|understanding|get it|care)|"
    r"(?:such a|what a|is a|are a|complete|total|utter|absolute) (?:mess|disaster|nightmare|circus|shame|pain)|"
    r"(?:nobody|no one|none of you)(?: (?:there|here|over there|at your \w+))? (?:knows|cares|helps|listens|reads|"
    r"has a clue)|"
    r"(?:took|taken) you (?:long enough|forever|ages)|(?:straight|proper) answer|"
    r"(?:e?mail|message|it|that|address)(?: \w+){0,3} (?:bounced|came back (?:as )?(?:undeliver\w+|undelivered)|"
    r"was returned|"
    r"could not be delivered|does not exist)|undeliverable|mailer daemon|mailbox (?:is )?full|"
    r"are you (?:serious|kidding|joking|for real)|you must be (?:joking|kidding)|"
    r"going (?:round |around )?in circles|great job (?:breaking|ignoring|losing)"
)
"""What they say of how they are served."""

_REPEATED: Final = (
    r"(?:i|we) (?:already (?:told|said|answered|asked(?! for (?!this|that|it|them)))|just (?:told you|said|"
    r"answered|asked (?:you|that|this|it)))|"
    r"how many times|"
    r"(?:told|asked|said|wrote|explained|answered)(?: (?:you|it|this|that|already|to you))* (?:\w+ )?times|"
    r"for the (?!first)\w+ time|this is (?:already |now )?(?:the )?(?!first)\w+ time (?:that )?(?:i|we|you|now|"
    r"already|today|in a row)|"
    r"(?:asked|telling me|asking me|told|hearing|getting) (?:exactly )?the (?:very )?same (?:\w+ )?(?:again|"
    r"over|twice|three|every|each|all)|"
    r"keep (?:on )?(?:repeating|saying the same|asking (?:me )?(?:that|this|the same))|seriously again"
)
"""That they have to say things again."""

_SARCASM: Final = (
    r"(?:just|simply|absolutely|oh) (?:great|wonderful|lovely|fantastic|brilliant|perfect|marvelous)|"
    r"super helpful not|slow clap|real helpful|so helpful not|wow just wow|oh (?:joy|boy|how nice|how lovely|goody)|"
    r"typical$|"
    r"how (?:very |so |extremely )?(?:generous|convenient|original|surprising|impressive|flattering|comforting|"
    r"reassuring|"
    r"thoughtful|charming|quaint|modern|innovative|refreshing|exciting|touching|considerate)(?: of (?:you|them))?$|"
    r"how (?:very |so |extremely )?\w+ (?:of you )?not$|congratulations|bravo|"
    r"(?:could|would) (?:have|of) (?:just )?(?:googled?|looked (?:that|it) up|read (?:that|it)|found (?:that|it|"
    r"this|the|your|an?) .*|"
    r"guessed (?:that|it|as much)|figured (?:that|it) out)|"
    r"(?:i )?feel (?:so |really |very |truly )?(?:enlightened|special|valued|loved|honou?red|cared for|heard|"
    r"blessed|privileged)|"
    r"(?:my|a|any|the|our) (?:[\w-]+ ){1,3}(?:could|would) (?:have|of) (?:told (?:me|us) (?:that|to|"
    r"this)|thought of (?:"
    r"that|it)|come up with (?:that|it))|"
    r"why did not (?:i|we) think of (?:that|it|this)|all the time in the world|nothing says \w+(?: \w+)? like|"
    r"of course (?:it|they|you|he|she|there|that) (?:is|are|do|does|did|will|would|can not|has|have)(?: not)?$|"
    r"(?:worth|cost) (?:every penny of )?waiting for|slow hand ?clap|what a (?:surprise|shock|revelation|relief "
    r"not|treat|"
    r"privilege)|so (?:informative|insightful|illuminating|enlightening)|my hero(?:es)?|hold my beer|blown away"
)
"""Praise that is none."""

_COMPLAINT: Final = re.compile(rf"\b(?:{_STRONG}|{_FELT}|{_OF_SERVICE}|{_REPEATED}|{_SARCASM})\b")
_PRAISE_AND_MORE: Final = re.compile(
    r"^so much for\b|^(?:(?:oh|wow|well|ok|so) ,? ?)*(?:great|wonderful|fantastic|lovely|brilliant|perfect|awesome|"
    r"nice|super|"
    r"excellent|"
    r"marvell?ous|cool)(?: ,| \.)? (?:another|yet another|more (?:waiting|forms?|emails?|paper\w*)|again\b|(?:so |"
    r"now |and )+(?:i|we) "
    r"(?:have|must|need|get) to\b|just what (?:i|we)|as if)"
    r"|^(?:\w+ (?:, |\. )?){0,4}(?:helpful|useful|clear|fast|quick|great|good|nice|kind|funny|generous)(?: ,|"
    r" \.)? not$"
)
""" "Great, another form": praise of what nobody praises."""

_NOT_HELPED: Final = re.compile(
    r"\b(?!you (?:have|did|do) not (?:really |even |actually |yet )*(?:answer(?:ed)?|hear)(?: (?:us|me|our \w+|my "
    r"\w+))? "
    r"(?:yet|so far)\b)(?:that|this|it|you|which|your (?:answer|reply|response)|none of (?:that|this|it))(?: "
    r"(?:really|still|"
    r"just|simply|"
    r"even|actually|also))* (?:did|does|do|is|are|has|have) not (?:really |even |actually |yet |been "
    r")*(?:answer(?:ed|ing)?|"
    r"address(?:ed)?|solved?|resolved?|help(?:ed|ing|ful)?|what (?:i|we) (?:asked|wanted|meant|need|needed|was "
    r"asking))\b(?! (?:whether|if|how|what|which|when|who|where)\b)|"
    r"\byou (?:did|do|have|are|can) not (?!(?:\w+ )?answered (?:us|me)(?: \w+)? (?:yet|so far)\b)(?:really |even |"
    r"actually |seem to )*(?:underst(?:and|ood)|answer(?:ed|"
    r"ing)?|listen(?:ed|ing)?|"
    r"read(?:ing)?|hear|get)(?: (?:me|my \w+|it|us|our \w+|what \w+ .*|the question))?$|\byou misunderst\w+|"
    r"\b(?:i|we) (?:still |really |just )+(?:do not|did not|can not|am not) (?:underst\w+|get it|follow)\b|"
    r"\b(?:still|not) (?:confused|(?:any )?clear(?:er)?|(?:any the )?wiser)$|\bno (?:real )?answer to (?:my|our) "
    r"question\b"
)
_ASKS_OR_SUPPOSES: Final = re.compile(
    r"\b(?:if|what|when|how|why|should|would|could|might|may|suppose|imagine|in case|not (?:been )?\w+ed)\b"
)
_NO_COMPLAINT: Final = re.compile(
    r"\b(?:worst case|worst that|tell me a joke|know a joke|not (?:angry|upset|mad|complaining|a complaint)|"
    r"no complaints?|"
    r"complaint management)\b"
)


_PRAISE_ALONE: Final = re.compile(
    r"^(?:(?:oh|well|wow|how|just|so|really|that is|absolutely|ah) )*(?:great|lovely|wonderful|fantastic|"
    r"brilliant|perfect|"
    r"awesome|super|nice|excellent|marvell?ous|splendid|terrific|charming|congratulations|bravo|delightful|cute|"
    r"neat)$"
)


_RELIEF: Final = re.compile(
    r"\b(?:less|fewer|easier|better|shorter|quicker|simpler|faster|cheaper|nicer)(?: \w+)? than (?:i|we) (?:had )?"
    r"(?:feared|thought|expected|imagined)\b"
)


def praises_a_refusal(clauses: Sequence[str]) -> bool:
    """Whether praise stands alone beside a refusal that is told: "so you turn everybody down. Lovely." """
    praised = [at for at, plain in enumerate(clauses) if _PRAISE_ALONE.match(plain)]
    refused = [
        at
        for at, plain in enumerate(clauses)
        if any(one.meant is Sense.REFUSED for one in outcomes(plain)) and not _ASKS_OR_SUPPOSES.search(plain)
    ]
    return any(abs(one - other) == 1 for one in praised for other in refused)


def is_relieved(plain: str) -> bool:
    """Whether the clause says that something is better than it was feared to be."""
    return bool(_RELIEF.search(plain))


def complains(plain: str) -> bool:
    """Whether the clause is a complaint about how the customer is served."""
    return bool(_COMPLAINT.search(plain)) and not _NO_COMPLAINT.search(plain)


def praises_falsely(message: str) -> bool:
    """Whether a message is praise of what nobody praises, or is taken back at its end; clauses joined by stops."""
    return bool(_PRAISE_AND_MORE.match(message))


def not_helped(plain: str) -> bool:
    """Whether the clause says that what was said did not answer it, or was not understood."""
    return bool(_NOT_HELPED.search(plain))
