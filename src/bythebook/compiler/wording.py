"""What the words of a step or line ask for. A table of wordings run by one loop: to widen it, add a row.

Each row carries the sentence that is its test; a wording nobody added is reported, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.builders import (
    build_always,
    build_asking,
    build_call,
    build_collecting,
    build_condition,
    build_going,
    build_handing,
    build_otherwise,
    build_quoted,
    build_repeating,
    build_telling,
)
from bythebook.compiler.forms import (
    Behaving,
    Chain,
    Closing,
    Concluding,
    Doing,
    Elsewhere,
    Form,
    Going,
    Telling,
    Voice,
)
from bythebook.routine.model import QuestionKind


@dataclass(frozen=True, slots=True)
class Wording:
    """A row of the table. Places in a form count from the start of the words."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Form | None]
    example: str
    means: str
    """What is carried out, for the page that is generated from the table."""


_QUOTE: Final = r"[\"“](?P<text>\s*+[^\s\"“”][^\"“”]*+)[\"”]$"
_CUSTOMER: Final = (
    r"(?:the (?:customer|user|client|caller|guest|member|patient|parent|student|visitor|buyer|seller|shopper|tenant|"
    r"resident|passenger|travell?er|applicant|employee|person|owner|subscriber|cardholder|policyholder|driver|learner|"
    r"donor|citizen|family|account holder|requester)|customer|them|him|her)"
)
"""Whoever is spoken to."""

_THESE: Final = r"(?:\s*:|,)?\s*(?:that )?"
"""Between a verb and the words in quotation marks: a colon, or nothing."""

_TELLING: Final = "inform|tell|instruct|advise|remind|notify|suggest to|explain to|say to|reply to"
_ASKING: Final = "ask|request|confirm with|check with"
_SPEAKING: Final = (
    "thank|greet|welcome|acknowledge|apologi[sz]e|inform|tell|instruct|advise|remind|notify|suggest|explain|"
    "guide|say|let|reassure|provide|offer|share|give|confirm|mention|recommend|congratulate|wish|encourage|"
    "respond|reply|express|empathi[sz]e|sympathi[sz]e|direct|warn|assure|introduce|summari[sz]e"
)
# Words before the verb that change nothing: "You must always ask ...", "Then politely ask ...".
_BEFORE: Final = (
    r"(?:(?:then|also|first|next|finally|now|please|always|politely|kindly|immediately|you (?:must|should|may|can|"
    r"will|need to|will need to)|be sure to|make sure to|offer to|simply|specifically),? )*+"
)


def _row(name: str, pattern: str, build: Callable[[re.Match[str]], Form | None], example: str, means: str) -> Wording:
    return Wording(name, re.compile(pattern, re.I), build, example, means)


_NAME: Final = r"(?P<function>[a-z_]\w*)(?:\((?P<arguments>[^()`]*)\))?"
_LOOSE: Final = r"(?P<function>[a-z_][\w-]*\w)"
_GIVEN: Final = r"(?:\((?P<arguments>[^()`]*)\))?"
_CALL: Final = _BEFORE + r"(?:call|use|run|invoke|execute|trigger) (?:the )?(?:tool|function)?:? ?"
_TAIL: Final = (
    r"(?:[ ]?(?:function|tool|action)\b)?[`'\"”]?(?:[ ](?:function|tool|action)\b)?(?:\s*(?:->|→)\s*\[[^\]]*\])?"
    r"(?:,? (?:with|using) (?:the )?(?:parameters?|arguments?|inputs?):? (?P<more>[^.:]*))?"
    r"(?: (?:to|for|in order to|always|again|immediately)\b[^\"“”`]*)?\s*[.:]?$"
)
_TIMES: Final = (
    r"(?P<times>once|twice|(?:(?:up to|at most|a maximum of|no more than|another) )?\w+"
    r"(?: more| further| additional)?(?= (?:times?|attempts?|tries|retries)))(?: (?:times?|attempts?|tries|retries))?"
)
_LIMIT: Final = rf"(?:,? \(?(?:at most |up to |maximum |max\.? )?{_TIMES}\)?)?[.;]?$"
_TARGET: Final = (
    r"(?P<target>next (?:step|question|section)|(?:step|path|section|line|point)s? ?#?\d[\w.]*|"
    r"final (?:action|step)|last step|end)"
)
_PROVIDE: Final = r"(?:provide|give|share|tell us|enter|re-?enter|send|supply|state|specify|submit|upload|verify)"
_OPEN: Final = r"[^\"“”`]*$"

