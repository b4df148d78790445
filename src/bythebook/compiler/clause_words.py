"""How sentences open, and where they are cut: the patterns of `clauses`."""

from __future__ import annotations

import re
from typing import Final

from bythebook.compiler.people import PEOPLE

THEN: Final = re.compile(r"(?:and )?then\b", re.I)
FIRST: Final = re.compile(r"\bif (?:you|we) (?:still )?(?:do not|don['’]t) (?:have|know)\b[^.;]*\bfirst\W*$", re.I)
LEAD: Final = re.compile(
    r"[\s*]*(?:(?:note|important|caution|exception|nb)\s*[:-]\s*|"
    r"(?!(?:if|when|whenever|once|else|otherwise|or else|unless|after)\b)[a-z][a-z ]{1,30}:\s+(?=if|when)|"
    # What a deed is for: "Charge the fee: charge_fee(account_id)".
    r"(?:(?:charge|send|confirm|look|check|book|create|update|cancel|find|verify|validate|register|record|submit|"
    r"process|apply|retrieve|close|open|start|set|add|remove|delete|get|fetch|locate|notify|schedule|issue|reset|save)"
    r" [a-z][a-z ,'-]{2,60}|actions?|system|api|tool|confirm|verify|final(?:ly| step)?|last step|end):\s+"
    r"(?=(?:call|use|run|invoke|ask|tell|inform|say)\b|`?[a-z_]\w*\())?"
    r"(?:(?:before|after) (?:you )?(?:clos|end|finish)\w*(?: the (?:case|chat|conversation))?,? |"
    r"(?:at|in) the end,? |"
    r"after (?:this|that),? (?!(?:\w+ )?(?:is|was|has|have|are|were)\b)|"
    r"to (?:finish|close|end),? )?(?:and |but |then )?",
    re.I,
)
# "Once it is paid, if they want a receipt, ...": by then it is paid, and what follows is decided.
BY_THEN: Final = re.compile(r"(?:once|after|when|as soon as)\s+[^,:;.\"“”`]{3,80},\s+(?=if\b)", re.I)
CONDITION: Final = re.compile(
    r"(?:only (?=(?:if|when|once|after)\b))?(?P<chain>(?:else|otherwise|or),? if|"
    r"(?=for (?:any|all|every) other\b)for|(?=in (?:any|all) other\b)in|"
    r"if|when(?:ever)?|once|after|as soon as|upon|at any (?:point|time),? if|unless|"
    r"in (?:the )?(?:case|event)(?: that)?|"
    r"provided(?: that)?(?= (?:the|it|they|a|an|this|that)\b)|"
    r"where(?= (?:the|it|they|a|an|this|there|no|more|fewer|less|all|any|both|neither)\b)|"
    rf"(?:should|had|were)(?= (?:the|an?|any|no|this|that|they|he|she|it|there|{PEOPLE})\b[^?.:]*[,:])|"
    # "Is the key unknown, so the customer shall ...": a condition with its verb in front, as other languages have it.
    rf"(?:is|are|has|have|does|can)(?= (?:the|an?|this|that|they|he|she|it|there|no|{PEOPLE})\b[^?]*,[^?]*$)|"
    r"on(?= (?:success|failure|error|yes|no)\b)|on(?= a \w+))\b\s*",
    re.I,
)
ELSE: Final = re.compile(
    r"(?P<condition>otherwise|else|if not|in all other cases|(?:for )?(?:anything|everything) else|"
    r"none of (?:the above|these|those|them)(?: appl(?:y|ies))?)"
    r"(?:\s*(?:[,:]|-{1,2}>|→)\s*|\s+)",
    re.I,
)
OPTION: Final = re.compile(
    r"(?P<condition>(?:yes|no|(?:on )?(?:success|failure|error))(?=\s*[:,–-])|"
    # "Not found: ...": how the call before it ended.
    r"(?:still )?(?:(?:not )?(?:found|successful|available|eligible)|(?:in)?valid|"
    r"no (?:match|hits?|results?|records?)|declined|approved|failed)(?=\s*:)|"
    r"(?!(?:call|use|run|say|tell|ask|go|if|when|else|otherwise)\b)"
    r"[^\"“”`()<>:]{1,60}?(?=\s*(?:-{1,2}>|→|=>))|[^\"“”`<>|]{1,80}?(?=\s*\|))"
    r"\s*(?:-{1,2}>|→|=>|[:,–|-])\s*",
    re.I,
)
"""One answer of a question, and what to do then: "refund -> call issue_refund"."""
COMPARED: Final = re.compile(r"(?P<condition>[a-z`][^\"“”:.]{0,80}[=<>≤≥≠][^\"“”:.]{1,80}?)\s*:\s*", re.I)
MEASURED: Final = re.compile(r"(?P<condition>[^\"“”:.,;()]{0,40}?\d[^\"“”:;()]{0,40}?)\s*:\s+", re.I)
CUT: Final = re.compile(
    r",\s+(?:then|so(?! that\b))\s+|,\s+|\s+then[:,]?\s+|\s*(?:-{1,2}>|→|:)\s*|"
    r"\s+(?=(?:proceed|go to|move to|skip to|follow|call|inform|tell|ask|"
    r"transfer|escalate|say|send|provide|advise)\b)",
    re.I,
)
JOINT: Final = re.compile(
    r",?\s+and,?\s+(?P<no>if (?:not|none is|nothing(?: else| more)?|(?:this|that) is not (?:so|the case)|"
    r"there is (?:nothing|none)(?: else| more)?)),?\s+|[,;]\s+(?:and )?after (?:that|this|which),?\s+|"
    r";\s+|,?\s+and then\s+|,\s+then\s+|,?\s+and\s+|\s*(?:-{1,2}>|→)\s*|,\s+",
    re.I,
)
BEHIND: Final = re.compile(
    r",?\s+(?P<condition>(?:if|when|where|as) (?:needed|necessary|applicable|required|possible|requested|"
    r"appropriate))\s*\.?$",
    re.I,
)
EVENT: Final = re.compile(
    rf"(?:the |a )?(?:{PEOPLE}|they|he|she|you)\b.*\b(?:provide|given?|share|enter|send|sent|"
    r"supplie|submit|upload|ha(?:s|ve) purchased|collect|gather|obtain|receive)|(?:provided|received)\b|"
    r"(?:the |this |that |these |all )?(?:\w+ ){0,2}(?:information|details?|description|number|name|address|date|"
    r"answers?|data|reply) (?:is|are|has been|have been|was|were) "
    r"(?:there|known|given|provided|received|collected|entered)\b",
    re.I | re.S,
)
DONE_BY_YOU: Final = re.compile(
    r"you(?:['’]ve| have| are)?\s+(?:\w+ly\s+)?"
    r"(?:confirm|verif|check|ensur|determin|establish|complet|finish|done|sure)",
    re.I,
)
# What holds then, told to whoever reads; what to do stands under it, or behind it.
STATES: Final = re.compile(
    r"(?:the |this |their |your |these )?(?:[\w'’/-]+ ){1,5}?"
    r"(?:is|are|was|were|might be|may be|can be|could be|will be)\b"
    r"(?! not (?:facing|experiencing|affected))[^,;:.\"“”`]*?(?:(?P<more>,? (?:and|so) )|\.?$)",
    re.I,
)
KEPT: Final = frozenset(("unless", "upon", "for", "in"))
"""Words that belong to the condition that they open."""
INVERTED: Final = frozenset(("is", "are", "has", "have", "does", "can"))
"""Verbs that open a condition by standing in front."""

