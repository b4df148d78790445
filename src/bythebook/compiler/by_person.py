"""Lines whose author has a person do what they call a function for: the call gives way, and all else stays.

The order of the document stays, too: the case waits at the line, and what the function would have decided the person
says. So everything is tied together as if the function were called, and the person takes its place at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bythebook.compiler.clauses import Clause, read_clauses
from bythebook.compiler.forms import Calling, Handing
from bythebook.compiler.outline import Item
from bythebook.compiler.text import plain
from bythebook.routine.compared import leaves
from bythebook.routine.model import Call, Collect, Compare, Condition, ConditionKind, HandOver, Line, Step
from bythebook.source.span import SourceFile, Span


def handed_over(
    items: Sequence[Item], clauses: Sequence[tuple[Clause, ...]], does: Mapping[str, str]
) -> frozenset[str]:
    """Return the labels of the lines that call something which a person does, as `does` says."""
    return frozenset(
        item.label
        for item, own in zip(items, clauses, strict=True)
        if item.label in does and hands_over(does[item.label]) and _calls(own)
    )


def hands_over(words: str) -> bool:
    """Whether words ask for nothing but a person."""
    forms = [part.form for clause in read_clauses(words) for part in clause.parts]
    return len(forms) == 1 and isinstance(forms[0], Handing)


def _calls(clauses: Sequence[Clause]) -> bool:
    """Whether something is called, and all that the line says is understood."""
    forms = [part.form for clause in clauses for part in clause.parts]
    return None not in forms and any(isinstance(form, Calling) for form in forms)


def by_hand(
    steps: Sequence[Step], labels: Collection[str], items: Sequence[Item], file: SourceFile
) -> tuple[Step, ...]:
    """Return the steps with a person in the place of the calls of these lines.

    A condition that hangs on what such a call finds out, and on no function that is still called, is the person's.
    """
    if not labels:
        return tuple(steps)
    places = [item.span for item in items if item.label in labels]
    handed = {
        line.label: line.instruction
        for step in steps
        for line in step.lines
        if isinstance(line.instruction, Call) and any(_holds(place, line.span) for place in places)
    }
    calls = [(line, line.instruction) for step in steps for line in step.lines if isinstance(line.instruction, Call)]
    asked = {
        slot.name
        for step in steps
        for line in step.lines
        if isinstance(line.instruction, Collect)
        for slot in line.instruction.slots
    }
    found = _Found(tuple(calls), frozenset(handed), frozenset(asked))
    return tuple(
        replace(
            step,
            condition=found.by_person(step.condition),
            lines=tuple(
                replace(
                    line,
                    condition=found.by_person(line.condition),
                    instruction=HandOver(plain(file.slice(line.span)), by_hand=True, does=handed[line.label])
                    if line.label in handed
                    else line.instruction,
                )
                for line in step.lines
            ),
        )
        for step in steps
    )


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@dataclass(frozen=True, slots=True)
class _Found:
    """Which conditions people find out about, and where."""

    calls: tuple[tuple[Line, Call], ...]
    """In document order."""

    by_hand: frozenset[str]
    """The labels of those that a person makes."""

    asked: frozenset[str]
    """The names of what customers are asked for."""

    def by_person(self, condition: Condition | None) -> Condition | None:
        """Return a condition as it is decided where people do what functions would."""
        at = self._at(condition) if condition is not None else None
        if condition is None or at is None or at.label not in self.by_hand:
            return condition
        return replace(condition, kind=ConditionKind.RESULT, test=None, found_at=at.label)

    def _at(self, condition: Condition) -> Line | None:
        """Return the call that finds it out: the last before it of a function that decides it, else the first behind.

        Where nothing says which function does, it is the call that comes last before the condition.
        """
        if condition.kind not in (ConditionKind.RESULT, ConditionKind.FACT):
            return None
        leaf = tuple(leaves(condition.test)) if condition.test is not None else ()
        compared = {one.name for one in leaf if isinstance(one, Compare)}
        if not self.asked.isdisjoint(compared):
            return None  # the customer says it
        functions = {one.function for one in leaf if not isinstance(one, Compare)} or None
        finding = [line for line, call in self.calls if functions is None or call.function in functions]
        still = [line for line in finding if line.label not in self.by_hand]
        if functions is not None and still:
            return still[0]
        before = [line for line in finding if line.span.end <= condition.span.start]
        return before[-1] if before else finding[0] if finding and functions is not None else None
