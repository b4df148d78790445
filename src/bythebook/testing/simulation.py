"""Simulated cases: seeded customers, functions with every outcome, humans and time, on the runner that serves cases.

After each case its logs are held against everything that must hold. The same seed lives the same case.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.event import Event, HandoffRequested, HumanTook, MessageRead
from bythebook.engine.menu import build_menu
from bythebook.engine.situation import situation_of
from bythebook.engine.state import CaseState, Status
from bythebook.engine.walk import known_facts
from bythebook.proving.found import Approved
from bythebook.proving.logs import broken_in
from bythebook.proving.outside import Outside
from bythebook.routine.model import QuestionKind
from bythebook.routine.value import Values
from bythebook.routine.wording import Release
from bythebook.service.ports import FunctionFailure
from bythebook.testing.customers import BEHAVIOURS, Behaviour, Customer, Sayings
from bythebook.testing.fakes import START
from bythebook.testing.rehearsal import Rehearsal

NOT_STUCK: Final = "not-stuck"
FAILING: Final = (0.0, 0.0, 0.0, 0.02, 0.1, 0.6)
"""How often functions fail: one of these for each case."""

DOWN: Final = 0.1
"""In so many cases one function does not answer at all."""

REFUSING: Final = 0.4
"""So many of the failures come back as a result that says so."""

TIMES: Final = ("30s", "11m", "5h", "1d", "73h")
LEFT_AFTER_CLOSING: Final = 0.8
"""So many customers leave when the case is resolved; others come back with something."""

Tell = Callable[[str], None]


@dataclass
class ChanceFunctions:
    """Implements the Functions port: any result that the document tells apart, or a failure."""

    results: Mapping[str, Sequence[Values]]
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    failing: float = 0.0
    down: str = ""
    """A function that does not answer at all."""

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return one of the results; fail or refuse as often as it should, by FunctionFailure or in the result."""
        results = list(self.results.get(function) or ({},))
        refusing = [one for one in results if one.get("success") is False]
        if function != self.down and self.chance.random() >= self.failing:
            return self.chance.choice([one for one in results if one not in refusing] or results)
        if refusing and function != self.down and self.chance.random() < REFUSING:
            return self.chance.choice(refusing)
        raise FunctionFailure("made to fail")


@dataclass(frozen=True, slots=True)
class Lived:
    """One case, and those that went on from it."""

    seed: int
    behaviour: str
    outcome: str
    """`resolved`, `open`, `abandoned`, `handed off`."""

    messages: int
    logs: tuple[Sequence[Event], ...]
    broken: tuple[tuple[str, str], ...]

    @property
    def events(self) -> int:
        """How long its logs are."""
        return sum(len(log) for log in self.logs)

    @property
    def human(self) -> bool:
        """Whether a human was asked for, or came."""
        return any(isinstance(event, HandoffRequested | HumanTook) for log in self.logs for event in log)

    def readings(self) -> tuple[int, int]:
        """Return how many messages were read, and of how many the reader was unsure."""
        read = [event for log in self.logs for event in log if isinstance(event, MessageRead)]
        return len(read), sum(event.unsure for event in read)


@dataclass
class World:
    """A document with everything around it that chance decides."""

    rehearsal: Rehearsal
    release: Release
    functions: ChanceFunctions
    approved: Approved
    sayings: Sayings

    @classmethod
    def of(cls, rehearsal: Rehearsal, release: Release, functions: ChanceFunctions, outside: Outside) -> World:
        """Return the world of a document."""
        return cls(rehearsal, release, functions, Approved(release, outside), Sayings.of(release))

    def live(self, seed: int, behaviours: Sequence[Behaviour] = BEHAVIOURS, tell: Tell = lambda _: None) -> Lived:
        """Live the case of a seed."""
        chance = random.Random(seed)
        behaviour = chance.choice(list(behaviours))
        self.functions.chance = random.Random(chance.random())
        self.functions.failing = chance.choice(FAILING)
        down = chance.random() < DOWN and self.functions.results
        self.functions.down = chance.choice(list(self.functions.results)) if down else ""
        self.rehearsal.clock.set(START)
        self.rehearsal.on_duty = chance.random() < 0.5
        case = _Case(self, Customer(behaviour, self.sayings, chance), chance, tell)
        broken: list[tuple[str, str]] = []
        try:
            case.live()
        except Exception as failure:  # whatever cannot be carried out is what is looked for
            broken.append((NOT_STUCK, f"it cannot go on: {type(failure).__name__}: {failure}"))
        logs = tuple(self.rehearsal.runner.store.load(one) for one in case.cases)
        broken += [found for log in logs for found in broken_in(self.approved, log)]
        outcome = case.state.status.value.replace("_", " ") if logs else "none"
        return Lived(seed, behaviour.name, outcome, case.said, logs, tuple(broken))


