"""What a search found, in words: what holds, what does not and the shortest way there, what no way reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.engine.decide import Refused, advance
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseAbandoned,
    CaseClosed,
    CaseOpened,
    Event,
    FunctionCalled,
    HandoffRequested,
    Offered,
)
from bythebook.engine.state import CaseState
from bythebook.proving.found import PROPERTIES
from bythebook.proving.moves import Move
from bythebook.proving.outside import AT
from bythebook.proving.rules import Rule
from bythebook.proving.search import END_IN_REACH, NOT_STUCK, OWN_RULE, Broken, Search
from bythebook.routine.model import Group
from bythebook.routine.wording import Release

EVERY_LINE: Final = "every-line-reached"
OVER_ALL: Final[Mapping[str, str]] = {
    END_IN_REACH: "from every place a way leads to an end that the document names",
    NOT_STUCK: "nowhere does the assistant get stuck",
    EVERY_LINE: "every line of the document is reached on some way",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was looked at: whether it holds, and what breaks it."""

    name: str
    says: str
    broken: tuple[Broken, ...]
    open: tuple[str, ...] = ()
    """What a bounded search cannot tell yet."""

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return not self.broken


def verdicts(search: Search, rules: Sequence[Rule]) -> tuple[Verdict, ...]:
    """Return what was found, the built-in properties first, then the author's own rules, each in its order."""
    says = {**{held.name: held.says for held in PROPERTIES}, **OVER_ALL}
    found = [Verdict(name, told, _of(search, name)) for name, told in says.items() if name != EVERY_LINE]
    left = never_reached(search)
    missed = tuple(Broken(EVERY_LINE, f"no way reaches line {label}", ()) for label in left if search.exact)
    found.append(Verdict(EVERY_LINE, OVER_ALL[EVERY_LINE], missed, () if search.exact else left))
    return (*found, *(Verdict("rule", rule.text, _of(search, OWN_RULE + rule.text)) for rule in rules))


def _of(search: Search, name: str) -> tuple[Broken, ...]:
    return tuple(found for found in search.broken.values() if found.name == name)


def never_reached(search: Search) -> tuple[str, ...]:
    """Return the lines that no way reached, in document order."""
    lines = search.release.routine.lines
    return tuple(
        line.label for line in lines if line.label not in search.ran and not isinstance(line.instruction, Group)
    )


def played(release: Release, path: Sequence[Move]) -> tuple[tuple[str, str], ...]:
    """Return a way as a conversation: who, and what they say or do; why it cannot go on, where it cannot."""
    opened = CaseOpened(AT, "case", release.name, release.digest)
    state = advance(release, CaseState(), opened)[1]
    told: list[tuple[str, str]] = []
    for move in path:
        told.append((move.who, move.words))
        for fact in move.facts:
            try:
                events, state = advance(release, state, fact)
            except (Refused, AssertionError, LookupError, ValueError) as failure:
                return (*told, ("Assistant", f"cannot go on: {failure}"))
            told += [shown for event in events if (shown := _shown(event)) is not None]
    return tuple(told)


def _shown(event: Event) -> tuple[str, str] | None:
    match event:
        case AssistantSaid(text=text, line=line) | Asked(text=text, line=line) | Offered(text=text, line=line):
            return "Assistant", f"[{line}] {text}"
        case FunctionCalled(function=function, arguments=arguments, line=line):
            given = ", ".join(f"{name} = {value}" for name, value in arguments.items())
            return "Assistant", f"[{line}] calls {function}({given})"
        case HandoffRequested(reason=reason):
            return "Assistant", f"asks for a human: {reason}"
        case CaseClosed():
            return "Case", "is resolved"
        case CaseAbandoned():
            return "Case", "is abandoned"
        case _:
            return None
