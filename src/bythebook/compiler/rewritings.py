"""The table of rewritings: what ought to be done, and the instruction that it is in other words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A row of the table; the words are built of the pattern's groups, and of `{verb}`."""

    name: str
    pattern: re.Pattern[str]
    words: str
    example: str
    means: str
    """The example as it is read."""


_SOON: Final = (
    r"(?:,? ?(?:then|now|also|first|next|always|finally|please|politely|kindly|immediately|therefore|again|"
    r"thereafter|afterwards|accordingly),?)?"
)
_OUGHT: Final = rf"{_SOON} (?:should|shall|must|ought to|is to|are to|has to|have to|needs to|need to){_SOON}"
_NEVER: Final = rf"{_OUGHT} (?:not|never|at no time|in no case|under no circumstances|on no account)"
_BE: Final = rf"{_OUGHT} be{_SOON}"
_THEM: Final = (
    rf"(?P<who>the (?:{PEOPLE}|employee|person|owner|driver|reader|player|holder)|they|he or she|she or he|he/she|"
    r"he|she)"
)
OUGHT_TOO: Final = re.compile(
    r"(?:\band|\bor|\bbut|\bthen|\bso|[,;.])\s[^\"“”]*"
    r"\b(?:should|shall|must|ought to|is to|are to|has to|have to|needs? to)\b|"
    r"\band to be \w+ed\b|(?:\band|\bor|\bbut|[,;.])\s*(?:if|when|where|unless|otherwise)\b",
    re.I,
)
"""Another thing that ought to be done stands in the words."""

_STAFF: Final = (
    r"(?:(?:the|an?|our|your) )?(?:(?:duty|case|desk|support|service|chat|call|human|live|customer service) )?"
    r"(?:officer|agent|advis[eo]r|assistant|representative|operator|clerk|employee|handler|staff(?: member)?|"
    r"member of staff)s?|we"
)
_TOLD: Final = (
    "asked|told|informed|advised|reminded|notified|thanked|instructed|warned|greeted|welcomed|assured|reassured|offered|"
    "given|encouraged|transferred|connected|referred|forwarded|redirected|passed|handed|requested|invited"
)
_BY_OTHERS: Final = r"(?![^\"“]*\bby (?:the|an?|our|your|their|another|somebody|someone|email from)\b)"
"""Who does it is somebody else: "the guest should be called by the hotel"."""

_OTHER_STEP: Final = r"(?![^\"“]*\b(?:step|as in|above|below)\b)"
_WORD: Final = (
    r"(?!\b(?:should|shall|must|is|are|was|were|has|have|which|that|who|whether|if|be)\b)\b[\w'’/-]+(?![\w'’/-])"
)
_WHAT: Final = (
    r"(?P<what>(?:(?:the|their|his|her|his or her|an?|all) )(?!(?:function|tool)\b)"
    rf"{_WORD}(?: {_WORD}){{0,8}}?(?: "
    r"\([^()]*\))?)"
)
_FUNCTION: Final = (
    r"(?:the )?(?:(?:function|tool) )?"
    r"(?P<call>`[a-z_]\w*(?:\([^()`]*\))?`|[a-z]\w*_\w+(?:\([^()`]*\))?|[a-z]\w*\([^()`]*\)|"
    r"(?<=function )[a-z]\w*)(?: function| tool)?"
)
_EXPLAINS: Final = (
    r"(?:,? (?:which|that) (?!is\b|are\b|should\b|must\b|has\b|you\b|we\b)\w+s\b"
    r"(?:(?!\band\b|\bthen\b)[^\"“”`,;:.])*)?"
)
"""What a function does, said behind it: it is in its definition."""


def row(name: str, pattern: str, words: str, example: str, means: str) -> Rewriting:
    """Return a row; its pattern fits whole words."""
    return Rewriting(name, re.compile(pattern, re.I | re.S), words, example, means)


