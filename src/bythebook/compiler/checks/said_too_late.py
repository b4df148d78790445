"""Words that say that they come before a deed stand behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.text import stems
from bythebook.routine.model import Ask, Call, Line, Say
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "said-too-late"

_BEFORE: Final = re.compile(
    r"\bbefore (?:(?:you|we) )?(?:(?P<so>(?:do|doing) (?:so|it|this|that))|"
    r"(?P<deed>[a-z]{3,})(?= (?:it|them|the|their|this|that|a|an|his|her)\b))",
    re.I,
)
"""What comes before a deed: "before you move it", "before moving the delivery", "before doing so"."""


def _run(context: Context) -> Iterator[Diagnostic]:
    for step in context.routine.steps:
        for at, line in enumerate(step.lines):
            match = _BEFORE.search(context.file.text, line.span.start, line.span.end)
            if match is None or line.implied or not isinstance(line.instruction, Say | Ask):
                continue
            done = _done(step.lines[:at], match["deed"])
            # Where such a call comes behind as well, that may be meant.
            if done is not None and _done(step.lines[at:], match["deed"]) is None:
                yield Diagnostic(
                    NAME,
                    Severity.WARNING,
                    f"line {line.label} comes only when line {done.label} has been carried out",
                    Label(Span(*match.span()), "says that it comes before"),
                    (Label(done.span, "carried out first"),),
                    f"write it before line {done.label}",
                )


def _done(before: Sequence[Line], deed: str | None) -> Line | None:
    """Return the last call before that does the deed; the last of all where the words name none."""
    for line in reversed(before):
        if isinstance(line.instruction, Call) and (deed is None or stems(deed) & _words(line.instruction)):
            return line
    return None


def _words(call: Call) -> frozenset[str]:
    return stems(call.function.replace("_", " "))


CHECK = Check(NAME, __doc__ or "", _run)
