"""What the author says decides a condition, in the place of what its words say: `phrases.toml` beside a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, assert_never

from bythebook.compiler.judge import FAILURE, SUCCESS
from bythebook.compiler.questions import answerable, asked_anew, without_answer
from bythebook.routine.model import All, Any, Compare, Condition, ConditionKind, Line, Not, Outcome, Step, Test, Told

BY_PERSON: Final = "person"
"""What decides a condition that a person at the desk decides by word."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a question decides a condition."""

    question: str
    """The label of the line that asks."""

    answer: str = ""
    """`yes`, `no`, or the label of the condition whose answer it shares; empty where the customer names it."""


Binding: TypeAlias = Test | Answered | Literal["person"]


def bind(steps: Sequence[Step], bindings: Mapping[str, Binding], succeeds: Mapping[str, Test]) -> tuple[Step, ...]:
    """Return the steps with their conditions as the author binds them.

    `bindings` are by the label of a step or line; `succeeds` says, by function, which results are a success. What
    names no question before the condition, or no answer that it takes, binds nothing.
    """
    if not bindings and not succeeds:
        return tuple(steps)
    lines = {line.label: line for step in steps for line in step.lines}
    holders = [(step.label, step.condition) for step in steps]
    holders += [(line.label, line.condition) for line in lines.values()]
    fitting: dict[str, Binding] = {}
    for label, condition in holders:
        binding = bindings.get(label)
        if condition is None or binding is None:
            continue
        if isinstance(binding, Answered) and refused(binding, condition, lines.get(binding.question)) is not None:
            continue
        fitting[label] = binding
        if condition.question in lines:
            lines[condition.question] = without_answer(lines[condition.question], label)
        if isinstance(binding, Answered):
            lines[binding.question] = asked_anew(lines[binding.question], label, binding.answer)
    tied = _Tied(fitting, succeeds)
    return tuple(
        replace(
            step,
            condition=tied.bound(step.condition, step.label),
            lines=tuple(
                replace(lines[line.label], condition=tied.bound(line.condition, line.label)) for line in step.lines
            ),
        )
        for step in steps
    )


def refused(binding: Answered, condition: Condition, line: Line | None) -> str | None:
    """Return why an answer cannot decide a condition; None where it can."""
    if line is None:
        return f"no line `{binding.question}` asks anything"
    if line.span.start >= condition.span.start:
        return f"question {line.label} stands behind the condition"
    return answerable(line, binding.answer)


@dataclass(frozen=True, slots=True)
class _Tied:
    """What decides conditions, by label, and which results are a success."""

    bindings: Mapping[str, Binding]
    succeeds: Mapping[str, Test]

    def bound(self, condition: Condition | None, label: str) -> Condition | None:
        """Return a condition with what decides it."""
        if condition is None:
            return None
        binding = self.bindings.get(label)
        bare = replace(condition, test=None, question=None, answer="", instead_of=())
        match binding:
            case None:
                return replace(condition, test=_read(condition.test, self.succeeds)) if condition.test else condition
            case Answered(question=question, answer=answer):
                return replace(bare, kind=ConditionKind.ANSWER, question=question, answer=answer)
            case "person":
                return replace(bare, kind=ConditionKind.REPORT, by_person=True)
            case test:
                kind = ConditionKind.FACT if condition.kind is ConditionKind.FACT else ConditionKind.RESULT
                return replace(bare, kind=kind, test=_read(test, self.succeeds))


def _read(test: Test, succeeds: Mapping[str, Test]) -> Test:
    """Return the test with every outcome of these functions as the author reads it."""
    match test:
        case Outcome(function=function, name=name):
            success = succeeds.get(function)
            if success is None or name not in (SUCCESS, FAILURE):
                return test
            return success if name == SUCCESS else Not(success)
        case Compare() | Told():
            return test
        case Not(test=inner):
            return Not(_read(inner, succeeds))
        case All(tests=tests):
            return All(tuple(_read(inner, succeeds) for inner in tests))
        case Any(tests=tests):
            return Any(tuple(_read(inner, succeeds) for inner in tests))
        case _:
            assert_never(test)
