"""Complaints: about the service in strong words, and about an answer that did not answer."""

from __future__ import annotations

import re
from typing import Final

_COMPLAINT: Final = re.compile(
    r"\b(?:ridiculous|unacceptable|outrageous|appalling|horrible|horrendous|pathetic|disgraceful|disgusting|"
    r"absurd|infuriating|a joke|joke of a|nonsense|bullshit|bs|crap|crappy|wtf|ffs|damn|"
    r"useless|worthless|worst|terrible|awful|garbage|rubbish|shambles|scandal|shame on you|frustrat(?:ed|ing|"
    r"es)|fed up|had it with|sick of|tired of|had enough|lost (?:my )?patience|"
    r"waste of (?:my |our )?time|wasting (?:my|our) time|not (?:helping|helpful|good enough|acceptable|happy|"
    r"impressed|satisfied)|no help|unhelpful|disappoint(?:ed|ing)|annoy(?:ed|ing)|angry|furious|upset|mad at|"
    r"thanks for nothing|thanks a lot for nothing|thank you for nothing|you (?:do not|are not) (?:understand|"
    r"listen|listening|understanding|get it)|(?:i|we) (?:already|just) (?:told|said|answered|asked)|"
    r"how many times|"
    r"going (?:round |around )?in circles|for the (?:third|fourth|fifth|hundredth|last|tenth|millionth) time|"
    r"what a joke|joke|unbelievable|incompetent|idiots?|stupid|dumb|hate (?:this|you|it)|complain(?:t|ing)?|"
    r"complaint|very funny|hilarious|poor service|bad service|ugh+|"
    r"not (?:what i asked|an answer)|does not (?:help|answer)|did not (?:help|answer)|that is not helpful|sucks?|"
    r"not fair|unfair|unhappy|dissatisfied|unsatisfied|displeased|(?:just|simply|absolutely|oh) (?:great|"
    r"wonderful|lovely|fantastic|brilliant|perfect|"
    r"marvelous)|super helpful not|slow clap|real helpful|so helpful not|wow just wow|great job (?:breaking|"
    r"ignoring|losing))\b"
)
_NOT_HELPED: Final = re.compile(
    r"\b(?:that|this|it|you|which|your (?:answer|reply|response)|none of (?:that|this|it))(?: (?:really|still|"
    r"just|simply|"
    r"even|actually|also))* (?:did|does|do|is|are|has|have) not (?:really |even |actually |yet |been "
    r")*(?:answer(?:ed|ing)?|"
    r"address(?:ed)?|solved?|resolved?|help(?:ed|ing|ful)?|what (?:i|we) (?:asked|wanted|meant|need|needed|was "
    r"asking))\b|"
    r"\byou (?:did|do|have|are|can) not (?:really |even |actually |seem to )*(?:underst(?:and|ood)|answer(?:ed|"
    r"ing)?|listen(?:ed|ing)?|"
    r"read(?:ing)?|hear|get)(?: (?:me|my \w+|it|us|our \w+|what \w+ .*|the question))?$|\byou misunderst\w+|"
    r"\b(?:i|we) (?:still |really |just )+(?:do not|did not|can not|am not) (?:underst\w+|get it|follow)\b|"
    r"\b(?:still|not) (?:confused|(?:any )?clear(?:er)?|(?:any the )?wiser)$|\bno (?:real )?answer to (?:my|our) "
    r"question\b"
)
_NO_COMPLAINT: Final = re.compile(
    r"\b(?:tell me a joke|know a joke|not (?:angry|upset|mad|complaining|a complaint)|no complaints?|"
    r"complaint management)\b"
)


def complains(plain: str) -> bool:
    """Whether the clause is a complaint about how the customer is served."""
    return bool(_COMPLAINT.search(plain)) and not _NO_COMPLAINT.search(plain)


def not_helped(plain: str) -> bool:
    """Whether the clause says that what was said did not answer it, or was not understood."""
    return bool(_NOT_HELPED.search(plain))
