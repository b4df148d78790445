"""A case of one document whose readings are told: what the engine makes of them, with no reader in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.engine.choice import Choice, slot_choice
from bythebook.engine.decide import ForFunction, ForNotice, ForReading, decide, owed
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseOpened,
    CustomerSaid,
    Event,
    Fact,
    FunctionCalled,
    FunctionReturned,
    HumanNotified,
    MessageRead,
    Offered,
)
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Release

AT: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def released(document: str, phrases: str = "") -> Release:
    """Return the release of a document of a test's own."""
    files = {"document.md": document.encode(), "phrases.toml": phrases.encode()}
    release, compiled, problems = build_release("told", files, house())
    assert release is not None, (compiled.diagnostics, problems)
    return release


@dataclass
class Told:
    """The case, and the functions' results by name."""

    release: Release
    returns: Mapping[str, Values] = field(default_factory=dict)
    log: list[Event] = field(default_factory=list)
    messages: int = 0
    duty: bool = True
    """Whether somebody is on duty when the case goes to the desk."""

    def __post_init__(self) -> None:
        self.feed(CaseOpened(AT, "c", self.release.name, self.release.digest))

    @property
    def state(self) -> CaseState:
        return replay(self.log)

    def feed(self, fact: Fact) -> None:
        """Hand a fact in."""
        self.log += decide(self.release, self.state, fact)

    def hears(self, *meant: str, unsure: bool = False, **values: Value) -> list[str]:
        """Take a message that means this and gives these values; return what is said, and `function()` for calls.

        A choice with `!` behind it carries the mark of correction.
        """
        since = len(self.log)
        self.messages += 1
        self.feed(CustomerSaid(AT, f"m{self.messages}", "words"))
        while (due := owed(self.state)) is not None:
            match due:
                case ForReading(version=version):
                    named = (*map(slot_choice, values), *meant)
                    told = tuple(Choice(one.rstrip("!"), 0.9, correction=one.endswith("!")) for one in named)
                    self.feed(MessageRead(AT, version, told, unsure, values, "told"))
                case ForFunction(key=key, function=function):
                    self.feed(FunctionReturned(AT, key, self.returns.get(function, {})))
                case ForNotice():
                    self.feed(HumanNotified(AT, on_duty=self.duty))
                case _:
                    raise AssertionError(due)
        return self.since(since)

    def since(self, start: int) -> list[str]:
        """Return what was said and called from there on."""
        found: list[str] = []
        for event in self.log[start:]:
            match event:
                case AssistantSaid(line=line) | Asked(line=line) | Offered(line=line):
                    found.append(line)
                case FunctionCalled(function=function):
                    found.append(f"{function}()")
                case _:
                    pass
        return found
