"""What a human is to do at the line that gave them the case: in words, with what it takes, and what may come of it.

Where a person does what a function would, the function's purpose says what that is, its values are what they look at,
and the conditions that hang on it are what they find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bythebook.engine.by_hand import done_by_hand_now
from bythebook.engine.failing import rule_of
from bythebook.engine.filling import holes_told
from bythebook.engine.known import found_as
from bythebook.engine.menu import slots_of
from bythebook.engine.state import CaseState
from bythebook.proving.by_hand import findings
from bythebook.routine.model import Call, HandOver, Line
from bythebook.routine.wording import Release
from bythebook.service.desk_choices import otherwise, value_words


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a human finds out whether it is so."""

    name: str
    words: str
    known: bool
    """Somebody has said it in this case already."""

    @property
    def otherwise(self) -> str:
        """What is so where this is not."""
        return otherwise(self.words)


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

    next: tuple[Taken, ...] = ()
    """What nobody has given or is asked for, and the lines up to the next such one need."""

    later: tuple[Taken, ...] = ()
    """What lines behind that need."""

    apology: str = ""
    """What the customer is told where it cannot be done, and the document says nothing of that."""

    failing: str = ""
    """The line with which the document goes on where it cannot be done; empty where it says nothing of it."""

    @property
    def open(self) -> bool:
        """Whether it is to find something out that nobody has said yet."""
        return any(not one.known for one in self.finds)

    @property
    def opposed(self) -> bool:
        """Whether what it finds out is one thing or its opposite: one of the two is so."""
        words = [one.words for one in self.finds]
        return len(words) == 2 and (otherwise(words[0]) == words[1] or otherwise(words[1]) == words[0])

    @property
    def missing(self) -> tuple[Taken, ...]:
        """What can be written down with it: what it takes itself, and what comes next needs."""
        return (*(one for one in self.values if not one.known), *self.next)


def work_of(release: Release, state: CaseState) -> Work | None:
    """Return what the human who has a case, or takes it, is to do; None where no line of the document asks for it."""
    line = done_by_hand_now(release.routine, state)
    if line is None or not isinstance(line.instruction, HandOver):
        return None
    call = line.instruction.does
    function = release.routine.function(call.function) if call is not None else None
    named = call.named if call is not None else ()
    near, far = _wanted(release, state, line)
    near = tuple(name for name in near if name not in named)
    rule = rule_of(release.routine)
    return Work(
        line.label,
        function.purpose if function is not None else "",
        _once(release, line),
        tuple(_taken(one, state) for one in named),
        tuple(Finding(one.fact, one.text, one.fact in state.facts) for one in findings(release.routine, line)),
        tuple(_taken(one, state) for one in near),
        tuple(_taken(one, state) for one in far if one not in (*near, *named)),
        release.wording.house["function_failed"].text,
        rule.lines[0] if rule is not None and line.label not in rule.lines else "",
    )


def _wanted(release: Release, state: CaseState, line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the values that lines behind one need and nobody gives: up to the next that takes any, and after it.

    What the document asks the customer for is left to that question.
    """
    lines = tuple(release.routine.lines)
    asked = dict.fromkeys(slot.name for other in lines for slot in slots_of(other))
    found: list[dict[str, None]] = [{}, {}]
    behind = 0
    for other in lines[lines.index(line) + 1 :]:
        for name in _needed(release, other):
            if found_as(name, state.facts) is None and found_as(name, asked) is None:
                found[behind].setdefault(name)
        if isinstance(other.instruction, Call | HandOver) and other != release.routine.resolution:
            behind = 1
    return tuple(found[0]), tuple(found[1])


def _needed(release: Release, line: Line) -> Iterator[str]:
    """Yield the values that a line is carried out with: what it does takes, what its words tell."""
    match line.instruction:
        case Call(named=named) | HandOver(does=Call(named=named)):
            yield from named
        case _:
            yield from holes_told(release, line)


def _taken(name: str, state: CaseState) -> Taken:
    known = found_as(name, state.facts)
    return Taken(name, name.replace("_", " "), value_words(state.facts[known]) if known is not None else "")


def _once(release: Release, line: Line) -> str:
    return " ".join(release.document.slice(line.span).split())
