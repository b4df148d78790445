"""Answered share against wrong actions, for each kind of choice, and how far what a reading says of itself is true.

Called by `conversations.py --curve`. A level is a probability from which the head is believed for one kind of choice,
all others as they are; behind them come the levels of rules alone, of which only the surer ones count. At each level
the messages are read anew, and what is not sure enough is asked about. Chosen are the levels of
`bythebook/reading/certainty.py`; they are marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from spoken import Message

from bythebook.engine.choice import AFFIRM, DENY, GOODBYE, HUMAN, Choice
from bythebook.reading import certainty
from bythebook.reading.port import Reader, Reading
from bythebook.routine.model import ConditionKind, Routine
from bythebook.service.ports import Bound
from bythebook.testing.figures import Share, calibration_error
from bythebook.testing.readings import Stage, Verdict

MODE: Final = "encoded"
HEAD_LEVELS: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
NEVER: Final = 1.01
"""No probability: the head is not believed at all."""

RULE_LEVELS: Final = (certainty.LIKELY, certainty.RULE, certainty.REPORTED)
"""What rules say of themselves; at each, only what is surer counts."""

BINS: Final = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.84), (0.84, 0.9), (0.9, 0.93), (0.93, 0.95), (0.95, 0.97), (0.97, 1.0))
"""What a reading says of itself: the head's probabilities, then what each sort of rule says."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of choice, and from which probability of the head it is taken."""

    name: str
    is_one: Callable[[str], bool]
    chosen: float | None
    """The level that certainty.py has; None for a kind that only rules read."""

    put: Callable[[float], None] | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a kind, and what came of the messages there."""

    name: str
    chosen: bool
    answered: Share
    """Of the messages that mean such a choice: those that were served without a question back."""

    wrong: Share
    """Of the messages taken for such a choice: those that did not mean it, and were not served by it."""


def kinds(routine: Routine) -> tuple[Kind, ...]:
    """Return the kinds of choices of a routine, with their levels."""
    reports = {
        f"step:{step.label}"
        for step in routine.conditional
        if step.condition is not None and step.condition.kind is ConditionKind.REPORT
    }

    def act(level: float) -> None:
        certainty.ACT_MIN[MODE] = level

    def answer(level: float) -> None:
        certainty.ANSWER_MIN[MODE] = level

    def one_name(name: str, less: float = 0.0) -> Callable[[float], None]:
        return lambda level: setattr(certainty, name, level - less)

    acting = certainty.ACT_MIN[MODE]
    return (
        Kind("step", lambda one: one.startswith("step:") and one not in reports, acting, act),
        Kind("report", lambda one: one in reports, certainty.REPORT_MIN, one_name("REPORT_MIN")),
        Kind("line", lambda one: one.startswith("line:"), certainty.LINE_MIN, one_name("LINE_MIN")),
        Kind("article", lambda one: one.startswith("article:"), certainty.ANSWER_MIN[MODE], answer),
        Kind("person", lambda one: one == HUMAN, acting + certainty.HUMAN_MORE, one_name("HUMAN_MORE", acting)),
        Kind("close", lambda one: one in (DENY, GOODBYE), None),
        Kind("agreement", lambda one: one == AFFIRM, None),
    )


@contextmanager
def as_before() -> Iterator[None]:
    """Put the levels back at the end."""
    kept = (certainty.ACT_MIN[MODE], certainty.ANSWER_MIN[MODE])
    names = ("REPORT_MIN", "LINE_MIN", "HUMAN_MORE")
    values = {name: getattr(certainty, name) for name in names}
    try:
        yield
    finally:
        certainty.ACT_MIN[MODE], certainty.ANSWER_MIN[MODE] = kept
        for name, value in values.items():
            setattr(certainty, name, value)


class Judged:
    """Verdicts on readings of messages, each worked out once."""

    def __init__(self, bound: Bound, messages: Sequence[Message]) -> None:
        self._reader: Reader = bound.reader
        self._given = _Given()
        self._stage = Stage(replace(bound, reader=self._given))
        self._known: dict[tuple[int, str], Verdict] = {}
        self.messages = messages
        self.routine = bound.release.routine

    def read(self, kind: Kind | None = None, least: float = 0.0) -> list[Verdict]:
        """Read every message; what is of the kind and not surer than `least` is asked about."""
        found = []
        for number, message in enumerate(self.messages):
            self._given.behind, self._given.reading = self._reader, None
            reading = self._reading(message)
            if kind is not None and any(kind.is_one(one.id) and one.confidence <= least for one in reading.choices):
                reading = replace(reading, unsure=True)
            key = (number, repr(reading))
            if key not in self._known:
                self._given.reading = reading
                self._known[key] = self._stage.judge(message.row)
            found.append(self._known[key])
        return found

    def _reading(self, message: Message) -> Reading:
        return self._stage.read(message.row)


class _Given:
    """A reader that gives what it was told to, or what another one reads."""

    name = "given"

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self.behind: Reader | None = None

    def read(self, text: str, menu: object) -> Reading:
        if self.reading is not None:
            return self.reading
        assert self.behind is not None
        return self.behind.read(text, menu)  # type: ignore[arg-type]


def curve(judged: Judged) -> Iterator[tuple[Kind, list[Level]]]:
    """Return the levels of every kind."""
    for kind in kinds(judged.routine):
        levels = []
        with as_before():
            if kind.put is not None:
                assert kind.chosen is not None
                for level in sorted({*HEAD_LEVELS, round(kind.chosen, 2)}):
                    kind.put(level)
                    levels.append(_level(f"{level:.2f}", kind, judged, judged.read(), level == round(kind.chosen, 2)))
                kind.put(NEVER)
            levels.append(_level("rules alone", kind, judged, judged.read(), kind.chosen is None))
            levels += [
                _level(f"surer than {least}", kind, judged, judged.read(kind, least), chosen=False)
                for least in RULE_LEVELS
            ]
        yield kind, levels


def _level(name: str, kind: Kind, judged: Judged, verdicts: Sequence[Verdict], chosen: bool) -> Level:
    meant = answered = taken = wrong = 0
    for message, verdict in zip(judged.messages, verdicts, strict=True):
        certain = [one for one in message.row.accepted if not one.unsure]
        doubtful = len(certain) < len(message.row.accepted)
        if certain and not doubtful and all(any(kind.is_one(c.id) for c in one.choices) for one in certain):
            meant += 1
            answered += verdict.right and not verdict.reading.unsure
        accepted = {choice.id for one in certain for choice in one.choices}
        got = [] if verdict.reading.unsure else [one for one in verdict.reading.choices if kind.is_one(one.id)]
        taken += bool(got)
        wrong += bool(got) and not verdict.right and any(one.id not in accepted for one in got)
    return Level(name, chosen, Share(answered, meant), Share(wrong, taken))


def reliability(judged: Judged) -> tuple[list[tuple[str, Share, float]], float, int]:
    """Return how many choices were meant, by what readings say of themselves; the calibration error; the count.

    Of an unsure reading the likeliest choice counts, where the message means something certain.
    """
    said: list[float] = []
    right: list[bool] = []
    for message, verdict in zip(judged.messages, judged.read(), strict=True):
        certain = [one for one in message.row.accepted if not one.unsure]
        accepted = {choice.id for one in certain for choice in one.choices}
        chosen: tuple[Choice, ...] = verdict.reading.choices
        if verdict.reading.unsure:
            chosen = chosen[:1] if len(certain) == len(message.row.accepted) else ()
        for one in chosen:
            said.append(one.confidence)
            right.append(one.id in accepted or (verdict.right and not verdict.reading.unsure))
    rows = []
    for low, high in BINS:
        inside = [at for at, p in enumerate(said) if low < p <= high]
        if inside:
            mean = sum(said[at] for at in inside) / len(inside)
            rows.append((f"{low:.2f}-{high:.2f}", Share(sum(right[at] for at in inside), len(inside)), mean))
    return rows, calibration_error(said, right), len(said)


def report(judged: Judged) -> Iterator[str]:
    """The tables, as Markdown."""
    yield "| kind | level | answered, % (95 %) | of | taken wrongly, % (95 %) | of |\n|---|---|---|---|---|---|"
    for kind, levels in curve(judged):
        for one in levels:
            name = f"**{one.name}**" if one.chosen else one.name
            shares = (one.answered, one.answered.count, one.wrong, one.wrong.count)
            yield f"| {kind.name} | {name} | {' | '.join(map(str, shares))} |"
    yield ""
    rows, error, count = reliability(judged)
    yield "| a reading says | on average | was meant, % (95 %) | of |\n|---|---|---|---|"
    for name, share, mean in rows:
        yield f"| {name} | {100 * mean:.1f} | {share} | {share.count} |"
    yield ""
    yield f"Calibration error over 15 bins: {error:.3f} ({count} choices)."
