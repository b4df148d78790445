"""The routine ends by calling `case_resolution`; else no case is ever resolved."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "missing-resolution"


def _run(context: Context) -> Iterator[Diagnostic]:
    name = context.routine.resolution_function
    steps = context.routine.steps
    if steps and name not in context.mentioned:
        yield warning(
            NAME,
            f"no line calls `{name}`, so no case is ever resolved",
            steps[-1].span,
            "the last step",
            help=f"add a last step: Call the `{name}` function.",
        )


CHECK = Check(NAME, __doc__ or "", _run)
