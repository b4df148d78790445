"""Conditions that stand beside each other: of steps in a row, or of lines in a row under one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bythebook.routine.model import STANDING, Condition, Goto, HandOver, Instruction, Line, Routine, Step
from bythebook.source.span import SourceFile, Span

_ELSE: Final = re.compile(r"\W*(?:else|otherwise|or if)\b", re.I)


@dataclass(frozen=True, slots=True)
class Branch:
    """A condition with the lines that hang on it."""

    label: str
    span: Span
    """The words of the step or line."""

    condition: Condition
    lines: tuple[Line, ...]
    """In document order; the line itself first, where a line hangs on it."""

    is_step: bool

    @property
    def named(self) -> str:
        """It, as a finding speaks of it."""
        return f"step {self.label}" if self.is_step else f"line {self.label}"

    def is_alternative(self, file: SourceFile) -> bool:
        """Whether its author wrote it as an alternative to the one before: "Else if ..."."""
        before = file.slice(Span(self.span.start, max(self.span.start, self.condition.span.start)))
        return bool(self.condition.instead_of or _ELSE.match(before))

    @property
    def leaving(self) -> Line | None:
        """The line by which it always goes on elsewhere, or to a human."""
        own = (self.lines[0].label,) if self.lines and not self.is_step else ()
        plain = (line for line in self.lines if line.condition is None or line.label in own)
        return next(
            (
                line
                for line in plain
                if _leads_away(line.instruction) and (line.parent in (None, *own) or line.label in own)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """Branches in a row, with what comes after them."""

    branches: tuple[Branch, ...]
    following: str
    """The label of the step or line that comes when none of them holds; empty at the end."""

    following_is_step: bool

    def after(self, branch: Branch) -> tuple[str, str]:
        """Return the label of what comes after a branch that does not hold, and what a finding calls it."""
        at = self.branches.index(branch) + 1
        if at < len(self.branches):
            return self.branches[at].label, self.branches[at].named
        if not self.following:
            return "", ""
        return self.following, f"{'step' if self.following_is_step else 'line'} {self.following}"


def runs(routine: Routine) -> Iterator[Run]:
    """Return every row of conditions: of the steps, then of each step's lines."""
    steps = [step for step in routine.steps if not step.label.startswith(STANDING)]
    yield from _of_steps(steps)
    for number, step in enumerate(steps):
        yield from _of_lines(step, steps[number + 1].label if number + 1 < len(steps) else "")
    for step in routine.steps[len(steps) :]:
        yield from _of_lines(step, "")


def _of_steps(steps: list[Step]) -> Iterator[Run]:
    row: list[Branch] = []
    for step in steps:
        if step.condition is not None:
            row.append(Branch(step.label, step.span, step.condition, step.lines, True))
            continue
        if row:
            yield Run(tuple(row), step.label, True)
        row = []
    if row:
        yield Run(tuple(row), "", True)


def _of_lines(step: Step, following: str) -> Iterator[Run]:
    under: dict[str | None, list[int]] = {}
    ends = [0] * len(step.lines)
    place: dict[str, int] = {}
    for number, line in enumerate(step.lines):
        under.setdefault(line.parent, []).append(number)
        place[line.label] = number
        at: int | None = number
        while at is not None:
            ends[at] = number + 1
            parent = step.lines[at].parent
            above = place.get(parent) if parent is not None else None
            at = above if above is not None and above < at else None
    for siblings in under.values():
        row: list[Branch] = []
        for number in siblings:
            line = step.lines[number]
            if line.condition is not None:
                row.append(Branch(line.label, line.span, line.condition, step.lines[number : ends[number]], False))
                continue
            if row:
                yield Run(tuple(row), line.label, False)
            row = []
        if row:
            after = ends[place[row[-1].label]]
            inside = after < len(step.lines)
            yield Run(tuple(row), step.lines[after].label if inside else following, not inside)


def _leads_away(instruction: Instruction) -> bool:
    return isinstance(instruction, Goto) or (isinstance(instruction, HandOver) and not instruction.by_hand)
