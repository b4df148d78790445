"""What a human is to do at the line that gave them the case: in words, with what it takes, and what may come of it.

Where a person does what a function would, the function's purpose says what that is, its values are what they look at,
and the conditions that hang on it are what they find out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bythebook.engine.known import found_as
from bythebook.engine.state import CaseState, Status
from bythebook.proving.by_hand import findings
from bythebook.routine.model import HandOver, Line
from bythebook.routine.wording import Release
from bythebook.service.desk_choices import value_words

DENIED: Final = (
    (" cannot ", " can "),
    (" could not ", " could "),
    (" can't ", " can "),
    (" can’t ", " can "),
    (" is not ", " is "),
    (" isn't ", " is "),
    (" isn’t ", " is "),
    (" are not ", " are "),
    (" was not ", " was "),
    (" has not ", " has "),
    (" have not ", " have "),
)
"""How a condition denies something, and how it says it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a human finds out whether it is so."""

    name: str
    words: str
    known: bool
    """Somebody has said it in this case already."""

    @property
    def otherwise(self) -> str:
        """What is so where this is not, in words that deny nothing twice; empty where it has none."""
        return next((self.words.replace(no, yes, 1) for no, yes in DENIED if no in self.words), "")


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that it is done with."""

    name: str
    words: str
    known: str
    """As people read it; empty where the case does not know it."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a line asks of a human."""

    label: str
    purpose: str
    """What the function is for that would do it; empty where none is named."""

    words: str
    """The line, as it was written."""

    values: tuple[Taken, ...]

    finds: tuple[Finding, ...]

    @property
    def open(self) -> bool:
        """Whether it is to find something out that nobody has said yet."""
        return any(not one.known for one in self.finds)


def work_of(release: Release, state: CaseState) -> Work | None:
    """Return what the human who has a case, or takes it, is to do; None where no line of the document asks for it."""
    if state.status is not Status.HANDED_OFF or state.handing is None:
        return None
    line = release.routine.line(state.handing)
    if line is None or not isinstance(line.instruction, HandOver) or not line.instruction.by_hand:
        return None
    call = line.instruction.does
    function = release.routine.function(call.function) if call is not None else None
    return Work(
        line.label,
        function.purpose if function is not None else "",
        _once(release, line),
        tuple(Taken(one, one.replace("_", " "), _known(one, state)) for one in (call.named if call else ())),
        tuple(Finding(one.fact, one.text, one.fact in state.facts) for one in findings(release.routine, line)),
    )


def _once(release: Release, line: Line) -> str:
    return " ".join(release.document.slice(line.span).split())


def _known(name: str, state: CaseState) -> str:
    known = found_as(name, state.facts)
    return value_words(state.facts[known]) if known is not None else ""
