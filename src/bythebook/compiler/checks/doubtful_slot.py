"""A value is asked for under words that name no value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Collect, Slot
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "doubtful-slot"

_NO_NOUN: Final = re.compile(
    r"(?:(?:first|second|third|fourth|last|next|previous|other|another|same|new|old|one|two|three|both|either|all|"
    r"some|any|more|less|only|again|also|there|here|back|up|off|now|then|so|very|once|twice)(?: |$))+$",
    re.I,
)
_CLAUSE: Final = re.compile(
    r"(?:(?:at|in|on|to|from|by|for|with) )?(?:what|which|when|where|why|who|whom|how)\b(?! (?:many|much)\b).*"
    r"\b(?:they|he|she|it|we|you|would|will|is|are|was|want|wants|like)\b|"
    r"(?:they|he|she|we|you|if|whether|that|there|not|and|or|but)\b",
    re.I,
)


def _run(context: Context) -> Iterator[Diagnostic]:
    for line in context.routine.lines:
        if not isinstance(line.instruction, Collect) or line.implied:
            continue
        for slot in line.instruction.slots:
            if _doubtful(slot):
                yield Diagnostic(
                    NAME,
                    Severity.WARNING,
                    f"line {line.label} asks for a value that is called `{slot.name}`",
                    Label(slot.span, "these words name no value"),
                    (),
                    "name the value as the function takes it, whole: Ask for the first day of the trip "
                    "and the last day of the trip.",
                )


def _doubtful(slot: Slot) -> bool:
    return bool(_NO_NOUN.match(slot.words) or _CLAUSE.match(slot.words))


CHECK = Check(NAME, __doc__ or "", _run)
