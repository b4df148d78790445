"""Every question answered in every way, by customers who come along: who of them gets on, and who does not.

A small search beside the large one (`search.py`): nobody misunderstands, nothing breaks down and no human takes part,
so that it is quick enough for each save of a draft. What a person does in the place of a function is as if one did.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, ROUTINE, Choice
from bythebook.engine.decide import ForFunction, ForNotice, Refused, advance, owed
from bythebook.engine.event import CaseOpened, CustomerSaid, Fact, FunctionReturned, HumanNotified, MessageRead
from bythebook.engine.menu import Menu, build_menu, sayable
from bythebook.engine.situation import situation_of
from bythebook.engine.state import CaseState, Status
from bythebook.proving.by_hand import done_by_hand, line_by_hand
from bythebook.proving.canon import Keys
from bythebook.proving.moves import CERTAIN
from bythebook.proving.outside import AT, Outside, outside_of
from bythebook.routine.model import Ask, Collect, ConditionKind, HandOver, QuestionKind
from bythebook.routine.value import Value
from bythebook.routine.wording import Release

PLACES_MAX: Final = 300
"""Where it stops: a document with more is not told of."""

GIVEN_MAX: Final = 4
"""Results of a function, or values of one question, that are tried at a place."""

WORDS: Final = ""
"""The answer to a question that asks for words or a value."""

_POLAR: Final = re.compile(
    r"\W*(?:can|could|do|does|did|are|is|was|were|have|has|had|will|would|should|may|shall)(?:n.?t)?\b", re.I
)
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question, and whether any customer gets on who gives it."""

    question: str
    """The label of its line."""

    words: str
    gets_on: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """What became of all of them."""

    answers: tuple[Answer, ...]
    """In the order in which they are met."""

    exact: bool
    """Every place was looked at; else only what is merely asked again is told."""

    unmet: tuple[str, ...] = ()
    """The labels of the questions that nobody came to: nothing is told of their answers."""

    @property
    def stuck(self) -> tuple[Answer, ...]:
        """The answers with which nobody gets on."""
        return tuple(answer for answer in self.answers if not answer.gets_on)


NOT_WALKED: Final = Walk((), exact=False)

_Tag = tuple[str, str]
_Move = tuple[_Tag | None, tuple[Fact, ...]]


