"""Sentences of one line that belong together: a limit and what it limits, a condition and all that follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bythebook.compiler.clauses import Clause, Part
from bythebook.compiler.forms import Behaving, Calling, Closing, Going, Handing, Quoted, Repeating, Telling
from bythebook.compiler.judge import still_fails
from bythebook.compiler.outline import Item
from bythebook.source.span import Span

_TO_CHECK: Final = re.compile(
    r"\b(?:to )?(?:double[- ]?check|re-?check|check|verify|correct|re-?enter|re-?send|repeat|spell) "
    r"(?:it|them|that|(?:the|their|his|her|these|those)\b)|\bto (?:give|send|provide|enter) .{1,60}\bagain\b",
    re.I | re.S,
)
"""What somebody is asked to do with what they gave, before it is tried once more."""


def limited(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """ "Ask for the number again. Repeat at most three times.": one repetition, and its limit."""
    found: list[Clause] = []
    for clause in clauses:
        last = found[-1] if found else None
        if last is not None and last.parts and clause.condition is None and _limits(last.parts[-1], clause.parts):
            parts = _merged((*last.parts, *clause.parts))
            found[-1] = replace(last, span=Span(last.span.start, clause.span.end), parts=parts)
        else:
            found.append(replace(clause, parts=_merged(clause.parts)))
    return tuple(found)


def told_first(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """ "Hand over to a colleague and tell them that somebody will ring": what is told comes first."""
    return tuple(replace(clause, parts=_ending_last(_handing_last(clause.parts))) for clause in clauses)


def _ending_last(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """ "Stop and call f": behind the end nothing would be done any more."""
    at = next((number for number, part in enumerate(parts) if isinstance(part.form, Closing | Going)), len(parts))
    behind = parts[at + 1 :]
    if at < len(parts) and isinstance(parts[at].form, Going) and not all(_done_first(part) for part in behind):
        return parts
    return (*parts[:at], *parts[at + 1 :], *parts[at : at + 1])


def _done_first(part: Part) -> bool:
    """Whether it can only be meant before the way that is named with it: "Go to step 4 and note it with f"."""
    return isinstance(part.form, Calling | Quoted)


def _handing_last(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    at = next((number for number, part in enumerate(parts) if isinstance(part.form, Handing)), len(parts))
    behind = parts[at + 1 :]
    if not behind or not all(isinstance(part.form, Telling | Quoted) for part in behind):
        return parts
    return (*parts[:at], *behind, parts[at])


def _limits(before: Part, parts: Sequence[Part]) -> bool:
    form = parts[0].form if parts else None
    goes_back = isinstance(before.form, Going) and before.form.target[:1].isalpha() and before.form.target != "next"
    return (isinstance(before.form, Repeating) or goes_back) and isinstance(form, Repeating) and not form.what


def _merged(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    found: list[Part] = []
    for part in parts:
        before = found[-1].form if found else None
        if isinstance(before, Repeating) and isinstance(part.form, Repeating) and not part.form.what:
            span = Span(found[-1].span.start, part.span.end)
            found[-1] = Part(span, replace(before, times=part.form.times))
        elif isinstance(before, Going) and isinstance(part.form, Repeating) and not part.form.what:
            # "Return to step 2. Do this at most twice.": a jump with a limit.
            span = Span(found[-1].span.start, part.span.end)
            found[-1] = Part(span, Repeating(before.target, part.form.times))
        else:
            found.append(part)
    return tuple(found)


def checked_again(clauses: tuple[Clause, ...], words: str) -> tuple[Clause, ...]:
    """ "If it is not found, ask them to check the number; if it still is not, ...": in between it is tried again.

    `words` are the item's; without this the customer would be asked for the number and never heard.
    """
    found = list(clauses)
    for at, (clause, later) in enumerate(pairwise(clauses)):
        last = clause.parts[-1] if clause.parts else None
        if clause.condition is None or later.condition is None or last is None or not isinstance(last.form, Telling):
            continue
        asks = _TO_CHECK.search(words, last.span.start, last.span.end)
        if asks and still_fails(words[later.condition.start : later.condition.end]):
            again = Part(Span(asks.start(), last.span.end), Repeating("", 1))
            found[at] = replace(clause, parts=(*clause.parts, again))
    return tuple(found)


def until(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """ "Repeat until it is found, up to three times" is understood where a condition says that it is not found."""
    forms = [part.form for one in clauses for part in one.parts]
    ends = any(isinstance(form, Repeating) and form.until for form in forms)
    if not ends or any(clause.condition is not None for clause in clauses):
        return clauses
    return tuple(replace(one, parts=tuple(Part(part.span, None) for part in one.parts)) for one in clauses)


def held(clauses: tuple[Clause, ...], item: Item) -> tuple[Clause, ...]:
    """Under a step, what follows a condition in the same line is under it too: "If it expired, say so. Go to 7."."""
    if len(clauses) < 2 or clauses[0].condition is None or not clauses[0].parts:
        return clauses
    # "If it is a gift, do not charge anything. Call f instead.": what is done then stands in the next sentence.
    leaves = all(isinstance(part.form, Going) for clause in clauses[1:] for part in clause.parts)
    if item.parent is None and not leaves and not all(isinstance(part.form, Behaving) for part in clauses[0].parts):
        return clauses
    held: list[Clause] = []
    for clause in clauses:
        last = held[-1] if held else None
        free = clause.condition is None and all(part.form is not None for part in clause.parts)
        behind = last is not None and last.span.start < clause.span.start
        if last is not None and behind and last.condition is not None and last.parts and free:
            held[-1] = replace(last, span=Span(last.span.start, clause.span.end), parts=(*last.parts, *clause.parts))
        else:
            held.append(clause)
    return tuple(held)


def from_start(clauses: tuple[Clause, ...], at: int) -> tuple[Clause, ...]:
    """Return the clauses with their own places counted from the start of the document."""
    return tuple(
        Clause(
            clause.span.shift(at),
            clause.condition.shift(at) if clause.condition is not None else None,
            clause.chain,
            tuple(Part(part.span.shift(at), part.form) for part in clause.parts),
            clause.states,
        )
        for clause in clauses
    )
