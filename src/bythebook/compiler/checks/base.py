"""What a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bythebook.compiler.outline import Item
from bythebook.routine.model import Call, Condition, Line, Routine
from bythebook.routine.wording import Link
from bythebook.source.diagnostic import Diagnostic
from bythebook.source.span import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Beside:
    """What the files beside a document say of its lines and its functions."""

    links: tuple[Link, ...] | None = ()
    """What the author tied words of the document to; None when that cannot be read."""

    returned: Mapping[str, frozenset[str]] | None = None
    """By bound function, the names that its result may have; None when not known."""

    does: Mapping[str, str] = field(default_factory=dict)
    """By the label of a line: what it does, whatever its words."""

    elsewhere: frozenset[str] = frozenset()
    """The bound functions whose parameters another check holds against the document."""


ALONE: Final = Beside()
"""There is nothing beside the document."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check may look at."""

    file: SourceFile
    routine: Routine
    items: tuple[Item, ...]
    signatures: Mapping[str, tuple[str, ...]] | None
    """Parameter names of the bound functions; None when not known."""

    mentioned: frozenset[str]
    """The words of the routine's lines, those not understood among them: a name in these is not unused."""

    beside: Beside

    def calls(self) -> Iterator[tuple[Line, Call]]:
        """Return every line that calls, with its call."""
        for line in self.routine.lines:
            if isinstance(line.instruction, Call):
                yield line, line.instruction

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Return every condition, with the label of the step or line that hangs on it."""
        for step in self.routine.steps:
            if step.condition is not None:
                yield step.label, step.condition
            for line in step.lines:
                if line.condition is not None:
                    yield line.label, line.condition

    def place(self, span: Span, word: str) -> Span:
        """Return where a word stands within a place; the place itself when it does not."""
        at = self.file.text.find(word, span.start, span.end)
        return Span(at, at + len(word)) if at >= 0 and word else span


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    """In words, with hyphens; also the module's name and the page docs/checks/<name>.md."""

    summary: str
    run: Callable[[Context], Iterator[Diagnostic]]

    def __post_init__(self) -> None:
        assert self.name == self.name.lower(), self.name
        assert "_" not in self.name, self.name
        assert self.summary, self.name
