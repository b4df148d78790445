"""A document in its compiled, typed form. Inert: built by the compiler, walked by the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final

from bythebook.routine.article import Article as Article
from bythebook.routine.article import Passage as Passage
from bythebook.routine.article import Topic as Topic
from bythebook.routine.compared import All as All
from bythebook.routine.compared import Any as Any
from bythebook.routine.compared import Compare as Compare
from bythebook.routine.compared import Leaf, leaves
from bythebook.routine.compared import Not as Not
from bythebook.routine.compared import Outcome as Outcome
from bythebook.routine.compared import Test as Test
from bythebook.routine.compared import Told as Told
from bythebook.routine.instruction import Ask as Ask
from bythebook.routine.instruction import Call as Call
from bythebook.routine.instruction import Collect as Collect
from bythebook.routine.instruction import Goto as Goto
from bythebook.routine.instruction import Group as Group
from bythebook.routine.instruction import HandOver as HandOver
from bythebook.routine.instruction import Instruction as Instruction
from bythebook.routine.instruction import Leave as Leave
from bythebook.routine.instruction import QuestionKind as QuestionKind
from bythebook.routine.instruction import Repeat as Repeat
from bythebook.routine.instruction import Say as Say
from bythebook.routine.instruction import Slot as Slot
from bythebook.routine.instruction import SlotType as SlotType
from bythebook.source.span import Span

RESOLUTION_FUNCTION: Final = "case_resolution"
"""The function that ends a case as resolved (invariant 3 of the design)."""

STANDING: Final = "note."
"""What the label of a step begins with whose condition binds at any time: a note beside the numbered steps."""


class ConditionKind(Enum):
    ANSWER = "answer"
    """A question of the routine asks for it."""

    REPORT = "report"
    """Only somebody's word can make it hold: the customer's, or a human's at the desk."""

    RESULT = "result"
    """What a function returned decides it (`Condition.test`)."""

    FACT = "fact"
    """What is known of the case decides it: slots and facts (`Condition.test`)."""

    FAILURE = "failure"
    """A call has failed, whichever it was ("if any step fails"): a rule for the whole routine."""

    OTHERWISE = "otherwise"
    """It holds when none of the alternatives before it does (`Condition.instead_of`)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the routine that does something, labelled as a person would cite it (`2e`, `2e.i`)."""

    label: str
    span: Span
    """The line's words in the document, without its marker."""

    instruction: Instruction
    parent: str | None = None
    """The label of the line it belongs to (`2e` for `2e.i`), or None for a line of the step itself."""

    condition: Condition | None = None
    """What must hold for this line, and the lines under it, to be carried out."""

    implied: bool = False
    """The document does not write it: it follows from the line at whose place it stands."""

    holes: tuple[tuple[str, str], ...] = ()
    """Places left open in its quoted words (`{order_id}`, `[name]`), as written, with the value that fills each."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a step to run, in the document's words ("the customer requires a BAA ...")."""

    text: str
    span: Span
    kind: ConditionKind
    name: str
    """The words that tell it from its siblings, a span of the document ("the API"): what a button shows."""

    name_span: Span
    fact: str
    """The fact's name for humans and functions that settle it: the words in snake case (`not_approved`)."""

    question: str | None = None
    """The label of the line that asks for it, where one does."""

    answer: str = ""
    """For a yes-or-no question: which of `yes` and `no` makes it hold."""

    test: Test | None = None
    """For results and facts: what is compared. None where nothing binds it yet."""

    instead_of: tuple[str, ...] = ()
    """For `otherwise`: the labels of the alternatives before it."""

    by_person: bool = False
    """For `report`: only the word of a person at the desk counts, and no customer's."""

    found_at: str = ""
    """For `result`: the line at which a person finds out, in the place of a function, whether its fact holds."""


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered step: its own words, the condition it hangs on, and its lines in document order."""

    label: str
    span: Span
    text: str
    condition: Condition | None
    lines: tuple[Line, ...]
    path: str | None = None
    """The part of the document that it stands in ("path 2.1"), where that is carried out only if something goes
    there; None where the walk comes to it by itself."""

    def line(self, label: str) -> Line | None:
        """Return the line with this label, if the step has it."""
        return next((line for line in self.lines if line.label == label), None)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that a function definition names."""

    name: str
    span: Span
    about: str = ""
    """What the definition says of it."""

    default: bool = False
    """A call may leave it out: the function has a value of its own for it."""


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    """A function as the document defines it."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    span: Span
    words: str = ""
    """Its name in words ("Check Status Bar"), where the document lists it so and lines call it by them."""


@dataclass(frozen=True)
class Routine:
    """A compiled document; without slots, so that what is looked up again and again is found once."""

    article: Article
    steps: tuple[Step, ...]
    functions: tuple[FunctionDefinition, ...]
    digest: str
    """SHA-256 of the document's text."""

    resolution_function: str = RESOLUTION_FUNCTION
    """The function that ends its cases as resolved, as the document calls it."""

    succeeds: Mapping[str, Test] = field(default_factory=dict)
    """By function: which results are a success, where its author says so."""

    @property
    def lines(self) -> Iterator[Line]:
        """Every line, in document order."""
        return (line for step in self.steps for line in step.lines)

    @cached_property
    def _steps(self) -> Mapping[str, Step]:
        return {step.label: step for step in reversed(self.steps)}

    @cached_property
    def _lines(self) -> Mapping[str, Line]:
        return {line.label: line for line in reversed(tuple(self.lines))}

    @cached_property
    def _steps_of(self) -> Mapping[str, Step]:
        """By the label of a step, or of a line in it; the first in the document counts."""
        found: dict[str, Step] = {}
        for step in self.steps:
            for label in (step.label, *(line.label for line in step.lines)):
                found.setdefault(label, step)
        return found

    def step(self, label: str) -> Step | None:
        """Return the step with this label (`2`), or None."""
        return self._steps.get(label)

    def line(self, label: str) -> Line | None:
        """Return the line with this label (`2e.i`), or None."""
        return self._lines.get(label)

    def written(self, label: str) -> Line | None:
        """Return the line with this label in the text, the first of those that it became, or None."""
        return self.line(label) or self.line(f"{label}(1)")

    def step_of(self, label: str) -> Step | None:
        """Return the step that is labelled so or holds the line labelled so."""
        return self._steps_of.get(label)

    def path_from(self, label: str) -> tuple[Step, ...]:
        """Return the steps of a path from this one on, in document order."""
        begun = self.step(label)
        if begun is None or begun.path is None:
            return ()
        return tuple(step for step in self.steps[self.steps.index(begun) :] if step.path == begun.path)

    def function(self, name: str) -> FunctionDefinition | None:
        """Return the document's definition of a function, or None."""
        return next((function for function in self.functions if function.name == name), None)

    @cached_property
    def conditional(self) -> tuple[Step, ...]:
        """The steps that hang on a condition."""
        return tuple(step for step in self.steps if step.condition is not None)

    @cached_property
    def tests(self) -> tuple[Leaf, ...]:
        """What decides its conditions, and which results are successes, in parts."""
        holders: tuple[Step | Line, ...] = (*self.steps, *self.lines)
        held = [holder.condition.test for holder in holders if holder.condition is not None]
        whole = (*(test for test in held if test is not None), *self.succeeds.values())
        return tuple(leaf for test in whole for leaf in leaves(test))

    @cached_property
    def reports(self) -> tuple[tuple[str, Condition, bool], ...]:
        """What a customer's word can make hold, by label: of steps, then of lines; and whether it is a step's."""
        held = [(step.label, step.condition, True) for step in self.steps]
        held += [(line.label, line.condition, False) for line in self.lines]
        return tuple(
            (label, one, of_step)
            for label, one, of_step in held
            if one is not None and one.kind is ConditionKind.REPORT and not one.by_person
        )

    @cached_property
    def choices(self) -> tuple[tuple[str, Condition], ...]:
        """The conditions of lines that are answers of a which-question, by label: what its customer chooses among."""
        held = ((line.label, line.condition) for line in self.lines if line.condition is not None)
        return tuple((label, one) for label, one in held if one.kind is ConditionKind.ANSWER and not one.answer)

    def questions(self, *kinds: QuestionKind) -> tuple[Line, ...]:
        """Return the lines that ask, of these kinds (all kinds when none is given)."""
        return tuple(
            line
            for line in self.lines
            if isinstance(line.instruction, Ask) and (not kinds or line.instruction.kind in kinds)
        )

    @cached_property
    def closing_question(self) -> Line | None:
        """The line that asks whether there is anything else; one that only follows from a no is none for all."""
        asking = self.questions(QuestionKind.ANYTHING_ELSE)
        return next((line for line in asking if not (line.implied and line.condition is not None)), None)

    @cached_property
    def resolution(self) -> Line | None:
        """The line that calls the resolution."""
        return next(
            (
                line
                for line in self.lines
                if isinstance(line.instruction, Call) and line.instruction.function == self.resolution_function
            ),
            None,
        )