@dataclass
class _Case:
    """One customer's case while it is lived."""

    world: World
    customer: Customer
    chance: random.Random
    tell: Tell
    said: int = 0
    last: str = ""
    cases: dict[str, None] = field(default_factory=dict)

    @property
    def state(self) -> CaseState:
        """Where the case stands."""
        assert self.world.rehearsal.case_id is not None
        return self.world.rehearsal.runner.known(self.world.rehearsal.case_id)

    def live(self) -> None:
        """Go on until the customer has had enough."""
        self.tell(f"a customer who is {self.customer.behaviour.name}")
        self.do({"new": True})
        for _ in range(self.customer.behaviour.messages_max):
            if self.state.status is Status.HANDED_OFF and self.chance.random() < 0.7:
                self.desk()
            else:
                self.act(self.customer.act())
            if self.state.status is Status.RESOLVED and self.chance.random() < LEFT_AFTER_CLOSING:
                return
        if self.chance.random() < 0.3:
            self.do({"advance": TIMES[-1]})

    def act(self, act: str) -> None:
        """Let the customer, or time, do something."""
        if act == "wait":
            self.do({"wait": "silence"} if self.chance.random() < 0.5 else {"advance": self.chance.choice(TIMES)})
        elif act == "again" and self.said:
            self.do({"say": self.last, "id": f"s{self.said}"})
        elif act == "press" and (buttons := self.buttons()):
            self.do({"press": self.chance.choice(buttons)})
        else:
            self.say(act if act not in ("press", "again") else "answer")

    def say(self, act: str) -> None:
        """Let the customer say something."""
        menu = build_menu(self.world.release, situation_of(self.state))
        options = list(menu.options)
        if menu.pending_kind in (QuestionKind.YES_NO, QuestionKind.ANYTHING_ELSE) or self.state.offer is not None:
            options += [ids.AFFIRM, ids.DENY]
        self.last = self.customer.words(act, options, [slot.name for slot in menu.wanted])
        self.said += 1
        self.do({"say": self.last, "id": f"s{self.said}"})

    def buttons(self) -> list[str]:
        """What can be pressed."""
        found = self.answer.get("buttons", [])
        return [str(button["id"]) for button in found] if isinstance(found, list) else []

    def desk(self) -> None:
        """Let a human do something: come, answer, settle a fact, hand back; or nobody comes."""
        labels = [line.label for line in self.world.release.routine.lines]
        facts = known_facts(self.world.release.routine)
        acts: list[Mapping[str, object]] = [
            {"human": "take"},
            {"human": "say", "text": "Let me see to that."},
            {"human": "return"},
            {"human": "return", "at": self.chance.choice(labels)},
            {"advance": self.chance.choice(TIMES)},
        ]
        acts += [{"fact": self.chance.choice(list(facts)), "value": self.chance.random() < 0.7}] if facts else []
        self.do(self.chance.choice(acts))

    def do(self, command: Mapping[str, object]) -> None:
        """Carry out a command of the rehearsal; what is refused changes nothing."""
        rehearsal = self.world.rehearsal
        self.answer = rehearsal.do(command)
        if rehearsal.case_id is not None:
            self.cases[rehearsal.case_id] = None
        self.tell(_words(command))
        for line in _led(self.answer):
            self.tell(f"  {line}")

    answer: Mapping[str, object] = field(default_factory=dict)


def _words(command: Mapping[str, object]) -> str:
    match command:
        case {"say": text, **_rest}:
            return f"Customer: {text}"
        case {"press": button}:
            return f"Customer presses: {button}"
        case {"human": act, **rest}:
            return f"Human: {act} {' '.join(str(value) for value in rest.values())}".rstrip()
        case {"new": _}:
            return "A case is opened."
        case _:
            return ", ".join(f"{name}: {value}" for name, value in command.items())


def _led(answer: Mapping[str, object]) -> list[str]:
    if "error" in answer:
        return [f"refused: {answer['error']}"]
    said, calls = answer.get("said"), answer.get("calls")
    told = [f"[{one['line'] or one['source']}] {one['text']}" for one in said] if isinstance(said, list) else []
    told += [f"called {one['function']}" for one in calls] if isinstance(calls, list) else []
    return [*told, f"status: {answer.get('status')}"]
