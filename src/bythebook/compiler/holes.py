"""Places that a quoted line leaves open: `{order_id}`, `[name]`, `<amount>`. Each is tied to the value it names.

A value is one that a line before asks for, that a call before takes, or that a function called before returns.
What no line finds out stays as written, and `unfilled-slot` says so: it is never read out to a customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bythebook.compiler.returned import fields_of
from bythebook.compiler.targets import roots_of
from bythebook.compiler.text import snake
from bythebook.routine.model import Ask, Call, Collect, FunctionDefinition, Line, Routine, Say, Step
from bythebook.source.span import SourceFile

KNOWN: Final = frozenset(("customer_id", "user_id", "client_id", "caller_id"))
"""Who the customer is: a fact that a case can begin with."""

# `{name}`, `{name:s}`, `[NAME]`, `<name>`, `{{name}}`: how authors leave a place in a message open.
HOLE: Final = re.compile(
    r"\{\{?\s*[A-Za-z_][\w .-]*(?::\w+)?\s*\}?\}|"
    r"\[(?:[A-Z][A-Z0-9_ ]+|[a-z]\w*(?:[ _][a-z]\w*){0,3}|(?:insert|your|customer)[^\[\]]{1,40})\](?!\()|"
    r"<(?!/|https?:|br\b|b>|i>|p>)[A-Za-z_][\w -]*>"
)
_SAID: Final = re.compile(r"\b(?:insert|your|the|customer['’]?s?|user['’]?s?|their)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known where a line is said."""

    names: set[str] = field(default_factory=set)
    untold: list[str] = field(default_factory=list)
    """Functions called before whose definitions do not say what they return."""

    @classmethod
    def anywhere(cls, routine: Routine) -> Found:
        """Return what the lines of a routine find out, all together."""
        found = cls()
        definitions = {function.name: function for function in routine.functions}
        for line in routine.lines:
            found.add(line, definitions)
        return found

    def add(self, line: Line, purposes: dict[str, FunctionDefinition]) -> None:
        """Take in what a line finds out."""
        if isinstance(line.instruction, Collect):
            self.names.update(slot.name for slot in line.instruction.slots)
        elif isinstance(line.instruction, Call):
            call = line.instruction
            definition = purposes.get(call.function)
            fields = fields_of(definition.purpose) if definition is not None else ()
            self.names.update((*call.named, *(one.name for one in fields)))
            if not fields:
                self.untold.append(call.function)

    def named(self, words: str) -> str:
        """Return the one value that words name; empty where none does, or several do."""
        name = snake(_SAID.sub("", words))
        same = [known for known in (*sorted(self.names), *sorted(KNOWN)) if snake(known) == name]
        if same:
            return same[0]
        roots = roots_of(name)
        near = [known for known in sorted(self.names) if roots and roots <= roots_of(known)]
        return near[0] if len(near) == 1 else ""


def with_holes(steps: Sequence[Step], functions: Sequence[FunctionDefinition], file: SourceFile) -> tuple[Step, ...]:
    """Return the steps, the lines with places left open knowing what fills each."""
    if HOLE.search(file.text) is None:
        return tuple(steps)
    purposes = {function.name: function for function in functions}
    found = Found()
    filled = []
    for step in steps:
        lines = []
        for line in step.lines:
            lines.append(replace(line, holes=tuple(_bound(line, found))))
            found.add(line, purposes)
        filled.append(replace(step, lines=tuple(lines)))
    return tuple(filled)


def inside(written: str) -> str:
    """Return the words in a place left open; of `{{ticket.customer.first_name}}` the last."""
    words = written.strip("{}[]<> ").split(":")[0]
    return words.rsplit(".", 1)[-1]


def _bound(line: Line, found: Found) -> Iterator[tuple[str, str]]:
    said = line.instruction
    if not isinstance(said, Say | Ask | Collect) or said.text is None:
        return
    for written in dict.fromkeys(match[0] for match in HOLE.finditer(said.text)):
        name = found.named(inside(written))
        if not name and found.untold and snake(inside(written)).isidentifier():
            name = snake(inside(written))  # what a function returns that nobody has described
        if name:
            yield written, name
