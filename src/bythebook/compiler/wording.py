"""What the words of a step or line ask for. A table of wordings run by one loop: to widen it, add a row.

Each row carries the sentence that is its test; a wording nobody added is reported, never guessed at.
"""

from __future__ import annotations

from typing import Final

from bythebook.compiler.builders import (
    build_always,
    build_asking,
    build_collecting,
    build_condition,
    build_handing,
    build_otherwise,
    build_quoted,
    build_telling,
)
from bythebook.compiler.forms import (
    Behaving,
    Chain,
    Closing,
    Concluding,
    Doing,
    Elsewhere,
    Telling,
    Voice,
)
from bythebook.compiler.people import PEOPLE
from bythebook.compiler.wording_calls import CALLS
from bythebook.compiler.wording_going import GOING
from bythebook.compiler.wording_parts import (
    ASKING,
    BEFORE,
    CUSTOMER,
    OPEN,
    PROVIDE,
    QUESTION,
    QUOTE,
    SHALL,
    SPEAKING,
    TELLING,
    THESE,
    row,
)
from bythebook.compiler.wording_parts import Wording as Wording
from bythebook.routine.model import QuestionKind

WORDINGS: Final[tuple[Wording, ...]] = (
    *CALLS,
    row("quoted", QUOTE, build_quoted(Voice.BARE), '"Which plan do you use?"', "says or asks it, word for word"),
    row(
        "say",
        rf"{BEFORE}(?:say|reply|respond|answer)(?: exactly| with)?{THESE}{QUOTE}",
        build_quoted(Voice.SAY),
        'Say: "Your plan was changed."',
        "says it, word for word; a question that conditions hang on is asked",
    ),
    row(
        "be-told",
        rf"(?:{CUSTOMER}|they) {SHALL}"
        rf"(?:told|informed|advised|reminded)(?: that)?{THESE}{QUOTE}",
        build_quoted(Voice.TELL),
        'The customer should be told: "Your plan was changed."',
        "says it, word for word",
    ),
    row(
        "inform",
        rf"{BEFORE}(?:{TELLING}|thank) {CUSTOMER}{THESE}{QUOTE}",
        build_quoted(Voice.TELL),
        'Inform the customer: "Your plan was changed."',
        "says it, word for word",
    ),
    row(
        "open-with",
        rf"{BEFORE}(?:(?:greet|welcome|thank) {CUSTOMER} (?:with|by saying)|(?:open|begin|start|close|end|finish)"
        rf"(?: the (?:chat|conversation|call))? (?:with|by saying)){THESE}{QUOTE}",
        build_quoted(Voice.SAY),
        'Greet the customer with: "Good to see you."',
        "says it, word for word; a question that conditions hang on is asked",
    ),
    row(
        "ask",
        rf"{BEFORE}(?:{ASKING})(?: {CUSTOMER})?{THESE}{QUOTE}",
        build_quoted(Voice.ASK),
        'Ask the customer: "Which plan do you use?"',
        "asks it, word for word",
    ),
    row(
        "ask-about",
        rf"{BEFORE}(?:{ASKING}|offer|propose|suggest|find out|establish|determine|clarify|check|identify|see|"
        rf"enquire|inquire)\b(?! if [^\"“”:]*,)[^\"“”`:]*:\s*{QUESTION}",
        build_quoted(Voice.ASK),
        'Find out which plan it is: "Which plan do you use?"',
        "asks it, word for word",
    ),
    row(
        "ask-either",
        rf"{BEFORE}ask(?: {CUSTOMER})?:? (?!if\b|whether\b)[^\"“”`?]*\bor\b[^\"“”`?]*\?$",
        build_asking(QuestionKind.OPEN),
        "Ask refund or exchange?",
        "asks, in words to be approved",
    ),
    row(
        "condition",
        r"(?:if|when)\s++(?P<condition>(?:[^\"“”`:]|(?<=\d):(?=\d\d))++):$",
        build_condition(Chain.IF),
        "If the customer uses the small plan, then:",
        "a condition for what stands under it",
    ),
    row(
        "condition-comma",
        r"(?:if|when)\s++(?P<condition>[^\"“”`:,]++)(?:, then)?,$",
        build_condition(Chain.IF),
        "If the customer uses the small plan,",
        "a condition for what stands under it",
    ),
    row(
        "condition-event",
        r"(?:once|after|as soon as)\s++(?P<condition>[^\"“”`:]++):$",
        build_condition(Chain.EVENT),
        "Once the customer has provided the certificate:",
        "what stands under it comes after that",
    ),
    row(
        "condition-exact",
        r"(?:if|when|at any point if|for)\s++(?P<condition>[^:]*?[\"“`(][^:]*?):$",
        build_condition(Chain.IF),
        'If plan_name is "SMALL":',
        "a condition for what stands under it",
    ),
    row(
        "condition-case",
        r"(?:case|scenario|situation) (?:\d{1,2}|[a-z])\s*[:.)–—-]\s*(?P<condition>"
        r"(?:the|it|they|he|she|there|their|this|nothing|nobody|no)\b[^\"“”`:]+?)[.:]?$",
        build_condition(Chain.IF),
        "Case 1: The customer uses the small plan.",
        "a condition for what stands under it",
    ),
    row(
        "condition-else-if",
        r"(?:else|otherwise|or),? if\s++(?P<condition>[^:]*+):$",
        build_condition(Chain.ELSE_IF),
        "Else if the customer uses the large plan, then:",
        "a condition that is looked at when those before it do not hold",
    ),
    row(
        "otherwise",
        r"(?P<condition>(?:or )?else|otherwise|if not|in all other cases|"
        r"(?:for|in|with) (?:any|all|every) other \w+(?: \w+)?|(?:for )?(?:anything|everything) else)\s*[:,]?$",
        build_otherwise,
        "Otherwise:",
        "holds when none of the conditions beside it does",
    ),
    *GOING,
    row(
        "hand-over",
        rf"{BEFORE}(?P<verb>escalate|transfer|hand|connect|forward|refer|redirect|pass)\b[^`]*$",
        build_handing,
        "Transfer the customer to a human agent.",
        "hands the case to a human",
    ),
    row(
        "elsewhere",
        rf"{BEFORE}(?:follow|see|consult|refer to|use|check|apply) the (?:(?:instructions?|guidelines?|rules?|steps|"
        rf"procedures?|process|information|details) (?:in|from|of|under|given in) )(?:the |our )?(?:[\w-]+ ){{0,3}}?"
        rf"(?:policy|policies|manual|handbook|guide|guidelines|documentation|knowledge base|wiki|playbook)\b{OPEN}",
        build_always(Elsewhere()),
        "Follow the instructions in the main policy on refunds.",
        "hands the case to a human, who knows what stands elsewhere",
    ),
    row(
        "conclude",
        rf"(?:the |this )?(?:{PEOPLE}|they)(?:['’]s|['’]re)? (?:(?:is|are) )?not "
        rf"(?:facing|experiencing|having|affected by)\b{OPEN}",
        build_always(Concluding()),
        "The customer is not facing a delivery problem.",
        "says so, in words to be approved, and ends the path it stands in",
    ),
    row(
        "close",
        rf"{BEFORE}(?:close|resolve|end|complete|finali[sz]e|mark) (?:the |this )?"
        rf"(?:case|conversation|chat|call)\b{OPEN}|(?:finish|stop|end|close|done)(?: here| there)?\.?$",
        build_always(Closing()),
        "Close the case.",
        "calls the function that is defined for it; goes to the closing question where another line calls that",
    ),
    row(
        "close-as",
        rf"{BEFORE}mark (?:it|(?:the |this )?(?:case|conversation|chat|call|issue|request)) as "
        r"(?:resolved|closed|completed?|solved|done)\s*\.?$",
        build_always(Closing()),
        "Mark it as resolved.",
        "the same",
    ),
    row(
        "ask-whether",
        rf"{BEFORE}(?:ask|check|confirm|verify|determine|find out|clarify|see|enquire|inquire|query)(?: with)?"
        rf"(?: {CUSTOMER})? (?:if|whether) {OPEN}",
        build_asking(QuestionKind.YES_NO),
        "Ask the customer if they would like to keep their number.",
        "asks a question that yes or no answers, in words to be approved",
    ),
    row(
        "be-asked-whether",
        rf"(?:{CUSTOMER}|they) {SHALL}"
        rf"asked (?:if|whether) {OPEN}",
        build_asking(QuestionKind.YES_NO),
        "The customer should be asked whether they want to keep their number.",
        "asks a question that yes or no answers, in words to be approved",
    ),
    row(
        "be-told-that",
        rf"(?:{CUSTOMER}|they) {SHALL}"
        rf"(?:told|informed|advised|reminded) (?:that|of|about|how|when|where|why|what)\b{OPEN}",
        build_always(Telling()),
        "The customer should be told that their plan was changed.",
        "says it in words to be approved",
    ),
    row(
        "ask-to-confirm",
        rf"{BEFORE}(?:confirm with {CUSTOMER} that (?:they|he|she) (?:really |still |do |would )*(?:want|"
        rf"like|wish|agree|accept|understand|are sure)\b{OPEN}|(?:ask|have|let) {CUSTOMER} (?:to )?confirm "
        rf"(?:that {OPEN}|(?:the|this|that|their|your) (?:change|cancell?ation|booking|order|deletion|transfer|"
        r"payment|refund|update|purchase|removal|"
        r"request|decision|reservation|appointment|renewal|upgrade|downgrade|return|exchange|closure|choice)\.?$))",
        build_asking(QuestionKind.YES_NO),
        "Ask the customer to confirm the cancellation.",
        "asks a question that yes or no answers, in words to be approved",
    ),
    row(
        "anything-else",
        rf"(?:(?:is there|are there|do(?:es)? {CUSTOMER} (?:need|have|want)) (?:anything|any) [^\"“”`?]*\?|"
        r"anything else\??|(?:check|confirm|make sure|see|ensure)(?: that| if)? (?:there(?:['’]s| is)|they need) "
        r"(?:nothing|anything) (?:else|more)[^\"“”`,;.]*\.?|"
        rf"(?:make sure|ensure|check|confirm)(?: that)? (?:{CUSTOMER}|they) (?:has|have|needs?)(?: got)? no "
        r"(?:further|other|more|additional)\b[^\"“”`,;.]*\.?)$",
        build_asking(QuestionKind.ANYTHING_ELSE),
        "Is there anything else the customer needs?",
        "asks whether there is anything else, in words to be approved",
    ),
    row(
        "question",
        # What only the system knows is no question to the customer.
        r"(?![^?]*\b(?:by|in|from) (?:the|our|your) "
        r"(?:system|function|call|tool|check|database|records?|back ?end)\b)"
        rf"(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should) (?:the|it|they|there|this|that|"
        rf"an?|any|all|you|your|{CUSTOMER})\b[^\"“”`.;:]*\?$",
        build_asking(QuestionKind.YES_NO),
        "Is the parcel damaged?",
        "asks it, in words to be approved",
    ),
    row(
        "question-open",
        r"(?:(?:for|on|at|by|to|from|with|in|since|until) )?(?:which|what|who|when|where|how|"
        r"why)\b[^\"“”`.;:?]*\?(?:\s*\([^()\"“”]*\))?$",
        build_asking(QuestionKind.OPEN),
        "Which size is it? (small / large)",
        "asks it, in words to be approved",
    ),
    row(
        "ask-permission",
        rf"{BEFORE}(?:(?:ask|request)(?: {CUSTOMER})? for|get|obtain|receive|seek|wait for) "
        rf"(?:their |the customer's |the |an? |explicit |final |clear )*"
        rf"(?:confirmation|permission|consent|approval|agreement)\b"
        rf"(?! (?:number|code|id|e?-?mail|reference|letter|page|slip)\b){OPEN}",
        build_asking(QuestionKind.YES_NO),
        "Ask for confirmation to go on.",
        "asks a question that yes or no answers, in words to be approved",
    ),
    row(
        "ask-what",
        rf"{BEFORE}(?:ask|confirm|clarify|determine|find out|identify)(?: with)?(?: {CUSTOMER})? "
        rf"(?:(?:at|in|on|to|from|by|with|for|of|under) (?=(?:which|what|whom|whose)\b))?(?:which|what|whom|whose|"
        rf"when|where|who|how|why|about|for (?:clarification|details|more))\b{OPEN}",
        build_asking(QuestionKind.OPEN),
        "Ask the customer which plan they use.",
        "asks, in words to be approved",
    ),
    row(
        "ask-to-do",
        rf"{BEFORE}ask {CUSTOMER} to (?!{PROVIDE}\b|confirm\b){OPEN}",
        build_always(Telling()),
        "Ask them to restart the router.",
        "says it, in words to be approved",
    ),
    row(
        "collect",
        rf"{BEFORE}(?:ask|request|collect|get|gather|obtain|prompt|take(?: down)?(?= (?:the|their|his|her|a) [\w ]*?"
        rf"(?:number|name|address|date|details|reference|email|code|reading|amount)\b))(?: {CUSTOMER})?"
        rf"(?: for| to (?:{PROVIDE}|confirm))?"
        rf"(?P<words>:?[ \n](?!to\b)(?:[^\"“”`]*))$",
        build_collecting,
        "Politely ask the customer for their account number.",
        "asks for values that are not known yet, in words to be approved, and waits for them",
    ),
    row(
        "tell",
        rf"{BEFORE}(?:(?:{SPEAKING})\b|(?:repeat|read|play)\b(?=[^\"“”`]*\bback\b)|"
        rf"read out\b|read\b(?=[^\"“”`]*\bout\b)|state\b(?= (?:the|that|how|why|when|clearly|their)\b)){OPEN}",
        build_telling,
        "Inform the customer that their plan was changed.",
        "says it in words to be approved; over quoted lines, it says how they are meant",
    ),
    row(
        "behave",
        rf"(?:please )?(?:do not|don't|don’t|dont|never|always|avoid|ensure (?:that )?you|feel free|"
        r"wait\b(?![^.;]*\b(?:try|retry|repeat|ask)\b)|be \w+|"
        r"you\b(?! (?:can|may|could|might) (?:also |then |instead )?"
        r"(?!be\b|not\b|only\b|do (?:this|it|so)\b|expect\b|assume\b|see\b|find\b)\w)|"
        rf"remember|keep|only(?! (?:if|when|once|after|unless)\b)|(?:specifically )?(?:check|look|watch) for:|"
        rf"(?:note|important)\b(?![^\"]*\b(?:if|when)\b)|show\b|follow\b|treat\b|stay\b|"
        rf"no\b(?!\s*[,–→=-])(?![^:]*:)){OPEN}",
        build_always(Behaving()),
        "Do not add other explanations.",
        "nothing: the assistant says what the document says, and nothing else",
    ),
    row(
        "returns",
        r"(?:it|this|the function) (?:returns?|gives(?: back)?|sends back|outputs?):? [\w ,`()/]+\.?$",
        build_always(Behaving()),
        "It returns `status` and `price`.",
        "nothing: it says what the call before finds out",
    ),
    row(
        "aside",
        r"\([^()\"“”]*\)\.?$",
        build_always(Behaving()),
        "(Account numbers have ten digits.)",
        "nothing: it says more of what stands before it",
    ),
    row(
        "customer-does",
        rf"{BEFORE}(?:turn|restart|reboot|reset|re-?seat|check(?! for)|run|rerun|try|grant|change|disconnect|click|"
        rf"select|go to|open|tap|press|connect|enable|disable|insert|log|sign|visit|navigate|"
        rf"choose|scroll|make sure)\b{OPEN}",
        build_always(Doing()),
        "Restart the router",
        "tells the customer to, in words to be approved",
    ),
)
