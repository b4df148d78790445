"""A line with lines under it: is it only their heading, or is it to be carried out before them?

"Ask the customer for their account number" over a call has to be asked: nothing under it asks. "Inform the customer
about the steps:" over what they are told says nothing more than these. What is said or asked under a condition does
not always happen, so it makes no line a heading by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.clauses import Part
from bythebook.compiler.forms import Asking, Calling, Collecting, Doing, Going, Handing, Quoted, Telling
from bythebook.compiler.outline import Rank
from bythebook.compiler.understand import ASKED, Outline
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME: Final = "read-as-heading"
ROOT: Final = 4
"""Letters by which two word forms are told to be of one word."""

# Such words only say that the lines below do something with the customer.
_GUIDES: Final = re.compile(
    r"\W*(?:(?:please|then|next|now|\w+ly),? )*(?:(?:guide|walk|lead|take|help|assist|support|direct|accompany)\b|"
    r"\w+ing\b(?! to\b))",
    re.I,
)
_THAT: Final = re.compile(r"\b(?:that|to) (?!set up\b)\w+", re.I)
"""Behind it stands what the customer is to be told, or to do."""

_SAYS_WHAT: Final = re.compile(
    r"\b(?:which|what|how (?:much|many|long)|when|where|who)\b[^:]*"
    r"\b(?:is|are|was|were|will|costs?|has|have)\b[^:]*\.$",
    re.I,
)
"""What they are told stands in the line itself: "which books are overdue and how much the fine is"."""

_ABOUT: Final = re.compile(r"\b(?:about|regarding|of|on|with|how|what|which|why|when|where|through|for)\b", re.I)
_IN_GENERAL: Final = re.compile(
    r"\b(?:information|details?|data|following|questions?|particulars|clarification|basics?)\b", re.I
)
_QUOTE: Final = re.compile(r"\W*[\"“„«]")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LITTLE: Final = frozenset(
    _WORD.findall(
        "ask the for their them customer user client caller and whether what which who his her its your you that "
        "this are has have had does did can could would will with from about please politely tell inform say"
    )
)


def carried_out(index: int, outline: Outline) -> bool:
    """Tell whether a line over other lines asks for something that none of these does."""
    if outline.items[index].rank is Rank.SECTION or not outline.understood(index):
        return False
    parts = [part for clause in outline.clauses[index] for part in clause.parts]
    return any(_by_itself(part, index, outline, alone=len(parts) == 1) for part in parts)


def cannot_be_told(index: int, outline: Outline) -> bool:
    """Tell whether a heading may have been meant to be said, asked or done itself."""
    words = _words(index, outline)
    if outline.items[index].rank is Rank.STEP or words.endswith(":"):
        return False
    below = [part.form for part in _unconditional(index, outline)]
    form = outline.form(index)
    if isinstance(form, Telling) and not _GUIDES.match(words):
        again = any(isinstance(one, Telling) for one in below)
        return bool(_THAT.search(words)) and _ABOUT.search(words) is None and not again
    if isinstance(form, Doing):
        return not any(isinstance(one, Quoted | Telling | Calling | Doing) for one in below)
    again = any(isinstance(one, Going) for one in below)
    return isinstance(form, Going) and form.target not in ("next", "on", "end") and not again


def as_heading(index: int, outline: Outline) -> Diagnostic:
    """Return what is said of a line that is read as a heading, and may have been meant otherwise."""
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"{outline.named(index)} is read as the heading of the lines under it, and not carried out itself",
        Label(outline.items[index].span, "only these lines are"),
        (),
        "end it with a colon if they are all that is meant; else write it again as the first line under it",
    )


def _by_itself(part: Part, index: int, outline: Outline, *, alone: bool) -> bool:
    words = outline.file.slice(part.span)
    titled = outline.items[index].rank is Rank.STEP
    below = list(_unconditional(index, outline))
    match part.form:
        case Telling():
            return not _GUIDES.match(words) and not _told(words, index, outline, titled=titled)
        case Collecting():
            return not _asked(words, below, outline, titled=titled)
        case Asking():
            asks = bool(ASKED.match(words))
            if titled and not asks:
                return False
            found = not asks and any(isinstance(one.form, Calling | Going) for one in below)
            return not found and not _asked(words, below, outline, titled=titled)
        case Quoted() | Calling() | Handing():
            return not alone
        case _:
            return False


def _told(words: str, index: int, outline: Outline, *, titled: bool) -> bool:
    """Whether the lines below tell what a line announces."""
    forms = [part.form for part in _unconditional(index, outline)]
    if any(isinstance(form, Quoted) for form in forms):
        return True
    if titled or words.rstrip().endswith(":"):
        return outline.quotes[index] or any(isinstance(form, Telling | Asking | Collecting | Doing) for form in forms)
    if _THAT.search(words) or (not titled and _SAYS_WHAT.search(words)):
        return False
    return outline.quotes[index] or (
        _ABOUT.search(words) is not None and any(isinstance(form, Telling | Doing) for form in forms)
    )


def _asked(words: str, below: list[Part], outline: Outline, *, titled: bool) -> bool:
    """Whether a line below asks for what a line asks."""
    told = (part for part in below if isinstance(part.form, Asking | Collecting | Quoted))
    asking = [part for part in told if not (isinstance(part.form, Quoted) and _tells(outline.file.slice(part.span)))]
    if not asking or any(isinstance(part.form, Quoted) for part in asking):
        return bool(asking)
    if titled or words.rstrip().endswith(":") or _IN_GENERAL.search(words):
        return True
    own = _roots(words)
    return any(own & _roots(outline.file.slice(part.span)) for part in asking)


def _tells(words: str) -> bool:
    """Whether a line says something by itself: "Say: ..." is not how a question above it is put."""
    return "?" not in words and _QUOTE.match(words) is None


def _unconditional(index: int, outline: Outline) -> Iterator[Part]:
    """Yield what the lines below ask for, whatever holds."""
    for child in outline.children[index]:
        if outline.clauses[child] and outline.conditional(child):
            continue
        for clause in outline.clauses[child]:
            if clause.condition is None:
                yield from clause.parts
        yield from _unconditional(child, outline)


def _words(index: int, outline: Outline) -> str:
    return outline.file.slice(outline.items[index].span).strip(" *\n")


def _roots(words: str) -> set[str]:
    return {word[:ROOT] for word in map(str.casefold, _WORD.findall(words)) if word not in _LITTLE}
