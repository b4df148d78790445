"""Which values a question asks for: the words that name them, and what kind of value each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.people import PEOPLE
from bythebook.compiler.recognise import masked
from bythebook.compiler.slot_forms import SlotForm, form_of
from bythebook.compiler.text import snake
from bythebook.routine.model import Slot, SlotType
from bythebook.source.span import SourceFile, Span

SLOTS_MAX: Final = 20
"""Values that one question may ask for."""

WORDS_MAX: Final = 7
"""Longer words name no value."""

# Read from the top: "email address" is an email before it is an address.
_TYPES: Final[tuple[tuple[re.Pattern[str], SlotType], ...]] = (
    (re.compile(r"\be-?mails?\b", re.I), SlotType.EMAIL),
    (re.compile(r"\b(?:phone|mobile|telephone|cell)\b", re.I), SlotType.PHONE),
    (
        re.compile(r"\b(?:date|birthday|dob)\b|\bday\b(?! (?!of\b|they\b|you\b|when\b|on\b|for\b)[a-z])", re.I),
        SlotType.DATE,
    ),
    (re.compile(r"\baddress\b", re.I), SlotType.ADDRESS),
    (re.compile(r"\b(?:amount|price|budget|fee|cost|sum|salary|income|balance)\b", re.I), SlotType.MONEY),
    (
        re.compile(r"\b(?:how many|(?<![a-z] )number of|(?<=the )number of|quantity|count|age)\b", re.I),
        SlotType.NUMBER,
    ),
    (re.compile(r"\b(?:id|ids|identifier|code|reference|number|pin)\b", re.I), SlotType.ID),
)
_IF_KNOWN: Final = r"if (?:they|he|she|the \w+) (?:know|have|has|remember)s? (?:it|one|them)"
_PURPOSE: Final = re.compile(
    rf"\s+(?:to (?!be\b)|so\b|in order\b|before\b|if\b(?!(?<=\bif) {_IF_KNOWN[3:]},)|when\b|because\b|since\b|"
    rf"and (?:get|confirm|verify|ask)\b|"
    r"for\b|that\b|which\b|who\b|from the (?:customer|user|client)\b|associated\b|on (?:file|record)\b|"
    r"using\b|via\b|as\b(?! well as\b)(?<!well as)|(?:from|between) \d)",
    re.I,
)
_BEFORE: Final = re.compile(
    r"(?:(?:for|fro|ofr|their|the|a|an|his|her|its|your|any|all|some|each|following|necessary|required|relevant|"
    rf"copy of|and|or|(?:{PEOPLE})(?:['’]s|s['’]?)|current)\s+)+",
    re.I,
)
_EXAMPLE: Final = re.compile(
    r"\s*\(\s*(?:e\.?\s?g|i\.?\s?e|such as|for example|like|including|if|the|optional)\b", re.I
)
_OPTIONAL: Final = re.compile(
    r"\(\s*optional|\boptional(?:ly)?\b|"
    r"\bif (?:(?:they|the \w+|he|she) (?:have|has|know|knows|remembers?|got)|available|applicable|any|known|"
    r"there is one)\b",
    re.I,
)
_LISTED: Final = re.compile(r"\((?P<items>[^()]*,[^()]*)\)")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_FORM_BEHIND: Final = re.compile(
    r"\s*\([^()]*\)|,?\s+(?:from|between) \d[^.;,()]*|,?\s+(?:which|that|it)\s+[^.;()]*", re.I
)
_BOUND: Final = re.compile(
    r"(?:at least|at most|no more than|not more than|more than|less than|not older|not younger|older than|"
    r"younger than|"
    r"minimum|maximum|up to|not)\b",
    re.I,
)
"""What a value must be is no value of its own: "their age, at least 18"."""

_DANGLING: Final = re.compile(r"(?:\s+(?:under|on|in|at|by|from|with|to|of))+$", re.I)
"""What is left of "the e-mail under which he registered"."""

_ANNOUNCED: Final = re.compile(r"[^:,]*:\s+(?=[^:]*,)")
"""Words over a list in one line: "two of these: first school, ..." names none of its values."""

_WHERE_KNOWN: Final = re.compile(rf"\s*{_IF_KNOWN},?\s+", re.I)
_JOINT: Final = re.compile(
    rf",?\s+and,\s+(?={_IF_KNOWN})|"
    r",?\s+as well as\s+|,\s+and\s+|,\s*|\s+and\s+",
    re.I,
)
_EMPTY: Final = frozenset(
    (
        "",
        "it",
        "them",
        "this",
        "that",
        "following",
        "information",
        "details",
        "these",
        "clarification",
        "more",
        "items",
    )
)
_ASKED: Final = re.compile(
    r"\b(?:provide|share|give|tell|send|enter|supply|confirm|have|get|what(?:'s|’s| is| are))\s+"
    r"(?<!^have )(?<!^Have )(?:(?:me|us|with)\s+)*(?:(?:a copy of|your|the|my)\s+)+(?P<value>[^?.!,;:\"“”]+)",
    re.I,
)
_HAS_IT: Final = re.compile(r"\b(?:do|does) (?:you|they|the \w+)(?: (?:still|already|happen to))* have\b", re.I)
"""Asks whether there is a thing, where that is no value to type: "Do you still have the receipt?"."""

_VALUE: Final = re.compile(
    r"\b(?:names?|references?|numbers?|details|codes?|password|passcode|pin|username|login|serial|address|reason)\b",
    re.I,
)
_ANOTHER: Final = re.compile(r"(?:,\s+and|,|\s+and)\s+(?=(?:the|your|a|an)\b)", re.I)
"""Where a question goes on to another value; "terms and conditions" is one."""

_ASKS: Final = re.compile(r"\?|^\W*please\b", re.I)
_BOLD: Final = re.compile(r"\*\*(?P<value>[^*]+)\*\*")
_MARKS: Final = " \t\n:.;,*`[]{}()\"'“”"


_BEHIND_HEAD: Final = re.compile(
    r"(?<=[a-z])\s+(?:on|at|from|by|until|since|before|after)\s+(?:the|their|that|this|its)\b", re.I
)


def type_of(words: str) -> SlotType:
    """Return what kind of value words ask for; words that name several kinds ask for text."""
    # "the meter reading on the day of the move": what is asked for stands before the "on".
    head = _BEHIND_HEAD.split(words, maxsplit=1)[0]
    kinds = [
        next((kind for pattern, kind in _TYPES if pattern.search(one)), SlotType.TEXT)
        for one in re.split(r"\bor\b|/", head if head.strip() else words)
    ]
    return kinds[0] if len(set(kinds)) == 1 else SlotType.TEXT


def names_a_value(words: str) -> bool:
    """Tell whether words name what a customer can be asked for: an address, a number, a date, a name."""
    return type_of(words) not in (SlotType.TEXT, SlotType.MONEY) or _VALUE.search(words) is not None


def slot_at(file: SourceFile, span: Span) -> Slot | None:
    """Return the value that the words at a place name, if they name one."""
    raw = masked(file.slice(span))
    form = form_of(raw)
    optional = bool(_OPTIONAL.search(raw))
    example = _EXAMPLE.search(raw)
    raw = raw[: example.start()] if example else raw
    led = _WHERE_KNOWN.match(raw)
    purpose = _PURPOSE.search(raw, led.end() if led else 0)
    raw = raw[: purpose.start()] if purpose and raw[: purpose.start()].strip(_MARKS) else raw
    raw = raw.split("(")[0] if "(" in raw.strip("( ") else raw
    known = _WHERE_KNOWN.match(raw)
    start = known.end() if known else len(raw) - len(raw.lstrip(_MARKS))
    before = _BEFORE.match(raw, start)
    start = before.end() if before else start
    words = raw[start:].rstrip(_MARKS)
    start += len(words) - len(words.lstrip(_MARKS))
    words = words.lstrip(_MARKS)
    words = _DANGLING.sub("", words)
    name = re.sub(r"(?<![a-z])e_mail", "email", snake(words))
    if words.lower() in _EMPTY or _BOUND.match(words) or not name or len(words.split()) > WORDS_MAX:
        return None
    name = name if name[0].isalpha() else f"value_{name}"
    place = Span(span.start + start, span.start + start + len(words))
    kind = SlotType.CHOICE if form.options else _with_form(type_of(words), form)
    pattern = form.pattern if kind is SlotType.ID else ""
    return Slot(name, " ".join(words.split()), place, kind, pattern, form.options, optional)


def _with_form(kind: SlotType, form: SlotForm) -> SlotType:
    plainly = kind in (SlotType.TEXT, SlotType.NUMBER, SlotType.ID)
    return SlotType.ID if form.pattern and plainly else kind


def slots_in(file: SourceFile, span: Span) -> tuple[Slot, ...]:
    """Return the values that the words at a place list: "street, city and state"."""
    raw = masked(file.slice(span))
    listed = _LISTED.search(raw)
    if listed and not form_of(listed[0]) and not _EXAMPLE.match(raw[listed.start() :]):
        places = _items(listed["items"], span.start + listed.start("items"))
    else:
        raw = _BRACKETS.sub(lambda match: " " * len(match[0]), raw)
        purpose = _PURPOSE.search(raw, len(raw) - len(raw.lstrip(" :for\n")))
        head = raw[: purpose.start()] if purpose else raw
        announced = _ANNOUNCED.match(head)
        begins = announced.end() if announced else 0
        places = _items(head[begins:], span.start + begins)
        places = (_with_form_of(place, file, span.end) for place in places)
    slots: dict[str, Slot] = {}
    for place in places:
        slot = slot_at(file, place)
        if slot is not None and len(slots) < SLOTS_MAX:
            slots.setdefault(slot.name, slot)
    return tuple(slots.values())


def _with_form_of(place: Span, file: SourceFile, end: int) -> Span:
    """Return a value's place with what is said of its form behind it: in brackets, or "which is ..."."""
    behind = _FORM_BEHIND.match(file.text, place.end, end)
    return Span(place.start, behind.end()) if behind is not None and form_of(behind[0]) else place


