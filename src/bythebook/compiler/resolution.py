"""Which function ends a case as resolved: by the house's own name, by another that says so, or by its purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.forms import END_OF_CASE
from bythebook.routine.model import RESOLUTION_FUNCTION, Call, FunctionDefinition, Goto, Step

_NAMES: Final = re.compile(
    r"(?:case|conversation|request|issue)_?(?:resolution|resolved?|completed?|closed?|finished)$|"
    r"(?:complete|close|resolve|finish|end|finali[sz]e)_?(?:the_)?(?:case|conversation|chat|request|issue)$|"
    r"mark_(?:as_|case_|case_as_)?(?:resolved|closed|completed?)$",
    re.I,
)
_PURPOSE: Final = re.compile(
    r"\b(?:marks?|sets?|flags?) (?:the |this )?(?:case|issue|conversation) as (?:resolved|closed|completed?)\b|"
    r"\b(?:closes?|resolves?|finali[sz]es?|completes?) (?:the|this) (?:case|conversation)\b",
    re.I,
)


def resolves_by_name(function: str) -> bool:
    """Tell whether a function's name says that it ends the case."""
    return bool(_NAMES.fullmatch(function))


def resolution_of(steps: Sequence[Step], functions: Iterable[FunctionDefinition]) -> str:
    """Return the name by which the document resolves its cases; the house's own where it names none."""
    called = _called(steps)
    if RESOLUTION_FUNCTION in called:
        return RESOLUTION_FUNCTION
    told = {function.name for function in functions if _PURPOSE.search(function.purpose)}
    by_purpose = [name for name in called if name in told]
    by_name = [name for name in called if resolves_by_name(name)]
    return next(iter((*reversed(by_name), *reversed(by_purpose))), RESOLUTION_FUNCTION)


def with_resolution(steps: Sequence[Step], functions: Sequence[FunctionDefinition]) -> tuple[Step, ...]:
    """Return the steps: where no line calls what closes a case, "close the case" calls the function for it."""
    fitting = [one.name for one in functions if resolves_by_name(one.name) or _PURPOSE.search(one.purpose)]
    if not fitting or not set(fitting).isdisjoint(_called(steps)):
        return tuple(steps)
    name = RESOLUTION_FUNCTION if RESOLUTION_FUNCTION in fitting else fitting[-1]
    return tuple(
        replace(
            step,
            lines=tuple(
                replace(line, instruction=Call(name)) if line.instruction == Goto(END_OF_CASE) else line
                for line in step.lines
            ),
        )
        for step in steps
    )


def _called(steps: Sequence[Step]) -> list[str]:
    return [line.instruction.function for step in steps for line in step.lines if isinstance(line.instruction, Call)]
