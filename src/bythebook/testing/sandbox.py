"""A case to try a document out with: in memory, in virtual time, told by what was done in it.

What a tester does is a list of beats, and the case is what they lead to: whoever has the list has the case, so it is
bounded by nothing but the list, and a page that was left open goes on in any process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeAlias, assert_never

from bythebook.engine.decide import Refused, next_timer
from bythebook.engine.event import Event
from bythebook.engine.evolve import evolve
from bythebook.engine.state import CaseState
from bythebook.engine.timer import Timer
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Release
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.reached import reached_by
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.service.turns import outcome
from bythebook.service.view import Button, Turn
from bythebook.testing.fakes import ManualClock
from bythebook.testing.tester import AsksTester, Tester

BEATS_MAX: Final = 60
"""How much can be done in one sandbox case: replayed in a second or two."""

TESTER: Final = "tester"


class BeatWrong(Exception):
    """This cannot be done now; the message says why. Nothing has happened."""


@dataclass(frozen=True, slots=True)
class Says:
    text: str


@dataclass(frozen=True, slots=True)
class Presses:
    button: str


@dataclass(frozen=True, slots=True)
class Gives:
    """The result of the call that waits; None lets it fail."""

    fields: Values | None


@dataclass(frozen=True, slots=True)
class Waits:
    """Silence, until something comes of it."""


@dataclass(frozen=True, slots=True)
class Settles:
    """A human settles a fact ("not approved")."""

    fact: str
    value: bool


@dataclass(frozen=True, slots=True)
class HandsBack:
    """A human took the case, and hands it back."""

    undone: bool = False
    """They could not do what the line asked of them."""


Beat: TypeAlias = Says | Presses | Gives | Waits | Settles | HandsBack


@dataclass(frozen=True, slots=True)
class Played:
    """One beat, and what it led to."""

    beat: Beat
    turn: Turn
    """What was said and called from it on."""

    since: int
    until: int
    """The versions of the log before and after it."""


@dataclass
class Sandbox:
    """One case and one clock that only this class moves."""

    runner: Runner
    clock: ManualClock
    tester: Tester
    case_id: str = ""
    asks: AsksTester | None = None
    """The call that waits for its result."""

    played: list[Played] = field(default_factory=list)
    begun: str = ""
    """The case that was opened first; a need after resolution goes on in another one."""

    def __post_init__(self) -> None:
        self.case_id = self.begun = Conversation(self.runner).open().case_id

    def play(self, beat: Beat) -> None:
        """Do one thing; raise BeatWrong where it cannot be done now."""
        if len(self.played) >= BEATS_MAX:
            raise BeatWrong(f"a sandbox case takes {BEATS_MAX} things done in it; start again")
        if self.asks is not None and not isinstance(beat, Gives):
            raise BeatWrong(f"first say what {self.asks.function} returns")
        before, case_id = self.version, self.case_id
        try:
            self._do(beat)
            self.asks = None
        except AsksTester as waiting:
            self.asks = waiting
        except Refused as refused:
            raise BeatWrong(str(refused)) from refused
        self._follow()
        since = before if self.case_id == case_id else 0
        self.played.append(Played(beat, self._turn(since), since, self.version))

    def _do(self, beat: Beat) -> None:
        conversation = Conversation(self.runner)
        key = f"m{len(self.played) + 1}"
        match beat:
            case Says(text=text):
                if not text.strip():
                    raise BeatWrong("write what the customer says")
                conversation.say(self.case_id, text, key)
            case Presses(button=button):
                conversation.press(self.case_id, button, key)
            case Gives(fields=fields):
                if self.asks is None:
                    raise BeatWrong("no function waits for its result")
                self.tester.given[self.asks.key] = fields
                self.runner.settle(self.case_id)
            case Waits():
                self._wait()
            case Settles(fact=fact, value=value):
                Desk(self.runner).learn(self.case_id, TESTER, fact, value)
            case HandsBack(undone=undone):
                desk = Desk(self.runner)
                if self.state.human is None:
                    desk.take(self.case_id, TESTER)
                desk.could_not(self.case_id, TESTER) if undone else desk.give_back(self.case_id, TESTER)
            case _:
                assert_never(beat)

    def _follow(self) -> None:
        """Go on in the case that a need after resolution led to."""
        while (onward := self.runner.known(self.case_id).continued_in) is not None:
            self.case_id = onward

    def _wait(self) -> None:
        due = self.due()
        if due is None:
            raise BeatWrong("nothing would happen now, however long the customer is silent")
        self.clock.advance(max(due[1], timedelta()))
        Timers(self.runner).fire(self.case_id)

    # ------------------------------------------------------------ what there is to see

    def due(self) -> tuple[Timer, timedelta] | None:
        """Return what silence leads to next, and after how long; None where it leads to nothing."""
        state = self.state
        timer = next_timer(self.release.conduct, state)
        return (timer[0], timer[1] - self.clock.now()) if timer is not None else None

    @property
    def state(self) -> CaseState:
        return self.runner.known(self.case_id)

    @property
    def version(self) -> int:
        return self.state.version

    @property
    def release(self) -> Release:
        """The release that the case is on now."""
        return self.runner.releases.get(self.state.release).release

    @property
    def log(self) -> Sequence[Event]:
        return self.runner.store.load(self.case_id)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What the customer can press now."""
        return self._turn(self.version).buttons if self.asks is None else ()

    def reached(self) -> frozenset[str]:
        """Return the labels of the steps, lines and answers that the case has come to so far."""
        found: set[str] = set()
        for case_id in dict.fromkeys((self.begun, self.case_id)):
            state = CaseState()
            for event in self.runner.store.load(case_id):
                found.update(reached_by(state, event))
                state = evolve(state, event)
        return frozenset(found)

    def _turn(self, since: int) -> Turn:
        return outcome(self.release, self.log, self.state, (since, None))


def replay(make: Callable[[], Sandbox], beats: Sequence[Beat]) -> Sandbox:
    """Return a sandbox in which these things were done; raise BeatWrong."""
    sandbox = make()
    for beat in beats:
        sandbox.play(beat)
    return sandbox


# ---------------------------------------------------------------- beats as plain data


def as_data(beat: Beat) -> dict[str, object]:
    """Return a beat as JSON holds it."""
    match beat:
        case Says(text=text):
            return {"say": text}
        case Presses(button=button):
            return {"press": button}
        case Gives(fields=fields):
            return {"give": dict(fields) if fields is not None else None}
        case Waits():
            return {"wait": True}
        case Settles(fact=fact, value=value):
            return {"settle": fact, "value": value}
        case HandsBack(undone=undone):
            return {"hand back": "undone" if undone else True}
        case _:
            assert_never(beat)


def from_data(given: object) -> Beat:
    """Return the beat of `as_data`; raise BeatWrong."""
    match given:
        case {"say": str(text)}:
            return Says(text)
        case {"press": str(button)}:
            return Presses(button)
        case {"give": None}:
            return Gives(None)
        case {"give": dict(fields)}:
            return Gives(_values(fields))
        case {"wait": True}:
            return Waits()
        case {"hand back": True | "undone" as how}:
            return HandsBack(undone=how == "undone")
        case {"settle": str(fact), "value": bool(value)}:
            return Settles(fact, value)
        case _:
            raise BeatWrong("what was done before cannot be read; start again")


def _values(fields: Mapping[object, object]) -> Values:
    found: dict[str, Value] = {}
    for name, value in fields.items():
        if not isinstance(name, str) or not isinstance(value, str | int | float | bool | None):
            raise BeatWrong("a result has names, and texts, numbers, true or false")
        found[name] = value
    return found
