"""A condition counts as the success or the failure of a call, and its words may tell of what the call found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.text import stems
from bythebook.routine.compared import leaves
from bythebook.routine.model import Condition, Outcome
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "doubtful-outcome"

_OF_THE_CALL: Final = re.compile(r"\b(?:fail\w*|succe\w*|unsuccessful\w*|errors?|works?|worked|again|still)\b", re.I)
_LOOKS_UP: Final = re.compile(
    r"(?:get|find|look_?up|retrieve|list|search|fetch|load|read|pull|open|view)(?:_|$)", re.I
)
_STATE: Final = re.compile(
    r"\b(?:active|inactive|expired|cancell?ed|eligible|ineligible|approved|allowed|accepted|rejected|declined|"
    r"granted|possible|cancell?able|confirmed|available|unavailable)\b",
    re.I,
)
_FOUND: Final = re.compile(r"\b(?:found|detected|discovered)\b", re.I)
_TROUBLE: Final = re.compile(
    r"\b(?:faults?|problems?|issues?|damage|defects?|breaks?|leaks?|outages?|blocks?)\b", re.I
)


def _run(context: Context) -> Iterator[Diagnostic]:
    for label, condition in context.conditions():
        outcome = _outcome(condition)
        if outcome is None or not _doubtful(condition.text, outcome.function, context):
            continue
        yield Diagnostic(
            NAME,
            Severity.WARNING,
            f"`{condition.text}` counts as the {outcome.name} of `{outcome.function}`",
            Label(condition.span, "this may be what it found, and not whether the call succeeded"),
            (),
            f'write in phrases.toml: [condition."{label}"], then: test = "field == value"; '
            f"or say in the definition of `{outcome.function}` what it returns",
        )


def _outcome(condition: Condition) -> Outcome | None:
    if condition.test is None:
        return None
    found = [leaf for leaf in leaves(condition.test) if isinstance(leaf, Outcome)]
    return found[0] if len(found) == 1 and found[0].name in ("success", "failure") else None


def _doubtful(words: str, function: str, context: Context) -> bool:
    if _OF_THE_CALL.search(words):
        return False
    if _FOUND.search(words):
        return bool(_TROUBLE.search(words)) and not _LOOKS_UP.match(function)
    state = _STATE.search(words)
    definition = context.routine.function(function)
    purpose = definition.purpose if definition is not None else ""
    return state is not None and bool(_LOOKS_UP.match(function)) and not stems(state[0]) & stems(purpose)


CHECK = Check(NAME, __doc__ or "", _run)
