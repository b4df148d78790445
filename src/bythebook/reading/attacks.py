"""Orders to the machine: to drop its rules, to show them, to play another part, to approve.

Rows ask for the verb and its object together, so that honest uses of the same words ("what are the rules?",
"our system prompt contains patient data") pass.
"""

from __future__ import annotations

import re
from typing import Final

_RULES: Final = (
    r"(?:rules?|instructions?|prompts?|guidelines?|guardrails?|directives?|programming|training|"
    r"restrictions?|policies|policy|script|polic(?:y|ies)|constraints?|configuration|config|safety|"
    r"safeguards|filters?|limitations|orders|setup|commands)"
)
_BACK: Final = (
    r"(?:all|any|every|your|the|previous|prior|above|earlier|preceding|these|those|of|that|former|"
    r"initial|original|system|hidden|internal|own|safety|secret|existing|current|standing|content|"
    r"developer|foregoing)"
)

_MODE: Final = r"(?:developer|god|dan|admin|debug|sudo|root|maintenance|jailbreak|unrestricted|override|test) mode"
_GRANTED: Final = (
    r"(?:approved|accepted|granted|passed|confirmed|signed|active|in force|valid|effective|compliant|exempt|cleared|"
    r"certified|yes|ok)"
)

_ROWS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:ignor(?:e|ing)|disregard|forget|bypass|override|overrule|circumvent|break|drop|discard|"
        rf"violate|skip|delete|erase|turn off|disable|unlearn|set aside|put aside|step outside|neglect|"
        rf"suspend)(?: about)?(?: {_BACK})+ {_RULES}\b(?! (?:part|section|for (?:\w+|a \w+)))",
        r"\b(?:ignore|disregard|forget) (?:everything|all|anything|what)(?: (?:that|you|of|have|has|had|were|"
        r"was|been|it))* (?:above|before|previous(?:ly)?|prior|said|told|learned|know|instructed|taught)\b",
        r"\b(?:ignore|disregard|forget) (?:the|everything|all|anything|whatever is) (?:above|prior|preceding)\b|"
        r"\byou are (?:now )?dan\b|\bdan (?:approves|says|grants|mode)\b|\b(?:what|how) (?:does |"
        r"is )?your (?:system )?prompts?\b|"
        r"\byour (?:system )?prompts? (?:says|contains|reads)\b",
        r"\[(?:system|admin|inst|instructions?|developer)\]|\b(?:stop|quit|no longer) (?:following|obeying|"
        r"using) (?:the|your|those|these) (?:script|rules|instructions|guidelines|policy|policies)\b",
        r"\byour (?:initial|system|hidden|secret|original|internal|base) (?:prompts?|instructions?|message|"
        r"rules|directives|configuration)\b",
        rf"\b(?:show|tell|give|reveal|print|display|output|repeat|leak|dump|share|expose|disclose|paste|list|"
        rf"send|write out|summari[sz]e|translate|read|what (?:is|are|was|were)|copy)(?: (?:me|us|out|to me|"
        rf"to us|back|verbatim|exactly|please|full|the full|all|all of))*(?: {_BACK})* (?:system prompt|"
        rf"system message|(?:hidden|internal|initial|original|secret|system|developer|"
        rf"pre ?programmed) (?:prompts?|instructions?|rules?|messages?|guidelines?|notes?|settings)|"
        rf"source code|prompt)\b",
        r"\b(?:reveal|print|display|output|leak|dump|repeat|show me|tell me|give me|what are|list)(?: (?:me|"
        r"us|out|all|of|exactly|verbatim|please|the text of))* (?:your|the (?:above|"
        r"previous)) (?:instructions?|rules|prompts?|guidelines?|directives|programming|configuration|"
        r"initial text|words above)\b(?! (?:for|on|about|regarding|to get|around))",
        r"\b(?:you are|you will be|act|behave|pretend|role[ -]?play|respond|answer|speak|talk|simulate|"
        r"imagine you are|pose)(?: (?:now|to be|as|as if|like|being|you are|from now on|that you are|a|an|my|"
        r"the|in|going to|were|hereby))+ (?:dan|(?:un(?:restricted|filtered|censored|limited|aligned)|evil|"
        r"jail ?broken|rogue|pirate|hacker|grandmother|admin\w*|god|root|terminal|linux)|(?:free|different|new|"
        r"another|"
        r"helpful|general|human|real|developer|debug|my)(?: \w+)? (?:ai|assistant|bot|model|mode|language model|"
        r"chatbot|"
        r"employee|support|persona|grandma\w*|terminal|shell|console|lawyer|reviewer))\b",
        rf"\b(?:enabl(?:e|ing)|activat(?:e|ing)|enter(?:ing)?|turn on|switch(?:ed)? (?:to|into|on)|go(?:ing)? "
        rf"(?:in)?to|"
        rf"start|unlock|engage|initiate|in|into|you|your|run)(?: (?:the|a|an|your|full|now))* {_MODE}\b(?! all)|"
        rf"^(?:\w+ )?{_MODE}(?: (?:on|now|please|activated|enabled|engaged|unlocked|active))*(?:$| (?:and|,)? ?"
        rf"(?:approve|ignore|answer|show|say|you))|\b{_MODE} (?:on|activated|enabled|engaged|unlocked)\b",
        r"\bjail ?break\b|\bdo anything now\b|\bsudo\b|\bprompt injection\b",
        r"\b(?:pretend|act as if|behave as if)\b.{0,30}\b(?:rules?|restrictions?|policy|policies|limits?|"
        r"guidelines?)\b|\bi (?:hereby )?(?:order|command|instruct|authori[sz]e|direct) you to\b|"
        r"\b(?:repeat|say|write(?: (?:out|down))?|copy|echo|recite)(?: \w+)? after me\b|"
        r"\b(?:a|the|this|another|your) new rules?\b.{0,40}\b(?:approved|accepted|every\w*|you (?:must|will|are)|"
        r"customers?|from now on)\b|^(?:please |now )?(?:act as|play(?: the (?:part|role) of)?) (?:a|an|my|our|the) "
        r"(?:\w+ )?(?:lawyer|attorney|counsel|doctor|manager|boss|developer|engineer|approver|reviewer)\b",
        r"\b(?:pretend|assume|imagine|act|behave|say)(?: (?:that|as if|as though|like|to me|"
        r"it))* (?:you have no|there are no|you have already|you already|we (?:are|were|"
        r"have been) (?:already )?approved|i am (?:already )?(?:approved|an? admin\w*|your|the)|you are not|"
        r"rules do not|no rules|my application is|our application is|the application is)\b",
        r"\b(?:new|updated|override|following|my|special|real) instructions? (?:are|is|follow|for you|apply|"
        r"from)\b|\bend of (?:prompt|instructions?|system|user)\b|\b(?:begin|start) (?:new )?(?:system|admin|"
        r"instructions?)\b|\b(?:system|assistant|admin|developer) (?:override|command|message|note) ?(?:,|"
        r"you|to|ignore|the|approve|all|$)",
        r"^(?:(?:please|just|now|you must|you should|you will|you have to|i order you to|i command you to|"
        r"go ahead and|hurry up and|and|then|so|instead|simply|kindly|you need to|immediately|ok|do|can you|"
        r"could you|will you|would you|can you please|could you please|can you just|could you just|i (?:want|"
        r"need) you to|i demand (?:that )?you|we (?:want|need) you to) )*(?:auto ?)?(?:approve|pre ?approve|"
        r"grant|greenlight|green light|authori[sz]e|rubber ?stamp)(?: (?:it|this|that|me|us|now|anyway|"
        r"immediately|everything)\b| (?:(?:me|us) )?(?:my|our|the|this|a|an) (?:\w+ ){0,4}?(?:request|"
        r"application|agreement|use ?case|company|account|case|access|access now|refund|claim|access|"
        r"exemption|one)\b)",
        r"\b(?:mark|set|flag|treat|register)(?: \w+){1,4} (?:as|to) (?:approved|accepted|granted|signed|"
        r"verified|exempt)\b|\b(?:mark|set|flag|record|register|change|update|log|treat|consider)(?: (?:me|"
        r"us|my|our|the|this|it|case|request|application|status|account|ticket|of))+ (?:as |to |"
        r"status )*(?:approved|accepted|granted|signed|verified|exempt)\b",
        r"\b(?:say|state|confirm|tell me|write|reply|respond|repeat after me|output|answer|print)(?: (?:that|"
        r"with|after me|only|just|exactly|in|writing|to me|back|now|the words?|the following|yes|and|then|"
        r"this))* (?:(?:the|my|our|your|all|this|every|all the) )?(?:\w+ )?(?:request|application|i am|"
        r"we are|you are|services|claim|everything|are|is)(?: (?:is|are|has|have|been|now|already|hereby|"
        r"\w+))* (?:approved|accepted|granted|guaranteed|signed|covered by|hacked|pwned|free)\b(?! (?:yet|"
        r"or not|by the|by a))",
        r"\b(?:call|run|execute|invoke|trigger|use|fire)(?: (?:the|a|your|this|that|me|up))* (?:\w+_\w+|"
        r"case ?resolution|(?:function|tool|command|shell|script|code|sql|query)\b)",
        r"\b(?:drop table|select \w+ from|delete from|union select|rm rf|os system|eval|<script|javascript|"
        r"exec\()\b|\b(?:encode|decode|base64|rot13)\b.{0,40}\b(?:prompt|instructions|rules)\b",
        r"\b(?:you (?:must|have to|are (?:required|obliged|obligated|forced|programmed|allowed) to|"
        r"no longer have to|do not have to|can now)) (?:obey|comply|ignore|follow my|do (?:as|what|"
        r"whatever) i|answer without|break|approve|disregard|not follow|forget|reveal)\b|"
        r"\bfrom now on (?:you|your|ignore|answer|respond|act)\b|\bobey (?:me|my)\b",
        r"\bi am (?:the |a |an |your )?(?:\w+ )?(?:admin(?:istrator)?|developer|creator|owner|ceo|engineer|"
        r"employee|supervisor) (?:of|at|here|and i|so|who|from)?.{0,40}\b(?:order|command|authori[sz]e|"
        r"approve|override|grant|unlock|ignore|reveal|show me your)\b",
        r"\b(?:print|repeat|output|show|display|copy|paste|reveal|recite|quote|write|dump)(?: \w+){0,3} (?:text|"
        r"words|"
        r"everything|all|lines?|contents?|message|prompt|instructions)(?: \w+)? (?:above|preceding|so far|"
        r"up to here|before "
        r"this)\b",
        r"\b(?:output|print|dump|export|paste|reveal|disclose)(?: \w+){0,3} your (?:own |internal )?(?:routine|"
        r"script|flow|"
        r"workflow|program|logic|configuration|config|setup|settings|memory|functions?|tools?)\b",
        r"\b(?:what|which) (?:rules|instructions) (?:were|have|has|did|are) you (?:been )?(?:given|told|"
        r"follow|following|programmed)|\bwhat (?:were|was) you(?:r)? (?:told|instructed|programmed)|"
        r"\brepeat (?:everything|the words|all the text|all text|the text|what is) (?:above|before)",
        r"\b(?:ignore|disregard|forget|discard)(?: (?:all|any|the|every|everything|of))* (?:prior|previous|earlier|"
        r"preceding|above|former) (?:text|context|input|content|conversation|dialog(?:ue)?|turns)\b",
        r"\b(?:skip|jump to|go (?:straight )?to|leave out) (?:step|line|rule) \w{1,3}\b",
        r"\b(?:show|give|tell|print|list|name|reveal|describe|export|read|display|send)(?: \w+){0,4} (?:routine|"
        r"script|"
        r"procedure|flow|instructions|rules|conditions|logic|prompt|functions?|tools?|code|guidelines|commands) "
        r"(?:that |"
        r"which )?you (?:follow|run|use|obey|have|can (?:call|run|use)|are (?:given|following|running)|were given|"
        r"work (?:by|with)|call)\b",
        r"\b(?:internal|hidden|secret|inner) (?:conditions?|logic|rules?|workings?|steps?|routine|thresholds?|menu|"
        r"states?|prompts?|commands?)\b",
        r"\b(?:exact|full|whole|entire|complete|literal) (?:text|wording|contents?) of (?:your|the) (?:guidelines?|"
        r"instructions?|rules|prompts?|script|routine)\b",
        r"\b(?:tell|show|give) (?:me|us) (?:\w+ )?what you (?:were|have been|are) (?:told|instructed|ordered|"
        r"programmed|"
        r"given)\b",
        r"\b(?:tell|give|show|send|list|name)(?: (?:me|us))?(?: the| all| some)* (?:names?|lists?|data|details|"
        r"files?|(?:api )?keys?|passwords?|conversations?|"
        r"contracts?|agreements?) (?:of|for|from) (?:(?:your |the )?other|another|somebody else|someone else) "
        r"?(?:customers?|"
        r"clients?|compan(?:y|ies)|users?|people|hospitals?)?\b",
    )
)
_PERMITS: Final = re.compile(
    r"^(?:\w+ ){0,2}?(?:you|we|i) (?:can|could|may|might) (?:now |just )?(?:mark|set|treat)\b"
)
_WORKS: Final = (
    r"(?:documents?|documentation|article|routine|manual|knowledge base|handbook|procedure|script|flow|menu|steps|"
    r"workflow|playbook|approved \w+|template|wording)"
)
_TOLD: Final = r"^(?:(?:please|just|now|then|and|so|but|also|come on|ok|simply|only|instead|kindly|anyway|,) )*"
"""What an order may begin with."""

