"""A request that was sent and is not answered: this assistant sees no requests, so that is its own meaning (R11)."""

from __future__ import annotations

import re
from typing import Final

_SENT: Final = (
    r"(?:applied|submitted|re ?applied|resubmitted|sent|emailed|mailed|filed|filled (?:in|out)|wrote|"
    r"requested|contacted|reached out|signed up|put in|handed in|written|made (?:a|the|"
    r"our) (?:request|application)|completed (?:the|our|your) (?:form|application)|asked for (?:a|"
    r"the|our) \w+|messaged|provided)"
)
_MATTER: Final = (
    r"(?:request|application|submission|agreement|form|case|paperwork|ticket|email|inquiry|"
    r"enquiry|contract|approval|review|re ?application|claim|appeal|message|refund|certificate)"
)
_AGO: Final = (
    r"(?:ago|yesterday|last (?:week|month|year|monday|tuesday|wednesday|thursday|friday|night)|since|"
    r"already|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|the \w+)|earlier|"
    r"(?:this|two|three|several|few|\d+) (?:morning|week|weeks|days?|months?|hours)|in (?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december)|before|"
    r"previously|recently|today|days)"
)
_SILENCE: Final = (
    r"(?:(?:no|not any|without(?: a| any)?|zero|never (?:got|received|had)(?: an?| any)?|nor|still no|"
    r"not (?:got|gotten|received|had|seen)(?: an?| any| your| the)?(?: \w+)?) (?:\w+ )?(?:reply|replies|"
    r"response|responses|answer|answers|word|news|feedback|update|updates|confirmation|acknowledg\w+|"
    r"reaction|contact|sign)\b"
    r"|(?:not|never|nobody|no one|none|nothing)(?: (?:has|have|been|had|us|me|yet|ever|anyone|anything|even|"
    r"team|of you|you|from you))* (?:heard|hear|replied|answered|responded|reply|answer|respond|got back|"
    r"get back|gotten back|come back|came back|contacted|written back|wrote back|acknowledged)\b"
    r"|heard nothing|still nothing|nothing (?:back|so far|yet|since|from (?:you|your))|"
    r"(?:nobody|no one) (?:ever )?(?:answers|replies|responds|reacts|picks up|reads)|ignor(?:es|ed|ing) (?:us|me|"
    r"my|our)|radio silence|crickets|ghost(?:ed|ing)|(?:still|been|"
    r"are|am|we are|i am|keep|kept|just|just been) waiting|waiting (?:for|on|to hear|since|on)|"
    r"(?:still )?awaiting|total silence|ignored (?:us|me|my|our)|unanswered|"
    r"overdue|taking (?:so|too|this|very) long|is taking (?:forever|ages))"
)
_ROWS: Final = (
    re.compile(
        r"\b(?:look up|find out|see|check|tell (?:me|us)|know) (?:what (?:came|became|has become|happened)|how "
        r"(?:that|"
        r"it|this|things) (?:ended|went|turned out|has gone))\b|"
        r"\b(?:is|are) still (?:\w+ )?(?:with you\b|(?:at|on|in) your (?:end|side|desk|office|hands|inbox|queue))"
    ),
    re.compile(
        rf"\b(?:i|we|our \w+|my \w+|have|already|just|colleague|boss|team)(?: (?:have|had|just|already|also|"
        rf"first|did|officially|finally|then))* {_SENT}\b(?!.*\b(?:to know|before i|if i)\b).*\b{_AGO}\b|"
        rf"^(?:just |already |have |has )?{_SENT}\b.*\b{_AGO}\b"
    ),
    re.compile(
        rf"\b(?:i|we)(?: (?:have|had|just))* already(?: \w+)? {_SENT}\b|\b(?:i|we) (?:have|"
        rf"had)(?: just)? {_SENT}\b|^already {_SENT}\b|\b(?:i|we) {_SENT}(?: \w+){{0,6}} already$|\b(?:i|"
        rf"we) (?:just |have just )?(?:applied|emailed you|sent (?:you )?(?:an|the|our|my) (?:email|"
        rf"application|request|form|details))\b(?! (?:to|the wrong))"
    ),
    re.compile(rf"\b{_SILENCE}"),
    re.compile(
        rf"\b(?:status|state|progress|stage|whereabouts)(?: \w+){{0,2}} (?:of|on|for|with) (?:my|our|the|"
        rf"this|that|a)(?: \w+){{0,4}} {_MATTER}|\b(?:my|our|the|this)(?: \w+){{0,4}}{_MATTER} status|"
        rf"^(?:request|application|\w+ ?)? ?status(?: (?:check|update|please|of (?:my|our) \w+))*$|"
        rf"\bcheck(?:ing)?(?: (?:in|up))?(?: (?:on|the))* (?:status|my|our|progress|where)\b"
        rf"|\bwhere (?:is|are|does)(?: (?:my|our|we|things?))(?: \w+){{0,3}}(?: {_MATTER})?(?: (?:at|"
        rf"stand|now|right now))?$|\b(?:is|was) there (?:an?|some) (?:news|update|progress|decision|word)\b|"
        rf"\bany (?:news|updates?|word|progress|decision|development|feedback)\b|"
        rf"\bwhere (?:my|our)(?: \w+){{0,3}} {_MATTER} (?:is|stands|went|has got to)\b|"
        rf"\bupdate (?:on|about|regarding) (?:my|our|the)\b|\b(?:have|has|did|do)(?: \w+){{0,3}} (?:received|"
        rf"receive|get|got|gotten|see|seen|look at|looked at|reviewed|review|processed|process|read) (?:my|"
        rf"our)\b"
        rf"|\b(?:is|are|has|was)(?: \w+)? (?:my|our|the)(?: \w+){{0,3}} {_MATTER} (?:\w+ )?(?:ready|done|in|"
        rf"countersigned|executed|finali[sz]ed|sent|"
        rf"received|processed|complete|completed|going|under|through|being|still|signed|finished|pending|"
        rf"lost)\b(?! by\b)|\b(?:my|our|the)(?: \w+){{0,3}} {_MATTER} (?:is|are|has been|seems|still|"
        rf"remains)(?: \w+){{0,2}} (?:pending|in review|under review|open|stuck|processing|in progress|"
        rf"in limbo|being reviewed|being processed|waiting)\b|\b(?:look up|track|find(?! the)|locate|trace|"
        rf"pull up)(?: \w+)? (?:my|our|the)(?: \w+){{0,3}} {_MATTER}\b|\b(?:ticket|case|reference|request|"
        rf"application) (?:number|no|id|nr)\b"
        rf"|\bhow far (?:along )?(?:is|are) (?:my|our|we|you)\b|\bwhen (?:will|do|can|should|are|is|"
        rf"would)(?: \w+){{0,3}} (?:we|i|you|our|my)(?: \w+){{0,6}} (?:hear|reply|answer|respond|decide|"
        rf"decision|response|get back|signed)\b.*\b(?:applied|sent|submitted|emailed|already)\b"
    ),
    re.compile(
        rf"\b(?:i|we)(?: (?:have|had|just|already))* {_SENT}(?: (?:to|you|them|your|the|team|it|an?|email|\S+@\S+))* "
        r"(?:twice|again|(?:two|three|four|five|several|many|multiple|\d+) times|repeatedly|more than once)\b"
    ),
    re.compile(
        r"\b(?:did|has|have|had) (?:my|our|the|that) (?:\w+ )?(?:emails?|mails?|letter|forms?|request|application|"
        r"messages?|"
        r"documents?|papers?) (?:ever |already |even )?(?:arrived?|reach(?:ed)?|get (?:there|through|lost)|"
        r"come (?:in|through)|"
        r"gone through|land(?:ed)?|make it)\b"
    ),
    re.compile(
        r"\b(?:has|have|is|was|did|are)(?: \w+){0,3}? (?:review|evaluation|processing|decision|assessment|check)"
        r"(?: (?:of|on|for) (?:our|my|the|this)(?: \w+){1,3}?)? (?:begun|started|finished|done|completed?|made|over|"
        r"ready|"
        r"under way|start|begin|taken)\b(?! by\b)"
    ),
    re.compile(
        rf"\bwhere (?:do|does|are) (?:we|i|things|it) (?:stand|at)\b|\b(?:my|our|the|"
        rf"signed)(?: \w+){{0,2}} {_MATTER} (?:has|have|had) "
        r"(?:still )?not (?:come|arrived|been (?:sent|delivered|returned|signed|received)|reached|shown up)\b|"
        r"\bis (?:my|our)(?: "
        rf"\w+)? {_MATTER} (?:active|valid|in force|effective|live|in effect|on file)\b|\b(?:whether|if) (?:we|i|"
        rf"my \w+|our \w+) "
        rf"(?:already |ever )?(?:have|has|had|signed|got)(?: signed| got)?(?: already)? (?:a|an|the|our|"
        rf"any)(?: \w+)? {_MATTER}\b"
    ),
    re.compile(
        r"\b(?:resend|forward|send)(?: (?:me|us|again))* (?:the|our|my|a copy of (?:the|our|my)) (?:approval|signed|"
        r"executed|"
        r"countersigned|rejection|decision)\b"
    ),
    re.compile(
        rf"\b(?:is|are|was) there (?:already |still )?(?:an?|any) (?:\w+ )?(?:signed|existing|executed|active|valid|"
        rf"current) (?:\w+ )?"
        rf"{_MATTER}\b|\b{_MATTER} (?:\w+ )?(?:exists?|is on file|is in place|was concluded|was signed) (?:between|"
        rf"with)\b|"
        rf"\bwho (?:is |was |are )?(?:handling|handles|working on|works on|looking after|in charge of|responsible "
        rf"for|dealing with) "
        rf"(?:my|our)\b|\b(?:is|are) (?:\w+ ){{1,2}}still (?:on|working on|handling|looking after|in charge of) "
        rf"(?:it|this|my|our)\b|"
        rf"\bwho (?:is |was )?(?:handling|handles|working on|works on|looking after|dealing with) (?:\w+ "
        rf"){{0,2}}(?:ticket|case|"
        rf"request|reference|application)\b|"
        rf"(?<!if )(?<!once )(?<!when )(?<!until )(?<!before )(?<!after )\b(?:my|our) {_MATTER} (?:is|was|has been) "
        rf"(?:already )?(?:"
        rf"signed|executed|countersigned)(?: already)?\b(?! by\b(?! (?:both|all|either|us|you)\b))"
    ),
    re.compile(
        rf"(?<!if )(?<!once )\b(?:i|we|they|he|she|our \w+(?: \w+)?|my \w+(?: \w+)?)(?: (?:say|says|said|think|"
        rf"thinks))?(?: "
        rf"(?:i|we|they|it))? (?:already (?:have|has|had|got)|(?:have|has|got) already)(?: (?:an?|the|our|their|"
        rf"one|its))+ "
        rf"(?:\w+ )?{_MATTER}\b(?! (?:for|with (?!you\b)|from (?!you\b)|covering|on|number|form|template))|"
        rf"\b{_MATTER} (?:that |which )?(?:you|we) (?:already |have |both |all )*(?:signed|countersigned|executed)\b|"
        rf"\b(?:it|this|that|one)(?: is| was| has)?(?: \w+)? (?:been )?(?:counter ?signed|signed|executed) by you\b|"
        rf"\b(?:upload|return|send back|file|find|hand in)(?: (?:you|us|back|in))?(?: (?:our|the|a|my))+ "
        rf"(?:counter ?signed|"
        rf"signed|executed) (?:\w+ )?{_MATTER}\b|"
        rf"\b(?:revoke|terminate|withdraw|cancel|end|amend|renew|extend|dissolve|void|get out of|"
        rf"retract)(?:ing)? (?:our|my|"
        rf"the|this|that)(?: (?:\w+ ){{0,2}}?)(?:current |existing |signed )?{_MATTER}\b|"
        rf"\b(?:confirm|acknowledge|acknowledg\w+ of|confirmation of|proof of)(?: (?:the|your))? receipt of "
        rf"(?:our|my|the)\b"
    ),
    re.compile(
        r"\bhas (?:it|this|that) (?:already |ever |yet )?been (?:looked at|reviewed|processed|read|seen|checked|"
        r"decided|opened|"
        r"received|signed|countersigned)\b|\bhas (?:anyone|anybody|someone|somebody) (?:already |ever "
        r")?(?:looked at|reviewed|read|"
        r"seen|checked|processed) (?:it|this|ours|mine|our|my)\b|\b(?:already |still )?(?:have|has|got) one "
        r"(?:already|with you|in "
        r"place|on file|signed)\b"
    ),
    re.compile(r"\bfollow(?:ing)? up on (?:my|our|the|a|an)\b|\bchasing\b"),
    re.compile(
        r"^(?:still )?(?:pending|in review|under review)$|\b(?:still|currently|now|is|are|been|"
        r"remains) (?:pending|in review|under review|in limbo|in progress|being reviewed|undecided)\b"
    ),
)
_WAITING: Final = re.compile(
    rf"\b{_SILENCE}|\b(?:\d+|two|three|four|five|six|several|a few|a couple of|many|couple|week|"
    rf"month) (?:business |working |full |whole )?(?:days?|weeks?|months?|hours?)\b|\b(?:a|last|this|over a|"
    rf"since last) (?:day|week|month)\b|\bsince (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    rf"yesterday|last)\b"
)
_SILENT: Final = re.compile(rf"\b{_SILENCE}")
_FUTURE: Final = re.compile(
    r"^(?:well |so |but |and )*as (?:i|we) (?:already |just )?(?:wrote|said|told|mentioned|explained|asked)\b|"
    r"\b(?:if|after|once|when|before|until) (?:we|i|you|applying|submitting|sending|emailing)\b.*\b(?:apply|"
    r"submit|send|email|applied|submitted|have sent|sent|file)\b|\b(?:do not|not|never|have not|"
    r"without) (?:yet )?(?:applied|submitted|sent|emailed|contacted)\b|\bhow (?:do|can|should|to|would)\b|"
    r"\b(?:do|will|can) (?:you|i|we) (?:need|have to)\b"
    r"|\bwaiting (?:time|period|list|for (?:you|your team) to (?:tell|explain))\b|\bworth waiting\b|"
    r"\bemailed (?:invoice|receipt)|"
    r"\b(?:sent|forwarded|passed|gave|showed|emailed|mailed|handed|written)(?: \w+){0,3}? (?:on "
    r")?to (?:my|our|his|her|"
    r"their) (?!request|application)"
)


_NOT_SENT: Final = re.compile(
    rf"\b(?:not|never)(?: \w+)? {_SENT}\b|\b(?:not|never) (?:yet )?(?:apply|submit|send|request)\b|\bnot (?:done|"
    rf"started) "
    r"(?:anything|it|the process|so)\b"
)


def not_sent(plain: str) -> bool:
    """Whether the clause says that no request was sent yet: that asks nothing."""
    return bool(_NOT_SENT.search(plain))


def tells_of_a_request(plain: str) -> bool:
    """Whether the clause speaks of a request of the customer's that was sent and is not decided."""
    return any(row.search(plain) for row in _ROWS) and not _FUTURE.search(plain)


def waits(plain: str, question: bool) -> bool:
    """Whether it says that an answer is waited for, or, asking nothing, for how long."""
    return bool((_SILENT if question else _WAITING).search(plain))
