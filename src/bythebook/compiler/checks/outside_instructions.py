"""A line asks for what another text says, which is no part of the document: a person has to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.wording import WORDINGS
from bythebook.routine.model import HandOver
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "outside-instructions"
_ELSEWHERE: Final = next(row.pattern for row in WORDINGS if row.name == "elsewhere")


def _run(context: Context) -> Iterator[Diagnostic]:
    for line in context.routine.lines:
        words = context.file.slice(line.span)
        if isinstance(line.instruction, HandOver) and _ELSEWHERE.search(words):
            yield warning(
                NAME,
                f"line {line.label} asks for what stands in another text, so a person takes over there",
                line.span,
                "not part of this document",
                help="leave it if a person is to do it; else write here what to do, step by step",
            )


CHECK = Check(NAME, __doc__ or "", _run)
