"""What a developer is told of a function that a document calls: what goes in, what has to come back."""

from __future__ import annotations

from dataclasses import dataclass

from bythebook.routine.model import Call
from bythebook.service.analysis import Analysis, FunctionUse
from bythebook.testing.tester import OUTCOME, RESULT, FieldAsked, fields_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A function as its document needs it."""

    gets: tuple[str, ...]
    """The names of what goes in."""

    gives: tuple[str, ...]
    """What the document does with what comes back, field by field, in words."""


def wanted_of(analysis: Analysis, use: FunctionUse) -> Wanted:
    """Return what goes into a function, and what has to come back, as far as the document says so."""
    routine = analysis.compiled.routine
    calls = [line.instruction for line in routine.lines if isinstance(line.instruction, Call)]
    defined = routine.function(use.name)
    names = [parameter.name for parameter in defined.parameters] if defined is not None else []
    names += [name for call in calls if call.function == use.name for name in call.named]
    fields = fields_of(analysis.release, use.name) if analysis.release is not None else ()
    return Wanted(tuple(dict.fromkeys(names)), tuple(_told(field) for field in fields))


def message_of(analysis: Analysis, use: FunctionUse) -> str:
    """Return the whole message to a developer."""
    wanted = wanted_of(analysis, use)
    gives = [f"- {one}" for one in wanted.gives]
    if not gives and use.closes:
        gives = ["- nothing: it closes the case"]
    if not gives and analysis.release is not None:
        gives = ["- nothing: the document only has it done"]
    lines = [
        f'Please connect the function {use.name} of the document "{analysis.title}".',
        "",
        f"What it is for: {use.purpose}" if use.purpose else "",
        f"What goes in: {', '.join(wanted.gets) or 'nothing'}",
        *(["What must come back:", *gives] if gives else []),
        "If it cannot do its work, it raises Failed: the case then goes to a person.",
        "",
        f"Where: functions.py or functions.toml in the folder {analysis.name}; docs/functions.md has more.",
    ]
    return "\n".join(line for at, line in enumerate(lines) if line or at in (1, len(lines) - 2))


def _told(field: FieldAsked) -> str:
    if field.name == OUTCOME:
        return f"how it ended (outcome): {' or '.join(field.values)}"
    name = "one value, or the field result" if field.name == RESULT else field.name
    known = f"; the document looks for {', '.join(f'“{value}”' for value in field.values)}" if field.values else ""
    return f"{name}{'; customers are told it' if field.needed else ''}{known}"