WHO: Final = re.compile(rf"(?:the |a |an )?(?:{PEOPLE}|they|he|she|it|someone|somebody|anyone)", re.I)
SPOKEN: Final = re.compile(r":\s*[\"“]|:\s+(?:if|when|once)\b", re.I)
"""Words that are to be said, or another condition, are no part of a condition."""

DEED_INSIDE: Final = re.compile(
    r";|(?:[:,]|->|→)\s*(?:then |please )?(?:ask|tell|say|call|inform|explain|advise|offer|provide|send|use|run|go|"
    r"proceed|transfer|escalate|apologi[sz]e|hand|end|close|repeat|retry|return)\b",
    re.I,
)
TELLS_HOW: Final = re.compile(
    r"(?!(?:make|ensure|verify|check|confirm|see|determine|validate|review|note|find|ask|tell|inform|call|use)\b)"
    r"(?:[\w'’-]+ ){1,7}(?:is|are|was|were|has|have|had|will|can|may|does|do)\b[^\"“”`:?!]*\.$",
    re.I,
)
"""How things are, not what to do."""

TRIES: Final = {"twice": 1, "two": 1, "2": 1, "second": 1, "three": 2, "3": 2, "third": 2}
FAILS_AGAIN: Final = re.compile(
    r"(?:[^,;:]*\b(?:fail\w*|wrong|incorrect|invalid|unsuccessful|not found)\b[^,;:]*"
    r"\b(?P<count>twice|(?:two|three|2|3)(?= times\b))|"
    r"(?:the |a )?(?P<ordinal>second|third) (?:failure|failed|unsuccessful|wrong|time\b))",
    re.I,
)
