"""What ought to be done, said as what to do: "the guest should be asked whether ..." is "ask the guest whether ...".

Legal, clumsy and foreign writers put instructions into the passive, or tell what the officer shall do. A table of
rewritings, tried where words are in no wording as they stand; what only states a fact ("the fee was charged", "the
customer is called back by the team") is in none. Each piece of the rewritten words knows where it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.people import PEOPLE
from bythebook.source.span import Span

WORDS_MAX: Final = 1_500
"""Characters beyond which words are not rewritten."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A row of the table; the words are built of the pattern's groups, and of `{verb}`."""

    name: str
    pattern: re.Pattern[str]
    words: str
    example: str
    means: str
    """The example as it is read."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Words in another form, and where each piece of them stood."""

    words: str
    pieces: tuple[tuple[int, int, int], ...]
    """Where a piece begins in the words, where it began in the text, and its length."""

    def place(self, span: Span) -> Span | None:
        """Return where words stood; nothing where they were not next to each other."""
        for at, origin, length in self.pieces:
            if at <= span.start and span.end <= at + length:
                return span.shift(origin - at)
        return None


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
    r"(?:\band|\bor|\bbut|[,;.])\s*(?:if|when|where|unless|otherwise)\b",
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

_VERBS: Final = {
    "told": "tell",
    "given": "give",
    "requested": "ask",
    "invited": "ask",
    "notified": "notify",
    "passed": "pass",
    "advised": "advise",
    "transferred": "transfer",
    "referred": "refer",
    "welcomed": "welcome",
    "collected": "collect for",
    "obtained": "collect",
    "taken": "ask for",
    "noted": "ask for",
    "asked": "ask",
    "asked for": "ask for",
    "requested for": "ask for",
    "read out": "read out",
    "provided": "provide",
    "mentioned": "mention",
    "explained": "explain",
    "shared": "share",
    "stated": "give",
    "wished": "wish",
    "offered": "offer",
    "ended": "end",
    "closed": "close",
    "repeated": "repeat",
    "reassured": "reassure",
}


_INSIDE: Final = re.compile(r"^(?:The|Their|His|Her|An?|All)(?= )")
"""How a sentence begins that is now inside of one."""


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
        rf"(?:should|shall|must|ought to|is to|are to|has to|have to){_SOON} be{_SOON} (?P<verb>asked|told|informed|"
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


def imperative(words: str) -> str:
    """Return words as the instruction that they are, or as they stand."""
    found = rewritten(words, 0, len(words))
    return found.words if found is not None else words


def rewritten(text: str, start: int, end: int, times: int = 2) -> Rewritten | None:
    """Return the words between two places in another form; nothing where no row fits."""
    if end - start > WORDS_MAX:
        return None
    for one in REWRITINGS:
        if match := one.pattern.match(text, start, end):
            first = _built(one.words, match)
            again = rewritten(first.words, 0, len(first.words), times - 1) if times > 1 else None
            return _through(first, again) if again is not None else first
    return None


def _built(words: str, match: re.Match[str]) -> Rewritten:
    built = ""
    pieces = []
    for literal, group in re.findall(r"([^{}]*)(?:\{(\w+)\})?", words):
        built += literal
        if group == "verb":
            built += _verb(match["verb"])
        elif group == "who" and not match["who"].lower().startswith("the "):
            built += "them"
        elif group:
            pieces.append((len(built), match.start(group), len(match[group])))
            built += _INSIDE.sub(lambda found: found[0].lower(), match[group]) if built else match[group]
    return Rewritten(built, tuple(pieces))


def _through(first: Rewritten, second: Rewritten) -> Rewritten:
    pieces = []
    for at, origin, length in second.pieces:
        place = first.place(Span(origin, origin + length))
        if place is not None:
            pieces.append((at, place.start, length))
    return Rewritten(second.words, tuple(pieces))


def _verb(participle: str) -> str:
    word = " ".join(participle.lower().split())
    return _VERBS.get(word) or re.sub(r"ed$", "", word)
