"""Words point the customer at something, and nothing says where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.terms import keys_of
from bythebook.routine.model import Ask, Call, Collect, Say, Step
from bythebook.source.diagnostic import Diagnostic, warning
from bythebook.source.span import Span

NAME = "unlinked-reference"
GIVERS_MAX: Final = 200
"""Calls that are looked at for one that gives the thing."""

Giver = tuple[str, frozenset[str]]
"""A line that gives something, by its call: its label, and the words for what that is."""

_THINGS: Final = (
    r"(?:price )?lists?|tables?|(?:web ?)?pages?|websites?|articles?|guides?|forms?|polic(?:y|ies)|documents?|"
    r"instructions|documentation|links?|portals?|FAQs?|terms(?: and conditions)?|brochures?|overviews?|maps?|"
    r"timetables?|schedules?|templates?|handbooks?|manuals?"
)
_PEOPLE: Final = (
    r"(?:[\w-]+ ){0,2}(?:team|department|office|desk)|sales|support|(?:customer|technical) (?:service|support|care)|"
    r"help ?desk|hotline|reception"
)
# Rows of words that point at something; the group is what a link would stand on.
_POINTING: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:see|view|find|read|consult|visit|refer to|download|have a look at|take a look at|listed (?:in|on)|"
        rf"described (?:in|on)|explained (?:in|on))\s+(?P<words>(?:a|an|the|our|this|that|these|those)\s+"
        rf"(?:[\w-]+\s+){{0,3}}?(?:{_THINGS})\b"
        r"(?:\s+(?:of|for|on|about|with)(?:\s+(?!(?:in|on|at|under|from|by|and|or|to|when|if)\b)[\w-]+){1,4})?)",
        rf"\b(?P<words>(?:contact|reach out to|get in touch with|speak (?:to|with)|talk to|write to|turn to)\s+"
        rf"(?:our\s+|the\s+|a\s+)?(?:{_PEOPLE}))\b",
        r"\b(?:click|see|listed|available|found|described|explained|download|downloaded|more|follow)\s+"
        r"(?P<words>here)\b",
        r"\b(?P<words>(?:this|the following) (?:link|page|form|website))\b",
        r"\b(?P<words>the (?:link|form) below)\b",
    )
)
_ADDRESS: Final = re.compile(
    r"\S+@\S+\.\S+|https?://|www\.|\b[\w-]+\.(?:com|org|net|io|gov|edu)\b|\+?\d[\d ()/-]{6,}\d"
)
_LINKED: Final = re.compile(r"\[[^\[\]]+\]\([^()\s]+\)")
_ENDS: Final = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
# Where the customer already is: what they see there needs no address.
_AT_HAND: Final = re.compile(
    r"\s*(?:(?:in|on|under|inside|at the (?:top|bottom) of)\s+(?:your|the|their)\b|you (?:got|were sent|received))",
    re.I,
)


def _run(context: Context) -> Iterator[Diagnostic]:
    if context.beside.links is None:
        return
    givers = tuple(_givers(context))
    for topic in context.routine.article.topics:
        for passage in topic.answer:
            yield from _in_words(passage.span, f"answer {topic.number} of the article", givers, context)
    for step in context.routine.steps:
        for number, line in enumerate(step.lines):
            text = line.instruction.text if isinstance(line.instruction, Say | Ask | Collect) else None
            if text is not None and not _gives(step, number):
                yield from _in_words(line.span, f"line {line.label}", givers, context)


def _in_words(place: Span, where: str, givers: Sequence[Giver], context: Context) -> Iterator[Diagnostic]:
    raw = context.file.slice(place)
    told: set[int] = set()
    for pattern in _POINTING:
        for match in pattern.finditer(raw):
            start, end = match.span("words")
            words = " ".join(match["words"].split())
            if start in told or _is_given(raw, start, end) or _is_linked(raw, start, end, context):
                continue
            told.add(start)
            yield warning(
                NAME,
                f"{where} points at `{words}`, and nothing says where that is",
                Span(place.start + start, place.start + end),
                "a customer who asks for it gets nothing",
                help=f'write in phrases.toml: [[link]], then: words = "{words}" and {_goal(words, givers)}',
            )


def _gives(step: Step, number: int) -> bool:
    """Tell whether the next line calls a function: it gives what this line points at."""
    following = step.lines[number + 1 : number + 2]
    return any(isinstance(line.instruction, Call) for line in following)


def _is_given(raw: str, start: int, end: int) -> bool:
    """Tell whether the sentence itself gives an address, or the next one does; or the thing is at hand."""
    before = [match.end() for match in _ENDS.finditer(raw, 0, start)]
    after = [match.end() for match in _ENDS.finditer(raw, end)]
    sentence = raw[before[-1] if before else 0 : after[1] if len(after) > 1 else len(raw)]
    linked = any(match.start() <= start and end <= match.end() for match in _LINKED.finditer(raw))
    return bool(_ADDRESS.search(sentence)) or linked or bool(_AT_HAND.match(raw, end))


def _is_linked(raw: str, start: int, end: int, context: Context) -> bool:
    for link in context.beside.links or ():
        at = raw.find(link.words)
        while at >= 0:
            if at < end and start < at + len(link.words):
                return True
            at = raw.find(link.words, at + 1)
    return False


def _givers(context: Context) -> Iterator[Giver]:
    definitions = {definition.name: definition.purpose for definition in context.routine.functions}
    for line, call in islice(context.calls(), GIVERS_MAX):
        keys = keys_of(f"{call.function.replace('_', ' ')} {definitions.get(call.function, '')}")
        yield line.parent or line.label, keys


def _goal(words: str, givers: Sequence[Giver]) -> str:
    """Return what the words may be tied to: the line whose call gives the thing, else an address."""
    keys = keys_of(words)
    label, shared = max(((label, len(keys & theirs)) for label, theirs in givers), key=_second, default=("", 0))
    return f'line = "{label}"' if shared and shared * 2 >= len(keys) else 'address = "https://..."'


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


CHECK = Check(NAME, __doc__ or "", _run)
