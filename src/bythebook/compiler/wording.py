"""What the words of a step or line ask for. A table of wordings run by one loop: to widen it, add a row.

Each row carries the sentence that is its test; a wording nobody added is reported, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from bythebook.source.span import Span


class Voice(Enum):
    """Which verb stands before words in quotation marks."""

    BARE = "none"
    SAY = "say"
    TELL = "tell"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: to be said or asked, word for word."""

    text: Span
    voice: Voice


@dataclass(frozen=True, slots=True)
class Calling:
    """A call, with the arguments as written."""

    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """A condition for what stands under it."""

    condition: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that say how the quoted lines under them are meant (R0); they are not said themselves."""

    asks: bool


Form: TypeAlias = Quoted | Calling | Hanging | Heading


@dataclass(frozen=True, slots=True)
class Wording:
    """A row of the table. Places in a form count from the start of the words."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Form | None]
    example: str


_QUOTE: Final = r"[\"“](?P<text>\s*+[^\s\"“”][^\"“”]*+)[\"”]$"
_CUSTOMER: Final = r"(?:the (?:customer|user|client|caller)|them)"
_TELLING: Final = "inform|tell|instruct|advise|remind|notify|suggest to|explain to|say to|reply to"
_ASKING: Final = "ask|request|confirm with|check with"
_SPEAKING: Final = (
    "thank|greet|welcome|acknowledge|apologi[sz]e|inform|tell|instruct|advise|remind|notify|suggest|explain|"
    "guide|say|let|reassure"
)
_QUESTIONING: Final = re.compile(r"(?:^|\band |\bthen )(?:politely )?(?:ask|request|clarify)\b", re.I)
# What nobody does by saying the lines below: a heading with such a word asks for more than words.
_DOING: Final = re.compile(
    r"\b(?:and|then) (?:\w+ly )?(?:add|apply|arrange|call|cancel|change|check|close|collect|create|delete|determine|"
    r"escalate|find|go|hand|log|look|move|open|proceed|process|record|refund|remove|retrieve|retry|search|select|"
    r"send|set|skip|submit|transfer|update|validate|verify|wait)\b",
    re.I,
)


def _quoted(voice: Voice) -> Callable[[re.Match[str]], Form | None]:
    return lambda match: Quoted(Span(*match.span("text")), voice)


def _call(match: re.Match[str]) -> Form | None:
    arguments = (argument.strip() for argument in (match["arguments"] or "").split(","))
    return Calling(match["function"], tuple(argument for argument in arguments if argument))


def _condition(match: re.Match[str]) -> Form | None:
    words = match["condition"].rstrip()
    bare = words[: -len("then")]
    if words.lower().endswith("then") and (not bare or bare[-1] in ", \t\n"):
        words = bare.rstrip()
    words = words.rstrip(",").rstrip()
    if not words:
        return None
    return Hanging(Span(match.start("condition"), match.start("condition") + len(words)))


def _heading(match: re.Match[str]) -> Form | None:
    if _DOING.search(match[0]):
        return None
    return Heading(bool(_QUESTIONING.search(match[0])))


def _row(name: str, pattern: str, build: Callable[[re.Match[str]], Form | None], example: str) -> Wording:
    return Wording(name, re.compile(pattern, re.I), build, example)


_NAME: Final = r"(?P<function>[a-z_]\w*)(?:\((?P<arguments>[^()`]*)\))?"

WORDINGS: Final[tuple[Wording, ...]] = (
    _row("call", rf"call (?:the )?`{_NAME}`(?: function)?\s*\.?$", _call, "Call the `close_account` function."),
    _row(
        "call-inside",
        rf"`call (?:the )?{_NAME}(?: function)?`\s*\.?$",
        _call,
        "`call the close_account(account_id)`.",
    ),
    _row("quoted", _QUOTE, _quoted(Voice.BARE), '"Which plan do you use?"'),
    _row("say", rf"say\s*:\s*{_QUOTE}", _quoted(Voice.SAY), 'Say: "Your plan was changed."'),
    _row(
        "inform",
        rf"(?:politely )?(?:{_TELLING}) {_CUSTOMER}\s*:\s*{_QUOTE}",
        _quoted(Voice.TELL),
        'Inform the customer: "Your plan was changed."',
    ),
    _row(
        "ask",
        rf"(?:politely )?(?:{_ASKING})(?: {_CUSTOMER})?\s*:\s*{_QUOTE}",
        _quoted(Voice.ASK),
        'Ask the customer: "Which plan do you use?"',
    ),
    _row(
        "condition",
        r"(?:if|when)\s++(?P<condition>[^\"“”`:]++):$",
        _condition,
        "If the customer uses the small plan, then:",
    ),
    _row(
        "heading",
        rf"(?:politely )?(?:{_SPEAKING}|{_ASKING})\b[^\"“”`]*$",
        _heading,
        "Thank the customer and ask which plan they use:",
    ),
)


def recognise(words: str) -> Form | None:
    """Return what the words of one step or line ask for, or None when no wording fits."""
    for wording in WORDINGS:
        if (match := wording.pattern.match(words)) and (form := wording.build(match)):
            return form
    return None


# Why words are not understood, as far as they show it, and what to write instead.
_HINTS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\**(?:else|otherwise|or else)\b", re.I), "write the condition out: If the customer ..., then:"),
    (
        re.compile(r"\**(?:if|when|once|after)\b", re.I),
        "write the condition as a step of its own, `If the customer ..., then:`, and what to do in lines under it",
    ),
    (re.compile(r"[^\"“”]*\bcall\b", re.I), "write: Call the `name` function."),
    (re.compile(r"[^\"“”]*+[\"“][^\"“”]*+$"), "close the quotation marks around the words to say"),
    (
        re.compile(r"(?:[^\"“”]*[\"“”]){3}"),
        "put one message in one pair of quotation marks, and each further message on a line of its own",
    ),
    (
        re.compile(rf"(?:politely )?(?:{_ASKING})\b", re.I),
        'write the question in quotation marks: Ask the customer: "..."',
    ),
    (
        re.compile(rf"(?:politely )?(?:{_SPEAKING}|provide|offer)\b", re.I),
        'write the words to say in quotation marks: Inform the customer: "..."',
    ),
    (
        re.compile(r"[^\"“”]*\b(?:step|proceed|go to|skip)\b", re.I),
        "let the steps follow each other, each under its own condition: If the customer ..., then:",
    ),
)
HINT: Final = (
    'begin with: Inform the customer: "..." / Ask the customer: "..." / Call the `name` function. / '
    "If the customer ..., then:"
)


def hint(words: str) -> str:
    """Return what the author can write instead of words that are not understood."""
    return next((text for pattern, text in _HINTS if pattern.match(words)), HINT)