@dataclass
class _Walker:
    release: Release
    outside: Outside
    keys: Keys
    known: dict[Hashable, int] = field(default_factory=dict)
    before: dict[int, set[int]] = field(default_factory=dict)
    given: dict[_Tag, list[int]] = field(default_factory=dict)
    """Where each answer leads; nowhere where it is only asked again."""

    ends: set[int] = field(default_factory=set)
    by_document: frozenset[str] = frozenset()
    """Why the document itself gives cases to a person."""

    def run(self) -> Walk:
        opened = CaseOpened(AT, "case", self.release.name, self.release.digest)
        places: deque[tuple[int, CaseState]] = deque()
        self._found(places, advance(self.release, CaseState(), opened)[1])
        while places and len(self.known) <= PLACES_MAX:
            number, state = places.popleft()
            if self._is_end(state):
                self.ends.add(number)
            by_hand = line_by_hand(self.release.routine, state)
            if state.status in (Status.RESOLVED, Status.HANDED_OFF) and owed(state) is None and by_hand is None:
                continue
            for tag, facts in self._moves(state):
                after = self._after(state, facts)
                if after is None:
                    continue
                again = after.misses > state.misses
                to = number if again else self._found(places, after)
                if not again:
                    self.before.setdefault(to, set()).add(number)
                if tag is not None:
                    self.given.setdefault(tag, []).extend(() if again else (to,))
        good, exact = self._reaching_an_end(), not places
        answers = (
            Answer(question, words, any(to in good for to in led) if exact else bool(led))
            for (question, words), led in self.given.items()
        )
        told = tuple(answers)
        met = {answer.question for answer in told}
        asked = (line.label for line in self.release.routine.lines if isinstance(line.instruction, Ask | Collect))
        return Walk(told, exact, tuple(label for label in asked if label not in met) if exact else ())

    def _is_end(self, state: CaseState) -> bool:
        """Whether a case has come to where its document leads: its end, a person, or where nothing is left to do."""
        match state.status:
            case Status.RESOLVED:
                return True
            case Status.HANDED_OFF:
                return state.handoff in self.by_document
            case _:
                return state.pending is None and bool(state.done) and owed(state) is None

    def _found(self, places: deque[tuple[int, CaseState]], state: CaseState) -> int:
        key = self.keys.key(state)
        if key not in self.known:
            self.known[key] = len(self.known)
            places.append((self.known[key], state))
        return self.known[key]

    def _after(self, state: CaseState, facts: Sequence[Fact]) -> CaseState | None:
        for fact in facts:
            try:
                state = advance(self.release, state, fact)[1]
            except Refused:
                return None
        return state

    def _moves(self, state: CaseState) -> Iterator[_Move]:
        match owed(state):
            case ForFunction(key=key, function=function):
                for fields in islice(self.outside.results[function], GIVEN_MAX):
                    yield None, (FunctionReturned(AT, key, fields),)
            case ForNotice():
                yield None, (HumanNotified(AT, on_duty=False),)
            case None if (line := line_by_hand(self.release.routine, state)) is not None:
                yield from ((None, facts) for _, facts in done_by_hand(self.release.routine, line))
            case None if not state.inbox and state.continued_in is None:
                yield from self._written(state)
            case _:
                return

    def _written(self, state: CaseState) -> Iterator[_Move]:
        said = CustomerSaid(AT, f"m{state.version}", "words")
        after = self._after(state, (said,))
        if after is None:
            return
        menu = build_menu(self.release, situation_of(after))
        version = after.version
        for tag, choices, slots in self._meant(menu):
            read = MessageRead(
                AT, version, tuple(Choice(one, CERTAIN) for one in choices), False, dict(slots), "walk"
            )
            yield tag, (said, read)

    def _meant(self, menu: Menu) -> Iterator[tuple[_Tag | None, tuple[str, ...], tuple[tuple[str, Value], ...]]]:
        question = menu.situation.pending
        if menu.situation.offer:
            yield from ((None, (one,), ()) for one in (AFFIRM, DENY))
            return
        if question is None:
            yield None, (ROUTINE,), ()
            for label, condition in sayable(self.release.routine):
                if condition.kind is ConditionKind.REPORT and self.release.routine.step(label) is not None:
                    yield None, (f"step:{label}",), ()
            return
        if menu.wanted:
            values = [
                [(slot.name, value) for value in self.outside.values[slot.name][:GIVEN_MAX]] for slot in menu.wanted
            ]
            for some in islice(product(*values), GIVEN_MAX):
                yield (question, WORDS), tuple(f"slot:{name}" for name, _ in some), some
            return
        match menu.pending_kind:
            case QuestionKind.YES_NO:
                yield (question, YES), (AFFIRM,), ()
                yield (question, NO), (DENY,), ()
            case QuestionKind.ANYTHING_ELSE:
                yield (question, NO), (DENY,), ()
            case QuestionKind.WHICH:
                conditions = dict(sayable(self.release.routine))
                for choice in menu.options:
                    label = choice.partition(":")[2]
                    words = conditions[label].name if label in conditions else label
                    yield (question, words), (choice,), ()
                if len(menu.options) < 2 and self._is_polar(question):
                    yield (question, YES), (AFFIRM,), ()
                    yield (question, NO), (DENY,), ()
            case _:
                yield from (((question, WORDS), some, ()) for some in ((AFFIRM,), (DENY,), ()))

    def _is_polar(self, question: str) -> bool:
        """Whether a question begins as those do that are answered with yes or no."""
        line = self.release.routine.line(question)
        text = line.instruction.text if line is not None and isinstance(line.instruction, Ask) else None
        return bool(text and _POLAR.match(text))

    def _reaching_an_end(self) -> set[int]:
        found, waiting = set(self.ends), list(self.ends)
        while waiting:
            for number in self.before.get(waiting.pop(), ()):
                if number not in found:
                    found.add(number)
                    waiting.append(number)
        return found


def walked(release: Release) -> Walk:
    """Return who gets on with which answer; not exact where the document is too large for it, or breaks."""
    try:
        given = (line.instruction for line in release.routine.lines)
        reasons = frozenset(one.reason for one in given if isinstance(one, HandOver) and not one.by_hand)
        return _Walker(release, outside_of(release), Keys.of(release, humans=False), by_document=reasons).run()
    except Exception:  # what cannot be carried out is told by `bythebook prove`; a page must come up all the same
        return NOT_WALKED
