"""When two places of a case are the same for all that can follow: the key by which the search knows a place again.

What is left out of a key changes no decision, or only whether one notice is given: ids, times, versions, the words of
what was said; and what no rule looks at any more from there on. Counts are kept as far as the policy looks.
`tests/proving/test_canon.py` takes many ways through documents, and holds places of one key against each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bythebook.engine.choice import step_choice
from bythebook.engine.conditions import walked
from bythebook.engine.facts import fact_holds, same_fact
from bythebook.engine.known import found_as
from bythebook.engine.plan import ENTRIES_BEFORE_OFFER
from bythebook.engine.state import CaseState, Status
from bythebook.engine.walk import known_facts, under
from bythebook.proving.outside import holes_in_lines
from bythebook.routine.article import ARTICLE
from bythebook.routine.compared import Compare, Outcome, Told
from bythebook.routine.model import (
    Ask,
    Call,
    Condition,
    ConditionKind,
    Goto,
    HandOver,
    Leave,
    Line,
    Repeat,
    Routine,
    Step,
)
from bythebook.routine.value import Value
from bythebook.routine.wording import Release


@dataclass(frozen=True)
class Keys:
    """What the future of a case on one release depends on."""

    routine: Routine
    conditions: tuple[tuple[str, Condition], ...]
    """Conditions that a fact can settle, by the label of their step or line."""

    named: frozenset[str]
    """The functions whose outcome a condition goes by."""

    told: frozenset[str]
    """The functions whose results a condition looks into."""

    values: bool
    """Whether values that are known are compared, told, or handed to functions."""

    silence_resolves: bool

    families: Mapping[str, frozenset[str]] | None
    """Lines that are said again together, by what they are asked for by; None where every line counts."""

    reports: frozenset[str]
    """The conditions of which it matters that they do not hold, and not only that nobody has met them."""

    humans: bool = True
    """Whether humans hand back at lines: what was passed behind one, with nothing of it carried out, is due then."""

    _parts: dict[Hashable, int] = field(default_factory=dict)
    """Parts of keys, by number: most places share theirs with others, and a key is three numbers."""

    @classmethod
    def of(cls, release: Release, *, every_line: bool = False, humans: bool = True) -> Keys:
        """Return the keys of a release; with `every_line` each line that was said counts (an author's rules ask)."""
        routine = release.routine
        held = [
            (holder.label, holder.condition)
            for holders in (routine.steps, tuple(routine.lines))
            for holder in holders
            if holder.condition is not None
        ]
        calls = any(isinstance(line.instruction, Call) and line.instruction.arguments for line in routine.lines)
        compares = any(isinstance(test, Compare) for test in routine.tests)
        return cls(
            routine,
            tuple((label, condition) for label, condition in held if condition.fact in known_facts(routine)),
            frozenset(test.function for test in routine.tests if isinstance(test, Outcome)),
            frozenset(test.function for test in routine.tests if isinstance(test, Told)),
            calls or compares or bool(holes_in_lines(release)),
            release.conduct.resolve_on_silence,
            None if every_line or _goes_back(routine) else dict(_families(release)),
            frozenset(_with_reports(routine)),
            humans,
        )

    def key(self, state: CaseState) -> Hashable:
        """Return the key of a place.

        Left out beside names and times: whether the language notice was given (it opens one turn and changes nothing
        after it), whether the customer was nudged (a nudge, then the end of the wait, is one move), and which answers
        of the article were said (none of them is looked at again but to be repeated).
        """
        if state.status is Status.RESOLVED and not state.running:
            pressed = tuple(message.said.pressed for message in state.inbox)
            return state.status, pressed, state.continuing is not None, state.continued_in is not None
        under_way = state.running or state.returned  # what a hand-back goes on with, once what waits was read
        parts = (self._waiting(state), self._done(state), self._running(state) if under_way else ())
        return tuple([self._parts.setdefault(part, len(self._parts)) for part in parts])

    def _waiting(self, state: CaseState) -> tuple[Hashable, ...]:
        announces = state.announce and state.human is None
        return (
            state.status,
            state.pending,
            self._offer(state),
            len(state.inbox),
            state.joined,
            state.returned,
            state.return_line,
            state.failure,
            state.misses,
            bool(state.current) and not self._conditional <= state.entries.keys(),
            bool(state.last_said),
            state.settled_closing,
            state.served if self.silence_resolves else None,
            (announces, state.notified and state.on_duty) if announces else None,
            state.notified,
            state.handing,
            state.told_of if self.by_hand else "",
            state.human is not None,
            state.handoff in self.handed_by_document,
            state.continuing is not None,
            len(state.feedback),
        )

    def _done(self, state: CaseState) -> tuple[Hashable, ...]:
        resolves = self.routine.resolution_function
        return (
            self._asked(state),
            state.settled,
            frozenset(self._entries(state)),
            frozenset(state.answers.items()),
            state.met,
            frozenset((name, how) for name, how in state.outcomes.items() if name in self.named),
            resolves in state.outcomes,
            frozenset(_fixed(self._facts(state))),
            frozenset((name, frozenset(_fixed(found))) for name, found in state.results.items() if name in self.told),
            frozenset(_fixed(self._given_before(state))),
            frozenset(state.jumps.items()),
            state.followed,
            state.done,
            self._carried_out(state),
            self._of_conditional(state.completed),
            self._broken(state),
            self._spoken(state),
            bool(state.asked or state.spoken),
        )

    def _carried_out(self, state: CaseState) -> Hashable:
        """Return what of the document was carried out at all: the rest is due where a human hands back before it."""
        if not self.humans:
            return None
        said = frozenset(name for name in state.spoken if not name.startswith(ARTICLE))
        return said, state.asked, frozenset(state.outcomes)

    def _running(self, state: CaseState) -> tuple[Hashable, ...]:
        call = state.call
        speaks = state.running and state.status is not Status.HANDED_OFF  # a turn that humans hand back is begun anew
        made = call.result if call is not None else None
        return (
            state.question_put if speaks else None,
            state.resumed,
            state.ran if speaks else None,
            state.tasks,
            state.cursor,
            None if call is None else (call.function, call.line, call.attempt, call.told, call.failed is not None),
            None if made is None else frozenset(_fixed(made)),
        )

    def _offer(self, state: CaseState) -> Hashable:
        """A yes to one thing is that thing, which a message can name here as well; a yes to several is none.

        A no is an answer itself where the question below takes others than those written and one was offered.
        """
        offer = state.offer
        if offer is None:
            return None
        question = self.routine.line(state.pending) if state.pending else None
        ask = question.instruction if question is not None else None
        if not isinstance(ask, Ask) or not ask.others:
            return offer.of_documents
        return offer.of_documents, bool(offer.choices) and {*map(step_choice, ask.answers)}.issuperset(offer.choices)

    def _asked(self, state: CaseState) -> frozenset[str]:
        """Return the questions of which it still matters that they were put: once settled, that says more.

        The closing question is held against the resolution.
        """
        if self.families is None:
            return state.asked
        closing = self.routine.closing_question
        return frozenset(
            label for label in state.asked if label not in state.settled or (closing and label == closing.label)
        )

    def _entries(self, state: CaseState) -> Iterator[tuple[str, int]]:
        for step, count in state.entries.items():
            if self.families is None or step in self._conditional:
                yield step, min(count, ENTRIES_BEFORE_OFFER)

    def _of_conditional(self, steps: frozenset[str]) -> frozenset[str]:
        return steps if self.families is None else steps & self._conditional

    def _broken(self, state: CaseState) -> Hashable:
        """Return where calls have failed; behind the closing question that matters to the entry under way alone.

        Lines that are given for the asking make no entry whole, whatever failed.
        """
        if self.families is None or not self.closed(state):
            return state.broken
        cursor = state.cursor
        return cursor is not None and not cursor.asked_for and cursor.step in state.broken

    def closed(self, state: CaseState) -> bool:
        """Whether the closing question was put: what stands before it was held against the document then."""
        closing = self.routine.closing_question
        return closing is not None and closing.label in state.asked

    def _given_before(self, state: CaseState) -> Mapping[str, Value]:
        """Return what was given for a question that is put again, as far as nothing stands in its place yet."""
        before = state.given_before
        return {name: value for name, value in before.items() if found_as(name, state.facts) is None}

    @cached_property
    def handed_by_document(self) -> frozenset[str]:
        """Why the document itself gives cases to a human: an end, where nobody of theirs goes on."""
        handing = (line.instruction for line in self.routine.lines)
        return frozenset(line.reason for line in handing if isinstance(line, HandOver))

    @cached_property
    def by_hand(self) -> bool:
        """Whether a person does lines of the document: who was told of one is not told again for the next."""
        handing = (line.instruction for line in self.routine.lines)
        return any(isinstance(line, HandOver) and line.by_hand for line in handing)

    @cached_property
    def _conditional(self) -> frozenset[str]:
        return frozenset(step.label for step in self.routine.conditional)

    @cached_property
    def _steps(self) -> frozenset[str]:
        return frozenset(step.label for step in self.routine.steps)

    def _spoken(self, state: CaseState) -> frozenset[Hashable]:
        """Return what was said, as far as it matters which line it was.

        A step that is met again has its lines said again, whichever they were: one of them stands for all. What is
        asked for by itself is said again only where all of it was, so of that each line counts.
        """
        if self.families is None:
            return frozenset(name for name in state.spoken if not name.startswith(ARTICLE))
        spoken = state.spoken.keys()
        return frozenset(
            name if name in self._steps else lines.intersection(spoken)
            for name, lines in self.families.items()
            if not lines.isdisjoint(spoken)
        )

    def _facts(self, state: CaseState) -> Mapping[str, Value]:
        """Return what is known that can still decide something.

        That a condition holds decides nothing once it was met; that it does not, only where it is asked of reports.
        """
        if self.values:
            return state.facts
        kept: dict[str, Value] = {}
        for label, condition in self.conditions:
            for name, value in state.facts.items():
                if not isinstance(value, bool) or not same_fact(name, condition.fact):
                    continue
                if condition.found_at:
                    kept[name] = value
                    continue
                if label in state.entries or label in state.met:
                    continue
                if fact_holds(condition.fact, {name: value}) or label in self.reports:
                    kept[name] = value
        return kept


def _goes_back(routine: Routine) -> bool:
    """Whether what was done can come to be undone: by jumps, changed answers, rules for failures."""
    if any(isinstance(line.instruction, Goto | Repeat | Leave) for line in routine.lines):
        return True
    holders: tuple[Step | Line, ...] = (*routine.steps, *routine.lines)
    conditions = [holder.condition for holder in holders if holder.condition is not None]
    return any(one.answer or one.kind is ConditionKind.FAILURE for one in conditions)


def _families(release: Release) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the lines that one thing in a message asks for: a step that was met, a link, a report under it."""
    for step in release.routine.steps:
        named = [link.line for link in release.wording.links if link.line and step.line(link.line)]
        named += [line.label for line in step.lines if line.condition is not None and not walked(line.condition)]
        families = {name: frozenset(under(step, name)) for name in named}
        if step.condition is not None:
            families[step.label] = frozenset(line.label for line in step.lines)
        yield from families.items()


def _with_reports(routine: Routine) -> Iterator[str]:
    """Yield the reports, but for those of steps in which nothing else is reported."""
    for label, _, of_step in routine.reports:
        step = routine.step_of(label)
        if not of_step or (step is not None and any(line.condition is not None for line in step.lines)):
            yield label


def _fixed(values: Mapping[str, Value]) -> list[tuple[str, Hashable]]:
    return [(name, repr(value)) for name, value in values.items()]
