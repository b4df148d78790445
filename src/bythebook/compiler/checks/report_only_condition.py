"""No question of the routine asks for a condition: it holds only when somebody says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.drafting.pieces import question
from bythebook.compiler.outline import Rank
from bythebook.compiler.people import PEOPLE
from bythebook.routine.model import STANDING, Condition, ConditionKind, Line, Step
from bythebook.source.diagnostic import Diagnostic, warning
from bythebook.source.span import Span

NAME = "report-only-condition"

# What customers say of their own accord: nobody would ask them whether they ask.
_SAYS: Final = re.compile(
    rf"\W*(?:the |a )?(?:{PEOPLE}|they|he|she)\s+(?:still |also |only |then )?"
    r"(?:asks?|says?|requests?|mentions?|reports?|complains?|insists?|demands?|tells?|inquires?|enquires?|objects?|"
    r"claims?|writes?|brings? (?:it )?up|raises?|(?:wants?|asks?|wishes|would like) to (?:speak|talk))\b",
    re.I,
)
_WHEN: Final = re.compile(r"(?:if|when|whenever|in case)\s+$", re.I)
WHEN_CHARACTERS: Final = 12
"""How much before a condition is looked at for the word that opens it."""


def _run(context: Context) -> Iterator[Diagnostic]:
    marked = _Marked(context)
    for step in context.routine.steps:
        yield from _finding(step, None, marked)
        branch: Line | None = None
        for line in step.lines:
            beside = branch if branch is not None and branch.parent == line.parent else None
            yield from _finding(line, beside, marked)
            decided = line.condition is not None and line.condition.kind is not ConditionKind.REPORT
            branch = line if decided else branch


class _Marked:
    """Which places of a document stand in lines that have a marker: only these can begin with something else."""

    def __init__(self, context: Context) -> None:
        self.file = context.file
        self._ranks = [item.rank for item in context.items]
        self._starts = [item.span.start for item in context.items]

    def opens_line(self, condition: Span) -> bool:
        """Whether the condition stands behind its "if", in a line with a marker."""
        before = self.file.text[max(0, condition.start - WHEN_CHARACTERS) : condition.start]
        at = bisect_right(self._starts, condition.start) - 1
        return _WHEN.search(before) is not None and at >= 0 and self._ranks[at] is not Rank.NOTE


def _finding(holder: Step | Line, beside: Line | None, marked: _Marked) -> Iterator[Diagnostic]:
    condition = holder.condition
    if condition is None or condition.kind is not ConditionKind.REPORT:
        return
    if condition.by_person or _SAYS.match(condition.text):
        return
    place = f"{'line' if isinstance(holder, Line) else 'step'} {holder.label}"
    yield warning(
        NAME,
        f"no question asks whether `{condition.text}`",
        condition.span,
        f"{place} runs only when the customer or a human says so",
        help=f"leave it if that is meant; else {_cure(condition, place, beside, marked)}",
    )


def _cure(condition: Condition, place: str, beside: Line | None, marked: _Marked) -> str:
    """Return where to ask for it, and in which words: nobody is asked who does not come to the line."""
    kind, label = place.split(" ", 1)
    if label.startswith(STANDING):
        return "write it in the step where it is to be asked for"
    asked = question(f"whether {condition.text}")
    if asked and marked.opens_line(condition.span) and not condition.instead_of:
        behind = marked.file.text[condition.span.end : condition.span.end + 1]
        words = f'Ask the customer: "{asked}" If yes{"," if behind == "," else ":"}'
        return f"{_whose(beside)}begin {place} with the question: {words}"
    where = f"{kind} {condition.instead_of[0]}" if condition.instead_of else place
    words = f': Ask the customer: "{asked}"' if asked else ""
    return f"ask for it before {where}{words}"


def _whose(beside: Line | None) -> str:
    """Return what to do first where the line before is for some customers only, and this may be for them."""
    return "" if beside is None else f"move it under line {beside.label} if it is for those customers only, and "


CHECK = Check(NAME, __doc__ or "", _run)
