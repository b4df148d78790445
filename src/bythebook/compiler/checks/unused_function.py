"""The document defines a function that no line calls."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "unused-function"


def _run(context: Context) -> Iterator[Diagnostic]:
    for definition in context.routine.functions:
        # A list of actions says what can be done, not what must be.
        if definition.name not in context.mentioned and not definition.words:
            yield warning(
                NAME,
                f"no line calls `{definition.name}`",
                definition.span,
                "defined, never called",
                help=f"add the line: Call the `{definition.name}` function. Or take the definition out",
            )


CHECK = Check(NAME, __doc__ or "", _run)
