"""Parts of a document that are carried out only if something goes there: "## Path 2: Slow data".

A heading that names a path begins one, and the next heading of a part ends it, where some line outside goes there.
"Follow path 1 first" goes there and comes back: so does a path that is followed with lines still to do beside it. A
check that is made again after something was mended ends the path when it comes out well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.outline import Item, Rank
from bythebook.compiler.referring import is_check, looked_for, words_looked_for
from bythebook.compiler.text import snake
from bythebook.routine.model import (
    Ask,
    Call,
    Condition,
    ConditionKind,
    Goto,
    Group,
    Leave,
    Line,
    Outcome,
    QuestionKind,
    Step,
)
from bythebook.source.span import SourceFile

LEAVES: Final = ">"
"""Behind the label of a line that ends the path it stands in."""

_PATH: Final = re.compile(r"\b(?:path|flow|branch|scenario|track|option)\b", re.I)
_COMES_BACK: Final = re.compile(
    r"\bfirst\b|\bto (?:check|verify|see|confirm|make sure)\b|\b(?:come|return|then go) back\b", re.I
)
_AGAIN: Final = re.compile(
    r"\bagain\b|\bre-?(?:run|check|test|try|verify)\b|\bto (?:see|check|verify|confirm) (?:if|whether|that)\b", re.I
)
_PERSISTS: Final = re.compile(
    r"\b(?:if|whether)\b.*\b(?:issues?|problems?)\b.*\b(?:persist|remain|still)", re.I | re.S
)


def with_paths(steps: Sequence[Step], items: Sequence[Item], file: SourceFile) -> tuple[Step, ...]:
    """Return the steps, jumps leading to labels, each knowing the path it stands in."""
    sections = _sections(steps, items)
    first = sections.get(steps[0].label) if steps else None
    holder = {label: step.label for step in steps for label in (step.label, *(line.label for line in step.lines))}
    sent = {
        sections.get(holder[line.instruction.target])
        for step in steps
        for line in step.lines
        if isinstance(line.instruction, Goto)
        and line.instruction.target in holder
        and sections.get(holder[line.instruction.target]) != sections.get(step.label)
    }
    paths = {label: section for label, section in sections.items() if section in sent and section != first}
    placed = [replace(step, path=paths.get(step.label)) for step in steps]
    if not paths:
        return tuple(_without_leaves(step, steps) for step in placed)
    return _with_closing([_with_ways(step, placed, file) for step in placed])


def _with_closing(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Where no line asks it, the house asks behind a path that has come to its end whether there is anything else."""
    common = [at for at, step in enumerate(steps) if step.path is None and step.lines]
    if _closing(steps) is not None or not common:
        return tuple(steps)
    last = steps[common[-1]]
    asks = Line(f"{last.label}?", last.lines[-1].span, Ask(None, QuestionKind.ANYTHING_ELSE), implied=True)
    return (*steps[: common[-1]], replace(last, lines=(*last.lines, asks)), *steps[common[-1] + 1 :])


def _closing(steps: Sequence[Step]) -> Line | None:
    lines = (line for step in steps for line in step.lines)
    return next((line for line in lines if _asks_to_close(line)), None)


def _asks_to_close(line: Line) -> bool:
    return isinstance(line.instruction, Ask) and line.instruction.kind is QuestionKind.ANYTHING_ELSE


def _sections(steps: Sequence[Step], items: Sequence[Item]) -> Mapping[str, str]:
    """Return, by step, the label of the path whose heading it stands under."""
    places = {step.span: step.label for step in steps}
    found: dict[str, str] = {}
    section = ""
    for item in items:
        if item.rank is Rank.SECTION:
            section = item.label if _PATH.match(item.label) else ""
        elif section and item.span in places:
            found[places[item.span]] = section
    return found


def _without_leaves(step: Step, steps: Sequence[Step]) -> Step:
    """Outside a path there is nothing to leave: what is left is the question whether there is anything else."""
    if not any(isinstance(line.instruction, Leave) for line in step.lines):
        return step
    closing = _closing(steps)
    instead = Goto(closing.label) if closing is not None else Group()
    return replace(
        step,
        lines=tuple(
            replace(line, instruction=instead) if isinstance(line.instruction, Leave) else line for line in step.lines
        ),
    )


def _with_ways(step: Step, steps: Sequence[Step], file: SourceFile) -> Step:
    found: list[Line] = []
    for at, line in enumerate(step.lines):
        found.append(_way(line, step, at, steps, file))
        leaves = _leaves(line, step, file)
        if leaves is not None:
            found.append(leaves)
    whole = replace(step, lines=tuple(found))
    return whole if step.path is not None else _without_leaves(whole, steps)


def _way(line: Line, step: Step, at: int, steps: Sequence[Step], file: SourceFile) -> Line:
    """Return a line that goes on elsewhere with what a path makes of it."""
    jump = line.instruction
    target = next((other for other in steps if isinstance(jump, Goto) and other.label == jump.target), None)
    if not isinstance(jump, Goto) or target is None or target.path is None:
        return line
    words = file.slice(line.span)
    own = target.path == step.path
    if own and not _PATH.search(words):
        return line
    returns = bool(_COMES_BACK.search(words)) or _goes_on_beside(line, step, at)
    if not own:
        return replace(line, instruction=Goto(jump.target, returns))
    # "Follow path 2" within path 2: go on with it.
    path = [other.label for other in steps if other.path == step.path]
    behind = path[path.index(step.label) + 1 :]
    return replace(line, instruction=Goto(behind[0], returns) if behind else Leave())


def _goes_on_beside(line: Line, step: Step, at: int) -> bool:
    """Tell whether lines stand beside an unconditional jump that would otherwise never be carried out."""
    return line.condition is None and any(other.parent == line.parent for other in step.lines[at + 1 :])


def _leaves(line: Line, step: Step, file: SourceFile) -> Line | None:
    """Return the end of the path behind a check that is made again, for when it comes out well."""
    call = line.instruction
    if step.path is None or not isinstance(call, Call) or not is_check(line, call, file):
        return None
    above = step.line(line.parent) if line.parent is not None else None
    persists = above is not None and _PERSISTS.search(file.slice(above.span))
    if not _AGAIN.search(file.slice(line.span)) and not persists:
        return None
    test = looked_for(line, file, call.function)
    well = f"{call.function} succeeds" if isinstance(test, Outcome) else words_looked_for(line, file)
    condition = Condition(
        text=well,
        span=line.span,
        kind=ConditionKind.RESULT,
        name=well,
        name_span=line.span,
        fact=snake(well),
        test=test,
    )
    return Line(f"{line.label}{LEAVES}", line.span, Leave(), line.label, condition, implied=True)
