"""`bythebook phrases --bind`: say beside a document what decides a condition, with the condition's words of today."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bythebook.adapters.library import read_routine
from bythebook.adapters.shelf import house
from bythebook.cli.beside import CannotChange, change_beside
from bythebook.compiler.bind import BY_PERSON, Answered, refused
from bythebook.compiler.comparison import read_comparison
from bythebook.compiler.condition_file import DECIDING
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.questions import answer_of
from bythebook.compiler.release import build_release
from bythebook.compiler.sidecars import PHRASES_PATH
from bythebook.compiler.table_edit import with_values
from bythebook.routine.model import Call, Condition, Routine

OUTCOMES: Final = ("success", "failure")
_PERSON: Final = re.compile(r"(?:by )?(?:a |the )?(?:person|human)(?: at the desk)?", re.I)
_QUESTION: Final = re.compile(
    r"(?:an? |the )?(?:(?:(?P<answer>yes|no)|answer) to )?question (?P<label>\S+?)(?:[ :,]+(?P<behind>\S+))?",
    re.I,
)


def bind_condition(path: Path, label: str, words: str) -> str:
    """Write what decides the condition of a step or line, and return what was written; raise CannotChange.

    `words` compare ("status == 'sent'"), name a function and how it ended ("find_order failure"), an answer ("yes to
    question 1"), or a person.
    """
    found = read_routine(path)
    _, compiled, _ = build_release(found.name, found.files, house())
    condition = _condition(compiled.routine, label)
    deciding = _deciding(words, condition, compiled.routine)
    values: dict[str, str | None] = {**dict.fromkeys(DECIDING), **deciding, "source": one_line(condition.text)}
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


def _deciding(words: str, condition: Condition, routine: Routine) -> Mapping[str, str]:
    if _PERSON.fullmatch(words.strip()):
        return {"by": BY_PERSON}
    asked = _QUESTION.fullmatch(words.strip())
    if asked is not None:
        one = Answered(asked["label"], answer_of(asked["answer"] or asked["behind"] or ""))
        if why := refused(one, condition, routine.line(one.question)):
            raise CannotChange(why)
        return {"question": one.question, **({"answer": one.answer} if one.answer else {})}
    function, _, outcome = words.strip().rpartition(" ")
    called = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    if outcome in OUTCOMES and function in called:
        return {"function": function, "outcome": outcome}
    if read_comparison(words) is None:
        raise CannotChange(
            f"`{words}` compares nothing: write a name, a comparison and a value (\"status == 'sent'\"), a "
            "function that is called and how it ended (find_order failure), an answer (yes to question 1), or: person"
        )
    return {"test": one_line(words)}
