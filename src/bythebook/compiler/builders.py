"""How the words that a row of the wording table matched become a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from bythebook.compiler.forms import (
    Asking,
    Calling,
    Chain,
    Collecting,
    Form,
    Going,
    Handing,
    Hanging,
    Quoted,
    Repeating,
    Telling,
    Voice,
)
from bythebook.compiler.people import NOUNS
from bythebook.compiler.text import snake
from bythebook.routine.model import QuestionKind
from bythebook.source.span import Span

RETRIES_USUAL: Final = 1
"""How often a line is done again where the document sets no limit."""

_QUESTIONING: Final = re.compile(
    r"(?:^|\band |\bthen )(?:politely )?(?:ask|request|clarify)\b(?! (?:them |the \w+ )?to\b)", re.I
)
_ANYTHING_ELSE: Final = re.compile(
    r"(?<!\bbefore )(?<!\babove )(?<!\bthan )(?<!\babout )\b(?:any|no)thing (?:else|more)\b|"
    r"\b(?:there is|there['’]s|is there|need|want|have|help (?:you|them) with|do for (?:you|them)) "
    r"something (?:else|more)\b|"
    r"\b(?:further|other|more|additional|any) (?:questions|help|assistance|concerns|matters|wishes|requests|"
    r"enquiries|queries)\b(?! (?:about|on|regarding|concerning) (?:the|this|that|their)\b)",
    re.I,
)
# What nobody does by saying the lines below: a heading with such a word asks for more than words.
_DOING: Final = re.compile(
    r"\b(?:and|then) (?:\w+ly )?(?:add|apply|arrange|call|cancel|change|check|close|collect|create|delete|determine|"
    r"escalate|find|finish|go|identify|establish|hand|log|look|move|open|pass|proceed|process|record|refund|remove|retrieve|retry|search|select|"
    r"send|set|skip|submit|transfer|update|validate|verify|wait)\b",
    re.I,
)
# Two things: the greeting, and a question of its own.
_GREETS_AND_ASKS: Final = re.compile(
    r"(?:(?:\w+ly|first|then|next|please),? )*(?:greet|welcome|thank|apologi[sz]e|acknowledge|say (?:hello|hi|"
    r"good \w+))"
    r"\b[^,.;:]*?(?:,| and| then)+ (?:then )?(?:\w+ly )?"
    r"(?:ask|request|collect|get)\b (?:\w+ ){0,2}?for\b",
    re.I,
)
# Behind these the verb is the customer's: "that they can then delete it".
_THEIRS: Final = re.compile(r"\b(?:that|if|whether|how|to|they|you|who|which|about|of|on|regarding)\b", re.I)
_THEIR_DEED: Final = re.compile(r"\b(?:that|if|whether|how|to|they|you|who|which)\b", re.I)
# "... and whether it is insured": a question of its own among values.
_THEN_WHETHER: Final = re.compile(
    r"(?:,|\band) when (?:it|they|he|she|the|there|their|this)\b|"
    r"(?:,|\band) (?:whether|if) (?:it|they|he|she|the|there|their|this)\b|"
    # "the day and night reading if they have two tariffs": what it hangs on is no part of a value.
    r"\bif (?:they|he|she|it|the \w+|there) (?:has|have|is|are|was|were|wants?)\b(?! (?:one|it|any)\b)",
    re.I,
)
# "... and get their confirmation": a question of its own.
_THEN_CONFIRMED: Final = re.compile(
    r"\b(?:and|then) (?:then )?(?:get|obtain|receive|seek|(?:ask|request)(?: them)? for) (?:\w+ ){0,3}"
    r"(?:confirmation|approval|consent|permission|agreement)\b",
    re.I,
)
# "Apologise, wait a minute and try again": no verb of saying has these for its words.
_THEN_AGAIN: Final = re.compile(
    r"(?:\w+ly )?(?:apologi[sz]e|thank|greet|welcome|acknowledge|reassure)\b(?![^.;]*\b(?:that|to)\b)[^.;:\"“]*?"
    r"(?:,|\band\b|\bthen\b)(?: then)? (?:wait|try|retry|repeat)\b",
    re.I,
)
# "Take their name and make the booking with f(name)": two things.
_TAKING: Final = re.compile(r"\bon (?:yes|no)\b|\b(?:and|then) (?:take|get|make|note|write|give)\b", re.I)
# "Go straight to step 4 and flag it with f(number)": the way is no part of what the call is for.
_GOES: Final = re.compile(
    r"\b(?:step|line|question|section|path|point|§) ?#?\d|(?:\w+ly )?(?:go|proceed|skip|jump|continue|return|move|"
    r"stop|wait|transfer|escalate|hand|pass) (?:\w+ )*?(?:to|at|with|on|over|for|until|here|and)\b[^`]*\band\b",
    re.I,
)
_ARTICLE: Final = re.compile(r"(?:(?:the|their|its|his|her|a|an|customer['’]s)\s+)+", re.I)
_COMMA: Final = re.compile(r""",(?=(?:[^"]*"[^"]*")*[^"]*$)""")
"""A comma that stands in no quotes."""

_KEYWORD: Final = re.compile(
    r"""(?P<name>[^\W\d]\w*)\s*[=:]\s*(?P<value>[^\W\d]\w*|"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?)"""
)
_IN_QUOTES: Final = re.compile(r"""(?:"|“|(?P<single>'))(?P<text>[^"“”]*[^"“”\s][^"“”]*)(?(single)'|["”])""")
_LISTED: Final = re.compile(r",\s+and\s+|,\s*|\s+and\s+", re.I)
DEED_WORDS_MAX: Final = 14
"""Words before a function beyond which they say more than what it is for."""

_PEOPLE: Final = re.compile(
    r"\b(?:human|live|agent|supervisor|manager|representative|specialist|support|department|team|colleague|person|"
    r"advis[eo]r|staff|desk|office|operator|colleagues|handler|expert|someone)\b",
    re.I,
)
_CASE_TO: Final = re.compile(r"\b(?:the|this|their) (?:case|chat|conversation)\b.*\bto\b", re.I | re.S)
_SOMEBODY: Final = re.compile(r"\s*the (?P<who>[a-z]+)(?= for (?:the|their|there|his|her|an?|your|its)\b)", re.I)
"""Whom a value is asked for of."""
_ASK: Final = re.compile(r"\b(?:ask|prompt)\s*$", re.I)
"""Behind which somebody stands, and no value: "Ask the driver for ...", but "Collect the reason for ..."."""

SLIP_MIN: Final = 0.8
"""How near a word is to the one that it is a slip for."""

_THEN_TOLD: Final = re.compile(
    r"(?:,| and|;)(?: then)? (?:tell|inform|let|explain|apologi[sz]e|say|call|ask|remind|advise|reassure)\b", re.I
)
_OVER_TO: Final = re.compile(r"(?:\w+ly )?(?:hand|pass)(?: \w+){0,3}? (?:over|off|on) to\b", re.I)
_NUMBERS: Final = {
    "once": 1,
    "one": 1,
    "second": 1,
    "third": 2,
    "twice": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}
_THEN: Final = re.compile(r"(?:^|[,\s])then$", re.I)


def topic_closes(words: str) -> bool:
    """Tell whether a question asks for anything else."""
    return bool(_ANYTHING_ELSE.search(words))


def build_quoted(voice: Voice) -> Callable[[re.Match[str]], Form | None]:
    """Return a builder of quoted words in a voice."""
    return lambda match: Quoted(Span(*match.span("text")), voice)


def build_call(match: re.Match[str]) -> Form | None:
    """Build a call with its arguments as written."""
    given = match.groupdict()
    listed = _COMMA.split(given["arguments"] or given.get("more") or "")
    named = (_argument(re.sub(r"^and ", "", " ".join(one.split()))) for one in listed)
    return Calling(match["function"].replace("-", "_"), tuple(argument for argument in named if argument))


def _argument(written: str) -> str:
    """Return an argument as the name of a value, or as a value of its own with the name that it is given by."""
    fixed = _KEYWORD.fullmatch(written.strip(" `[]{}"))
    if fixed is None:
        quoted = _IN_QUOTES.fullmatch(written.strip(" `[]{}"))
        return f'"{quoted["text"]}"' if quoted is not None else written.strip(" `'\"[]{}")
    return fixed["value"] if fixed["value"].isidentifier() else f"{fixed['name']}={fixed['value']}"


def build_call_by_doing(match: re.Match[str]) -> Form | None:
    """Build a call where the words before the function say only what it is for."""
    lead = match[0][: match.start("function") - match.start()]
    several = _DOING.search(lead) or _TAKING.search(lead) or _GOES.search(lead) or len(lead.split()) > DEED_WORDS_MAX
    return None if several else build_call(match)


def build_call_with_words(match: re.Match[str]) -> Form | None:
    """Build a call whose arguments are told in words: "with the card number and the PIN"."""
    named = (_ARTICLE.sub("", one.strip()) for one in _LISTED.split(match["words"]))
    return Calling(match["function"].replace("-", "_"), tuple(snake(one) for one in named if one))


def build_condition(chain: Chain) -> Callable[[re.Match[str]], Form | None]:
    """Return a builder of a condition, the `then` behind it left out."""

    def build(match: re.Match[str]) -> Form | None:
        words = match["condition"].rstrip()
        words = _THEN.sub("", words).rstrip(" ,\t\n")
        if not words:
            return None
        return Hanging(Span(match.start("condition"), match.start("condition") + len(words)), chain)

    return build


def build_otherwise(match: re.Match[str]) -> Form | None:
    """Build the condition that none of those before it holds."""
    return Hanging(Span(*match.span("condition")), Chain.ELSE)


def build_telling(match: re.Match[str]) -> Form | None:
    """Build something to be said, unless the words ask for a deed too."""
    deed = _DOING.search(match[0])
    if deed and not _THEIRS.search(match[0][: deed.start()]):
        return None
    if _THEN_CONFIRMED.search(match[0]) or _THEN_AGAIN.match(match[0]):
        return None
    if _GREETS_AND_ASKS.match(match[0]) and not match[0].rstrip().endswith(":"):
        return None
    return Telling(bool(_QUESTIONING.search(match[0])), match[0].rstrip().endswith(":"))


def build_asking(kind: QuestionKind) -> Callable[[re.Match[str]], Form | None]:
    """Return a builder of a question of this kind."""
    return lambda match: Asking(QuestionKind.ANYTHING_ELSE if topic_closes(match[0]) else kind)


def build_collecting(match: re.Match[str]) -> Form | None:
    """Build a question for the values that the words name."""
    deed = _DOING.search(match[0])
    if deed and not _THEIR_DEED.search(match[0][: deed.start()]):
        return None
    if topic_closes(match[0]):
        return Asking(QuestionKind.ANYTHING_ELSE)
    if _THEN_CONFIRMED.search(match[0]) or _THEN_WHETHER.search(match[0]):
        return None
    asked = _ASK.search(match.string, match.start(), match.start("words"))
    somebody = _SOMEBODY.match(match["words"]) if asked else None
    if somebody is None:
        return Collecting(Span(*match.span("words")))
    # "Ask the custmer for ...": a slip of the pen; of anybody else nothing is known.
    slip = get_close_matches(somebody["who"].lower(), NOUNS, n=1, cutoff=SLIP_MIN)
    return Collecting(Span(match.start("words") + somebody.end(), match.end("words"))) if slip else None


def build_going(match: re.Match[str]) -> Form | None:
    """Build a place to go on at."""
    words = " ".join(match["target"].lower().split())
    if words.startswith("next"):
        return Going("next")
    return Going("end" if words.startswith(("final", "end", "last")) else words)


def build_going_named(match: re.Match[str]) -> Form | None:
    """Build a heading to go on at."""
    return Going(" ".join(match["target"].lower().split()).strip(" .,:"))


def build_repeating(match: re.Match[str]) -> Form | None:
    """Build a repetition with its limit."""
    given = match.groupdict()
    word = re.sub(
        r"^(?:up to|at most|a maximum of|another|no more than) |(?: more| further| additional)$",
        "",
        (given["times"] or "").lower(),
    )
    times = int(word) if word.isdecimal() and len(word) < 4 else _NUMBERS.get(word, RETRIES_USUAL)
    return Repeating((given.get("what") or "").strip(), max(1, times))


def build_repeating_until(match: re.Match[str]) -> Form | None:
    """Build a repetition that ends when something holds; it stands under the condition that it does not."""
    form = build_repeating(match)
    return replace(form, until=True) if isinstance(form, Repeating) else None


def build_handing(match: re.Match[str]) -> Form | None:
    """Build a hand-over, where the words are about people."""
    if _THEN_TOLD.search(match[0]):
        return None
    people = _PEOPLE.search(match[0]) or _CASE_TO.search(match[0]) or _OVER_TO.match(match[0])
    return Handing() if match["verb"].lower() == "escalate" or people else None


def build_always(form: Form) -> Callable[[re.Match[str]], Form | None]:
    """Return a builder that takes no word into account."""
    return lambda _: form