def _items(text: str, at: int) -> Iterator[Span]:
    start = 0
    for match in _JOINT.finditer(text):
        if re.fullmatch(rf"\s*{_IF_KNOWN}", text[start : match.start()], re.I):
            continue  # "and, if they know it, the number": it is said of what follows
        yield Span(at + start, at + match.start())
        start = match.end()
    yield Span(at + start, at + len(text))


def slots_of_question(file: SourceFile, span: Span) -> tuple[Slot, ...]:
    """Return the values that a quoted question asks the customer to give: "your name and your date of birth"."""
    raw = masked(file.slice(span))
    match = _ASKED.search(raw) if _ASKS.search(raw) else None
    several = [at.span() for at in _ANOTHER.finditer(raw, *match.span("value"))] if match is not None else []
    if match is None or not several:
        one = slot_of_question(file, span)
        return (one,) if one is not None else ()
    starts = [match.start("value"), *(end for _, end in several)]
    ends = [*(start for start, _ in several), match.end("value")]
    places = (Span(span.start + start, span.start + end) for start, end in zip(starts, ends, strict=True))
    found = (slot_at(file, place) for place in places)
    return tuple({slot.name: slot for slot in found if slot is not None}.values())


def slot_of_question(file: SourceFile, span: Span) -> Slot | None:
    """Return the value that a quoted question asks the customer to give."""
    raw = file.slice(span)
    match = _ASKED.search(masked(raw)) if _ASKS.search(raw) else None
    if match is None or _asks_whether(raw, match["value"]):
        return None
    start, end = match.span("value")
    bold = _BOLD.search(raw, max(0, start - 2))
    if bold is not None and bold.start() <= end:
        start, end = bold.span("value")
    return slot_at(file, Span(span.start + start, span.start + end))


def _asks_whether(question: str, value: str) -> bool:
    """Tell whether a question only asks if the customer has a thing."""
    return bool(_HAS_IT.search(question)) and type_of(value) is SlotType.TEXT and not _VALUE.search(value)