REWRITINGS: Final[tuple[Rewriting, ...]] = (
    row(
        "call-ought",
        rf"{_FUNCTION}{_BE} (?:called|run|used|executed|invoked|triggered){_EXPLAINS}(?P<rest>[\s.;]*)$",
        "call {call}{rest}",
        "The function `find_item(number)` is to be called, which looks in the book of items.",
        "call `find_item(number)`.",
    ),
    row(
        "call-explained",
        rf"(?:call|run|use|invoke|execute) {_FUNCTION}, which (?!is\b|are\b|should\b|must\b|has\b)\w+s\b"
        r"(?:(?!\band\b|\bthen\b)[^\"“”`,;:.])*(?P<rest>[\s.;]*)$",
        "call {call}{rest}",
        "Call `find_item(number)`, which looks in the book of items.",
        "call `find_item(number)`.",
    ),
    row(
        "call-is",
        rf"{_FUNCTION}(?: function)? (?:is|gets) (?:then |now |finally )?(?:called|run|used|executed|"
        rf"invoked){_EXPLAINS}"
        r"(?P<rest>[\s.;]*)$",
        "call {call}{rest}",
        "`find_item(number)` is called.",
        "call `find_item(number)`.",
    ),
    row(
        "checked-with",
        rf"(?:thereupon |then |next |now )?{_WHAT} (?:is|are|gets?|should be|shall be|must be) (?:then |"
        rf"thereupon )?(?:checked|"
        rf"verified|looked up|validated|searched|determined) (?:by means of|by calling|by using|using|with|via|by|"
        rf"through) "
        rf"{_FUNCTION}(?P<rest>[\s.;]*)$",
        "call {call}{rest}",
        "The key is checked by means of `check_key(key)`.",
        "call `check_key(key)`.",
    ),
    row(
        "them-receive",
        rf"{_THEM} (?:shall |should |must )?(?:receives?|gets?) (?:the|an?) (?:hint|note|information|message|"
        rf"remark|notice|advice)"
        r",? (?P<rest>that\b.+)$",
        "tell {who} {rest}",
        "The customer receives the hint that the shop is open.",
        "tell the customer that the shop is open.",
    ),
    row(
        "staff-does",
        rf"(?!we\b)(?:{_STAFF}) (?:then |now |also |first |always )?(?P<does>(?:ask|tell|inform|call|check|verify|"
        rf"thank|greet|"
        r"explain|offer|proceed|go|transfer|request|collect|confirm|apologi[sz]e|advise|remind|close|enquire|"
        r"inquire)(?:e?s)) "
        rf"{_BY_OTHERS}(?P<rest>(?!\W).+)$",
        "{does} {rest}",
        "The clerk asks the resident for the plate number.",
        "ask the resident for the plate number.",
    ),
    row(
        "them-are",
        rf"{_THEM} (?:is|are) (?:then |now |also |first |always |thereupon )?(?P<verb>asked|told|informed|advised|"
        rf"reminded|thanked|"
        rf"greeted|warned)(?P<rest>(?: (?:for|whether|if|that|of|about|how|what|which|when|where|why)\b|"
        rf"[\s:,]*[\"“]|\s*$)"
        rf"{_BY_OTHERS}.*)$",
        "{verb} {who}{rest}",
        "The resident is asked for the plate number.",
        "ask the resident for the plate number.",
    ),
    row(
        "them-handed",
        rf"(?P<who>the (?:conversation|chat|case|call|matter|{PEOPLE})) (?:is|are) (?:then |now |at once |"
        rf"immediately )?"
        r"(?P<verb>passed on|passed|handed over|handed on|transferred|forwarded|escalated)(?P<rest> to (?:an?|the|"
        r"our) [^\"“`]+)$",
        "{verb} {who}{rest}",
        "The case is passed to an officer.",
        "pass the case to an officer.",
    ),
    row(
        "repeated-is",
        r"(?:it|this|the (?:call|check|search|request|step))(?: is| shall be| should be| must be|"
        r" is to be) (?:then )?"
        r"(?:repeated|retried|tried again)(?P<rest>[^\"“`]*)$",
        "repeat{rest}",
        "It is repeated once.",
        "repeat once.",
    ),
    row(
        "put-through",
        r"(?:put|patch) (?P<who>the (?:\w+ ){0,2}?\w+|them|him|her) through(?P<rest> to [^\"“`]+)$",
        "transfer {who}{rest}",
        "Put the parent through to the office.",
        "transfer the parent to the office.",
    ),
    row(
        "hand-ought",
        rf"(?P<who>the (?:conversation|chat|case|call|matter|{PEOPLE})){_BE} (?P<verb>transferred|passed on|passed|"
        rf"handed over|referred|forwarded|closed|ended|resolved)(?: at once| immediately)? "
        rf"(?:by means of|by calling|by using|using|with|via) {_FUNCTION}(?P<rest>[\s.;]*)$",
        "call {call}{rest}",
        "The conversation shall be transferred at once by means of `hand_over()`.",
        "call `hand_over()`.",
    ),
    row(
        "never-ought",
        rf"(?:{_STAFF}|{_THEM}|it|this){_NEVER} (?!been\b|have\b)(?P<rest>[^\"“”`]+)$",
        "never {rest}",
        "Officers shall at no time express a view on the outcome.",
        "never express a view on the outcome.",
    ),
    row(
        "wish-ought",
        rf"(?P<what>an? [\w '’-]+?){_BE} wished(?: to {_THEM})?(?P<rest>[\s.;]*)$",
        "wish them {what}{rest}",
        "A pleasant day should be wished.",
        "wish them a pleasant day.",
    ),
    row(
        "them-ought",
        rf"{_THEM}{_BE} (?P<verb>{_TOLD})(?P<rest>(?:[\s:,.;]|$){_BY_OTHERS}.*)$",
        "{verb} {who}{rest}",
        "The guest should be asked whether they would like a receipt.",
        "ask the guest whether they would like a receipt.",
    ),
    row(
        "staff-ought",
        rf"(?:{_STAFF}){_OUGHT} (?!be\b|have\b|not\b|never\b|ask (?:our|your|an?)\b)"
        r"(?P<rest>(?!\W).+)$",
        "{rest}",
        "The officer shall ask the motorist for the notice number.",
        "ask the motorist for the notice number.",
    ),
    row(
        "staff-again",
        r"(?:shall|should|must) (?!be\b|have\b|not\b|never\b|the\b|they\b|it\b|he\b|she\b|there\b)"
        r"(?P<rest>(?:ask|call|tell|inform|advise|proceed|go|thank|request|explain|transfer|offer|give|close)\b.+)$",
        "{rest}",
        "shall proceed to step 6.",
        "proceed to step 6.",
    ),
    row(
        "them-again",
        rf"(?:(?:should|shall|must|ought to|is to|are to|has to|have to){_SOON}|to) be{_SOON} (?P<verb>asked|told|"
        rf"informed|"
        rf"advised|reminded|thanked|offered|given)(?P<rest>(?:[\s:,.;]|$){_BY_OTHERS}.*)$",
        "{verb} them{rest}",
        "must be asked whether they agree.",
        "ask them whether they agree.",
    ),
    row(
        "value-ought",
        rf"{_WHAT}{_BE} (?P<verb>asked for|asked|requested|taken down|taken|collected|obtained|noted down)"
        rf"(?P<rest>[\s.;]*)$",
        "ask for {what}{rest}",
        "The full postal address should be asked for.",
        "ask for the full postal address.",
    ),
    row(
        "tell-ought",
        rf"{_WHAT}{_BE} (?P<verb>given|provided|mentioned|explained|read out|stated|shared|offered)"
        rf"(?: to {_THEM})?"
        rf"(?P<rest>(?! to (?:the|an?|our|your|another)\b){_OTHER_STEP}{_BY_OTHERS}[^\"“”`]*)$",
        "{verb} {what}{rest}",
        "The opening hours of the shop should be given.",
        "give the opening hours of the shop.",
    ),
    row(
        "have-them",
        rf"have {_THEM} (?P<rest>(?!been\b|had\b|not\b|no\b|an?\b|the\b|any\b|\w+ed\b|\w+ing\b)[a-z].*)$",
        "ask {who} to {rest}",
        "Have the passenger check the code.",
        "ask the passenger to check the code.",
    ),
    row(
        "on-at",
        r"(?:(?:and )?(?:one|it|the \w+) (?:continues|goes on|proceeds|moves on)|(?:and )?further) (?:with|at|to|"
        r"in|under) "
        r"(?P<label>(?-i:[A-Z])(?=[).]|\s*$)|(?:§ ?|step |point |question )\d[\w.]*)\)?(?P<rest>[\s.;]*)$",
        "go to {label}{rest}",
        "One continues at F).",
        "go to F.",
    ),
    row(
        "applies",
        r"(?P<label>(?:§ ?|step |section |point |line )\d[\w.]*) (?:then |also )?applies(?: accordingly|"
        r" then)?(?P<rest>[\s.;]*)$",
        "go to {label}{rest}",
        "§ 5 applies.",
        "go to § 5.",
    ),
    row(
        "step-next",
        r"(?:step|point|section) (?P<label>\d[\d.]*[a-z]?)(?: then| now)? (?:comes|follows|is) (?:next|then)"
        r"(?P<rest>[\s.;]*)$",
        "go to step {label}{rest}",
        "Step 7 comes next.",
        "go to step 7.",
    ),
    row(
        "led-in",
        r"(?:in the first place|first of all|to begin with|in addition|furthermore|moreover|thereafter|"
        r"afterwards|at this point|lastly|in this case|in that case|subsequently|finally|then|now|"
        r"next),? (?:please )?(?P<rest>(?!\W).+)$",
        "{rest}",
        "Thereafter please proceed with step 4.",
        "proceed with step 4.",
    ),
)
