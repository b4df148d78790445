"""A function's result decides a condition, and nothing says by which outcome."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import ConditionKind
from bythebook.source.diagnostic import Diagnostic, error

NAME = "undecidable-condition"


def _run(context: Context) -> Iterator[Diagnostic]:
    for label, condition in context.conditions():
        if condition.kind is ConditionKind.RESULT and condition.test is None and not condition.found_at:
            yield error(
                NAME,
                f"what a function returned decides whether `{condition.text}`, and no outcome is bound to it",
                condition.span,
                "no outcome of a function is called so",
                help=f'write in phrases.toml: [condition."{label}"], then: test = "field == value"',
            )


CHECK = Check(NAME, __doc__ or "", _run)
