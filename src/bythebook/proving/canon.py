"""When two places of a case are the same for all that can follow: the key by which the search knows a place again.

What is left out of a key changes no decision, or only whether one notice is given: ids, times, versions, the words of
what was said. What is counted is counted as far as the policy looks.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from bythebook.engine.facts import fact_holds, same_fact
from bythebook.engine.plan import ENTRIES_BEFORE_OFFER
from bythebook.engine.state import CaseState, Status
from bythebook.engine.task import Offer
from bythebook.engine.walk import known_facts
from bythebook.proving.outside import holes_in_lines
from bythebook.routine.article import ARTICLE
from bythebook.routine.compared import Compare, Outcome, Told
from bythebook.routine.model import Call, Condition, ConditionKind
from bythebook.routine.value import Value
from bythebook.routine.wording import Release


@dataclass(frozen=True)
class Keys:
    """What the future of a case on one release depends on."""

    conditions: tuple[tuple[str, Condition], ...]
    """Conditions that a fact can settle, by the label of their step or line."""

    tested: frozenset[str]
    """The functions whose results a condition looks at."""

    values: bool
    """Whether values that are known are compared, told, or handed to functions."""

    silence_resolves: bool

    _parts: dict[Hashable, int] = field(default_factory=dict)
    """Parts of keys, by number: most places share theirs with others, and a key is three numbers."""

    @classmethod
    def of(cls, release: Release) -> Keys:
        """Return the keys of a release."""
        routine = release.routine
        held = [
            (holder.label, holder.condition)
            for holders in (routine.steps, tuple(routine.lines))
            for holder in holders
            if holder.condition is not None
        ]
        named = frozenset(test.function for test in routine.tests if isinstance(test, Outcome | Told))
        calls = any(isinstance(line.instruction, Call) and line.instruction.arguments for line in routine.lines)
        compares = any(isinstance(test, Compare) for test in routine.tests)
        return cls(
            tuple((label, condition) for label, condition in held if condition.fact in known_facts(routine)),
            named | {routine.resolution_function},
            calls or compares or bool(holes_in_lines(release)),
            release.conduct.resolve_on_silence,
        )

    def key(self, state: CaseState) -> Hashable:
        """Return the key of a place.

        Left out beside names and times: whether the language notice was given (it opens one turn and changes nothing
        after it), whether the customer was nudged (both timers are tried), and which answers of the article were said
        (none of them is looked at again but to be repeated).
        """
        if state.status is Status.RESOLVED and not state.running:
            pressed = tuple(message.said.pressed for message in state.inbox)
            return state.status, pressed, state.continuing is not None, state.continued_in is not None
        parts = (self._waiting(state), self._done(state), self._running(state) if state.running else ())
        return tuple([self._parts.setdefault(part, len(self._parts)) for part in parts])

    def _waiting(self, state: CaseState) -> tuple[Hashable, ...]:
        announces = state.announce and state.human is None
        return (
            state.status,
            state.pending,
            _offer(state.offer),
            len(state.inbox),
            state.joined,
            state.returned,
            state.return_line,
            state.failure,
            state.misses,
            bool(state.current),
            bool(state.last_said),
            any(not name.startswith(ARTICLE) for name in state.last_said),
            state.settled_closing,
            state.served if self.silence_resolves else None,
            (announces, state.on_duty) if announces else None,
            state.notified,
            state.human is not None,
            state.continuing is not None,
        )

    def _done(self, state: CaseState) -> tuple[Hashable, ...]:
        return (
            state.asked,
            state.settled,
            frozenset((step, min(count, ENTRIES_BEFORE_OFFER)) for step, count in state.entries.items()),
            frozenset(state.answers.items()),
            state.met,
            frozenset((name, how) for name, how in state.outcomes.items() if name in self.tested),
            frozenset(_fixed(self._facts(state))),
            frozenset(
                (name, frozenset(_fixed(found))) for name, found in state.results.items() if name in self.tested
            ),
            frozenset(state.jumps.items()),
            state.followed,
            state.done,
            state.completed,
            state.broken,
            frozenset(name for name in state.spoken if not name.startswith(ARTICLE)),
            bool(state.spoken),
        )

    def _running(self, state: CaseState) -> tuple[Hashable, ...]:
        call = state.call
        return (
            state.question_put,
            state.ran,
            state.tasks,
            state.cursor,
            None if call is None else (call.function, call.line, call.attempt, call.told, call.failed is not None),
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
                if label in state.entries or label in state.met:
                    continue
                if fact_holds(condition.fact, {name: value}) or condition.kind is ConditionKind.REPORT:
                    kept[name] = value
        return kept


def _offer(offer: Offer | None) -> Hashable:
    """A yes to one thing is that thing; a yes to one of two is none of them, whichever they are."""
    if offer is None:
        return None
    return offer.choices if len(offer.choices) == 1 else ("several", offer.of_documents)


def _fixed(values: Mapping[str, Value]) -> list[tuple[str, Hashable]]:
    return [(name, repr(value)) for name, value in values.items()]
