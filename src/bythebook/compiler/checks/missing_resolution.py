"""The routine ends by calling `case_resolution`; else no case is ever resolved."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import RESOLUTION_FUNCTION
from bythebook.source.diagnostic import Diagnostic, error

NAME = "missing-resolution"


def _run(context: Context) -> Iterator[Diagnostic]:
    steps = context.routine.steps
    if steps and RESOLUTION_FUNCTION not in context.mentioned:
        yield error(
            NAME,
            f"no line calls `{RESOLUTION_FUNCTION}`, so no case is ever resolved",
            steps[-1].span,
            "the last step",
            help=f"add a last step: Call the `{RESOLUTION_FUNCTION}` function.",
        )


CHECK = Check(NAME, __doc__ or "", _run)