_SPELLED: Final = tuple(
    (re.compile(rf"\b{'[ -]?'.join(verb)}\b"), verb)
    for verb in ("ignore", "disregard", "override", "bypass", "overrule", "instructions")
)
"""Verbs of orders with spaces and hyphens in them, by which they are hidden."""

_ORDERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_TOLD}(?:tell|inform|notify|assure|promise) (?:every|all|each|any|the next|all other|other)(?: "
        rf"(?:of )?(?:the|"
        rf"your|our))?(?: \w+)? (?:customers?|users?|clients?|visitors?|people|persons?|askers?)\b",
        r"\b(?:repeat|recite|print|show|output|quote|copy|reveal|tell me|give me|paste|say)(?: \w+){0,5} (?:text|"
        r"words|"
        r"instructions|prompt|message|lines?)(?: (?:that|which))? (?:you (?:were|are|have been|had been) (?:given|"
        r"told|shown|"
        r"fed|handed|sent)|before (?:this|our|the) (?:chat|conversation|message))\b",
        rf"{_TOLD}(?:skip|drop|waive|omit|bypass|leave out|forgo|ignore|forget)(?: about)? (?:your|the|all|any)(?: "
        rf"\w+)? (?:checks?|"
        rf"reviews?|vetting|approvals?|evaluation|safety|polic(?:y|ies)|criteria|due diligence|questions|"
        rf"process)\b.*\b(?:and|then|"
        rf"just) (?:just |then |simply )?(?:grant|approve|sign|give|issue|accept|confirm|authori[sz]e)\b",
        r"\byour (?:\w+ ){0,2}?(?:polic(?:y|ies)|rules|filters?|guardrails?|restrictions?|guidelines|limits|"
        r"safeguards|safety|"
        r"instructions) (?:was|were|is|are|has been|have been|got) (?:\w+ )?(?:switched off|turned off|disabled|"
        r"lifted|removed|"
        r"suspended|deactivated|cancelled|deleted|revoked|void|unlocked|relaxed)\b(?! for (?:our|my|us|me)\b)",
        rf"{_TOLD}(?:write|say|reply|respond|answer|print|output|type)(?: back)?(?: to (?:me|us))?(?: with)?(?: "
        rf"just| only| exactly)? yes\b.{{3,90}}"
        rf"\b(?:and|but) (?:nothing (?:else|more)|only that|no more)$",
        rf"^(?:\w+ ){{0,4}}?(?:ignor(?:e|ing)|disregard|forget|bypass|override|overrule|circumvent|skip|abandon|"
        rf"throw away|"
        rf"do not follow|stop following)(?: about)?(?: {_BACK})+ {_WORKS}\b(?! (?:part|section|for))",
        r"^(?:(?:please|just|now|kindly|then|and|ok|immediately) )*(?:mark|set|flag|record|register|log|treat|"
        r"update|change)"
        r"(?: (?:my|our|the|this|that|it|case|ticket|request|status|of|conversation|chat|everything))+ (?:as|to)"
        r"(?: (?:a|being))? (?:resolved|solved|closed|done|completed?|finished|handled|urgent|priority)\b",
        r"\b(?:override|overrule|bypass)\b(?: \w+){0,4} and (?:then )?(?:approve|grant|sign|accept|authori[sz]e|"
        r"confirm)\b",
        r"^(?:(?:please|just|now) )*(?:approve|authori[sz]e|override|overrule)(?: (?:please|now|it|immediately|"
        r"this))*$",
        r"^(?:\w+ ){0,4}?(?:pretend(?! (?:that )?(?:i|we) (?:know|knew|understand|never|did not|do not|have not|am "
        r"(?!an? "
        r"admin|the|your)(?!.*\b(?:approv|accept|admin|owner|boss|staff)))\b)|make believe|role[ -]?play|play the "
        r"role)\b(?: (?:that|like|as if|as|to be|of))*"
        r" (?:you|i|we|it|this|there|the|a|an|my|our|being)\b",
        r"\b(?:approve|grant|sign(?: off)?(?: on)?|accept|authori[sz]e|countersign|greenlight)\b(?: \w+){0,5} "
        r"yourself\b",
        rf"{_TOLD}(?:override|overrule|reverse|overturn|undo|revoke|annul|flip|change)(?: \w+)? (?:decision|refusal|"
        rf"rejection|denial|verdict|outcome|ruling)\b",
        rf"{_TOLD}(?:say|write|state|print|output|type|reply|respond|answer|put|declare|announce)(?: (?:only|just|"
        rf"with|the|"
        rf"word|words|back|me|us|single|one|exactly|that|it|is|we|i|are|am|have|all))* {_GRANTED}$",
        r"\b(?:reply|respond|answer)(?: \w+){0,2} with (?:only |just |nothing but |exactly )*(?:the (?:single "
        r")?words?|"
        r"the text|the phrase|the string|a json|yes|granted|approved)\b|^(?:(?:and|then|now|please|just) )*output "
        r"(?!is\b|was\b|of\b|tokens?\b|from\b)\w+",
        rf"\b(?:just|simply|only) (?:write|say|tell (?:me|us)|state|put|type|reply|answer)(?: that)? (?:the|your|our|"
        rf"my|"
        rf"this|we|i|everything)(?: (?!if\b|whether\b|how\b|what\b|when\b)\w+){{0,4}} (?:{_GRANTED})\b"
        rf"(?!.*\b(?:or not|if|whether)\b)",
        rf"\byou (?:will|must|shall|have to|are to|now) (?:confirm|declare|certify|state|promise|guarantee|attest)"
        rf"(?: \w+){{0,6}} {_GRANTED}\b|{_TOLD}(?:declare|pronounce|certify|deem) (?:us|me|our \w+|my \w+|it)(?: "
        rf"\w+)? "
        rf"{_GRANTED}$",
        r"\b(?:as|be|become) my (?:\w+ ){0,2}(?:assistant|bot|lawyer|servant|slave|reviewer|approver|genie|"
        r"grandm\w+)\b",
        r"^(?:\w+ )?new (?:rules?|polic(?:y|ies)|orders?|directives?|instructions?)(?: (?:from|by)(?: \w+){1,4})?$|"
        r"(?<!what is )(?<!about )\byour new (?:rules?|orders?|directives?|instructions?)\b(?! (?:on|about|for|"
        r"say))",
        rf"{_TOLD}(?:always|never)(?: again)? (?:answer|say|reply|respond|ask|mention|refuse|reject|decline|agree)\b"
        r"(?! (?:never|no\b))",
        r"\b(?:say|answer|reply|respond with) (?:yes|ok|approved) to (?:anything|everything|all|every|whatever)\b|"
        r"\banswer (?:everything|anything|(?:every|all|each|any)(?: \w+){1,3}) with\b|\bfrom (?:now|here|today) on "
        r"you\b",
        r"\b(?:this|that) is an? (?:order|command|directive)\b|\bforget (?:that )?you are\b|\bi (?:hereby "
        r")?(?:order|instruct|"
        r"command) you\b|\bi hereby (?:grant|approve|authori[sz]e|award) (?:this|us|me|our|my|the|it)\b|\blet "
        r"us play\b(?! (?:it|by))|\band (?:then )?obey\b|^obey\b|\bdrop the "
        r"act\b",
        r"\b(?:re ?open|continue|proceed|log in|run|approve|do)\b(?: \w+){0,4} as (?:an? |the )?(?:admin\w*|root|"
        r"superuser|"
        r"sysadmin|operator|system)\b",
        r"\b(?:act|behave|go on|continue|proceed|reply|respond|answer|carry on) as (?:if|though) (?:i|we|you|it|"
        r"this|the|our|my|"
        r"everything)(?: \w+){0,3} (?:had|have|has|were|was|am|are|is)\b",
        rf"{_TOLD}(?:append|prepend|insert)\b|{_TOLD}(?:add|put|include|write|end with|begin with|start "
        rf"with)(?: \S+){{1,4}} (?:to|in|"
        r"into|at the end of|under|before) (?:your|each|every|this|the next) (?:reply|replies|answers?|"
        r"responses?|messages?|"
        r"sentence|record|notes?|file)\b",
        rf"{_TOLD}(?:complete|finish|continue|fill in) (?:this|the following|my|the next) (?:sentence|text|"
        rf"phrase|line|dialogue|"
        r"conversation|blanks?)\b",
        rf"{_TOLD}(?:imagine|suppose|assume|picture|think of yourself)(?: that)? (?:you are|you were|being|as) "
        rf"(?:an?|my|our|the|not "
        r"an?|free|allowed|no longer|unrestricted)\b",
        rf"{_TOLD}(?:say|write|type|echo)(?: it| this| that| the following| after me| the words?| just)*(?: for "
        rf"me| please)*$",
        r"\b(?:without|outside(?: of)?|off|beyond|no) (?:\w+ )?(?:script|restrictions?|filters?|limits?|"
        r"limitations|guardrails|"
        r"guidelines)\b.*\b(?:talk|speak|answer|reply|say|tell|would you|approve)\b|\b(?:talk|speak|answer|"
        r"reply|tell me)\b.*\b"
        r"(?:without|outside(?: of)?|off|beyond|not in) (?:your|the|any) (?:script|restrictions?|filters?|"
        r"limits?|limitations|"
        r"guardrails|guidelines|rules)\b|\bstop being an? (?:bot|robot|machine|assistant|ai)\b",
        r"\b(?:translate|summari[sz]e|paraphrase|recite|copy|export|encode|decode|quote|write down|spell "
        r"out)(?: (?:me|us|out|"
        r"all|of))* your (?:\w+ )?(?:instructions?|rules|prompts?|guidelines?|directives|programming|"
        r"configuration)\b",
        r"\bwhat (?:did|have|do|were)(?: the| your)? (?:developers?|creators?|programmers?|makers?|engineers|"
        r"system|owners?|you)"
        r"(?: (?:write|wrote|tell|told|say|said|instruct\w*|given|put))+ (?:you|above|before|at the (?:top|"
        r"start|beginning)|in your)\b",
        r"\b(?:ignore|disregard|forget) (?:all|everything|any of) (?:of )?(?:that|this|it) and (?:now |then |"
        r"just |instead )*(?:give|"
        r"show|tell|send|list|print|do|write|say)\b",
        r"\b(?:ignor\w+|disregard\w*|forget|skip)\b(?: (?!tell\b)\w+){1,8} and (?:just |then |simply )*(?:say|"
        r"state|claim|approve|"
        r"declare|confirm (?:that|the|our|my))\b",
        rf"{_TOLD}(?:overwrite|alter|modify|edit|falsify|amend|rewrite|update|change|correct) (?:the|my|our|"
        rf"your|this) "
        r"(?:record|log|logs|decision|verdict|outcome|file|database|entry|result|status|case history)\b(?: "
        r"(?!if\b)\w+){0,6} "
        r"(?:so|to|that|as|into|with|and)\b",
        rf"{_TOLD}from (?:now|here|today|this point) on(?:wards?)?,? (?:only |just |always |never |please "
        rf")*(?:say|answer|"
        r"reply|respond|call|speak|talk|act|do|be|approve|use|write)\b",
        r"^(?:(?:please|now|then) )*(?:execute|invoke|trigger|run) (?:the |your |this |that |a )?(?:step|line|"
        r"branch|resolution|"
        r"escalation|next|final|last|\w+ (?:step|function|tool|command|action))\b",
    )
)
_RAW: Final = (
    re.compile(
        r"^\s*[<\[({*#-]*\s*(?:system|assistant|developer|admin|root|sudo|ai|bot)\s*(?:message|prompt|note|"
        r"override)?\s*"
        r"[>\])}*]*\s*:\s*\S",
        re.M,
    ),
    re.compile(
        r"<\|?\s*(?:im_start|im_end|system|endoftext|assistant|user)\b|</?(?:system|instructions?|prompt|documents?|"
        r"article|routine|context|rules?|policy|admin|developer|message|role|override)>|\[/?inst\]"
    ),
    re.compile(
        r"\]\]>|[.!?>\])]\s*(?:system|assistant|developer|admin)\s*:\s*\w|\bend of (?:the )?(?:customer|"
        r"user)(?: 's)? (?:text|message|"
        r"input|prompt)\b"
    ),
    re.compile(
        r"[\"'](?:choices?|confidence|unsure|correction|tool_calls?|function_call|function|arguments|reader|role|"
        r"intent|slots|choice|tool)[\"']\s*:"
    ),
    re.compile(
        r"\b(?:step|act|other|article|line):\s?(?:\d+\w*|[a-z_]+)\b.*\b(?:step|act|other|article|line|confidence)\b"
    ),
    re.compile(
        r"\b(?:call|run|execute|invoke|trigger|fire|launch|use|start|do)\b[^.?!\n]{0,30}?\b[a-z]+(?:_[a-z0-9]+)+\b"
    ),
    re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\s*\(|^\s*[a-z]+(?:_[a-z]+)+\s*;?\s*$"),
)
"""Forms that no customer writes: a speaker's mark, a reading in JSON, a function by its name in code."""
_HONEST_CALL: Final = re.compile(
    r"\b(?:how|can|could|do|does|may|should|when|if|we|our|i) (?:\w+ ){0,3}?(?:call|run|use|invoke|execute|do|"
    r"start|trigger)\b"
)
_HONEST: Final = re.compile(
    r"\b(?:can|could|will|would) (?:you|your team|they) (?:please )?approve (?:us|me|it|this|our \w+|"
    r"my \w+) (?:within|by|in|"
    r"before|until|if|without|faster|quicker|sooner)\b|\b(?:we|i|our \w+|they|it|that|which|told to|want to|need to|"
    r"have to|going "
    r"to|able to|trying to) (?:\w+ )?(?:call|run|execute|invoke|trigger|use)s?\b|"
    r"\b(?:can|could|should|may|do|shall|must|will|would) (?:we|i|our)\b.*\b(?:ignore|skip|bypass|override|"
    r"drop|forget|disregard)\b|\b(?:our|my|their|customer|user) (?:own )?(?:system )?(?:prompts?|"
    r"instructions?|guardrails?|filters?)\b.*\b(?:contain|contains|include|includes|has|have|covered|data|log|"
    r"stored|retained)\b"
    r"|\b(?:do|will|does|did|would) you (?:approve|grant|authori[sz]e)\b|\bhow (?:do|can|does|"
    r"could)\b.*\b(?:approve|run|call|use|jailbreak|prompt injection)\b|\b(?:protect|prevent|against|"
    r"resist|spot|detect|"
    r"defend|defence|defense|stop|mitigat\w+)\b.*\b(?:injection|jail ?breaks?)\b"
    r"|\b(?:detects?|protects?|prevents?|blocks?|stops?|catch(?:es)?|finds?|filters?|scans?|stud(?:y|ies)|"
    r"research(?:es)?|sells?|tests?|about|against|from|for)\b(?: \w+){0,4} (?:injections?|jail ?breaks?)\b|"
    r"\b(?:injections?|"
    r"jail ?breaks?) (?:proof|resistant|safe|detect\w+|protect\w+|prevent\w+|scann\w+|filter\w*|research\w*|test\w*|"
    r"attempts?|defen[cs]e|guards?)\b"
    r"|\b(?:our|my|their) (?:users?|customers?|clients?|patients?|app|product|employees|"
    r"lawyers?)\b.*\b(?:ignore|jail ?break|bypass|try|tries)\b"
)


def is_attack(marked: str) -> bool:
    """Whether a sentence is an order to the machine."""
    for spelled, verb in _SPELLED:
        marked = spelled.sub(verb, marked)
    marked = marked.replace("jailbreak-", "jailbreak ")
    plain = marked.replace(" ,", "")
    if any(row.search(plain) for row in _ORDERS) and not _PERMITS.search(plain):
        return True
    return any(row.search(marked) or row.search(plain) for row in _ROWS) and not _HONEST.search(plain)


def is_forged(levelled: str) -> bool:
    """Whether a whole message is written as one of the machine's own parts would write it."""
    text = levelled.lower()
    return any(row.search(text) for row in _RAW) and not _HONEST_CALL.search(text)
