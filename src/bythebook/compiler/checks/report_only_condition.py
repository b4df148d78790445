"""No question of the routine asks for a condition: it holds only when somebody says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.drafting.pieces import question
from bythebook.compiler.people import PEOPLE
from bythebook.routine.model import ConditionKind
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "report-only-condition"

# What customers say of their own accord: nobody would ask them whether they ask.
_SAYS: Final = re.compile(
    rf"\W*(?:the |a )?(?:{PEOPLE}|they|he|she)\s+(?:still |also |only |then )?"
    r"(?:asks?|says?|requests?|mentions?|reports?|complains?|insists?|demands?|tells?|inquires?|enquires?|objects?|"
    r"claims?|writes?|brings? (?:it )?up|raises?|(?:wants?|asks?|wishes|would like) to (?:speak|talk))\b",
    re.I,
)


def _run(context: Context) -> Iterator[Diagnostic]:
    steps = {step.label for step in context.routine.steps if step.condition is not None}
    for label, condition in context.conditions():
        if condition.kind is not ConditionKind.REPORT or condition.by_person or _SAYS.match(condition.text):
            continue
        place = f"step {label}" if label in steps else f"line {label}"
        asked = question(f"whether {condition.text}")
        asks = f'Ask the customer: "{asked}"' if asked else ""
        yield warning(
            NAME,
            f"no question asks whether `{condition.text}`",
            condition.span,
            f"{place} runs only when the customer or a human says so",
            help=f"leave it if that is meant; else ask for it before {place}{f': {asks}' if asks else ''}",
        )


CHECK = Check(NAME, __doc__ or "", _run)
