"""An author's own rules, in sentences: what must never happen, and in which order things come. One row a pattern.

Each rule is watched along every way: what it has seen is part of the place, so nothing is lost where ways meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseClosed,
    Event,
    FunctionCalled,
    HandoffRequested,
    HumanTook,
)
from bythebook.engine.saying import HOUSE
from bythebook.engine.walk import under
from bythebook.routine.model import Call
from bythebook.routine.wording import Release
from bythebook.source.suggest import did_you_mean

HUMAN: Final = "a human"
END: Final = "the end"
COUNTS: Final = {"once": 1, "twice": 2}

Seen: TypeAlias = tuple[int, ...]
"""What a rule has seen so far: how often its first thing happened, then its second."""


class RuleWrong(Exception):
    """A rule is in no form that is understood, or names what the document does not have; the message says which."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a rule speaks of: lines said, functions called, a human, the end."""

    words: str
    lines: frozenset[str]
    functions: frozenset[str]

    def is_(self, event: Event) -> bool:
        """Return whether the event is it."""
        match event:
            case AssistantSaid(line=line) | Asked(line=line):
                return line in self.lines
            case FunctionCalled(function=function, line=line):
                return function in self.functions or line in self.lines
            case HandoffRequested() | HumanTook():
                return self.words == HUMAN
            case CaseClosed():
                return self.words == END
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the author's, and how it is watched."""

    text: str
    things: tuple[Thing, ...]
    watch: Callable[[Rule, Seen, Event], tuple[Seen, bool]]
    """From what was seen, and an event: what is seen now, and whether the rule is broken."""

    count: int = 1

    @property
    def begin(self) -> Seen:
        """What is seen before anything has happened."""
        return (0,) * len(self.things)

    def after(self, seen: Seen, events: Sequence[Event]) -> tuple[Seen, bool]:
        """Return what is seen after the events of a move, and whether one of them broke the rule."""
        broken = False
        for event in events:
            seen, wrong = self.watch(self, seen, event)
            broken = broken or wrong
        return seen, broken


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form of rules: its name, how it is written, an example of the shipped document, and what watches it."""

    name: str
    form: re.Pattern[str]
    example: str
    watch: Callable[[Rule, Seen, Event], tuple[Seen, bool]]
    swapped: bool = field(default=False)
    """Its second name is the rule's first thing."""


def _happened(rule: Rule, seen: Seen, event: Event) -> Seen:
    """Return which of the rule's things have happened by now."""
    return tuple(int(bool(n) or thing.is_(event)) for n, thing in zip(seen, rule.things, strict=True))


def _not_before(rule: Rule, seen: Seen, event: Event) -> tuple[Seen, bool]:
    now = _happened(rule, seen, event)
    return now, rule.things[0].is_(event) and not seen[1]


def _not_after(rule: Rule, seen: Seen, event: Event) -> tuple[Seen, bool]:
    now = _happened(rule, seen, event)
    return now, rule.things[0].is_(event) and bool(seen[1])


def _later(rule: Rule, seen: Seen, event: Event) -> tuple[Seen, bool]:
    wanted, done = rule.things[1].is_(event), rule.things[0].is_(event)
    owed = 1 if wanted else 0 if done else seen[1]
    return (0, owed), isinstance(event, CaseClosed) and bool(owed) and not wanted


def _only(rule: Rule, seen: Seen, event: Event) -> tuple[Seen, bool]:
    acts = isinstance(event, FunctionCalled) or (
        isinstance(event, AssistantSaid | Asked) and not event.line.startswith(HOUSE)
    )
    allowed = any(thing.is_(event) for thing in rule.things)
    begun = int(bool(seen[0]) or rule.things[0].is_(event))
    return (begun, *seen[1:]), acts and bool(seen[0]) and not allowed


def _at_most(rule: Rule, seen: Seen, event: Event) -> tuple[Seen, bool]:
    now = (min(seen[0] + rule.things[0].is_(event), rule.count + 1),)
    return now, now[0] > rule.count and rule.things[0].is_(event)


def _not_both(rule: Rule, seen: Seen, event: Event) -> tuple[Seen, bool]:
    now = _happened(rule, seen, event)
    return now, all(now) and not all(seen)


