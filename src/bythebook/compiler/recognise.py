"""Which wording words are in: the table is tried from the top, and the first row that fits wins."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bythebook.compiler.forms import (
    Asking,
    Behaving,
    Closing,
    Collecting,
    Doing,
    Form,
    Handing,
    Hanging,
    Quoted,
    Repeating,
    Telling,
)
from bythebook.compiler.imperative import OUGHT_TOO, Rewritten, rewritten
from bythebook.compiler.people import PEOPLE
from bythebook.compiler.wording import WORDINGS
from bythebook.source.span import Span

WORDS_MAX: Final = 4_000
"""Characters of one step or line beyond which only a whole quotation is looked for."""

_WIDE: Final = (Telling, Asking, Collecting, Behaving, Doing, Handing, Closing, Repeating)
"""Forms that are built of any words: none of them may swallow another thing to do."""

_MORE: Final = re.compile(
    r"(?:→|->)\s*(?:finish|stop|end|done|close|step|line|question|go|proceed|continue|transfer|escalate|hand|pass|call|ask|"
    r"tell|say|inform|offer|send|book|`?[a-z]\w*_\w+)\b|"
    r"(?:,|\band|\bthen) (?:then )?(?:§ ?|(?:step|section|point|line) )\d[\w.]* (?:then |also )?applies\b|"
    r"(?:,|\band|\bthen) (?:one |it |the \w+ )?(?:continues|goes on|proceeds) (?:at|with|to|in|under)\b|"
    r"\b(?:and|then) (?:then )?(?:put|patch) (?:\w+ ){1,4}?through\b|"
    r"\b[a-z]\w*_\w+\((?!\)\s+(?:returns?|returned|gives?|gave|shows?|found|lists?)\b)|"
    r"[,;.]? (?:and|then|and then|or) (?:directly |immediately )?(?:go|proceed|skip|move|continue|"
    r"jump|return)(?: \w+)?(?: to)? (?:the )?(?:step|final|line|end|section|#?\d|q\d)|"
    r";\s*(?:then|if|otherwise|else|after|once|when|upon|on)\b|"
    r"(?:,|\band|\bthen)(?: then)? (?:step|line|question) #?\d|"
    r";\s+(?:ask|tell|say|inform|call|offer|send|restart|run|book|add|hand|pass|transfer|escalate|let|give|note)\b|"
    r"\b(?:go|proceed|skip|jump) to (?:step |line )?#?\d|"
    r"\b(?:and|then),? (?:call|invoke|run|escalate|transfer)\b|, (?:call|invoke|escalate|transfer)\b|"
    r"(?:,|\bthen)(?: then)? (?:(?:hand|pass|forward|refer|connect) (?:\w+ ){0,3}?(?:over|off|on|to)\b|"
    r"(?:try|retry|repeat) (?:it |this )?(?:again|once|twice|up to)\b)|"
    r"(?:,|\band|\bthen)(?: then)? ask (?:them |him |her )?again\b|"
    r"(?:,|\band|\bthen)(?: then)? (?:run|check|look|search|do|call) (?:it |this |that |them |"
    r"the \w+ )?(?:up )?again\b|"
    r"(?:,|\band|\bthen)(?: then)?,? (?:if [^,]{3,60}, )?(?:shall|should|must) (?:then |also )?(?:be )?"
    r"(?:ask|call|tell|told|inform|close|end|proceed|go|transfer|advise|explain|offer|give|thank)|"
    r"\band, if (?!not,|(?:they|he|she|the \w+) (?:know|have|has|remember)s? (?:it|one|them),)|"
    r"(?:,|\band|\bthen)(?: then)? (?:close|finish|end|stop)(?: (?:the|this) (?:case|chat|call|conversation))?\.?$|"
    r"(?:,|\band|\bthen)(?: then)? (?:repeat|retry|redo|go back to) (?:the )?(?:step|line|question|point)s? ?#?\d",
    re.I,
)
"""Signs that words ask for a second thing."""

_NOT_THEIRS: Final = re.compile(rf"\bthe (?:{PEOPLE})\b(?!['’]s)|\b[a-z]+_[a-z]\w*", re.I)
"""What nobody says to the customer: "the customer", the name of a function."""

_EMPHASIS: Final = re.compile(r"\*\*|\\(?=[-*_.])")


_SPACES: Final = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009"), " "),
    **dict.fromkeys(map(ord, "⇒⟶➜➡⟹"), "→"),
}
"""Blanks and arrows that word processors set."""


def masked(words: str) -> str:
    """Return the words with bold marks as blanks, every other character at its place."""
    return _EMPHASIS.sub(lambda match: " " * len(match[0]), words.translate(_SPACES))


def recognise(words: str) -> Form | None:
    """Return what the words of one step or line ask for, or None when no wording fits."""
    return recognise_at(words, 0, len(words)) or recognise_at(masked(words), 0, len(words))


def recognise_at(text: str, start: int, end: int) -> Form | None:
    """Return what the words between two places ask for; places in it count from the start of the text."""
    form = _as_it_stands(text, start, end)
    if form is not None:
        return form
    while start < end and text[start] in " \t\n":
        start += 1
    found = rewritten(text, start, end)
    return _replaced(_as_it_stands(found.words, 0, len(found.words)), found) if found is not None else None


def _replaced(form: Form | None, found: Rewritten) -> Form | None:
    """Return what other words ask for, with its places in the text."""
    match form:
        case Quoted(text=place):
            own = found.place(place)
            return replace(form, text=own) if own is not None else None
        case Collecting(words=place):
            words = found.words[place.start : place.end]
            start = place.end - len(words.lstrip(" :\n"))
            if OUGHT_TOO.search(found.words):
                return None
            own = found.place(Span(start, max(start, place.start + len(words.rstrip(" .;\n")))))
            return replace(form, words=own) if own is not None else None
        case Hanging() | Doing():
            return None
        case Telling() | Asking() | Behaving() | Handing() | Closing() if OUGHT_TOO.search(found.words):
            return None  # two things in one: to be taken apart by whoever asked
        case _:
            return form


def _as_it_stands(text: str, start: int, end: int) -> Form | None:
    while start < end and text[start] in " \t\n":
        start += 1
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    if end > start and text[end - 1] == ":":
        spaced = text[start : end - 1].rstrip()
        text, end = text[:start] + spaced + ":" + text[end:], start + len(spaced) + 1
    more = bool(_MORE.search(text, start, end))
    rows = WORDINGS if end - start <= WORDS_MAX else (row for row in WORDINGS if row.name == "quoted")
    for wording in rows:
        if (match := wording.pattern.match(text, start, end)) and (form := wording.build(match)):
            if more and isinstance(form, _WIDE):
                continue
            if isinstance(form, Doing) and _NOT_THEIRS.search(text, start, end):
                continue
            return form
    return None
