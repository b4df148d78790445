"""What a condition is called, and the condition itself once it is known what settles it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bythebook.compiler.conditions import Named, Parsed, Place, named
from bythebook.compiler.decided import Decided
from bythebook.compiler.recognise import masked
from bythebook.compiler.text import plain, snake
from bythebook.routine.model import Condition
from bythebook.source.span import SourceFile, Span

EXAMPLE: Final = "something like"
_QUOTED: Final = re.compile(r"[\"“](?P<words>[^\"“”]+)[\"”]")


def named_as(place: Place, parsed: Parsed, file: SourceFile, name: tuple[int, int] | None) -> Named:
    """Return what a condition is called, in its author's own words where they name it."""
    words = named(parsed, file, name)
    given = place.draft.name
    if given is None:
        return words
    said = plain(file.slice(given))
    text = plain(masked(words.text)).strip()
    return replace(
        words,
        text=" ".join(text.split()).replace(" :", ":"),
        name=said,
        name_span=given,
        fact=snake(said) or words.fact,
    )


def condition_of(words: Named, decided: Decided, file: SourceFile) -> Condition:
    """Return the condition with what settles it."""
    quoted = _QUOTED.search(file.slice(words.span)) if EXAMPLE in words.text else None
    if quoted is not None:
        span = Span(*quoted.span("words")).shift(words.span.start)
        name = plain(quoted["words"])
        words = replace(words, name=name, name_span=span, fact=snake(name) or words.fact)
    return Condition(
        text=words.text,
        span=words.span,
        kind=decided.kind,
        name=words.name,
        name_span=words.name_span,
        fact=words.fact,
        question=decided.question,
        answer=decided.answer,
        test=decided.test,
        instead_of=decided.instead_of,
    )
