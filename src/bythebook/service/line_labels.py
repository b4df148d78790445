"""How people cite the lines of a text: `2b`, by where each begins. The one way of counting that pages have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.routine.article import ARTICLE
from bythebook.routine.model import STANDING

_WRITTEN: Final = re.compile(r"^(?:(?P<step>\d{1,3})|\s+(?:\d{1,3})?(?P<line>[a-z]))[.)]\s")
_STEP: Final = re.compile(r"\d+")


def labels_by_line(compiled: Compiled) -> Mapping[int, str]:
    """Return by line of the text, from 1, the label of what stands there; nothing where that has none."""
    found: dict[int, str] = {}
    routine, file = compiled.routine, compiled.file
    for topic in routine.article.topics:
        found[file.position(topic.span.start)[0]] = f"question {topic.label.removeprefix(ARTICLE)}"
    for step in routine.steps:
        if step.label.startswith(STANDING):
            continue
        if step.span.end:
            found.setdefault(file.position(step.span.start)[0], step.label)
        for line in step.lines:
            if line.implied:
                continue
            first, last = file.position(line.span.start)[0], file.position(line.span.end)[0]
            for number in range(first, last + 1):
                found.setdefault(number, line.label.rstrip("?!"))
    _unread(file.text.split("\n"), found)
    return found


def _unread(lines: Sequence[str], found: dict[int, str]) -> None:
    """Add lines that are not understood, by the numbers that they are written with."""
    step = ""
    for number, text in enumerate(lines, start=1):
        written = _WRITTEN.match(text)
        if number in found:
            known = _STEP.match(found[number])
            step = known[0] if known else step
        elif written and written["step"]:
            step = found[number] = written["step"]
        elif written and step:
            found[number] = f"{step}{written['line']}"
