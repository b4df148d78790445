"""What the search looks for at every step, and how it tells what it found.

Each property looks at the events of one move, with the state before each. None of them asks the policy: what the
document says is the measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bythebook.engine.decide import Step
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseClosed,
    FunctionCalled,
    HandoffRequested,
    Offered,
    Source,
    TurnPlanned,
)
from bythebook.engine.filling import template_of
from bythebook.engine.menu import slots_of
from bythebook.engine.render import fill, holes_of
from bythebook.engine.saying import HOUSE
from bythebook.engine.state import CaseState, Status
from bythebook.proving.applying import left_out, met
from bythebook.proving.carried import not_applying, not_told, out_of_order, passed_over
from bythebook.proving.outside import Outside
from bythebook.routine.article import ARTICLE
from bythebook.routine.model import Ask, Call, Collect, Group, Line, Routine, Say
from bythebook.routine.model import Step as RoutineStep
from bythebook.routine.wording import Release

NOTHING_PASSED: Final = "nothing-passed-over"


@dataclass(frozen=True, slots=True)
class Property:
    """Something that must always hold: its name, what it says, and who looks at the events of a move."""

    name: str
    says: str
    look: Callable[[Approved, Sequence[Step]], Iterator[str]]


@dataclass(frozen=True)
class Approved:
    """The words that may be sent, by where they are from."""

    release: Release
    outside: Outside
    _known: dict[tuple[str, str, Source], bool] = field(default_factory=dict)

    def has(self, text: str, line: str, source: Source) -> bool:
        """Return whether the text is approved for this line, word for word."""
        asked = (text, line, source)
        if asked not in self._known:
            fits = any(self._is(template, text) for template in self._texts(line, source))
            self._known[asked] = fits or self._fits(text, line)
        return self._known[asked]

    def _is(self, template: str, text: str) -> bool:
        """Return whether the text is the template, its holes filled with what was handed in."""
        holes = holes_of(template)
        filled = _matched(template, text, holes) if holes else ()
        return (text == fill(template, {})) if not holes else bool(filled) and set(filled) <= self._handed_in

    @cached_property
    def _handed_in(self) -> frozenset[str]:
        """Every value that comes from outside, as it is told."""
        fields = (value for results in self.outside.results.values() for one in results for value in one.values())
        values = (value for some in self.outside.values.values() for value in some)
        return frozenset(fill("{value}", {"value": value}) for value in (*fields, *values))

    def asks_for(self, name: str) -> bool:
        """Return whether the document asks the customer for a value, and insists on it."""
        slots = (slot for line in self.release.routine.lines for slot in slots_of(line))
        return any(slot.name == name and not slot.optional for slot in slots)

    def _texts(self, line: str, source: Source) -> Iterator[str]:
        routine, wording = self.release.routine, self.release.wording
        if line.startswith(HOUSE):
            return  # its holes take words of the document: `_fits`
        if line.startswith(ARTICLE):
            topic = routine.article.labelled(line)
            yield from () if topic is None else (template_of(topic.text, ()),)
        elif source is Source.PHRASE:
            yield from () if line not in wording.lines else (wording.lines[line].text,)
        else:
            yield from self._quoted(line)

    def _quoted(self, label: str) -> Iterator[str]:
        line = self.release.routine.line(label)
        match line.instruction if line is not None else None:
            case Say(text=str(text)) | Ask(text=str(text)) | Collect(text=str(text)):
                yield template_of(text, line.holes if line is not None else ())
            case Call(function=function) if function in self.release.wording.functions:
                yield self.release.wording.functions[function].text
            case _:
                pass

    def _fits(self, text: str, line: str) -> bool:
        """Return whether it is a phrase of the house whose holes are filled with words of the document."""
        if not line.startswith(HOUSE):
            return False
        template = self.release.wording.house[line.removeprefix(HOUSE)].text
        if not holes_of(template):
            return text == fill(template, {})
        return bool(_matched(template, text, holes_of(template), self._of_document))

    @cached_property
    def _of_document(self) -> str:
        """The form of the document's own names for things, and of a list of some."""
        names = "|".join(map(re.escape, self._names))
        return rf"(?:{names}|\b(?:or|and)\b|[\s,\u201c\u201d])+"

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """What the document calls what it speaks of, the longest first."""
        release = self.release
        holders: tuple[Line | RoutineStep, ...] = (*release.routine.steps, *release.routine.lines)
        names = [holder.condition.name for holder in holders if holder.condition is not None]
        names += [topic.question for topic in release.routine.article.topics]
        names += [link.words for link in release.wording.links]
        names += [slot.words for line in release.routine.lines for slot in slots_of(line)]
        names += [release.routine.article.title, release.title, *(card.title for card in release.others)]
        return tuple(sorted(filter(None, names), key=len, reverse=True))


def _matched(template: str, text: str, names: Sequence[str], filling: str = ".+") -> tuple[str, ...]:
    """Return what fills the holes of a template so that it gives this text; empty where nothing does."""
    form = re.escape(template)
    for name in names:
        form = form.replace(re.escape("{" + name + "}"), f"({filling})")
    found = re.fullmatch(form, text, re.S)
    return found.groups() if found is not None else ()


# ---------------------------------------------------------------- the properties


def _wording(approved: Approved, steps: Sequence[Step]) -> Iterator[str]:
    for _, event in steps:
        match event:
            case AssistantSaid(text=text, line=line, source=source) | Asked(text=text, line=line, source=source):
                if not approved.has(text, line, source):
                    yield f"{line} is said in other words than its own"
            case Offered(text=text, line=line):
                if not approved.has(text, line, Source.HOUSE):
                    yield f"{line} is offered in other words than its own"
            case _:
                pass


