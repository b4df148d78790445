"""The document defines a function that no line calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Call
from bythebook.source.diagnostic import Diagnostic, warning
from bythebook.source.suggest import did_you_mean

NAME = "unused-function"
NAMES_MAX: Final = 100
"""Names of no function, of which one may be meant for the function."""


def _run(context: Context) -> Iterator[Diagnostic]:
    others = {name for name in context.mentioned if "_" in name} - {one.name for one in context.routine.functions}
    misspelt = sorted(others)[:NAMES_MAX]
    # A line may write it otherwise: "the pull-up-account function".
    called = {line.instruction.function for line in context.routine.lines if isinstance(line.instruction, Call)}
    for definition in context.routine.functions:
        # A list of actions says what can be done, not what must be.
        if definition.name not in context.mentioned | called and not definition.words:
            if did_you_mean(definition.name, misspelt):
                continue
            yield warning(
                NAME,
                f"no line calls `{definition.name}`",
                definition.span,
                "defined, never called",
                help=f"add the line: Call the `{definition.name}` function. Or take the definition out",
            )


CHECK = Check(NAME, __doc__ or "", _run)
