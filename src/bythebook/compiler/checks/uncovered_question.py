"""The article answers customers who need something done, and no step of the routine is for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.terms import TermKind, keys_of, terms_of
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "uncovered-question"

# A question by somebody who wants something done, or to whom something happened; others only want to know.
_NEEDS: Final = re.compile(
    r"\W*(?:how (?:can|do|would|could|should|may|must) (?:i|we)\b|(?:can|could|may) (?:i|we)\b|"
    r"what (?:if|happens (?:if|when)|(?:should|can|do|must) (?:i|we) do)\b|is it possible to\b|(?:i|my|we|our)\b)",
    re.I,
)
# To know, find or contact is no step of a routine: the answer is all there is to give.
_KNOWS: Final = re.compile(
    r"\W*(?:how (?:can|do|would|could|should|may|must)|can|could|may) (?:i|we) (?:know|tell|find out|see|check|learn|"
    r"contact|reach|find)\b",
    re.I,
)
_EMPTY: Final = keys_of(
    "happen possible start work use make way thing something anything everything someone right wrong problem question"
)
"""Words that are about nothing by themselves."""

OWN_MIN: Final = 2
"""Words of its own that a question about the document's own subject must have to be about something else."""


def _run(context: Context) -> Iterator[Diagnostic]:
    routine = context.routine
    if not routine.steps:
        return
    topics = [topic for topic in routine.article.topics if topic.question.rstrip(" *").endswith("?")]
    asked = {topic.number: _matter(topic.question) for topic in topics}
    counts = Counter(key for keys in asked.values() for key in keys)
    usual = {key for key, count in counts.items() if count * 2 > len(topics) and len(topics) > 1}
    usual |= keys_of(routine.article.title)
    spoken = frozenset(key for item in context.items for key in keys_of(context.file.slice(item.span)))
    spoken |= {key for one in routine.functions for key in keys_of(f"{one.name.replace('_', ' ')} {one.purpose}")}
    for topic in topics:
        whole = asked[topic.number]
        own = whole - usual
        # "How can I get a BAA with OpenAI?": mostly the routine's own words, so what it is for.
        enough = len(own) >= (OWN_MIN if whole & usual else 1) and len(whole & spoken) * 2 <= len(whole)
        strange = enough and not own & spoken
        if strange and _NEEDS.match(topic.question) and not _KNOWS.match(topic.question):
            yield warning(
                NAME,
                f"question {topic.number} of the article is for customers whom no step of the routine is for",
                topic.span,
                "answered, and nothing is done",
                help="leave it if the answer is enough; else add a step: If the customer ..., then:",
            )


def _matter(question: str) -> frozenset[str]:
    """Return what a question is about, as far as words tell."""
    return frozenset(term.key for term in terms_of(question) if term.kind is TermKind.WORD) - _EMPTY


CHECK = Check(NAME, __doc__ or "", _run)
