"""What of a document is reached by conversations: lines, branches both ways, questions, answers, phrases, failures.

Read off the logs of cases, whoever had them: tests, simulated customers, real ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from bythebook.engine.event import (
    Answered,
    Asked,
    AssistantSaid,
    CaseClosed,
    CaseMoved,
    CaseOpened,
    Event,
    FunctionCalled,
    FunctionFailed,
    HandoffRequested,
    Jumped,
    LinesPassed,
    Source,
    StepEntered,
    TurnPlanned,
)
from bythebook.engine.evolve import ATTEMPTS_MAX, evolve
from bythebook.engine.failure import FailureMet
from bythebook.engine.meeting import ConditionMet
from bythebook.engine.saying import HOUSE
from bythebook.engine.state import CaseState
from bythebook.engine.walk import under
from bythebook.routine.article import ARTICLE
from bythebook.routine.model import Ask, Call, Collect, Group, HandOver, Leave, Line, QuestionKind, Routine
from bythebook.routine.model import Step as RoutineStep
from bythebook.routine.wording import Release

HOLDS: Final = "holds"
FAILS_TO: Final = "does not hold"
ANSWERED: Final = "is answered"
YES, NO = "is answered yes", "is answered no"


class Kind(Enum):
    """What can be reached."""

    LINE = "lines"
    BRANCH = "branches"
    QUESTION = "questions"
    ANSWER = "answers of the article"
    PHRASE = "phrases"
    FAILURE = "failures"


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a document that a conversation can reach: a line, a way of a branch, an answer."""

    number: int
    """The document's line, from 1."""

    kind: Kind
    label: str
    way: str = ""
    """Of a branch or question: which side of it."""

    def __str__(self) -> str:
        return f"{self.label} {self.way}".strip()


@dataclass
class Coverage:
    """One document, and which conversations reached what of it."""

    release: Release
    reached: dict[Place, list[str]] = field(default_factory=dict)
    """By place, in document order: the names of the conversations."""

    house: dict[str, list[str]] = field(default_factory=dict)
    """By phrase of the house, those that were said."""

    def __post_init__(self) -> None:
        self.reached = {place: [] for place in places_of(self.release)}
        self._by = {(place.kind, place.label, place.way): place for place in self.reached}

    def see(self, log: Sequence[Event], name: str) -> None:
        """Add what the conversation with this name reached."""
        for kind, label, way in reached_by(self.release, log):
            place = self._by.get((kind, label, way))
            if place is not None and name not in self.reached[place]:
                self.reached[place].append(name)
        for event in log:
            if isinstance(event, AssistantSaid | Asked) and event.line.startswith(HOUSE):
                names = self.house.setdefault(event.line.removeprefix(HOUSE), [])
                names += [name] if name not in names else []

    def missed(self, kind: Kind | None = None) -> tuple[Place, ...]:
        """Return what no conversation reached."""
        return tuple(place for place, by in self.reached.items() if not by and kind in (None, place.kind))

    def counts(self) -> Mapping[Kind, tuple[int, int]]:
        """Return for each kind that the document has how many places were reached, and how many there are."""
        found = {}
        for kind in Kind:
            of = [by for place, by in self.reached.items() if place.kind is kind]
            if of:
                found[kind] = (sum(bool(by) for by in of), len(of))
        return found


def places_of(release: Release) -> Iterator[Place]:
    """Yield all that conversations can reach of a document, in its order."""
    yield from sorted(_places(release), key=lambda place: (place.number, list(Kind).index(place.kind)))


def _places(release: Release) -> Iterator[Place]:
    routine, file = release.routine, release.document
    for topic in routine.article.topics:
        yield Place(file.position(topic.span.start)[0], Kind.ANSWER, topic.label)
    for step in routine.steps:
        if step.condition is not None:
            yield from _ways(file.position(step.span.start)[0], step.label)
        for line in step.lines:
            number = file.position(line.span.start)[0]
            if not isinstance(line.instruction, Group):
                yield Place(number, Kind.LINE, line.label)
            if line.condition is not None:
                yield from _ways(number, line.label)
            for way in _answers(line):
                yield Place(number, Kind.QUESTION, line.label, way)
            if line.label in release.wording.lines:
                yield Place(number, Kind.PHRASE, line.label)
            if isinstance(line.instruction, Call):
                if line.instruction.function in release.wording.functions:
                    yield Place(number, Kind.PHRASE, line.label)
                yield Place(number, Kind.FAILURE, line.label)


def _ways(number: int, label: str) -> tuple[Place, ...]:
    return Place(number, Kind.BRANCH, label, HOLDS), Place(number, Kind.BRANCH, label, FAILS_TO)


def _answers(line: Line) -> tuple[str, ...]:
    match line.instruction:
        case Ask(kind=QuestionKind.YES_NO):
            return YES, NO
        case Ask(kind=QuestionKind.ANYTHING_ELSE):
            return (NO,)
        case Ask() | Collect():
            return (ANSWERED,)
        case _:
            return ()


# ---------------------------------------------------------------- reading a log


def reached_by(release: Release, log: Sequence[Event]) -> frozenset[tuple[Kind, str, str]]:
    """Return what a case reached of a document: kind, label and way."""
    walk = Walk(release.routine)
    state, here = CaseState(), False
    for event in log:
        if isinstance(event, CaseOpened | CaseMoved):
            here = event.routine == release.name
        before, state = state, evolve(state, event)
        if here:
            walk.step(event, before, state)
    return frozenset(walk.found)


