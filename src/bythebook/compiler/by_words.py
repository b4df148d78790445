"""Jumps to a number that is nowhere, with words that name a step: "Proceed to step 6 (Check the mode)"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.text import stems
from bythebook.routine.model import Goto, Line, Step
from bythebook.source.span import SourceFile

_NAMED: Final = re.compile(
    r"\b(?:step|path|section)s?\s*#?\d[\w.]*\s*(?:\((?P<aside>[^()]+)\)|[:–—-]\s*(?P<title>[^.:;\"“”`]+))", re.I
)
_SMALL: Final = frozenset(("the", "a", "an", "of", "for", "to", "and", "or", "your", "their"))


def by_words(steps: Sequence[Step], file: SourceFile) -> tuple[Step, ...]:
    """Return the steps, jumps whose number is nowhere leading where their words say, if that is one step only."""
    labels = {label for step in steps for label in (step.label, *(line.label for line in step.lines))}
    lost = [
        line
        for step in steps
        for line in step.lines
        if (target := _target(line)) is not None and target not in labels
    ]
    if not lost:
        return tuple(steps)
    titles: dict[frozenset[str], str | None] = {}
    for step in steps:
        words = _words(step.text)
        titles[words] = None if words in titles else step.label  # two alike name neither
    found = {line.label: target for line in lost if (target := _named(line, titles, file)) is not None}
    if not found:
        return tuple(steps)
    return tuple(replace(step, lines=tuple(_sent(line, found) for line in step.lines)) for step in steps)


def _target(line: Line) -> str | None:
    return line.instruction.target if isinstance(line.instruction, Goto) else None


def _named(line: Line, titles: Mapping[frozenset[str], str | None], file: SourceFile) -> str | None:
    match = _NAMED.search(file.slice(line.span))
    words = _words(match["aside"] or match["title"]) if match is not None else frozenset()
    return titles.get(words) if words else None


def _words(text: str) -> frozenset[str]:
    return stems(text) - _SMALL


def _sent(line: Line, found: Mapping[str, str]) -> Line:
    target = found.get(line.label)
    return line if target is None else replace(line, instruction=Goto(target))
