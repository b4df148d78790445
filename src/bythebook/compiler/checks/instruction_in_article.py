"""An instruction stands in the article, where it is told to customers and not carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.forms import Calling, Quoted, Voice
from bythebook.compiler.recognise import masked, recognise
from bythebook.source.diagnostic import Diagnostic, warning
from bythebook.source.span import Span

NAME = "instruction-in-article"
CHARACTERS_MAX: Final = 600
"""A longer line of an article is no instruction."""

_LINE: Final = re.compile(r"[^\n]+")
# Bullets, numbers in all their forms, and pictures before the words.
_MARKER: Final = re.compile(r"[\W\d_]*")


def _run(context: Context) -> Iterator[Diagnostic]:
    for topic in context.routine.article.topics:
        for passage in topic.answer:
            for match in _LINE.finditer(context.file.text, passage.span.start, passage.span.end):
                marker = _MARKER.match(match[0])
                start = match.start() + (marker.end() if marker else 0)
                if _instructs(context.file.text[start : match.end()].rstrip()):
                    yield warning(
                        NAME,
                        f"an instruction stands in the article, in answer {topic.number}",
                        Span(start, match.start() + len(match[0].rstrip())),
                        "told to customers as it stands, and not carried out",
                        help="number it as a step under a heading of its own: ### Routine",
                    )


def _instructs(words: str) -> bool:
    if len(words) > CHARACTERS_MAX:
        return False
    match recognise(masked(words)):
        case Quoted(voice=voice):
            return voice is not Voice.BARE
        case Calling():
            return "`" in words or "function" in words
        case _:
            return False


CHECK = Check(NAME, __doc__ or "", _run)