WORDINGS: Final[tuple[Wording, ...]] = (
    _row(
        "call",
        rf"call (?:the )?`{_NAME}`(?: function)?\s*\.?$",
        build_call,
        "Call the `close_account` function.",
        "calls the function",
    ),
    _row(
        "call-inside",
        rf"`call (?:the )?{_NAME}(?: function)?`\s*\.?$",
        build_call,
        "`call the close_account(account_id)`.",
        "calls the function, with these arguments",
    ),
    _row(
        "call-quoted",
        rf"{_CALL}[`'\"“]{_LOOSE}{_GIVEN}{_TAIL}",
        build_call,
        "Call the 'close_account' function to end the contract.",
        "calls the function",
    ),
    _row(
        "call-with-arguments",
        rf"`?{_CALL}`?{_LOOSE}\((?P<arguments>[^()`]*)\){_TAIL}",
        build_call,
        "Call close_account(account_id)",
        "calls the function, with these arguments",
    ),
    _row(
        "call-by-name",
        rf"`?{_CALL}`?(?P<function>[a-z]\w*_\w+|[a-z_][\w-]*\w(?=`? (?:function|tool)\b)){_GIVEN}{_TAIL}",
        build_call,
        "Call the close_account function with parameters: account_id, reason",
        "calls the function, with these arguments",
    ),
    _row(
        "call-alone",
        r"`?(?P<function>[a-z]\w*)\((?P<arguments>[^()`]*)\)`?\s*\.?$",
        build_call,
        "`close_account(account_id)`",
        "calls the function, with these arguments",
    ),
    _row(
        "call-to-close",
        rf"{_BEFORE}(?:close|resolve|end|complete|finish) (?:the |this )?(?:case|conversation|chat|call)"
        rf" (?:with|using|by calling) (?:the )?[`'\"“]?{_LOOSE}{_GIVEN}{_TAIL}",
        build_call,
        "Close the case with `case_resolution`.",
        "calls the function",
    ),
    _row("quoted", _QUOTE, build_quoted(Voice.BARE), '"Which plan do you use?"', "says or asks it, word for word"),
    _row(
        "say",
        rf"{_BEFORE}(?:say|reply|respond|answer)(?: exactly| with)?{_THESE}{_QUOTE}",
        build_quoted(Voice.SAY),
        'Say: "Your plan was changed."',
        "says it, word for word; a question that conditions hang on is asked",
    ),
    _row(
        "inform",
        rf"{_BEFORE}(?:{_TELLING}|thank) {_CUSTOMER}{_THESE}{_QUOTE}",
        build_quoted(Voice.TELL),
        'Inform the customer: "Your plan was changed."',
        "says it, word for word",
    ),
    _row(
        "ask",
        rf"{_BEFORE}(?:{_ASKING})(?: {_CUSTOMER})?{_THESE}{_QUOTE}",
        build_quoted(Voice.ASK),
        'Ask the customer: "Which plan do you use?"',
        "asks it, word for word",
    ),
    _row(
        "condition",
        r"(?:if|when)\s++(?P<condition>(?:[^\"“”`:]|(?<=\d):(?=\d\d))++):$",
        build_condition(Chain.IF),
        "If the customer uses the small plan, then:",
        "a condition for what stands under it",
    ),
    _row(
        "condition-comma",
        r"(?:if|when)\s++(?P<condition>[^\"“”`:,]++)(?:, then)?,$",
        build_condition(Chain.IF),
        "If the customer uses the small plan,",
        "a condition for what stands under it",
    ),
    _row(
        "condition-event",
        r"(?:once|after|as soon as)\s++(?P<condition>[^\"“”`:]++):$",
        build_condition(Chain.EVENT),
        "Once the customer has provided the certificate:",
        "what stands under it comes after that",
    ),
    _row(
        "condition-exact",
        r"(?:if|when|at any point if|for)\s++(?P<condition>[^:]*?[\"“`(][^:]*?):$",
        build_condition(Chain.IF),
        'If plan_name is "SMALL":',
        "a condition for what stands under it",
    ),
    _row(
        "condition-else-if",
        r"(?:else|otherwise|or),? if\s++(?P<condition>[^:]*+):$",
        build_condition(Chain.ELSE_IF),
        "Else if the customer uses the large plan, then:",
        "a condition that is looked at when those before it do not hold",
    ),
    _row(
        "otherwise",
        r"(?P<condition>(?:or )?else|otherwise|if not|in all other cases)\s*[:,]?$",
        build_otherwise,
        "Otherwise:",
        "holds when none of the conditions beside it does",
    ),
    _row(
        "go-to",
        rf"-?{_BEFORE}(?:proceed|go|move|skip|jump|continue|return|advance|follow|use|see|start)"
        rf"(?: directly| straight| immediately)?(?: back| on| ahead| forward)?(?: to| at| with| from| again at)? "
        rf"(?:the )?{_TARGET}(?:\s*\([^()]*\)|:\s+[^\"“”`:.;]{{3,80}})?\)?"
        rf"(?: (?:below|above|instead|first|now|directly|troubleshooting)\b{_OPEN}|[.:]?$)",
        build_going,
        "Proceed to step 6.",
        "goes on there",
    ),
    _row(
        "go-to-for",
        rf"{_TARGET}:? (?:to )?(?:checks?|looks?|is|covers?|handles?|deals?)(?: for| with)?\b{_OPEN}",
        build_going,
        "Path 2 checks for missing parcels.",
        "goes on there",
    ),
    _row(
        "go-to-number",
        rf"-?{_BEFORE}(?:proceed|go|move|skip|jump|continue|return)(?: directly| straight)?(?: back| on)? "
        r"(?:to|with|at) (?P<target>#?\d{1,3}[a-z]?(?:\.\d{1,3})*)\)?[.;]?$",
        build_going,
        "Go to 6.",
        "goes on there",
    ),
    _row(
        "go-on",
        rf"{_BEFORE}(?:continue|carry on|go on|move on|proceed)[.;]?$",
        build_always(Going("next")),
        "Continue.",
        "goes on at the next step",
    ),
    _row("go-to-bare", rf"-?{_TARGET}\)?\.?$", build_going, "Step 6", "goes on there"),
    _row(
        "repeat",
        rf"{_BEFORE}(?:retry|try (?:it |this |that )?(?:again|once more|one more time|another time)|repeat|ask again)"
        r"\b(?!.*\buntil\b)"
        r"(?P<what>(?:(?!\b(?:then|and)\b)[^\"“”`;,.])*?)"
        rf"{_LIMIT}",
        build_repeating,
        "Retry the search twice",
        "does it again, so many times at most",
    ),
    _row(
        "ask-again",
        rf"{_BEFORE}ask (?:{_CUSTOMER} |for )?(?P<what>(?:to (?:try|check|enter|give|provide|confirm)[^\"“”`;,.]*? |"
        rf"(?:it|that|this|the [^\"“”`;,.]*?) )?)again{_LIMIT}",
        build_repeating,
        "Ask them to try again.",
        "does it again, so many times at most",
    ),
    _row(
        "attempts",
        rf"{_BEFORE}(?:allow|permit) (?:(?:the )?(?:customer|user|client) )?{_TIMES}\.?$",
        build_repeating,
        "Allow up to two more attempts.",
        "does it again, so many times at most",
    ),
    _row(
        "hand-over",
        rf"{_BEFORE}(?P<verb>escalate|transfer|hand|connect|forward|refer|redirect|pass)\b[^`]*$",
        build_handing,
        "Transfer the customer to a human agent.",
        "hands the case to a human",
    ),
    _row(
        "elsewhere",
        rf"{_BEFORE}(?:follow|see|consult|refer to|use|check|apply) the (?:(?:instructions?|guidelines?|rules?|steps|"
        rf"procedures?|process|information|details) (?:in|from|of|under|given in) )(?:the |our )?(?:[\w-]+ ){{0,3}}?"
        rf"(?:policy|policies|manual|handbook|guide|guidelines|documentation|knowledge base|wiki|playbook)\b{_OPEN}",
        build_always(Elsewhere()),
        "Follow the instructions in the main policy on refunds.",
        "hands the case to a human, who knows what stands elsewhere",
    ),
    _row(
        "conclude",
        rf"(?:the |this )?(?:user|customer|client|caller|they)(?:['’]s|['’]re)? (?:(?:is|are) )?not "
        rf"(?:facing|experiencing|having|affected by)\b{_OPEN}",
        build_always(Concluding()),
        "The customer is not facing a delivery problem.",
        "says so, in words to be approved, and ends the path it stands in",
    ),
    _row(
        "close",
        rf"{_BEFORE}(?:close|resolve|end|complete|finali[sz]e|mark) (?:the |this )?"
        rf"(?:case|conversation|chat|call)\b{_OPEN}",
        build_always(Closing()),
        "Close the case.",
        "nothing by itself: the resolution function closes the case",
    ),
    _row(
        "ask-whether",
        rf"{_BEFORE}(?:ask|check|confirm|verify|determine|find out|clarify|see|enquire|inquire)(?: with)?"
        rf"(?: {_CUSTOMER})? (?:if|whether) {_OPEN}",
        build_asking(QuestionKind.YES_NO),
        "Ask the customer if they would like to keep their number.",
        "asks a question that yes or no answers, in words to be approved",
    ),
    _row(
        "anything-else",
        rf"(?:is there|are there|do(?:es)? {_CUSTOMER} (?:need|have|want)) (?:anything|any) [^\"“”`?]*\?$",
        build_asking(QuestionKind.ANYTHING_ELSE),
        "Is there anything else the customer needs?",
        "asks whether there is anything else, in words to be approved",
    ),
    _row(
        "ask-permission",
        rf"{_BEFORE}(?:(?:ask|request)(?: {_CUSTOMER})? for|get|obtain|receive|seek|wait for) "
        rf"(?:their |the customer's |the |an? |explicit |final |clear )*"
        rf"(?:confirmation|permission|consent|approval|agreement)\b{_OPEN}",
        build_asking(QuestionKind.YES_NO),
        "Ask for confirmation to go on.",
        "asks a question that yes or no answers, in words to be approved",
    ),
    _row(
        "ask-what",
        rf"{_BEFORE}(?:ask|confirm|clarify|determine|find out|identify)(?: with)?(?: {_CUSTOMER})? (?:which|what|"
        rf"when|where|who|how|why|about|for (?:clarification|details|more))\b{_OPEN}",
        build_asking(QuestionKind.OPEN),
        "Ask the customer which plan they use.",
        "asks, in words to be approved",
    ),
    _row(
        "ask-to-do",
        rf"{_BEFORE}ask {_CUSTOMER} to (?!{_PROVIDE}\b|confirm\b){_OPEN}",
        build_always(Telling()),
        "Ask them to restart the router.",
        "says it, in words to be approved",
    ),
    _row(
        "collect",
        rf"{_BEFORE}(?:ask|request|collect|get|gather|obtain|prompt)(?: {_CUSTOMER})?"
        rf"(?: for| to (?:{_PROVIDE}|confirm))?"
        rf"(?P<words>:?[ \n](?:[^\"“”`]*))$",
        build_collecting,
        "Politely ask the customer for their account number.",
        "asks for values that are not known yet, in words to be approved, and waits for them",
    ),
    _row(
        "tell",
        rf"{_BEFORE}(?:{_SPEAKING})\b{_OPEN}",
        build_telling,
        "Inform the customer that their plan was changed.",
        "says it in words to be approved; over quoted lines, it says how they are meant",
    ),
    _row(
        "behave",
        rf"(?:please )?(?:do not|don't|don’t|never|always|avoid|ensure (?:that )?you|feel free|wait\b|be \w+|you\b|"
        rf"remember|keep|only|(?:specifically )?(?:check|look|watch) for:|"
        rf"(?:note|important)\b(?![^\"]*\b(?:if|when)\b)|show\b|follow\b|treat\b|stay\b|no\b){_OPEN}",
        build_always(Behaving()),
        "Do not add other explanations.",
        "nothing: the assistant says what the document says, and nothing else",
    ),
    _row(
        "aside",
        r"\([^()\"“”]*\)\.?$",
        build_always(Behaving()),
        "(Account numbers have ten digits.)",
        "nothing: it says more of what stands before it",
    ),
    _row(
        "customer-does",
        rf"{_BEFORE}(?:turn|restart|reboot|reset|re-?seat|check(?! for)|run|rerun|try|grant|change|disconnect|click|"
        rf"select|go to|open|tap|press|connect|enable|disable|insert|log|sign|visit|navigate|"
        rf"choose|scroll|make sure)\b{_OPEN}",
        build_always(Doing()),
        "Restart the router",
        "tells the customer to, in words to be approved",
    ),
)