@dataclass
class Walk:
    """Follows one case through one document."""

    routine: Routine
    found: set[tuple[Kind, str, str]] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    """Steps and lines whose condition held, at any time."""

    entered: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._order = {label: at for at, label in enumerate(_labels(self.routine))}
        self._holders = {
            holder.label: holder
            for holders in (self.routine.steps, tuple(self.routine.lines))
            for holder in holders
            if holder.condition is not None
        }

    def copy(self) -> Walk:
        """Return another that has seen the same."""
        return Walk(self.routine, set(self.found), set(self.held), set(self.entered))

    def step(self, event: Event, before: CaseState, after: CaseState) -> None:
        """Note what one event reaches."""
        match event:
            case StepEntered(step=step, asked_for=False):
                self.entered.add(step)
                self._holds(step)
            case ConditionMet(label=label):
                self._holds(label)
            case FailureMet(line=line, step=step):
                self.entered.add(step)
                self._holds(step)
                self._carried(line)
            case AssistantSaid(line=line, source=source):
                self._said(line, source)
            case Asked(line=line, source=source):
                self._said(line, source)
            case FunctionCalled(line=line) | Jumped(line=line):
                self._carried(line)
            case HandoffRequested() | LinesPassed():
                self._passed(event, before)
            case FunctionFailed() if before.call is not None and before.call.attempt >= ATTEMPTS_MAX:
                self.found.add((Kind.FAILURE, before.call.line, ""))
            case CaseClosed():
                self._past(len(self._order))
            case _:
                pass
        self._answered(event, before, after)

    def _said(self, line: str, source: Source) -> None:
        if line.startswith(ARTICLE):
            self.found.add((Kind.ANSWER, line, ""))
            return
        if source in (Source.PHRASE, Source.FUNCTION):
            self.found.add((Kind.PHRASE, line, ""))
        if source is not Source.FUNCTION:
            self._carried(line)

    def _passed(self, event: HandoffRequested | LinesPassed, before: CaseState) -> None:
        """A line that hands over, or ends a path, shows by what it does."""
        if before.cursor is None or not before.cursor.lines:
            return
        line = self.routine.line(before.cursor.lines[0])
        if line is None:
            return
        if isinstance(event, HandoffRequested):
            if isinstance(line.instruction, HandOver):
                self._carried(line.label)
        elif isinstance(line.instruction, Leave) and line.label in event.lines[:1]:
            self._carried(line.label)
        elif isinstance(line.instruction, Group) and event.lines == (line.label,):
            self._holds(line.label)

    def _carried(self, label: str) -> None:
        if label not in self._order:
            return
        self.found.add((Kind.LINE, label, ""))
        step = self.routine.step_of(label)
        line = self.routine.line(label)
        while line is not None:
            self._holds(line.label)
            line = self.routine.line(line.parent) if line.parent is not None else None
        if step is not None:
            self._past(self._order[label])

    def _holds(self, label: str) -> None:
        if label in self._holders:
            self.held.add(label)
            self.found.add((Kind.BRANCH, label, HOLDS))

    def _past(self, place: int) -> None:
        """What stands before this place and could have held was passed over."""
        for label, holder in self._holders.items():
            if label in self.held or self._order[label] >= place or not self._in_reach(holder):
                continue
            if place > self._end(holder):
                self.found.add((Kind.BRANCH, label, FAILS_TO))

    def _in_reach(self, holder: RoutineStep | Line) -> bool:
        """Whether the case was where the condition is looked at."""
        if isinstance(holder, RoutineStep):
            return holder.path is None
        step = self.routine.step_of(holder.label)
        parent = self._holders.get(holder.parent) if holder.parent is not None else None
        under_way = step is not None and step.label in self.entered
        return under_way and (parent is None or parent.label in self.held)

    def _end(self, holder: RoutineStep | Line) -> int:
        """Return the last place that hangs on a condition."""
        if isinstance(holder, RoutineStep):
            return max((self._order[line.label] for line in holder.lines), default=self._order[holder.label])
        step = self.routine.step_of(holder.label)
        assert step is not None
        return max(self._order[label] for label in under(step, holder.label))

    def _answered(self, event: Event, before: CaseState, after: CaseState) -> None:
        if isinstance(event, Answered) and event.answer in ("yes", "no"):
            self.found.add((Kind.QUESTION, event.question, YES if event.answer == "yes" else NO))
        closing = self.routine.closing_question
        if isinstance(event, TurnPlanned) and closing is not None and before.pending == closing.label:
            if event.closes:
                self.found.add((Kind.QUESTION, closing.label, NO))
            elif event.messages:  # somebody wants something else: what hangs on a no does not hold
                on_it = [
                    one for one in self._holders.values() if one.condition and one.condition.question == closing.label
                ]
                self.found |= {(Kind.BRANCH, one.label, FAILS_TO) for one in on_it}
        for label in (after.settled | after.done) - (before.settled | before.done):
            if label in before.asked:
                self.found.add((Kind.QUESTION, label, ANSWERED))


def _labels(routine: Routine) -> Iterator[str]:
    for step in routine.steps:
        yield step.label
        yield from (line.label for line in step.lines if line.label != step.label)