def _never(rule: Rule, seen: Seen, event: Event) -> tuple[Seen, bool]:
    return seen, rule.things[0].is_(event)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("X", r"(?P<x>.+?)").replace("Y", r"(?P<y>.+?)") + r"\.?", re.I)


PATTERNS: Final = (
    Pattern("never-before", _form("never X before Y"), "never case_resolution before 5.1", _not_before),
    Pattern("never-after", _form("never X after Y"), "never 2e after the end", _not_after),
    Pattern("never-both", _form("never both X and Y"), "never both 6 and a human", _not_both),
    Pattern("never", _form("never X"), "never a human", _never),
    Pattern("always-before", _form("always X before Y"), "always 5.1 before case_resolution", _not_before, True),
    Pattern(
        "always-after",
        _form("always X after Y"),
        "always 2e.i after 2e",
        _later,
    ),
    Pattern("only-after", _form("after X only Y"), "after the end only a human", _only),
    Pattern("at-most", _form(r"X at most (?P<n>once|twice|\d+ times)"), "case_resolution at most once", _at_most),
)


def read_rule(release: Release, text: str) -> Rule:
    """Return the rule that a sentence states; raise RuleWrong."""
    for pattern in PATTERNS:
        found = pattern.form.fullmatch(" ".join(text.split()))
        if found is not None:
            names = [found["x"], *([found["y"]] if "y" in pattern.form.groupindex else [])]
            things = list(_things(release, pattern, names))
            if pattern.swapped:
                things.reverse()
            times = found["n"].lower() if "n" in pattern.form.groupindex else "once"
            count = COUNTS.get(times) or int(times.split()[0])
            return Rule(text, tuple(things), pattern.watch, count)
    forms = "; ".join(pattern.example for pattern in PATTERNS)
    raise RuleWrong(f"\u201c{text}\u201d is in no form that is understood; write for example: {forms}")


def _things(release: Release, pattern: Pattern, names: Sequence[str]) -> Iterator[Thing]:
    if pattern.name != "only-after":
        yield from (_thing(release, name) for name in names)
        return
    first = _thing(release, names[0])
    yield _with_family(release, first)
    listed = re.split(r"\s*,\s*(?:or\s+)?|\s+or\s+", names[1])
    yield from (_thing(release, name) for name in listed if name)


_VERB: Final = re.compile(
    r"^(?:(?:say|saying|ask|asking|call|calling|run|running)\s+)?(?:the\s+)?(?:(?:line|step|function)\s+)?"
    r"(?P<name>.+?)(?:\s+is\s+(?:said|asked|called))?$",
    re.I,
)


def _thing(release: Release, given: str) -> Thing:
    words = given.strip().strip("`\u201c\u201d\"'")
    if words.lower() in (HUMAN, "human", "a handoff"):
        return Thing(HUMAN, frozenset(), frozenset())
    if words.lower() in (END, "end"):
        return Thing(END, frozenset(), frozenset())
    found = _VERB.match(words)
    name = found["name"].strip("`\"'") if found is not None else words
    routine = release.routine
    functions = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    if name in functions:
        return Thing(name, frozenset(), frozenset({name}))
    step = routine.step(name)
    if step is not None:
        return Thing(name, frozenset({step.label, *(line.label for line in step.lines)}), frozenset())
    if routine.line(name) is not None:
        return Thing(name, frozenset({name}), frozenset())
    if name.startswith("article") and (number := name.removeprefix("article").strip(" :")).isdigit():
        return Thing(name, frozenset({f"article:{number}"}), frozenset())
    known = [*functions, *(step.label for step in routine.steps), *(line.label for line in routine.lines)]
    near = did_you_mean(name, known)
    raise RuleWrong(f"the document has no line, step or function `{name}`" + (f"; {near}" if near else ""))


def _with_family(release: Release, thing: Thing) -> Thing:
    """With the lines that stand under it: they belong to it."""
    lines = set(thing.lines)
    for label in thing.lines:
        step = release.routine.step_of(label)
        if step is not None and step.label != label:
            lines |= set(under(step, label))
    functions = {
        line.instruction.function
        for line in release.routine.lines
        if line.label in lines and hasattr(line.instruction, "function")
    }
    return Thing(thing.words, frozenset(lines), thing.functions | frozenset(functions))