def _functions(approved: Approved, steps: Sequence[Step]) -> Iterator[str]:
    for state, event in steps:
        if not isinstance(event, FunctionCalled):
            continue
        line = approved.release.routine.line(event.line)
        if line is None or not isinstance(line.instruction, Call) or line.instruction.function != event.function:
            yield f"{event.function} is called at {event.line}, which does not name it"
        elif state.cursor is None or state.cursor.lines[:1] != (event.line,) or state.cursor.again:
            yield f"{event.function} is called outside an entry of line {event.line}"


def _arguments(approved: Approved, steps: Sequence[Step]) -> Iterator[str]:
    for _, event in steps:
        if not isinstance(event, FunctionCalled):
            continue
        line = approved.release.routine.line(event.line)
        named = line.instruction.arguments if line is not None and isinstance(line.instruction, Call) else ()
        lacks = [name for name in named if event.arguments.get(name) in (None, "", ()) and approved.asks_for(name)]
        if lacks and len([value for value in event.arguments.values() if value not in (None, "", ())]) < len(named):
            yield f"{event.function} is called at {event.line} without {', '.join(lacks)}"


def _resolution(approved: Approved, steps: Sequence[Step]) -> Iterator[str]:
    routine = approved.release.routine
    closing = routine.closing_question
    for state, event in steps:
        match event:
            case FunctionCalled(function=function) if function == routine.resolution_function:
                if closing is not None and closing.label not in state.asked:
                    yield f"{function} is called before the closing question was put"
            case CaseClosed():
                call = state.call
                told = state.outcomes.get(routine.resolution_function)
                if told is None and (call is None or call.function != routine.resolution_function):
                    yield "the case is closed without its resolution"
            case AssistantSaid() | Asked() | Offered() | FunctionCalled() | HandoffRequested():
                if state.status is Status.RESOLVED:
                    yield "something follows the resolution"
            case _:
                pass


def _one_voice(approved: Approved, steps: Sequence[Step]) -> Iterator[str]:
    for state, event in steps:
        if isinstance(event, AssistantSaid | Asked | Offered | FunctionCalled) and state.human is not None:
            yield "the assistant speaks or acts while a human has the case"


def _one_question(approved: Approved, steps: Sequence[Step]) -> Iterator[str]:
    questions = 0
    for _, event in steps:
        questions = 0 if isinstance(event, TurnPlanned) else questions + isinstance(event, Asked | Offered)
        if questions > 1:
            yield "one turn puts two questions"


def _nothing_passed(approved: Approved, steps: Sequence[Step]) -> Iterator[str]:
    """Line by line in each entry; and when the closing question is put, all that stands before it was dealt with."""
    yield from passed_over(approved.release, steps)
    routine = approved.release.routine
    closing = routine.closing_question
    for state, event in steps:
        puts = isinstance(event, Asked) and closing is not None and event.line == closing.label
        if not puts or closing is None or closing.label in state.asked or state.handoff is not None:
            continue
        if state.jumps or state.broken:
            continue  # a jump passes lines over by the document's own words, a failure by R9
        for line in _plain_before(routine, closing):
            if line.label not in state.done | state.settled | state.asked | set(state.spoken) and not _given(
                state, line
            ):
                yield f"line {line.label} is passed over, and nothing that was said answers it"
        for step in routine.steps:
            if step.path is None and step.span.start < closing.span.start and _opened(routine, state, step):
                for line in left_out(approved.release, state, step):
                    if line.label not in state.asked and line.span.start < closing.span.start:
                        yield f"line {line.label} is left out, and it applies"


def _opened(routine: Routine, state: CaseState, step: RoutineStep) -> bool:
    """Whether the condition of a step holds."""
    return step.condition is not None and met(routine, state, step.label, step.condition) is True


def _plain_before(routine: Routine, closing: Line) -> Iterator[Line]:
    """Yield the lines before the closing question that hang on nothing."""
    for step in routine.steps:
        if step.condition is None and step.path is None:
            for line in step.lines:
                hangs = line.condition is not None or line.parent is not None
                if not hangs and line.span.start < closing.span.start and not isinstance(line.instruction, Group):
                    yield line


def _given(state: CaseState, line: Line) -> bool:
    """Whether everything that a line asks for is known already."""
    return isinstance(line.instruction, Collect) and all(slot.name in state.facts for slot in line.instruction.slots)


PROPERTIES: Final = (
    Property("approved-wording", "every text that is sent is approved, word for word", _wording),
    Property("functions-in-place", "each function is called by the line that names it, there alone", _functions),
    Property("arguments-filled", "each function is called with all that its line names", _arguments),
    Property(
        "resolution-last", "the resolution comes once, last, and after the closing question was put", _resolution
    ),
    Property("one-voice", "while a human has the case the assistant is silent", _one_voice),
    Property("one-question", "a turn puts one question at most", _one_question),
    Property(NOTHING_PASSED, "no line that applies is passed over unless its answer was given", _nothing_passed),
    Property(
        "only-what-applies",
        "a line is carried out only where its condition holds",
        lambda approved, steps: not_applying(approved.release, steps),
    ),
    Property(
        "in-order",
        "steps and lines are carried out in the order of the document",
        lambda approved, steps: out_of_order(approved.release, steps),
    ),
    Property(
        "handoff-told",
        "a customer who is given to a human is told so",
        lambda approved, steps: not_told(approved.release, steps),
    ),
)


def looked_at(approved: Approved, steps: Sequence[Step]) -> Iterable[tuple[str, str]]:
    """Yield what is broken in the events of a move: the property's name, and how."""
    for held in PROPERTIES:
        for how in held.look(approved, steps):
            yield held.name, how


def by_name() -> Mapping[str, Property]:
    """Return the properties by their names."""
    return {held.name: held for held in PROPERTIES}
