"""A document has numbered steps; without them there is nothing to run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.outline import Rank
from bythebook.routine.model import STANDING, Step
from bythebook.source.diagnostic import Diagnostic, error, warning
from bythebook.source.span import Span

NAME = "empty-routine"

_SAID: Final = re.compile(r"[\"“](?P<words>[^\"“”\n]{8,120})[\"”]")
_FUNCTION: Final = re.compile(r"`?(?P<name>[a-z]\w*_\w+(?:\([^()\n]*\))?)")
_NUMBERED: Final = re.compile(r"\W*(?:\w+ )?\w*\d")

# Where steps may stand so that none of them is read, and what to do about it.
_HIDDEN: Final = (
    (
        re.compile(r"^(?:```|~~~)[^\n]*\n(?:[^\n]*\n)*?\s*\d{1,4}[.)]\s", re.M),
        "the steps stand in a code block, so none of them is read",
        "take the lines of ``` before and behind the steps out",
    ),
    (
        re.compile(r"^\s*\|[^\n]*\|\s*\n\s*\|[\s:|-]+\|\s*$", re.M),
        "the steps stand in a table, so none of them is read",
        'write each row as a step: 1. Ask the customer: "..."',
    ),
    (
        re.compile(r"<(?:ol|ul|li)\b[^<>]*>", re.I),
        "the steps stand in HTML, so none of them is read",
        'write each as a step without HTML: 1. Ask the customer: "..."',
    ),
    (
        re.compile(r"^\s*[-*+•]\s+(?:if|ask|inform|tell|call|say)\b", re.I | re.M),
        "the document has no numbered steps, only bullets",
        "number them: 1., 2., 3. and so on",
    ),
    (
        re.compile(r"^\W*(?:macro\b|reply \d|internal(?: note)?:)[^\n]*", re.I | re.M),
        "the document is a macro: it has replies, and no numbered steps",
        'write each reply as a step with its condition: 2. If status is "lost", say: "I am sorry. ..."',
    ),
    (
        re.compile(r"^[ \t]*(?:first|then|next|if|before|when)\b[^\n]*`\w+`", re.I | re.M),
        "the document is a policy in prose: it has no numbered steps",
        "write each thing to do as a step: 1. Ask the customer for the account number. "
        "2. Call `find_payment`. 3. If the amount is below 25, ...",
    ),
)


def _run(context: Context) -> Iterator[Diagnostic]:
    numbered = [step for step in context.routine.steps if not step.label.startswith(STANDING)]
    if numbered:
        yield from _counted(numbered[0], context)
        return
    text = context.file.text
    for pattern, message, help in _HIDDEN:
        if match := pattern.search(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield error(
                NAME, message, _line(text, start), "not read as steps", help=f"{help}{_own(text, match.end())}"
            )
            return
    start = len(text) - len(text.lstrip())
    yield error(
        NAME,
        "the document has no numbered steps",
        _line(text, start if start < len(text) else 0),
        "no step from here on",
        help='write the steps under a heading: ### Routine, then: 1. Ask the customer: "..."',
    )


def _own(text: str, start: int) -> str:
    """Return how the first words to be said, or the first function, would be written: in the document's own words."""
    said, called = _SAID.search(text, start), _FUNCTION.search(text, start)
    if said is not None and (called is None or said.start() < called.start()):
        return f'. Here: 1. Say: "{said["words"]}"'
    return f". Here: 1. Call `{called['name']}`." if called is not None else ""


def _counted(first: Step, context: Context) -> Iterator[Diagnostic]:
    """Steps that their author did not number are counted; the numbers are shown, so that nobody is surprised."""
    item = next((item for item in context.items if item.span == first.span), None)
    if item is None or item.rank is not Rank.NUMBER or _NUMBERED.match(context.file.slice(item.marker_span)):
        return
    what = "bullet" if item.marker_span.end > item.marker_span.start else "paragraph"
    yield warning(
        NAME,
        f"the steps have no numbers, so each {what} is counted as one",
        first.span,
        f"taken as step {first.label}",
        help="leave it if the order is right; else number the steps: 1., 2., 3. and so on",
    )


def _line(text: str, start: int) -> Span:
    end = text.find("\n", start)
    return Span(start, end if end >= 0 else len(text))


CHECK = Check(NAME, __doc__ or "", _run)
