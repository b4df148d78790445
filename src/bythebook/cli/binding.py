"""`bythebook phrases --bind`: say beside a document what decides a condition, with the condition's words of today."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bythebook.adapters.library import read_routine
from bythebook.adapters.shelf import house
from bythebook.cli.beside import CannotChange, change_beside
from bythebook.compiler.comparison import read_comparison
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.release import build_release
from bythebook.compiler.sidecars import PHRASES_PATH
from bythebook.compiler.table_edit import with_values
from bythebook.routine.model import Call, Condition, Routine

OUTCOMES: Final = ("success", "failure")


def bind_condition(path: Path, label: str, words: str) -> str:
    """Write what decides the condition of a step or line, and return what was written; raise CannotChange.

    `words` compare ("status == 'sent'"), or name a function and how it ended ("find_order failure").
    """
    found = read_routine(path)
    _, compiled, _ = build_release(found.name, found.files, house())
    condition = _condition(compiled.routine, label)
    values = {**_values(words, compiled.routine), "source": one_line(condition.text)}
    change_beside(path, PHRASES_PATH, lambda text: with_values(text, ("condition", label), values))
    return f"{one_line(words)} decides `{one_line(condition.text)}` ({label})"


def _condition(routine: Routine, label: str) -> Condition:
    conditional = {line.label: line.condition for line in routine.lines if line.condition is not None}
    conditional.update({step.label: step.condition for step in routine.steps if step.condition is not None})
    condition = conditional.get(label)
    if condition is None:
        known = ", ".join(f"`{one}`" for one in conditional)
        these = f"; these have one: {known}" if known else ""
        raise CannotChange(f"`{label}` has no condition{these}")
    return condition


def _values(words: str, routine: Routine) -> dict[str, str | None]:
    function, _, outcome = words.strip().rpartition(" ")
    called = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    if outcome in OUTCOMES and function in called:
        return {"function": function, "outcome": outcome, "test": None}
    if read_comparison(words) is None:
        raise CannotChange(
            f"`{words}` compares nothing: write a name, a comparison and a value (\"status == 'sent'\"), or a "
            "function that is called and how it ended (find_order failure)"
        )
    return {"test": one_line(words), "function": None, "outcome": None}
