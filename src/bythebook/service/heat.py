"""A document as it was written, line by line, with what the cases on it came to there. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.routine.model import Call, Group, Line, Routine, Step
from bythebook.routine.wording import Release
from bythebook.service.tallies import OPENING, Key, Kind, Standing, Sums, TallyQuery

HEATS: Final = 5
"""How many strengths a bar has, beside none."""

KINDS: Final = (
    Kind.STANDING,
    Kind.REACHED,
    Kind.LEFT,
    Kind.HANDED,
    Kind.READ,
    Kind.MISSED,
    Kind.CALLED,
    Kind.FAILED,
)


@dataclass(frozen=True, slots=True)
class Heat:
    """What cases came to at one step, line or answer."""

    label: str
    reached: int
    left: int = 0
    handed: int = 0
    read: int = 0
    """Messages that were read while its question waited."""

    missed: int = 0
    calls: int = 0
    failed: int = 0
    counts: bool = True
    """Whether it can be reached at all: headings that do nothing by themselves cannot."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the document's text, and what begins on it."""

    number: int
    """From 1."""

    text: str
    heats: tuple[Heat, ...] = ()

    @property
    def reached(self) -> int:
        """The cases that came to anything on the line: to the one of its places that most came to."""
        return max((heat.reached for heat in self.heats), default=0)

    @property
    def never(self) -> bool:
        """Whether something stands here that no case came to."""
        return any(heat.counts and not heat.reached for heat in self.heats)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A release, line by line."""

    release: Release
    lines: tuple[TextLine, ...]
    cases: int
    """Cases in which the customer said something."""

    opening: Heat
    """What came before the first line."""

    @property
    def never(self) -> tuple[tuple[int, str], ...]:
        """The places that no case came to: the text's line, and the label."""
        return tuple(
            (line.number, heat.label)
            for line in self.lines
            for heat in line.heats
            if heat.counts and not heat.reached
        )

    def strength(self, count: int) -> int:
        """Return how strong a bar is for this many cases, 0 to `HEATS`."""
        return min(HEATS, -(-HEATS * count // self.cases)) if self.cases and count else 0


def query_of(digest: str, first: str = "", last: str = "") -> TallyQuery:
    """Return what a heat map needs."""
    return TallyQuery(KINDS, (digest,), first, last)


def heat_map(release: Release, sums: Sums) -> HeatMap:
    """Return the map of a release, of the counters that `query_of` asks for."""
    found: dict[str, Counter[str]] = {}
    for key, count in sums.items():
        if key.release == release.digest:
            found.setdefault(key.kind, Counter())[key.label] += count
    places: dict[int, list[Heat]] = {}
    _raise_steps(release.routine, found.setdefault(Kind.REACHED.value, Counter()))
    for label, offset, function, counts in _places(release.routine):
        number = release.document.position(offset)[0]
        heat = _heat(found, label, function, counts=counts)
        if all(heat.label != other.label for other in places.setdefault(number, [])):
            places[number].append(heat)
    texts = release.document.text.split("\n")
    begins = release.document.first_line
    lines = tuple(
        TextLine(number, text, tuple(places.get(number, ())))
        for number, text in enumerate(texts[begins - 1 :], start=begins)
    )
    standings = found.get(Kind.STANDING.value, Counter())
    cases = sum(count for label, count in standings.items() if label != Standing.SILENT.value)
    return HeatMap(release, lines, cases, _heat(found, OPENING, "", counts=False))


def _raise_steps(routine: Routine, reached: Counter[str]) -> None:
    """Have a step count as many cases as the line of it that most came to: a question may be put without an entry."""
    for step in routine.steps:
        reached[step.label] = max([reached[step.label], *(reached[line.label] for line in step.lines)])


def _heat(found: Mapping[str, Counter[str]], label: str, function: str, *, counts: bool) -> Heat:
    def of(kind: Kind, name: str = label) -> int:
        return found.get(kind.value, Counter())[name]

    return Heat(
        label,
        of(Kind.REACHED),
        of(Kind.LEFT),
        of(Kind.HANDED),
        of(Kind.READ),
        of(Kind.MISSED),
        of(Kind.CALLED, function) if function else 0,
        of(Kind.FAILED, function) if function else 0,
        counts,
    )


def _places(routine: Routine) -> Iterator[tuple[str, int, str, bool]]:
    """Yield everything that has a place in the text: label, offset, the function it calls, whether it is reached."""
    for topic in routine.article.topics:
        yield topic.label, topic.span.start, "", True
    for step in routine.steps:
        yield step.label, step.span.start, "", _is_reached(step)
        for line in step.lines:
            function = line.instruction.function if isinstance(line.instruction, Call) else ""
            yield line.label, line.span.start, function, _does_something(line)


def _is_reached(step: Step) -> bool:
    """Whether a step counts for itself: one without lines only heads others."""
    return bool(step.lines)


def _does_something(line: Line) -> bool:
    return not line.implied and not isinstance(line.instruction, Group)


def marked(release: Release, reached: Collection[str]) -> HeatMap:
    """Return the map of a single case that came to these places: for the sandbox."""
    sums = {Key(release.digest, Kind.REACHED.value, label, ""): 1 for label in reached}
    return heat_map(release, {**sums, Key(release.digest, Kind.STANDING.value, Standing.OPEN.value, ""): 1})
